"""Puts what sentences state together into deals: one agreement, told in many sentences, is one deal.

Sentences are read in order. An agreement that is spoken of opens a deal or goes on with one; what passes between its
parties, and the terms, are added to it; who the sentence leaves out is taken from the deal it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from biopact.graph.records import Evidence, Value
from biopact.loaders.extraction.accords import SPOKEN_OF, Accord, accords, kinds_in
from biopact.loaders.extraction.biology import TELLING, acting, stage_near
from biopact.loaders.extraction.changes import Change, change_in, rights_returned, what_changed
from biopact.loaders.extraction.clauses import Clause, clauses
from biopact.loaders.extraction.dating import Dating
from biopact.loaders.extraction.deal import KIND_OF, Changed, Deal, Entity, Grant, Term
from biopact.loaders.extraction.deal_terms import add_terms
from biopact.loaders.extraction.directions import by_asset, implied_grants, owners
from biopact.loaders.extraction.drafts import Draft, Drafts, Place, Telling
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.keeping import stays
from biopact.loaders.extraction.masking import Masked, mask
from biopact.loaders.extraction.mergers import acquirer
from biopact.loaders.extraction.names import Names
from biopact.loaders.extraction.partner_tables import PartnerRow, licensees, licensors
from biopact.loaders.extraction.patterns import DEAL, ORG
from biopact.loaders.extraction.sentences import Sentence, sentences
from biopact.loaders.extraction.statements import Statement, statements
from biopact.loaders.extraction.terms import exclusivity, only_exclusivity, territory
from biopact.loaders.extraction.terms.units import Units, units
from biopact.loaders.extraction.trace import SILENT, Trace, Why
from biopact.loaders.filing import Document

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
_OF_RIGHTS = re.compile(r"\b(?:rights|trade ?marks?|brands?)\b")  # what is sold for one country and kept for another
_SHARES_BOUGHT = re.compile(r"\b(?:shares?|stock) (?:purchase|issuance|subscription)", re.IGNORECASE)
_BOUGHT = re.compile(r"\bacqui|\bmerge|\ball (?:of )?(?:the )?(?:issued|outstanding|shares)", re.IGNORECASE)
_UNDER_IT = re.compile(
    r"(?:Under|Pursuant to|According to|In accordance with|Through|By|As part of) (?:the terms (?:and conditions )?of )?(?:the|this|that|such) agreement\b",
    re.IGNORECASE,
)
_UNDER = re.compile(r"\b(?:under|pursuant to|through)\b")
# "agreed to terminate the license agreement, which granted"
_ENDS = re.compile(
    rf"\b(?:(?:agreed|decided|elected) to (?:mutually )?terminate|(?<!be )(?<!is )terminated|terminates|(?:announced|following|after|upon) the termination of) "
    rf"(?:the|its|their|our|this|that|[{ORG}](?:['’]s)?) [^.;{ORG}]{{0,60}}$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    rf"\bterminated (?:its|the|their|our|[{ORG}](?:['’]s)?) [^.;]{{0,40}}\b(?:agreement|deal|pact|merger) to "
    r"|\b(?:was|were|has been|have been) (?:mutually )?(?:terminated|abandoned|called off|withdrawn|cancell?ed)\b"
)
# "Alnora, a company later acquired by Brevin" tells of a deal aside
_SINCE = re.compile(rf"[{ORG}](?:, | \()[^;.]{{0,90}}?\bacquired by\b")
_RELATIVE = re.compile(r"\b(?:that|which|whom)\s$")  # "know-how that Alnora licensed from Brevin" tells of a deal aside
# behind the parties, what a deal is about, and where: "for ALN-12 in Japan"
_OF_THE_DEAL = re.compile(
    r"(?:(?!\b(?:which|that|where|who|whose|based|located|headquartered|approved|marketed|launched|trials?|study|studies|patients|filed|filing|laws?|court)\b)[^.;,]){0,200}"
)
_BEHIND = 8  # characters of " in the "
_PLACED = frozenset(("license", "distribution", "collaboration", "co-promotion"))  # agreements that may hold somewhere
# headlines and section headings name deals, but only where they name the kind of agreement
_NAMES_A_DEAL = re.compile(
    r"agreement|licen[sc]e|collaborat|partner|acqui|distribut|team|join|merge|combin", re.IGNORECASE
)
_LICENSING_INCOME = re.compile(
    r"\b(?:out-)?licensing (?:revenues?|income|fees? (?:received|collected|earned|from))|\blicen[sc]e (?:fee )?(?:revenues?|income)\b",
    re.IGNORECASE,
)
_DEFINITIVE = re.compile(r"\bdefinitive\b|\b(?:entered into|signed|executed)\b[^.;]{0,40}\bagreement\b", re.IGNORECASE)
# headings are compared without spaces: some filings letter-space them
_LIST_OF_SUBSIDIARIES = re.compile(
    r"(?:exhibit21\d?|listof|significant|principal)*subsidiaries(?:ofthe|of(?=\w))", re.IGNORECASE
)
_INCORPORATED = re.compile(
    r",?\s\(?(?:an?\s)?(?:[A-Z][\w.]+,?\s){1,4}?(?:[\w é-]{2,30}\s)?(?:[Cc]orporation|[Cc]ompany|[Ll]imited [Ll]iability [Cc]ompany|société anonyme|GmbH|LLC|partnership)\b"
)
_LONGEST = 4000  # characters of a sentence that is still read; longer ones are tables or run-on lists
_FEW = 4  # subjects of a deal that one granting sentence may mean without naming them
_MOST_PARTIES = 12  # of a list of licensors or licensees
_TRIGGER = re.compile(
    r"licen[sc]|grant|agree|collaborat|partner|allianc|acqui|merg|purchas|suppl|manufactur|distribut|subsidiar|owned|own |owns|develop|"
    r"vaccine|therapy|treatment|lead |program|stake|shares|stock|holds|invest|royalt|milestone|up-?\s?front|technolog|platform|formerly|right|sold|joint|pipeline|portfolio|candidate|stud|trial|Phase|"
    r"renamed|name from|changed its name|name of|became|incorporated|founded|known as|named|now [A-Z]|operating as|financing|bought|buy|take-?over|snapped|\bsale\b|promot|placement|\bround\b|expir|through|until|deliver|divis|divest|dispos|combin|obtain|team|working|alongside|interest|%|wholesal|resell|CDMO|CMO\b|member of|arm of|unit of|part of|formed|market|sell|assign|join|sourc|parent|holder|substance|licensee|payment|paid|fee|\bdrug\b|\bspin|spun|evaluat|designation|clearance|approv|\b[NI]DA?\b|\bBLA\b",
    re.IGNORECASE,
)
_SKIPPED = re.compile(
    r"forward[- ]looking|safe harbor|cautionary|disclaimer|contacts?$|note to investors|signatures?$|indicate by check|risk factor",
    re.IGNORECASE,
)
_SKIPPED_SENTENCE = re.compile(
    r"forward-looking statement|Private Securities Litigation Reform|actual results (?:may|could|to) differ",
    re.IGNORECASE,
)


_KIND_OF_CHANGE = {
    "AMENDS": "amendment",
    "TERMINATES": "termination",
    "SUPERSEDES": "restatement",
    "EXERCISES": "option exercise",
}


class DealReader:
    """Reads the running text of a filing into its fact book."""

    def __init__(self, book: FactBook, names: Names, trace: Trace = SILENT) -> None:
        self.book = book
        self.names = names
        self.trace = trace
        self.drafts = Drafts()
        self._document: Document
        self._dating: Dating
        self._units: Units | None = None
        self._bare: tuple[tuple[Entity, ...], str | None, Place] | None = (
            None  # "an agreement" of no kind, with its date
        )
        self._licensing_income = 0  # how often the filing speaks of income from licensing out

    def read(self, document: Document) -> None:
        """Read one document, sentence by sentence."""
        self._document = document
        self._licensing_income += len(_LICENSING_INCOME.findall(document.text, document.begin, document.end))
        self._dating = Dating(document, self.book.filing.filing_date)
        self._units = units(document.text, document.begin, document.end)
        self._partner_tables()
        found = sentences(document)
        self.names.listen(document, found)
        current: Draft | None = None
        section = -1
        subject: Entity | None = None  # who "It" is, at the beginning of the next sentence
        drug: Entity | None = None  # what "this product candidate" is
        for sentence in found:
            if sentence.section != section:
                section, current, subject, drug = sentence.section, None, None, None
            words = document.text[sentence.start : sentence.end]
            passed_over = _passed_over(sentence, words)
            if passed_over is None or passed_over is Why.NO_WORD:
                self._keep(sentence)
            self._listed_subsidiaries(sentence)
            if passed_over:
                self.trace.sentence(document, sentence, None, passed_over)
                if (
                    passed_over is Why.NO_WORD
                    and TELLING.search(words)
                    and self._named(sentence.start, sentence.end, "Compound")
                ):
                    self._biology(mask(self.names, document, sentence, subject, drug), sentence)
                if passed_over is Why.NO_WORD:
                    named = self._named(sentence.start, sentence.end, "Company")
                    subject = named[0] if named else subject
                continue
            masked = mask(self.names, document, sentence, subject, drug)
            self.trace.sentence(document, sentence, masked)
            current = self._sentence(sentence, masked, current) or current
            companies, compounds = masked.of_type("Company"), masked.of_type("Compound")
            if compounds and not sentence.is_heading and TELLING.search(words):
                self._biology(masked, sentence)
            subject = companies[0] if companies else subject
            drug = compounds[-1] if compounds else drug

    def _biology(self, masked: Masked, sentence: Sentence) -> None:
        """What the compounds of a sentence act on and treat."""
        for each in acting(masked):
            type_ = "Target" if each.edge == "TARGETS" else "Indication"
            at = masked.source(each.at)
            words_ = self.book.quote(self._document, at, at + len(each.name), f"{type_.lower()}/named", 0.8)
            evidence = self._quote(masked, each.start, each.end, sentence, f"{each.edge.lower()}/said", 0.8)
            self.book.relate(each.edge, each.drug, self.book.entity(type_, each.name, words_), [evidence])

    def _keep(self, sentence: Sentence) -> None:
        """Keep the names of which a sentence tells something, whatever edges come of it."""
        text, start, end = self._document.text, sentence.start, sentence.end
        mentions = self.names.mentions(self._document, start, end)
        for mention in mentions:
            if mention.entity not in self.book.keep and stays(
                mention, mentions, text, start, end, in_heading=sentence.is_heading
            ):
                self.book.keep.append(mention.entity)

    def close(self) -> None:
        """Give each deal the edges that only its name and its payments tell: who licenses, supplies, acquires."""
        licenses_out = self._licensing_income > 1
        told = {party for draft in self.drafts if draft.firm for party in draft.parties}
        for draft in self.drafts:
            if not draft.firm and set(draft.parties) & (told - {self.names.issuer}):
                continue  # the section under the heading tells whose agreement it is
            deal = draft.deal
            deal.grants += implied_grants(
                deal,
                [said for said in draft.accord_words if not self._is_investment(said)],
                draft.payers,
                draft.subjects,
                owners=draft.owners,
                earns=self.names.issuer if licenses_out else None,
            )
            if len(draft.subjects) <= _FEW:  # the sentence that grants may leave out what another one names
                about = tuple(draft.subjects)
                deal.grants = [
                    g if g.subjects or g.type == "ACQUIRES" else replace(g, subjects=about) for g in deal.grants
                ]
            deal.terms = list(dict.fromkeys(deal.terms))
            deal.grants = by_asset(deal)
        self.book.deals += [d.deal for d in self.drafts if d.deal.grants]

    def _is_investment(self, said: tuple[frozenset[str], Evidence, tuple[Entity, ...]]) -> bool:
        """Whether shares are bought from a partner: a share purchase agreement between those who work together."""
        kinds, evidence, parties = said
        if kinds != {"acquisition"} or not _SHARES_BOUGHT.search(evidence.quote) or _BOUGHT.search(evidence.quote):
            return False
        return any(set(parties) <= set(d.parties) and d.deal.kinds & {"license", "collaboration"} for d in self.drafts)

    def _listed_subsidiaries(self, sentence: Sentence) -> None:
        """Companies with the place of their incorporation, under a heading "Subsidiaries of Alnora, Inc."."""
        parent, text = self.names.issuer, self._document.text
        heading = re.sub(r"[\s.,*#]", "", sentence.heading)
        if parent is None or sentence.is_heading or not _LIST_OF_SUBSIDIARIES.match(heading):
            return
        for m in self.names.mentions(self._document, sentence.start, sentence.end):
            place = _INCORPORATED.match(text, m.end, sentence.end)
            if place and m.entity.type == "Company" and m.entity is not parent:
                quote = self.book.quote(self._document, m.start, place.end(), "subsidiary/listed", 0.85)
                self.book.relate("SUBSIDIARY_OF", m.entity, parent, [quote])

    def _named(self, start: int, end: int, type_: str) -> list[Entity]:
        found = self.names.mentions(self._document, start, end)
        return list(dict.fromkeys(m.entity for m in found if m.entity.type == type_))

    def _partner_tables(self) -> None:
        """Who is licensee in a table of licences, or licensor in one of products, of whoever files or issues it."""
        for row in licensees(self._document):
            self._partner(row, licenses_out=True)
        for row in licensors(self._document):
            self._partner(row, licenses_out=False)

    def _partner(self, row: PartnerRow, *, licenses_out: bool) -> None:
        issuer, document = self.names.issuer, self._document
        named = self._named(*row.partner, "Company")
        if issuer is None or not named or named[0] is issuer:
            return
        covered = sum(m.end - m.start for m in self.names.mentions(document, *row.partner))
        if covered < 0.6 * (row.partner[1] - row.partner[0]):
            return  # the cell says more than a name
        things = tuple(self._named(row.start, row.end, "Compound"))
        evidence = self.book.quote(document, row.start, row.end, "license/partner-table", 0.75)
        telling = Telling(frozenset(("license",)), things, (document.sequence, -row.start))
        draft = self.drafts.find((issuer, named[0]), telling)
        draft.hear(telling)
        draft.firm = True
        ends = (issuer, named[0]) if licenses_out else (named[0], issuer)
        draft.deal.grants.append(Grant("LICENSES_TO", *ends, (evidence,), things))
        if row.subject and licenses_out:
            words = document.text[slice(*row.subject)]
            draft.deal.properties.setdefault("field", words)
            quote = self.book.quote(document, *row.subject, "term/field")
            draft.deal.terms.append(Term("field", "stated", quote, value=words))

    # --- one sentence

    def _sentence(self, sentence: Sentence, masked: Masked, current: Draft | None) -> Draft | None:
        """Read one sentence; the deal it spoke of last, if any."""
        place = (self._document.sequence, sentence.section)
        words = self._document.text[sentence.start : sentence.end]
        called = self.drafts.called(words) if DEAL in masked.text else None
        spoken = called
        found: list[Accord | Statement] = [
            *accords(masked, self.names.speaker(sentence), heading=sentence.is_heading, trace=self.trace),
            *statements(masked, self.trace),
        ]
        for each in found:
            if isinstance(each, Accord) and not each.kinds:
                self._bare = (each.parties, self._dating.signed(masked, sentence, each.start, each.end), place)
        found = [each for each in found if isinstance(each, Statement) or each.kinds]
        # clause by clause, in each the agreement spoken of before what is said of it
        found.sort(key=lambda f: (masked.text.count(";", 0, f.start), isinstance(f, Statement)))
        told: dict[Clause, Draft] = {}  # the deal that each clause speaks of
        for each, clause in zip(found, clauses(found, len(masked.text)), strict=True):
            before = spoken or (current if current and place in current.places else None)
            if isinstance(each, Accord):
                if sentence.is_heading and not _NAMES_A_DEAL.search(words):
                    self.trace.refused(SPOKEN_OF, each.start, each.end, Why.HEADING)
                else:
                    told[clause] = self._accord(each, masked, sentence, called)
                    spoken = before if self._is_aside(each, masked, sentence, told[clause], before) else told[clause]
            elif each.rule.edge in KIND_OF:
                granted = self._grant(each, masked, sentence, clause, told.get(clause) or spoken or current)
                if granted is not None:
                    told[clause] = granted
                    spoken = before if self._is_aside(each, masked, sentence, granted, before) else granted
            elif sentence.is_heading:
                self.trace.refused(each.rule.name, each.start, each.end, Why.HEADING)
            else:
                self._relate(each, masked, sentence)
        if spoken is not None:
            spoken.names |= self._defined(words)
        draft = spoken or (current if current and place in current.places else None)
        companies = set(masked.of_type("Company"))
        mine = {*draft.parties, self.names.speaker(sentence)} if draft is not None else set()
        if spoken is None and not sentence.is_heading and (meant := self.drafts.named_by_partner(masked)):
            draft = spoken = meant
        elif spoken is None and companies and not companies & mine:
            draft = None  # the sentence tells of others
        if draft is not None and not sentence.is_heading and (change := change_in(masked.text)):
            self._change(change, masked, sentence, draft)
        if draft is not None and not sentence.is_heading:
            several = len(set(map(id, told.values()))) > 1
            for part, owner in _parts(sentence, masked, told) if several else [(sentence, draft)]:
                add_terms(self.book, self.names, self.drafts, self._document, part, masked, owner, self._units)
        return spoken

    def _is_aside(
        self, said: Accord | Statement, masked: Masked, sentence: Sentence, draft: Draft, before: Draft | None
    ) -> bool:
        """Whether a deal of others is only mentioned: "Alnora holds the rights under an agreement with Brevin"."""
        speaker = self.names.speaker(sentence)
        if before is None or speaker not in before.parties or speaker in draft.parties:
            return False
        if _SINCE.match(masked.text, said.start, said.end):
            return True
        aside = _UNDER.search(masked.text, said.start, said.end) or _RELATIVE.search(masked.text, 0, said.start)
        return aside is not None

    def _defined(self, words: str) -> set[str]:
        """The names that a sentence defines for its deal: (the "Alnora Agreement")."""
        squeezed = re.sub(r"\s+", " ", words)
        return {
            n for n in self.names.deal_names
            if re.search(rf"\([^()]*\b{re.escape(n)}\b|,? or (?:the )?[\"“]?{re.escape(n)}[\"”]?,", squeezed)
        }  # fmt: skip

    def _telling(
        self, kinds: Iterable[str], subjects: Iterable[Entity], masked: Masked, sentence: Sentence, start: int, end: int
    ) -> Telling:
        return Telling(
            frozenset(kinds), tuple(subjects), (self._document.sequence, sentence.section),
            self._dating.signed(masked, sentence, start, end), self._dating.announced(masked, sentence),
        )  # fmt: skip

    def _accord(self, accord: Accord, masked: Masked, sentence: Sentence, called: Draft | None) -> Draft:
        """An agreement that the sentence speaks of by its kind and parties."""
        subjects = _subjects_near(masked, accord.start, accord.end)
        telling = self._telling(accord.kinds, subjects, masked, sentence, accord.start, accord.end)
        evidence = self._quote(masked, accord.start, accord.end, sentence, SPOKEN_OF, 0.9)
        if accord.terminated or accord.change:  # the date is that of the end, or of the change
            own = self._dating.own(masked, accord.start, accord.end)
            ended, telling = None if own else telling.date, replace(telling, date=own)
        others = set(accord.parties) - {self.names.speaker(sentence)}  # the filer is a party of every deal
        same = called is not None and set(called.parties) & others
        draft = called if called is not None and same else self.drafts.find(accord.parties, telling)
        draft.hear(telling)
        draft.firm |= not sentence.is_heading
        draft.accord_words.append((accord.kinds, evidence, accord.parties))
        draft.owners += [owner for owner in owners(masked, accord.start, accord.end) if owner in accord.parties]
        deal = draft.deal
        buyer = acquirer(masked, self._document.text, accord.parties) if "acquisition" in accord.kinds else None
        if buyer is not None:
            bought = next(party for party in accord.parties if party is not buyer)
            deal.grants.append(Grant("ACQUIRES", buyer, bought, (evidence,), tuple(subjects)))
        if accord.intent:
            deal.properties.setdefault("status", "letter of intent")
        elif deal.properties.get("status") == "letter of intent" and _DEFINITIVE.search(evidence.quote):
            del deal.properties["status"]
        if evidence not in deal.evidence:
            deal.evidence.append(evidence)
        own = exclusivity(evidence.quote) if accord.kinds & {"license", "distribution", "supply"} else None
        if own:
            deal.properties.setdefault("exclusivity", own)
            deal.terms.append(Term("exclusivity", "stated", evidence, value=own))
        behind = _OF_THE_DEAL.match(self._document.text, evidence.end, sentence.end)
        stop = behind.end() if behind and not sentence.is_heading else evidence.end
        where = territory(self._document.text, evidence.start, stop) if accord.kinds & _PLACED else None
        if where and evidence.end <= where.start < evidence.end + _BEHIND:
            where = None  # "Alnora in Japan" says where Alnora is
        if where:
            quote = self.book.quote(self._document, where.start, where.end, "term/territory")
            deal.properties.setdefault("territory", str(where.value))
            deal.terms.append(Term("territory", "stated", quote, value=str(where.value)))
        if accord.terminated:
            deal.properties["status"] = "ended" if accord.expired else "terminated"
            if ended:
                deal.properties.setdefault("termination_date", ended)
                deal.terms.append(Term("termination date", "stated", evidence, value=ended))
        return draft

    def _change(self, change: Change, masked: Masked, sentence: Sentence, draft: Draft) -> None:
        """An agreement that amends, ends or replaces the one a sentence speaks of."""
        evidence = self._quote(masked, change.start, change.end, sentence, f"change/{change.type.lower()}", 0.85)
        named = kinds_in(evidence.quote) - ({"option", "license"} if change.type == "EXERCISES" else set())
        if named and not named & draft.deal.kinds:
            return  # it is another agreement's
        words = self._document.text[sentence.start : sentence.end]
        if change.type == "EXERCISES":
            date = self._dating.of_event(masked, sentence, change.start)
        else:
            date = self._dating.signed(masked, sentence, change.start, change.end, changed=True)
        known = [str(c.by.properties.get("agreement_date", "")) for c in draft.deal.changes if c.type == change.type]
        if any(date is None or date.startswith(other) or other.startswith(date) for other in known):
            return  # told before
        if change.type == "SUPERSEDES" and date is None:
            return  # the agreement as restated is the one that is spoken of
        if change.type == "EXERCISES" and date and date == draft.deal.properties.get("agreement_date"):
            return  # the agreement that came of it is the one that is spoken of
        kind = _KIND_OF_CHANGE[change.type]
        later = Deal(kinds={*draft.deal.kinds, kind}, evidence=[evidence])
        later.parties = [(party, "party", evidence) for party in draft.parties]
        said: dict[str, Value] = {}
        if date:
            later.properties["agreement_date"] = said["date"] = date
        what = what_changed(words)
        if what:
            said["change"] = what
        if change.type == "TERMINATES" and rights_returned(words):
            said["rights_returned"] = True
        draft.deal.changes.append(Changed(change.type, later, evidence, tuple(sorted(said.items()))))

    def _grant(
        self, statement: Statement, masked: Masked, sentence: Sentence, clause: Clause, around: Draft | None
    ) -> Draft | None:
        """What passes between the parties of a deal, added to the deal it belongs to."""
        rule = statement.rule
        if rule.needs_agreement and rule.edge == "LICENSES_TO" and around is not None and _is_purchase(around):
            self.trace.refused(rule.name, statement.start, statement.end, Why.PURCHASE)
            return None
        sources, targets = self._ends(statement, sentence, around)
        if not sources or not targets:
            self.trace.refused(rule.name, statement.start, statement.end, Why.NO_PARTY)
            return None
        subjects = [t for t in statement.things if t.type in ("Compound", "Technology")]
        telling = self._telling((KIND_OF[rule.edge],), subjects, masked, sentence, statement.start, statement.end)
        aside = _SINCE.match(masked.text, statement.start, statement.end)
        if aside:
            telling = replace(telling, date=self._dating.behind(masked, sentence, statement.end))
        evidence = self._quote(masked, statement.start, statement.end, sentence, rule.name, rule.confidence)
        if telling.date is None and self._bare is not None and _UNDER_IT.match(masked.text):
            parties, date, place = self._bare
            if {*sources, *targets} == set(parties) and place == telling.place:
                telling = replace(telling, date=date)
        spoken: Draft | None = None
        for source in sources[:_MOST_PARTIES]:
            for target in targets[:_MOST_PARTIES]:
                fits = (
                    around is not None
                    and ({source, target} <= set(around.parties) or self._for_a_parent(around, source, target))
                    and around.fit(telling) is not None
                )
                spoken = around if around is not None and fits else self.drafts.find((source, target), telling)
                spoken.parties += [party for party in (source, target) if party not in spoken.parties]
                spoken.hear(telling)
                spoken.firm = True
                own = self._own_terms(statement, masked, clause, evidence, spoken)
                spoken.deal.grants.append(
                    Grant(rule.edge, source, target, (evidence,), tuple(subjects), tuple(sorted(own.items())))
                )
        return spoken

    def _ends(
        self, statement: Statement, sentence: Sentence, around: Draft | None
    ) -> tuple[list[Entity], list[Entity]]:
        """Who grants and who receives; an end that the sentence leaves out comes from the deal or the speaker."""
        rule, speaker = statement.rule, self.names.speaker(sentence)
        sources, targets = list(statement.sources), list(statement.targets)
        if not sources and rule.owner_licenses:
            owners = [self.book.source_of("OWNS", thing) for thing in statement.things]
            sources = [o for o in owners if o] or ([speaker] if speaker else [])
        for end, other, name in ((sources, targets, "source"), (targets, sources, "target")):
            if end or not other:
                continue
            if around is not None and set(other) & set(around.parties) and _KINDRED[rule.edge] & around.deal.kinds:
                end += [p for p in around.parties if p not in other and not self._kin(p, other)][:1]
            if (
                not end
                and speaker is not None
                and speaker not in other
                and (rule.speaker == name or rule.needs_agreement)
            ):
                end.append(speaker)
        sources = [s for s in sources if s.type == "Company"]
        return sources, [t for t in targets if t.type == "Company" and t not in sources]

    def _kin(self, company: Entity, others: list[Entity]) -> bool:
        """Whether a company is a subsidiary of one of the others."""
        return any(self.book.states("SUBSIDIARY_OF", company, other) for other in others)

    def _for_a_parent(self, around: Draft, source: Entity, target: Entity) -> bool:
        """Whether a deal's own party grants to, or is granted by, the parent of the other one."""
        inside = [end for end in (source, target) if end in around.parties]
        outside = source if target in inside else target
        return len(inside) == 1 and any(
            self.book.states("SUBSIDIARY_OF", party, outside) for party in around.parties if party is not inside[0]
        )

    def _own_terms(
        self, statement: Statement, masked: Masked, clause: Clause, evidence: Evidence, draft: Draft
    ) -> dict[str, Value]:
        """Exclusivity and territory that the granting clause itself states; a licence's are the deal's too."""
        edge, deal = statement.rule.edge, draft.deal
        words = masked.text[statement.start : statement.end]
        own: dict[str, Value] = {}
        kind = exclusivity(words) if edge in ("LICENSES_TO", "SUPPLIES_TO") else None
        if kind is None and edge == "LICENSES_TO":  # elsewhere in the sentence, if it speaks of one kind only
            kind = only_exclusivity(masked.text[slice(*clause)])
        if kind:
            own["exclusivity"] = kind
        around = masked.text[max(0, statement.start - 40) : statement.end + 50]
        if _ENDS.search(masked.text, max(0, statement.start - 120), statement.start) or _ENDED.search(around):
            own["status"] = deal.properties["status"] = "terminated"
        elif statement.rule.status:
            own["status"] = statement.rule.status
        where = None
        if edge == "LICENSES_TO" or (
            edge == "ACQUIRES" and not _SINCE.match(words) and (statement.things or _OF_RIGHTS.search(words))
        ):
            where = territory(self._document.text, masked.source(clause[0]), masked.source(clause[1]))
        if where:
            own["territory"] = str(where.value)
        if edge == "LICENSES_TO":
            if kind:
                deal.terms.append(Term("exclusivity", "stated", evidence, value=kind))
            if where:
                quote = self.book.quote(self._document, where.start, where.end, "term/territory")
                deal.terms.append(Term("territory", "stated", quote, value=str(where.value)))
            for name in ("exclusivity", "territory"):
                if name in own:
                    deal.properties.setdefault(name, own[name])
        return own

    def _relate(self, statement: Statement, masked: Masked, sentence: Sentence) -> None:
        """A relation that no agreement stands behind."""
        rule, speaker = statement.rule, self.names.speaker(sentence)
        sources, targets = statement.sources, statement.targets
        if not sources and rule.speaker == "source" and speaker is not None:
            sources = (speaker,)
        if not targets and rule.speaker == "target" and speaker is not None and speaker not in sources:
            targets = (speaker,)
        if not sources or not targets:
            self.trace.refused(rule.name, statement.start, statement.end, Why.NO_PARTY)
            return
        evidence = self._quote(masked, statement.start, statement.end, sentence, rule.name, rule.confidence)
        if rule.edge == "SUBSIDIARY_OF" or (rule.edge == "HOLDS_STAKE_IN" and len(sources) > 1):
            targets = targets[:1]
        for source in sources:
            for target in targets:
                own: dict[str, Value | None] = {"share": rule.share}
                if rule.edge in ("HOLDS_STAKE_IN", "FORMERLY_NAMED"):
                    own["date"] = self._dating.signed(masked, sentence, statement.start, statement.end)
                if rule.name in _OF_A_ROUND:
                    own["date"] = own["date"] or self._dating.released(sentence)
                if rule.edge == "DEVELOPS" and (found := stage_near(masked, statement.start, statement.end)):
                    stop = max(statement.end, found.end)
                    start = min(statement.start, found.start)
                    own["stage"] = found.stage
                    evidence = self._quote(masked, start, stop, sentence, rule.name, rule.confidence)
                self.book.relate(rule.edge, source, target, [evidence], **own)

    def _quote(
        self, masked: Masked, start: int, end: int, sentence: Sentence, rule: str, confidence: float
    ) -> Evidence:
        self.trace.matched(rule, start, end)
        begin = masked.source(start)
        stop = min(max(masked.source(end), begin + 1), sentence.end)
        return self.book.quote(self._document, begin, stop, rule, confidence)


