"""Which company a short name stands for, where filings define it and nothing else can be meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from biopact.graph.names import company_key, is_short_form, key
from biopact.graph.resolution.atoms import Atom

# What a company may leave off its name without another being meant; "Pharma", "Holdings" or a country may tell a
# subsidiary from its parent.
_LEFT_OFF = frozenset(
    [
        *("pharmaceutical", "pharmaceuticals", "biopharma", "biopharmaceutical", "biopharmaceuticals", "therapeutics"),
        *("biotherapeutics", "immunotherapeutics", "biosciences", "bioscience", "sciences", "biologics", "medicines"),
        *(
            "laboratories",
            "labs",
            "technologies",
            "biotechnologies",
            "biotechnology",
            "biotech",
            "genomics",
            "genetics",
        ),
        *("oncology", "vaccines", "diagnostics", "biomedical", "bio", "biotherapies", "immunotherapies", "and"),
    ]
)
_OFTEN = 3  # filings that define it so: then it may leave off whatever it does


def short_names(atoms: Iterable[Atom], root: Callable[[str], str]) -> Iterator[tuple[str, list[str], str]]:
    """Each short name with the atoms that bear it alone and the one atom for which it is defined.

    Left out are those defined for several companies, and those with which another company's name begins too.
    """
    defining: dict[str, list[tuple[Atom, str]]] = defaultdict(list)
    bearing: dict[str, list[Atom]] = defaultdict(list)
    beginning: dict[str, list[tuple[str, Atom]]] = defaultdict(list)  # first word -> key of a name, whose
    for atom in atoms:
        own = atom.name_keys()
        for alias in sorted(atom.aliases):
            if (k := key(atom.type, alias)) not in own and any(is_short_form(alias, name) for name in atom.names):
                defining[k].append((atom, alias))
        for k in own:
            bearing[k].append(atom)
        for name in atom.names:
            words = company_key(name)
            beginning[words.split()[0]].append((words, atom))
    for short in sorted(defining.keys() & bearing.keys()):
        bare = [a.id for a in bearing[short] if not a.forms() and not a.marks]
        meant = {root(a.id) for a, _ in defining[short]} - {root(a) for a in bare}
        if not bare or len(meant) != 1:
            continue
        full, alias = next((a, alias) for a, alias in defining[short] if root(a.id) in meant)
        words = company_key(alias)
        others = {root(a.id) for said, a in beginning[words.split()[0]] if f"{said} ".startswith(f"{words} ")}
        often = sum(a.aliases[alias] for a, alias in defining[short]) >= _OFTEN
        if others <= meant | {root(a) for a in bare} and (often or any(_leaves_little(alias, n) for n in full.names)):
            yield short, sorted(bare), full.id


def _leaves_little(alias: str, name: str) -> bool:
    """Whether a short form of a name is its initials, or all of it but its trade."""
    words, full = company_key(alias).split(), company_key(name).split()
    if words == full[: len(words)]:
        return all(w in _LEFT_OFF for w in full[len(words) :])
    return len(words) == 1 and words[0] not in full  # a short form that is none of the words: initials
