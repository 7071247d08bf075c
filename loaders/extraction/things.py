"""Enters the compounds and technologies of a document among the names that mentions are looked up by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from biopact.graph.names import fold
from biopact.loaders.extraction.company_forms import plain
from biopact.loaders.extraction.compounds import Drug, equivalents, is_code
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.lexicon import words
from biopact.loaders.extraction.technologies import MARK, technologies
from biopact.loaders.filing import Document


@dataclass(frozen=True, slots=True)
class Things:
    """What names of compounds and technologies stand for; `forms` is shared with the names of companies."""

    book: FactBook
    forms: dict[str, Entity]
    persons: Set[str]
    lower: Counter[str]  # words that the text writes small
    of_technologies: Set[str]

    def read_codes(self, document: Document, strong: Sequence[Drug]) -> None:
        """Codes and international names, before companies are read: a company is never called so."""
        for drug in strong:
            if drug.rule != "compound/trademark":
                self._compound(document, drug)

    def read_compounds(self, document: Document, strong: Sequence[Drug], places: Sequence[Drug]) -> None:
        """Trademarks, names in a compound's place, and which of all names mean the same."""
        text, begin, end = document.text, document.begin, document.end
        for drug in strong:
            if drug.rule == "compound/trademark" and drug.name not in self.forms:
                self._compound(document, drug)
        for drug in places:
            plain = drug.name.lower()
            if drug.name in self.of_technologies and not any(c.isdigit() for c in drug.name):
                continue  # its candidates are made with it
            if drug.name in self.forms or drug.name in self.persons or fold(drug.name) in _NEVER:
                continue
            if drug.name[1:].islower() and self.lower[plain] > 0:
                continue
            if any(drug.name in f.split() for f in self.forms) or drug.name in words("not_a_party"):
                continue
            self._compound(document, drug)
        for pair in equivalents(text, begin, end):
            a, b = pair
            first = self._compound_called(a)
            second = self._compound_called(b)
            if first and second is None and b not in self.forms and fold(b) not in _NEVER:
                first.alias(b)
                self.forms[b] = first
            elif second and first is None:
                a = a.split()[-1]
                named = a[0].isupper() or (len(a) > 6 and " " not in pair[0])
                new = named and a not in self.forms and self.lower[a.lower()] == 0 and fold(a) not in _NEVER
                if new and is_code(a) and a not in words("not_first") | words("generic_words"):
                    second.alias(a)
                    self.forms[a] = second
            elif first and second and first is not second:
                for name in (second.name, *second.aliases):
                    first.alias(name)
                first.evidence.extend(e for e in second.evidence if e not in first.evidence)
                for form, entity in self.forms.items():
                    if entity is second:
                        self.forms[form] = first

    def _compound(self, document: Document, drug: Drug) -> None:
        evidence = self.book.quote(document, drug.start, drug.end, drug.rule)
        if drug.name in self.forms and not drug.salt:
            return
        if drug.name in self.forms and self.forms[drug.name].type != "Compound":
            return
        entity = self.book.entity("Compound", drug.name, evidence)
        self.forms[drug.name] = entity
        self.forms.setdefault(plain(drug.name), entity)
        if drug.salt:
            salt = re.sub(r"\s+", " ", drug.salt)
            entity.alias(salt)
            self.forms.setdefault(salt, entity)

    def _compound_called(self, name: str) -> Entity | None:
        tail = name.split()[-1]
        for form in (name, tail):
            entity = self.forms.get(form)
            if entity is not None and entity.type == "Compound":
                return entity
        return None

    def read_technologies(self, document: Document) -> None:
        """Named technologies, each without its owner."""
        heads: list[Entity] = []
        for tech in technologies(document.text, document.begin, document.end):
            name = tech.name
            owner = next(
                (
                    f
                    for f in sorted(self.forms, key=len, reverse=True)
                    if name.startswith(f + " ") and self.forms[f].type == "Company"
                ),
                None,
            )
            if owner and len(name.split()) > len(owner.split()) + 1:
                name = name[len(owner) + 1 :]
            evidence = self.book.quote(document, tech.start, tech.end, "technology/named")
            aliases = [f"{tech.acronym} technology"] if tech.acronym else []
            short = re.sub(r"\s*\([^)]*\)", "", name)
            written = plain(document.text[tech.start : tech.end])  # with its mark
            others = [other for other in (short, *([written] if MARK.search(written) else [])) if other != name]
            entity = self.book.entity("Technology", name, evidence, aliases=[*others, *aliases])
            heads.append(entity)
            for form in {name, document.text[tech.start : tech.end], *entity.aliases}:
                self.forms.setdefault(form, entity)
            if tech.acronym:
                self.forms.setdefault(tech.acronym, entity)
        self._equate_headings(document)

    def _equate_headings(self, document: Document) -> None:
        """A section "About X technology" that begins with "The Y technology …" says that X and Y are one."""
        for m in re.finditer(
            r"^[#*\s]*About ([^\n]{3,90}?[Tt]echnology)[*:\s]*\n\s*([^\n]{10,160})", document.text, re.MULTILINE
        ):
            named = [
                e for f, e in self.forms.items() if e.type == "Technology" and m.group(1).lower().endswith(f.lower())
            ]
            subject = [
                (m.group(2).lower().find(f.lower()), e) for f, e in self.forms.items()
                if e.type == "Technology" and 0 <= m.group(2).lower().find(f.lower()) < 60
            ]  # fmt: skip
            if named and subject:
                keep = min(subject, key=lambda s: s[0])[1]
                for gone in named:
                    if gone is not keep:
                        for name in (gone.name, *gone.aliases):
                            keep.alias(name)
                        for form, entity in list(self.forms.items()):
                            if entity is gone:
                                self.forms[form] = keep


_NEVER = frozenset(
    [
        "fda",
        "ema",
        "bla",
        "nda",
        "ind",
        "us",
        "eu",
        "adc",
        "dna",
        "rna",
        "mrna",
        "car",
        "phase",
        "gbm",
        "company",
        "ceo",
        "hiv",
        "aids",
        "ip",
    ]
)