# a press release tells of a round of financing in several sentences, and dates it once
_OF_A_ROUND = frozenset(
    f"stake/{told}"
    for told in (
        "round-led-by",
        "raised-round-led-by",
        "participation-from",
        "investors-named",
        "joined-by",
        "invests-through",
    )
)


def _passed_over(sentence: Sentence, words: str) -> Why | None:
    """Why a sentence is not read, if it is not."""
    if _SKIPPED.search(sentence.heading) or _SKIPPED_SENTENCE.search(words):
        return Why.BOILERPLATE
    if len(words) > _LONGEST:
        return Why.LONG
    return None if _TRIGGER.search(words) else Why.NO_WORD


def _parts(sentence: Sentence, masked: Masked, told: dict[Clause, Draft]) -> list[tuple[Sentence, Draft]]:
    """A sentence cut where it comes to speak of another deal, each part with its deal."""
    begins = {begin: draft for (begin, _), draft in told.items()}
    cuts = [sentence.start, *(masked.source(begin) for begin in sorted(begins)[1:]), sentence.end]
    return [
        (replace(sentence, start=start, end=end), begins[begin])
        for begin, (start, end) in zip(sorted(begins), pairwise(cuts), strict=True)
    ]


def _subjects_near(masked: Masked, start: int, end: int) -> list[Entity]:
    """Compounds and technologies in the clause that speaks of an agreement."""
    before = masked.text[max(0, start - 60) : start].rpartition(";")[2]
    after = masked.text[end : end + 400].partition(";")[0]
    return [e for e in masked.find(before + masked.text[start:end] + after) if e.type in ("Compound", "Technology")]


def _is_purchase(draft: Draft) -> bool:
    return bool(draft.deal.kinds & _KINDRED["ACQUIRES"]) and "license" not in draft.deal.kinds
