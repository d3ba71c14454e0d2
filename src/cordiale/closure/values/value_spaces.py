"""Which datatypes have values in common, and which hold all values of others.

The OWL 2 RL datatype map (OWL 2 Profiles, section 4.2.1) and the other datatypes of RDF 1.1, in the order of
XSD 1.1. What is said here is true in every interpretation, and so are the axioms ``dt1 rdfs:subClassOf dt2``
and ``dt1 owl:disjointWith dt2`` that the rules leave out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce

from rdflib import OWL, RDF, RDFS, XSD

from cordiale.model.terms import Node

__all__ = ["DATATYPES", "are_disjoint", "includes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Space:
    """A set of values: the datatypes it lies in, and for integers the bounds (``None``: no bound)."""

    within: frozenset[Node]
    low: int | None = None
    high: int | None = None

    @property
    def is_empty(self) -> bool:
        return self.low is not None and self.high is not None and self.low > self.high


# Each datatype and the next wider ones. All that is in one of the roots only has no value of another root.
_WIDER: dict[Node, tuple[Node, ...]] = {
    RDFS.Literal: (),
    OWL.real: (RDFS.Literal,),
    OWL.rational: (OWL.real,),
    XSD.decimal: (OWL.rational,),
    XSD.integer: (XSD.decimal,),
    XSD.double: (RDFS.Literal,),
    XSD.float: (RDFS.Literal,),
    XSD.boolean: (RDFS.Literal,),
    XSD.hexBinary: (RDFS.Literal,),
    XSD.base64Binary: (RDFS.Literal,),
    XSD.anyURI: (RDFS.Literal,),
    XSD.dateTime: (RDFS.Literal,),
    XSD.dateTimeStamp: (XSD.dateTime,),
    XSD.date: (RDFS.Literal,),
    XSD.time: (RDFS.Literal,),
    XSD.gYear: (RDFS.Literal,),
    XSD.gYearMonth: (RDFS.Literal,),
    XSD.gMonth: (RDFS.Literal,),
    XSD.gMonthDay: (RDFS.Literal,),
    XSD.gDay: (RDFS.Literal,),
    XSD.duration: (RDFS.Literal,),
    XSD.dayTimeDuration: (XSD.duration,),
    XSD.yearMonthDuration: (XSD.duration,),
    RDF.XMLLiteral: (RDFS.Literal,),
    RDF.PlainLiteral: (RDFS.Literal,),
    RDF.langString: (RDF.PlainLiteral,),
    XSD.string: (RDF.PlainLiteral,),
    XSD.normalizedString: (XSD.string,),
    XSD.token: (XSD.normalizedString,),
    XSD.language: (XSD.token,),
    XSD.NMTOKEN: (XSD.token,),
    XSD.Name: (XSD.NMTOKEN,),
    XSD.NCName: (XSD.Name,),
}

# Where two of them meet, they are one within the other or share nothing.
_ROOTS = frozenset(wide for wide, wider in _WIDER.items() if wider == (RDFS.Literal,))
_APART = (frozenset({RDF.langString, XSD.string}),)

_INTEGERS: dict[Node, tuple[int | None, int | None]] = {
    XSD.nonNegativeInteger: (0, None),
    XSD.nonPositiveInteger: (None, 0),
    XSD.positiveInteger: (1, None),
    XSD.negativeInteger: (None, -1),
    XSD.long: (-(2**63), 2**63 - 1),
    XSD.int: (-(2**31), 2**31 - 1),
    XSD.short: (-(2**15), 2**15 - 1),
    XSD.byte: (-(2**7), 2**7 - 1),
    XSD.unsignedLong: (0, 2**64 - 1),
    XSD.unsignedInt: (0, 2**32 - 1),
    XSD.unsignedShort: (0, 2**16 - 1),
    XSD.unsignedByte: (0, 2**8 - 1),
}

DATATYPES: frozenset[Node] = frozenset(_WIDER) | frozenset(_INTEGERS)


def includes(wide: Node, narrow: Collection[Node]) -> bool:
    """Whether every value that is in all the narrow datatypes is in the wide one; ``False`` where unknown.

    >>> includes(XSD.unsignedShort, [XSD.short, XSD.unsignedInt])
    True
    >>> includes(XSD.unsignedByte, [XSD.short]), includes(XSD.short, [XSD.string, XSD.boolean])
    (False, True)
    """
    known = [datatype for datatype in narrow if datatype in DATATYPES]
    if wide not in DATATYPES or not known:
        return False
    space, target = reduce(_meet, map(_space, known)), _space(wide)
    if _shares_nothing(space):
        return True
    return (
        target.within <= space.within
        and (target.low is None or (space.low is not None and space.low >= target.low))
        and (target.high is None or (space.high is not None and space.high <= target.high))
    )


def are_disjoint(datatypes: Collection[Node]) -> bool:
    """Whether no value is in all the datatypes; ``False`` where one of them is unknown.

    >>> are_disjoint([XSD.float, XSD.double]), are_disjoint([XSD.Name, XSD.language])
    (True, False)
    """
    spaces = [_space(datatype) for datatype in datatypes if datatype in DATATYPES]
    return bool(spaces) and _shares_nothing(reduce(_meet, spaces))


def _space(datatype: Node) -> _Space:
    low, high = _INTEGERS.get(datatype, (None, None))
    within = {XSD.integer if datatype in _INTEGERS else datatype}
    reached = list(within)
    while reached:
        wider = _WIDER[reached.pop()]
        within.update(wider)
        reached.extend(wider)
    return _Space(within=frozenset(within), low=low, high=high)


def _meet(one: _Space, other: _Space) -> _Space:
    lows = [low for low in (one.low, other.low) if low is not None]
    highs = [high for high in (one.high, other.high) if high is not None]
    return _Space(
        within=one.within | other.within,
        low=max(lows, default=None),
        high=min(highs, default=None),
    )


def _shares_nothing(space: _Space) -> bool:
    return space.is_empty or len(space.within & _ROOTS) > 1 or any(pair <= space.within for pair in _APART)
