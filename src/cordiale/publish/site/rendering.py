"""Pages as HTML, from Jinja templates (https://jinja.palletsprojects.com/)."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from rdflib import RDFS, Literal, URIRef

from cordiale.model.terms import Node, Triple
from cordiale.publish.site.drawings import Bar, Branch, Neighbour, hierarchy, neighbourhood, timeline
from cordiale.publish.site.facts_html import FactsHtml
from cordiale.publish.site.terms_html import TermsHtml, in_script, shortened, visible
from cordiale.publish.site.views import IndexPage, ThingPage
from cordiale.publish.site.wording import COMMON, WORDING, Words, alphabetical

__all__ = ["STATIC", "Renderer", "static_file"]

STATIC = ("style.css", "site.js")


class Renderer:
    """Renders the pages of one site."""

    def __init__(
        self,
        *,
        languages: Sequence[str],
        paths: Mapping[str, str],
        label: Callable[[URIRef, str], str],
        short: Callable[[URIRef], str],
        inside: Mapping[Node, Sequence[Triple]],
        title: Callable[[str], str],
        sources: str,
        conflicts: Mapping[URIRef, Sequence[Node]],
    ) -> None:
        """``paths``, ``label``, ``short`` and ``inside`` as in ``TermsHtml``; ``title`` is the site's.

        ``sources`` is the namespace of the sources; ``conflicts`` tells what each conflict is about.
        """
        self.languages = tuple(languages)
        self._paths = paths
        self._label = label
        self._short = short
        self._inside = inside
        self._title = title
        self._sources = sources
        self._conflicts = conflicts
        self._made: dict[tuple[str, str], FactsHtml] = {}

    def page(self, template: str, language: str, path: str, twin: str = "", **context: object) -> str:
        """A page in a language; ``path`` is its own, ``twin`` that of its data, both without an ending."""
        root = "../" * (path.count("/") + 1)
        facts = self._facts(language, root)
        others = [each for each in self.languages if each != language]
        return self._environment.get_template(template).render(
            t=facts.words,
            h=facts.terms,
            f=facts,
            lang=language,
            root=root,
            path=path,
            twin=twin,
            others=others,
            site=visible(shortened(self._title(language))),
            **context,
        )

    def _facts(self, language: str, root: str) -> FactsHtml:
        """Facts and their terms for all pages that are equally deep."""
        if (language, root) not in self._made:
            terms = TermsHtml(
                language=language,
                root=root,
                paths=self._paths,
                label=self._named,
                short=self._short,
                inside=self._inside,
                cut=WORDING[language]["cut"],
            )
            words = Words(language=language)
            self._made[language, root] = FactsHtml(words=words, terms=terms, sources=self._sources)
        return self._made[language, root]

    def _named(self, iri: URIRef, language: str) -> str:
        """A label, or for what no project labels what the site calls it: conflicts, well-known properties."""
        if iri in self._conflicts:
            about = self._conflicts[iri]
            named = (self._named(each, language) if isinstance(each, URIRef) else str(each) for each in about)
            return " · ".join(named)
        return COMMON[language].get(str(iri)) or self._label(iri, language)

    def names(self, index: IndexPage, language: str) -> str:
        """The script with what the search box finds in a language."""
        return _names(index, self._facts(language, "../").terms)

    def landing(self) -> str:
        """The first page of the folder, which leads to each language."""
        titles = [
            (each, visible(shortened(self._title(each))), Words(language=each)) for each in self.languages
        ]
        return self._environment.get_template("landing.html").render(titles=titles)

    @cached_property
    def _environment(self) -> Environment:
        made = Environment(
            loader=PackageLoader("cordiale.publish.site", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters["visible"] = visible
        made.filters["json_text"] = lambda text: Markup(in_script(text))
        made.globals.update(
            picture=_picture, times=_times, hierarchy=_hierarchy, label_of=_labels, told=_told
        )
        return made


def _names(index: IndexPage, terms: TermsHtml) -> str:
    """A script that tells the search box all names, with where their pages are and of which kind they are.

    It is a script, not a JSON file, because a page that is opened from a disk may load no other file.
    """
    words = Words(language=terms.language)
    named: list[tuple[URIRef, str]] = [(each, words("thing")) for _, group in index.groups for each in group]
    named += [(row.source.iri, words("document")) for row in index.sources]
    named += [(each.iri, words("conflict")) for each in index.conflicts]
    named += [(each, words("term")) for each in index.terms]
    entries = [(terms.name(iri), terms.paths[iri], kind) for iri, kind in named]
    entries += [
        (visible(shortened(each.summary.get(terms.language) or each.id)), each.path, words("question"))
        for each in index.questions
    ]
    listed = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in sorted(set(entries)))
    return f"window.cordialeNames = [\n{in_script(listed)}\n];\n"


def static_file(name: str) -> bytes:
    """The bytes of one of ``STATIC``."""
    return (files("cordiale.publish.site") / "static" / name).read_bytes()


def _labels(page: ThingPage, language: str) -> list[Node]:
    """The labels of a thing in other languages than a page's."""
    labels = [fact.value for predicate, group in page.own if predicate == RDFS.label for fact in group]
    mine = {str(label) for label in labels if getattr(label, "language", None) == language}
    return [label for label in labels if str(label) not in mine]


def _told(texts: Sequence[Literal], language: str) -> list[Literal]:
    """The texts in a language, or all where there is none."""
    return [each for each in texts if each.language == language] or list(texts)


def _picture(page: ThingPage, terms: TermsHtml, title: str) -> Markup:
    beside = [
        Neighbour(label=terms.name(other), link=terms.name(link), is_value=out)
        for other, link, out in page.neighbours
    ]
    return neighbourhood(terms.name(page.thing), beside, title, visible)


def _hierarchy(broader: Mapping[URIRef, Sequence[URIRef]], terms: TermsHtml, title: str) -> Markup:
    """The classes as trees; one that is a kind of several stands with the first by name."""
    below: dict[URIRef | None, list[URIRef]] = {}
    for each in sorted(broader, key=lambda iri: (alphabetical(terms.name(iri)), iri)):
        above = min(broader[each], key=lambda iri: (alphabetical(terms.name(iri)), iri), default=None)
        below.setdefault(above, []).append(each)

    def branch(iri: URIRef) -> Branch:
        return Branch(label=terms.name(iri), branches=tuple(map(branch, below.get(iri, ()))))

    return hierarchy(tuple(map(branch, below.get(None, ()))), title, visible)


def _times(page: ThingPage, terms: TermsHtml, title: str) -> Markup:
    bars = [
        Bar(
            label=terms.name(row.thing),
            marks=tuple((terms.name(what), text) for what, text in row.marks),
            start=row.start,
            end=row.end,
        )
        for row in page.times
    ]
    return timeline(bars, title, visible)
