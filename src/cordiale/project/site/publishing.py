"""The static site of a project, written to a folder in one step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from rdflib import DCTERMS, RDFS, SKOS, Literal, URIRef

from cordiale.model.terms import Node, Triple, term_key
from cordiale.project.apart import apart
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.project.site.documents import document_page, document_triples
from cordiale.project.site.pages import Pages
from cordiale.project.targets import check_target
from cordiale.publish.files import unwritable
from cordiale.publish.folders import folder_aside, put_in_place, tidy
from cordiale.publish.formats import write_triples
from cordiale.publish.site.question_graph import question_triples
from cordiale.publish.site.rendering import STATIC, Renderer, static_file
from cordiale.publish.site.views import IndexPage, QuestionPage
from cordiale.publish.site.wording import LANGUAGES, alphabetical
from cordiale.read.literals import quiet_literals

__all__ = ["MARKER", "SiteReport", "publish"]

MARKER = "cordiale-site.json"  # a folder that has it was made here, and may be made anew
_LISTS = (
    ("question", "questions"),
    ("thing", "things"),
    ("document", "documents"),
    ("conflict", "conflicts"),
)
_Group: TypeAlias = tuple[Node | None, tuple[URIRef, ...]]  # a type, and the things of it

_READ = "access-read"  # what the catalogue calls a document that could be read


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What a site has: how many pages of each kind, in one language, and its languages."""

    things: int
    documents: int
    questions: int
    conflicts: int
    terms: int
    files: int
    languages: tuple[str, ...]


def publish(project: Path, target: Path, progress: Callable[[str], None]) -> SiteReport:
    """Write the site of the project that ``project`` lies in to the folder ``target``.

    The folder is new, empty, or has a site of ours, which is replaced; what else stands beside that stays.
    ``progress`` is told the name of each step as it begins. The same project gives the same bytes.

    Raises:
        CordialeError: the project cannot be read; C570, the folder has something else in it; C576, it lies
            among the project's own files; C911, it cannot be written.
    """
    progress("read")
    kg = open_project(project)
    check_target(kg.root, target, MARKER, "site")
    try:
        resolved = target.resolve()
        resolved.parent.mkdir(parents=True, exist_ok=True)
        site = _Site(kg)
        ours = (*site.languages, "data", "index.html", MARKER, *STATIC)
        tidy(resolved, ours)
        with folder_aside(resolved) as aside:
            with quiet_literals():  # pages link to what XSD takes for an address, and rdflib need not
                report = site.write(aside, progress)
            if resolved.is_dir() and not any(resolved.iterdir()):
                resolved.rmdir()
            put_in_place(aside, resolved, ours)
    except OSError as error:
        raise unwritable(target, error) from error
    return report


