"""What a statement of Wikidata says in our vocabulary, and what of it we have no words for.

A statement that is a role, such as "employer" with its dates, is the role: its own IRI gets the type
cord:Role, so that rank, qualifiers and references stand beside what we say of it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cordiale.link.loss import loss
from cordiale.link.turtle_blocks import literal
from cordiale.link.wikidata_model import EntityValue, Monolingual, Snak, Statement, Time
from cordiale.link.wikidata_names import statement_name
from cordiale.link.wikidata_terms import FAMILIES, OFFICES, ROLES, STUDIES, TIES, TIMES
from cordiale.model.problems import Problem, Severity

__all__ = ["Line", "Thing", "facts", "label_lines", "our_date"]

Line = tuple[str, str]  # a subject, and "predicate object"

_START, _END = "P580", "P582"
_DATED = (_START, _END)
_BODY = ("P642", "P2389", "P108", "P1001")  # of, organisation directed, employer, jurisdiction
_TITLE = ("P39", "P2868")  # position held, subject has role
_DAY = re.compile(r"\+0*([0-9]{1,4})-([0-9]{2})-([0-9]{2})T")
_GREGORIAN = "http://www.wikidata.org/entity/Q1985727"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What has to be known of an entity that a statement names: our class for it, and its names."""

    kind: str = ""
    names: tuple[str, ...] = ()  # one a language of the project, never empty for a thing of a kind
    coined: tuple[bool, ...] = ()  # whether it has no name in that language, and the name is another's

    @property
    def family(self) -> str:
        """Person, Institution, Place, ... or nothing."""
        return FAMILIES.get(self.kind, "")


def label_lines(thing: Thing, languages: tuple[str, ...]) -> Iterator[str]:
    """Type and label in each language; a name that Wikidata does not have in it is marked as coined."""
    yield f"a cord:{thing.kind}"
    for language, name, coined in zip(languages, thing.names, thing.coined, strict=True):
        yield f"rdfs:label {literal(name)}@{language}"
        if coined:
            yield f"cord:coinedLabel {literal(name)}@{language}"


def facts(
    id_: str, statement: Statement, things: Mapping[str, Thing], languages: tuple[str, ...]
) -> Iterator[Line | Problem]:
    """The lines that say what the statement says, or the loss: why it says nothing in our words.

    Losses have no place yet. C704 no term, C705 a value that is not known as a thing of a fitting kind, C706
    no value, C707 a date that cannot be written, C708 deprecated, C709 ended, C718 qualifiers not said.
    """
    main = statement.main
    thing = things.get(id_, Thing())
    known = main.property in TIES or main.property in TIMES or main.property in OFFICES
    if main.property == "P31":
        return  # our class says it
    if not (known or main.property in (*ROLES, *STUDIES, "P1448")):
        yield _kept("C704", f"no term says {main.property}")
    elif not thing.kind:
        yield _kept("C715", f"{main.property} of a thing of no kind of ours")
    elif statement.rank == "deprecated":
        yield _kept("C708", f"the statement of {main.property} is deprecated")
    elif main.value is None:
        yield _kept(
            "C706", f"{main.property} has {'no value' if main.kind == 'novalue' else 'an unknown value'}"
        )
    else:
        yield from _Saying(id_, statement, thing, things, languages).lines()


