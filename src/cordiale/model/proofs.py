"""A proof: rules applied one after another, from asserted triples to what they show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from cordiale.model.terms import Triple

__all__ = ["Proof", "Step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One instance of a rule: if the premises hold, so does the conclusion; ``None`` is ``false``, a clash.

    ``rule`` is its name in OWL 2 Profiles, section 4.3, or in the file of a user. The premises stand in the
    order of the rule, where a list is its triples with rdf:first and rdf:rest. A rule about the values of
    literals (dt-eq, dt-type2) may have no premise.
    """

    rule: str
    premises: tuple[Triple, ...]
    conclusion: Triple | None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Why a triple holds, or why several cannot all hold: ``conclusion`` is ``None`` for a clash.

    A premise of each of the ``steps`` is asserted or is the conclusion of an earlier step; each conclusion
    stands once, and the last step concludes what is shown. An asserted triple has no steps.
    """

    conclusion: Triple | None
    steps: tuple[Step, ...] = ()

    @cached_property
    def by_conclusion(self) -> Mapping[Triple | None, Step]:
        """The step that shows each triple which is not asserted."""
        return {step.conclusion: step for step in self.steps}

    @cached_property
    def asserted(self) -> tuple[Triple, ...]:
        """The asserted triples that it rests on, each once, in the order of their use."""
        if not self.steps:
            return () if self.conclusion is None else (self.conclusion,)
        premises = (premise for step in self.steps for premise in step.premises)
        return tuple(dict.fromkeys(triple for triple in premises if triple not in self.by_conclusion))

    @cached_property
    def height(self) -> int:
        """How many steps lie above one another, at most; 0 for an asserted triple."""
        heights: dict[Triple | None, int] = {}
        for step in self.steps:
            heights[step.conclusion] = 1 + max((heights.get(each, 0) for each in step.premises), default=0)
        return heights.get(self.conclusion, 0)

    def walk(self) -> Iterator[tuple[int, Triple | None, bool]]:
        """The proof as a tree, root first: depth, what is shown there, and whether it was shown before.

        What was shown before is not shown again below.
        """
        seen: set[Triple | None] = set()
        stack: list[tuple[int, Triple | None]] = [(0, self.conclusion)]
        while stack:
            depth, triple = stack.pop()
            step = self.by_conclusion.get(triple)
            again = step is not None and triple in seen
            yield depth, triple, again
            seen.add(triple)
            if step is not None and not again:
                stack.extend((depth + 1, premise) for premise in reversed(step.premises))
