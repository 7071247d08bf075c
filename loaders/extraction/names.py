"""All names of a filing's prose and the entity each stands for: who "Alnora", "we" and "ALN-12" are.

One pass collects full names, what parentheses define, and names that stand where only an organisation or a compound can;
afterwards every occurrence of every form is a mention.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from biopact.graph.names import company_key, company_name
from biopact.loaders.extraction import companies, compounds
from biopact.loaders.extraction.agencies import agencies
from biopact.loaders.extraction.company_definitions import Named
from biopact.loaders.extraction.company_forms import LEGAL_AT_END, NAME, name_like, plain
from biopact.loaders.extraction.company_places import distinct_names, slot_names
from biopact.loaders.extraction.compound_places import placed
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.lexicon import words
from biopact.loaders.extraction.prefix_tree import any_of
from biopact.loaders.extraction.sentences import Sentence
from biopact.loaders.extraction.technologies import in_title_case
from biopact.loaders.extraction.things import Things
from biopact.loaders.filing import Document

_PERSON = re.compile(
    rf"\b(?:Dr|Mr|Ms|Mrs|Prof|Sir)\.?\s({NAME})|\bsaid ({NAME})|/s/\s*({NAME})"
    rf"|\b({NAME}),? (?:M\.?D|Ph\.?\s?D|MBA|CEO|CFO|Chief|President|Chairman|Director|Vice President|General Manager|Founder|Esq)"
)
# a list of names that license, own or develop something: all of them are organisations
_LIST = re.compile(
    rf"\b(?P<list>{NAME}(?: \([^()]*\))?(?:,? (?:Inc|Ltd|Corp|LLC)\.?)?,(?: (?:{NAME}|[a-z]+-[a-z]+)(?: \([^()]*\))?(?:,? (?:Inc|Ltd|Corp|LLC)\.?)?,){{1,15}} and (?:{NAME}|[a-z]+-[a-z]+))"
    r"(?= (?:have|has|had|are|were|each) (?:\w+ )?(?:licen[sc]ed|acquired|rights?|entered|agreed|developing|our))"
)
# a name that begins in lower case stands bare where a common noun would take an article
_LOWER = re.compile(
    r"(?:\b(?:with|by|from|that|provides?|provided|enables?|granted|grants|allows?|to|and)\s|^|[.!?]\s)([a-z]{3,}-[a-z]{3,})"
    r"(?=(?:[,.;]|\s(?:has|had|have|will|with|the|gained|licen[sc]e[sd]|granted|agreed|and|to|in|is)\b|[’']s\b))",
    re.MULTILINE,
)
_SAID = re.compile(
    r"[\"”“,]\s*(?:said|says|stated|commented|added|noted|explained|remarked|continued)\b[^\"“”]{0,90}?\b(?:CEO|Officer|President|Chairman|Chair|Founder|Co-Founder|Director|Manager|Head|Partner)\b[^\"“”.;]{0,60}"
    r"|\b(?:CEO|Officer|President|Chairman|Chair|Founder|Director|Manager|Head)\b[^.;]{0,60}?\b(?:said|stated|commented|added|noted):?"
)
_PREFIXED = re.compile(
    r"(?:non|co|pre|post|anti|self|multi|sub|re|inter|intra|semi|over|under|cross|third|first|second|long|short|high|low|well|full|part|end|follow)-"
    r"|[a-z]+-(?:\w*(?:ing|ed|al|ic|ly|ive|able|ible)|free|like|term|party|wide|label|arm|stage|line|out|up|off|level|date|world|end|class|year|day|month|care)$"
)
_TECHNOLOGY_OF = re.compile(r"([A-Z][\w-]*) (?:technolog|platform)")
_ALIAS_OF_DEAL = re.compile(
    r"\(\s*(?:as amended[^()\"“]{0,60}|each,?|collectively,?|together,?|the|such[^()\"“]{0,40}|,|\s)*[\"“]([A-Z][^\"”“]{2,70}?(?:Agreements?|Licen[sc]es?|Amendments?|Contract|MOU|LOI))[,.]?[\"”]"
)
_INLINE_ALIAS_OF_DEAL = re.compile(r",? or (?:the )?[\"“]?((?:[A-Z0-9][\w&-]*\s){1,5}(?:Agreement|License))[\"”]?,")
_BARE_ALIAS_OF_DEAL = re.compile(r"\(the ((?:[A-Z]\w*\s){0,5}Agreement)\)")

# "Alnora's (formerly known as Brevin)"
_ONCE_CALLED = re.compile(
    rf"\b(?P<new>{NAME})(?:[’']s?)? \((?:formerly(?: known as| named| called)?|f/k/a|previously (?:known as|named|called)),? [\"“]?(?P<old>{NAME})[\"”]?\)"
)
_KIN = re.compile(r"\b(?:subsidiar|affiliate|parent)")  # of a namesake with another legal form
_SMALL = re.compile(r"(?<![\w@./-])[a-z]{3,}(?![\w@/-]|\.\w)")  # a word in small letters, not of an address

_GAP = re.compile(rf"(?: \([^()]{{2,40}}\))?, (?:the )?(?P<name>{NAME}),? (?:and |or )?(?:the )?")
_SLASH = re.compile(rf"/(?P<name>{NAME})(?=[,.;)]| (?:and|for|to)\b)")


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named between two offsets of a document's text."""

    start: int
    end: int
    entity: Entity


