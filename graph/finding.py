"""What a name means: ids, codes, names as filings write them, beginnings of names, and names with a slip.

The stores hold the folded words of every name in a property `words`, under a full-text index. They give candidates,
which are weighed here, so that every store gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from biopact.graph.names import company_name, fold, key
from biopact.ontology import NodeType, NotFoundError, ValidationError, load_schema

if TYPE_CHECKING:
    from biopact.graph.store import Store

# How a text can mean a node, the surest way first.
WAYS = ("id", "identifier", "name", "alias", "spelling", "beginning", "words", "slip")
CALLED = ("id", "identifier", "name", "alias", "spelling")  # it is called so, and not merely found by it

_CANDIDATES = 1_000  # of one type, those with the fewest letters: who types two letters is still typing
_WORDS = 12  # of a text that is looked for
_LETTERS = 40  # of a word


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that a text may mean: by one of `WAYS`, and by which of its names or identifiers."""

    id: str
    type: str
    name: str
    way: str
    said: str

    def __str__(self) -> str:
        return self.name if self.way == "id" or fold(self.said) in fold(self.name) else f"{self.name} ({self.said})"


def words(type_: NodeType, name: str, aliases: Iterable[str], properties: Mapping[str, Any]) -> str:
    """The words by which stores find a node: of its names, of their keys, and its identifiers; nothing is twice there.

    >>> words(load_schema().nodes["Compound"], "AB-12", ["Alnorib tablets"], {})
    'ab 12 ab12 alnorib tablets alnoribtablets'
    """
    said = [text for name in (name, *aliases) for text in (fold(name), fold(key(type_.name, name)))]
    said += [fold(str(properties[p])) for p in _identifiers(type_) if p in properties]
    return " ".join(dict.fromkeys(word[:_LETTERS] for text in said for word in text.split()))


def find(store: Store, text: str, types: Sequence[str] = (), limit: int = 10) -> list[Hit]:
    """What a text may mean, the likeliest first; of these types, or of all that people look for by name.

    A text with a slip in it is tried only if nothing is called so or begins so. ValidationError names a type that is
    not known or is not found by name, StoreError tells of a store that was made before names were indexed.
    """
    sought, wanted = _sought(types), _Wanted(text)
    if hit := _with_id(store, text, types):
        return [hit]
    weighed = [w for w in _weighed(store, sought, wanted, wanted.beginnings) if w[1].way != "slip"]
    weighed = weighed or list(_weighed(store, sought, wanted, wanted.slips))
    return [hit for _, hit in sorted(weighed, key=lambda pair: pair[0])[:limit]]


def called(store: Store, text: str, types: Sequence[str] = ()) -> list[Hit]:
    """What is called so: by its id, else by an identifier, name or alias in any case, else in another spelling."""
    sought, wanted = _sought(types), _Wanted(text)
    if hit := _with_id(store, text, types):
        return [hit]
    weighed = sorted(_weighed(store, sought, wanted, wanted.whole, limit=None), key=lambda pair: pair[0])
    hits = [hit for _, hit in weighed if hit.way in CALLED]
    exact = [hit for hit in hits if hit.way != "spelling"]
    return exact or hits


def the_one(store: Store, text: str, types: Sequence[str] = ()) -> Hit:
    """The one thing that is called so. NotFoundError suggests others, ValidationError lists them if it is several."""
    match called(store, text, types):
        case [hit]:
            return hit
        case []:
            near = find(store, text, types, 3)
            what = " or ".join(types).lower() or "thing"
            meant = f"did you mean {' or '.join(map(str, near))}?" if near else "nothing has a name like it"
            raise NotFoundError(f"{store.name}: no {what} is called {text!r}; {meant}")
        case several:
            ids = ", ".join(hit.id for hit in several)
            raise ValidationError(f"{store.name}: {text!r} is the name of several: {ids}; take one of the ids")


