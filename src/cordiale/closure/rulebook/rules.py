"""Rules as values: premises and conclusions over triples and over relations that help to find them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from cordiale.model.places import Place

__all__ = [
    "KNOWN_RELATIONS",
    "TRIPLE",
    "Atom",
    "Comparison",
    "Constant",
    "Rule",
    "Term",
    "Tuple",
    "Variable",
    "variables_of",
]

# The relation of an atom that is a triple.
TRIPLE = ""

# Relations about values of literals that no rule makes, and how many arguments each has.
KNOWN_RELATIONS = {"datatype": 1, "value": 2, "no-value": 2, "same-value": 2, "different-values": 2}


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that stands for any term."""

    name: str

    def __str__(self) -> str:
        """As in a rule."""
        return f"?{self.name}"


@dataclass(frozen=True, slots=True)
class Constant:
    """A term, written as in N-Triples."""

    text: str

    def __str__(self) -> str:
        """As in N-Triples."""
        return self.text


@dataclass(frozen=True, slots=True)
class Tuple:
    """Several terms kept as one value, which is equal only to a tuple of the same terms in the same order."""

    parts: tuple["Term", ...]

    def __str__(self) -> str:
        """As in a rule."""
        return f"tuple({', '.join(map(str, self.parts))})"


Term: TypeAlias = Variable | Constant | Tuple


@dataclass(frozen=True, slots=True)
class Atom:
    """A triple (``relation`` is ``TRIPLE``) or a fact of a helper relation."""

    relation: str
    terms: tuple[Term, ...]

    def __str__(self) -> str:
        """As in a rule."""
        if self.relation == TRIPLE:
            return " ".join(map(str, self.terms))
        return f"{self.relation}({', '.join(map(str, self.terms))})"

    @property
    def variables(self) -> frozenset[str]:
        """The names of its variables."""
        return frozenset(name for term in self.terms for name in variables_of(term))


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left != right``: not the same term or value; ``left < right``: two values in their order.

    Names that were made the same are one term to ``!=``.
    """

    operator: str
    left: Term
    right: Term

    def __str__(self) -> str:
        """As in a rule."""
        return f"{self.left} {self.operator} {self.right}"

    @property
    def variables(self) -> frozenset[str]:
        """The names of its variables."""
        return frozenset((*variables_of(self.left), *variables_of(self.right)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """If all of the body holds, so does each of the head; an empty head is ``false``."""

    name: str
    head: tuple[Atom, ...]
    body: tuple[Atom, ...]
    comparisons: tuple[Comparison, ...] = ()
    marks: frozenset[str] = frozenset()
    message: str = ""  # of a clash; variables are written as in the rule
    place: Place = field(default=Place(path=""), compare=False)

    @property
    def is_clash(self) -> bool:
        """Whether the rule concludes ``false``."""
        return not self.head

    def __str__(self) -> str:
        """The rule on one line."""
        marks = "".join(f" @{mark}" for mark in sorted(self.marks))
        body = ", ".join(map(str, (*self.body, *self.comparisons)))
        head = ", ".join(map(str, self.head)) or f'false "{self.message}"'
        return f"{self.name}{marks}: {body} -> {head}"


def variables_of(term: Term) -> Iterator[str]:
    """The names of the variables in a term, in their order."""
    if isinstance(term, Variable):
        yield term.name
    elif isinstance(term, Tuple):
        for part in term.parts:
            yield from variables_of(part)
