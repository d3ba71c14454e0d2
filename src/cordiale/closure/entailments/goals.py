"""What must be shown for an axiom to follow: the axiom said of witnesses, or a clash of its opposite.

OWL 2 RDF-Based Semantics, section 5: the "if and only if" conditions on classes, properties and individuals.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from rdflib import OWL, RDF, RDFS, BNode, URIRef

from cordiale.closure.entailments.expressions import (
    And,
    Expression,
    HasValue,
    Not,
    negated,
    read_expressions,
    read_list,
)
from cordiale.closure.entailments.facts import Facts
from cordiale.closure.entailments.refutation import Refuted, TooManyWays, World, Worlds, joined
from cordiale.model.terms import Node, Triple

__all__ = ["Goals", "Prover", "read_goals"]

_PAIRWISE: Mapping[Node, tuple[Node, frozenset[Node]]] = {
    OWL.AllDifferent: (OWL.differentFrom, frozenset({OWL.members, OWL.distinctMembers})),
    OWL.AllDisjointClasses: (OWL.disjointWith, frozenset({OWL.members})),
    OWL.AllDisjointProperties: (OWL.propertyDisjointWith, frozenset({OWL.members})),
}
_DENIAL = (OWL.sourceIndividual, OWL.assertionProperty)
_TARGETS = (OWL.targetIndividual, OWL.targetValue)
_WITH_LIST = frozenset({OWL.hasKey, OWL.propertyChainAxiom})
_BUILT_IN: tuple[str, ...] = (str(RDF), str(RDFS), str(OWL))
_NAMED = "urn:cordiale:expression:"
_LIST = "urn:cordiale:list:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """A conclusion as triples about names, where some names stand for expressions and some for lists.

    ``triples`` maps each goal to the triples of the conclusion that it stands for.
    """

    triples: Mapping[Triple, tuple[Triple, ...]]
    expressions: Mapping[Node, Expression]
    lists: Mapping[Node, tuple[Node, ...]]


def read_goals(conclusion: Collection[Triple]) -> Goals:
    """The goals of a conclusion: axioms of many things in pairs, expressions and lists under names."""
    defined, rest = read_expressions(conclusion)
    names: dict[Node, Node] = {node: URIRef(f"{_NAMED}{number}") for number, node in enumerate(defined, 1)}
    expressions: dict[Node, Expression] = {names[node]: expression for node, expression in defined.items()}
    facts, lists, goals = Facts(rest), dict[Node, tuple[Node, ...]](), dict[Triple, tuple[Triple, ...]]()
    left = dict.fromkeys(rest)

    def named(term: Node) -> Node:
        return names.get(term, term)

    for node in dict.fromkeys(subject for subject, _, _ in rest if isinstance(subject, BNode)):
        said = [triple for triple in rest if triple[0] == node]
        axiom = _pairs(facts, said) or _denied(said)
        if axiom:
            pairs, used = axiom
            for subject, predicate, object_ in pairs:
                if isinstance(object_, Not):
                    expressions[name := URIRef(f"{_NAMED}{len(expressions) + 1}")] = object_
                    goals[subject, predicate, name] = used
                else:
                    goals[named(subject), predicate, named(object_)] = used
            for triple in used:
                left.pop(triple, None)
    for triple in tuple(left):
        listed = read_list(facts, triple[2]) if triple[1] in _WITH_LIST else None
        if listed and isinstance(triple[2], BNode):
            members, cells = listed
            head = URIRef(f"{_LIST}{len(lists) + 1}")
            lists[head] = members
            goals[named(triple[0]), triple[1], head] = (triple, *cells)
            for used_triple in (triple, *cells):
                left.pop(used_triple, None)
    goals.update({(named(s), p, named(o)): ((s, p, o),) for s, p, o in left})
    return Goals(triples=goals, expressions=expressions, lists=lists)


def _pairs(
    facts: Facts, said: Collection[Triple]
) -> tuple[list[tuple[Node, Node, Node | Not]], tuple[Triple, ...]] | None:
    """An axiom about each two members of a list, with the triples that state it."""
    types = [kind for _, predicate, kind in said if predicate == RDF.type]
    heads = [(p, head) for _, p, head in said if p != RDF.type]
    if len(types) != 1 or types[0] not in _PAIRWISE or len(heads) != 1:
        return None
    between, by = _PAIRWISE[types[0]]
    listed = read_list(facts, heads[0][1]) if heads[0][0] in by else None
    if listed is None:
        return None
    members, cells = listed
    return [(one, between, other) for one, other in combinations(members, 2)], (*said, *cells)


def _denied(
    said: Collection[Triple],
) -> tuple[list[tuple[Node, Node, Node | Not]], tuple[Triple, ...]] | None:
    """A negative property assertion, with the triples that state it."""
    parts = {predicate: object_ for _, predicate, object_ in said}
    targets = [parts[target] for target in _TARGETS if target in parts]
    if len(targets) != 1 or any(part not in parts for part in _DENIAL):
        return None
    if any(isinstance(part, BNode) for part in (targets[0], parts[OWL.assertionProperty])):
        return None
    if len(said) != len(parts) or parts.keys() - {RDF.type, *_DENIAL, *_TARGETS}:
        return None
    if parts.get(RDF.type, OWL.NegativePropertyAssertion) != OWL.NegativePropertyAssertion:
        return None
    absent = Not(HasValue(targets[0], parts[OWL.assertionProperty]))
    return [(parts[OWL.sourceIndividual], RDF.type, absent)], tuple(said)


class Prover:
    """Shows goals in the worlds of one graph, each goal once."""

    def __init__(self, worlds: Worlds, base: World, goals: Goals) -> None:
        self._worlds, self._base, self._goals = worlds, base, goals
        self._shown: dict[Triple, Refuted | None] = {}

    def why(self, goal: Triple) -> Refuted | None:
        """Why the goal follows; ``None`` when it was not shown."""
        if goal not in self._shown:
            try:
                self._shown[goal] = self._why(*goal)
            except TooManyWays:
                self._shown[goal] = None
        return self._shown[goal]

    def _why(self, subject: Node, predicate: Node, object_: Node) -> Refuted | None:
        one, other = self._class(subject), self._class(object_)
        if predicate == RDF.type:
            kind = _CHARACTERISTICS.get(object_)
            if kind:
                return kind(self, subject) if self._are_properties(subject) else None
            if isinstance(other, URIRef) and str(other).startswith(_BUILT_IN) and other != OWL.Nothing:
                return None
            return self._worlds.membership(self._base, subject, other)
        if predicate in _BETWEEN_CLASSES:
            return (
                _BETWEEN_CLASSES[predicate](self, one, other) if self._are_classes(subject, object_) else None
            )
        if predicate in _ABOUT_VALUES:
            if not (self._are_properties(subject) and self._are_classes(object_)):
                return None
            x, y = self._worlds.witness(), self._worlds.witness()
            world = self._worlds.world((x, subject, y))
            thing = x if predicate == RDFS.domain else y
            return self._worlds.membership(world, thing, other) if world else None
        if predicate in _BETWEEN_PROPERTIES:
            known = self._are_properties(subject, object_)
            return _BETWEEN_PROPERTIES[predicate](self, subject, object_) if known else None
        if object_ in self._goals.lists:
            return self._with_list(subject, predicate, self._goals.lists[object_])
        if subject in self._goals.expressions or object_ in self._goals.expressions:
            return None
        if predicate in (OWL.sameAs, OWL.differentFrom):
            opposite = OWL.differentFrom if predicate == OWL.sameAs else OWL.sameAs
            return self._worlds.refuted(self._base, ((subject, opposite, object_),))
        return self._of_itself(subject, predicate, object_)

    def _class(self, term: Node) -> Expression:
        return self._goals.expressions.get(term, term)

    def _are_classes(self, *terms: Node) -> bool:
        return all(term in self._goals.expressions or self._base.known.is_class(term) for term in terms)

    def _are_properties(self, *terms: Node) -> bool:
        return all(isinstance(term, URIRef) and self._base.known.is_property(term) for term in terms)

    def _subsumed(self, one: Expression, other: Expression) -> Refuted | None:
        """All that is in the one class is in the other."""
        if one == other:
            return Refuted(assumed=(), clashes=())
        witness = self._worlds.witness()
        found: list[Refuted] = []
        for branch in self._worlds.ways(witness, one):
            world = self._worlds.world(*branch)
            why = self._worlds.membership(world, witness, other) if world else None
            if why is None:
                return None
            found.append(why)
        return joined(found)

    def _same_members(self, one: Expression, other: Expression) -> Refuted | None:
        return joined([self._subsumed(one, other), self._subsumed(other, one)])

    def _apart(self, one: Expression, other: Expression) -> Refuted | None:
        """Nothing is in both classes."""
        witness = self._worlds.witness()
        return self._worlds.refuted(self._base, *self._worlds.ways(witness, And((one, other))))

    def _complements(self, one: Expression, other: Expression) -> Refuted | None:
        return joined([self._apart(one, other), self._apart(negated(one), negated(other))])

    def _implied(self, premises: Collection[Triple], *conclusion: Triple) -> Refuted | None:
        """One of the conclusions holds wherever the premises do."""
        world = self._worlds.world(*premises)
        if world is None:
            return None
        if world.clashes:
            return Refuted(assumed=world.assumed, clashes=world.clashes[:1])
        holds = any(world.known.rule(triple) is not None for triple in conclusion)
        return Refuted(assumed=world.assumed, clashes=()) if holds else None

    def _within(self, one: Node, other: Node) -> Refuted | None:
        x, y = self._worlds.witness(), self._worlds.witness()
        return self._implied([(x, one, y)], (x, other, y))

    def _same_pairs(self, one: Node, other: Node) -> Refuted | None:
        return joined([self._within(one, other), self._within(other, one)])

    def _inverse(self, one: Node, other: Node) -> Refuted | None:
        x, y = self._worlds.witness(), self._worlds.witness()
        return joined(
            [self._implied([(x, one, y)], (y, other, x)), self._implied([(x, other, y)], (y, one, x))]
        )

    def _no_common_pair(self, one: Node, other: Node) -> Refuted | None:
        x, y = self._worlds.witness(), self._worlds.witness()
        return self._worlds.refuted(self._base, ((x, one, y), (x, other, y)))

    def _functional(self, on: Node) -> Refuted | None:
        x, y, z = (self._worlds.witness() for _ in range(3))
        return self._implied([(x, on, y), (x, on, z)], (y, OWL.sameAs, z))

    def _inverse_functional(self, on: Node) -> Refuted | None:
        x, y, z = (self._worlds.witness() for _ in range(3))
        return self._implied([(y, on, x), (z, on, x)], (y, OWL.sameAs, z))

    def _symmetric(self, on: Node) -> Refuted | None:
        return self._inverse(on, on)

    def _transitive(self, on: Node) -> Refuted | None:
        return self._chain(on, (on, on))

    def _asymmetric(self, on: Node) -> Refuted | None:
        x, y = self._worlds.witness(), self._worlds.witness()
        return self._worlds.refuted(self._base, ((x, on, y), (y, on, x)))

    def _irreflexive(self, on: Node) -> Refuted | None:
        x = self._worlds.witness()
        return self._worlds.refuted(self._base, ((x, on, x),))

    def _reflexive(self, on: Node) -> Refuted | None:
        x = self._worlds.witness()
        return self._implied([(x, RDF.type, OWL.Thing)], (x, on, x)) or self._of_itself(x, on, x)

    def _of_itself(self, subject: Node, predicate: Node, object_: Node) -> Refuted | None:
        """A reflexive property holds of everything (table 5.13), which no rule of OWL 2 RL says."""
        facts = self._base.known.facts
        if subject != object_:
            return None
        for reflexive in facts.subjects(RDF.type, OWL.ReflexiveProperty):
            if reflexive == predicate or (reflexive, RDFS.subPropertyOf, predicate) in facts:
                return Refuted(assumed=(), clashes=())
        return None

    def _with_list(self, subject: Node, predicate: Node, members: tuple[Node, ...]) -> Refuted | None:
        if not members or not self._are_properties(*members):
            return None
        if predicate == OWL.propertyChainAxiom:
            return self._chain(subject, members) if self._are_properties(subject) else None
        x, y = self._worlds.witness(), self._worlds.witness()
        shared: list[Triple] = []
        for on in members:
            value = self._worlds.witness()
            shared += [(x, on, value), (y, on, value)]
        found: list[Refuted | None] = []
        if not self._are_classes(subject):
            return None
        for one in self._worlds.ways(x, self._class(subject)):
            for other in self._worlds.ways(y, self._class(subject)):
                found.append(self._implied([*one, *other, *shared], (x, OWL.sameAs, y)))
        return joined(found)

    def _chain(self, on: Node, links: tuple[Node, ...]) -> Refuted | None:
        stops = [self._worlds.witness() for _ in range(len(links) + 1)]
        steps = [(stops[i], link, stops[i + 1]) for i, link in enumerate(links)]
        return self._implied(steps, (stops[0], on, stops[-1]))


_BETWEEN_CLASSES: Mapping[Node, Callable[[Prover, Expression, Expression], Refuted | None]] = {
    OWL.complementOf: Prover._complements,
    OWL.disjointWith: Prover._apart,
    OWL.equivalentClass: Prover._same_members,
    RDFS.subClassOf: Prover._subsumed,
}
_BETWEEN_PROPERTIES: Mapping[Node, Callable[[Prover, Node, Node], Refuted | None]] = {
    OWL.equivalentProperty: Prover._same_pairs,
    OWL.inverseOf: Prover._inverse,
    OWL.propertyDisjointWith: Prover._no_common_pair,
    RDFS.subPropertyOf: Prover._within,
}
_ABOUT_VALUES = frozenset({RDFS.domain, RDFS.range})
_CHARACTERISTICS: Mapping[Node, Callable[[Prover, Node], Refuted | None]] = {
    OWL.AsymmetricProperty: Prover._asymmetric,
    OWL.FunctionalProperty: Prover._functional,
    OWL.InverseFunctionalProperty: Prover._inverse_functional,
    OWL.IrreflexiveProperty: Prover._irreflexive,
    OWL.ReflexiveProperty: Prover._reflexive,
    OWL.SymmetricProperty: Prover._symmetric,
    OWL.TransitiveProperty: Prover._transitive,
}
