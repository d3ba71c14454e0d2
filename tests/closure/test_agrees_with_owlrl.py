"""The engine agrees with owlrl on small consistent ontologies, up to the differences listed here."""

from collections import Counter

from hypothesis import assume, given, settings

from cordiale.closure.loading.nodes import node_of
from cordiale.closure.second_opinion.owlrl_engine import OwlrlEngine
from cordiale.closure.sql.duckdb_engine import DuckdbEngine
from cordiale.model.terms import Triple
from tests.closure.naive import TextTriple
from tests.closure.ontologies import consistent_graphs, iri

# - owlrl ignores the last property of owl:hasKey, so that one property is as good as none;
# - it walks one branch of a list that branches, and the rules all of them;
# - it takes a cell without a rest for the last one, and to the rules nothing follows from an endless list;
# - it does not follow dt-eq: two forms of one value are two things to it, as are "x"@en and "x"@EN;
# - a name that is the same as a literal does not get the datatypes of the literal (dt-type2, eq-rep-s).
_ONE_FORM = '"x"'


def _comparable(triples: tuple[TextTriple, ...]) -> tuple[TextTriple, ...]:
    """The graph without what the two see differently; literals that are no cardinality as one.

    A list goes as a whole: what is left of a broken one would be a list without an end.
    """
    kept = [triple for triple in triples if triple[1] != iri("owl:hasKey")]
    first, rest, nil = iri("rdf:first"), iri("rdf:rest"), iri("rdf:nil")
    cells = Counter((s, p) for s, p, _ in kept if p in (first, rest))
    rests = {s: o for s, p, o in kept if p == rest}
    whole = {nil}  # and each cell from which one way leads there, with one item in every cell
    while (
        more := {s for s, o in rests.items() if o in whole and cells[s, rest] == cells[s, first] == 1} - whole
    ):
        whole |= more
    broken = {s for s, _ in cells} - whole
    kept = [triple for triple in kept if triple[0] not in broken and triple[2] not in broken]
    cardinalities = (iri("owl:maxCardinality"), iri("owl:maxQualifiedCardinality"))
    return tuple(
        (s, p, _ONE_FORM if o.startswith('"') and p not in cardinalities else o)
        for s, p, o in kept
        if p not in cardinalities or not o.endswith("#int>")
    )


def _has_named_value(triples: tuple[Triple, ...]) -> bool:
    return any(p == node_of(iri("owl:sameAs")) and o == node_of(_ONE_FORM) for _, p, o in triples)


@settings(max_examples=40)
@given(consistent_graphs)
def test_equals_owlrl(triples: tuple[TextTriple, ...]) -> None:
    """The same triples follow."""
    graph = [tuple(map(node_of, triple)) for triple in dict.fromkeys(_comparable(triples))]
    ours = DuckdbEngine().close(graph)  # type: ignore[arg-type]
    assume(not ours.clashes and not _has_named_value(ours.inferred))
    assert ours.inferred == OwlrlEngine().close(graph).inferred  # type: ignore[arg-type]
