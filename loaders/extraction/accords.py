"""Finds the sentences that speak of an agreement as such: who entered into what kind of agreement with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from biopact.loaders.extraction.changes import Change, change_in
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.patterns import NEW_CLAUSE, ORG, compile_pattern
from biopact.loaders.extraction.statements import is_shell
from biopact.loaders.extraction.trace import SILENT, Trace, Why, doubt

_VERB = re.compile(
    r"\b(?:enter(?:ed|s|ing)? into|entered|agreed (?:up)?on|forming|landed|formali[sz]ed|sign(?:ed|s|ing)|execut(?:ed|es|ing)|announc(?:ed?|es|ing)|ink(?:ed|s)|establish(?:ed|es)|complet(?:ed|es)|consummat(?:ed|es)|conclud(?:ed|es)|"
    r"form(?:ed|s)?|terminat(?:ed?|es|ing)|part(?:y|ies) to|clos(?:ed|es)|struck|reach(?:ed|es)|expand(?:ed|s)|secur(?:ed|es)|has|have|had|amend(?:ed|ing)|enter|grants|"
    r"extend(?:ed|s)|initiat(?:ed|es)|commenc(?:ed|es)|start(?:ed|s)|launch(?:ed|es)|into|negotiated|pursuant to|under)\b",
    re.IGNORECASE,
)
_HEADLINE_VERB = re.compile(
    r"(?:complete|sign|close|expand|extend|launch|ink|establish|reach|finali[sz]e|strike)\s", re.IGNORECASE
)
# the noun, and the party behind "with"
_WITH = compile_pattern(
    r"\b<agreement>(?P<after><no_org>{0,90}?),? (?P<how>with|between|among|by and between)(?:, among others,)? (?:(?:the|one of|an?|affiliates? of|subsidiar\w+ of|certain|its|"
    r"(?:alliance|partnership|consortium) (?:between|of)|long-standing|new|strategic|partner|licensee|collaborator|collaboration|existing|current) ){0,4}(?:{one} (?:[\w-]+ ){0,2}?(?:subsidiary|unit|division|affiliate),? |(?:[\w-]+ ){0,3}(?:institutions?|companies|partners?|organi[sz]ations?|universities|cent(?:er|re)s|hospitals|firms),? (?:like|such as|including) |(?:departments?|divisions?|laborator\w+|labs?|schools?|facult\w+) <no_org>{0,50}(?:at|of) (?:the )?|an? <no_org>{3,70}, )?{b:org}(?! (?:paying|receiving|taking|getting|retaining|being|eligible|entitled)\b)(?:,?(?: in [\d\w ]{4,20})?, {c:org})?"
)
_BETWEEN = compile_pattern(
    r"\b<agreement>(?P<after><no_org>{0,40}?) (?:by and )?(?:between|among) (?:the )?{a:org}(?:, an? <no_org>{3,90}{org}){0,3}(?: <no_org>{0,70})?,? and (?:the )?(?:{one}(?<=s) )?{b:org}"
)
# "the license agreement that we entered into with Alnora"
_ENTERED_WITH = compile_pattern(
    r"\b<agreement>(?P<after> (?:that|which)?) ?{a:org} (?:has |had |have )?(?:previously )?(?:entered into|signed|executed|concluded|has|have)(?: (?:in|on|as of) [\w ,]{4,20}?)? with (?:the )?{b:org}"
)
# both parties stand before the noun: "Alnora and Brevin announced a collaboration"
_BOTH = compile_pattern(
    r"(?P<ab>{org} (?:and|&) {org})(?:, (?:an?|its|our|the) (?:[\w-]+ ){0,4}(?:subsidiar\w+|affiliate|member|unit|division) of (?:the )?{org})?,? <aux>(?P<kind><no_org>{0,140}?\b<agreement>)"
)
# "the Alnora and Brevin partnership"
_NAMED_BY_BOTH = compile_pattern(
    r"(?:the|an?|this|their) (?:[\w-]+ )?(?P<ab>{one}(?: and | & |/| ?[-–—] ?){one}) (?P<kind>(?:[\w-]+ ){0,2}(?:partnership|collaboration|alliance|licen[sc]e agreement|joint venture)\b)"
)
# "Alnora's 2020 Brevin partnership"
_ANOTHERS_WITH = compile_pattern(
    r"(?P<a>{one})(?<=s) (?:\d\d\d\d )?(?P<b>{one}) (?P<kind>(?:[\w-]+ ){0,2}?(?:partnership|collaboration|alliance|licen[sc]e agreement|joint venture)\b)"
)
# "jointly discovered by Alnora and Brevin"
_JOINT_WORK = compile_pattern(
    r"(?P<kind>\b(?:jointly (?:discovered|invented|created)|(?:discovered|invented|created|developed) jointly|(?:co-?|jointly )(?:developed|marketed|commerciali[sz]ed|promoted))) by (?P<ab>{org},? and (?:by )?{org})"
)
_VERBS = [
    compile_pattern(p)
    for p in (
        r"{a:org} (?:announced (?:today )?that (?:they|it) )?<aux>(?P<kind>(?:strategically |is |are |was |were |been |began |started |actively |closely ){0,3}(?:partner(?:ed|s|ing)|collaborat(?:ed|es?|ing)|team(?:ed|s|ing)? up|join(?:ed|s|ing)? forces|working|works?) (?:closely |together |jointly )?)(?:with|alongside) {b:org}",
        r"(?P<ab>{org} (?:and|&) {org}) (?:<aux>|are |is |have been |to )?(?P<kind>(?:partner(?:ed|ing)?|collaborat(?:ed|e|es|ing|ively)|co-develop(?:ed|ing)?|jointly develop(?:ed|ing)?))\b",
    )
]
_JOINED = re.compile(r"^.$| (?:and|&|as well as|or|together with) |/")
# who does something in a sentence that comes to speak of an agreement much later
_SUBJECT = re.compile(rf"(?:(?:In|On|During|Since) [^;{ORG}]{{3,40}},? )?(?P<who>[{ORG}]) (?!and\b|or\b)")
_LISTED = compile_pattern(r"(?P<org>{org})$")
_APPOSED = compile_pattern(
    r"(?P<head>{org}),? (?:an?|its|our) <no_org>{0,40}(?:subsidiary|affiliate|division) of {org},$"
)
_NOUN = compile_pattern(r"\b<agreement>|partner|collaborat|team|join|work|develop")
_KINDS = [
    (
        "license",
        r"(?:cross-?|sub-?|out-?|in-?)?licen[sc](?:e|es|ing|ed)\b|(?<!and )(?<!joint )commerciali[sz]ation agreement",
    ),
    ("option", r"\boption\b"),
    (
        "collaboration",
        r"collaborat|partner|alliance|cooperat|development and commerciali[sz]ation|joint(?:ly)? (?:development|research|venture|develop)|co-?develop|co-?(?:market|promot|commerci)|jointly|(?<!sponsored )(?<!clinical )research agreement between|research,? (?:and )?development,? (?:and )?commerciali|team(?:ed|s|ing) up|join(?:ed|s) forces|working",
    ),
    ("co-development", r"co-?develop|joint(?:ly)? develop"),
    ("co-promotion", r"co-?promot|jointly promot"),
    ("research", r"\bresearch\b"),
    ("supply", r"\bsuppl(?:y|ies)\b|\bpurchase order"),
    ("manufacturing", r"manufactur|production|CDMO"),
    (
        "distribution",
        r"distribut|wholesale|marketing agreement|promotion agreement",
    ),
    (
        "asset purchase",
        r"asset (?:purchase|sale|transfer)|(?:asset|patent|intellectual property|technology) assignment|purchase and sale|asset acquisition",
    ),
    (
        "acquisition",
        r"\bacquisition|\bacquire\b|merger|business combination|(?:share|stock) (?:purchase|exchange)|take-?over",
    ),
    ("joint venture", r"joint venture"),
    ("equity", r"equity|subscription|investment|securities purchase|stock issuance|share issuance"),
    ("settlement", r"settlement"),
    ("services", r"\bservices?\b"),
]
_KIND = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS]
# Agreements that are no deals between companies of the field.
_ORDINARY = re.compile(
    r"\b(?:employment|consulting|lease|credit|loan|indemnif\w+|underwriting|confidential\w*|non-?disclosure|severance|registration rights|at-the-market|"
    r"sales agreement|voting|lock-?up|placement agent|investor relations|separation|facility|sponsored research|advisory|warrant|note purchase|clinical trial)\b",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(r"[A-Z][\w-]+['’]s?\s(?:\d{4} )?[\w -]{0,40}$")  # "Corvane's 2021 collaboration" is Corvane's
_NEVER = re.compile(
    r"equity distribution|at-the-market|sales agreement|underwriting|placement agen|credit (?:agreement|facility)|loan agreement|employment",
    re.IGNORECASE,
)
_ABOUT_PERSONS = re.compile(r"\b(?:he|she|his|her|Mr|Ms|Mrs)\b")
_NOT_ALONE = frozenset(("research", "services", "option", "settlement"))  # too little by themselves
_ON_RIGHTS = re.compile(r"(?<!stock )(?<!share )\boption (?:and [\w ]{3,30})?agreement", re.IGNORECASE)
_CERTAIN = frozenset(("license", "collaboration", "supply", "manufacturing"))
_PURPOSE = re.compile(
    r"(?:, (?:an?|the|one of) [^,;.]{2,110},)?,?\s(?:for|to|under which|relating to|regarding|pursuant to which)\s[^;.]{0,90}"
)  # what an agreement of no kind is for
# "an agreement with Alnora, pursuant to which we received the exclusive right to develop"
_RIGHTS_UNDER = re.compile(
    r",?\s(?:under|pursuant to|by|through) which [^;.]{0,60}?\b(?:grant\w*|receiv\w+|obtain\w*|acquir\w+|licen[sc]ed|ha[sd]|have)\b [^;.]{0,60}?(?:(?:exclusive|worldwide|commerciali[sz]ation|marketing|development|distribution)\s(?:[\w-]+,?\s){0,4}?rights?|licen[sc]es?)\b",
    re.IGNORECASE,
)
# "a stock purchase agreement with Alnora, under which Alnora purchased 1,000,000 shares" buys no company
_SHARES = re.compile(r"\b(?:shares?|stock) (?:purchase|issuance|subscription|exchange)", re.IGNORECASE)
_SOME_SHARES = re.compile(
    r"[^.;]{0,120}?\b(?:purchas|bought|issue|sold|sell|subscrib)\w* [^.;]{0,40}?(?<!100% of )(?:\d[\d,.]*(?: million)?) (?:[\w-]+ ){0,5}?shares\b(?! of (?:capital stock of|[^.;]{0,30}representing all))",
    re.IGNORECASE,
)
_ACQUIRED = frozenset(("acquisition",))
_BARE_AGREEMENT = re.compile(
    r"\b(?:entered into|signed|executed|concluded) (?:an?|the|its|their|our) (?:definitive |written |exclusive )?agreement\b",
    re.IGNORECASE,
)
_RIGHTS = frozenset(("license",))
# "an agreement with Alnora for access to its technology"
_ACCESS = re.compile(
    r"[^.;]{0,30}?\s(?:for|to gain|to obtain|to get|providing|granting)\s(?:[\w-]+\s){0,3}?access to\s[^.;]{0,60}?(?:technolog|platform|patent|antibod|compound|librar|[\ue400-\uebff])",
    re.IGNORECASE,
)
_LICENSED = frozenset(("license",))
_TO_CREATE = re.compile(r",?\sto (?:jointly |together )?(?:create|set up|establish|co-?\w+|develop|discover|advance)\b")
# only for licences and collaborations is an upfront and a milestone paid
_PAYS_AS_IT_GOES = re.compile(
    r"(?: in [^;.]{3,18})?,? (?:(?:that|which) )?(?:includ|involv|worth|valued|compris|brought|provid|carr)\w* [^;]{0,60}?(?:up-?front|milestone)",
    re.IGNORECASE,
)
_TOGETHER = frozenset(("collaboration",))
_TERMINATED = re.compile(
    r"\b(?:agreed to|mutually) (?:terminate|end)\b|\bterminat(?:ed|es|ing) (?!by|upon)|\bended (?:its|their|our|the) |\btermination of\b",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\s(?:was |were |has been |have been |had been )?(?:terminated|ended|expired)\b", re.IGNORECASE)
_INTENT = re.compile(
    r"\bletters? of intent\b|\bLOI\b|\bterm sheet\b|\bmemorandum of understanding\b|\bMOU\b|\bnon-binding\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:agreements|collaborations|partnerships|alliances|licen[sc]es|deals|ventures|contracts|arrangements)\b",
    re.IGNORECASE,
)
# "entered into the Alnora License and Collaboration Agreement with Alnora": the name stands in the agreement's title
_IN = re.compile(r"(?:,? (?:is|are|was|were))?,? in (?:an? )?(?:[\w-]+ )?$")  # "Alnora, in partnership with Brevin"
_TITLE = re.compile(r"\s(?:(?:[A-Z][\w&-]*|and|of|for)\s)*")
_ARTICLE = re.compile(r"\b(?:an?|the|this|such)\s$", re.IGNORECASE)
# "entered into an agreement with Alnora in 2019, which was amended in 2021"
_LATER = re.compile(
    r"(?: agreement)?(?:,? (?:in|on) [\w ,]{4,20}?)?,? (?:(?:which|that) )?(?:was|were|has been|have been|and|as) (?:later |subsequently |further )?\S"
)
_AS_AMENDED = re.compile(
    r"\b(?:entered into|signed|executed)\b[^;]{3,90},? as (?:later |subsequently )?(?:amended|restated)\b"
)
# "with our acquisition of Alnora, we acquired an agreement between" speaks of two things
_OTHERS = re.compile(rf"[{ORG}],? {NEW_CLAUSE}?[{ORG}] ")
_BARE = re.compile(r"^(?:['’]s?)?\s(?:(?!with|for|to|of|by|in|from|under)[\w,/-]+\s){0,5}$")
_NO_ACCORD = re.compile(
    r"\b(?:(?-i:may)|might|could|if|would|seeking|seek|intends? to|plans? to|consider\w*|explor\w+|evaluat(?:e|es|ed|ing)|potential|negotiat\w+|not|any|letter of intent to|expects? to|discussions?)\b",
    re.IGNORECASE,
)


# doubt that stands before the parties, or between them and their verb
_UNSAID = re.compile(
    rf"no assurance|no guarantee|cannot be (?:sure|certain)|\b[Nn]either\b[^.;]{{0,60}}\bnor\b|"
    rf"\b(?:[Nn]o|without an?|absence of an?) (?:[\w-]+ ){{0,2}}(?:agreements?|licen[sc]es?|collaborations?|contracts?) (?:exists? )?(?:with|between|among)\b|"
    rf"[{ORG}] (?:currently |presently |also |therefore |thus |still ){{0,2}}(?:(?-i:may)|might|could|would|should|can|cannot|can not|never|no longer|"
    r"(?:did|does|do|has|have|had|will|is|are|was|were) (?:currently )?(?:not|never|neither|yet to|no)|decided not to|declined to|failed to) "
)


SPOKEN_OF = "agreement/spoken-of"  # the name under which evidence and explanations know what is read here


@dataclass(frozen=True, slots=True)
class Accord:
    """An agreement that a sentence speaks of."""

    parties: tuple[Entity, ...]  # the first is who enters, where the sentence says so
    kinds: frozenset[str]  # none where "an agreement" is all that is said
    start: int  # in the masked sentence
    end: int
    terminated: bool = False
    expired: bool = False  # it came to its end by itself
    intent: bool = False  # only a letter of intent or its like
    change: Change | None = None  # the sentence speaks of what changes the agreement, and dates that


def accords(
    masked: Masked, speaker: Entity | None, *, heading: bool = False, trace: Trace = SILENT
) -> Iterator[Accord]:
    """Agreements spoken of in one sentence. Who the sentence leaves out is `speaker`."""
    if not _NOUN.search(masked.text):
        return
    seen: set[frozenset[Entity]] = set()
    taken: list[tuple[int, int]] = []
    for spoken, words, start, end, entering in _candidates(masked, speaker):
        named = tuple(dict.fromkeys(e for e in spoken if e.type == "Company" and not is_shell(e)))
        kinds = kinds_in(words)
        if not kinds and _ACCESS.match(masked.text, end):
            kinds = _LICENSED
        if not kinds and (purpose := _PURPOSE.match(masked.text, end)):
            kinds = kinds_in(purpose.group()) or (_TOGETHER if _TO_CREATE.match(purpose.group()) else kinds)
        if not kinds and _RIGHTS_UNDER.match(masked.text, end):
            kinds = _RIGHTS
        if not kinds and _PAYS_AS_IT_GOES.match(masked.text, end):
            kinds = _TOGETHER
        told = frozenset(named) in seen or any(s < end and start < e for s, e in taken)
        before = masked.text[max(0, start - 25) : start]
        head = masked.text[max(0, start - 60) : start + 60]
        if refusal := _refusal(named, kinds, words, before, head, masked.text, heading=heading, told=told):
            trace.refused(SPOKEN_OF, start, end, *refusal)
            if refusal[0] is Why.NO_DEAL and not kinds and _BARE_AGREEMENT.search(masked.text, start, end):
                yield Accord(named, kinds, start, end)
            continue
        seen.add(frozenset(named))
        taken.append((start, end))
        ended = _ENDED.match(masked.text, end)
        terminated = bool(_TERMINATED.search(masked.text[max(0, start - 20) : end]) or ended)
        expired = ended is not None and not ended.group().endswith("terminated")
        # "agreements with Alnora and Brevin" are two, "an agreement with Alnora and Brevin" is one
        several = len(named) > 2 and _SEVERAL.search(masked.text[start:end])
        if 1 < entering < len(named):  # "we and Alnora entered into an agreement with Brevin"
            groups = [(each, *named[entering:]) for each in named[:entering]]
        else:
            groups = [(named[0], other) for other in named[1:]] if several else [named]
        if kinds == _ACQUIRED and _SHARES.search(words) and _SOME_SHARES.match(masked.text, end):
            kinds = frozenset(("equity",))
        for parties in groups:
            change = change_in(masked.text, max(0, start - 60), end + 45)
            if change and (_AS_AMENDED.search(masked.text, start, end) or _LATER.match(masked.text, end, change.end)):
                change = None  # the sentence tells when the agreement was made, too
            yield Accord(parties, kinds, start, end, terminated, expired, bool(_INTENT.search(words)), change)


def kinds_in(words: str) -> frozenset[str]:
    """The kinds of agreement that words name."""
    return frozenset(kind for kind, p in _KIND if p.search(words))


def _refusal(
    named: Sequence[Entity],
    kinds: frozenset[str],
    words: str,
    before: str,
    head: str,
    text: str,
    *,
    heading: bool,
    told: bool,
) -> tuple[Why, str] | None:
    """Why an agreement spoken of is none that is read, and the words that say so."""
    if len(named) < 2:
        return Why.NO_PARTY, ""
    if told:
        return Why.TOLD, ""
    if not kinds - _NOT_ALONE and not ("option" in kinds and _ON_RIGHTS.search(words)):
        return Why.NO_DEAL, ""
    ordinary = None if kinds & _CERTAIN else _ORDINARY.search(words)
    if ordinary := ordinary or _NEVER.search(words):
        return Why.NO_DEAL, ordinary.group()
    if person := _ABOUT_PERSONS.search(text):
        return Why.PERSON, person.group()
    unreal = _NO_ACCORD.search(before) or (None if heading else _NO_ACCORD.search(words)) or _UNSAID.search(head)
    return (doubt(unreal.group()), unreal.group()) if unreal else None


def _candidates(masked: Masked, speaker: Entity | None) -> Iterator[tuple[list[Entity], str, int, int, int]]:
    """Parties, the words that say what kind of agreement it is, where they stand, and how many parties enter together."""
    text = masked.text
    for m in _BETWEEN.finditer(text):
        yield (
            masked.find(m["a"]) + masked.find(m["b"]),
            _OTHERS.split(text[max(0, m.start() - 90) : m.end("after")].rpartition(" with the ")[2])[-1],
            m.start(),
            m.end(),
            1,
        )
    for m in _ENTERED_WITH.finditer(text):
        words = text[max(0, m.start() - 90) : m.end("after")]
        yield masked.find(m["a"]) + masked.find(m["b"]), words, m.start(), m.end(), 1
    for m in _WITH.finditer(text):
        parties, words, start = _before(masked, m, speaker)
        if parties:
            others = masked.find(m["b"])
            if len(others) == 1 and not m["c"] and m["how"].lower() != "with" and parties == [speaker]:
                continue  # "an agreement between Alnora and" someone who is not recognised
            if parties == others[:1] and m["c"]:  # "the agreement established with us in 2003, Brevin gained"
                others = masked.find(m["c"])
            together = len(dict.fromkeys(p for p in parties if p.type == "Company"))
            yield parties + others, words, start, m.end(), together if set(others) - set(parties) else 1
    for m in _BOTH.finditer(text):
        if _VERB.search(m.group()) or _HEADLINE_VERB.match(m["kind"]):
            yield masked.find(m["ab"]), m["kind"], m.start(), m.end(), 1
    for named in (_NAMED_BY_BOTH, _JOINT_WORK):
        for m in named.finditer(text):
            yield masked.find(m["ab"]), m["kind"], m.start(), m.end(), 1
    for m in _ANOTHERS_WITH.finditer(text):
        if m["a"][1:]:
            yield masked.find(m["a"]) + masked.find(m["b"]), m["kind"], m.start(), m.end(), 1
    for pattern in _VERBS:
        for m in pattern.finditer(text):
            groups = m.groupdict()
            both = masked.find(groups.get("ab") or "") or masked.find(m["a"]) + masked.find(m["b"])
            yield both, m.group(), m.start(), m.end(), 1


def _before(masked: Masked, noun: re.Match[str], speaker: Entity | None) -> tuple[list[Entity], str, int]:
    """Who enters into the agreement that the noun names, the words of its kind, and where that begins."""
    text = masked.text
    left = text[: noun.start()]
    last = max((i for i, c in enumerate(left) if ORG[0] <= c <= ORG[2]), default=-1)
    if last > 0 and _TITLE.fullmatch(left[last + 1 :]) and _ARTICLE.search(left[:last]):
        last = max((i for i, c in enumerate(left[:last]) if ORG[0] <= c <= ORG[2]), default=-1)
    gap = left[last + 1 :].rpartition(";")[2]
    words = gap[-150:] + noun.group()[: noun.end("after") - noun.start()]
    verb = max(_VERB.finditer(gap), key=lambda m: m.start(), default=None)
    if last >= 0 and len(gap) <= 260 and ";" not in left[last + 1 :] and (verb or _BARE.match(gap) or _IN.match(gap)):
        if verb and verb.group() not in ("under", "pursuant to"):
            words = gap[verb.start() :] + noun.group()[: noun.end("after") - noun.start()]
        apposed = _APPOSED.search(left, max(0, last - 120), last + 2)
        listed = _LISTED.search(left, max(0, last - 160), last + 1)
        if listed and not _JOINED.search(listed["org"]):  # "after a deal with Alnora, Brevin signed": no list
            listed = None
        who = apposed["head"] if apposed else listed["org"] if listed else left[last]
        start = apposed.start() if apposed else listed.start() if listed else last
        return masked.find(who), words, start
    subject = _SUBJECT.match(left)
    if subject is not None:
        return masked.find(subject["who"]), words, noun.start()
    if speaker is None or _ANOTHERS.search(gap):
        return [], words, noun.start()
    return [speaker], words, max(last + 1, noun.start() - 70)
