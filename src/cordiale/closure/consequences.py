"""What follows from a graph, ready for Python: ``cordiale.closure(graph_or_paths)``."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal as OneOf
from typing import TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox
from rdflib import Graph, Literal

from cordiale.closure.engine import Clash, Engine
from cordiale.closure.entailments.entailment import Entailment, entails
from cordiale.closure.loading.coding import Coded, texts_of
from cordiale.closure.loading.given import Given, code
from cordiale.closure.loading.nodes import encoded, node_of, text_of
from cordiale.closure.proofs.proofs import Pattern, Proofs, no_proofs
from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.rulebook.rules import Rule
from cordiale.closure.second_opinion.literal_clashes import settled
from cordiale.closure.second_opinion.owlrl_engine import OwlrlEngine
from cordiale.closure.sql.duckdb_engine import DuckdbEngine
from cordiale.closure.sql.faults import duckdb_faults
from cordiale.closure.sql.materialise import ClosedGraph, Options, close_coded, vocabulary_of
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.proofs import Proof
from cordiale.model.terms import Node, Triple
from cordiale.read.literals import quiet_literals

__all__ = ["Consequences", "EngineName", "close", "engine_named"]

EngineName: TypeAlias = OneOf["duckdb", "owlrl"]

_BATCH = 1 << 16  # triples


def close(
    given: Given,
    *,
    engine: EngineName = "duckdb",
    rules: Iterable[Rule] | None = None,
    full: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> "Consequences":
    """What follows by the rules of OWL 2 RL (OWL 2 Profiles, section 4.3) from a graph, a store or files.

    ``given`` is an rdflib Graph or Dataset (all its graphs together), a pyoxigraph Store, triples of rdflib
    terms, or one or several paths of RDF files. ``rules`` take the place of those of OWL 2 RL; ``full``
    concludes what says nothing as well, such as ``x owl:sameAs x``; both need the engine duckdb.
    ``progress`` is called after each round with its number and the number of triples.

    >>> from rdflib import RDFS
    >>> graph = Graph().parse(data='''
    ...   @prefix : <https://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ...   :Bridge rdfs:subClassOf :Work . :pont-neuf a :Bridge .''')
    >>> [str(o) for s, p, o in close(graph)]
    ['https://example.org/Work']

    Raises:
        UsageError: a file's name tells no format, or the engine cannot do what is asked.
        SourceError: a file breaks its grammar, an axiom cannot be worked with, or a rule makes too much.
        MachineError: a file cannot be read, or memory or disk do not suffice.
    """
    if engine == "owlrl" and (rules is not None or full):
        raise UsageError(
            Problem(
                code="C630",
                message="the engine owlrl has its own rules, and no full closure",
                remedy='use the engine "duckdb"',
            )
        )
    chosen = tuple(read_rule_set("owl2rl") if rules is None else rules)
    nodes: dict[str, Node] = {}
    prefixes: dict[str, str] = {}
    coded = code(given, vocabulary_of(chosen) if engine == "duckdb" else (), nodes, prefixes)
    if engine == "owlrl":
        return _by_owlrl(coded, nodes, prefixes)
    options = Options(full=full) if progress is None else Options(full=full, progress=progress)
    with duckdb_faults():
        closed = close_coded(coded, chosen, options)
    return Consequences(
        texts=closed.texts,
        asserted=closed.asserted,
        inferred=closed.inferred,
        left_out=closed.left_out,
        prefixes=prefixes,
        closed=closed,
        rules=chosen,
        engine=DuckdbEngine(chosen, Options(full=full)),
        _nodes=nodes,
    )


def engine_named(name: EngineName) -> Engine:
    """The engine of that name, as it is when nothing else is said."""
    return OwlrlEngine() if name == "owlrl" else DuckdbEngine()


@dataclass(frozen=True, kw_only=True, eq=False)
class Consequences:
    """The triples that follow, and what was found on the way. Iterating gives rdflib terms, in no order.

    ``asserted`` and ``inferred`` have the columns s, p, o, which are places in ``texts`` (N-Triples).
    ``left_out`` says in a line each what was not concluded because it says nothing. ``prefixes`` are those
    that the graph or the files declare. ``closed`` has the tables of the engine duckdb, and ``rules`` what it
    followed, for proofs.
    """

    texts: pa.Array
    asserted: pa.Table
    inferred: pa.Table
    left_out: tuple[str, ...]
    prefixes: dict[str, str]
    closed: ClosedGraph | None
    rules: tuple[Rule, ...]
    engine: Engine
    _nodes: dict[str, Node] = field(repr=False)
    _found: tuple[Clash, ...] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        """How many triples were inferred."""
        return int(self.inferred.num_rows)

    def __iter__(self) -> Iterator[Triple]:
        """The inferred triples; terms of an rdflib graph are the ones that were given."""
        return self._triples(self.inferred)

    def stated(self) -> Iterator[Triple]:
        """The triples that were given."""
        return self._triples(self.asserted)

    def __repr__(self) -> str:
        """How many triples there are of each kind."""
        return f"<Consequences: {len(self)} triples inferred from {self.asserted.num_rows}>"

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """What cannot all be true; what follows from the rest was inferred all the same."""
        if self._found is not None or self.closed is None:
            return self._found or ()
        node = self._node
        with quiet_literals():
            found = [
                Clash(
                    rule=clash.rule,
                    message=clash.message,
                    triples=tuple((node(s), node(p), node(o)) for s, p, o in clash.premises),
                )
                for clash in self.closed.clashes
            ]
        return settled(found, self._concerned(found)) if found else ()

    def to_graph(self) -> Graph:
        """The inferred triples as an rdflib graph, with the prefixes."""
        graph = Graph(bind_namespaces="none")
        for prefix, space in self.prefixes.items():
            graph.bind(prefix, space)
        graph.addN((s, p, o, graph) for s, p, o in self)
        return graph

    def to_store(self) -> ox.Store:
        """The inferred triples as a pyoxigraph store, in its default graph."""
        store = ox.Store()
        rows = texts_of(self.inferred, self.texts)
        while lines := "".join(f"{s} {p} {o} .\n" for s, p, o in islice(rows, _BATCH)):
            store.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)
        return store

    def entails(self, conclusion: Graph | Collection[Triple]) -> Entailment:
        """Whether another graph follows, by the rules or by refutation; what is not shown may follow."""
        premises = list(self.stated())
        triples = conclusion.triples((None, None, None)) if isinstance(conclusion, Graph) else conclusion
        return entails(self.engine, premises, [cast("Triple", triple) for triple in triples])

    def why(self, subject: Node, predicate: Node, value: Node) -> Proof | None:
        """The proof of a triple from what is asserted, of least height; ``None`` when it does not follow.

        Height is counted in rounds, and literals are told in the forms in which they are written.

        >>> from rdflib import RDFS, URIRef
        >>> a, inside, tied, b = map(URIRef, ("x:a", "x:inside", "x:tied", "x:b"))
        >>> proof = close([(a, inside, b), (inside, RDFS.subPropertyOf, tied)]).why(a, tied, b)
        >>> [step.rule for step in proof.steps], len(proof.asserted)
        (['prp-spo1'], 2)

        Raises:
            UsageError: C633, the engine keeps no proofs.
        """
        with duckdb_faults(), quiet_literals():
            return self._proofs.why((subject, predicate, value))

    def why_not(
        self, subject: Node, predicate: Node, value: Node, *, most: int = 3
    ) -> tuple[tuple[str, tuple[Triple, ...], Pattern], ...]:
        """Rules that would conclude a triple but for one premise: each rule, what holds, what is missing.

        Raises:
            UsageError: C633, the engine keeps no proofs.
        """
        with duckdb_faults(), quiet_literals():
            return self._proofs.why_not((subject, predicate, value), most)

    def why_clash(self, clash: Clash) -> Proof | None:
        """The proof of one of the clashes; ``None`` when it is none of them.

        Raises:
            UsageError: C633, the engine keeps no proofs.
        """
        with duckdb_faults(), quiet_literals():
            return self._proofs.clash(clash.rule, clash.message)

    @cached_property
    def _proofs(self) -> Proofs:
        if self.closed is None:
            raise no_proofs()
        return Proofs(self.closed, self.rules, text_of, self._node)

    def _triples(self, table: pa.Table) -> Iterator[Triple]:
        node = self._node
        rows = texts_of(table, self.texts)
        while batch := list(islice(rows, _BATCH)):
            with quiet_literals():  # by the batch: it takes longer than making a literal
                triples = [(node(s), node(p), node(o)) for s, p, o in batch]
            yield from triples

    def _node(self, text: str) -> Node:
        node = self._nodes.get(text)
        if node is None:
            node = self._nodes[text] = node_of(text)
        return node

    def _concerned(self, clashes: Iterable[Clash]) -> frozenset[Triple]:
        """The asserted triples that are premises of clashes, or have one of their literals as object."""
        premises = [triple for clash in clashes for triple in clash.triples]
        objects = {text_of(o) for _, _, o in premises}
        objects |= {text_of(s) for s, _, _ in premises if isinstance(s, Literal)}
        places = pc.index_in(pa.array(sorted(objects), pa.string()), value_set=self.texts).drop_null()
        table = self.asserted.filter(pc.is_in(self.asserted.column("o"), value_set=places))
        wanted = set(premises)
        return frozenset(t for t in self._triples(table) if isinstance(t[2], Literal) or t in wanted)


def _by_owlrl(coded: Coded, nodes: dict[str, Node], prefixes: dict[str, str]) -> Consequences:
    """The same by owlrl, which takes and gives rdflib terms."""
    engine = OwlrlEngine()
    with quiet_literals():
        for text in coded.texts.to_pylist():
            if text not in nodes:
                nodes[text] = node_of(text)
        asserted = [(nodes[s], nodes[p], nodes[o]) for s, p, o in texts_of(coded.triples, coded.texts)]
        closure = engine.close(asserted)
    # Both in one array of texts; what was asserted comes first.
    both = encoded([*asserted, *closure.inferred], (), nodes)
    return Consequences(
        texts=both.texts,
        asserted=both.triples.slice(0, len(asserted)),
        inferred=both.triples.slice(len(asserted)),
        left_out=("owlrl: its axiomatic triples, and all that is_trivial names",),
        prefixes=prefixes,
        closed=None,
        rules=(),
        engine=engine,
        _nodes=nodes,
        _found=closure.clashes,
    )
