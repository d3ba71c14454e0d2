"""Views: which sources are believed, and how many it takes."""

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["EVERYTHING", "Policy", "View"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What somebody wants to believe, as it is written on the command line or in ``[tool.cordiale.views]``.

    ``without`` names sources, folders, identifiers, publishers or tiers, or is a SELECT query over what they
    state; ``min_sources`` is how many withdrawals it takes to make a triple fall; ``min_reliability`` is that
    of a document's tier, from 0 to 1; ``as_of`` is a date: what was published later is out, and with
    ``dated_only`` what shows no date.
    """

    without: tuple[str, ...] = ()
    min_sources: int = 1
    min_reliability: Decimal | None = None
    as_of: str = ""
    dated_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The sources that are out, by name, those that rest on nothing else included; and how many it takes.

    A triple is believed when it holds without the sources that are out, whichever ``least - 1`` more of them
    were to go. ``undated`` are sources that stay in because their date is not known.
    """

    out: frozenset[str] = frozenset()
    least: int = 1
    undated: tuple[str, ...] = ()


EVERYTHING = Policy()
