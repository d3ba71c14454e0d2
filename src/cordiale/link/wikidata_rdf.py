"""Entities of Wikidata from RDF in its full statement model: dumps, pages, and what an import wrote.

What only other forms of the same statements say is passed over: wdt:, normalised values, counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from rdflib import BNode, Literal

from cordiale.link.loss import loss
from cordiale.link.wikidata_model import (
    Entity,
    Page,
    Reference,
    Sitelink,
    Snak,
    Statement,
    Text,
    Time,
)
from cordiale.link.wikidata_names import (
    DATATYPES,
    NAMESPACES,
    is_id,
    site_of,
    snak_key,
    statement_id,
)
from cordiale.link.wikidata_rdf_values import first, full_value, simple_value
from cordiale.model.errors import SourceError
from cordiale.model.problems import Severity
from cordiale.model.terms import Node, Triple, term_key

__all__ = ["WikidataGraph", "read_entities"]

_GENID = "/.well-known/genid/"
_RANKS = {"PreferredRank": "preferred", "NormalRank": "normal", "DeprecatedRank": "deprecated"}
_DATATYPES = {name: datatype for datatype, name in DATATYPES.items()}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# What somebody has edited is read as if it were not there.
_ENTRY = r"P[0-9]+ [0-9]+ [0-9a-f]*-?"
_LAYOUT = re.compile(rf"[0-9]+;[0-9a-f]*-?(;{_ENTRY})*(;r [0-9a-z]+)*")
_ENTRIES = re.compile(rf"{_ENTRY}(;{_ENTRY})*")
_SAME = "http://www.w3.org/2002/07/owl#sameAs"
_LEXEME = "http://www.w3.org/ns/lemon/ontolex#LexicalEntry"


def read_entities(triples: Iterable[Triple]) -> Iterator[Entity]:
    """The items and properties that the triples describe, in order of id."""
    graph = WikidataGraph(triples)
    for id_ in graph.ids:
        yield graph.entity(id_)


class WikidataGraph:
    """The triples by subject, predicates shortened to prefix and local name."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        spaces = {space: prefix for prefix, space in NAMESPACES.items()}
        shortened: dict[str, str] = {}
        self.said: dict[str, dict[str, list[Node]]] = {}
        # Several files may hold one triple: those of the references of one statement do.
        for subject, predicate, value in dict.fromkeys(triples):
            if predicate not in shortened:
                head, slash, tail = _parted(str(predicate))
                prefix = spaces.get(head + slash)
                shortened[str(predicate)] = f"{prefix}:{tail}" if prefix else str(predicate)
            self.said.setdefault(str(subject), {}).setdefault(shortened[str(predicate)], []).append(value)
        self.articles: dict[str, list[str]] = {}
        self.datatypes: dict[str, str] = {}
        self.entities: set[str] = set()
        wd = NAMESPACES["wd"]
        for name, about in list(self.said.items()):
            id_ = name.removeprefix(wd)
            if name.startswith(wd) and is_id(id_) and id_[0] in "QP" and "-" not in id_:
                if any(key.startswith("p:") for key in about):
                    self.entities.add(id_)
                for kind in about.get("wikibase:propertyType", ()):
                    local = str(kind).removeprefix(NAMESPACES["wikibase"])
                    self.datatypes[id_] = _DATATYPES.get(local, local)
            page = name.removeprefix(NAMESPACES["data"])
            if page != name and is_id(page) and page[0] in "QP":
                # Of an item that is only named there is no page here.
                self.entities.add(page)
                self.said.setdefault(NAMESPACES["wd"] + page, {})
            if "sdo:about" in about and "sdo:isPartOf" in about:
                self.articles.setdefault(str(about["sdo:about"][0]), []).append(name)

    @property
    def ids(self) -> list[str]:
        """The ids of the items and properties, those of items last, in order of number."""
        return sorted(self.entities, key=lambda name: (name[0], int(name[1:])))

    @property
    def others(self) -> list[str]:
        """The names of what is neither: lexemes, files of Commons."""
        kinds = {NAMESPACES["wikibase"] + name for name in ("Mediainfo",)} | {_LEXEME}
        found = [
            name for name, about in self.said.items() if kinds.intersection(map(str, about.get(_TYPE, ())))
        ]
        return sorted(name.rpartition("/")[2] for name in found)

    @property
    def redirects(self) -> list[tuple[str, str]]:
        """The old and the new id of each entity that goes by another one now."""
        space = NAMESPACES["wd"]
        found = [(name, first(about, _SAME)) for name, about in self.said.items() if name.startswith(space)]
        return sorted((old.removeprefix(space), new.removeprefix(space)) for old, new in found if new)

    def truthy_only(self, id_: str) -> list[str]:
        """The properties of which the graph has wdt: triples and no statements."""
        about = self.said[NAMESPACES["wd"] + id_]
        plain = {key[4:] for key in about if key.startswith("wdt:")}
        return sorted(plain - {key[2:] for key in about if key.startswith("p:")})

    def entity(self, id_: str) -> Entity:
        """The entity of this id, one of ``ids``.

        Raises:
            SourceError: C719, a number of it is none.
        """
        try:
            return self._entity(id_)
        except ValueError as error:
            message = f"{id_} is not what Wikidata writes: {error}"
            raise SourceError(
                loss("C719", Severity.VIOLATION, message, "fetch it, or import it, again", None)
            ) from error

    def _entity(self, id_: str) -> Entity:
        iri = NAMESPACES["wd"] + id_
        about = self.said[iri]
        told = [self._statement(node, property_) for node, property_ in self._named(about)]
        found = [each for each in told if each is not None]
        found.sort(key=lambda pair: pair[0])
        return Entity(
            id=id_,
            kind="item" if id_.startswith("Q") else "property",
            labels=_texts(about.get("skos:prefLabel") or self._labels(about)),
            descriptions=_texts(about.get("sdo:description", ())),
            aliases=self._aliases(about),
            statements=tuple(statement for _, statement in found),
            sitelinks=tuple(self._sitelinks(iri)),
            page=self._page(id_),
            datatype=self.datatypes.get(id_, "") if id_.startswith("P") else "",
        )

    def bare(self, id_: str) -> list[str]:
        """The statements of an entity that could be read of which the graph has no value."""
        named = self._named(self.said[NAMESPACES["wd"] + id_])
        bare = (node for node, property_ in named if self._statement(node, property_) is None)
        return [statement_id(node.removeprefix(NAMESPACES["wds"])) for node in bare]

    def _named(self, about: Mapping[str, list[Node]]) -> list[tuple[str, str]]:
        """The IRI and property of each statement of an entity."""
        return [
            (str(node), key[2:]) for key, nodes in about.items() if key.startswith("p:") for node in nodes
        ]

    def _labels(self, about: Mapping[str, list[Node]]) -> Iterable[Node]:
        """Labels of RDF that has no others; one that an import has coined is none."""
        return about.get("rdfs:label", ()) if "cord:coinedLabel" not in about else ()

    def _aliases(self, about: Mapping[str, list[Node]]) -> tuple[Text, ...]:
        by_language: dict[str, list[str]] = {}
        for language, text in _texts(about.get("skos:altLabel", ())):
            by_language.setdefault(language, []).append(text)
        for each in about.get("imp:aliases", ()):
            language, _, ranks = str(each).partition(";")
            texts = sorted(by_language.get(language, ()))
            order = [int(rank) for rank in ranks.split()]
            if set(order) == set(range(len(texts))):
                by_language[language] = [texts[rank] for rank in order]
        return tuple((language, text) for language, texts in by_language.items() for text in texts)

    def _sitelinks(self, iri: str) -> Iterator[Sitelink]:
        for article in sorted(self.articles.get(iri, ())):
            about = self.said[article]
            site, title = site_of(article)
            badges = [str(each).removeprefix(NAMESPACES["wd"]) for each in about.get("wikibase:badge", ())]
            layout = first(about, "imp:layout").split(";")
            if set(layout) == set(badges):
                badges = layout
            if site:
                title = first(about, "sdo:name") or title
                yield Sitelink(site=site, title=title, badges=tuple(badges))

    def _page(self, id_: str) -> Page:
        about = self.said.get(NAMESPACES["data"] + id_, {})
        revision = first(about, "sdo:version")
        number, _, rest = first(about, "imp:layout").partition(";")
        namespace, _, title = rest.partition(";")
        return Page(
            id=int(number) if number else None,
            namespace=int(namespace) if namespace else None,
            title=title,
            revision=int(revision) if revision else None,
            modified=first(about, "sdo:dateModified"),
        )

    def _statement(self, iri: str, property_: str) -> tuple[int, Statement] | None:
        """A statement, and its place among those of its entity; nothing when it has no value here."""
        about = self.said.get(iri, {})
        position, main, qualifiers, order = _read_layout(first(about, "imp:layout"))
        found = list(self._snaks(about, "ps"))
        denied = property_ in self._denied(about) and not found
        snak = Snak(property=property_, kind="novalue") if denied else next(iter(found), None)
        if snak is None:
            return None
        snaks = list(self._snaks(about, "pq"))
        snaks += [
            Snak(property=name, kind="novalue")
            for name in self._denied(about)
            if name != property_ or not denied
        ]
        references = {
            str(node).removeprefix(NAMESPACES["wdref"]): node for node in about.get("prov:wasDerivedFrom", ())
        }
        names = sorted(references, key=lambda name: order.index(name) if name in order else len(order))
        statement = Statement(
            id=statement_id(iri.removeprefix(NAMESPACES["wds"])),
            main=self._typed(snak, main),
            rank=_RANKS.get(first(about, "wikibase:rank").removeprefix(NAMESPACES["wikibase"]), "normal"),
            qualifiers=self._in_order(snaks, qualifiers),
            references=tuple(self._reference(name) for name in names),
        )
        return position, statement

    def _reference(self, name: str) -> Reference:
        about = self.said.get(NAMESPACES["wdref"] + name, {})
        snaks = [*self._snaks(about, "pr")]
        snaks += [Snak(property=denied, kind="novalue") for denied in self._denied(about)]
        layout = first(about, "imp:layout")
        return Reference(
            snaks=self._in_order(snaks, layout.split(";") if _ENTRIES.fullmatch(layout) else []), hash=name
        )

    def _denied(self, about: Mapping[str, list[Node]]) -> list[str]:
        """The properties of which there is no value."""
        types = about.get(_TYPE, ())
        return [
            each.removeprefix(NAMESPACES["wdno"]) for each in map(str, types) if NAMESPACES["wdno"] in each
        ]

    def _snaks(self, about: Mapping[str, list[Node]], prefix: str) -> Iterator[Snak]:
        for key, values in about.items():
            head, _, property_ = key.partition(":")
            if head != prefix:
                continue
            full = [
                full_value(self.said.get(str(node), {})) for node in about.get(f"{prefix}v:{property_}", ())
            ]
            known = [value for value in full if value is not None]
            times = {value.time for value in known if isinstance(value, Time)}
            for node in values:
                if isinstance(node, BNode) or _GENID in str(node):
                    yield Snak(property=property_, kind="somevalue")
                elif not known or not (_has_node(node) or str(node) in times):
                    yield Snak(property=property_, value=simple_value(node))
            for value in known:
                yield Snak(property=property_, value=value)

    def _typed(self, snak: Snak, told: str) -> Snak:
        """The snak with its datatype, and with the hash that the layout gives."""
        return Snak(
            property=snak.property,
            value=snak.value,
            kind=snak.kind,
            datatype="" if told.endswith("-") else self.datatypes.get(snak.property, ""),
            hash=told.removesuffix("-"),
        )

    def _in_order(self, snaks: list[Snak], layout: list[str]) -> tuple[Snak, ...]:
        groups: dict[str, list[Snak]] = {}
        for snak in snaks:
            groups.setdefault(snak.property, []).append(snak)
        for group in groups.values():
            group.sort(key=snak_key)
        entries = [
            (property_, int(rank), told) for property_, rank, told in map(str.split, map(_three, layout))
        ]
        laid = {(property_, rank): told for property_, rank, told in entries}
        told_of = [(name, rank) for name, group in groups.items() for rank in range(len(group))]
        # A graph that somebody has changed since is read in the order of its values.
        order = list(laid) if set(laid) == set(told_of) else told_of
        return tuple(
            self._typed(groups[name][rank], laid.get((name, rank), "").strip("~")) for name, rank in order
        )


def _three(entry: str) -> str:
    """An entry of a layout with its third part, which is empty where no hash was told."""
    return entry if not entry.endswith(" ") else f"{entry}~"


def _read_layout(text: str) -> tuple[int, str, list[str], list[str]]:
    """Position, what is told of the main snak, the entries of qualifiers, and the names of references."""
    if not _LAYOUT.fullmatch(text):
        return 0, "", [], []
    position, main, *entries = text.split(";")
    return (
        int(position),
        main,
        [each for each in entries if not each.startswith("r ")],
        [each[2:] for each in entries if each.startswith("r ")],
    )


def _parted(iri: str) -> tuple[str, str, str]:
    mark = "#" if "#" in iri else "/"
    return iri.rpartition(mark)


def _texts(nodes: Iterable[Node]) -> tuple[Text, ...]:
    literals = [node for node in nodes if isinstance(node, Literal)]
    return tuple((each.language or "", str(each)) for each in sorted(literals, key=term_key))


def _has_node(node: Node) -> bool:
    """Whether the term is of a kind that has a value node beside it, which says more."""
    return isinstance(node, Literal) and str(node.datatype) not in ("None", "")
