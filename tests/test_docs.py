"""What the documentation says: its commands exist, its examples parse, its files are there, its words are ours."""

import re
import shlex
from pathlib import Path

import click
import pytest

from biopact.app.cli import cli
from tests import tour

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
COMMANDS = sorted(cli.commands)
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def _code(page: Path) -> list[str]:
    """The lines of a page's code blocks and its inline code."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()] + inline


def _uses(program: str) -> list[tuple[str, list[str]]]:
    """Every use of a program in the documentation: the page, and the words after the program's name."""
    found = []
    for page in PAGES:
        for line in _code(page):
            if line.startswith(f"{program} "):
                words = shlex.split(line, comments=True)[1:]
                stop = next((i for i, word in enumerate(words) if word in ("|", ">", "&&")), len(words))
                found.append((str(page.relative_to(ROOT)), words[:stop]))
    return found


def _parses(words: list[str]) -> None:
    """Fail if a use names a command or an option that is not there."""
    command: click.Command = cli
    if words and not words[0].startswith("-"):
        assert words[0] in cli.commands, f"there is no command {words[0]!r}"
        command = cli.commands[words.pop(0)]
    if any("..." in word for word in words) or not words:
        return
    context = click.Context(command, info_name=command.name)
    command.make_parser(context).parse_args(list(words))


@pytest.mark.parametrize(("page", "words"), _uses("biopact"), ids=lambda value: " ".join(value)[:40])
def test_a_documented_command_exists(page: str, words: list[str]) -> None:
    _parses(words)


def test_documented_make_targets_exist() -> None:
    uses = [(page, words[0]) for page, words in _uses("make")]
    assert uses
    assert [use for use in uses if use[1] not in TARGETS] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_with_an_example_that_parses(name: str) -> None:
    help_ = cli.commands[name].help or ""
    assert "Example:" in help_
    example = help_.partition("Example:")[2]
    lines = [line.strip() for line in example.splitlines() if line.strip().startswith("biopact ")]
    assert lines
    for line in lines:
        words = shlex.split(line)[1:]
        assert words[0] == name
        _parses(words)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"biopact {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_links_lead_to_files_that_are_there() -> None:
    links = [(page, target) for page in PAGES for target in _links(page) if "://" not in target]
    assert links
    assert [(page.name, target) for page, target in links if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", tour.PAGES, ids=lambda page: page.name)
def test_a_tour_shows_what_its_commands_print(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert tour.refreshed(text) == text, "`make docs` writes the tours anew"


def _links(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)


def test_the_sample_list_names_every_sample() -> None:
    listed = re.findall(r"^\| (\d\d) \|", (ROOT / "examples" / "README.md").read_text(), re.MULTILINE)
    assert listed == [path.name[:2] for path in sorted((ROOT / "examples" / "samples").glob("*.txt"))]
