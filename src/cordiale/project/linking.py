"""Things of a project against a register: what is proposed, and what people decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rdflib import OWL, RDF, RDFS, URIRef

from cordiale.link.candidates import Candidate, Linker
from cordiale.link.decisions import Decided, Decision, new_decisions, read_decisions, with_decisions
from cordiale.link.identifiers import Identifier, identifier, identifiers_of
from cordiale.link.identity import Link, objections
from cordiale.link.merges import refused_merges
from cordiale.link.records import Record
from cordiale.link.register import Register
from cordiale.link.review import Proposal, pending
from cordiale.link.things import SAME, records_of_graph
from cordiale.model.errors import SourceError
from cordiale.model.places import Place
from cordiale.model.problems import Problem, has_violation
from cordiale.model.sources import ACCEPTED, MAPPING_SET
from cordiale.model.terms import Node
from cordiale.project.catalogue_text import is_based, need_prefixes, with_entries
from cordiale.project.knowledge_graph import KnowledgeGraph
from cordiale.publish.files import save
from cordiale.read.text import decode, machine_error

__all__ = [
    "Proposed",
    "accept_all",
    "decision_paths",
    "linkable",
    "proposals_of",
    "propose",
    "record_decisions",
    "things_of",
]

_VERDICTS = ("accepted", "rejected", "unsure")
_LINKABLE = {
    "ror": frozenset(("organisation", "education", "company", "government", "healthcare")),
    "wikidata": frozenset(
        ("organisation", "education", "company", "government", "healthcare", "person", "place")
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A thing, and the records that it may be; none is an answer too."""

    thing: Record
    candidates: tuple[Candidate, ...]


def things_of(kg: KnowledgeGraph, *, with_links: bool = True) -> tuple[Record, ...]:
    """The project's things as records; without links, what mapping sets say is left out."""
    links = kg.settings.sources + "links/"
    graphs = (
        graph for graph in kg.graph.graphs() if with_links or not str(graph.identifier).startswith(links)
    )
    return records_of_graph((triple for graph in graphs for triple in graph), space=kg.settings.things)


def linkable(kg: KnowledgeGraph, register: str, *, again: bool = False) -> list[Record]:
    """The things that a register may have and that have no record there; ``again``, with those that have."""
    return [
        thing
        for thing in things_of(kg, with_links=not again)
        if set(thing.types) & _LINKABLE[register] and (again or not thing.values(register))
    ]


def propose(
    kg: KnowledgeGraph, register: Register, *, only: URIRef | None = None, again: bool = False
) -> tuple[Proposed, ...]:
    """For each thing without a record in the register, those that it may be; rejected ones never again.

    Nor are those that a row of any mapping set denies.
    ``again`` proposes for things that have one, as if no mapping set said so.
    """
    settled = {
        (each.thing, each.record) for each in _decisions(kg, register.name) if each.verdict == "rejected"
    }
    for one, other, _ in kg.denied:
        settled |= {(str(one), str(other)), (str(other), str(one))}
    linker = Linker(register)
    things = linkable(kg, register.name, again=again)
    known = {} if again else {thing.id: thing.values(register.name) for thing in things_of(kg)}
    # What a thing is part of helps once that itself is found.
    found = {
        thing.id: linker.same(_placed(thing, known)) for thing in things if only in (None, URIRef(thing.id))
    }
    known |= {iri: (group[0].id,) for iri, group in found.items() if group and group[0].accepted}
    for thing in things:
        if thing.id in found and any(known.get(parent) for parent in thing.parents):
            found[thing.id] = linker.same(_placed(thing, known))
    return tuple(
        Proposed(
            thing=thing,
            candidates=tuple(each for each in found[thing.id] if (thing.id, each.id) not in settled),
        )
        for thing in things
        if thing.id in found and (only is None or thing.id == str(only))
    )


def _placed(thing: Record, known: Mapping[str, tuple[str, ...]]) -> Record:
    """The thing with the register's ids for what it is part of; what has none there says nothing."""
    return replace(thing, parents=tuple(iri for parent in thing.parents for iri in known.get(parent, ())))


def proposals_of(
    kg: KnowledgeGraph, register: Register, proposed: Iterable[Proposed]
) -> tuple[Proposal, ...]:
    """What a reviewer is asked, pair by pair; decided pairs are not asked again."""
    asked = (
        Proposal(
            thing=each.thing.id,
            label=each.thing.label,
            description=(
                *(name.text for name in each.thing.names[1:]),
                *each.thing.types,
                *each.thing.websites,
            ),
            candidate=candidate,
        )
        for each in proposed
        for candidate in each.candidates
    )
    return pending(asked, ((each.thing, each.record) for each in _decisions(kg, register.name)))


def accept_all(
    kg: KnowledgeGraph, register: Register, links: Iterable[Link]
) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """The links that may be accepted, one after the other, and all that speaks against any of them."""
    links = tuple(links)
    things = {thing.id: thing for thing in things_of(kg)}
    accepted = [Link(thing=thing.id, record=iri) for thing in things.values() for _, iri in thing.identifiers]
    refused = _refused_merges(kg, links)
    known = frozenset(refused(accepted))
    good: list[Link] = []
    problems: list[Problem] = []
    for link in links:
        row = register.row.get(link.record)
        record = register.record(row) if row is not None else None
        found = objections(
            link,
            accepted,
            kinds=things[link.thing].types if link.thing in things else (),
            record=record,
            sharing=_sharing(record, register) if record else (),
        )
        if not has_violation(found):
            # The two speak for themselves; others may speak against what the link leads to.
            found += tuple(each for each in refused([*accepted, link]) if each not in known)
        problems += found
        if not has_violation(found):
            good.append(link)
            accepted.append(link)
    return tuple(good), tuple(problems)


