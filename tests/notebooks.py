"""Notebooks, run without a server: ``python -m tests.notebooks`` runs ours and keeps what they show.

Cells are run one after the other as a notebook does it: the value of a last expression is shown, and what is
printed. A notebook is JSON (https://nbformat.readthedocs.io/en/latest/format_description.html, nbformat 4.5).
"""

import ast
import contextlib
import io
import json
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "run"]

FOLDER = Path(__file__).parents[1] / "docs" / "how-to"


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with the outputs that its cells give now.

    Raises:
        Exception: whatever a cell raises.
    """
    names: dict[str, Any] = {}
    cells = []
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            cell = {
                **cell,
                "execution_count": count,
                "outputs": _outputs("".join(cell["source"]), names, count),
            }
        cells.append(cell)
    return {**notebook, "cells": cells}


def _outputs(source: str, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        lines = printed.getvalue().splitlines(keepends=True)
        outputs.append({"name": "stdout", "output_type": "stream", "text": lines})
    if value is not None:
        shown = {"text/plain": repr(value).splitlines(keepends=True)}
        outputs.append(
            {"data": shown, "execution_count": count, "metadata": {}, "output_type": "execute_result"}
        )
    return outputs


if __name__ == "__main__":
    for file in sorted(FOLDER.glob("*.ipynb")):
        made = run(json.loads(file.read_text(encoding="utf-8")))
        file.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
