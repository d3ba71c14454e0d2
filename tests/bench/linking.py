"""Links measured on labelled data, beside two baselines: ``python -m tests.bench.linking``.

Figures on the development sets are of five folds: each text is judged by models that saw no text of its fold.
``--gold FILE`` judges the models as they are shipped on another labelled set of affiliations, ``--pairs
FILE`` on another set of pairs; ``--plot FILE`` draws the precision-recall curve as SVG.
"""

import argparse
import csv
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from cordiale.link.candidates import Linker
from cordiale.link.model import read_model
from cordiale.link.names import fold
from cordiale.link.register import Register
from cordiale.link.register_file import open_register
from tests.bench.linking_data import affiliations, institutions, register, ror_against_wikidata, texts
from tests.bench.linking_models import cross_validated, cross_validated_pairs
from tests.bench.linking_plot import plot

__all__ = ["main"]

_DEV = "datasets/linking-gold/affiliation_to_ror.dev.jsonl"
_EVERY = 16  # texts that the slow baseline is measured on
_PAIRS = "datasets/linking-gold/ror_wikidata_pairs_with_labels.dev.tsv"
Curve = tuple[NDArray[np.float64], NDArray[np.float64]]  # recall, precision


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--gold", type=Path)
    options.add_argument("--pairs", type=Path)
    options.add_argument("--plot", type=Path)
    options.add_argument("--kept", type=Path, help="a folder in which the registers are kept")
    given = options.parse_args()
    shared = Path(os.environ.get("CORDIALE_SHARED", Path(__file__).parents[3] / "shared"))
    with TemporaryDirectory() as folder:
        kept = given.kept or Path(folder)
        began = time.perf_counter(), time.process_time()
        ror = register(shared, "ror", kept)
        _row("index of ROR", f"{len(ror):,} records", seconds=_since(began))
        began = time.perf_counter(), time.process_time()
        ror = open_register(kept / "ror")
        _row("index of ROR opened", "", seconds=_since(began))
        _affiliations(ror, given.gold or shared / _DEV, is_dev=given.gold is None, draw=given.plot)
        wikidata = register(shared, "wikidata", kept)
        _wikidata(shared, ror, wikidata, given.pairs or shared / _PAIRS, is_dev=given.pairs is None)
        _speed(kept / "ror", [row["text"] for row in texts(shared / _DEV)])


def _affiliations(ror: Register, gold: Path, *, is_dev: bool, draw: Path | None) -> None:
    rows = texts(gold)
    wanted = {(number, iri) for number, row in enumerate(rows) for iri in row["ror"]}
    if is_dev:
        data = affiliations(gold, ror)
        _, _, sure = cross_validated(data, ror)
        scored = [(int(text), ror.ids[row], chance) for text, row, chance in
                  zip(data.group, data.rows, sure.tolist(), strict=True)]  # fmt: skip
    else:
        found = Linker(ror).mentions((row["text"] for row in rows), least=0.0)
        scored = [(text, each.id, each.probability) for text, group in enumerate(found) for each in group]
    print(f"\nAffiliations to ROR: {len(rows):,} texts, {len(wanted):,} links ({gold.name})")
    curves = {"cordiale": _curve(scored, wanted), "exact normalised name": _curve(_exact(rows, ror), wanted)}
    # Held against all names, one text takes half a second.
    some = range(0, len(rows), _EVERY)
    part = {pair for pair in wanted if pair[0] in some}
    curves[f"token set, 1 in {_EVERY}"] = _curve(_token_set(rows, some, ror), part)
    curves[f"cordiale, 1 in {_EVERY}"] = _curve([each for each in scored if each[0] in some], part)
    for name, (recall, precision) in curves.items():
        best = int(np.argmax(_f1(recall, precision)))
        at = np.flatnonzero(recall >= 0.8)
        high = np.flatnonzero(precision >= 0.95)
        _row(
            name,
            f"best F1 {_f1(recall, precision)[best]:.3f} (P {precision[best]:.3f}, R {recall[best]:.3f})",
            f"P at R 0.80: {precision[at[0]]:.3f}" if len(at) else "never R 0.80",
            f"R at P 0.95: {recall[high[-1]]:.3f}" if len(high) else "never P 0.95",
        )
    _calibration(scored, wanted)
    if draw:
        draw.write_text(plot(curves), encoding="utf-8")


def _calibration(scored: Sequence[tuple[int, str, float]], wanted: set[tuple[int, str]]) -> None:
    print("  said   right  candidates")
    for low, high in ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.85), (0.85, 0.95), (0.95, 1.01)):
        inside = [(text, iri) in wanted for text, iri, chance in scored if low <= chance < high]
        if inside:
            print(f"  {low:.2f}   {np.mean(inside):.3f}  {len(inside):,}")


def _curve(scored: Sequence[tuple[int, str, float]], wanted: set[tuple[int, str]]) -> Curve:
    """Recall and precision at each threshold; equal scores are one threshold."""
    order = sorted(scored, key=lambda each: -each[2])
    right = np.cumsum([(text, iri) in wanted for text, iri, _ in order])
    scores = np.array([each[2] for each in order])
    last = np.flatnonzero(np.append(np.diff(scores) != 0, True))
    return right[last] / len(wanted), right[last] / (last + 1)


