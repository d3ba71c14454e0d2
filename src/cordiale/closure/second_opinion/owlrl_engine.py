"""The OWL 2 RL/RDF closure by owlrl, the reference reasoner."""

from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation
from typing import cast

from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node as RdfNode

from cordiale.closure.engine import Clash, Closure
from cordiale.closure.entailments.facts import Facts
from cordiale.closure.rulebook.trivial import is_trivial
from cordiale.closure.second_opinion.false_rules import clashes_at, written
from cordiale.closure.second_opinion.literal_clashes import ill_typed, merged_values, settled
from cordiale.model.errors import SourceError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, Triple, term_key

__all__ = ["OwlrlEngine"]

_VOCABULARIES = (str(RDF), str(RDFS), str(OWL))


class OwlrlEngine:
    """OWL 2 RL/RDF rules (OWL 2 Profiles, section 4.3) as owlrl 7.6 applies them, less what is trivial.

    Literals come out as they went in: owlrl works on rdflib's terms, which are equal only when their lexical
    form, datatype and language tag (in any case) are, and none of its rules makes a literal.

    Faults of owlrl that stay: the last member of an ``owl:AllDifferent`` or ``owl:AllDisjointProperties``
    list is compared with nothing; ``owl:hasKey`` ignores its last property, so that a key of one property
    makes all members of its class the same; ``0.0``, ``INF`` and ``NaN`` as floats and doubles, and dates
    before the year 1, pass for ill-typed; a thing that is typed by a datatype only in a later round does not
    get the wider datatypes; dt-eq and dt-diff are not applied. The last would hide too much, for what it
    concludes has literals as subjects, which a closure leaves out: so two literals that are made the same,
    and are certainly different values, are a clash here.

    >>> from rdflib import RDFS
    >>> centre, university = URIRef("x:centre"), URIRef("x:university")
    >>> part_of, tied_to = URIRef("x:partOf"), URIRef("x:tiedTo")
    >>> closure = OwlrlEngine().close([(centre, part_of, university), (part_of, RDFS.subPropertyOf, tied_to)])
    >>> closure.inferred == ((centre, tied_to, university),)
    True
    """

    name = "owlrl"

    def close(self, triples: Collection[Triple]) -> Closure:
        """What follows from the triples.

        Raises:
            SourceError: a list is its own tail, or a cardinality is no literal.
        """
        asserted = frozenset(triples)
        no_decimals = frozenset(o for _, _, o in asserted if isinstance(o, Literal) and _is_no_decimal(o))
        graph = _QuickGraph()
        for subject, predicate, object_ in asserted:
            graph.add((subject, predicate, _stand_in(object_) if object_ in no_decimals else object_))
        rules = _Rules(graph, makes_reflexive=_mentions_same_as(asserted))
        try:
            rules.closure()
        except (AttributeError, ValueError) as fault:  # from owlrl's x.value, and from rdflib's items(x)
            raise SourceError(_unusable(rules.premise, fault)) from fault
        own: dict[Node, Node] = {_stand_in(literal): literal for literal in no_decimals}
        facts = Facts((own.get(s, s), p, own.get(o, o)) for s, p, o in cast("Iterator[Triple]", iter(graph)))
        new = (t for t in facts if t not in asserted and isinstance(t[1], URIRef) and not is_trivial(t))
        return Closure(
            inferred=tuple(sorted(new, key=lambda triple: [term_key(term) for term in triple])),
            clashes=settled(
                [*rules.clashes(facts), *ill_typed(no_decimals), *merged_values(facts)], asserted
            ),
        )


class _QuickGraph(Graph):
    """A graph that tells by itself whether it holds a triple, which is what owlrl asks most."""

    def __init__(self) -> None:
        super().__init__(store="SimpleMemory", bind_namespaces="none")
        self._held: set[object] = set()

    def add(self, triple: tuple[RdfNode, RdfNode, RdfNode]) -> "_QuickGraph":
        """Add a triple."""
        self._held.add(triple)
        super().add(triple)
        return self

    def __contains__(self, triple: object) -> bool:
        return triple in self._held


