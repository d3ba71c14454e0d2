"""Fit the models of `cordiale.link` to labelled links, and measure them on folds they have not seen.

`python -m tests.bench.linking_models` writes src/cordiale/link/models/*.json.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from cordiale.link.calibration import calibrate, isotonic
from cordiale.link.register import Register
from cordiale.link.rivals import standing
from tests.bench.linking_data import Labelled, affiliations, institutions, register, ror_against_wikidata

__all__ = ["cross_validated", "cross_validated_pairs"]

# Chosen once by cross-validation over the development set; none is particular to a row.
_ALONE = {
    "max_iter": 300,
    "learning_rate": 0.06,
    "max_leaf_nodes": 16,
    "min_samples_leaf": 30,
    "max_features": 0.3,
}
_AMONG = {"max_iter": 50, "learning_rate": 0.1, "max_leaf_nodes": 6, "min_samples_leaf": 60}
_PAIRS = {
    "max_iter": 80,
    "learning_rate": 0.08,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 20,
    "max_features": 0.4,
}
_PRECISION = 0.955  # that the links which count are to have, on unseen folds

Floats = NDArray[np.float64]


def _fit(
    settings: dict[str, Any], rows: NDArray[Any], right: NDArray[np.bool_]
) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(l2_regularization=1, random_state=1, **settings).fit(rows, right)


def _unseen(settings: dict[str, Any], rows: NDArray[Any], data: Labelled) -> Floats:
    """Each candidate's score by a model that saw no text of its fold."""
    scores = np.zeros(len(rows))
    for fold in range(5):
        out = data.fold == fold
        scores[out] = _fit(settings, rows[~out], data.right[~out]).predict_proba(rows[out])[:, 1]
    return scores


def _standings(data: Labelled, scores: Floats, against: Register) -> NDArray[np.float32]:
    starts = np.flatnonzero(np.diff(data.group, prepend=-1))
    numbers: list[tuple[float, ...]] = []
    for start, end in zip(starts, [*starts[1:], len(data.group)], strict=True):
        numbers += standing(data.matches[start:end], scores[start:end].tolist(), against)
    return np.array(numbers, dtype=np.float32)


def _calibrated(scores: Floats, data: Labelled) -> Floats:
    """Probabilities by curves that saw no text of the fold."""
    sure = np.zeros(len(scores))
    for fold in range(5):
        out = data.fold == fold
        sure[out] = calibrate(scores[out], isotonic(scores[~out].tolist(), data.right[~out].tolist()))
    return sure


def cross_validated(data: Labelled, ror: Register) -> tuple[Floats, Floats, Floats]:
    """For each candidate of an affiliation, on unseen folds: the first score, the second, the probability."""
    first = _unseen(_ALONE, data.features, data)
    second = _unseen(_AMONG, _standings(data, first, ror), data)
    return first, second, _calibrated(second, data)


def _joined(sets: tuple[Labelled, ...]) -> Labelled:
    return Labelled(
        features=np.concatenate([each.features for each in sets]),
        right=np.concatenate([each.right for each in sets]),
        group=np.concatenate([each.group for each in sets]),
        fold=np.concatenate([each.fold for each in sets]),
        rows=np.concatenate([each.rows for each in sets]),
        wanted=sum(each.wanted for each in sets),
    )


def cross_validated_pairs(*sets: Labelled) -> list[Floats]:
    """For each candidate of each set, the probability on unseen folds, fitted to all sets together."""
    joint = _joined(sets)
    sure = _calibrated(_unseen(_PAIRS, joint.features, joint), joint)
    return list(np.split(sure, np.cumsum([len(each.right) for each in sets])[:-1]))


def _written(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    parts: dict[str, list[Any]] = {
        name: [] for name in ("roots", "feature", "bound", "left", "right", "value")
    }
    depth = 0
    for (tree,) in model._predictors:
        base = len(parts["feature"])
        parts["roots"].append(base)
        for number, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            parts["feature"].append(0 if leaf else int(node["feature_idx"]))
            parts["bound"].append(0.0 if leaf else float(f"{node['num_threshold']:.7g}"))
            parts["left"].append(base + (number if leaf else int(node["left"])))
            parts["right"].append(base + (number if leaf else int(node["right"])))
            parts["value"].append(float(f"{node['value']:.5g}") if leaf else 0.0)
            depth = max(depth, int(node["depth"]))
    return {"start": float(np.ravel(model._baseline_prediction)[0]), "depth": depth, **parts}


def _threshold(sure: Floats, data: Labelled) -> float:
    """The lowest probability whose links still have the wanted precision."""
    order = np.argsort(-sure, kind="stable")
    precision = np.cumsum(data.right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(precision >= _PRECISION)
    return float(f"{sure[order][good[-1]]:.3f}")


def _save(name: str, **content: Any) -> None:
    content["corners"] = [
        [float(f"{score:.5g}"), float(f"{share:.5g}")] for score, share in content["corners"]
    ]
    path = Path(__file__).parents[2] / "src/cordiale/link/models" / f"{name}.json"
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
    print(
        f"{path.name}: {path.stat().st_size / 1000:.0f} kB, counts from {content['accept']}", file=sys.stderr
    )


def _affiliations(gold: Path, ror: Register) -> None:
    data = affiliations(gold / "affiliation_to_ror.dev.jsonl", ror)
    first, second, sure = cross_validated(data, ror)
    _save(
        "affiliations",
        alone=_written(_fit(_ALONE, data.features, data.right)),
        among=_written(_fit(_AMONG, _standings(data, first, ror), data.right)),
        corners=isotonic(second.tolist(), data.right.tolist()),
        accept=_threshold(sure, data),
    )


def _pairs(shared: Path, ror: Register, wikidata: Register) -> None:
    labelled = shared / "datasets/linking-gold/ror_wikidata_pairs_with_labels.dev.tsv"
    data = _joined((ror_against_wikidata(labelled, ror, wikidata, others=3000), institutions(shared, ror)))
    scores = _unseen(_PAIRS, data.features, data)
    _save(
        "pairs",
        alone=_written(_fit(_PAIRS, data.features, data.right)),
        among=None,
        corners=isotonic(scores.tolist(), data.right.tolist()),
        accept=max(0.4, _threshold(_calibrated(scores, data), data)),
    )


def main(*names: str) -> None:
    """Fit the models, or those of these names, to the development sets and write them."""
    shared = Path(os.environ.get("CORDIALE_SHARED", Path(__file__).parents[3] / "shared"))
    with TemporaryDirectory() as kept:
        ror, wikidata = (register(shared, name, Path(kept)) for name in ("ror", "wikidata"))
        if not names or "affiliations" in names:
            _affiliations(shared / "datasets/linking-gold", ror)
        if not names or "pairs" in names:
            _pairs(shared, ror, wikidata)


if __name__ == "__main__":
    main(*sys.argv[1:])
