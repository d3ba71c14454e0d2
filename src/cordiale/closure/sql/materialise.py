"""The closure of numbered triples: rules, tables, loop and output put together."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from cordiale.closure.loading.coding import Coded, texts_of
from cordiale.closure.loading.loading import load
from cordiale.closure.rulebook.left_out import DECISIVE_TERMS, Usage, followed, is_unforeseen, look, report
from cordiale.closure.rulebook.program import arrange
from cordiale.closure.rulebook.rules import Constant, Rule, Term, Tuple
from cordiale.closure.sql.clashes import FoundClash, find_clashes
from cordiale.closure.sql.compiler import SAME, TYPE, Compiler
from cordiale.closure.sql.equality import Equality
from cordiale.closure.sql.limits import Limit
from cordiale.closure.sql.loop import Loop
from cordiale.closure.sql.output import TRIVIAL_TERMS, inferred
from cordiale.closure.sql.store import Store
from cordiale.closure.values.literals import DATATYPE_MAP
from cordiale.closure.values.value_coding import Values, code_values

__all__ = [
    "MOST_ROWS",
    "ClosedGraph",
    "Options",
    "close_coded",
    "close_paths",
    "connected",
    "literal_types",
    "vocabulary_of",
]

MOST_ROWS = 50_000_000

_ROW_GROUP = 122_880  # rows of a table that DuckDB gives to one thread

_DIFFERENCE = tuple(
    f"<http://www.w3.org/2002/07/owl#{name}>"
    for name in ("differentFrom", "AllDifferent", "members", "distinctMembers")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a closure is made.

    ``full``: conclude what says nothing as well (see left_out.py). ``most_rows``: of one rule in one round.
    ``memory``: of DuckDB, as it writes sizes ("2GB"); what does not fit goes to a temporary folder.
    ``progress`` is called after each round with its number and the number of triples.
    """

    full: bool = False
    most_rows: int = MOST_ROWS
    memory: str | None = None
    progress: Callable[[int, int], None] = field(default=lambda _round, _size: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedGraph:
    """A closure: what was asserted, what follows, and what clashes.

    ``asserted`` has the columns s, p, o; ``inferred`` the same and r, the round in which a triple was first
    there. They hold numbers, which are places in ``texts`` (N-Triples). ``rules`` were followed. ``store``
    has the tables that it was made in, where ``values`` and the names of ``equality`` have one number each:
    see rounds.py.
    """

    texts: pa.Array
    asserted: pa.Table
    inferred: pa.Table
    clashes: tuple[FoundClash, ...]
    left_out: tuple[str, ...]
    rounds: int
    rules: tuple[Rule, ...]
    store: Store
    values: Values
    equality: Equality

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """The inferred triples as texts, in no order."""
        return texts_of(self.inferred, self.texts)

    def __len__(self) -> int:
        """How many triples were inferred."""
        return int(self.inferred.num_rows)

    def arrow(self) -> pa.Table:
        """The inferred triples as columns of texts (dictionary-encoded), and the round of each."""
        columns = {
            name: pa.chunked_array(
                [
                    pa.DictionaryArray.from_arrays(chunk, self.texts)
                    for chunk in self.inferred.column(name).chunks
                ],
                pa.dictionary(pa.int32(), pa.string()),
            )
            for name in "spo"
        }
        return pa.table({**columns, "round": self.inferred.column("r")})


def close_paths(paths: Sequence[Path], rules: Iterable[Rule], options: Options | None = None) -> ClosedGraph:
    """The closure of all triples in RDF files, in whatever graph they are.

    Raises:
        UsageError: a file's name tells no format.
        SourceError: a file breaks its grammar, or a rule makes too many triples.
        MachineError: a file cannot be read.
    """
    chosen = tuple(rules)
    return close_coded(load(paths, vocabulary_of(chosen)), chosen, options)


def close_coded(coded: Coded, rules: Iterable[Rule], options: Options | None = None) -> ClosedGraph:
    """The closure of triples that were numbered with ``vocabulary_of`` the rules.

    Raises:
        SourceError: a rule makes more triples than it may.
    """
    options = options or Options()
    every = tuple(rules)
    closed, usage = _closed(coded, every, options, all_rules=options.full)
    if not options.full and is_unforeseen(frozenset(closed.equality.renamed), usage, every):
        closed, _ = _closed(coded, every, options, all_rules=True)
    return closed


def _closed(
    coded: Coded, every: tuple[Rule, ...], options: Options, *, all_rules: bool
) -> tuple[ClosedGraph, Usage]:
    """The closure by all rules, or by those that the graph seems to need; and how it uses the vocabulary."""
    values = code_values(coded)
    connection = connected(options, len(coded.triples))
    store = Store(connection, coded, values)
    usage = look(store)
    chosen = followed(every, usage, full=all_rules)
    compiler = Compiler(store.number)
    program = arrange(chosen, compiler)
    store.patterns = program.patterns
    _type_literals(store, values, DATATYPE_MAP if all_rules else usage.datatypes)
    if any(comparison.operator == "<" for rule in chosen for comparison in rule.comparisons):
        store.rank(values)
    equality = Equality(store, values)
    loop = Loop(
        store, program, compiler, equality, Limit(store, compiler, options.most_rows), options.progress
    )
    loop.known("datatype", [(store.coded.constants[f"<{datatype}>"],) for datatype in sorted(DATATYPE_MAP)])
    rounds = loop.run()
    closed = ClosedGraph(
        texts=coded.texts,
        asserted=coded.triples,
        inferred=inferred(store, equality, full=options.full),
        clashes=find_clashes(store, values, equality, program.clashes, compiler),
        left_out=report(every, chosen, full=options.full),
        rounds=rounds,
        rules=chosen,
        store=store,
        values=values,
        equality=equality,
    )
    return closed, usage


def vocabulary_of(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The terms that need a number before any triple: those of the rules, and those that are looked at."""
    terms: dict[str, None] = {}
    for rule in rules:
        for atom in (*rule.body, *rule.head):
            terms.update(dict.fromkeys(text for term in atom.terms for text in _constants(term)))
        for comparison in rule.comparisons:
            for term in (comparison.left, comparison.right):
                terms.update(dict.fromkeys(_constants(term)))
    terms.update(dict.fromkeys((SAME, TYPE, *TRIVIAL_TERMS, *DECISIVE_TERMS, *_DIFFERENCE)))
    return tuple(terms)


def _constants(term: Term) -> Iterator[str]:
    if isinstance(term, Constant):
        yield term.text
    elif isinstance(term, Tuple):
        for part in term.parts:
            yield from _constants(part)


def connected(options: Options, size: int) -> duckdb.DuckDBPyConnection:
    """A database in memory, as closures of so many triples are made in."""
    connection = duckdb.connect()
    if size <= _ROW_GROUP:  # threads would share nothing of it, and cost more than they do
        connection.execute("SET threads = 1")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"SET temp_directory = '{tempfile.gettempdir()}/cordiale-closure'")
    if options.memory:
        connection.execute(f"SET memory_limit = '{options.memory}'")
    return connection


def literal_types(store: Store, values: Values, datatypes: Iterable[str]) -> pa.Table:
    """Rule dt-type2 (table 8) for some datatypes: each literal (s), and a datatype (o) it is a value of."""
    literals = (
        store.table(f"SELECT DISTINCT o FROM t WHERE o >= {store.coded.literals}").column("o").to_pylist()
    )
    rows = [
        (literal, store.number(f"<{datatype}>"))
        for datatype in sorted(datatypes)
        for literal in literals
        if values.is_value(literal, datatype)
    ]
    return pa.table(
        {name: pa.array([row[at] for row in rows], pa.int32()) for at, name in enumerate(("s", "o"))}
    )


def _type_literals(store: Store, values: Values, datatypes: Iterable[str]) -> None:
    """Put every literal into those of the datatypes that it is a value of."""
    wanted = sorted(datatypes)
    if wanted and len(typed := literal_types(store, values, wanted)):
        store.connection.register("typed", typed)
        store.run(f"INSERT INTO t SELECT s, {store.number(TYPE)}, o, 0 FROM typed")
        store.connection.unregister("typed")