class _Rules(OWLRL_Semantics):  # type: ignore[misc] # owlrl has no types
    """owlrl's rules; they remember by which premise each contradiction was found.

    Two things are left out, which saves three quarters of the time and nothing but trivial triples. No
    ``x owl:sameAs x`` is made, for owlrl copies all triples about ``x`` for it in every round; it leads to no
    more, unless an axiom is about ``owl:sameAs`` itself (then it is made) or something is different from
    itself (that is looked for in ``clashes``). And no rule is tried on a triple whose predicate, or class, is
    no term of RDF, RDFS or OWL: only eq-ref starts from such a one.
    """

    def __init__(self, graph: Graph, *, makes_reflexive: bool) -> None:
        super().__init__(graph, axioms=False, daxioms=False)
        self.premise: Triple | None = None  # what the rules are being applied to; None before the rounds
        self._found: dict[tuple[Triple | None, str], None] = {}
        self._makes_reflexive = makes_reflexive

    def rules(self, t: Triple, cycle_num: int) -> None:
        """Apply all rules to one triple."""
        _, predicate, object_ = t
        term = object_ if predicate == RDF.type else predicate
        if self._makes_reflexive or str(term).startswith(_VOCABULARIES):
            self.premise = t
            super().rules(t, cycle_num)

    def store_triple(self, t: Triple) -> None:
        """Keep a conclusion for the next round."""
        if self._makes_reflexive or t[0] != t[2] or t[1] != OWL.sameAs:
            super().store_triple(t)

    def add_error(self, message: str) -> None:
        """Keep a contradiction here; owlrl's own list stays empty, so that it adds no error nodes."""
        self._found[self.premise, message] = None

    def post_process(self) -> None:
        """Keep the blank nodes that are predicates, which owlrl takes out one by one."""

    def clashes(self, facts: Facts) -> Iterator[Clash]:
        """What was found, as clashes of the closed graph."""
        for premise, message in self._found:
            if premise is not None:
                told = clashes_at(facts, premise)
                yield from told or (Clash(rule="owlrl", message=message, triples=(premise,)),)
        literals = {term for _, _, term in facts if isinstance(term, Literal)}
        yield from ill_typed(literal for literal in literals if (None, _no_value(literal)) in self._found)
        if not self._makes_reflexive:
            for one, other in facts.pairs(OWL.differentFrom):
                if one == other:
                    yield from clashes_at(facts, (one, OWL.sameAs, one))


def _no_value(literal: Literal) -> str:
    """What owlrl says of a literal that breaks dt-not-type."""
    return f"Lexical value of the literal '{literal}' does not match its datatype ({literal.datatype})"


def _is_no_decimal(literal: Literal) -> bool:
    """Whether owlrl would stop at the literal with InvalidOperation instead of calling it ill-typed."""
    if literal.datatype != XSD.decimal:
        return False
    try:
        Decimal(str(literal))
    except InvalidOperation:
        return True
    return False


def _stand_in(literal: Node) -> Literal:
    """A literal of the same form and of a datatype that owlrl does not look into."""
    return Literal(str(literal), datatype=URIRef("urn:cordiale:no-decimal"))


def _mentions_same_as(triples: Collection[Triple]) -> bool:
    """Whether any triple is about ``owl:sameAs``, rather than says that two things are the same."""
    return any(OWL.sameAs in (subject, object_) for subject, _, object_ in triples)


def _unusable(premise: Triple | None, fault: Exception) -> Problem:
    axiom = " ".join(written(term) for term in premise) if premise else "the graph"
    return Problem(
        code="C602",
        message=f"cannot reason with {axiom}: {fault}",
        remedy="write the axiom as OWL 2 RL has it: a list ends in rdf:nil, a cardinality is a literal",
    )