class _Wanted:
    """A text that is looked for, in the forms that candidates are asked for and weighed by."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        self.lower = self.text.casefold()
        self.folded = _short(fold(self.text))

    @cached_property
    def digits(self) -> str:
        """A number as a CIK, which has ten digits."""
        return self.text.zfill(10) if self.text.isdecimal() and self.text.isascii() else ""

    def forms(self, type_: str) -> list[list[str]]:
        """The words as they are, as the key of a name has them, and as an identifier."""
        forms = [self.folded, _short(fold(key(type_, self.text))), self.digits]
        return [form.split() for form in dict.fromkeys(forms) if form]

    def whole(self, type_: str) -> str:
        """Asks a full-text index for all of the words."""
        return _any(_all(form) for form in self.forms(type_))

    def beginnings(self, type_: str) -> str:
        """Asks for words that begin so."""
        return _any(_all(f"{word}*" for word in form) for form in self.forms(type_))

    def slips(self, type_: str) -> str:
        """Asks for words that begin so or differ by a slip."""
        return _all(f"({w}* OR {w}~2)" if _slips(w) else f"{w}*" for w in self.folded.split())

    def weigh(self, type_: NodeType, names: Sequence[str], identifiers: Iterable[str]) -> tuple[int, float, str] | None:
        """The surest way in which the text means a node, how far it is from it, and what is called so."""
        for said in identifiers:
            if said.casefold() == self.lower or said == self.digits:
                return WAYS.index("identifier"), 0.0, said
        return min((w for at, said in enumerate(names) if (w := self._weigh_name(type_, said, at > 0))), default=None)

    def _weigh_name(self, type_: NodeType, said: str, alias: bool) -> tuple[int, float, str] | None:
        if " ".join(said.split()).casefold() == self.lower:
            return WAYS.index("alias" if alias else "name"), 0.0, said
        if not self.folded:
            return None
        folded = fold(said)
        far = 1 - fuzz.ratio(self.folded, folded) / 100
        if key(type_.name, said) == key(type_.name, self.text):
            one = type_.name != "Company" or company_name(said).fits(company_name(self.text))
            return WAYS.index("spelling" if one else "words"), far, said  # "Alnora AG" is not "Alnora Inc."
        if folded.startswith(self.folded):
            return WAYS.index("beginning"), far, said
        theirs = [*folded.split(), *fold(key(type_.name, said)).split()]
        ours = self.folded.split()
        if all(any(word.startswith(our) for word in theirs) for our in ours):
            return WAYS.index("words"), far, said
        if all(any(word.startswith(our) or _near(our, word) for word in theirs) for our in ours):
            return WAYS.index("slip"), far, said
        return None


def _weighed(
    store: Store, types: Iterable[NodeType], wanted: _Wanted, asked: Any, limit: int | None = _CANDIDATES
) -> Iterator[tuple[tuple[Any, ...], Hit]]:
    for type_ in types:
        for id_, name, aliases, *identifiers in _candidates(store, type_, wanted, asked(type_.name), limit):
            there = [str(said) for said in identifiers if said is not None]
            if weight := wanted.weigh(type_, [name, *(aliases or ())], there):
                at, far, said = weight
                yield (at, far, len(name), name, id_), Hit(id_, type_.name, name, WAYS[at], said)


def _candidates(
    store: Store, type_: NodeType, wanted: _Wanted, asked: str, limit: int | None
) -> Iterable[tuple[Any, ...]]:
    columns = ", ".join(f"n.{name} AS {name}" for name in ("id", "name", "aliases", *_identifiers(type_)))
    if not asked:  # a name in another script has no folded words
        if not wanted.text:
            return []
        scan = f"MATCH (n:{type_.name}) WHERE n.name = $text OR $text IN n.aliases RETURN {columns} ORDER BY id"
        return store.ask(scan, {"text": wanted.text}).rows
    return store.with_words(type_.name, asked, columns, limit)


def _with_id(store: Store, text: str, types: Sequence[str]) -> Hit | None:
    prefix, slash, _ = (id_ := text.strip().lower()).partition("/")
    label = {t.prefix: t.name for t in load_schema().nodes.values()}.get(prefix) if slash else None
    if label is None or (types and label not in types):
        return None
    found = store.ask(f"MATCH (n:{label} {{id: $id}}) RETURN n.name AS name", {"id": id_}).rows
    return Hit(id_, label, found[0][0], "id", id_) if found else None


def _sought(types: Sequence[str]) -> list[NodeType]:
    sought = {t.name: t for t in load_schema().nodes.values() if t.sought}
    if unknown := sorted(set(types) - sought.keys()):
        raise ValidationError(
            f"no type of node found by name is called {', '.join(unknown)}; known are {', '.join(sought)}"
        )
    return [t for t in sought.values() if not types or t.name in types]


def _identifiers(type_: NodeType) -> list[str]:
    """Properties that name one thing alone: the indexed ones, dates aside."""
    return [p.name for p in type_.properties.values() if p.indexed and p.type == "string"]


def _short(text: str) -> str:
    """As many words, and as much of each, as are looked for."""
    return " ".join(word[:_LETTERS] for word in text.split()[:_WORDS])


def _all(words: Iterable[str]) -> str:
    return " AND ".join(words)


def _any(ways: Iterable[str]) -> str:
    return " OR ".join(f"({way})" for way in dict.fromkeys(ways))


def _slips(word: str) -> int:
    """How many slips a word may have."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2


def _near(ours: str, theirs: str) -> bool:
    """Whether a word is another one with slips, of which two letters in each other's place are one.

    Engines that count them as two find none with more than two.
    """
    slips = _slips(ours)
    return OSA.distance(ours, theirs, score_cutoff=slips) <= slips and Levenshtein.distance(ours, theirs) <= 2