class _Saying:
    """The parts of ``facts`` for one statement that can be said."""

    def __init__(
        self,
        id_: str,
        statement: Statement,
        thing: Thing,
        things: Mapping[str, Thing],
        languages: tuple[str, ...],
    ) -> None:
        self._id = id_
        self._statement = statement
        self._thing = thing
        self._things = things
        self._languages = languages
        self._property = statement.main.property
        self._node = f"wds:{statement_name(statement.id)}"

    def lines(self) -> Iterator[Line | Problem]:
        property_, value = self._property, self._statement.main.value
        if property_ in TIMES:
            yield from self._time(value)
        elif property_ == "P1448":
            if isinstance(value, Monolingual):
                yield f"wd:{self._id}", f"cord:officialName {literal(value.text)}@{value.language}"
                yield from self._unsaid(())
        elif not isinstance(value, EntityValue):
            yield _kept("C705", f"the value of {property_} is no item")
        elif property_ in TIES:
            yield from self._tie(value.id)
        elif property_ in OFFICES:
            yield from self._office(value.id)
        elif property_ in STUDIES:
            yield from self._study(value.id)
        else:
            yield from self._role(value.id)

    def _time(self, value: object) -> Iterator[Line | Problem]:
        terms = TIMES[self._property]
        term = terms.get(self._thing.kind) or terms.get(self._thing.family)
        date = our_date(value) if isinstance(value, Time) else None
        if term is None:
            yield self._unfit()
        elif date is None:
            yield self._undated(self._property)
        else:
            yield f"wd:{self._id}", f"cord:{term} {date}"
            yield from self._unsaid(())

    def _tie(self, other: str) -> Iterator[Line | Problem]:
        tie = TIES[self._property]
        if self._thing.family not in tie.subjects:
            yield self._unfit()
        elif self._things.get(other, Thing()).family not in tie.objects:
            yield self._unknown()
        elif self._statement.qualified(_END):
            yield _kept("C709", f"{self._property} has ended, and cord:{tie.term} has no end")
        else:
            yield f"wd:{self._id}", f"cord:{tie.term} wd:{other}"
            yield from self._unsaid(())

    def _office(self, person: str) -> Iterator[Line | Problem]:
        office = OFFICES[self._property]
        if self._thing.family != "Institution":
            yield self._unfit()
        elif self._things.get(person, Thing()).family != "Person":
            yield self._unknown()
        elif self._statement.qualified(*_DATED):
            yield from self._dated_role(person, self._id, office.role, self._title())
        else:
            yield f"wd:{self._id}", f"cord:{office.plain} wd:{person}"
            yield from self._unsaid(())

    def _role(self, other: str) -> Iterator[Line | Problem]:
        if self._thing.family != "Person":
            yield self._unfit()
        elif self._property == "P39":
            bodies = [each for each in map(_item, self._statement.qualified(*_BODY)) if each]
            body = next((each for each in bodies if self._is_body(each)), "")
            if body:
                yield from self._dated_role(self._id, body, "holdsRole", other)
            else:
                yield _kept("C705", "no body of the position is among the things that are known")
        elif not self._is_body(other):
            yield self._unknown()
        elif self._statement.qualified(*_DATED) or self._title():
            yield from self._dated_role(self._id, other, "holdsRole", self._title())
        else:
            yield f"wd:{self._id}", f"cord:affiliatedWith wd:{other}"
            yield from self._unsaid(())

    def _is_body(self, id_: str) -> bool:
        thing = self._things.get(id_, Thing())
        # A country has offices and employs nobody in our vocabulary.
        return thing.family == "Institution" or (thing.kind == "Country" and self._property == "P39")

    def _title(self) -> str:
        """The item that names the position, by a qualifier."""
        return next((id_ for id_ in map(_item, self._statement.qualified(*_TITLE)) if id_), "")

    def _dated_role(self, person: str, body: str, term: str, title: str) -> Iterator[Line | Problem]:
        node = self._node
        names = self._things.get(title, Thing()).names
        place = "officeOf" if self._things[body].kind == "Country" else "roleAt"
        yield f"wd:{person}", f"cord:{term} {node}"
        yield node, "a cord:Role"
        yield node, f"cord:{place} wd:{body}"
        for rank, language in enumerate(self._languages):
            parts = [
                self._things[person].names[rank],
                *names[rank : rank + 1],
                self._things[body].names[rank],
            ]
            yield from self._coined(", ".join(parts), language)
            if names and not self._things[title].coined[rank]:
                yield node, f"cord:roleTitle {literal(names[rank])}@{language}"
        yield from self._dates()
        said = (*_DATED, *_BODY) if self._property == "P39" else _DATED
        yield from self._unsaid((*said, *_TITLE) if names else said)

    def _study(self, school: str) -> Iterator[Line | Problem]:
        if self._thing.family != "Person":
            yield self._unfit()
        elif self._things.get(school, Thing()).family != "Institution":
            yield self._unknown()
        elif not self._statement.qualified(*_DATED):
            yield f"wd:{self._id}", f"cord:alumnusOf wd:{school}"
            yield from self._unsaid(())
        else:
            yield f"wd:{self._id}", f"cord:undertookStudy {self._node}"
            yield self._node, "a cord:Study"
            yield self._node, f"cord:studyAt wd:{school}"
            for rank, language in enumerate(self._languages):
                names = (self._thing.names[rank], self._things[school].names[rank])
                yield from self._coined(", ".join(names), language)
            yield from self._dates()
            yield from self._unsaid(_DATED)

    def _coined(self, text: str, language: str) -> Iterator[Line]:
        for predicate in ("rdfs:label", "cord:coinedLabel"):
            yield self._node, f"{predicate} {literal(text)}@{language}"

    def _dates(self) -> Iterator[Line | Problem]:
        for property_, term in ((_START, "startedOn"), (_END, "endedOn")):
            for snak in self._statement.qualified(property_):
                date = our_date(snak.value) if isinstance(snak.value, Time) else None
                if date:
                    yield self._node, f"cord:{term} {date}"
                elif snak.value is None:
                    yield _kept(
                        "C706", f"{property_} has {'no' if snak.kind == 'novalue' else 'an unknown'} value"
                    )
                else:
                    yield self._undated(property_)

    def _unsaid(self, said: tuple[str, ...]) -> Iterator[Problem]:
        for property_ in dict.fromkeys(each.property for each in self._statement.qualifiers):
            if property_ not in said:
                yield _kept("C718", f"the qualifier {property_} of {self._property} is not said")

    def _unfit(self) -> Problem:
        return _kept("C704", f"no term says {self._property} of a cord:{self._thing.kind}")

    def _unknown(self) -> Problem:
        return _kept("C705", f"the value of {self._property} is not known as a thing of a fitting kind")

    def _undated(self, property_: str) -> Problem:
        return _kept(
            "C707", f"the date of {property_} is no day, month or year since the year 1 of our calendar"
        )


