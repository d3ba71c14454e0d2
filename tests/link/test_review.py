"""Reviews go forwards and back; decisions are SSSOM that stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from cordiale.link.candidates import Candidate
from cordiale.link.decisions import Decision, read_decisions, write_decisions
from cordiale.link.review import Proposal, Review, pending
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


def _written(*decisions: Decision) -> str:
    return write_decisions(
        decisions,
        things=_THINGS,
        set_id="https://example.org/set",
        title="Links",
        licence="https://example.org/l",
    )


def test_decisions_are_written_and_read_again() -> None:
    """Reviewer (by name or ORCID), date, evidence and probability survive."""
    decisions = (
        _decision("a", "000000112"),
        _decision("b", "000000212", reviewer="https://orcid.org/0000-0002-1825-0097"),
    )
    assert read_decisions(_written(*decisions), "accepted", path="x.sssom.tsv") == decisions


def test_files_are_sorted_and_grow_by_single_lines() -> None:
    """The order of decisions leaves no trace; one more is one more line; deciding again replaces."""
    one, two, three = (_decision(thing, "000000112") for thing in "abc")
    assert _written(two, one) == _written(one, two)
    before, after = _written(one, three).splitlines(), _written(three, two, one).splitlines()
    assert [line for line in after if line not in before] == [after[-2]]
    assert set(before) <= set(after)
    assert len(_written(one, one).splitlines()) == len(_written(one).splitlines())


def test_accepted_rows_are_triples_and_rejected_ones_are_none() -> None:
    """The files are mapping sets that the project reads: a rejected row denies and states nothing."""
    accepted = read_mappings(_written(_decision("a", "000000112")), path="x.sssom.tsv")
    assert [tuple(map(str, triple)) for triple in accepted.triples] == [
        (f"{_THINGS}a", "http://www.w3.org/2004/02/skos/core#exactMatch", "https://ror.org/000000112")
    ]
    assert read_mappings(_written(_decision("a", "000000112", "rejected")), path="x.sssom.tsv").triples == ()
