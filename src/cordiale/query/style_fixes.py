"""What house rules ask of the prefixes of a query, done as small edits of its text."""

from collections.abc import Collection

from cordiale.query.style import declared_prefixes, used_prefixes
from cordiale.query.tokens import read_tokens
from cordiale.read.edits import Span, permuted, with_comments, without

__all__ = ["fixed_query"]


def fixed_query(text: str, codes: Collection[str]) -> str:
    """The text with unused prefixes gone (C462) and the others in order (C463), where each has its line.

    >>> print(fixed_query("PREFIX b: <x:b>\\nPREFIX a: <x:a>\\nASK { a:s ?p b:o }\\n", {"C463"}), end="")
    PREFIX a: <x:a>
    PREFIX b: <x:b>
    ASK { a:s ?p b:o }
    """
    if "C462" in codes and (spans := _spans(text)):
        query = read_tokens(text, path="query")
        used = used_prefixes(query)
        declared = declared_prefixes(query)
        unused = [span for span, each in zip(spans, declared, strict=True) if each.name not in used]
        text = without(text, unused)
    if "C463" in codes and (spans := _spans(text)):
        names = [each.name for each in declared_prefixes(read_tokens(text, path="query"))]
        if len(set(names)) == len(names):
            text = permuted(text, spans, sorted(range(len(names)), key=names.__getitem__))
    return text


def _spans(text: str) -> list[Span] | None:
    spans: list[Span] = []
    for each in declared_prefixes(read_tokens(text, path="query")):
        span = with_comments(text, each.start, each.end, after=spans[-1][1] if spans else each.start)
        if span is None:
            return None
        spans.append(span)
    return spans
