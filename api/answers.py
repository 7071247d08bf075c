"""Answers: the rows of a question, for programs, notebooks and pandas."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, overload

from biopact.app.tables import cell, render

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 50  # rows that a terminal or a notebook shows; the answer holds all of them


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Sequence[Any]):
    """The rows of an answer, as named tuples; a row's columns are its attributes where their names allow it.

    >>> answer = Answer.of(("partner", "deals"), [("Alnora Bio", 2), ("Borea Bio", 1)])
    >>> answer[0].partner, len(answer)
    ('Alnora Bio', 2)
    >>> answer
    partner     deals
    Alnora Bio      2
    Borea Bio       1
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    cut: bool = False  # whether there were more rows than were asked for
    notes: tuple[str, ...] = ()  # what there is to say of the names that were asked with

    @classmethod
    def of(
        cls, columns: Sequence[str], rows: Iterable[Sequence[Any]], cut: bool = False, notes: tuple[str, ...] = ()
    ) -> Answer:
        """An answer whose rows know their columns."""
        row = namedtuple("Row", columns, rename=True)  # type: ignore[misc]  # known only when it runs
        return cls(tuple(columns), [row(*values) for values in rows], cut, notes)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Answer: ...
    def __getitem__(self, index: int | slice) -> Any:
        return Answer(self.columns, self.rows[index]) if isinstance(index, slice) else self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def column(self, name: str) -> list[Any]:
        """The values of one column.

        >>> Answer(("partner", "deals"), [("Alnora Bio", 2)]).column("deals")
        [2]
        """
        position = self.columns.index(name)
        return [row[position] for row in self.rows]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries by column.

        >>> Answer(("partner", "deals"), [("Alnora Bio", 2)]).dicts()
        [{'partner': 'Alnora Bio', 'deals': 2}]
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a DataFrame; lists stay lists, and what is not told is missing, never zero.

        >>> Answer(("partner", "deals"), [("Alnora Bio", 2)]).to_pandas().deals.sum().item()
        2
        """
        import pandas as pd

        return pd.DataFrame.from_records(list(self.rows), columns=list(self.columns))

    def __repr__(self) -> str:
        return "\n".join(filter(None, (render(self.columns, self.rows[:_SHOWN], "table").rstrip("\n"), self._rest())))

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell(value))}</td>" for value in row) + "</tr>" for row in self.rows[:_SHOWN]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{escape(self._rest())}"

    def _rest(self) -> str:
        more = len(self.rows) - _SHOWN
        rest = [*self.notes, *([f"and {more:,} more rows"] if more > 0 else [])]
        return "; ".join([*rest, "cut off: there are more than were asked for"] if self.cut else rest)
