"""Reasoning on any RDF files, in a project or outside."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, TypeAlias
from typing import Literal as OneOf

import pyarrow.compute as pc
import pyoxigraph as ox
from rdflib import OWL, RDF

from cordiale.closure.consequences import Consequences, EngineName, close
from cordiale.closure.loading.coding import texts_of
from cordiale.closure.loading.documents import Document, document, piped
from cordiale.closure.loading.given import Given
from cordiale.closure.loading.nodes import node_of
from cordiale.closure.rulebook.rule_parser import parse_rules, read_rule_set
from cordiale.closure.rulebook.rules import Rule
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node, Triple
from cordiale.project.clashes import clash_problems
from cordiale.publish.formats import write_triples
from cordiale.publish.proof_text import proof_text
from cordiale.publish.sorted_lines import SORTED_FORMATS, write_sorted
from cordiale.publish.term_text import term_text
from cordiale.read.literals import quiet_literals
from cordiale.read.text import decode, machine_error
from cordiale.read.turtle import read_turtle

__all__ = [
    "HOUSE_STYLE_LIMIT",
    "MOST_PROOFS",
    "clash_proofs",
    "clashes_of",
    "documents_of",
    "import_problems",
    "reason",
    "rules_with",
    "written",
]

Choice: TypeAlias = OneOf["asserted", "inferred", "both"]

# Measured: the house style takes 50 µs for a triple, sorted lines take one. Ten seconds may be waited for.
HOUSE_STYLE_LIMIT = 200_000  # triples

MOST_PROOFS = 10  # of clashes, that are written out

_LOCAL = re.compile(r"\w(?:[\w.-]*\w)?")
_LOOKED_INTO = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES)
_MOST_BYTES = 20_000_000  # of a document that is read again to find a line in it


def documents_of(names: Iterable[str], stdin: BinaryIO, form: str | None = None) -> list[Document]:
    """The documents in files; ``-`` is what comes in by ``stdin``. ``form`` is the format of all, if given.

    Raises:
        UsageError: C623, a name tells no format.
        MachineError: C920, the pipe breaks.
    """
    return [piped(stdin, form) if name == "-" else document(Path(name), form) for name in names]


def reason(
    given: Given,
    *,
    engine: EngineName,
    full: bool = False,
    rules: Path | None = None,
    progress: Callable[[str], None],
) -> Consequences:
    """What follows from documents or a graph; ``progress`` is told what goes on.

    ``rules`` is a file with rules that are followed beside those of OWL 2 RL.

    Raises:
        CordialeError: as ``close``; and when the file of rules cannot be read, or has no rules in it.
    """
    chosen = None if rules is None else rules_with(rules)
    progress("read")
    return close(
        given,
        engine=engine,
        full=full,
        rules=chosen,
        progress=lambda round_, size: progress(f"round {round_}: {size:,} triples"),
    )


def rules_with(path: Path) -> tuple[Rule, ...]:
    """The rules of OWL 2 RL and those of a file.

    Raises:
        SourceError: with line and column of what is no rule.
        MachineError: the file cannot be read.
    """
    known = read_rule_set("owl2rl")
    try:
        text = decode(path.read_bytes(), path=str(path))
    except OSError as error:
        raise machine_error(str(path), error) from error
    return (*known, *parse_rules(text, path=str(path), known=known))


def written(
    found: Consequences, fmt: str, triples: Choice, prefixes: Mapping[str, str] | None = None
) -> Iterator[bytes]:
    """The triples in a format, piece by piece, as one graph.

    Up to ``HOUSE_STYLE_LIMIT`` triples as every export is; more of them in sorted lines, where the format can
    be a triple a line. Without ``prefixes``, those of the input and the well-known ones.

    Raises:
        CordialeError: the format cannot hold the graph.
    """
    known = {**PREFIXES, **found.prefixes} if prefixes is None else prefixes
    tables = {
        "asserted": (found.asserted,),
        "inferred": (found.inferred,),
        "both": (found.asserted, found.inferred),
    }
    chosen = tables[triples]
    if fmt in SORTED_FORMATS and sum(table.num_rows for table in chosen) > HOUSE_STYLE_LIMIT:
        yield from write_sorted(found.texts, chosen, fmt, known)
        return
    with quiet_literals():
        rows = (row for table in chosen for row in texts_of(table, found.texts))
        yield write_triples(((node_of(s), node_of(p), node_of(o)) for s, p, o in rows), fmt, known)


def import_problems(found: Consequences) -> Iterator[Problem]:
    """An info for each ontology that the input imports and does not hold: nothing is fetched."""
    texts = found.texts

    def rows(predicate: str) -> set[tuple[str, str]]:
        place = pc.index(texts, f"<{predicate}>").as_py()
        table = found.asserted.filter(pc.equal(found.asserted.column("p"), place))
        return {(s, o) for s, _, o in texts_of(table, texts)}

    held = {s for s, o in rows(str(RDF.type)) if o == f"<{OWL.Ontology}>"}
    held |= {o for _, o in rows(str(OWL.versionIRI))}
    for iri in sorted({o for _, o in rows(str(OWL.imports))} - held):
        yield Problem(
            code="C631",
            message=f"{iri} is imported and was not read",
            remedy="give its file as well: nothing is fetched from elsewhere",
            severity=Severity.INFO,
        )


def clashes_of(found: Consequences, documents: Sequence[Document]) -> tuple[Problem, ...]:
    """The clashes, with places in those documents that are Turtle or N-Triples."""
    wanted = {triple for clash in found.clashes for triple in clash.triples}
    places = _places(documents, wanted) if wanted else {}
    return clash_problems(found.clashes, lambda *triple: places.get(triple))


def clash_proofs(found: Consequences, documents: Sequence[Document]) -> tuple[str, ...]:
    """The proofs of the first ``MOST_PROOFS`` clashes as trees, with places as ``clashes_of`` has them."""
    if found.closed is None or not found.clashes:
        return ()
    proofs = [found.why_clash(clash) for clash in found.clashes[:MOST_PROOFS]]
    wanted = {triple for proof in proofs if proof is not None for triple in proof.asserted}
    places = _places(documents, wanted)
    known = {**PREFIXES, **found.prefixes}

    def places_of(triple: Triple) -> tuple[Place, ...]:
        return (places[triple],) if triple in places else ()

    def short(term: Node) -> str:
        return _shortened(term, known)

    return tuple("" if proof is None else proof_text(proof, places_of, short) for proof in proofs)


def _shortened(term: Node, prefixes: Mapping[str, str]) -> str:
    """The term with the longest prefix that leaves a simple name."""
    text = term_text(term)
    for prefix, space in sorted(prefixes.items(), key=lambda pair: -len(pair[1])):
        if space and text.startswith(f"<{space}") and _LOCAL.fullmatch(text[len(space) + 1 : -1]):
            return f"{prefix}:{text[len(space) + 1 : -1]}"
    return text


def _places(documents: Iterable[Document], wanted: set[Triple]) -> dict[Triple, Place]:
    """Where triples without blank nodes stand, in documents that are not too large to be read again."""
    places: dict[Triple, Place] = {}
    for each in documents:
        if each.form not in _LOOKED_INTO:
            continue
        with each.open() as stream:
            data = stream.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            continue
        try:
            read = read_turtle(decode(data, path=each.name), path=each.name, base=each.base)
        except SourceError:
            continue  # the other parser took it; only the place is lost
        for triple in wanted & read.places.keys():
            places.setdefault(triple, read.places[triple][0])
    return places
