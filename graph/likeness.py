"""How alike the names of two companies are, in words that a person can judge by; which pairs are worth asking about.

Likeness joins nobody: it fills the queue of `biopact resolve`. What joins by itself is equality (graph/names.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise, product

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from biopact.graph.names import GENERIC, CompanyName, company_key, company_name, fold

WORTH_ASKING = 0.65
# How many names may share a word: with more of them it tells nothing, and all pairs would be too many.
_CROWD = {"key": 20, "word": 20, "words": 20, "letters": 6, "initials": 6}
_NAMES = 6  # of one company that are compared
_NUMBER = re.compile(r"\d+|[a-z]|i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xv")
# What a difference leaves of certainty.
_FORM, _LETTER, _SHORTENED, _TRADE, _MISSING, _INITIALS, _TELLING = 0.9, 0.92, 0.9, 0.85, 0.75, 0.75, 0.4
# Words that tell a sister company: places that a subsidiary is named for.
_PLACES = frozenset(
    [
        *("us", "usa", "uk", "eu", "europe", "european", "america", "american", "americas", "asia"),
        *("pacific", "emea", "nordic", "nordics", "iberia", "benelux", "africa", "australia", "austria"),
        *("belgium", "brasil", "brazil", "canada", "chile", "china", "colombia", "czech", "denmark"),
        *("deutschland", "espana", "finland", "france", "germany", "greece", "hong", "hongkong", "hungary"),
        *("india", "ireland", "israel", "italia", "italy", "japan", "korea", "mexico", "netherlands"),
        *("norway", "peru", "poland", "portugal", "romania", "russia", "schweiz", "shanghai", "singapore"),
        *("spain", "suisse", "sweden", "switzerland", "taiwan", "thailand", "turkey", "vietnam"),
    ]
)


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How alike two companies' names are, 0 to 1, and what a person should know of the difference."""

    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name taken apart."""

    name: str
    what: CompanyName
    words: tuple[str, ...]
    initials: str
    short: str  # its letters, if it may be initials itself


@lru_cache(1 << 17)
def _parts(name: str) -> _Parts:
    words = tuple(company_key(name).split())
    letters = re.sub(r"[^A-Za-z0-9]", "", name)
    short = letters.lower() if letters.isupper() and 2 <= len(letters) <= 6 and len(words) == 1 else ""
    initials = "".join(w[0] for w in words if w not in ("and", "of", "for")) if len(words) > 1 else ""
    return _Parts(name, company_name(name), words, initials, short)


def likeness(left_names: Sequence[str], right_names: Sequence[str]) -> Likeness:
    """The likeness of the two names that are most alike.

    >>> likeness(["Alnora AG"], ["Alnora, Inc."]).reasons
    ('differ in legal form only: ag, inc',)
    >>> likeness(["Alnora Squall Company"], ["Alnora Co."]).reasons
    ("'Squall' is missing in one",)
    """
    return _most_alike(left_names, right_names, 0.0) or Likeness(0.0, ())


def doubtful(names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, Likeness]]:
    """Pairs of companies, given the names of each by its id, that may be one; the likeliest first.

    Only those are compared that share a rare word, two words in a row, initials, or a first word but for one letter:
    time grows with the names and not with their pairs.
    """
    found = [
        (left, right, like)
        for left, right in _candidates(names)
        if (like := _most_alike(names[left], names[right], WORTH_ASKING))
    ]
    yield from sorted(found, key=lambda f: (-f[2].score, f[0], f[1]))


def _most_alike(left_names: Sequence[str], right_names: Sequence[str], least: float) -> Likeness | None:
    """The best of all pairs of names, unless it is below the least that is asked for."""
    best = None
    for a, b in product(map(_parts, left_names[:_NAMES]), map(_parts, right_names[:_NAMES])):
        score, differences = _compare(a, b)
        if score >= least and (best is None or score > best.score):
            best = Likeness(score, tuple(d.in_words(a, b) for d in differences))
    return best


@dataclass(frozen=True, slots=True)
class _Difference:
    """One way in which two names differ: said only of pairs that somebody will read of."""

    says: str
    left: Sequence[str] = ()  # words of the one name
    right: Sequence[str] = ()

    def in_words(self, a: _Parts, b: _Parts) -> str:
        return self.says.format(*(_show(words, parts) for words, parts in ((self.left, a), (self.right, b)) if words))


def _candidates(names: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """The pairs of ids, each in order, that share something few others have."""
    sharing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id_ in sorted(names):
        for block in sorted({b for name in names[id_][:_NAMES] for b in _blocks(_parts(name))}):
            sharing[block].append(id_)
    few = (ids for (kind, _), ids in sharing.items() if 1 < len(ids) <= _CROWD[kind])
    return {pair for ids in few for pair in combinations(ids, 2)}


def _blocks(parts: _Parts) -> Iterator[tuple[str, str]]:
    """What one name may share with another of the same company."""
    yield "key", parts.what.key
    for word in parts.words:
        if len(word) > 2 and word not in GENERIC:
            yield "word", word
    for pair in pairwise(parts.words):
        yield "words", "".join(pair)
    first = parts.words[0] if parts.words else ""
    if len(first) > 4:  # the same first word with one letter more, less, other or in another place
        yield "letters", first
        for at in range(len(first)):
            yield "letters", first[:at] + first[at + 1 :]
    if len(parts.initials) > 1 or parts.short:
        yield "initials", parts.short or parts.initials


def _compare(a: _Parts, b: _Parts) -> tuple[float, list[_Difference]]:
    if a.what.key == b.what.key:
        if a.what.fits(b.what):
            return 1.0, [_Difference("the same name")]
        return _FORM, [_Difference(f"differ in legal form only: {_forms(a)}, {_forms(b)}")]
    for one, other in ((a, b), (b, a)):
        if one.short and other.initials.startswith(one.short):
            return _INITIALS, [_Difference(f"'{one.short.upper()}' can be the initials of the other")]
    certain, differences = _differences(a, b)
    if a.what.forms and b.what.forms and a.what.forms.isdisjoint(b.what.forms):
        certain *= _FORM
        differences.append(_Difference(f"legal forms differ: {_forms(a)}, {_forms(b)}"))
    return round(certain, 3), differences


def _differences(a: _Parts, b: _Parts) -> tuple[float, list[_Difference]]:
    """What is left of certainty after each word that only one of two names has, and the differences."""
    left = [w for w in a.words if w not in b.words]
    right = [w for w in b.words if w not in a.words]
    certain, found = 1.0, list[_Difference]()
    for one in list(left):
        for other in right:
            if kind := _variants(one, other):
                left.remove(one)
                right.remove(other)
                certain *= kind[0]
                found.append(_Difference(kind[1] + ": '{}' and '{}'", [one], [other]))
                break
    if left and right:
        certain *= max(_TELLING, fuzz.ratio(" ".join(left), " ".join(right)) / 100)
        found.append(_Difference("'{}' in one, '{}' in the other", left, right))
    else:
        for word in (*left, *right):
            telling = word in _PLACES or (_NUMBER.fullmatch(word) and word not in (a.words[0], b.words[0]))
            certain *= _TELLING if telling else _TRADE if word in GENERIC else _MISSING
            found.append(_Difference("'{}' is missing in one", [word] if left else (), () if left else [word]))
    return certain, found or [_Difference("the same words in another order")]


def _variants(one: str, other: str) -> tuple[float, str] | None:
    """How one word may stand for another: what that leaves of certainty, and how it is called."""
    if _numbers(one) and _numbers(other) and _letters(one) == _letters(other):
        return _TELLING, "numbers differ"
    if min(len(one), len(other)) > 3 and OSA.distance(one, other, score_cutoff=1) == 1:
        return _LETTER, "one letter differs"
    if min(len(one), len(other)) > 2 and (one.startswith(other) or other.startswith(one)):
        return _SHORTENED, "one may be short for the other"
    return None


def _numbers(word: str) -> str:
    """The number that a word is, or has in it."""
    return word if _NUMBER.fullmatch(word) else "".join(c for c in word if c.isdigit())


def _letters(word: str) -> str:
    """The rest of a word that has a number in it."""
    return "" if _NUMBER.fullmatch(word) else "".join(c for c in word if not c.isdigit())


def _show(words: Sequence[str], parts: _Parts) -> str:
    """Words as the name writes them."""
    written = {fold(word): word for word in re.findall(r"[^\W_]+", parts.name)}
    return " ".join(written.get(word, word) for word in words)


def _forms(parts: _Parts) -> str:
    return " ".join(parts.what.forms) if len(parts.what.forms) == 1 else "company"
