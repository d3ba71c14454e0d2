"""A review of candidates: one at a time, each decision can be taken back until the review is left."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cordiale.link.candidates import Candidate

__all__ = ["Proposal", "Review", "pending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A thing of the graph, and one record that it may be."""

    thing: str  # IRI
    label: str
    description: tuple[str, ...]  # what is known of the thing
    candidate: Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Where a review stands: a value, so that taking back is going to the one before."""

    proposals: tuple[Proposal, ...]
    verdicts: tuple[str, ...] = ()  # of the first proposals: accepted, rejected, unsure, skipped

    @property
    def current(self) -> Proposal | None:
        """What is to be decided next; None when all is."""
        return self.proposals[len(self.verdicts)] if len(self.verdicts) < len(self.proposals) else None

    def decide(self, verdict: str) -> "Review":
        """The review one decision on; once a thing is accepted its other candidates are skipped."""
        decided = replace(self, verdicts=(*self.verdicts, verdict))
        while (following := decided.current) and decided._has(following.thing):
            decided = replace(decided, verdicts=(*decided.verdicts, "passed"))
        return decided

    def undo(self) -> "Review":
        """The review before the last decision of a person."""
        verdicts = self.verdicts
        while verdicts and verdicts[-1] == "passed":
            verdicts = verdicts[:-1]
        return replace(self, verdicts=verdicts[:-1])

    def decided(self) -> tuple[tuple[Proposal, str], ...]:
        """What was accepted, rejected or left unsure, with its verdict."""
        return tuple(
            (proposal, verdict)
            for proposal, verdict in zip(self.proposals, self.verdicts, strict=False)
            if verdict in ("accepted", "rejected", "unsure")
        )

    def _has(self, thing: str) -> bool:
        return any(
            proposal.thing == thing and verdict == "accepted"
            for proposal, verdict in zip(self.proposals, self.verdicts, strict=False)
        )


def pending(proposals: Iterable[Proposal], settled: Iterable[tuple[str, str]]) -> tuple[Proposal, ...]:
    """The proposals on which nobody has decided; ``settled`` are pairs of thing and record."""
    known = frozenset(settled)
    return tuple(each for each in proposals if (each.thing, each.candidate.id) not in known)
