"""A release: all exports, what they are, and how anybody can check them, in one folder."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rdflib import DCTERMS, FOAF, OWL, RDF, RDFS, BNode, Literal, URIRef

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem, has_violation
from cordiale.model.sources import MAPPING_SET
from cordiale.model.terms import Node, Triple, term_key
from cordiale.project.build import every_problem
from cordiale.project.exporting import TABLES, frames
from cordiale.project.knowledge_graph import Choice, KnowledgeGraph, open_project
from cordiale.project.revisions import committed_on
from cordiale.project.targets import check_target
from cordiale.publish.dataset_graph import DESCRIPTION_PREFIXES, About, Part, citation, description
from cordiale.publish.files import unwritable
from cordiale.publish.folders import folder_aside, put_in_place, tidy
from cordiale.publish.formats import write_triples

__all__ = ["MANIFEST", "ReleaseReport", "release"]

MANIFEST = "cordiale-release.json"  # a folder that has it is a release of ours, and may be made anew
_VERSION = re.compile("[0-9A-Za-z]([0-9A-Za-z.+-]*[0-9A-Za-z])?")
# File, format, choice of triples, media type, and what it is.
_EXPORTS: tuple[tuple[str, str, Choice, str, str], ...] = (
    ("graph.ttl", "turtle", "asserted", "text/turtle", "what the sources state, in one graph"),
    ("graph.trig", "trig", "asserted", "application/trig", "what each source states, a named graph a source"),
    ("graph.nt", "ntriples", "asserted", "application/n-triples", "what the sources state, a line a fact"),
    ("graph.nq", "nquads", "asserted", "application/n-quads", "what each source states, a line a fact"),
    ("graph.rdf", "rdfxml", "asserted", "application/rdf+xml", "what the sources state, in RDF/XML"),
    ("graph.jsonld", "jsonld", "asserted", "application/ld+json", "what each source states, flattened"),
    (
        *("graph.expanded.jsonld", "jsonld-expanded", "asserted", "application/ld+json"),
        "what each source states, expanded",
    ),
    (
        *("graph.compacted.jsonld", "jsonld-compacted", "asserted", "application/ld+json"),
        "what each source states, with the names of the context",
    ),
    ("context.jsonld", "context", "asserted", "application/ld+json", "the context, to be referred to"),
    ("inferred.nt", "ntriples", "inferred", "application/n-triples", "what follows from it by OWL 2 RL"),
    ("entities.csv", "csv-entities", "asserted", "text/csv", "a table of the things"),
    ("roles.csv", "csv-roles", "asserted", "text/csv", "a table of who held which role, and when"),
    (
        *("canonical.nq", "canonical", "asserted", "application/n-quads"),
        "the canonical form by RDFC-1.0, whose SHA-256 is the fingerprint",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReport:
    """What a release has; with a violation among its problems, nothing was written."""

    problems: tuple[Problem, ...]
    folder: Path
    files: int = 0
    size: int = 0  # of all files, in bytes
    fingerprint: str = ""  # SHA-256 of the canonical form, in hexadecimal

    @property
    def ok(self) -> bool:
        """Whether there is no violation; failed questions, clashes and open conflicts are some."""
        return not has_violation(self.problems)


def release(
    project: Path,
    version: str,
    progress: Callable[[str], None],
    *,
    folder: Path | None = None,
    issued: str = "",
    url: str = "",
) -> ReleaseReport:
    """Check the project that ``project`` lies in, and write a release of it to ``folder``.

    Without a folder, it is ``build/release-VERSION`` of the project. The folder is new, empty, or has a
    release of ours, which is replaced. ``issued`` is its date; without it, that of the last commit, and none
    where there is no git: the clock is not asked, so the same files and options give the same bytes. ``url``
    is where the folder will be found. ``progress`` is told the name of each step as it begins.

    Raises:
        CordialeError: the project cannot be read, or a format cannot hold it; C570, the folder has something
            else in it; C572, C573, C574, an option is wrong; C575, the project does not say what it is; C576,
            the folder is one of the project's own; C911, it cannot be written.
    """
    _check_options(version, issued, url)
    progress("read")
    kg = open_project(project)
    target = kg.root / "build" / f"release-{version}" if folder is None else folder
    check_target(kg.root, target, MANIFEST, "release")
    about = _about(kg, version, issued, url)
    progress("check")
    problems = every_problem(kg)
    report = ReleaseReport(problems=problems, folder=target)
    if not report.ok:
        return report
    progress("export")
    parts = list(_parts(kg, about))
    fingerprint = next(part.digest for part in parts if part.path == "canonical.nq")
    parts.append(_manifest(about, parts, fingerprint))
    _write(target, parts)
    return ReleaseReport(
        problems=problems,
        folder=target,
        files=len(parts),
        size=sum(len(part.content) for part in parts),
        fingerprint=fingerprint,
    )


def _check_options(version: str, issued: str, url: str) -> None:
    if not _VERSION.fullmatch(version):
        raise _misuse("C572", f'"{version}" is no version', "write, for instance: --release 1.0.0")
    try:
        ok = not issued or date.fromisoformat(issued).isoformat() == issued
    except ValueError:
        ok = False
    if not ok:
        raise _misuse("C573", f'"{issued}" is no date', "write, for instance: --date 2026-11-29")
    if url and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+/", url):
        remedy = "write, for instance: --url https://example.org/data/1.0.0/"
        raise _misuse("C574", f'"{url}" is no web address of a folder, with a / at its end', remedy)


def _about(kg: KnowledgeGraph, version: str, issued: str, url: str) -> About:
    """What trusted files say of the namespace of the sources, that is the dataset, or of the ontology."""
    iri = URIRef(kg.settings.sources)
    told: dict[Node, dict[Node, list[Node]]] = {}
    trusted = {triple for name in kg.trusted for triple in kg.believed[name]}
    for subject, predicate, object_ in sorted(trusted, key=lambda each: [term_key(term) for term in each]):
        told.setdefault(subject, {}).setdefault(predicate, []).append(object_)
    headers = [
        s for s, said in told.items() if OWL.Ontology in said.get(RDF.type, ()) and isinstance(s, URIRef)
    ]

    def said(*predicates: URIRef) -> list[Node]:
        for subject in (iri, *headers):
            for predicate in predicates:
                if found := told.get(subject, {}).get(predicate):
                    return found
        return []

    def texts(*predicates: URIRef) -> tuple[Literal, ...]:
        languages = kg.settings.languages
        found = [term for term in said(*predicates) if isinstance(term, Literal)]
        known = [term for term in found if term.language in languages]
        return tuple(sorted(known, key=lambda term: languages.index(term.language or ""))) or tuple(found)

    def agents(*predicates: URIRef) -> tuple[str, ...]:
        return tuple(
            str(agent) if isinstance(agent, Literal) else kg.names.label(agent, kg.settings.languages[0])
            for agent in said(*predicates)
            if not isinstance(agent, BNode)
        )

    names = agents(DCTERMS.creator, FOAF.maker, DCTERMS.publisher)
    licences = [term for term in said(DCTERMS.license) if isinstance(term, URIRef)]
    titles = texts(DCTERMS.title, RDFS.label)
    wanted = {"rdfs:label": titles, "dcterms:creator": names, "dcterms:license": licences}
    if missing := [name for name, found in wanted.items() if not found]:
        raise _misuse(
            "C575",
            f"the project does not say what it is: <{iri}> lacks {', '.join(missing)}",
            f"state it of <{iri}> in a file of ontology/, as docs/reference/releases.md shows",
        )
    return About(
        iri=iri,
        titles=titles,
        descriptions=texts(DCTERMS.description, RDFS.comment),
        authors=names,
        publishers=agents(DCTERMS.publisher),
        licence=licences[0],
        version=version,
        issued=issued or committed_on(kg.root),
        url=url,
    )


def _parts(kg: KnowledgeGraph, about: About) -> Iterator[Part]:
    """The files of a release but for its manifest, the description of the data last."""
    made = [
        Part(
            path=path,
            media_type=kind,
            about=what,
            content=kg.export(fmt, triples=triples),
            whole=triples == "asserted" and fmt not in (*TABLES, "context"),
        )
        for path, fmt, triples, kind, what in _EXPORTS
    ]
    for name in frames(kg):
        content = kg.export("jsonld", frame=name)
        what = f"things of the frame {name}, each as a tree"
        made.append(_text(f"{name}.framed.jsonld", what, content, "application/ld+json"))
    what = "the sets of sources on which each inferred fact rests, in PROV-O"
    made.append(_text("supports.ttl", what, kg.export_supports(), "text/turtle"))
    yield from made
    canonical = next(part for part in made if part.path == "canonical.nq")
    line = f"{canonical.digest}  {canonical.path}\n".encode()
    yield _text("canonical.nq.sha256", "the fingerprint, for sha256sum --check", line)
    yield _text("CITATION.cff", "how to cite the data", citation(about).encode(), "application/yaml")
    mapped = [source for source in kg.sources if source.path.endswith(MAPPING_SET)]
    links = {str(source.iri): kg.believed[source.name] for source in mapped}
    told = description(about, made, _union(kg), kg.settings.things, links)
    content = write_triples(told, "turtle", {**kg.all_prefixes, **DESCRIPTION_PREFIXES})
    yield _text("description.ttl", "what the data are, in VoID and DCAT", content, "text/turtle")


def _manifest(about: About, parts: list[Part], fingerprint: str) -> Part:
    told = {
        "dataset": str(about.iri),
        "title": str(about.titles[0]),
        "version": about.version,
        "issued": about.issued or None,
        "license": str(about.licence),
        "fingerprint": {"form": "RDFC-1.0", "hash": "SHA-256", "value": fingerprint},
        "files": [
            {
                "path": part.path,
                "media type": part.media_type,
                "about": part.about,
                "bytes": len(part.content),
                "sha256": part.digest,
            }
            for part in sorted(parts, key=lambda part: part.path)
        ],
    }
    content = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return _text(MANIFEST, "the files of the release", content.encode(), "application/json")


def _write(target: Path, parts: list[Part]) -> None:
    """Write all files to a folder aside, then put it in the place of the last release."""
    try:
        resolved = target.resolve()
        ours = {part.path for part in parts} | _listed(resolved)
        resolved.parent.mkdir(parents=True, exist_ok=True)
        tidy(resolved, ours)
        with folder_aside(resolved) as aside:
            for part in parts:
                (aside / part.path).write_bytes(part.content)
            if resolved.is_dir() and not any(resolved.iterdir()):
                resolved.rmdir()
            put_in_place(aside, resolved, ours)
    except OSError as error:
        raise unwritable(target, error) from error


def _listed(folder: Path) -> set[str]:
    """The files of the release that stands in a folder, as its manifest has them: all may go."""
    try:
        return {each["path"] for each in json.loads((folder / MANIFEST).read_bytes())["files"]}
    except (OSError, ValueError, LookupError, TypeError):
        return set()


def _union(kg: KnowledgeGraph) -> tuple[Triple, ...]:
    return tuple(dict.fromkeys(triple for told in kg.believed.values() for triple in told))


def _text(path: str, about: str, content: bytes, media_type: str = "text/plain") -> Part:
    return Part(path=path, media_type=media_type, about=about, content=content)


def _misuse(code: str, message: str, remedy: str) -> UsageError:
    return UsageError(Problem(code=code, message=message, remedy=remedy))
