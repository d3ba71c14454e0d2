"""Proofs of what a closure leaves out because it says nothing (left_out.py), such as ``x owl:sameAs x``.

The rules marked ``@trivial`` are read backwards once; what they make of owl:Thing is taken one rule further.
"""

from cordiale.closure.proofs.backward import Backward
from cordiale.closure.proofs.equality_proofs import NumberedStep
from cordiale.closure.proofs.rounds import Numbers, Rounds
from cordiale.closure.rulebook.rules import Rule
from cordiale.closure.sql.compiler import TYPE

__all__ = ["OnDemand"]

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_THING = "<http://www.w3.org/2002/07/owl#Thing>"
_SUBCLASS = f"<{_RDFS}subClassOf>"

# By which rule a class that is wider takes the place of a class, for each predicate.
_WIDENING = {TYPE: "cax-sco", f"<{_RDFS}domain>": "scm-dom1", f"<{_RDFS}range>": "scm-rng1"}

_EVER = 1 << 30  # after every round


class OnDemand:
    """Explains trivial triples, whether or not the closure has them."""

    def __init__(self, rounds: Rounds, rules: tuple[Rule, ...]) -> None:
        self._rounds = rounds
        self._known = frozenset(rule.name for rule in rules)
        self._trivial = Backward(
            rounds, tuple(rule for rule in rules if "trivial" in rule.marks and not rule.is_clash)
        )

    def steps(self, goal: Numbers) -> list[NumberedStep]:
        """Steps to the triple from what the closure has; empty where they are not so simple."""
        return self._directly(goal) or self._of_everything(goal)

    def _directly(self, goal: Numbers) -> list[NumberedStep]:
        instance = self._trivial.best(goal, _EVER)
        return [NumberedStep(instance.rule.name, instance.premises, goal)] if instance else []

    def _of_everything(self, goal: Numbers) -> list[NumberedStep]:
        """That something is in owl:Thing, because it is in a class."""
        rule = _WIDENING.get(self._rounds.text(goal[1]), "")
        if self._rounds.text(goal[2]) != _THING or rule not in self._known:
            return []
        for subject, predicate, class_, _ in self._rounds.matching(goal[0], goal[1], None):
            wider = (class_, self._rounds.number(_SUBCLASS), goal[2])
            premise = (subject, predicate, class_)
            if steps := self._directly(wider):
                premises = (premise, wider) if rule != "cax-sco" else (wider, premise)
                return [*steps, NumberedStep(rule, premises, goal)]
        return []
