"""Which of our terms say what a class or property of Wikidata says.

Only what is meant alike is here. The properties agree with ``ontology/alignments.ttl``; a class of Wikidata
that fits none of ours makes no thing of our kinds, and its statements are kept as Wikidata's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["FAMILIES", "OFFICES", "ROLES", "STUDIES", "TIES", "TIMES", "Office", "Tie", "class_of"]

# Kinds that exclude one another in the ontology have different families, or stand in _APART.
_CLASSES = MappingProxyType(
    {
        "BusinessSchool": ("Q1143635",),
        "City": ("Q515", "Q1549591", "Q1637706", "Q484170", "Q200250", "Q1093829", "Q5119", "Q208511"),
        "Company": ("Q4830453", "Q783794", "Q6881511", "Q891723", "Q18388277", "Q1589009", "Q270791"),
        "Country": ("Q6256", "Q3624078"),
        "Event": ("Q1656682",),
        "Foundation": ("Q157031",),
        "HigherEducationInstitution": ("Q38723", "Q1371037", "Q189004", "Q1542938"),
        "Institution": (
            *("Q43229", "Q163740", "Q708676", "Q2385804", "Q4671277", "Q955824", "Q1966910", "Q414147"),
            *("Q484652", "Q79913", "Q48204", "Q748019", "Q23002039", "Q23002054"),
        ),
        "Meeting": ("Q2020153", "Q625994"),
        "Person": ("Q5",),
        "Project": ("Q1298668", "Q170584"),
        "PublicBody": ("Q327333", "Q192350", "Q2659904", "Q20857065"),
        "Region": ("Q82794", "Q36784", "Q35657", "Q3455524"),
        "ResearchCentre": ("Q7315155",),
        "ResearchInstitute": ("Q31855",),
        "ResearchStructure": ("Q483242", "Q2467461"),
        "School": ("Q847027", "Q1663017", "Q3117363"),
        "Supercomputer": ("Q121117",),
        "University": (
            *("Q3918", "Q875538", "Q62078547", "Q15936437", "Q902104", "Q3551775", "Q1767829"),
            "Q3354859",
        ),
    }
)
_OURS = MappingProxyType({item: name for name, items in _CLASSES.items() for item in items})
# The more exact kind wins where a thing is of several that may go together.
_EXACT = (
    *("BusinessSchool", "ResearchInstitute", "ResearchCentre", "School", "University"),
    *(
        "HigherEducationInstitution",
        "ResearchStructure",
        "Company",
        "Foundation",
        "PublicBody",
        "Institution",
    ),
    *("City", "Country", "Region", "Meeting", "Event", "Project", "Person", "Supercomputer"),
)
FAMILIES = MappingProxyType(
    {
        "Event": "Event",
        "Meeting": "Event",
        "Person": "Person",
        "Project": "Undertaking",
        "Supercomputer": "Supercomputer",
        **dict.fromkeys(("City", "Country", "Region"), "Place"),
        **dict.fromkeys(
            (
                *("BusinessSchool", "Company", "Foundation", "HigherEducationInstitution", "Institution"),
                *("PublicBody", "ResearchCentre", "ResearchInstitute", "ResearchStructure", "School"),
                "University",
            ),
            "Institution",
        ),
    }
)
_APART = MappingProxyType(
    {
        "Company": "Company",
        "Foundation": "Foundation",
        "PublicBody": "PublicBody",
        **dict.fromkeys(("BusinessSchool", "HigherEducationInstitution", "School", "University"), "Teaching"),
        **dict.fromkeys(("ResearchCentre", "ResearchInstitute", "ResearchStructure"), "Research"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A property between two things: our term, and the families that may stand on either side."""

    term: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    is_inverse: bool = False  # our term goes from the value to the subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A property from a body to who heads it: our term for the role, and the one without dates."""

    role: str
    plain: str


_BODY = ("Institution",)
_ACTIVE = ("Institution", "Undertaking")
TIES = MappingProxyType(
    {
        "P112": Tie(term="foundedBy", subjects=_BODY, objects=("Person", "Institution")),
        "P131": Tie(term="locatedAt", subjects=(*_BODY, "Place"), objects=("Place",)),
        "P159": Tie(term="locatedAt", subjects=_BODY, objects=("Place", "Institution")),
        "P17": Tie(term="locatedAt", subjects=(*_BODY, "Place"), objects=("Place",)),
        "P276": Tie(term="heldAt", subjects=("Event",), objects=("Place", "Institution")),
        "P355": Tie(term="hasPart", subjects=_BODY, objects=_BODY),
        "P361": Tie(term="partOf", subjects=_BODY, objects=_BODY),
        "P463": Tie(term="memberOf", subjects=_BODY, objects=_ACTIVE),
        "P527": Tie(term="hasPart", subjects=_BODY, objects=_BODY),
        "P710": Tie(term="hasPartner", subjects=("Undertaking",), objects=_BODY),
        "P749": Tie(term="partOf", subjects=_BODY, objects=_BODY),
        "P8324": Tie(term="fundedBy", subjects=_ACTIVE, objects=_BODY),
        "P859": Tie(term="supportedBy", subjects=_ACTIVE, objects=_BODY),
        "P1344": Tie(term="appearedAt", subjects=("Person",), objects=("Event",)),
    }
)
TIMES = MappingProxyType(
    {
        "P571": MappingProxyType(
            {"Company": "foundedOn", "Institution": "createdOn", "Undertaking": "launchedOn"}
        ),
        "P585": MappingProxyType({"Event": "onDate"}),
        "P580": MappingProxyType({"Event": "startedOn"}),
        "P582": MappingProxyType({"Event": "endedOn"}),
    }
)
OFFICES = MappingProxyType(
    {
        "P1037": Office(role="holdsDirectorship", plain="hasDirector"),
        "P1075": Office(role="holdsHeadship", plain="hasHead"),
        "P169": Office(role="holdsHeadship", plain="hasHead"),
        "P488": Office(role="holdsHeadship", plain="hasHead"),
    }
)
ROLES = ("P108", "P1416", "P39")  # from a person: employer, affiliation, position held
STUDIES = ("P69",)


def class_of(items: Iterable[str]) -> tuple[str, bool]:
    """Our class for a thing of these classes of Wikidata, or nothing; and whether they exclude one another.

    >>> class_of(["Q3918", "Q43229"]), class_of(["Q783794", "Q157031"]), class_of(["Q8502"])
    (('University', False), ('Institution', True), ('', False))
    """
    found = {_OURS[item] for item in items if item in _OURS}
    if not found:
        return "", False
    if len({FAMILIES[each] for each in found}) > 1:
        return "", True
    if len({_APART[each] for each in found if each in _APART}) > 1:
        return "Institution", True
    return min(found, key=_EXACT.index), False
