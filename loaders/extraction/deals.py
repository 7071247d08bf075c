"""Puts what sentences state together into deals: one agreement, told in many sentences, is one deal.

Sentences are read in order. An agreement that is spoken of opens a deal or goes on with one; what passes between its
parties, and the terms, are added to it; who the sentence leaves out is taken from the deal it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from biopact.graph.records import Evidence, Value
from biopact.loaders.extraction.accords import Accord, accords
from biopact.loaders.extraction.deal import Deal, Entity, Grant, Term
from biopact.loaders.extraction.directions import by_asset, implied_grants, paying_party
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.masking import Masked, mask
from biopact.loaders.extraction.names import Names
from biopact.loaders.extraction.partner_tables import licensees
from biopact.loaders.extraction.patterns import DEAL
from biopact.loaders.extraction.sentences import Sentence, sentences
from biopact.loaders.extraction.statements import Statement, statements
from biopact.loaders.extraction.terms import Read, exclusivity, terms, territory
from biopact.loaders.extraction.values import dates
from biopact.loaders.filing import Document

_DEAL_EDGES = ("LICENSES_TO", "COLLABORATES_WITH", "SUPPLIES_TO", "ACQUIRES")
_KIND_OF = {
    "LICENSES_TO": "license",
    "COLLABORATES_WITH": "collaboration",
    "SUPPLIES_TO": "supply",
    "ACQUIRES": "acquisition",
}
# a party that a sentence leaves out is taken from an agreement of a kind that can hold what it says
_KINDRED: dict[str, set[str]] = {
    "LICENSES_TO": {
        "license",
        "collaboration",
        "option",
        "distribution",
        "research",
        "co-development",
        "asset purchase",
    },
    "COLLABORATES_WITH": {"license", "collaboration", "research", "co-development", "joint venture", "option"},
    "SUPPLIES_TO": {
        "license",
        "collaboration",
        "supply",
        "manufacturing",
        "distribution",
        "services",
        "asset purchase",
    },
    "ACQUIRES": {"acquisition", "asset purchase"},
}
_BOUGHT = {"asset purchase", "acquisition"}
_TRIGGER = re.compile(
    r"licen[sc]|grant|agree|collaborat|partner|allianc|acqui|merge|purchas|suppl|manufactur|distribut|subsidiar|owned|own |owns|develop|"
    r"stake|shares|invest|royalt|milestone|up-?front|technolog|platform|formerly|rights|sold|joint|pipeline|portfolio|candidate|stud|trial|Phase|"
    r"expir|through|until|deliver|divis|arm of|unit of|part of|formed|market|sell|assign|payment|fee",
)
_SKIPPED = re.compile(
    r"forward[- ]looking|safe harbor|cautionary|disclaimer|contacts?$|note to investors|signatures?$|indicate by check|risk factor",
    re.IGNORECASE,
)
_SKIPPED_SENTENCE = re.compile(
    r"forward-looking statement|Private Securities Litigation Reform|actual results (?:may|could|to) differ",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\b(?:today announced|announced today|announces|is pleased to announce|has announced|have announced|announced that)\b",
    re.IGNORECASE,
)
_ANNOUNCING = re.compile(
    r"(?:(?!entered into|signed|executed|complet|acquired|licensed|granted|closed)[^;]){0,150}?(?<!previously )\bannounce[sd]?\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^[^\n]{0,120}?\b((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? (?:19|20)\d\d)\b[^\n]{0,60}?(?:--|[-–—/])",
    re.MULTILINE,
)
_NOT_THE_DEALS_DATE = re.compile(
    r"(?:subsequent to|ended|since|until|through|prior to|before|after|by|expir\w+(?: on| in)?|as of|beginning|began|starting|from|year|quarter of|during(?: the)?(?: fiscal)?(?: year)?|ending|fiscal(?: year)?|to be held)\s*(?:on |in |the )?$",
    re.IGNORECASE,
)
_SIGNED_AS_OF = re.compile(r"(?:dated|effective|made|entered into|executed)[^.;]{0,40}as of\s*$", re.IGNORECASE)


@dataclass(eq=False, slots=True)
class Draft:
    """A deal while its sentences are being read."""

    deal: Deal
    parties: list[Entity]
    places: set[tuple[int, int]] = field(default_factory=set)  # (document, section) that speak of it
    names: set[str] = field(default_factory=set)  # defined names, as in "the Alnora Agreement"
    accord_words: list[tuple[frozenset[str], Evidence, tuple[Entity, ...]]] = field(default_factory=list)
    payers: list[Entity] = field(default_factory=list)  # who pays upfront, milestones or royalties
    subjects: list[Entity] = field(default_factory=list)

    @property
    def date(self) -> str | None:
        """The date it was signed on, as far as known."""
        value = self.deal.properties.get("agreement_date")
        return value if isinstance(value, str) else None

    @property
    def announced(self) -> str | None:
        """The date it was announced on, as far as known."""
        value = self.deal.properties.get("announced_date")
        return value if isinstance(value, str) else None


class DealReader:
    """Reads the running text of a filing into its fact book."""

    def __init__(self, book: FactBook, names: Names) -> None:
        self.book = book
        self.names = names
        self.drafts: list[Draft] = []
        self._document: Document
        self._announced: str | None = None
        self._latest: int | None = None  # a deal is not dated after the year of its filing

    def read(self, document: Document) -> None:
        """Read one document, sentence by sentence."""
        self._document = document
        dateline = _DATELINE.search(document.text, document.begin, min(document.end, document.begin + 6000))
        first = next(dates(document.text, dateline.start(1), dateline.end(1)), None) if dateline else None
        self._announced = str(first.value) if first else None
        filed = self.book.filing.filing_date or self._announced
        self._latest = int(filed[:4]) if filed else None
        current: Draft | None = None
        section = -1
        subject: Entity | None = None
        drug: Entity | None = None
        self._licensee_tables(document)
        found = sentences(document)
        self.names.listen(document, found)
        for sentence in found:
            if sentence.section != section:
                section, current, subject, drug = sentence.section, None, None, None
            words = document.text[sentence.start : sentence.end]
            if _SKIPPED.search(sentence.heading) or _SKIPPED_SENTENCE.search(words) or len(words) > 4000:
                continue
            if not _TRIGGER.search(words):
                subject = self._subject(document, sentence) or subject
                continue
            masked = mask(self.names, document, sentence, subject, drug)
            current = self._sentence(sentence, masked, current) or current
            companies = masked.of_type("Company")
            compounds = masked.of_type("Compound")
            for company in companies:
                if len(companies) > 1 and company not in self.book.keep and named_in_full(company):
                    self.book.keep.append(company)
            subject = companies[0] if companies else subject
            drug = compounds[-1] if compounds else drug

    def close(self) -> None:
        """Give each deal the edges that only its name and its payments tell: who licenses, supplies, acquires."""
        for draft in self.drafts:
            draft.deal.grants += implied_grants(draft.deal, draft.accord_words, draft.payers, draft.subjects)
            draft.deal.terms = list(dict.fromkeys(draft.deal.terms))
            draft.deal.grants = by_asset(draft.deal)
        self.book.deals = [d for d in self.book.deals if d.grants]

    def _licensee_tables(self, document: Document) -> None:
        """Partners that a table lists under licensing are the licensees of whoever files or issues the document."""
        licensor = self.names.issuer
        for row in licensees(document) if licensor is not None else ():
            named = [m.entity for m in self.names.mentions(document, *row.partner) if m.entity.type == "Company"]
            if not named or licensor is None or named[0] is licensor:
                continue
            things = [
                m.entity for m in self.names.mentions(document, row.start, row.end) if m.entity.type == "Compound"
            ]
            evidence = self.book.quote(document, row.start, row.end, "license/partner-table", 0.75)
            draft = self._draft((licensor, named[0]), {"license"}, None, None, things, (document.sequence, -row.start))
            draft.deal.kinds.add("license")
            draft.subjects += [t for t in things if t not in draft.subjects]
            draft.deal.grants.append(
                Grant("LICENSES_TO", licensor, named[0], (evidence,), tuple(dict.fromkeys(things)))
            )
            if row.subject:
                field_ = document.text[slice(*row.subject)]
                draft.deal.properties.setdefault("field", field_)
                quote = self.book.quote(document, *row.subject, "term/field")
                draft.deal.terms.append(Term("field", "stated", quote, value=field_))

    def _subject(self, document: Document, sentence: Sentence) -> Entity | None:
        return next(
            (
                m.entity
                for m in self.names.mentions(document, sentence.start, sentence.end)
                if m.entity.type == "Company"
            ),
            None,
        )

    def _sentence(self, sentence: Sentence, masked: Masked, current: Draft | None) -> Draft | None:
        place = (self._document.sequence, sentence.section)
        text = self._document.text
        called = self._called(masked, sentence)
        spoken: Draft | None = called
        found: list[Accord | Statement] = [
            *accords(masked, self.names.speaker(sentence), heading=sentence.is_heading),
            *statements(masked),
        ]
        # clause by clause, in each the agreement spoken of before what is said of it
        found.sort(key=lambda f: (masked.text.count(";", 0, f.start), isinstance(f, Statement)))
        for each in found:
            if isinstance(each, Accord):
                if sentence.is_heading and not _heading_counts(text[sentence.start : sentence.end]):
                    continue
                evidence = self._quote(masked, each.start, each.end, sentence, "agreement/spoken-of", 0.9)
                date = self._date(masked, sentence, each.start, each.end)
                announced = self._announced_date(masked, sentence)
                subjects = _subjects_near(masked, each.start, each.end)
                draft = called if called and set(called.parties) & set(each.parties) else None
                draft = draft or self._draft(each.parties, each.kinds, date, announced, subjects, place)
                self._note(draft, each, evidence, date, announced, place, subjects)
                spoken = draft
            elif each.rule.edge in _DEAL_EDGES:
                spoken = self._grant(each, masked, sentence, spoken or current, place) or spoken
            elif not sentence.is_heading:
                self._relate(each, masked, sentence)
        if spoken is not None:
            spoken.names |= self._defined(sentence)
        target = spoken or (current if current and place in current.places else None)
        if target is not None and not sentence.is_heading:
            self._terms(target, masked, sentence)
        return spoken

    # --- which deal

    def _called(self, masked: Masked, sentence: Sentence) -> Draft | None:
        """The deal whose defined name the sentence uses."""
        if DEAL not in masked.text:
            return None
        words = re.sub(r"\s+", " ", self._document.text[sentence.start : sentence.end])
        for draft in reversed(self.drafts):
            if any(name in words for name in draft.names):
                return draft
        return None

    def _defined(self, sentence: Sentence) -> set[str]:
        words = re.sub(r"\s+", " ", self._document.text[sentence.start : sentence.end])
        return {n for n in self.names.deal_names if re.search(rf"\([^()]*\b{re.escape(n)}\b", words)}

    def _draft(
        self, parties: Sequence[Entity], kinds: Iterable[str], date: str | None, announced: str | None,
        subjects: Sequence[Entity], place: tuple[int, int],
    ) -> Draft:  # fmt: skip
        """The deal these parties are spoken to have, or a new one."""
        best: tuple[int, Draft] | None = None
        for draft in self.drafts:
            if set(parties) != set(draft.parties) and not set(parties) < set(draft.parties):
                continue
            score = self._fit(draft, set(kinds), date, announced, subjects, place)
            if score is not None and (best is None or score >= best[0]):
                best = (score, draft)
        if best is not None and best[0] > 0:
            return best[1]
        draft = Draft(Deal(), list(parties))
        self.drafts.append(draft)
        self.book.deals.append(draft.deal)
        return draft

    def _fit(
        self, draft: Draft, kinds: set[str], date: str | None, announced: str | None,
        subjects: Sequence[Entity], place: tuple[int, int],
    ) -> int | None:  # fmt: skip
        """How well a mention fits a deal; None if they cannot be one."""
        score = 0
        if not _announceable(date or draft.date, announced or draft.announced):
            return None
        if announced and announced == draft.announced:
            score += 3
        if date and draft.date:
            if not (date.startswith(draft.date) or draft.date.startswith(date)):
                return None
            score += 4
        same_place = place in draft.places
        if subjects and draft.subjects:
            if set(subjects) & set(draft.subjects):
                score += 2
            elif not same_place:
                return None
        if kinds & draft.deal.kinds:
            score += 2
        elif kinds and draft.deal.kinds and not same_place:
            return None
        return score + (1 if same_place else 0)

    # --- what it says

    def _note(
        self, draft: Draft, accord: Accord, evidence: Evidence, date: str | None, announced: str | None,
        place: tuple[int, int], subjects: Sequence[Entity],
    ) -> None:  # fmt: skip
        deal = draft.deal
        deal.kinds |= accord.kinds
        if evidence not in deal.evidence:
            deal.evidence.append(evidence)
        draft.accord_words.append((accord.kinds, evidence, accord.parties))
        draft.places.add(place)
        draft.subjects += [s for s in subjects if s not in draft.subjects]
        own = exclusivity(evidence.quote) if accord.kinds & {"license", "distribution", "supply"} else None
        if own:
            deal.properties.setdefault("exclusivity", own)
            deal.terms.append(Term("exclusivity", "stated", evidence, value=own))
        if date:
            deal.properties.setdefault("agreement_date", date)
        if announced:
            deal.properties.setdefault("announced_date", announced)
        if accord.terminated:
            deal.properties["status"] = "terminated"

    def _grant(
        self, statement: Statement, masked: Masked, sentence: Sentence, around: Draft | None, place: tuple[int, int]
    ) -> Draft | None:
        rule = statement.rule
        if (
            rule.needs_agreement
            and rule.edge == "LICENSES_TO"
            and around is not None
            and around.deal.kinds & _BOUGHT
            and "license" not in around.deal.kinds
        ):
            return None  # rights that are bought are no licence
        sources, targets = list(statement.sources), list(statement.targets)
        speaker = self.names.speaker(sentence)
        if not sources and rule.owner_licenses:
            sources = [o for o in (self._owner(t) for t in statement.things) if o] or ([speaker] if speaker else [])
        for end, other, name in ((sources, targets, "source"), (targets, sources, "target")):
            if not end and other:
                if around is not None and set(other) & set(around.parties) and _KINDRED[rule.edge] & around.deal.kinds:
                    end += [p for p in around.parties if p not in other][:1]
                if (
                    not end
                    and speaker is not None
                    and speaker not in other
                    and (rule.speaker == name or rule.needs_agreement)
                ):
                    end.append(speaker)
        sources = [s for s in sources if s.type == "Company"]
        targets = [t for t in targets if t.type == "Company" and t not in sources]
        if not sources or not targets:
            return None
        words = masked.text[statement.start : statement.end]
        evidence = self._quote(masked, statement.start, statement.end, sentence, rule.name, rule.confidence)
        date = self._date(masked, sentence, statement.start, statement.end)
        announced = self._announced_date(masked, sentence)
        kinds = {_KIND_OF[rule.edge]}
        spoken: Draft | None = None
        for source in sources[:12]:
            for target in targets[:12]:
                subjects = [t for t in statement.things if t.type in ("Compound", "Technology")]
                draft = around
                if (
                    draft is None
                    or not {source, target} <= set(draft.parties)
                    or self._fit(draft, kinds, date, announced, subjects, place) is None
                ):
                    draft = self._draft((source, target), kinds, date, announced, subjects, place)
                self._add(
                    draft, rule.edge, source, target, subjects, evidence, words, masked, sentence, date, announced
                )
                draft.places.add(place)
                spoken = draft
        return spoken

    def _add(
        self, draft: Draft, edge: str, source: Entity, target: Entity, subjects: list[Entity], evidence: Evidence,
        words: str, masked: Masked, sentence: Sentence, date: str | None, announced: str | None,
    ) -> None:  # fmt: skip
        deal = draft.deal
        deal.kinds.add(_KIND_OF[edge])
        own: dict[str, Value] = {}
        if edge == "SUPPLIES_TO" and exclusivity(words):
            own["exclusivity"] = exclusivity(words) or ""
        if edge == "ACQUIRES" and subjects:
            place_ = territory(self._document.text, sentence.start, sentence.end)
            if place_:
                own["territory"] = str(place_.value)
        if edge == "LICENSES_TO":
            kind = exclusivity(words) or exclusivity(masked.text[max(0, masked.text.find(words) - 60) :][:60])
            if kind:
                own["exclusivity"] = kind
                deal.properties.setdefault("exclusivity", kind)
                deal.terms.append(Term("exclusivity", "stated", evidence, value=kind))
            where = territory(self._document.text, sentence.start, sentence.end)
            if where:
                own["territory"] = str(where.value)
                deal.properties.setdefault("territory", str(where.value))
                quote = self.book.quote(self._document, where.start, where.end, "term/territory")
                deal.terms.append(Term("territory", "stated", quote, value=str(where.value)))
        if date:
            deal.properties.setdefault("agreement_date", date)
        if announced:
            deal.properties.setdefault("announced_date", announced)
        draft.subjects += [s for s in subjects if s not in draft.subjects]
        deal.grants.append(Grant(edge, source, target, (evidence,), tuple(subjects), tuple(sorted(own.items()))))

    def _owner(self, technology: Entity) -> Entity | None:
        return self.book.source_of("OWNS", technology)

    def _relate(self, statement: Statement, masked: Masked, sentence: Sentence) -> None:
        rule = statement.rule
        sources, targets = list(statement.sources), list(statement.targets)
        speaker = self.names.speaker(sentence)
        if not sources and rule.speaker == "source" and speaker is not None:
            sources = [speaker]
        evidence = self._quote(masked, statement.start, statement.end, sentence, rule.name, rule.confidence)
        properties: dict[str, Value | None] = {"share": rule.share} if rule.share else {}
        if rule.edge == "SUBSIDIARY_OF" or rule.edge == "HOLDS_STAKE_IN":
            targets = targets[:1]
        for source in sources:
            for target in targets:
                self.book.relate(rule.edge, source, target, [evidence], **properties)

    def _terms(self, draft: Draft, masked: Masked, sentence: Sentence) -> None:
        text = self._document.text
        deal = draft.deal
        milestones: dict[str, float] = {}
        for read in terms(text, sentence.start, sentence.end):
            target = self._term_owner(read, draft, text)
            evidence = self.book.quote(
                self._document, *_widened(text, read, sentence), f"term/{read.kind.replace(' ', '-')}"
            )
            asset = self._asset(read, target)
            target.deal.terms.append(
                Term(
                    read.kind,
                    read.state,
                    evidence,
                    value=read.value,
                    amount=read.amount,
                    currency=read.currency,
                    subject=asset,
                )
            )
            if read.state != "stated" or (asset is not None and read.part):
                continue
            if read.kind == "upfront" and read.currency == "USD" and read.amount is not None:
                target.deal.properties.setdefault("upfront_usd", read.amount)
            elif (
                read.kind == "milestones"
                and read.currency == "USD"
                and read.amount is not None
                and read.ceiling
                and not read.part
            ):
                milestones[str(read.amount)] = read.amount
            elif read.kind == "royalty":
                target.deal.properties.setdefault("royalties", read.value != "none")
            elif read.kind == "expiration date" and read.value:
                target.deal.properties.setdefault("expiration_date", read.value)
            elif read.kind == "purchase price" and read.currency == "USD" and read.amount is not None:
                target.deal.properties.setdefault("price_usd", read.amount)
            elif read.kind == "field" and read.value:
                target.deal.properties.setdefault("field", read.value)
        if milestones:
            total = sum(milestones.values())
            known = deal.properties.get("milestones_max_usd")
            if not isinstance(known, float) or total > known:
                deal.properties["milestones_max_usd"] = total
        payer = paying_party(masked, draft.parties)
        if payer is not None:
            draft.payers.append(payer)

    def _asset(self, read: Read, draft: Draft) -> Entity | None:
        """The one asset that an amount is said to be for, where the deal has several."""
        if read.purpose is None or sum(s.type == "Compound" for s in draft.subjects) < 2:
            return None
        named = [m.entity for m in self.names.mentions(self._document, *read.purpose) if m.entity in draft.subjects]
        return named[0] if len(set(named)) == 1 else None

    def _term_owner(self, read: Read, draft: Draft, text: str) -> Draft:
        """The expiry of "the collaboration" belongs to the parties' collaboration, whatever deal the sentence is about."""
        if (
            read.kind == "expiration date"
            and re.search(r"\bcollaboration\b", text[read.start : read.end])
            and "collaboration" not in draft.deal.kinds
        ):
            for other in self.drafts:
                if (
                    other is not draft
                    and set(other.parties) == set(draft.parties)
                    and "collaboration" in other.deal.kinds
                ):
                    return other
            other = Draft(Deal(kinds={"collaboration"}), list(draft.parties))
            self.drafts.append(other)
            self.book.deals.append(other.deal)
            return other
        return draft

    # --- where and when

    def _quote(
        self, masked: Masked, start: int, end: int, sentence: Sentence, rule: str, confidence: float
    ) -> Evidence:
        begin, stop = masked.source(start), masked.source(end)
        stop = max(stop, begin + 1)
        return self.book.quote(self._document, begin, min(stop, sentence.end), rule, confidence)

    def _date(self, masked: Masked, sentence: Sentence, start: int, end: int) -> str | None:
        """The date of what is said between two offsets of the masked sentence: the last one before, else one inside."""
        text = self._document.text
        begin, stop = masked.source(start), masked.source(end)
        found = [d for d in dates(text, sentence.start, sentence.end) if self._may_date(text, d.start, sentence.start)]
        usable = [d for d in found if not _is_announcement(text, d.end, sentence.end)]
        before = [d for d in usable if d.end <= begin]
        inside = [d for d in usable if begin < d.end <= stop + 60]
        if before and begin - before[-1].end < 160:
            return str(before[-1].value)
        if inside:
            return str(inside[0].value)
        return None

    def _may_date(self, text: str, start: int, limit: int) -> bool:
        before = text[max(limit, start - 60) : start]
        year = re.search(r"\b(?:19|20)\d\d\b", text[start : start + 30])
        if year and self._latest and int(year.group()) > self._latest:
            return False
        return bool(_SIGNED_AS_OF.search(before)) or not _NOT_THE_DEALS_DATE.search(before)

    def _announced_date(self, masked: Masked, sentence: Sentence) -> str | None:
        """When the sentence says it announces: its own date before "announced", or the press release's."""
        if not _ANNOUNCED.search(masked.text):
            return None
        text = self._document.text
        for found in dates(text, sentence.start, sentence.end):
            if _is_announcement(text, found.end, sentence.end):
                return str(found.value)
        return self._announced


