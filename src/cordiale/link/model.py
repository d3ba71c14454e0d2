"""The weights that were learnt from labelled links, as they lie beside this file."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cordiale.link.forest import Forest

__all__ = ["Model", "read_model"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A forest for each candidate, perhaps one for how it stands to the others, and what scores mean."""

    alone: Forest
    among: Forest | None
    corners: tuple[tuple[float, float], ...]  # of the calibration
    accept: float  # probability from which a candidate counts as the link


@cache
def read_model(name: str) -> Model:
    """The model ``affiliations`` or ``pairs``."""
    text = (files("cordiale.link") / "models" / f"{name}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return Model(
        alone=Forest.from_json(content["alone"]),
        among=Forest.from_json(content["among"]) if content["among"] else None,
        corners=tuple((score, share) for score, share in content["corners"]),
        accept=content["accept"],
    )
