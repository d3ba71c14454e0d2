"""Reviews go forwards and back; decisions are SSSOM that stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.checks.mapping_sets import check_mapping_sets
from cordiale.link.candidates import Candidate
from cordiale.link.decisions import Decision, new_decisions, read_decisions, with_decisions
from cordiale.link.review import Proposal, Review, pending
from cordiale.read.mapping_table import read_table
from cordiale.read.mappings import read_mappings

_THINGS = "https://example.org/id/"


def _proposal(thing: str, record: str) -> Proposal:
    candidate = Candidate(id=record, label=record, probability=0.5, accepted=False, close=(), evidence=())
    return Proposal(thing=thing, label=thing, description=(), candidate=candidate)


_PROPOSALS = tuple(_proposal(thing, record) for thing, record in ("aA", "aB", "aC", "bA", "cD", "cE"))
_VERDICTS = st.sampled_from(["accepted", "rejected", "unsure", "skipped"])


@given(st.lists(_VERDICTS, max_size=6), _VERDICTS)
def test_undo_is_the_opposite_of_decide(before: list[str], verdict: str) -> None:
    """Whatever was decided before, one decision taken back leaves what was there."""
    state = Review(proposals=_PROPOSALS)
    for each in before:
        state = state.decide(each) if state.current else state
    if state.current:
        assert state.decide(verdict).undo() == state


def test_an_accepted_thing_is_done() -> None:
    """Once a thing has its record, its other candidates are passed over, and are no decisions."""
    state = Review(proposals=_PROPOSALS).decide("rejected").decide("accepted")
    assert state.current == _PROPOSALS[3]
    assert [(each.candidate.id, verdict) for each, verdict in state.decided()] == [
        ("A", "rejected"),
        ("B", "accepted"),
    ]
    assert Review(proposals=_PROPOSALS).undo() == Review(proposals=_PROPOSALS)


def test_settled_pairs_are_not_asked_again() -> None:
    """A pair of thing and record, not the thing as a whole."""
    assert [each.candidate.id for each in pending(_PROPOSALS, [("a", "A"), ("c", "E")])] == [
        "B",
        "C",
        "A",
        "D",
    ]


def _decision(thing: str, record: str, verdict: str = "accepted", **more: str) -> Decision:
    return Decision(
        thing=_THINGS + thing, label=f"Thing {thing}", record=f"https://ror.org/{record}", record_label="R",
        verdict=verdict, reviewer=more.get("reviewer", "Ada Lovelace"), date="2026-11-25", probability=0.91,
        evidence=("same country GB", 'same name "R"'),
    )  # fmt: skip


_EMPTY = new_decisions(
    things=_THINGS, set_id="https://example.org/set", title="Links", licence="https://example.org/l"
)


def _written(*decisions: Decision, to: str = _EMPTY, verdict: str = "accepted") -> str:
    return with_decisions(to, decisions, verdict=verdict, things=_THINGS)


def _pairs(text: str) -> list[tuple[str, str, str]]:
    decided = read_decisions(text, "accepted", path="x.sssom.tsv")
    return [(each.thing[-1], each.record[-9:], each.verdict) for each in decided]


def test_decisions_are_written_and_read_again() -> None:
    """Reviewer (by name or ORCID), date, evidence and probability are told; each pair has its verdict."""
    ada = "https://orcid.org/0000-0002-1825-0097"
    text = _written(_decision("a", "000000112"), _decision("b", "000000212", reviewer=ada))
    assert _pairs(text) == [("a", "000000112", "accepted"), ("b", "000000212", "accepted")]
    table = read_table(text, path="x.sssom.tsv")
    assert [(row.cells.get("author_id"), row.cells.get("author_label")) for row in table.rows] == [
        (None, "Ada Lovelace"),
        ("orcid:0000-0002-1825-0097", None),
    ]
    told = ("mapping_justification", "mapping_date", "confidence", "comment")
    assert [table.rows[0].cells[column] for column in told] == [
        "semapv:ManualMappingCuration",
        "2026-11-25",
        "0.91",
        'same country GB; same name "R"',
    ]
    assert check_mapping_sets({"x.sssom.tsv": text}) == ()


def test_files_are_sorted_and_grow_by_single_lines() -> None:
    """The order of decisions leaves no trace; one more is one more line; deciding again replaces."""
    one, two, three = (_decision(thing, "000000112") for thing in "abc")
    assert _written(two, one) == _written(one, two) == _written(one, to=_written(two))
    before, after = _written(one, three).splitlines(), _written(three, two, one).splitlines()
    assert [line for line in after if line not in before] == [after[-2]]
    assert set(before) <= set(after)
    again = _decision("a", "000000112", reviewer="Bea")
    assert _written(again, to=_written(one, two)) == _written(again, two)
    assert _written(again, to=_written(one, two), verdict="unsure") == _written(two)


_BY_HAND = """\
#mapping_set_id: https://example.org/mine
#license: https://creativecommons.org/publicdomain/zero/1.0/
#curie_map:
#    our: https://example.org/id/
#    thing: https://example.org/elsewhere/
#    ror: https://ror.org/
#comment: made by hand
subject_id\treviewer_label\tpredicate_id\tobject_id\tmapping_justification\tpredicate_modifier
our:c\tBea\tskos:exactMatch\tror:000000312\tsemapv:LexicalMatching\tNot
our:b\t"Bea\n""B"" C"\tskos:closeMatch\tror:000000212\tsemapv:MappingReview
"""


def test_what_stood_there_stays_to_the_letter() -> None:
    """Header, other columns, order and quoting of the rows; a row that denies rejects its pair."""
    assert _written(_decision("a", "000000112", "unsure"), to=_BY_HAND) == _BY_HAND
    assert _written(to=_BY_HAND.rstrip()) == _BY_HAND.rstrip()
    assert _pairs(_BY_HAND) == [("c", "000000312", "rejected"), ("b", "000000212", "accepted")]
    ada = "https://orcid.org/0000-0002-1825-0097"
    grown = _written(_decision("d", "000000412", reviewer=ada), to=_BY_HAND)
    before, after = _BY_HAND.splitlines(), grown.splitlines()
    assert [line for line in after if line not in before] == [
        "#    orcid: https://orcid.org/",
        f"{before[7]}\tsubject_label\tobject_label\tauthor_id\tmapping_date\tconfidence\tcomment",
        "our:d\t\tskos:exactMatch\tror:000000412\tsemapv:ManualMappingCuration\t\tThing d\tR"
        '\torcid:0000-0002-1825-0097\t2026-11-25\t0.91\t"same country GB; same name ""R"""',
    ]
    assert [line for line in after if line in before] == [*before[:7], *before[8:]]
    assert _pairs(grown)[-1] == ("d", "000000412", "accepted")
    assert check_mapping_sets({"x.sssom.tsv": grown}) == ()


