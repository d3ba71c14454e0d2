"""Things and roles as CSV (RFC 4180), for spreadsheets: the columns are told in docs/reference/exports.md."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rdflib import OWL, RDF, RDFS, SKOS, Literal, URIRef

from cordiale.model.prefixes import PREFIXES
from cordiale.model.terms import Node, Triple, term_key
from cordiale.query.formats import csv_line

__all__ = ["Facts", "write_entities", "write_roles"]

_BETWEEN = " | "  # values of one cell
_TOGETHER = " ; "  # sources of one value
_CORD = PREFIXES["cord"]
_ROLE = URIRef(_CORD + "Role")
_ELSEWHERE = frozenset({_ROLE, URIRef(_CORD + "Claim"), SKOS.Concept})  # told otherwise, or no things
_HOLDS, _HELD_BY = URIRef(_CORD + "holdsRole"), URIRef(_CORD + "heldBy")
_AT = (URIRef(_CORD + "roleAt"), URIRef(_CORD + "officeOf"))
_DATES = {name: URIRef(_CORD + name) for name in ("startedOn", "attestedOn", "endedOn")}


class Facts:
    """What is said of each thing, and by which documents."""

    def __init__(self, triples: Iterable[Triple], stated: Mapping[str, Iterable[Triple]]) -> None:
        """``triples`` are all that hold; ``stated`` those of each document that is not merely trusted."""
        self.values: defaultdict[Node, defaultdict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self.told_by: defaultdict[Triple, list[str]] = defaultdict(list)
        self.tellers: defaultdict[Node, set[str]] = defaultdict(set)
        for subject, predicate, object_ in sorted(
            triples, key=lambda each: [term_key(term) for term in each]
        ):
            self.values[subject][predicate].append(object_)
        for name in sorted(stated):
            for triple in stated[name]:
                self.told_by[triple].append(name)
                self.tellers[triple[0]].add(name)

    def labels(self, thing: Node, language: str, kind: URIRef = RDFS.label) -> str:
        """The texts of a property in a language: of its tag, or else of tags that it is the beginning of."""
        return _cell(self._named(thing, language, kind))

    def rest(self, thing: Node, languages: Sequence[str], kind: URIRef = RDFS.label) -> str:
        """The texts of a property that ``labels`` of none of the languages has, each with its tag after @."""
        told = [term for each in languages for term in self._named(thing, each, kind)]
        # By identity: rdflib takes terms for equal whose tags differ in case.
        left = [term for term in self._texts(thing, kind) if not any(term is each for each in told)]
        return _cell(f"{term}@{term.language or ''}" for term in left)

    def _texts(self, thing: Node, kind: URIRef) -> list[Literal]:
        found = self.values[thing][kind] if thing in self.values else []
        return [term for term in found if isinstance(term, Literal)]

    def _named(self, thing: Node, language: str, kind: URIRef) -> list[Literal]:
        wanted = language.lower()
        tagged = [(term, (term.language or "").lower()) for term in self._texts(thing, kind)]
        exact = [term for term, tag in tagged if tag == wanted]
        return exact or [term for term, tag in tagged if tag.startswith(f"{wanted}-")]


def _cell(values: Iterable[str]) -> str:
    """Values in one cell, which can be told apart: whatever they hold, split at " | " they are themselves."""
    return _BETWEEN.join(str(value).replace("\\", "\\\\").replace("|", "\\|") for value in values)


def write_entities(facts: Facts, things: str, shorten: Mapping[URIRef, str], languages: Sequence[str]) -> str:
    """A line for each typed thing of the namespace ``things`` that is no role, claim or concept, by IRI.

    ``shorten`` has the names of types.
    """
    head = [
        "iri",
        "types",
        *(f"label_{each}" for each in (*languages, "rest")),
        *(f"other_{each}" for each in (*languages, "rest")),
    ]
    lines = [csv_line([*head, "matches", "source_count", "sources"])]
    for thing in sorted(facts.values, key=term_key):
        types = facts.values[thing].get(RDF.type, [])
        kinds = [shorten[each] for each in types if isinstance(each, URIRef) and each in shorten]
        is_ours = isinstance(thing, URIRef) and thing.startswith(things)
        if not is_ours or not kinds or not _ELSEWHERE.isdisjoint(types):
            continue
        matches = {*facts.values[thing].get(SKOS.exactMatch, []), *facts.values[thing].get(OWL.sameAs, [])}
        sources = sorted(facts.tellers.get(thing, ()))
        lines.append(
            csv_line(
                [
                    thing,
                    _BETWEEN.join(kinds),
                    *(facts.labels(thing, each) for each in languages),
                    facts.rest(thing, languages),
                    *(facts.labels(thing, each, SKOS.altLabel) for each in languages),
                    facts.rest(thing, languages, SKOS.altLabel),
                    _BETWEEN.join(sorted(str(each) for each in matches if each != thing)),
                    str(len(sources)),
                    _TOGETHER.join(sources),
                ]
            )
        )
    return "".join(lines)


def write_roles(facts: Facts, languages: Sequence[str]) -> str:
    """A line for each role and each who holds it, by IRI: where, from when, until when, and who says so."""
    dated = [name for date in _DATES for name in (date, f"{date}_sources")]
    ends = ["holder", *(f"holder_{each}" for each in languages), "at", *(f"at_{each}" for each in languages)]
    lines = [csv_line(["role", *(f"title_{each}" for each in languages), *ends, *dated, "sources"])]
    holders: defaultdict[Node, set[Node]] = defaultdict(set)
    for subject, told in facts.values.items():
        for role in told.get(_HOLDS, []):
            holders[role].add(subject)
        holders[subject].update(told.get(_HELD_BY, []))
    roles = [role for role, told in facts.values.items() if _ROLE in told.get(RDF.type, [])]
    for role in sorted(roles, key=term_key):
        told = facts.values[role]
        places = [place for kind in _AT for place in told.get(kind, [])]
        title = URIRef(_CORD + "roleTitle")
        cells = []
        for date in _DATES.values():
            days = told.get(date, [])
            cells.append(_cell(days))
            cells.append(
                _BETWEEN.join(_TOGETHER.join(facts.told_by.get((role, date, day), ())) for day in days)
            )
        for holder in sorted(holders[role], key=term_key) or [
            Literal("")
        ]:  # a role that nobody is said to hold
            lines.append(
                csv_line(
                    [
                        role,
                        *(facts.labels(role, each, title) for each in languages),
                        holder,
                        *(facts.labels(holder, each) for each in languages),
                        _BETWEEN.join(places),
                        *(_BETWEEN.join(facts.labels(place, each) for place in places) for each in languages),
                        *cells,
                        _TOGETHER.join(sorted(facts.tellers.get(role, ()))),
                    ]
                )
            )
    return "".join(lines)
