"""Blank nodes named alike in every run: labels that depend on the graph alone.

Most blank nodes hang in trees (lists, restrictions): each is referred to once at most and leads to trees
only. Those are known by what hangs below them, in time that grows with their number. The few that are left,
the core, are told apart by colours refined to a fixed point; where colours tie, each of the tied nodes is
tried and the least outcome stays (McKay & Piperno 2014, "Practical graph isomorphism II"), up to a limit.

Where labels are shown, they are digests of what is around the node, so that a fact that is added elsewhere
changes none of them; where only their order shows, they are numbers.

Neither library does: rdflib 7.6.0's ``to_canonical_graph`` needs over a minute for a hundred equal lists, and
pyoxigraph 0.5.13's ``Dataset.canonicalize`` (RDFC-1.0) tells no mapping, lower-cases language tags, takes
cubic time for a list of equal members, and has no limit of work.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from rdflib import BNode

from cordiale.model.errors import CordialeError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from cordiale.publish.quads import Quad
from cordiale.publish.term_text import term_text

__all__ = ["WORK_LIMIT", "relabelled", "stably_labelled"]

WORK_LIMIT = 2_000_000  # quads looked at while colours are refined; some seconds

_DIGITS = 12  # of a digest in a label: among a million nodes, two of the same are less likely than 1 in 500

_Parts: TypeAlias = tuple[str, ...]  # a quad as text, its core nodes still nodes
_Colours: TypeAlias = dict[BNode, str]


def relabelled(quads: Sequence[Quad]) -> tuple[Quad, ...]:
    """``quads`` with blank nodes ``b1``, ``b2``, …: the same set for any two isomorphic datasets.

    Raises:
        CordialeError: C194, when more than ``WORK_LIMIT`` does not tell the blank nodes apart.
    """
    trees = _trees(quads)
    labels = {node: BNode(f"b{number}") for number, (_, node) in enumerate(_core_order(quads, trees), 1)}
    for _, node in _tree_order(quads, trees, labels):
        labels[node] = BNode(f"b{len(labels) + 1}")
    return _with_labels(quads, labels)


def stably_labelled(quads: Sequence[Quad]) -> tuple[Quad, ...]:
    """``quads`` with blank nodes ``n…``: the same set for any two isomorphic datasets, and little changes it.

    The label of a node in a tree depends on where the tree hangs and on what is below the node; that of any
    other on the nodes that it is connected with. Whatever else the dataset has leaves it as it is.

    Raises:
        CordialeError: C194, as ``relabelled``.
    """
    trees = _trees(quads)
    labels: dict[BNode, BNode] = {}
    taken: Counter[str] = Counter()

    def name(surroundings: str, node: BNode) -> None:
        digest = _digest([surroundings])[:_DIGITS]
        taken[digest] += 1
        labels[node] = BNode(f"n{digest}{taken[digest]:x}" if taken[digest] > 1 else f"n{digest}")

    for around, node in _core_order(quads, trees):
        name(around, node)
    for around, node in _tree_order(quads, trees, labels):
        name(around, node)
    return _with_labels(quads, labels)


def _with_labels(quads: Sequence[Quad], labels: Mapping[BNode, BNode]) -> tuple[Quad, ...]:
    def renamed(term: Node) -> Node:
        return labels[term] if isinstance(term, BNode) else term

    return tuple(
        (renamed(s), p, renamed(o), labels[g] if isinstance(g, BNode) else g) for s, p, o, g in quads
    )


def _trees(quads: Sequence[Quad]) -> dict[BNode, str]:
    """The blank nodes that hang in trees, each with a digest of what hangs below it."""
    own: defaultdict[BNode, list[Quad]] = defaultdict(list)
    parents: defaultdict[BNode, list[Node]] = defaultdict(list)
    waiting: Counter[BNode] = Counter()  # blank nodes below that have no digest yet
    core: set[BNode] = set()
    for quad in quads:
        subject, _, object_, graph = quad
        if isinstance(subject, BNode):
            own[subject].append(quad)
        if isinstance(object_, BNode):
            parents[object_].append(subject)
            if isinstance(subject, BNode):
                waiting[subject] += 1
        if isinstance(graph, BNode):
            core.update(term for term in (subject, graph) if isinstance(term, BNode))
    core.update(node for node, above in parents.items() if len(above) > 1)
    digests: dict[BNode, str] = {}
    ready = [node for node in {**own, **parents} if node not in core and not waiting[node]]
    while ready:
        node = ready.pop()
        digests[node] = _digest(sorted(_below(quad, digests) for quad in own[node]))
        for above in parents[node]:
            if isinstance(above, BNode):
                waiting[above] -= 1
                if not waiting[above] and above not in core:
                    ready.append(above)
    return digests


def _below(quad: Quad, digests: Mapping[BNode, str]) -> str:
    """What a quad says of its subject."""
    _, predicate, object_, graph = quad
    below = digests[object_] if isinstance(object_, BNode) else term_text(object_)
    return f"{term_text(predicate)} {below} {'' if graph is None else term_text(graph)}"


def _tree_order(
    quads: Sequence[Quad], trees: Mapping[BNode, str], labels: Mapping[BNode, BNode]
) -> Iterable[tuple[str, BNode]]:
    """The nodes in trees, each after the one it hangs from, with how it hangs; equal ones may change places.

    ``labels`` are those of the other nodes, and of each of these before the next is asked for.
    """
    below: defaultdict[BNode, list[tuple[str, BNode]]] = defaultdict(list)
    tops: list[tuple[str, str, BNode]] = []
    hanging: set[BNode] = set()

    def named(term: Node | None) -> str:
        return "" if term is None else term_text(labels[term] if isinstance(term, BNode) else term)

    for subject, predicate, object_, graph in quads:
        if isinstance(object_, BNode) and object_ in trees:
            hanging.add(object_)
            line = f"{term_text(predicate)} {trees[object_]} {named(graph)}"
            if isinstance(subject, BNode) and subject in trees:
                below[subject].append((line, object_))
            else:
                tops.append((named(subject), line, object_))
    tops.extend(("", digest, node) for node, digest in trees.items() if node not in hanging)
    todo = [
        (f"{top} {line}", node) for top, line, node in sorted(tops, key=lambda top: top[:2], reverse=True)
    ]
    while todo:
        around, node = todo.pop()
        yield around, node
        under = sorted(below[node], key=lambda pair: pair[0], reverse=True)
        todo.extend((f"{named(node)} {line}", each) for line, each in under)


def _core_order(quads: Sequence[Quad], trees: Mapping[BNode, str]) -> list[tuple[str, BNode]]:
    """The nodes that hang in no tree, in an order that depends on the graph alone, each with its place."""
    touching: defaultdict[BNode, list[_Parts]] = defaultdict(list)
    for quad in quads:
        nodes = dict.fromkeys(t for t in quad if isinstance(t, BNode) and t not in trees)
        if nodes:
            parts = tuple(_part(term, trees) for term in quad)
            for node in nodes:
                touching[node].append(parts)
    work = Counter[str]()
    found = []
    while touching:
        first = next(iter(touching))
        piece = {first: touching.pop(first)}
        todo = [first]
        while todo:
            for parts in piece[todo.pop()]:
                for part in parts:
                    if isinstance(part, BNode) and part in touching:
                        piece[part] = touching.pop(part)
                        todo.append(part)
        found.append(_least(piece, dict.fromkeys(piece, ""), work))
    # Pieces of equal text are images of one another, so their order is of no account.
    return [
        (f"{text}\n{place}", node)
        for text, order in sorted(found, key=lambda pair: pair[0])
        for place, node in enumerate(order)
    ]


def _part(term: Node | None, trees: Mapping[BNode, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, BNode):
        return trees.get(term, term)
    return term_text(term)


def _least(
    piece: Mapping[BNode, list[_Parts]], colours: _Colours, work: Counter[str]
) -> tuple[str, list[BNode]]:
    """The least text of a connected piece over all ways to tell tied nodes apart, and its order."""
    colours = _refined(piece, colours, work)
    tied = _tied(colours)
    if not tied:
        return _text(piece, colours), sorted(colours, key=lambda node: colours[node])
    outcomes = []
    seen = set()
    for node in tied:
        chosen = _refined(piece, _marked(colours, node), work)
        # One way down is enough to see that this node is the image of one tried before: a colour is a digest
        # of all earlier ones, so equal texts mean that the graph maps onto itself with the choices kept.
        probe = chosen
        while rest := _tied(probe):
            probe = _refined(piece, _marked(probe, rest[0]), work)
        text = _text(piece, probe)
        if text not in seen:
            seen.add(text)
            outcomes.append(_least(piece, chosen, work))
    return min(outcomes, key=lambda outcome: outcome[0])


def _refined(piece: Mapping[BNode, list[_Parts]], colours: _Colours, work: Counter[str]) -> _Colours:
    """Colours split by those of the neighbours until no colour splits any more."""
    count = len(set(colours.values()))
    while True:
        work["quads"] += sum(map(len, piece.values()))
        if work["quads"] > WORK_LIMIT:
            raise CordialeError(
                Problem(
                    code="C194",
                    message="the blank nodes are too much alike to be named the same way each time",
                    remedy="give IRIs to some of the nodes that refer to one another in circles",
                )
            )
        colours = {
            node: _digest([colours[node], *sorted(_seen_from(node, parts, colours) for parts in touching)])
            for node, touching in piece.items()
        }
        if len(set(colours.values())) == count:
            return colours
        count = len(set(colours.values()))


def _seen_from(node: BNode, parts: _Parts, colours: Mapping[BNode, str]) -> str:
    return " ".join("*" if part == node else _coloured(part, colours) for part in parts)


def _coloured(part: str, colours: Mapping[BNode, str]) -> str:
    return colours[part] if isinstance(part, BNode) else part


def _tied(colours: _Colours) -> list[BNode]:
    """The nodes of the smallest colour that more than one node has."""
    cells: defaultdict[str, list[BNode]] = defaultdict(list)
    for node, colour in colours.items():
        cells[colour].append(node)
    tied = [(len(cell), colour) for colour, cell in cells.items() if len(cell) > 1]
    return cells[min(tied)[1]] if tied else []


def _marked(colours: _Colours, node: BNode) -> _Colours:
    return {**colours, node: _digest(["chosen", colours[node]])}


def _text(piece: Mapping[BNode, list[_Parts]], colours: Mapping[BNode, str]) -> str:
    """The piece with colours for nodes."""
    lines = {parts for touching in piece.values() for parts in touching}
    return "\n".join(sorted(" ".join(_coloured(part, colours) for part in parts) for parts in lines))


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
