"""The loss report: counts stay few, rows tell all."""

from cordiale.link.loss import Losses, loss
from cordiale.model.places import Place
from cordiale.model.problems import Severity


def test_things_of_one_kind_are_counted_together() -> None:
    """Ids, names with quotation marks in them, and what follows a colon do not make another kind."""
    losses = Losses()
    messages = [
        ("C703", 'Q1 has no label in fr; it is called "a"'),
        ("C703", 'Q22 has no label in fr; it is called "the "Old" Tower"'),
        ("C703", '013meh722 has no label in fr; it is called "a\nb"'),
        ("C705", "parent of 013meh722 is a record that was not imported: 052gg0110"),
        ("C705", "parent of 02feahw73 is a record that was not imported: 041kmwe10"),
        ("C704", "no term says P1"),
        ("C704", "no term says P2"),
    ]
    rows = [
        losses.add(loss(code, Severity.WARNING, message, "", Place(path="x.json", line=line)))
        for line, (code, message) in enumerate(messages, start=1)
    ]
    assert [(kind.code, kind.count, kind.message) for kind in losses.kinds()] == [
        ("C703", 3, "… has no label in fr; it is called …"),
        ("C705", 2, "parent of … is a record that was not imported: …"),
        ("C704", 1, "no term says P1"),
        ("C704", 1, "no term says P2"),
    ]
    assert rows[2] == 'x.json\t3\tC703\tmended\t013meh722 has no label in fr; it is called "a b"\n'


def test_what_was_refused_comes_first() -> None:
    """Of each outcome the most frequent first; only the first places are kept."""
    losses = Losses()
    told = [("C706", Severity.INFO)] * 5 + [("C700", Severity.VIOLATION), ("C703", Severity.WARNING)]
    for line, (code, severity) in enumerate(told, start=1):
        losses.add(loss(code, severity, "x", "", Place(path="x.json", line=line)))
    assert [(kind.outcome, kind.count, len(kind.places)) for kind in losses.kinds()] == [
        ("refused", 1, 1),
        ("mended", 1, 1),
        ("kept", 5, 3),
    ]
    assert [losses.count(outcome) for outcome in ("refused", "mended", "kept")] == [1, 1, 5]