def _subjects_near(masked: Masked, start: int, end: int) -> list[Entity]:
    """Compounds and technologies in the clause that speaks of an agreement."""
    before = masked.text[max(0, start - 60) : start].rpartition(";")[2]
    after = masked.text[end : end + 400].partition(";")[0]
    return [e for e in masked.find(before + masked.text[start:end] + after) if e.type in ("Compound", "Technology")]


def named_in_full(company: Entity) -> bool:
    """Whether the filing gives a company's full name, so that naming it is a fact of its own."""
    return any(e.rule in ("company/legal-form", "company/head-word", "company/institution") for e in company.evidence)


def _announceable(date: str | None, announced: str | None) -> bool:
    """Whether a deal of this date can be news on that one: news is not older than the turn of a year."""
    if not date or not announced:
        return True
    years = int(announced[:4]) - int(date[:4])
    return years == 0 or (years == 1 and date[5:7] in ("", "11", "12") and announced[5:7] in ("", "01", "02"))


def _is_announcement(text: str, end: int, limit: int) -> bool:
    """Whether a date that ends here is that of an announcement: "October 18, 2006 - Alnora today announced"."""
    after = text[end : min(limit, end + 170)]
    return bool(_ANNOUNCING.match(after))


def _heading_counts(text: str) -> bool:
    """Headlines and section headings name deals, but only where they name the kind of agreement."""
    return bool(re.search(r"agreement|licen[sc]e|collaborat|partner|acqui|distribut", text, re.IGNORECASE))


def _widened(text: str, read: Read, sentence: Sentence) -> tuple[int, int]:
    """A bare amount says nothing: quote the words around it, within the sentence."""
    if (
        read.kind not in ("upfront", "milestones", "purchase price", "equity", "research funding", "other payment")
        and read.state == "stated"
    ):
        return read.start, read.end
    start, end = read.start, read.end
    for _ in range(8):
        cut = text.rfind(" ", sentence.start, start - 1)
        if cut < 0:
            start = sentence.start
            break
        start = cut
    for _ in range(10):
        cut = text.find(" ", end + 1, sentence.end)
        if cut < 0:
            end = sentence.end
            break
        end = cut
    return start, end
