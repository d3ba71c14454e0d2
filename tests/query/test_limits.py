"""A query that explodes is stopped at its limit, and what it held is given back."""

import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from rdflib import Dataset, URIRef

from cordiale.model.errors import MachineError, QuerySyntaxError, UsageError
from cordiale.model.problems import Problem
from cordiale.query.answers import Answer
from cordiale.query.engines import OxigraphEngine, QueryEngine, RdflibEngine
from cordiale.query.limits import Limits, each_held_to, held_to
from tests.strategies import triples

_LONG = Limits(seconds=120)


@pytest.fixture(params=[OxigraphEngine, RdflibEngine])
def engine(request: pytest.FixtureRequest) -> QueryEngine:
    """An engine over thirty triples."""
    dataset = Dataset(default_union=True)
    for number in range(30):
        dataset.add((URIRef(f"urn:x:{number}"), URIRef("urn:x:p"), URIRef("urn:x:o")))
    made: QueryEngine = request.param(dataset)
    return made


def _product(patterns: int) -> str:
    every = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(patterns))
    return f"SELECT (COUNT(*) AS ?n) {{ {every} }}"


def test_what_never_ends_is_stopped(engine: QueryEngine) -> None:
    """Thirty to the power of eight rows are too many to count; the child is gone afterwards."""
    begun = time.monotonic()
    with pytest.raises(MachineError, match=r"C593 the query took more than 0\.5 seconds") as caught:
        held_to(Limits(seconds=0.5), lambda: engine.ask(_product(8)))
    assert caught.value.exit_code == 3
    assert time.monotonic() - begun < 60
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_regular_expression_does_not_explode(engine: QueryEngine) -> None:
    """One that backtracks for ever is stopped; Oxigraph's do not backtrack, and it is answered."""
    many = "a" * 40
    text = f'ASK {{ BIND (REGEX("{many}!", "^(a+)+$") AS ?x) FILTER (?x) }}'
    if isinstance(engine, OxigraphEngine):
        assert not held_to(_LONG, lambda: engine.ask(text)).truth
    else:
        with pytest.raises(MachineError, match="C593"):
            held_to(Limits(seconds=1), lambda: engine.ask(text))


def test_too_many_rows_are_refused(engine: QueryEngine) -> None:
    """As many as may be are given, one more is none at all; triples count too."""
    for text in ("SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
        answer = held_to(_LONG, partial(engine.ask, text, most=30))
        assert len(answer.rows) + len(answer.triples) == 30
        with pytest.raises(UsageError, match="C594 the answer has more than 29 rows"):
            held_to(_LONG, partial(engine.ask, text, most=29))


def test_errors_come_through(engine: QueryEngine) -> None:
    """What is wrong with a query is told as it would be without limits."""
    with pytest.raises(QuerySyntaxError) as alone:
        engine.ask("SELECT * { ?s ?p }", path="mine.rq")
    with pytest.raises(QuerySyntaxError) as held:
        held_to(_LONG, lambda: engine.ask("SELECT * { ?s ?p }", path="mine.rq"))
    assert held.value.problems == alone.value.problems


def test_an_engine_that_dies_is_told() -> None:
    """A child that ends without an answer, as one that ran out of memory does."""

    def die() -> Answer:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    with pytest.raises(MachineError, match="C595 the engine ended amid the query"):
        held_to(_LONG, die)


def test_what_needs_too_much_memory_is_stopped(capfd: pytest.CaptureFixture[str]) -> None:
    """Millions of different rows need more than some megabytes; thirty do not, and nothing else is said."""
    dataset = Dataset(default_union=True)
    for number in range(30):
        dataset.add((URIRef(f"urn:x:{number}"), URIRef("urn:x:p"), URIRef("urn:x:o")))
    engine = OxigraphEngine(dataset)
    limits = Limits(seconds=120, memory=30 << 20)
    text = "SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT {names} {{ {patterns} }} }}"

    def product(number: int) -> str:
        names = " ".join(f"?s{at}" for at in range(number))
        return text.format(names=names, patterns=" ".join(f"?s{at} ?p{at} ?o{at} ." for at in range(number)))

    assert held_to(limits, lambda: engine.ask(product(1))).rows
    with pytest.raises(MachineError, match=r"C595 the engine ended amid the query") as caught:
        held_to(limits, lambda: engine.ask(product(5)))
    with pytest.raises(MachineError, match=r"C595"):
        held_to(limits, lambda: Answer(kind="rows", variables=(str(bytearray(1 << 30)),)))
    assert "0.029 GiB" in caught.value.problems[0].remedy
    assert capfd.readouterr() == ("", "")


def test_ctrl_c_stops_it() -> None:
    """An engine that is busy hears nothing; its parent does, and takes it along."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
    timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        held_to(_LONG, _sleep)
    timer.join()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def _told(text: str) -> Answer:
    return Answer(kind="rows", variables=(text,))


def test_many_are_asked_in_one_child() -> None:
    """What is left by one is there for the next; an error ends none of the others; the parent has nothing."""
    made: list[str] = []

    def ask(name: str) -> Answer:
        made.append(name)
        if name == "wrong":
            raise UsageError(Problem(code="C594", message="wrong", remedy="right it"))
        return _told(" ".join(made))

    found = list(each_held_to(_LONG, [partial(ask, name) for name in ("a", "wrong", "b")]))
    assert [found[0], found[2]] == [_told("a"), _told("a wrong b")]
    assert isinstance(found[1], UsageError)
    assert not made
    assert list(each_held_to(_LONG, [])) == []
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_one_that_breaks_a_limit_stops_no_other(tmp_path: Path) -> None:
    """After one that takes too long comes a new child; one that ends a child is asked again in its own."""
    tried = tmp_path / "tried"

    def die(*, always: bool) -> Answer:
        if always or not tried.exists():
            tried.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return _told("alone")

    asks: list[Callable[[], Answer]] = [partial(_told, "a"), partial(die, always=False), _sleep]
    asks += [partial(die, always=True), partial(_told, "b")]
    alone, *found = each_held_to(Limits(seconds=2), asks)
    assert [alone, found[0], found[3]] == [_told("a"), _told("alone"), _told("b")]
    assert [str(each)[:4] for each in found[1:3]] == ["C593", "C595"]


def test_each_has_the_whole_time() -> None:
    """Three that take half of it each are all answered."""

    def ask() -> Answer:
        time.sleep(0.6)
        return _told("late")

    assert list(each_held_to(Limits(seconds=1.2), [ask] * 3)) == [_told("late")] * 3


def _same(answer: Answer) -> Answer:
    return answer


def _sleep() -> Answer:
    time.sleep(100)
    raise AssertionError


@given(triples())
def test_terms_come_back_to_the_letter(triple: tuple[URIRef, URIRef, URIRef]) -> None:
    """Odd literals too, and what is unbound."""
    for answer in (
        Answer(kind="rows", variables=("a", "b", "c", "d"), rows=((*triple, None),)),
        Answer(kind="graph", triples=(triple,)),
        Answer(kind="boolean", truth=True),
    ):
        found = held_to(_LONG, partial(_same, answer))
        assert found == answer
        assert repr(found) == repr(answer)
