"""Runs the notebooks of examples/ and keeps with each cell what it really shows.

``python -m tests.notebooks`` writes them anew; tests/api/test_notebook.py fails where they differ. Cells are plain
Python, so that no Jupyter is needed here: a cell shows its last expression, what it prints, and the figures it drew.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import json
import warnings
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))


def refreshed(text: str) -> str:
    """The notebook with the outputs of all its code cells, run in order."""
    import matplotlib

    matplotlib.use("Agg")
    notebook = json.loads(text)
    names: dict[str, Any] = {"__name__": "__main__"}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for count, cell in enumerate(code, 1):
        cell["execution_count"] = count
        cell["outputs"] = _run("".join(cell["source"]), names, count)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def told(text: str) -> list[Any]:
    """What the cells show, without the bytes of pictures, which differ between releases of fonts."""
    cells = json.loads(text)["cells"]
    return [
        [output.get("text") or sorted(output["data"].items()) for output in cell.get("outputs", ()) if _is_text(output)]
        for cell in cells
    ]


def pictures(text: str) -> int:
    """How many pictures the cells show."""
    return sum(not _is_text(output) for cell in json.loads(text)["cells"] for output in cell.get("outputs", ()))


def _is_text(output: dict[str, Any]) -> bool:
    return "image/png" not in output.get("data", {})


def _run(source: str, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed, value = io.StringIO(), None
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(compile(tree, "<cell>", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())})
    if value is not None:
        outputs.append(
            {"data": _shown(value), "execution_count": count, "metadata": {}, "output_type": "execute_result"}
        )
    return outputs + _drawn()


def _shown(value: object) -> dict[str, list[str]]:
    html = value._repr_html_() if hasattr(value, "_repr_html_") else None
    return {**({"text/html": _lines(html)} if html else {}), "text/plain": _lines(repr(value))}


def _drawn() -> list[dict[str, Any]]:
    """The figures that are open, as Jupyter shows them after a cell."""
    import matplotlib.pyplot as plt

    outputs = []
    for number in plt.get_fignums():
        picture = io.BytesIO()
        plt.figure(number).savefig(picture, format="png", dpi=80, metadata={"Software": None})
        png = base64.b64encode(picture.getvalue()).decode() + "\n"
        outputs.append({"data": {"image/png": png}, "metadata": {}, "output_type": "display_data"})
        plt.close(number)
    return outputs


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


if __name__ == "__main__":
    for path in NOTEBOOKS:
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")
