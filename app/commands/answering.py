"""How an answer of rows leaves: the options --format, --output and --ids, and what they do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from biopact.app.commands.options import WrongUseError
from biopact.app.tables import FORMATS
from biopact.ontology.errors import ValidationError

if TYPE_CHECKING:
    from biopact.app.sheet import Sheet
    from biopact.graph.store import Store

ENDINGS = {
    ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".html": "html", ".htm": "html",
    ".xlsx": "excel", ".txt": "table",
}  # fmt: skip
_DATA = ("csv", "json", "jsonl")  # for programs: all columns by their names, no titles and no links


@dataclass(frozen=True, slots=True)
class Output:
    """How an answer is laid out, and the file that it goes to."""

    format: str = "table"
    file: Path | None = None  # None: standard output
    ids: bool = True  # whether people are shown ids beside names; programs and Excel always are

    @property
    def to_read(self) -> bool:
        """Whether somebody reads the answer as it is printed, so that a line may follow it."""
        return self.format == "table" and self.file is None

    def links(self, store: Store, rows: Iterable[Sequence[Any]]) -> Mapping[str, str]:
        """The addresses of the filings that rows name, if they are laid out as something that links can be in."""
        from biopact.app.sheet import strings
        from biopact.graph.addresses import addresses_in

        unlinked = self.format in _DATA or (self.format == "table" and not self._on_terminal())
        return {} if unlinked else addresses_in(store, set(strings(rows)))

    def show(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        *,
        title: str = "",
        about: Iterable[str] = (),
        links: Mapping[str, str] | None = None,
    ) -> None:
        """Print the rows, as wide as the terminal, or write them to the file."""
        from biopact.app.sheet import sheet
        from biopact.app.tables import render

        if self.format in _DATA:
            self._put(render(columns, rows, self.format))
            return
        ids = self.ids or self.format == "excel"
        made = sheet(columns, rows, ids=ids, title=title, about=tuple(about), links=links or {})
        self._put(self._laid_out(made))

    def _laid_out(self, sheet: Sheet) -> str | bytes:
        if self.format == "excel":
            from biopact.app.workbook import workbook

            try:
                return workbook(sheet)
            except ValidationError as error:
                raise WrongUseError(str(error)) from error
        if self.format == "html":
            from biopact.app.webpage import webpage

            return webpage(sheet)
        from biopact.app.tables import markdown, table

        if self.format == "markdown":
            return markdown(sheet)
        terminal = self._on_terminal()
        return table(sheet, os.get_terminal_size().columns if terminal else None, terminal=terminal)

    def _put(self, content: str | bytes) -> None:
        if self.file is None:
            click.echo(content, nl=False)
            return
        self.file.write_bytes(content if isinstance(content, bytes) else content.encode(errors="backslashreplace"))
        click.echo(f"wrote {self.file}", err=True)

    def _on_terminal(self) -> bool:
        return self.file is None and sys.stdout.isatty()


def day_told(as_of: str | None, in_force: bool) -> tuple[str, ...]:
    """What `--as-of` and `--in-force` make of an answer, in words."""
    return (f"as known on {as_of}" + (", in force then" if in_force else ""),) if as_of else ()


def hyperlink(text: str, address: str | None) -> str:
    """The text, which on a terminal can be clicked if there is an address."""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address and sys.stdout.isatty() else text


def output_options(
    command: Callable[..., Any] | None = None, *, first: str = "table", ids: bool = False, help: str = ""
) -> Callable[..., Any]:
    """Add --format and --output, and with `ids` --ids; the command takes an Output as `output`.

    `first` is the form in which an answer is printed if nothing else is asked for.
    """

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run(*args: Any, format: str | None, output: Path | None, ids: bool = True, **others: Any) -> Any:
            return command(*args, output=_output(format, output, ids, first), **others)

        if ids:
            add = click.option("--ids", is_flag=True, help="Show ids too; CSV, JSON and Excel have them anyway.")
            add(run)
        told = help or f"How to print the answer; {first} by default."
        forms = tuple(dict.fromkeys((first, *FORMATS, "html", "excel")))
        endings = " ".join(ENDINGS)
        file = click.Path(dir_okay=False, path_type=Path)
        click.option(
            "--output", type=file, metavar="FILE", help=f"Write it to FILE, whose ending says the form: {endings}."
        )(run)
        return click.option("--format", type=click.Choice(forms), help=told)(run)

    return decorated if command is None else decorated(command)


def _output(format: str | None, file: Path | None, ids: bool, first: str) -> Output:
    if file is None:
        if format == "excel":
            raise click.UsageError("--format excel makes a file: say which with --output FILE.xlsx")
        return Output(format or first, None, ids)
    if format and format not in (*FORMATS, "html", "excel"):
        raise click.UsageError(f"--format {format} is for reading at once; leave it out, or leave out --output {file}")
    by_ending = ENDINGS.get(file.suffix.lower())
    if format is None and by_ending is None:
        raise click.UsageError(
            f"--output {file}: the ending says the form; known are {', '.join(ENDINGS)}, and --format for any other"
        )
    if format and by_ending and format != by_ending:
        raise click.UsageError(f"--output {file} is for {by_ending}, and --format says {format}; leave out one of them")
    return Output(format or by_ending or first, file, ids)
