"""The named questions: one .cypher file each, in a folder for each group."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from biopact.ontology import NotFoundError, SchemaError
from biopact.queries.header import read_question
from biopact.queries.questions import Question, suggestion

GROUPS: Mapping[str, str] = {
    "partners": "Who deals with whom",
    "overlap": "What companies and technologies have in common",
    "technologies": "Who holds licences to what",
    "compounds": "Who develops what, for what, and under whose rights",
    "deals": "Agreements, by company, kind, value and year",
    "terms": "What agreements provide",
    "ownership": "Parents, subsidiaries, stakes and belongings",
    "time": "What held when",
    "evidence": "The words that state a fact",
    "quality": "What is doubtful or missing",
}


@cache
def catalogue() -> Mapping[str, Question]:
    """Every question by its name, sorted. SchemaError names file and line of a header that is not right."""
    found: dict[str, Question] = {}
    for folder in sorted((f for f in files("biopact.queries").iterdir() if f.is_dir()), key=lambda f: f.name):
        for file in folder.iterdir():
            if file.name.endswith(".cypher"):
                read = read_question(f"{folder.name}/{file.name}", file.read_text(encoding="utf-8"))
                if read.group not in GROUPS:
                    raise SchemaError(f"queries/{folder.name}: no such group; the groups are {', '.join(GROUPS)}")
                if read.name in found:
                    raise SchemaError(f"queries/{folder.name}/{file.name}: {found[read.name].group} has the same name")
                found[read.name] = read
    return dict(sorted(found.items()))


def question(name: str) -> Question:
    """The question of that name; NotFoundError suggests the nearest ones."""
    try:
        return catalogue()[name]
    except KeyError:
        raise NotFoundError(f"no question {name!r}{suggestion(name, catalogue())}") from None


def group(name: str) -> list[Question]:
    """The questions of a group, by their names; NotFoundError names the groups."""
    if name not in GROUPS:
        raise NotFoundError(f"no group {name!r}{suggestion(name, GROUPS)}")
    return [q for q in catalogue().values() if q.group == name]
