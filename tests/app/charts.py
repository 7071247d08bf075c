"""The charts of a page, as Vega-Lite gets them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from streamlit.testing.v1 import AppTest

CODE = ("expr", "test", "filter", "calculate", "labelExpr", "href", "url", "sort")  # what a text must not get into


@dataclass(frozen=True)
class Chart:
    """One chart: what is drawn how, and of which rows."""

    alt: str
    spec: dict[str, Any]
    rows: list[dict[str, Any]]

    def code(self) -> str:
        """All that Vega-Lite makes into a program, or may follow."""
        return json.dumps(list(_code(self.spec)))


def charts(app: AppTest) -> list[Chart]:
    """All charts in the order of the page."""
    assert not app.exception
    return [
        Chart(
            c.proto.alt,
            json.loads(c.proto.spec),
            pa.ipc.open_stream(c.proto.datasets[0].data.data).read_all().to_pylist(),
        )
        for c in app.get("vega_lite_chart")
    ]


def _code(spec: Any) -> Iterator[Any]:
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key in CODE:
                yield value
            yield from _code(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _code(value)