def _f1(recall: NDArray[np.float64], precision: NDArray[np.float64]) -> NDArray[np.float64]:
    return 2 * recall * precision / np.maximum(recall + precision, 1e-9)


def _exact(rows: Sequence[dict[str, Any]], ror: Register) -> list[tuple[int, str, float]]:
    """Each part of a text between commas that is a name of a record, but for case and accents."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for row in range(len(ror)):
        for name in ror.record(row).names:
            bearers[_normal(name.text)].add(ror.ids[row])
    found: dict[tuple[int, str], float] = {}
    for number, given in enumerate(rows):
        for part in (given["text"], *given["text"].replace(";", ",").split(",")):
            named = bearers.get(_normal(part), ())
            for iri in named:
                found[number, iri] = max(found.get((number, iri), 0), 1 / len(named))
    return [(number, iri, score) for (number, iri), score in found.items()]


def _token_set(rows: Sequence[dict[str, Any]], some: range, ror: Register) -> list[tuple[int, str, float]]:
    """The record of the likeliest name by rapidfuzz's token set ratio, over all names but acronyms."""
    names, ids = [], []
    for row in range(len(ror)):
        for name in ror.record(row).names:
            if name.kind != "acronym":
                names.append(_normal(name.text))
                ids.append(ror.ids[row])
    found = []
    for number in some:
        best = process.extractOne(_normal(rows[number]["text"]), names, scorer=fuzz.token_set_ratio)
        if best:
            found.append((number, ids[best[2]], best[1]))
    return found


def _normal(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def _wikidata(shared: Path, ror: Register, wikidata: Register, gold: Path, *, is_dev: bool) -> None:
    with gold.open(encoding="utf-8") as lines:
        pairs = [(row["ror"], row["qid"]) for row in csv.DictReader(lines, delimiter="\t")]
    accept = read_model("pairs").accept
    print(f"\nROR to Wikidata: {len(pairs):,} pairs among {len(wikidata):,} items ({gold.name})")
    if is_dev:
        data = ror_against_wikidata(gold, ror, wikidata, others=3000)
        sure, _ = cross_validated_pairs(data, institutions(shared, ror))
        best: dict[int, tuple[float, bool]] = {}
        for group, chance, is_right in zip(
            data.group.tolist(), sure.tolist(), data.right.tolist(), strict=True
        ):
            best[group] = max(best.get(group, (0.0, False)), (chance, is_right))
        answers = [
            is_right for group, (chance, is_right) in best.items() if chance >= accept and group < len(pairs)
        ]
        absent = [chance >= accept for group, (chance, _) in best.items() if group >= len(pairs)]
        _row("of no item there", f"{sum(absent)} of {len(absent):,} records linked all the same")
    else:
        linker, answers = Linker(wikidata), []
        for iri, qid in pairs:
            # What the registry itself says of Wikidata is the answer.
            found = linker.same(replace(ror.record(ror.row[iri]), identifiers=()))
            if found and found[0].probability >= accept:
                answers.append(found[0].id.endswith(f"/{qid}"))
    right = sum(answers)
    _row(
        "cordiale",
        f"F1 {2 * right / (len(answers) + len(pairs)):.3f}",
        f"(P {right / len(answers):.3f}, R {right / len(pairs):.3f})",
    )


def _speed(folder: Path, given: Sequence[str]) -> None:
    many = [given[number % len(given)] for number in range(10_000)]
    began = time.perf_counter(), time.process_time()
    with ProcessPoolExecutor(2, initializer=_open, initargs=(folder,)) as pool:
        busy = sum(pool.map(_link, [many[start : start + 500] for start in range(0, len(many), 500)]))
    seconds = _since(began)[0]
    print(f"\nSpeed: {len(many):,} texts in 2 processes, {len(many) / seconds:.0f} a second")
    # A busy machine changes this little: what two processors for oneself would do.
    each, both = 1000 * busy / len(many), 2 * len(many) / busy
    print(f"  {each:.2f} ms of the processor each, so {both:.0f} a second on two")


_linkers: list[Linker] = []


def _open(folder: Path) -> None:
    _linkers.append(Linker(open_register(folder)))


def _link(group: Sequence[str]) -> float:
    """Seconds of the processor for these texts."""
    began = time.process_time()
    assert len(list(_linkers[0].mentions(group))) == len(group)
    return time.process_time() - began


def _since(began: tuple[float, float]) -> tuple[float, float]:
    return time.perf_counter() - began[0], time.process_time() - began[1]


def _row(name: str, *cells: str, seconds: tuple[float, float] | None = None) -> None:
    taken = (f"{seconds[0]:.2f} s", f"{seconds[1]:.2f} s of the processor") if seconds else ()
    print(f"  {name:<24}" + "  ".join(filter(None, (*cells, *taken))))


if __name__ == "__main__":
    main()