def _refused_merges(
    kg: KnowledgeGraph, links: Iterable[Link]
) -> Callable[[Iterable[Link]], tuple[Problem, ...]]:
    """What tells which merges cannot be, of the stated identities and some links.

    It knows of what kinds the things are that are stated to be one, and those of ``links``.
    """
    stated = [triple for triples in kg.believed.values() for triple in triples]
    same = [triple for triple in stated if triple[1] == OWL.sameAs]
    ends = {str(end) for one, _, other in same for end in (one, other)}
    ends |= {end for link in links for end in (link.thing, link.record)}
    told = [
        *same,
        *(each for each in stated if each[1] == RDF.type and str(each[0]) in ends),
        *(each for each in stated if each[1] == RDFS.subClassOf),
    ]

    def place(one: Node, _: URIRef, other: Node) -> Place | None:
        return next((at for each in SAME for at in kg.places_of((one, each, other))), None)

    def refused(links: Iterable[Link]) -> tuple[Problem, ...]:
        merged = ((URIRef(link.thing), OWL.sameAs, URIRef(link.record)) for link in links)
        found = refused_merges((*told, *merged), things=kg.settings.things, place=place, denied=kg.denied)
        return found.problems

    return refused


def _sharing(record: Record, register: Register) -> tuple[str, ...]:
    """Other active records that bear an identifier of this one, which one thing alone should."""
    others = {
        register.ids[row]
        for each in identifiers_of(record)
        if each.scheme in ("wikidata", "isni", "grid", "ror") and each != identifier(record.id)
        for row in register.identified(Identifier(*each))
        if register.record(row).status == "active"
    }
    return tuple(sorted(others - {record.id}))


def decision_paths(register: str) -> dict[str, str]:
    """Where decisions lie, by verdict: accepted ones are a source, the others are not."""
    return {
        "accepted": f"data/{ACCEPTED[register]}{MAPPING_SET}",
        "rejected": f"review/{register}-rejected{MAPPING_SET}",
        "unsure": f"review/{register}-unsure{MAPPING_SET}",
    }


def record_decisions(kg: KnowledgeGraph, register: Register, made: Iterable[Decision]) -> tuple[Problem, ...]:
    """Write decisions beside the earlier ones, which stay as they are; returns why some may not be accepted.

    Where nothing is decided no file is touched.

    Raises:
        SourceError: a file of earlier decisions cannot be read.
        MachineError: a file cannot be written.
    """
    made = tuple(made)
    links = [Link(thing=each.thing, record=each.record) for each in made if each.verdict == "accepted"]
    good, problems = accept_all(kg, register, links)
    kept = [
        each
        for each in made
        if each.verdict != "accepted" or Link(thing=each.thing, record=each.record) in good
    ]
    for verdict, path in decision_paths(register.name).items():
        before = _text(kg.root, path)
        if before is None and not any(each.verdict == verdict for each in kept):
            continue
        empty = new_decisions(
            things=kg.settings.things,
            set_id=kg.settings.sources + f"links/{register.name}-{verdict}",
            title=f"Links to {register.name}: {verdict}",
            licence="https://creativecommons.org/licenses/by/4.0/",
        )
        with _readable(path):
            text = with_decisions(
                empty if before is None else before,
                kept,
                verdict=verdict,
                things=kg.settings.things,
                path=path,
            )
        if text != before:
            (kg.root / path).parent.mkdir(parents=True, exist_ok=True)
            save(kg.root / path, text.encode())
    if any(each.verdict == "accepted" for each in kept):
        _catalogued(kg, ACCEPTED[register.name], register.name)
    return problems


def _catalogued(kg: KnowledgeGraph, name: str, register: str) -> None:
    """See to it that the catalogue has an entry for the accepted links, which are a source."""
    sources, path = kg.settings.sources, kg.root / f"data/{kg.settings.catalogue}.ttl"
    text = decode(path.read_bytes(), path=f"data/{kg.settings.catalogue}.ttl")
    if any(f"<{base}{name}>" in text for base in ("", sources)):
        return
    base = "" if is_based(text, sources) else sources
    things = kg.settings.things
    labels = " ,\n        ".join(
        f'"Accepted links to {register}"@{tag}' if tag != "fr" else f'"Liens acceptés vers {register}"@fr'
        for tag in kg.settings.languages
    )
    entry = (
        f"<{base}{name}>\n    a cord:Document ;\n    rdfs:label {labels} ;\n"
        f"    cord:access <{things}access-read> ;\n    cord:tier <{things}tier-scholarly> ;\n"
        f'    dcterms:language "en" ;\n.\n'
    )
    need_prefixes(text, frozenset({"cord", "dcterms", "rdfs"}), path=path.name, base=sources)
    save(path, with_entries(text, {name: entry}, sources, replaces=lambda _: False).encode())


def _decisions(kg: KnowledgeGraph, register: str) -> tuple[Decided, ...]:
    found: list[Decided] = []
    for verdict, path in decision_paths(register).items():
        text = _text(kg.root, path)
        if text is not None:
            with _readable(path):
                found += read_decisions(text, verdict, path=path)
    return tuple(found)


def _text(root: Path, path: str) -> str | None:
    """The text of a file of decisions, if there is one."""
    try:
        return decode((root / path).read_bytes(), path=path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise machine_error(path, error) from error


@contextmanager
def _readable(path: str) -> Iterator[None]:
    """Turns what a row lacks into a message."""
    try:
        yield
    except KeyError as error:
        raise SourceError(
            Problem(
                code="C744",
                message=f"a decision cannot be read: {error} is missing",
                remedy="each row needs subject_id and object_id",
                place=Place(path=path),
            )
        ) from error