class Names:
    """The names of one filing's running text."""

    def __init__(self, book: FactBook, documents: Sequence[Document], filers: Sequence[Entity]) -> None:
        self.book = book
        self.filer = filers[0] if filers else None
        self._forms: dict[str, Entity] = {}
        self._persons: set[str] = set()
        self._lower: Counter[str] = Counter()
        self.deal_names: set[str] = set()
        self._tickers: dict[str, Entity] = {}
        self._quoted: dict[int, Entity] = {}  # by paragraph of the document being read: whose officer speaks
        texts = [(d, d.text[d.begin : d.end]) for d in documents]
        for _, text in texts:
            self._lower.update(_SMALL.findall(text))
            self._persons |= {re.sub(r"[’']s$", "", g) for m in _PERSON.finditer(text) for g in m.groups() if g}
            self.deal_names |= {
                m.group(1)
                for p in (_ALIAS_OF_DEAL, _BARE_ALIAS_OF_DEAL, _INLINE_ALIAS_OF_DEAL)
                for m in p.finditer(text)
            }
        self._caps = Counter(w for _, text in texts for w in re.findall(r"\b[A-ZÀ-Þ][\w&-]+", text))
        for filer in filers:
            self._company_forms(filer, [filer.name, *filer.aliases])
        strong = {d.sequence: list(compounds.strong(d.text, d.begin, d.end)) for d, _ in texts}
        self._of_technologies = {m.group(1) for _, text in texts for m in _TECHNOLOGY_OF.finditer(text)}
        things = Things(book, self._forms, self._persons, self._lower, self._of_technologies)
        for document, _ in texts:
            things.read_codes(document, strong[document.sequence])
        hits = [(d, list(slot_names(d.text, d.begin, d.end))) for d, _ in texts]
        self._slots = Counter(name for _, found in hits for name, _, _ in found)
        self._marked = {name for d, _ in texts for name in compounds.marked(d.text, d.begin, d.end)}
        drug_places = {d.sequence: list(placed(d.text, d.begin, d.end)) for d, _ in texts}
        self._placed = Counter(p.name for found in drug_places.values() for p in found)
        full = [
            (d, n) for d, _ in texts for find in (companies.full_names, agencies) for n in find(d.text, d.begin, d.end)
        ]
        if not filers:
            tops = ((d, companies.named_on_top(d.text, d.begin, d.end)) for d, _ in texts[:1])
            full = [*((d, top) for d, top in tops if top), *full]
        self._begun = Counter(n.name.split()[0].strip(",") for _, n in full)
        self._read_full_names(full)
        for document, text in texts:
            self._read_other_capitals(text)
            for name, start, end in distinct_names(document.text, document.begin, document.end):
                self._slot(document, name, start, end, distinct=True)
            self._read_between(document, [m for d, m in full if d is document])
        for document, found in hits:
            self._read_slots(document, found)
        self._add_short_forms()
        for document, _ in texts:
            things.read_compounds(document, strong[document.sequence], drug_places[document.sequence])
            things.read_technologies(document)
        self.issuer = self.filer or self._issuer(full)
        self._pattern = self._compile()

    # --- organisations

    def _read_full_names(self, full: list[tuple[Document, Named]]) -> None:
        counts = Counter(company_key(n.name) for _, n in full)
        for document, n in full:
            key = company_key(n.name)
            shorter = [k for k in counts if key.endswith(" " + k) and counts[k] > counts[key] and len(k) > 4]
            if _glued_to(n.name, counts):  # "IndustryAlnora, Inc." where a page ran two words into one
                continue
            if shorter:  # "Corporate Communications Alnora, Inc." where "Alnora, Inc." is the name
                continue
            if n.rule == "company/head-word" and counts[key] == 1 and in_title_case(document.text, n.start, n.end):
                continue  # "Growing Pharma Sector" in a headline
            if n.name in self._forms and self._forms[n.name].type != "Company":
                continue
            evidence = self.book.quote(document, n.start, n.end, n.rule)
            known = self.book.find("Company", n.name)
            namesake = (
                known is not None
                and not company_name(known.name).fits(company_name(n.name))
                and _KIN.search(document.text, max(document.begin, n.start - 90), n.end + 60)
            )
            entity = self.book.entity(
                "Company", n.name, evidence, aliases=n.aliases, ticker=n.ticker, exchange=n.exchange,
                exact=bool(namesake),
            )  # fmt: skip
            _prefer(entity, n.name)
            if n.ticker:
                self._tickers.setdefault(n.ticker, entity)
            self._company_forms(entity, [n.name, *n.aliases])
            if n.is_filer and self.filer is None:
                self.filer = entity
            if n.former:
                old_name, start, end = n.former
                old = self.book.entity(
                    "Company", old_name, self.book.quote(document, start, end, "company/former-name")
                )
                self._company_forms(old, [old_name])
                words_ = self.book.quote(document, n.start, end + 1, "former-name/parenthesis")
                self.book.relate("FORMERLY_NAMED", entity, old, [words_])

    def _company_forms(self, entity: Entity, names: Sequence[str]) -> None:
        for name in names:
            forms = {name, name.upper()}
            core = _without_legal_form(name)
            if len(core) > 2 and (" " in core or core not in words("generic_words")):
                forms |= {core, core.upper()} if len(core) > 3 else {core}
            for form in list(forms):
                if "-" in form:
                    forms.add(form.replace("-", ""))  # a hyphen lost at a line end
                if "&" in form:
                    forms.add(form.replace("&", "&amp;"))
            for form in forms:
                self._forms.setdefault(form, entity)

    def _read_slots(self, document: Document, found: list[tuple[str, int, int]]) -> None:
        text, begin, end = document.text, document.begin, document.end
        for m in _LIST.finditer(text, begin, end):
            for part in re.finditer(rf"({NAME}|[a-z]+-[a-z]+)(?: \((?:formerly|f/k/a) ({NAME})\))?", m["list"]):
                base = m.start("list")
                name = part.group(1)
                if name.startswith("and ") or name in ("Inc", "Ltd", "Corp", "LLC"):
                    continue
                if name_like(name) or "-" in name:
                    found.append((name, base + part.start(1), base + part.end(1)))
                if part.group(2) and name not in self._persons:
                    new = self._slot(document, name, base + part.start(1), base + part.end(1))
                    old = self._slot(document, part.group(2), base + part.start(2), base + part.end(2))
                    if new and old:
                        words_ = self.book.quote(document, base + part.start(), base + part.end(), "former-name/list")
                        self.book.relate("FORMERLY_NAMED", new, old, [words_])
        for m in _ONCE_CALLED.finditer(text, begin, end):
            name = re.sub(r"[’']s?$", "", m["new"])
            new = self._slot(document, name, m.start("new"), m.start("new") + len(name))
            old = self._slot(document, m["old"], m.start("old"), m.end("old"), distinct=True)
            if new and old and new is not old:
                words_ = self.book.quote(document, m.start(), m.end(), "former-name/parenthesis")
                self.book.relate("FORMERLY_NAMED", new, old, [words_])
        lower = [(m.group(1), m.start(1), m.end(1)) for m in _LOWER.finditer(text, begin, end)]
        places = Counter(name for name, _, _ in lower)
        found += [hit for hit in lower if places[hit[0]] >= 3 and not _PREFIXED.match(hit[0])]
        for name, start, stop in found:
            self._slot(document, name, start, stop)

    def _read_between(self, document: Document, full: list[Named]) -> None:
        """A name between two full ones in a list is one too: "Alnora, Inc., Brevin, and Corvane AG"."""
        for before, behind in pairwise(full):
            gap = _GAP.fullmatch(document.text, before.end, behind.start) if behind.start - before.end < 120 else None
            if gap and name_like(gap["name"]) and not LEGAL_AT_END.search(gap["name"]):
                self._slot(document, gap["name"], gap.start("name"), gap.end("name"))
        for one in full:
            slash = _SLASH.match(document.text, one.end, document.end)
            if slash and name_like(slash["name"]):
                self._slot(document, slash["name"], slash.start("name"), slash.end("name"))

    def _read_other_capitals(self, text: str) -> None:
        """A name in capitals on the cover is written otherwise in the text: ALNORA BIO INC. and Alnora Bio."""
        lower = text.lower()
        for form, entity in list(self._forms.items()):
            if entity.type != "Company" or " " not in form or not (form.isupper() and entity.name.isupper()):
                continue
            position = lower.find(form.lower())
            while position >= 0:
                found = text[position : position + len(form)]
                whole = not (lower[position - 1 : position].isalnum() or lower[position + len(form) :][:1].isalnum())
                if whole and found[0].isupper() and found not in self._forms:
                    self._forms[found] = entity
                    _prefer(entity, found)
                    entity.alias(found)
                position = lower.find(form.lower(), position + 1)

    def _slot(self, document: Document, name: str, start: int, end: int, *, distinct: bool = False) -> Entity | None:
        """The organisation that a bare name in an organisation's place stands for, if it can be one."""
        if name in self._forms:
            return self._forms[name]
        if name in self._tickers:
            return self._tickers[name]
        if name in self._persons or any(name in p.split(" ") for p in self._persons):
            return None
        if name[0].isupper() and " " not in name and self._lower[name.lower()] > 0:
            return None
        if name in self._marked or (self._slots[name] < 2 and name.split()[-1] in self._of_technologies):
            return None  # the name of a product or a technology
        if self._placed[name] > self._slots[name] and self.book.find("Company", name) is None:
            return None  # a compound, by most of the places it stands in
        key, short = company_key(name), name
        known = self.book.find("Company", name)
        if known is None:
            longer = {
                id(e): e for f, e in self._forms.items()
                if e.type == "Company" and company_key(f).startswith(key + " ")
            }  # fmt: skip
            if len(longer) == 1 and not distinct:
                known = next(iter(longer.values()))
            elif len(longer) > 1 and not distinct:
                known = self._foremost(longer)
        if known is None and name.isupper() and (m := _in_full(document.text, name)):
            start, end, name = m.start("full"), m.end("full"), plain(m["full"])
            known = self.book.find("Company", name)
        evidence = self.book.quote(document, start, end, "company/place", 0.7)
        entity = known or self.book.entity("Company", name, evidence)
        if known is not None:
            known.alias(name)
        if short != name:
            entity.alias(short)
        self._company_forms(entity, [name, short])
        return entity

    def _add_short_forms(self) -> None:
        """The first word of a full name, where the text uses it alone and no other name begins with it."""
        firsts: dict[str, dict[int, Entity]] = {}
        for form, entity in list(self._forms.items()):
            first = form.split()[0].strip(",")
            if (
                entity.type == "Company" and " " in form and len(first) > 2 and not first.isupper()
            ) or first in self._caps:
                firsts.setdefault(first, {})[id(entity)] = entity
        for first, owners in firsts.items():
            if first in self._forms or first in words("generic_words") or first in words("not_first"):
                continue
            if self._caps[first] <= self._begun[first]:
                continue  # the text never uses it alone
            if self._lower[first.lower()] > 0 or first in words("not_a_party"):
                continue
            owner = next(iter(owners.values())) if len(owners) == 1 else self._foremost(owners)
            if owner is not None and _PLACE_OR_SAINT.match(owner.name):
                continue
            if owner is not None and owner.type == "Company" and self._caps[first] > 0:
                self._forms[first] = owner
                owner.alias(first)

    def _foremost(self, namesakes: dict[int, Entity]) -> Entity | None:
        """Whom of those whose names begin alike the beginning stands for: the filer, or the one that is listed."""
        if self.filer is not None and id(self.filer) in namesakes:
            return self.filer
        listed = [e for e in namesakes.values() if "ticker" in e.properties]
        return listed[0] if len(listed) == 1 else None

    def _issuer(self, full: list[tuple[Document, Named]]) -> Entity | None:
        """Whose press release this is: the first organisation with a ticker, else the first named at its top."""
        for document, n in full:
            if n.ticker and n.start - document.begin < 5000:
                return self.book.find("Company", n.name)
        for form, entity in self._forms.items():
            if entity.type == "Company" and "ticker" in entity.properties and form:
                return entity
        others = {
            company_key(n.name).removeprefix("the ")
            for d, n in full
            if _ANOTHER.search(d.text, max(d.begin, n.start - 400), n.start)
        }
        full = [(d, n) for d, n in full if company_key(n.name).removeprefix("the ") not in others]
        for document, n in full:
            if n.start - document.begin < 1500 and len(document.text) < 60_000:
                return self.book.find("Company", n.name)
        often = Counter(n.name for _, n in full).most_common(1)
        return self.book.find("Company", often[0][0]) if often else None

    # --- looking up

    def _compile(self) -> re.Pattern[str]:
        forms = [form for form in self._forms if len(form) > 1]
        return re.compile(rf"(?<![\w-]){any_of(forms)}(?![\w]|-[A-Z0-9])" if forms else r"(?!)")

    def mentions(self, document: Document, start: int, end: int) -> list[Mention]:
        """Every name between two offsets, in order, without overlaps."""
        return [
            Mention(m.start(), m.end(), self._forms[plain(m.group())])
            for m in self._pattern.finditer(document.text, start, end)
            if plain(m.group()) in self._forms and not self._cut_short(document.text, m)
        ]

    def _cut_short(self, text: str, m: re.Match[str]) -> bool:
        """Whether a one-word form is only the beginning of a longer name that nothing else has told."""
        following = re.match(r"\s([A-Z][a-z]*[A-Z][a-z]\w+)", text[m.end() : m.end() + 40])
        return (
            bool(following) and " " not in m.group() and following is not None and following.group(1) not in self._forms
        )

    def listen(self, document: Document, found: Sequence[Sentence]) -> None:
        """Find out who is quoted in which paragraph of a document, before its sentences are read."""
        self._quoted = {}
        for sentence in found:
            m = _SAID.search(document.text, sentence.start, sentence.end)
            if m:
                who = [
                    x
                    for x in self.mentions(document, m.start(), min(sentence.end, m.end() + 60))
                    if x.entity.type == "Company"
                ]
                if who:
                    self._quoted[sentence.paragraph] = who[-1].entity

    def speaker(self, sentence: Sentence) -> Entity | None:
        """Who "we", "us" and "the Company" are in this sentence."""
        if sentence.paragraph in self._quoted:
            return self._quoted[sentence.paragraph]
        about = re.match(r"(?:About|ABOUT)\s+(.+)", sentence.heading)
        if about:
            named = self._forms.get(about.group(1).strip(" :*")) or self.book.find("Company", about.group(1))
            if named is not None and named.type == "Company":
                return named
        return self.issuer


