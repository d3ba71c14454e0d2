"""Stated identities held against what can be one thing."""

import pytest
from rdflib import FOAF, ORG, OWL, RDF, RDFS, BNode, URIRef

from cordiale.link.merges import Refused, refused_merges
from cordiale.model.places import Place
from cordiale.model.terms import Triple

_THINGS = "https://example.org/id/"
_ROR, _WIKIDATA = "https://ror.org/", "http://www.wikidata.org/entity/"
A, B, C = (URIRef(_THINGS + name) for name in "abc")
ROR1, ROR2 = (URIRef(f"{_ROR}00000011{number}") for number in (2, 3))
Q1, Q2 = (URIRef(f"{_WIKIDATA}Q{number}") for number in (1, 2))
ORCID = URIRef("https://orcid.org/0000-0002-1825-0097")


def _same(*pairs: tuple[URIRef, URIRef]) -> list[Triple]:
    return [(one, OWL.sameAs, other) for one, other in pairs]


def _refused(triples: list[Triple]) -> Refused:
    """Each identity stands on the line of its number."""
    lines = {triple: number for number, triple in enumerate(triples, start=1)}
    return refused_merges(
        triples, things=_THINGS, place=lambda s, p, o: Place(path="links.tsv", line=lines[s, p, o])
    )


@pytest.mark.parametrize(
    "triples",
    [
        [],
        _same((A, ROR1), (B, ROR2), (A, Q1)),
        _same((A, ROR1), (A, URIRef("http://ror.org/000000112"))),  # one record, spelt in two ways
        _same((A, URIRef("https://example.com/x")), (A, URIRef("https://example.com/y"))),
        _same((A, B), (B, ROR1), (A, ROR1)),  # the project itself says that two of its things are one
        [*_same((A, ROR1)), (A, RDF.type, ORG.Organization)],
        [*_same((A, ORCID)), (A, RDF.type, FOAF.Person)],
        [*_same((A, Q1)), (A, RDF.type, FOAF.Person)],  # an item of Wikidata may be anything
        [(A, OWL.sameAs, ROR1), (A, RDFS.seeAlso, ROR2)],
    ],
)
def test_what_may_be_one_is(triples: list[Triple]) -> None:
    """One record of each register, and kinds that go together."""
    assert _refused(triples) == Refused()


def test_one_item_of_two_things_is_refused() -> None:
    """C750, with the chain between them, at the last link of it; the others are related."""
    refused = _refused(_same((A, Q1), (B, ROR1), (B, Q1)))
    (problem,) = refused.problems
    assert (problem.code, problem.place) == ("C750", Place(path="links.tsv", line=3))
    assert problem.related == (Place(path="links.tsv", line=1),)
    assert problem.message == f"{A} and {B} would be one thing: {A} = {Q1} = {B}"
    assert refused.things == {*map(str, (A, B, Q1, ROR1))}


def test_two_records_of_a_register_are_refused() -> None:
    """C751, also when each stands in another set, and the chain goes over a third thing."""
    (problem,) = _refused(_same((A, ROR1), (Q1, ROR2), (A, Q1))).problems
    assert problem.code == "C751"
    assert problem.message.endswith(f": {ROR1} = {A} = {Q1} = {ROR2}")
    codes = [each.code for each in _refused(_same((A, Q1), (A, Q2), (A, ROR1), (A, ROR2))).problems]
    assert codes == ["C751", "C751"]


def test_a_person_is_no_organisation() -> None:
    """C752: by the classes of two things and those above them, or by what a register is of."""
    subclass = URIRef("https://example.org/ns#School")
    by_class: list[Triple] = [
        *_same((A, Q1), (Q1, Q1)),
        (A, RDF.type, FOAF.Person),
        (Q1, RDF.type, subclass),
        (subclass, RDFS.subClassOf, ORG.Organization),
    ]
    (problem,) = _refused(by_class).problems
    assert problem.code == "C752"
    assert f"{Q1} is of the kind organisation, {A} of the kind person" in problem.message
    (problem,) = _refused([*_same((A, ROR1)), (A, RDF.type, FOAF.Person)]).problems
    assert problem.code == "C752"
    (problem,) = _refused(_same((ORCID, ROR1))).problems
    assert problem.code == "C752"


def test_what_is_denied_is_not_one_by_a_detour() -> None:
    """C758, at the denial, whichever way round it is written; a denial of what nobody says is none."""
    triples = _same((A, Q1), (Q1, ROR1), (B, ROR2))
    at = Place(path="denied.tsv", line=7)
    for denial in ((A, ROR1, at), (ROR1, A, at)):
        (problem,) = refused_merges(
            triples, things=_THINGS, place=lambda *_: None, denied=[denial, (A, B, at), (B, Q1, at)]
        ).problems
        assert (problem.code, problem.place) == ("C758", at)
        assert f"{Q1} = " in problem.message


def test_a_group_that_may_be_is_not_blamed_for_another() -> None:
    """Only the things of a refused merge are concerned."""
    refused = _refused(_same((A, Q1), (B, Q1), (C, ROR1)))
    assert refused.things == {*map(str, (A, B, Q1))}


def test_what_follows_to_be_one_is_held_against_the_same() -> None:
    """An identity that nobody states, by way of a key, say; and one that goes by a blank node."""
    stated = [(A, RDF.type, FOAF.Person), *_same((A, Q1))]
    place = Place(path="links.tsv", line=1)
    followed = refused_merges(
        stated, things=_THINGS, place=lambda *_: place, inferred=_same((ROR1, Q1), (A, ROR1), (Q1, A))
    )
    (problem,) = followed.problems
    assert (problem.code, problem.place) == ("C752", place)
    assert problem.message.endswith(f"{A} = {Q1} = {ROR1}")
    node = BNode()
    (problem,) = refused_merges(
        [(A, OWL.sameAs, node), (node, OWL.sameAs, Q1), (B, OWL.sameAs, Q1)],
        things=_THINGS,
        place=lambda *_: None,
    ).problems
    assert problem.code == "C750"
    assert f"{A} = _:{node} = {Q1} = {B}" in problem.message


def test_kinds_may_follow_from_any_axiom() -> None:
    """A domain or an equivalent class says what a thing is as well as a class above its own."""
    human = URIRef("https://example.org/ns#Human")
    stated = [(A, RDF.type, human), *_same((A, ROR1))]
    (problem,) = refused_merges(
        stated, things=_THINGS, place=lambda *_: None, inferred=[(A, RDF.type, FOAF.Person)]
    ).problems
    assert problem.code == "C752"
    assert "of the kind person and of the kind organisation" in problem.message
    both = [(A, RDF.type, FOAF.Person), (A, RDF.type, ORG.Organization), *_same((A, Q1))]
    assert refused_merges(both, things=_THINGS, place=lambda *_: None) == Refused()