def our_date(time: Time) -> str | None:
    """A day, month or year as a literal; nothing for what is wider, before the year 1, or Julian.

    >>> our_date(Time(time="+1990-11-00T00:00:00Z", precision=10))
    '"1990-11"^^xsd:gYearMonth'
    >>> our_date(Time(time="+1990-00-00T00:00:00Z", precision=8)) is None
    True
    >>> our_date(Time(time="+2016-06-31T00:00:00Z", precision=11)) is None
    True
    """
    found = _DAY.match(time.time)
    if found is None or time.calendar != _GREGORIAN:
        return None
    year, month, day = map(int, found.groups())
    try:
        known = date(year, month or 1, day or 1)  # 31 June is no day
    except ValueError:
        return None
    if time.precision == 9:
        return f'"{year:04}"^^xsd:gYear'
    if time.precision == 10 and month:
        return f'"{year:04}-{month:02}"^^xsd:gYearMonth'
    return f'"{known.isoformat()}"^^xsd:date' if time.precision == 11 and month and day else None


def _item(snak: Snak) -> str:
    return snak.value.id if isinstance(snak.value, EntityValue) else ""


_REMEDIES = {
    "C704": "it is kept as Wikidata's statement, for questions that ask for it",
    "C705": "import the value too: by its id, or with one step more",
    "C706": "it is kept as Wikidata's statement",
    "C707": "it is kept as Wikidata's statement, with its calendar and precision",
    "C708": "it is kept as Wikidata's statement; nothing follows from it",
    "C709": "it is kept as Wikidata's statement, with its end",
    "C715": "a class of Wikidata that should have a term of ours goes into the table of classes",
    "C718": "it is kept with Wikidata's statement",
}


def _kept(code: str, message: str) -> Problem:
    return loss(code, Severity.INFO, message, _REMEDIES[code], None)