# "the Company acquired Alnora, Inc.": whoever the Company is, it is not Alnora
_ANOTHER = re.compile(
    r"\b[Tt]he Company\b(?![’']s (?:name|subsidiary|parent)\b)(?:[^.;\n]|\.(?=\w|,)){0,300}\s(?:with|from|acquired?|acquisition of|and|between|in|to) (?:[Tt]he )?$"
)

# what begins with the name of a place, of a kind or of a saint is not called by that word
_PLACE_OR_SAINT = re.compile(
    r"(?:City|Fondazione|Fondation|Fundaci\w+|Ospedale|Istituto?|Institut\w*|H[ôo]pita\w+|Klinikum|San|Santa|St|Los|Las|La|Le|El|New)\b|.*\bClinic\b"
)


def _glued_to(name: str, known: Counter[str]) -> bool:
    """Whether a name that the text has too stands in this one behind a word without a space."""
    first = name.split()[0]
    seams = (m.start() + 1 for m in re.finditer(r"[a-z][A-Z]", first))
    return any(company_key(name[seam:]) in known for seam in seams)


def _in_full(text: str, short: str) -> re.Match[str] | None:
    """Where a text spells out capitals that a company goes by: "Alnor Genetic Technologies (AGT)"."""
    words_ = r"\s(?:of\s|and\s|for\s|the\s)?".join(rf"{letter}[a-z][\w-]+" for letter in short)
    return re.search(rf"\b(?P<full>{words_})\s\([\"“]?{short}[\"”]?\)", text) if short.isalpha() else None


def _without_legal_form(name: str) -> str:
    """The name without its legal form, in its own spelling."""
    m = LEGAL_AT_END.search(name)
    return name[: m.start()].strip(" ,") if m else name


def _prefer(entity: Entity, name: str) -> None:
    """A full name in ordinary capitals is shown rather than a short one or one in capitals."""
    better = (entity.name.isupper() and not name.isupper()) or (
        company_key(name) == company_key(entity.name) and len(name) > len(entity.name) and not name.isupper()
    )
    if better and "cik" not in entity.properties and name != entity.name:
        old, entity.name = entity.name, name
        entity.aliases = [a for a in entity.aliases if a != name]
        entity.alias(old)
