"""Differences between two states of a project as text, as Markdown for a pull request, and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cordiale.model.places import Place
from cordiale.model.terms import Node
from cordiale.project.conflicts import said_in_short
from cordiale.project.differences import AnswerChange, Change, ConflictChange, Differences
from cordiale.project.knowledge_graph import KnowledgeGraph

__all__ = ["Told", "as_json", "as_markdown", "as_text"]

_MOST_LINES = 80  # of a section in Markdown: a comment on a pull request may have 65,536 characters
_MOST_WIDTH = 160  # characters of such a line
_MOST_PLACES = 3  # of one change; JSON has all


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Differences with what it takes to tell them: the two graphs, and what they are called."""

    found: Differences
    before: KnowledgeGraph
    after: KnowledgeGraph
    names: tuple[str, str]


def as_text(told: Told) -> str:
    """All of it, in plain lines: what is gained begins with a plus, what is lost with a minus."""
    parts = [f"{told.names[0]} -> {told.names[1]}"]
    for title, lines in _sections(told):
        parts += ["", title, *(f"  {line}" for line in lines)]
    return "\n".join(parts) + "\n"


def as_markdown(told: Told) -> str:
    """A comment for a pull request: what is long is folded, and cut where it is too long."""
    parts = [f"### What changes from `{_plain(told.names[0])}` to `{_plain(told.names[1])}`"]
    for title, lines in _sections(told):
        if not lines:
            parts += ["", f"**{title}**"]
            continue
        shown = [line if len(line) <= _MOST_WIDTH else f"{line[: _MOST_WIDTH - 1]}…" for line in lines]
        more = [f"  … and {len(shown) - _MOST_LINES} lines more"] if len(shown) > _MOST_LINES else []
        body = [_plain(line) for line in (*shown[:_MOST_LINES], *more)]
        parts += [
            "",
            f"<details><summary><b>{title}</b></summary>",
            "",
            "```diff",
            *body,
            "```",
            "</details>",
        ]
    return "\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """A text that ends no fence and no code."""
    return text.replace("`", "'")


def _sections(told: Told) -> Iterator[tuple[str, list[str]]]:
    found = told.found
    for kind, gained, lost in (
        ("stated", found.stated_gained, found.stated_lost),
        ("inferred", found.inferred_gained, found.inferred_lost),
    ):
        title = f"{_counted(len(gained), f'{kind} triple')} gained, {len(lost)} lost"
        lines = [*_triples("-", lost, told.before), *_triples("+", gained, told.after)]
        yield title, lines
        if kind == "stated" and (found.more_sources or found.fewer_sources):
            title = f"{_counted(len(found.more_sources), 'triple')} with more sources, "
            title += f"{len(found.fewer_sources)} with fewer"
            lines = [*_triples("-", found.fewer_sources, told.before)]
            yield title, [*lines, *_triples("+", found.more_sources, told.after)]
    title = f"{_counted(len(found.opened), 'conflict')} opened, {len(found.closed)} closed"
    yield title, [*_conflicts("-", found.closed, told.before), *_conflicts("+", found.opened, told.after)]
    title = f"{_counted(len(found.answers), 'stored answer')} changed"
    yield title, [line for each in found.answers for line in _answer(each, told)]


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def _triples(sign: str, changes: Iterable[Change], kg: KnowledgeGraph) -> Iterator[str]:
    for each in changes:
        words = " ".join(map(kg.names.written, each.triple))
        remains = {"-": "  (still follows)", "+": "  (followed before)"}[sign] if each.remains else ""
        yield f"{sign} {_line(words)}{remains}"
        yield from _places(each.places)


def _conflicts(sign: str, changes: Iterable[ConflictChange], kg: KnowledgeGraph) -> Iterator[str]:
    for each in changes:
        conflict = each.conflict
        said = "; ".join(said_in_short(kg, message) for message in conflict.messages)
        values = ", ".join(map(kg.names.written, conflict.values))
        yield f"{sign} {_line(said)}{f' ({values})' if values else ''}"
        if conflict.known is not None:
            yield f"    acknowledged: {_line(conflict.known.reason)}"
        elif sign == "+":
            yield "    not acknowledged: a build fails"
        yield from (f"    {' + '.join(sources)}" for sources in conflict.sets[:_MOST_PLACES])
        yield from _places(each.places)


def _answer(each: AnswerChange, told: Told) -> Iterator[str]:
    note = f" ({each.note})" if each.note else ""
    yield f"@ {each.question}: {_line(each.summary)}{note}"
    for sign, rows, kg in (("-", each.loses, told.before), ("+", each.gains, told.after)):
        for row in rows:
            cells = (kg.names.written(term) if term is not None else "" for term in row)
            yield f"{sign} {_line(' | '.join(cells))}"
    yield from _places(each.places)


def _places(places: Sequence[Place]) -> Iterator[str]:
    if places:
        left = len(places) - _MOST_PLACES
        more = f" and {left} more" if left > 0 else ""
        yield f"    {', '.join(map(str, places[:_MOST_PLACES]))}{more}"


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def as_json(told: Told) -> str:
    """All of it as a JSON object; terms as in N-Triples."""
    found = told.found
    content = {
        "before": told.names[0],
        "after": told.names[1],
        "stated": {"gained": _changes(found.stated_gained), "lost": _changes(found.stated_lost)},
        "sources": {"more": _changes(found.more_sources), "fewer": _changes(found.fewer_sources)},
        "inferred": {"gained": _changes(found.inferred_gained), "lost": _changes(found.inferred_lost)},
        "conflicts": {"opened": _opened(found.opened), "closed": _opened(found.closed)},
        "answers": [
            {
                "question": each.question,
                "variables": each.variables,
                "loses": [[_term(term) for term in row] for row in each.loses],
                "gains": [[_term(term) for term in row] for row in each.gains],
                "note": each.note or None,
                "places": _placed(each.places),
            }
            for each in found.answers
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _changes(changes: Iterable[Change]) -> list[dict[str, object]]:
    return [
        {
            "subject": each.triple[0].n3(),
            "predicate": each.triple[1].n3(),
            "object": each.triple[2].n3(),
            "remains": each.remains,
            "places": _placed(each.places),
        }
        for each in changes
    ]


def _opened(changes: Iterable[ConflictChange]) -> list[dict[str, object]]:
    return [
        {
            "rule": each.conflict.rule,
            "about": [term.n3() for term in each.conflict.about],
            "values": [term.n3() for term in each.conflict.values],
            "sets": each.conflict.sets,
            "withdrawals": each.conflict.withdrawals,
            "acknowledged": each.conflict.known.reason if each.conflict.known else None,
            "places": _placed(each.places),
        }
        for each in changes
    ]


def _placed(places: Iterable[Place]) -> list[dict[str, object]]:
    return [{"path": place.path, "line": place.line, "column": place.column} for place in places]


def _term(term: Node | None) -> str | None:
    return None if term is None else term.n3()
