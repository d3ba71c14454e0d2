"""What house rules ask for, as small edits of the text: prefixes and order. Comments go with their part."""

from collections.abc import Callable, Collection, Iterator, Sequence

import pyoxigraph as ox

from cordiale.checks.layout import Layout, Statement, read_layout
from cordiale.checks.turtle_style import ordered, subject_key, verb_key
from cordiale.read.edits import Span, permuted, with_comments, without

__all__ = ["fixed_turtle"]


def fixed_turtle(text: str, codes: Collection[str], languages: Sequence[str]) -> str:
    r"""The text with what the codes C320 to C322, C325 and C326 mean put right, as far as lines can be moved.

    It says the same as before; where it would not, it is given back as it was.

    >>> text = "@prefix b: <x:b> .\n@prefix a: <x:a> .\na:s a:p a:o .\n"
    >>> print(fixed_turtle(text, {"C320", "C321"}, ["en"]), end="")
    @prefix a: <x:a> .
    a:s a:p a:o .
    """
    steps: dict[str, Callable[[str], str]] = {
        "C320": _without_unused,
        "C321": _sorted_prefixes,
        "C322": _sorted_blocks,
        "C325": _sorted_verbs,
        "C326": lambda text: _sorted_languages(text, languages),
    }
    fixed = text
    for code, step in steps.items():
        if code in codes:
            fixed = step(fixed)
    return fixed if _said(fixed) == _said(text) else text


def _said(text: str) -> set[ox.Triple]:
    """What a text says, blank nodes named alike however they are written."""
    base = "https://example.org/"
    quads = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base))
    quads.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {quad.triple for quad in quads}


def _prefix_spans(layout: Layout) -> list[Span] | None:
    spans: list[Span] = []
    for prefix in layout.prefixes:
        # What stands above the first is about the file.
        after = spans[-1][1] if spans else prefix.start
        span = with_comments(layout.text, prefix.start, prefix.end, after=after)
        if span is None:
            return None
        spans.append(span)
    return spans


def _without_unused(text: str) -> str:
    layout = read_layout(text)
    spans = _prefix_spans(layout)
    if spans is None:
        return text
    unused = [span for span, each in zip(spans, layout.prefixes, strict=True) if each.name not in layout.used]
    return without(text, unused)


def _sorted_prefixes(text: str) -> str:
    layout = read_layout(text)
    spans = _prefix_spans(layout)
    names = [prefix.name for prefix in layout.prefixes]
    if spans is None or len(set(names)) < len(names):
        return text
    return permuted(text, spans, sorted(range(len(names)), key=names.__getitem__))


def _sorted_blocks(text: str) -> str:
    layout = read_layout(text)
    named = ordered(layout)
    spans = _whole(with_comments(text, each.start, each.end) for each in named)
    if spans is None or not text.endswith("\n"):
        return text
    keys = [subject_key(layout, each) for each in named]
    return permuted(text, spans, sorted(range(len(keys)), key=keys.__getitem__))


def _sorted_verbs(text: str) -> str:
    layout = read_layout(text)
    for block in reversed(layout.statements):
        spans = _verb_spans(text, block)
        if spans is not None:
            keys = [verb_key(layout, verb) for verb in block.verbs]
            text = permuted(text, spans, sorted(range(len(keys)), key=keys.__getitem__))
    return text


def _verb_spans(text: str, block: Statement) -> list[Span] | None:
    """The lines of each predicate, when each ends with a semicolon on a line that it shares with no other."""
    ends = [text.find(";", verb.end) + 1 for verb in block.verbs]
    gaps = [text[verb.end : end] for verb, end in zip(block.verbs, ends, strict=True)]
    if any(end == 0 or gap.strip() != ";" for end, gap in zip(ends, gaps, strict=True)):
        return None
    return _whole(
        with_comments(text, verb.start, end, after=block.start)
        for verb, end in zip(block.verbs, ends, strict=True)
    )


def _sorted_languages(text: str, languages: Sequence[str]) -> str:
    tags = [f"@{language}" for language in languages]
    layout = read_layout(text)
    for block in reversed(layout.statements):
        for verb in reversed(block.verbs):
            tagged = [each for each in verb.objects if len(each) > 1 and each[-1].text.startswith("@")]
            ranks = [tags.index(each[-1].text) if each[-1].text in tags else len(tags) for each in tagged]
            order = sorted(range(len(tagged)), key=ranks.__getitem__)
            text = permuted(text, [(each[0].start, each[-1].end) for each in tagged], order)
    return text


def _whole(spans: Iterator[Span | None]) -> list[Span] | None:
    """The spans, if there are all of them."""
    found = list(spans)
    known = [span for span in found if span is not None]
    return known if len(known) == len(found) else None
