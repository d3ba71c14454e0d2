"""Candidates for a text or a thing, each with a probability and what it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cordiale.link.calibration import calibrate
from cordiale.link.evidence import Match, matches
from cordiale.link.lookup import Lookup
from cordiale.link.misspelt import Speller
from cordiale.link.model import Model, read_model
from cordiale.link.names import Word, words
from cordiale.link.pair_evidence import PAIR_FEATURES, pairs
from cordiale.link.records import Record
from cordiale.link.register import Register
from cordiale.link.rivals import standing
from cordiale.link.wording import worded

__all__ = ["Candidate", "Linker"]

_CLOSE = 0.15  # of probability; who is nearer to the best than this is too close to call
# By what the odds are multiplied where both sides name what each is part of. No labelled pair says so on both
# sides, so this alone is set by hand: few share a parent by chance, and registers often leave one out.
_SAME_PARENT, _OTHER_PARENT = 15.0, 0.5
_PARENT = PAIR_FEATURES.index("parent")
_SPELLING, _LIKE = PAIR_FEATURES.index("spelling"), 60  # in per cent
_BATCH = 256  # texts weighed together
_LONGEST = 4000  # characters of a text that are read


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A record that a text or a thing may mean."""

    id: str  # IRI
    label: str
    probability: float  # calibrated: of ten candidates with 0.9, nine are right
    accepted: bool  # whether it counts as the link, if nobody looks
    close: tuple[str, ...]  # ids of others for the same words that are too close to call
    evidence: tuple[str, ...]
    words: str = ""  # of the text that it is for


class Linker:
    """Finds candidates in one register."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._lookup = Lookup(register.index)
        self._speller = Speller(register.index.vocabulary)

    def mentions(self, texts: Iterable[str], *, least: float = 0.05) -> Iterator[tuple[Candidate, ...]]:
        """For each text, such as an affiliation, the records that it names, the likeliest first.

        Candidates with a probability below ``least`` are left out.
        """
        model = read_model("affiliations")
        remaining = iter(texts)
        while batch := list(islice(remaining, _BATCH)):
            read = [self._speller.read(words(text[:_LONGEST])) for text in batch]
            groups = [matches(text, self.register, self._lookup) for text in read]
            sure = iter(self._probabilities(groups, model))
            for text, group in zip(read, groups, strict=True):
                yield self._named(text, group, list(islice(sure, len(group))), model.accept, least)

    def same(self, thing: Record, *, least: float = 0.02) -> tuple[Candidate, ...]:
        """The records that may be the thing, the likeliest first."""
        model = read_model("pairs")
        found = pairs(thing, self.register, self._lookup)
        scores = model.alone.probability([pair.features for pair in found])
        sure = [
            _with_parents(chance, pair.features[_PARENT])
            for chance, pair in zip(calibrate(scores, model.corners).tolist(), found, strict=True)
        ]
        order = sorted(range(len(found)), key=lambda each: (-sure[each], -scores[each], found[each].record))
        kept = [each for each in order if sure[each] >= least]
        if kept:
            # A part of the likeliest, or what it is part of, by a like name: both are there, and mixed up.
            kin = self._kin(found[kept[0]].record, [pair.record for pair in found])
            kept += [
                each
                for each in order
                if each not in kept and found[each].record in kin and found[each].features[_SPELLING] >= _LIKE
            ]
        near = [each for each in kept if sure[kept[0]] - sure[each] < _CLOSE] if kept else []
        return tuple(
            self._candidate(
                found[each].record,
                sure[each],
                found[each].evidence,
                accepted=rank == 0 and sure[each] >= model.accept and len(near) == 1,
                close=[found[other].record for other in near if other != each] if each in near else [],
            )
            for rank, each in enumerate(kept)
        )

    def _kin(self, row: int, among: Sequence[int]) -> frozenset[int]:
        parents = self.register.parents
        return frozenset(other for other in among if row in parents(other) or other in parents(row))

    def _probabilities(self, groups: Sequence[Sequence[Match]], model: Model) -> list[float]:
        first = model.alone.probability([match.features for group in groups for match in group]).tolist()
        if model.among is None:
            return [float(each) for each in calibrate(first, model.corners)]
        scores = iter(first)
        rows = [
            row
            for group in groups
            for row in standing(group, list(islice(scores, len(group))), self.register)
        ]
        return [float(each) for each in calibrate(model.among.probability(rows), model.corners)]

    def _named(
        self, text: Sequence[Word], group: Sequence[Match], sure: Sequence[float], accept: float, least: float
    ) -> tuple[Candidate, ...]:
        order = sorted(range(len(group)), key=lambda each: (-sure[each], group[each].record))
        kept = [each for each in order if sure[each] >= least]
        made = []
        for each in kept:
            match = group[each]
            near = [
                other
                for other in kept
                if other != each and group[other].at == match.at and abs(sure[other] - sure[each]) < _CLOSE
            ]
            made.append(
                self._candidate(
                    match.record,
                    sure[each],
                    worded(match, text, self.register),
                    accepted=sure[each] >= accept,
                    close=[group[other].record for other in near],
                    said=" ".join(word.written for word in text[match.found.start : match.found.end]),
                )
            )
        return tuple(made)

    def _candidate(
        self,
        row: int,
        probability: float,
        evidence: Sequence[str],
        *,
        accepted: bool,
        close: Sequence[int],
        said: str = "",
    ) -> Candidate:
        record = self.register.record(row)
        return Candidate(
            id=record.id,
            label=record.label,
            probability=round(probability, 3),
            accepted=accepted,
            close=tuple(self.register.ids[other] for other in close),
            evidence=tuple(evidence),
            words=said,
        )


def _with_parents(chance: float, parents: float) -> float:
    odds = chance / (1 - chance) * {1.0: _SAME_PARENT, -1.0: _OTHER_PARENT}.get(parents, 1.0)
    return odds / (1 + odds)
