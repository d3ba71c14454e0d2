"""Lists and what rests on axioms alone: compared with a naive evaluation for every subset of the sources."""

from collections.abc import Iterable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from cordiale.closure.rulebook.program import arrange
from cordiale.closure.sourced.pool import ONE_ID, Pool
from cordiale.closure.sourced.structure import Facts, worked_out
from cordiale.closure.sql.compiler import Compiler
from cordiale.model.supports import Support
from tests.closure.naive import Fact, TextTriple, bound, matches
from tests.closure.sourced_graphs import RULES, subsets

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OWL = "http://www.w3.org/2002/07/owl#"
_FIRST, _REST, _NIL = f"<{_RDF}first>", f"<{_RDF}rest>", f"<{_RDF}nil>"


class _Numbers(dict[str, int]):
    """A number for each text, given when it is first asked for."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]


_RULES = [
    rule for _, made_by in arrange(RULES, Compiler(_Numbers().__getitem__)).structure for rule in made_by
]

Supports = Mapping[tuple[str, ...], Support]


def _work_out(stated: Mapping[TextTriple, Iterable[int]]) -> dict[str, Supports]:
    """The facts by their relations, in texts; 0 is a source that is trusted."""
    pool, numbers = Pool(), _Numbers()
    triples: Facts = {
        (numbers[s], numbers[p], numbers[o]): ONE_ID if 0 in sources else pool.number(Support.stated(sources))
        for (s, p, o), sources in ((triple, set(given)) for triple, given in stated.items())
    }
    found = worked_out(_RULES, triples, pool, numbers.__getitem__)
    texts = list(numbers)
    return {
        relation: {
            tuple(texts[number] for number in fact): pool.supports[support] for fact, support in facts.items()
        }
        for relation, facts in found.items()
    }


def _naively(triples: Iterable[TextTriple]) -> dict[str, set[Fact]]:
    facts: dict[str, set[Fact]] = {"": set(triples)}
    while True:
        new = {
            (rule.head[0].relation, tuple(bound(term, bindings) for term in rule.head[0].terms))
            for rule in _RULES
            for bindings in matches(rule, facts)
        }
        if all(fact in facts.get(relation, ()) for relation, fact in new):
            return facts
        for relation, fact in new:
            facts.setdefault(relation, set()).add(fact)


def _list(
    items: Iterable[str], *, cell: str = "<c{}>", sources: Iterable[int]
) -> dict[TextTriple, list[int]]:
    """A list that a source a cell states, and the intersection that it is of."""
    told: dict[TextTriple, list[int]] = {}
    every = list(zip(items, sources, strict=True))
    for at, (item, source) in enumerate(every):
        rest = _NIL if at + 1 == len(every) else cell.format(at + 1)
        told[cell.format(at), _FIRST, item] = [source]
        told[cell.format(at), _REST, rest] = [source]
    told["<k>", f"<{_OWL}intersectionOf>", cell.format(0)] = [0]
    return told


_cells = st.sampled_from(["<c0>", "<c1>", "<c2>", "<c3>"])
_axioms = st.one_of(
    st.tuples(_cells, st.just(_FIRST), st.sampled_from(["<x>", "<y>"])),
    st.tuples(_cells, st.just(_REST), st.one_of(_cells, st.just(_NIL), st.just(_NIL))),
    st.tuples(
        st.just("<k>"),
        st.sampled_from([f"<{_OWL}{name}>" for name in ("intersectionOf", "propertyChainAxiom", "unionOf")]),
        _cells,
    ),
)
_straight = st.lists(st.sampled_from(["<x>", "<y>"]), min_size=1, max_size=4).flatmap(
    lambda items: st.lists(st.integers(0, 3), min_size=len(items), max_size=len(items)).map(
        lambda sources: _list(items, sources=sources)
    )
)
_odd = st.dictionaries(_axioms, st.lists(st.integers(0, 3), min_size=1, max_size=2), max_size=7)


@settings(max_examples=150)
@given(_straight, _odd)
def test_structure_is_exact(straight: dict[TextTriple, list[int]], odd: dict[TextTriple, list[int]]) -> None:
    """Also of lists that branch, run in circles, have no end, or lack a first member."""
    stated = {**straight, **odd}
    found = _work_out(stated)
    held: dict[tuple[str, Fact], list[frozenset[int]]] = {}
    for chosen in subsets((1, 2, 3)):
        triples = [triple for triple, sources in stated.items() if {0, *chosen} & set(sources)]
        for relation, facts in _naively(triples).items():
            for fact in facts if relation else ():
                held.setdefault((relation, fact), []).append(chosen)
    every = frozenset((1, 2, 3))
    assert held == {
        (relation, fact): [chosen for chosen in subsets(every) if support.holds(every - chosen)]
        for relation, facts in found.items()
        for fact, support in facts.items()
    }


def test_a_long_list() -> None:
    """Of two thousand members each is found; two sources state the cells by turns, so all rest on both."""
    number = 2000
    told = _list((f"<x{at}>" for at in range(number)), sources=(1 + at % 2 for at in range(number)))
    members = _work_out(told)["member"]
    assert {item for _, _, item in members} == {f"<x{at}>" for at in range(number)}
    assert set(members.values()) == {Support.of([{1, 2}])}


def test_a_list_of_many_sources() -> None:
    """A list of a source a cell takes all of them: without its end no cell is known to be of a list."""
    number = 40
    members = _work_out(_list((f"<x{at}>" for at in range(number)), sources=range(1, number + 1)))["member"]
    assert len(members) == number
    assert set(members.values()) == {Support.of([range(1, number + 1)])}


def test_a_list_that_two_sources_end_in_two_ways() -> None:
    """Each ending has members of its own; what is before the fork rests on either."""
    told: dict[TextTriple, list[int]] = {
        ("<k>", f"<{_OWL}unionOf>", "<c0>"): [0],
        ("<c0>", _FIRST, "<x>"): [0],
        ("<c0>", _REST, "<c1>"): [1],
        ("<c0>", _REST, "<c2>"): [2],
        ("<c1>", _FIRST, "<y>"): [0],
        ("<c1>", _REST, _NIL): [0],
        ("<c2>", _FIRST, "<z>"): [0],
        ("<c2>", _REST, _NIL): [0],
    }
    assert _work_out(told)["member"] == {
        ("<c0>", "<c0>", "<x>"): Support.of([{1}, {2}]),
        ("<c0>", "<c1>", "<y>"): Support.of([{1}]),
        ("<c0>", "<c2>", "<z>"): Support.of([{2}]),
    }


def test_a_circle_is_no_list() -> None:
    """A list that never ends has no members (the tables write lists with an end)."""
    told: dict[TextTriple, list[int]] = {
        ("<k>", f"<{_OWL}unionOf>", "<c0>"): [0],
        ("<c0>", _FIRST, "<x>"): [0],
        ("<c0>", _REST, "<c1>"): [1],
        ("<c1>", _FIRST, "<y>"): [0],
        ("<c1>", _REST, "<c0>"): [1],
    }
    found = _work_out(told)
    assert set(found) == {"list"}
