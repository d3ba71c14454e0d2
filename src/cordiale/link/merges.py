"""What is, or follows to be, one thing, held against what can be: the merges that would break a graph.

The rules of OWL 2 RL follow any ``owl:sameAs``, and write all that is said of one thing of the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import cast

from rdflib import OWL, BNode, URIRef
from rdflib.term import Node as RdfNode

from cordiale.link.identifiers import identifier
from cordiale.link.identity import at_odds, exclusive
from cordiale.link.things import Triples, kinds_in
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, Triple

__all__ = ["Refused", "refused_merges"]

_ONE_EACH = ("ror", "wikidata", "grid", "isni", "orcid")  # a thing has one record there
_KINDS = {"ror": ("organisation",), "grid": ("organisation",), "orcid": ("person",)}  # of all records there

_Links = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why some identities cannot all be, and the IRIs of what they would make one."""

    problems: tuple[Problem, ...] = ()
    things: frozenset[str] = frozenset()


def refused_merges(
    triples: Triples,
    *,
    things: str,
    place: Callable[[Node, URIRef, Node], Place | None],
    denied: Iterable[tuple[URIRef, URIRef, Place]] = (),
    inferred: Iterable[Triple] = (),
) -> Refused:
    """Which identities among some triples cannot be, with the chain of each and the places of its links.

    ``things`` is the namespace of the project's own, ``place`` tells where an identity is stated, ``denied``
    which things are said not to be the same, and where. ``inferred`` is what follows: identities that nobody
    states, and classes.

    C750: two own things would be one because of something outside the project. C751: a thing would have two
    records of one register. C752: a thing would be of kinds that exclude each other. C758: what is said
    not to be the same would be.
    """
    triples, inferred = tuple(triples), tuple(inferred)
    stated: dict[tuple[str, str], tuple[Node, Node]] = {}  # either way round, as it is stated
    links: defaultdict[str, list[str]] = defaultdict(list)

    def link(subject: Node, value: Node) -> None:
        one, other = _name(subject), _name(value)
        for pair in ((one, other), (other, one)):
            stated.setdefault(pair, (subject, value))
            links[pair[0]].append(pair[1])

    for subject, predicate, value in triples:
        if predicate == OWL.sameAs and _is_thing(subject) and _is_thing(value):
            link(cast(Node, subject), cast(Node, value))
    # Most that follow join what is joined already: a chain of what is stated tells more.
    joined = {name: group for group in map(set, _groups(links)) for name in group}
    for subject, predicate, value in inferred:
        if predicate == OWL.sameAs and _is_thing(subject) and _is_thing(value):
            mine, its = (joined.setdefault(name, {name}) for name in (_name(subject), _name(value)))
            if mine is not its:
                link(subject, value)
                mine |= its
                joined.update(dict.fromkeys(its, mine))
    if not links:
        return Refused()
    kinds = kinds_in(triples, links)
    following = kinds_in((*triples, *inferred), links)
    denials = {(str(one), str(other)): at for one, other, at in denied}

    def problem(
        code: str, message: str, remedy: str, one: str, other: str, at: Place | None = None
    ) -> Problem:
        chain = _chain(one, other, links)
        told = (stated[pair] for pair in pairwise(chain))
        places = [*(place(s, OWL.sameAs, o) for s, o in told), at]
        found = [each for each in places if each is not None]
        return Problem(
            code=code,
            message=f"{message}: {' = '.join(chain)}",
            remedy=f"withdraw one of these identities{remedy}",
            place=found[-1] if found else None,
            related=tuple(found[:-1]),
        )

    problems: list[Problem] = []
    concerned: set[str] = set()
    for group in _groups(links):
        before = len(problems)
        for one, other in _own_twice(group, links, things):
            message = f"{one} and {other} would be one thing"
            problems.append(problem("C750", message, "; or if they are one, keep one of them", one, other))
        for scheme, one, other in _records_twice(group):
            message = f"one thing would have two records of {scheme}, {one} and {other}"
            problems.append(problem("C751", message, "; a thing has one record there", one, other))
        for left, one, right, other in _kinds_apart(group, kinds):
            message = f"{one} is of the kind {left}, {other} of the kind {right}"
            problems.append(problem("C752", message, "; nothing is both", one, other))
        if len(problems) == before and (odd := _odd_together(group, kinds, following)):
            message = f"{group[0]} would be of the kind {odd[0]} and of the kind {odd[1]}"
            problems.append(problem("C752", message, "; nothing is both", group[0], group[-1]))
        for (one, other), at in denials.items():
            if one != other and {one, other} <= {*group}:
                message = f"{one} and {other} are said not to be the same, and would be"
                problems.append(problem("C758", message, ", or the denial", one, other, at))
        if len(problems) > before:
            concerned.update(group)
    return Refused(tuple(problems), frozenset(concerned))


def _groups(links: _Links) -> Iterator[list[str]]:
    """The things that would be one, sorted."""
    seen: set[str] = set()
    for start in sorted(links):
        if start not in seen:
            group = _reached(start, links)
            seen |= group
            yield sorted(group)


def _reached(start: str, links: _Links) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _chain(one: str, other: str, links: _Links) -> list[str]:
    """A shortest way from one to another, both included."""
    before: dict[str, str] = {one: one}
    waiting = [one]
    for each in waiting:  # it grows as it is gone through
        for after in links[each]:
            if after not in before:
                before[after] = each
                waiting.append(after)
    chain = [other]
    while chain[-1] != one:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _own_twice(group: Sequence[str], links: _Links, things: str) -> Iterator[tuple[str, str]]:
    """The first of the project's own things with each other that it is not said to be without a detour."""
    own = [each for each in group if each.startswith(things)]
    inner = {each: [other for other in links[each] if other.startswith(things)] for each in own}
    parts = list(_groups(inner)) if own else []
    yield from ((parts[0][0], part[0]) for part in parts[1:])


def _records_twice(group: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    records: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for each in group:
        if (known := identifier(each)) is not None and known.scheme in _ONE_EACH:
            records[known.scheme].setdefault(known.value, each)
    for scheme in sorted(records):
        first, *others = records[scheme].values()
        yield from ((scheme, first, other) for other in others)


def _kinds_apart(
    group: Sequence[str], kinds: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Of things of kinds that exclude each other the first pair: one is enough to see what is wrong."""
    known = {each: (*kinds.get(each, ()), *_kinds_of(each)) for each in group}
    apart = (
        (found[0], one, found[1], other)
        for one, other in combinations(group, 2)
        if (found := exclusive(known[one], known[other])) is not None
    )
    yield from [*apart][:1]


def _odd_together(
    group: Sequence[str], kinds: Mapping[str, Sequence[str]], following: Mapping[str, Sequence[str]]
) -> tuple[str, str] | None:
    """Kinds that exclude each other, by what follows of the group: an axiom may tell what no class does."""
    if any(at_odds((*kinds.get(each, ()), *_kinds_of(each))) for each in group):
        return None  # one of them is odd by itself, whatever it is said to be
    return at_odds([kind for each in group for kind in (*following.get(each, ()), *_kinds_of(each))])


def _is_thing(node: RdfNode) -> bool:
    return isinstance(node, URIRef | BNode)


def _name(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _kinds_of(iri: str) -> Iterable[str]:
    known = identifier(iri)
    return _KINDS.get(known.scheme, ()) if known else ()
