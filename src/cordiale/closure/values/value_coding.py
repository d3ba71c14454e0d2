"""Literals of one value get one number, so that rules compare values; the forms as written are kept."""

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from cordiale.closure.loading.coding import Coded
from cordiale.closure.values.literals import DATATYPE_MAP, XSD_NS, canonical, is_value_of, split_literal

__all__ = ["Values", "code_values", "escaped"]

# Forms that are the canonical ones of their values, so that nothing needs to be looked up for them.
_XSD = r"\^\^<http://www\.w3\.org/2001/XMLSchema#"
_PLAIN = (
    rf'^"(?:(?:0|-?[1-9][0-9]*)"{_XSD}integer|(?:true|false)"{_XSD}boolean'
    rf'|[1-9][0-9]{{3}}"{_XSD}gYear|[1-9][0-9]{{3}}-(?:0[1-9]|1[0-2])"{_XSD}gYearMonth'
    rf'|[1-9][0-9]{{3}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"{_XSD}date'
    r"|[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?"
    rf'"{_XSD}dateTime)>$'
)


@dataclass(slots=True)
class Values:
    """What is known of the literals' values; the numbers are those of ``Coded``.

    ``forms`` has a row (id, value) for each literal whose value has several forms; ``value`` is the number of
    the form that stands for all. ``ill_typed`` are the literals that are no value of their own datatype.
    """

    forms: pa.Table
    ill_typed: tuple[int, ...]
    _texts: pa.Array
    _keys: dict[int, str | None] = field(default_factory=dict)

    def key(self, literal: int) -> str | None:
        """The canonical text of the value; ``None`` when it is not known, or is none."""
        if literal not in self._keys:
            form, datatype, language = split_literal(self._texts[literal].as_py())
            known = datatype in DATATYPE_MAP
            self._keys[literal] = canonical(form, datatype, language) if known else None
        return self._keys[literal]

    def are_different(self, one: int, other: int) -> bool:
        """Rule dt-diff (table 8): whether two literals are certainly not the same value."""
        first, second = self.key(one), self.key(other)
        return first is not None and second is not None and first != second

    def is_no_value(self, literal: int, datatype: str) -> bool:
        """Rule dt-not-type (table 8): whether the literal is certainly no value of the datatype (an IRI)."""
        key = self.key(literal)
        if datatype not in DATATYPE_MAP:
            return False
        if key is None:
            _, own, _ = split_literal(self._texts[literal].as_py())
            return own in DATATYPE_MAP
        return not is_value_of(key, datatype)

    def is_value(self, literal: int, datatype: str) -> bool:
        """Rule dt-type2 (table 8): whether the literal is certainly a value of the datatype (an IRI)."""
        key = self.key(literal)
        return key is not None and datatype in DATATYPE_MAP and is_value_of(key, datatype)


def code_values(coded: Coded) -> Values:
    """Look at every literal once."""
    texts = coded.texts.slice(coded.literals)
    odd = pc.or_(
        pc.and_(pc.ends_with(texts, ">"), pc.invert(pc.match_substring_regex(texts, _PLAIN))),
        pc.match_substring_regex(texts, r'"@[^"]*[A-Z][^"]*$'),
    )
    places = pc.indices_nonzero(odd).to_pylist()
    values = Values(
        pa.table({"id": pa.array([], pa.int32()), "value": pa.array([], pa.int32())}), (), coded.texts
    )
    ill_typed = []
    groups: dict[str, list[int]] = {}
    for place, text in zip(places, texts.filter(odd).to_pylist(), strict=True):
        number = place + coded.literals
        form, datatype, language = split_literal(text)
        if datatype not in DATATYPE_MAP:
            continue
        key = canonical(form, datatype, language)
        values._keys[number] = key
        if key is None:
            ill_typed.append(number)
        else:
            groups.setdefault(key, []).append(number)
    usual = {key: text for key in groups if (text := _usual(key)) is not None}
    if usual:
        found = pc.index_in(pa.array(usual.values(), pa.string()), value_set=texts).to_pylist()
        for key, place in zip(usual, found, strict=True):
            if place is not None and place + coded.literals not in groups[key]:
                groups[key].insert(0, place + coded.literals)
    several = [(number, numbers[0]) for numbers in groups.values() if len(numbers) > 1 for number in numbers]
    values.forms = pa.table(
        {name: pa.array([row[at] for row in several], pa.int32()) for at, name in enumerate(("id", "value"))}
    )
    values.ill_typed = tuple(ill_typed)
    return values


def _usual(key: str) -> str | None:
    """The literal that a value is most often written as, if it is one that ``_PLAIN`` passes over."""
    space, _, value = key.partition(" ")
    if space == "string":
        return f'"{escaped(value)}"'
    if space == "langString":
        form, _, tag = value.rpartition("@")
        return f'"{escaped(form)}"@{tag}'
    if space == "decimal" and "/" not in value:
        return f'"{value}"^^<{XSD_NS}integer>'
    if space == "boolean":
        return f'"{"true" if value == "1" else "false"}"^^<{XSD_NS}boolean>'
    if space in ("gYear", "gYearMonth", "date", "dateTime"):
        year, month, day, hour, minute, second, fraction, zone = value.split("|")
        if fraction or zone not in ("", "0"):
            return None
        form = "-".join(part for part in (year, month, day) if part)
        if space == "dateTime":
            form += f"T{hour}:{minute}:{second}{'Z' if zone else ''}"
        return f'"{form}"^^<{XSD_NS}{space}>'
    return None


_ESCAPES = {
    ord(c): e
    for c, e in zip('\t\b\n\r\f"\\', ("\\t", "\\b", "\\n", "\\r", "\\f", '\\"', "\\\\"), strict=True)
}
_ESCAPES |= {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F) if code not in _ESCAPES}
_ESCAPES |= {0xFFFE: "\\uFFFE", 0xFFFF: "\\uFFFF"}


def escaped(form: str) -> str:
    """A lexical form as canonical N-Triples writes it."""
    return form.translate(_ESCAPES)
