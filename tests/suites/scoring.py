"""How a case is scored: by the closure and what goes without saying, or by refutation as well."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from cordiale.closure.engine import Closure, Engine
from cordiale.closure.entailments.entailment import Entailment
from cordiale.model.terms import Triple
from tests.suites.cases import Case, Kind

__all__ = ["Remembering", "answers"]

Decide = Callable[[Engine, Collection[Triple], Collection[Triple]], Entailment]


@dataclass(frozen=True, slots=True)
class Remembering:
    """An engine that closes a graph once, for most premises stand in several cases."""

    engine: Engine
    _closures: dict[frozenset[Triple], Closure] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the engine."""
        return self.engine.name

    def close(self, triples: Collection[Triple]) -> Closure:
        """What follows from the triples."""
        key = frozenset(triples)
        if key not in self._closures:
            self._closures[key] = self.engine.close(key)
        return self._closures[key]


def answers(case: Case, engine: Engine, decide: Decide) -> bool:
    """Whether the engine gives the answer that the case asks for."""
    if case.kind in (Kind.POSITIVE, Kind.NEGATIVE):
        answer = decide(engine, case.premise, case.conclusion)
        return answer.is_entailed == (case.kind is Kind.POSITIVE)
    return bool(engine.close(case.premise).clashes) == (case.kind is Kind.INCONSISTENT)
