"""The rules of a project that say what cannot all be right: they conclude ``false``, or helper relations."""

from cordiale.closure.rulebook.rule_parser import parse_rules, read_rule_set
from cordiale.closure.rulebook.rules import TRIPLE, Rule
from cordiale.model.errors import SourceError
from cordiale.model.problems import Problem

__all__ = ["parse_conflict_rules"]


def parse_conflict_rules(text: str, *, path: str) -> tuple[Rule, ...]:
    """The rules in a text, which is written as ``owl2rl.rules`` tells.

    Raises:
        SourceError: C610, with line and column of what is no rule; C612, of a rule that adds triples.
    """
    rules = parse_rules(text, path=path, known=read_rule_set("owl2rl"))
    wrong = [rule for rule in rules if rule.marks or any(atom.relation == TRIPLE for atom in rule.head)]
    if wrong:
        raise SourceError(*map(_wrong, wrong))
    return rules


def _wrong(rule: Rule) -> Problem:
    what = "has a mark" if rule.marks else "adds triples"
    return Problem(
        code="C612",
        message=f"{rule.name}: a conflict rule {what}",
        remedy='let it conclude false "what cannot be": what follows from what is for the ontology to say',
        place=rule.place,
    )
