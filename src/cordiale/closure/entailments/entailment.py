"""Whether a graph follows from another: by the rules alone, or also by refutation.

Yes is always right, for a sound engine. No means "not shown": OWL 2 RL/RDF rules are complete only for
facts about names, from premises of the profile (its theorem PR1); refutation adds what ``goals`` says.
Class expressions that blank nodes of a conclusion define are taken to exist (see ``expressions``).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cordiale.closure.engine import Clash, Closure, Engine
from cordiale.closure.entailments.goals import Prover, read_goals
from cordiale.closure.entailments.instances import Budget, components, instance
from cordiale.closure.entailments.refutation import Worlds
from cordiale.model.terms import Node, Triple

__all__ = ["Entailment", "How", "Reason", "entails", "follows"]

_CLOSURES = 200
_STEPS = 100_000


class How(StrEnum):
    """In which way a triple of a conclusion holds."""

    STATED = "stated"
    INFERRED = "inferred"
    DECIDED = "decided when asked"
    DEFINED = "defines a class"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one triple of a conclusion holds.

    ``triple`` is the conclusion's, with each blank node as what it stands for in the premises. ``rule`` is
    named where it was decided when asked. It was shown when it is known wherever ``assumed`` holds (of names
    that stand in no graph, ``urn:cordiale:witness:1``), or when its opposite, also assumed, led to clashes.
    """

    triple: Triple
    how: How
    rule: str = ""
    assumed: tuple[Triple, ...] = ()
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entailment:
    """The answer to whether a conclusion follows.

    ``missing`` are the triples of the parts that were not shown. ``clashes`` are those of the premises: when
    there are any, everything follows in the strict sense, and only what the rules reach is counted.
    ``is_limited`` says that the work limit was reached.
    """

    reasons: tuple[Reason, ...]
    missing: tuple[Triple, ...]
    clashes: tuple[Clash, ...] = ()
    is_limited: bool = False

    @property
    def is_entailed(self) -> bool:
        """Whether all of the conclusion was shown."""
        return not self.missing


def follows(
    engine: Engine,
    premises: Collection[Triple],
    conclusion: Collection[Triple],
    *,
    closure: Closure | None = None,
) -> Entailment:
    """Whether the conclusion is an instance of what the rules, and they alone, make of the premises.

    ``closure`` is that of the premises, where it is already there.

    Raises:
        SourceError: an axiom among the premises has a form that the engine cannot work with.
    """
    question = _Question(engine, premises, closure)
    return question.answer([(part, question.by_rules(part)) for part in components(conclusion)])


def entails(
    engine: Engine,
    premises: Collection[Triple],
    conclusion: Collection[Triple],
    *,
    closure: Closure | None = None,
) -> Entailment:
    """Whether the conclusion follows, by the rules or by refutation.

    ``closure`` is that of the premises, where it is already there.

    Raises:
        SourceError: an axiom among the premises has a form that the engine cannot work with.
    """
    question = _Question(engine, premises, closure)
    found = []
    for part in components(conclusion):
        reasons = question.by_rules(part)
        if reasons is None and not question.base.clashes:
            reasons = question.by_refutation(part)
        found.append((part, reasons))
    return question.answer(found)


class _Question:
    """The premises of one question, closed, and what was spent on them."""

    def __init__(self, engine: Engine, premises: Collection[Triple], closure: Closure | None) -> None:
        self._budget = Budget(left=_STEPS)
        self._worlds = Worlds(engine, premises, Budget(left=_CLOSURES))
        self.base = self._worlds.base(closure)
        self._stated = frozenset(self.base.known.canonical(triple) for triple in premises)

    def answer(self, parts: Collection[tuple[tuple[Triple, ...], tuple[Reason, ...] | None]]) -> Entailment:
        """What was found about each part."""
        return Entailment(
            reasons=tuple(reason for _, reasons in parts if reasons for reason in reasons),
            missing=tuple(triple for part, reasons in parts if reasons is None for triple in part),
            clashes=self.base.clashes,
            is_limited=min(self._budget.left, self._worlds.budget.left) < 0,
        )

    def by_rules(self, part: tuple[Triple, ...]) -> tuple[Reason, ...] | None:
        """The reasons why the part is an instance of what is known."""
        known = self.base.known
        pattern = [known.canonical(triple) for triple in part]
        chosen = instance(pattern, known.facts, lambda triple: known.rule(triple) is not None, self._budget)
        if chosen is None:
            return None
        return tuple(self._known(_filled(triple, chosen)) for triple in pattern)

    def by_refutation(self, part: tuple[Triple, ...]) -> tuple[Reason, ...] | None:
        """The reasons why the part follows, what the rules do not reach included."""
        known = self.base.known
        goals = read_goals([known.canonical(triple) for triple in part])
        prover = Prover(self._worlds, self.base, goals)

        def shown(goal: Triple) -> bool:
            return known.rule(goal) is not None or prover.why(goal) is not None

        chosen = instance(list(goals.triples), known.facts, shown, self._budget)
        if chosen is None:
            return None
        reasons: dict[Triple, Reason] = {}
        for goal, stands_for in goals.triples.items():
            filled = _filled(goal, chosen)
            why = None if known.rule(filled) is not None else prover.why(filled)
            for triple in stands_for:
                if why is None:
                    reasons[triple] = self._known(_filled(triple, chosen))
                else:
                    reasons[triple] = Reason(
                        triple=_filled(triple, chosen),
                        how=How.SHOWN,
                        assumed=why.assumed,
                        clashes=why.clashes,
                    )
        return tuple(
            reasons.get(triple) or Reason(triple=triple, how=How.DEFINED)
            for triple in (known.canonical(triple) for triple in part)
        )

    def _known(self, triple: Triple) -> Reason:
        rule = self.base.known.rule(triple)
        if rule:
            return Reason(triple=triple, how=How.DECIDED, rule=rule)
        return Reason(triple=triple, how=How.STATED if triple in self._stated else How.INFERRED)


def _filled(triple: Triple, chosen: Mapping[Node, Node]) -> Triple:
    subject, predicate, object_ = triple
    return chosen.get(subject, subject), predicate, chosen.get(object_, object_)
