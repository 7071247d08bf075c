"""What people decided about doubtful pairs: a journal beside the ledger, to which lines are added and never changed."""

from __future__ import annotations

import getpass
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from filelock import FileLock

from biopact.graph.ledger import Ledger
from biopact.graph.records import canonical, digest
from biopact.graph.resolution.atoms import ENTITIES, FORM, ONE, OWN
from biopact.ontology import BiopactError, NotFoundError, ValidationError

JOURNAL = "judgements.jsonl"
Pair = tuple[str, str]

_HANDLE = re.compile(
    rf"({'|'.join(ENTITIES).lower()})/[a-z0-9._-]+"
    rf"({FORM}[a-z0-9 +&/-]+)?"  # the legal form, where ids of one name are several companies
    rf"({OWN}[a-z0-9._/-]+)?"  # the filer to whom a technology without a name of its own belongs
    rf"({ONE}filing/[A-Za-z0-9._-]+)?"
)
_UNDO = "undo"
_PATIENCE = 30  # seconds to wait for another process that writes


class Verdict(StrEnum):
    """What somebody says of two ids."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"  # looked at, and left open


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on a pair, which has no order: its ends are kept sorted. ValidationError if anything is malformed.

    An end is an id that filings' facts use, or ``id@filing/...`` for that one filing's mention alone.

    >>> said = Judgement("company/brevin", "company/alnora", Verdict.SAME, "Ann", "2024-05-01T14:00:00+02:00")
    >>> said.left, said.when
    ('company/alnora', '2024-05-01T12:00:00Z')
    """

    left: str
    right: str
    verdict: Verdict
    who: str
    when: str  # UTC, as in 2024-05-01T12:00:00Z
    note: str = ""

    def __post_init__(self) -> None:
        _settle(self)
        object.__setattr__(self, "verdict", verdict_of(self.verdict))

    @property
    def pair(self) -> Pair:
        """Both ends."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Undoing:
    """Somebody took back what was said of a pair."""

    left: str
    right: str
    who: str
    when: str
    note: str = ""

    def __post_init__(self) -> None:
        _settle(self)

    @property
    def pair(self) -> Pair:
        """Both ends."""
        return self.left, self.right


def _settle(entry: Judgement | Undoing) -> None:
    left, right = sorted_pair(entry.left, entry.right)
    told = {
        "left": left,
        "right": right,
        "who": named(entry.who),
        "when": utc(entry.when),
        "note": one_line(entry.note),
    }
    for name, value in told.items():
        object.__setattr__(entry, name, value)


def verdict_of(word: str) -> Verdict:
    """The verdict of that word; ValidationError if it is none."""
    try:
        return Verdict(word)
    except ValueError as error:
        raise ValidationError(f"verdict {word!r}: expected one of {', '.join(Verdict)}") from error


def sorted_pair(left: str, right: str) -> Pair:
    """Two ids in order; ValidationError if one is no id of an entity, or the two cannot be compared."""
    for handle in (left, right):
        if not _HANDLE.fullmatch(handle):
            raise ValidationError(
                f"{handle!r}: not the id of an entity; expected one as in company/alnora-research, or "
                "company/alnora-research@filing/0000000000-24-000001 for one filing's mention; `biopact show` finds ids"
            )
    if left == right:
        raise ValidationError(f"{left}: a pair needs two different ids")
    if left.partition("/")[0] != right.partition("/")[0]:
        raise ValidationError(f"{left} and {right}: two ids of different types are never one entity")
    return (left, right) if left < right else (right, left)


def one_line(text: str) -> str:
    r"""The printable characters of a text, on one line.

    >>> one_line("seen\n on the\x1b cover ")
    'seen on the cover'
    """
    return "".join(c for c in " ".join(text.split()) if c.isprintable()).strip()


def named(who: str) -> str:
    """Who says so, on one line; ValidationError if nobody does."""
    if not (found := one_line(who)):
        raise ValidationError("a judgement needs the name of who gives it: set BIOPACT_USER or say --who")
    return found


def utc(when: str) -> str:
    """A moment as UTC to the second; ValidationError if it is none. A day is its beginning.

    >>> utc("2024-05-01"), utc("2024-05-01T14:00:00.5+02:00")
    ('2024-05-01T00:00:00Z', '2024-05-01T12:00:00Z')
    """
    try:
        moment = datetime.fromisoformat(when.strip())
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise ValidationError(f"{when!r}: expected a moment as in 2024-05-01T12:00:00Z") from error
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def now() -> str:
    """This moment."""
    return utc(datetime.now(UTC).isoformat())


def somebody() -> str:
    """Who judges unless it is said: BIOPACT_USER, else the name of the account."""
    try:
        return one_line(os.environ.get("BIOPACT_USER", "")) or getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, as in some containers
        return "unknown"


class Judgements:
    """The journal. Nothing is written before the first judgement; processes may add to it at the same time.

    The last word on a pair stands. A line that was being written when its process was killed counts as never said, and
    the next one to write takes it away.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, ledger: Ledger) -> Self:
        """The journal that belongs to a ledger."""
        return cls(ledger.folder.parent / JOURNAL)

    def add(self, *judgements: Judgement) -> None:
        """Let these stand; when this returns they are on disk."""
        with self._writing():
            self._append(judgements)

    def undo(self, left: str, right: str, who: str, when: str, note: str = "") -> Judgement:
        """Take back what stands of a pair, and return it; NotFoundError if nothing does. The history keeps both."""
        undoing = Undoing(left, right, who, when, note)
        with self._writing():
            standing = self.current().get(undoing.pair)
            if standing is None:
                raise NotFoundError(f"{left} and {right}: no judgement stands; `biopact resolve history` lists all")
            self._append([undoing])
        return standing

    def take(self, judgements: Iterable[Judgement]) -> int:
        """Add those that say something new, and return how many do.

        What this journal holds already, or is older than its last word on the pair, says nothing new.
        """
        taken = []
        with self._writing():
            history = self.history()
            held, last = set(history), {entry.pair: entry.when for entry in history}
            for each in judgements:
                if each not in held and last.get(each.pair, "") <= each.when:
                    held.add(each)
                    last[each.pair] = each.when
                    taken.append(each)
            self._append(taken)
        return len(taken)

    def history(self) -> list[Judgement | Undoing]:
        """All that was ever said, in the order in which it came in."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return []
        lines = data.split(b"\n")[:-1]  # what follows the last line break was never finished
        return [self._entry(number, line) for number, line in enumerate(lines, 1)]

    def current(self) -> dict[Pair, Judgement]:
        """What stands, by pair, sorted."""
        standing: dict[Pair, Judgement] = {}
        for entry in self.history():
            if isinstance(entry, Judgement):
                standing[entry.pair] = entry
            else:
                standing.pop(entry.pair, None)
        return dict(sorted(standing.items()))

    def verdict(self, left: str, right: str) -> Verdict | None:
        """What stands of a pair, if anything does."""
        standing = self.current().get(sorted_pair(left, right))
        return standing.verdict if standing else None

    def fingerprint(self) -> str:
        """Changes when what stands changes, whoever said it and when."""
        return digest(*(part for said in self.current().values() for part in (*said.pair, said.verdict)))

    def _writing(self) -> FileLock:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=_PATIENCE)

    def _append(self, entries: Sequence[Judgement | Undoing]) -> None:
        """Write whole lines after the last whole line. The caller has the lock."""
        if not entries:
            return
        lines = "".join(canonical(_record(entry)) + "\n" for entry in entries).encode()
        with self.path.open("a+b") as journal:
            journal.seek(0)
            journal.truncate(journal.read().rfind(b"\n") + 1)
            journal.write(lines)
            journal.flush()
            os.fsync(journal.fileno())

    def _entry(self, number: int, line: bytes) -> Judgement | Undoing:
        try:
            return _entry(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
            raise BiopactError(
                f"{self.path}, line {number}: not a judgement ({error}); mend or delete that line"
            ) from error


def _record(entry: Judgement | Undoing) -> dict[str, str]:
    verdict = entry.verdict if isinstance(entry, Judgement) else _UNDO
    shown = {"left": entry.left, "right": entry.right, "verdict": str(verdict), "who": entry.who, "when": entry.when}
    return shown | ({"note": entry.note} if entry.note else {})


def _entry(record: Mapping[str, Any]) -> Judgement | Undoing:
    left, right, verdict = record["left"], record["right"], record["verdict"]
    told = (record["who"], record["when"], record.get("note", ""))
    if verdict == _UNDO:
        return Undoing(left, right, *told)
    return Judgement(left, right, verdict, *told)
