"""The command that tells how the rules come by facts: explain."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from biopact.app.commands.options import WrongUseError, limit_option, store_option
from biopact.app.commands.resolve import why
from biopact.app.tables import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from biopact.app.explaining import Explained, Fact, Match

_LOOKS = {"found": "bold green", "refused": "bold red", "nothing": "bold yellow"}
_NOTHING = "matched, but no record came of it: nothing is known to pass, or another sentence tells it"


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|ID...")
@click.option("--sentence", "numbers", type=click.IntRange(1), multiple=True, metavar="N", help="Only this sentence.")
@click.option("--match", "words", metavar="WORDS", help="Only sentences with these words.")
@click.option(
    "--all", "everything", is_flag=True, help="Also sentences in which nothing matched, and those passed over."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one record for each filing.")
@limit_option
@store_option
@click.pass_context
def explain(
    ctx: click.Context,
    files: tuple[str, ...],
    numbers: tuple[int, ...],
    words: str | None,
    everything: bool,
    as_json: bool,
    limit: int,
    store: str,
) -> None:
    """Show, sentence by sentence, what the rules found in a filing, what they refused, and why.

    Nothing is stored. docs/rules.md says how to read it and how to change a rule. Of an id in the store, show why the
    names of that entity are one, in the words that say so.

    \b
    Example:
      biopact explain examples/samples/01-quillmere-8-K-license.txt
      biopact explain filing.htm --match "exclusive license"
      biopact explain company/cik-9999900001
    """
    from biopact.app import explaining
    from biopact.graph.records import canonical
    from biopact.graph.resolution.redirects import is_id
    from biopact.loaders.reading import read_filing
    from biopact.loaders.sources import find_sources
    from biopact.ontology.errors import BiopactError

    ids = [name for name in files if is_id(name) and not Path(name).exists()]
    for id_ in ids:
        ctx.invoke(why, name=id_, store=store)
    files = tuple(name for name in files if name not in ids)
    failed = shown = 0
    for source in find_sources(files, limit):
        try:
            filing = read_filing(source)
            explained = explaining.explain(filing)
        except BiopactError as error:
            failed += 1
            click.echo(f"biopact: {printable(str(error))}", err=True)
            continue
        chosen = _chosen(explained, numbers, words, everything or as_json)
        shown += len(chosen)
        if as_json:
            line = canonical(explaining.to_json(filing, chosen))
            sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        else:
            _print(source.name, chosen, explaining.summary(explained))
    if files and not shown and not failed and (numbers or words):
        asked = f"number {', '.join(map(str, numbers))}" if numbers else f"the words {words!r}"
        raise WrongUseError(f"no sentence has {asked}; --all lists every sentence with its number")
    ctx.exit(1 if failed else 0)


def _chosen(
    explained: Iterable[Explained], numbers: tuple[int, ...], words: str | None, everything: bool
) -> list[Explained]:
    wanted = _squeezed(words or "")
    narrowed = bool(numbers or words)
    return [
        e for e in explained
        if (not numbers or e.number in numbers)
        and wanted in _squeezed(e.text)
        and (e.speaks or everything or narrowed)
    ]  # fmt: skip


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().lower()


def _print(source: str, explained: Iterable[Explained], summary: str) -> None:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    document = None
    for each in explained:
        if each.document is not document:
            document = each.document
            console.print(f"\n{printable(source)}, {printable(document.type)}, read as {each.reader}", markup=False)
        _sentence(console, each)
    console.print(f"\n{printable(source)}: {summary}", markup=False)


def _sentence(console: Console, each: Explained) -> None:
    from rich.padding import Padding
    from rich.text import Text

    def line(indent: int, *pieces: tuple[str, str]) -> None:
        text = Text.assemble(*pieces)
        console.print(Padding(text, (0, 0, 0, indent)) if console.is_terminal else Text(" " * indent) + text)

    def quote(start: int, end: int) -> tuple[str, str]:
        return f"“{printable(each.document.text[start:end])}”", "dim"

    def gate(found: Fact) -> None:
        if found.problem:
            line(8, ("left out", "bold red"), (f"  {printable(found.problem)}", ""))

    def match(found: Match) -> None:
        why = found.why.value if found.why else _NOTHING if found.outcome == "nothing" else ""
        if found.words:
            why += f": “{printable(found.words)}”"
        line(6, (f"{found.outcome:8}", _LOOKS[found.outcome]), (found.rule, "bold"), (f"  {why}" if why else "", ""))
        line(8, quote(found.start, found.end))
        for stated in found.facts:
            line(8, (printable(stated.says), ""))
            gate(stated)

    s = each.sentence
    under = "a heading" if s.is_heading else f"under “{printable(s.heading)}”" if s.heading else "before any heading"
    console.print()
    line(0, (f"{each.number:>4}  ", "bold cyan"), (f"characters {s.start} to {s.end}, {under}", "dim"))
    line(6, (printable(each.text), ""))
    if each.passed_over:
        line(6, ("passed over", "bold yellow"), (f"  {each.passed_over.value}", ""))
    if each.seen and printable(each.seen) != printable(each.text):
        line(6, (f"rules see: {printable(each.seen)}", "dim"))
    for each_match in each.matches:
        match(each_match)
    for other in each.facts:
        line(6, (f"{other.kind:10}", "green"), (other.rule, "bold"), ("  ", ""), (printable(other.says), ""))
        if other.kind != "name":
            line(8, quote(other.start, other.end))
        gate(other)