@pytest.mark.parametrize(
    "head",
    [
        '#curie_map: {thing: "https://example.org/elsewhere/"}\n#mapping_set_id: https://example.org/m\n',
        "#curie_map: {}\n#mapping_set_id: https://example.org/m\n",
        "#curie_map:\n#mapping_set_id: https://example.org/m\n",
        "#mapping_set_id: https://example.org/m\n",
        "#mapping_set_id: https://example.org/m\r\n",
    ],
)
def test_a_header_takes_what_prefixes_it_lacks(head: str) -> None:
    """In whichever style; a name that is taken is numbered; line ends stay as they are."""
    end = head[head.index("/m") + 2 :]
    columns = "\t".join(("subject_id", "predicate_id", "object_id", "mapping_justification"))
    grown = _written(_decision("a", "000000112"), to=f"{head}{columns}{end}")
    assert _pairs(grown) == [("a", "000000112", "accepted")]
    assert grown.splitlines(True)[-1].startswith("thing2:a\t" if "elsewhere" in head else "thing:a\t")
    assert grown.endswith(end)


def test_accepted_rows_are_triples_and_rejected_ones_are_none() -> None:
    """The files are mapping sets that the project reads: a rejected row denies and states nothing."""
    accepted = read_mappings(_written(_decision("a", "000000112")), path="x.sssom.tsv")
    assert [tuple(map(str, triple)) for triple in accepted.triples] == [
        (f"{_THINGS}a", "http://www.w3.org/2004/02/skos/core#exactMatch", "https://ror.org/000000112")
    ]
    rejected = _written(_decision("a", "000000112", "rejected"), verdict="rejected")
    assert "\tNot\t" in rejected
    assert read_mappings(rejected, path="x.sssom.tsv").triples == ()