class _Site:
    """One site on its way to the disk."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.pages = Pages(kg)
        wanted = tuple(each for each in kg.settings.languages if each in LANGUAGES)
        self.languages = wanted or LANGUAGES[:1]
        self._aside = Path()
        self._folders: set[Path] = set()  # that are there

    def write(self, aside: Path, progress: Callable[[str], None]) -> SiteReport:
        """Write all pages and their twins to a folder."""
        kg, pages, self._aside = self.kg, self.pages, aside
        # What both processes need is made once, and with it what only this one can make.
        self._renderer = Renderer(
            languages=self.languages,
            paths=pages.paths,
            label=kg.names.label,
            short=kg.names.shorten,
            inside=pages.facts.by_subject,
            conflicts={each.iri: each.conflict.about for each in pages.conflicts.pages},
            title=self._title,
            sources=kg.settings.sources,
        )
        with apart(self._twins_and_files) as done:
            progress("answer")
            questions = list(pages.question_pages())
            index = pages.index(questions)
            progress("things")
            for thing in pages.things:
                for page in pages.thing_pages(thing):
                    self._page("thing.html", page.path, pages.paths[thing], page=page, kind="thing")
            progress("terms")
            self._terms(questions)
            progress("documents")
            self._documents()
            progress("questions")
            for question in questions:
                self._twin(question.path, question_triples(question))
                self._page("question.html", question.path, question.path, question=question)
            for each in index.conflicts:
                self._twin(each.path, pages.conflicts.triples(each))
                self._page("conflict.html", each.path, each.path, page=each)
            self._lists(index)
            done()
        report = SiteReport(
            things=len(pages.things),
            documents=len(kg.documents),
            questions=len(questions),
            conflicts=len(index.conflicts),
            terms=len(pages.terms),
            files=len(kg.texts),
            languages=self.languages,
        )
        self._save(MARKER, json.dumps({"made by": "cordiale publish"}) + "\n")
        return report

    def _twins_and_files(self) -> None:
        """Write things, terms and documents as data, and the files: much work, which needs no proofs."""
        pages = self.pages
        for iri in (*pages.things, *pages.terms):
            self._twin(pages.paths[iri], pages.described(iri))
        for source in self.kg.documents:
            self._twin(pages.paths[source.iri], document_triples(pages, source))
        for file in pages.file_pages():
            self._page("file.html", file.path, "", file=file)

    def _terms(self, questions: Iterable[QuestionPage]) -> None:
        """Write a page for each term, and one of all."""
        pages, ontology = self.pages, self.pages.ontology
        summaries = {each.iri: each.summary for each in questions}
        told = []
        for iri in pages.terms:
            path = pages.paths[iri]
            for page in pages.thing_pages(iri):
                term = ontology.page(iri, page)
                self._page(
                    "term.html", page.path, path, page=page, kind="term", term=term, summaries=summaries
                )
                told += [term] if page.part == 1 else []
        broader = ontology.broader()
        for language in self.languages:
            named = {iri: place for place, iri in enumerate(self._named(language, pages.terms))}
            text = self._renderer.page(
                "terms.html",
                language,
                "term/index",
                terms=sorted(told, key=lambda each: named[each.page.thing]),
                broader=broader,
                summaries=summaries,
            )
            self._save(f"{language}/term/index.html", text)

    def _documents(self) -> None:
        read = URIRef(self.kg.settings.things + _READ)
        for source in self.kg.documents:
            path = self.pages.paths[source.iri]
            page = document_page(self.pages, source)
            self._page("document.html", path, path, page=page.page, kind="document", document=page, read=read)

    def _lists(self, index: IndexPage) -> None:
        for language in self.languages:
            lists = {"named": partial(self._named, language), "grouped": partial(self._grouped, language)}
            for folder, heading in _LISTS:
                path = f"{folder}/index"
                text = self._renderer.page(
                    "list.html",
                    language,
                    path,
                    index=index,
                    heading=heading,
                    lists=lists,
                )
                self._save(f"{language}/{path}.html", text)
            about = _said(self.pages.dataset, (DCTERMS.description,), language) or _said(
                self.pages.header, (DCTERMS.description, SKOS.definition, RDFS.comment), language
            )
            text = self._renderer.page("home.html", language, "index", index=index, about=about)
            self._save(f"{language}/index.html", text)
            self._save(f"{language}/names.js", self._renderer.names(index, language))
        self._save("index.html", self._renderer.landing())
        for name in STATIC:
            (self._aside / name).write_bytes(static_file(name))

    def _named(self, language: str, iris: Iterable[URIRef]) -> list[URIRef]:
        """Things in the order of their labels."""
        return sorted(iris, key=lambda iri: (alphabetical(self.kg.names.label(iri, language)), iri))

    def _grouped(self, language: str, groups: Iterable[_Group]) -> list[_Group]:
        """Groups of things in the order of the labels of their types, those without a type last."""

        def key(group: _Group) -> tuple[bool, str]:
            kind = group[0]
            return kind is None, self.kg.names.label(kind, language) if isinstance(kind, URIRef) else ""

        return sorted(groups, key=key)

    def _title(self, language: str) -> str:
        """What the settings call the project, or else what the ontology's header does, or its folder."""
        titles = self.kg.settings.title
        if titles:
            return titles.get(language) or next(iter(titles.values()))
        said = _said(self.pages.header, (DCTERMS.title, RDFS.label), language)
        return str(said[0]) if said else self.kg.root.resolve().name

    def _page(self, template: str, path: str, twin: str, **context: object) -> None:
        for language in self.languages:
            text = self._renderer.page(template, language, path, twin, **context)
            self._save(f"{language}/{path}.html", text)

    def _twin(self, path: str, triples: Iterable[Triple]) -> None:
        told = list(triples)
        for fmt, ending in (("turtle", "ttl"), ("jsonld", "jsonld")):
            content = write_triples(told, fmt, self.kg.all_prefixes)
            self._save(f"data/{path}.{ending}", content.decode())

    def _save(self, path: str, text: str) -> None:
        # The folder is renamed as a whole: no file of it is seen half-written.
        target = self._aside / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        target.write_bytes(text.encode())


def _said(triples: Iterable[Triple], predicates: tuple[URIRef, ...], language: str) -> list[Literal]:
    """What triples say in a language by the first of some properties that they have."""
    told = list(triples)
    for predicate in predicates:
        found = [o for _, p, o in told if p == predicate and isinstance(o, Literal)]
        alike = [each for each in found if each.language == language] or found
        if alike:
            return sorted(alike, key=term_key)
    return []
