"""Finds the organisations a text names: by legal form, by head word, by ticker, and by the place they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from biopact.graph.names import company_key, fold
from biopact.loaders.extraction.lexicon import patterns, words

_LEGAL = re.compile(rf",?\s{{1,3}}(?:{patterns('legal_forms').pattern})(?![\w]|-\d)")
_HEAD = re.compile(
    rf"\b(?:{'|'.join(sorted(words('organisation_heads'), key=len, reverse=True))})\b(?!\s+(?:(?:of|and)\s+[a-z]|(?:compan(?:y|ies)|products?|industry|sector|businesses|sales|preparations?)\b))"
)
_WORD = r"[A-Z](?:[\w&-]|\.(?=\w)|[’'](?!s\b)|(?<=n)[’']s\b)*"  # a full stop or an apostrophe only within; "Children's"
_OF = re.compile(
    r"\b(?:University|Universit[éy]|College|Institutes?|School|Board of Regents|Regents|Trustees|Universidad|Hospital|Children[’']s Hospital|"
    r"Center|Centre|Department|Ministry|Government|Commonwealth|Academy)"
    rf"(?:\s+(?:of|for|at)\s+(?:the\s+)?(?:{_WORD})(?:\s+(?:and\s+)?(?!(?:License|Licence|Agreement|Research Agreement|Patent|BS|BA|MS|MA|MD|PhD|MBA|JD|He|She)\b){_WORD}){{0,6}}){{1,3}}"
)
_CENTER = re.compile(
    r"\b(?:[A-Z][\w.’'-]*\s+){1,4}(?:Medical Cent(?:er|re)|Cancer Cent(?:er|re)|Research Cent(?:er|re)|Health System|Clinic"
    r"|Research Foundation|Research Institute|Cancer Institute|Blood Bank|Biobank|Tissue Bank)\b"
)
LEGAL_AT_END = re.compile(rf",?\s{{1,3}}(?:{patterns('legal_forms').pattern})\s*$")
_TOKEN = re.compile(r"\S+")
_CAP = re.compile(r"[\"“(\[*_]*((?:[A-ZÀ-Þ0-9][\w’'.&/®™\-–]*|[a-z]{1,5}[A-Z][\w-]*))$")
_NAME = r"(?:[A-ZÀ-Þ][\w’'&-]*|[a-z]{1,4}[A-Z]\w+|[0-9][A-Z]\w+)(?:\.(?:AI|ai|io|IO|bio|Bio|com)\b)?"
NAME = rf"{_NAME}(?:\.(?=[A-Z]))?(?:\s(?:{_NAME}|&)){{0,4}}"
_KIND_OF_COMPANY = (
    r"(?:compan(?:y|ies)|corporation|firm|manufacturer|CDMO|CRO|CMO|biotech|start-?up|distributor|developer|supplier|"
    r"provider|maker|drugmaker|pharma|spin-?(?:out|off)|organi[sz]ation|university|hospital|foundation|leader|subsidiary|"
    r"affiliate|venture|investor|fund|bank|insurer)"
)
# Places in a sentence where an organisation stands. Each has one group, the name.
_SLOTS = [
    re.compile(p)
    for p in (
        rf"\b(?:[Aa]greements?|[Cc]ollaborations?|[Pp]artnerships?|[Aa]lliances?|[Ll]icen[sc]es?|[Aa]rrangements?|[Jj]oint [Vv]entures?|"
        rf"[Mm]erger|[Cc]ontracts?|[Tt]ransactions?|[Dd]eals?|[Nn]egotiations|[Rr]elationships?|[Pp]artners?|[Pp]artnered|[Cc]ollaborat\w+|partnering) with ({NAME})",
        rf"\b(?:[Aa]cquisition|[Pp]urchase|[Aa]cquire|[Aa]cquires|[Aa]cquired|stockholders|shareholders|[Ss]ubsidiary|affiliate|division|arm|unit) of ({NAME})",
        rf"\b(?:licen[sc]ed?|sublicensed|in-licensed|acquired|purchased|received|transferred|assigned|obtained|royalties|payments?|option) (?:from|to) ({NAME})",
        rf"\b(?:developed|owned|manufactured|controlled|granted|commerciali[sz]ed|marketed|sold|held|sponsored|licensed|produced|supplied|acquired|discovered|created) by ({NAME})",
        rf"\b(?:granted|grants|granting|grant|licensed|enables?|provides?|paid|pays?|pay|gives?|gave) ({NAME}) (?:an?|the|with|exclusive|non-?exclusive|rights?|certain|to|\\?\$)\b",
        rf"\b(?:CEO|Chief Executive Officer|President|Chairman|Chief Medical Officer|Chief Scientific Officer|General Manager|[Ss]hares|[Ss]tock|[Mm]ember|employees?) (?:of|at) ({NAME})",
        rf"^[#*\s]*About ({NAME})[:*]*\s*$",
        rf"\b({NAME})\s+\((?:the )?(?:NASDAQ|Nasdaq|NYSE|OTC\w*|TSX|LSE|AMEX|ASX|TSE|Euronext|SIX|HKEX|AIM|CSE|Nasdaq Stockholm|SWX|Frankfurt|Paris)\b[^()]{{0,25}}:",
        rf"(?:^|\n\s*|[.!?;:,•●>*–-]\s+|\b(?:and|that|which|whereby|where|Today|when)\s)[\"“]?({NAME}) (?:(?:has|have|had|will|also|today|is to|shall|recently)\s){{0,3}}"
        r"(?:licen[sc]e[sd]?\b|granted|grants|acquired|acquires|agreed|entered into|announced|received|paid|exercised|in-licensed|out-licensed|sublicensed|"
        r"terminated|purchased|signed|assigned|collaborated|is developing|develops|is responsible|retains?|retained|owns|holds)",
        rf"[Ll]icen[sc]e from ({NAME})",
        rf"\b({NAME})[’']s? (?:\\?\$[\d.,]+ ?(?:million|billion|[MB]) )?(?:\d{{4}} )?(?:[a-z-]+ ){{0,2}}(?:collaboration|partnership|alliance|licen[sc]e agreement|(?:acquisition|purchase|takeover|buyout) of|deal with)\b",
        rf"\b({NAME})[’']s? (?:\d{{4}} )?{NAME} (?:partnership|collaboration|alliance|deal)\b",
        rf"\b{NAME}[’']s? \d{{4}} ({NAME}) (?:partnership|collaboration|alliance|deal)\b",
        rf"\b(?:licensed|in-licensed|acquired|bought) ({NAME})[’']s? [a-z]",
        rf"\b(?:acquired|licensed|bought|purchased|in-licensed) from {NAME} and ({NAME})(?=[,.;)]| \()",
        rf"\bwork(?:s|ed|ing)? (?:closely |together )?(?:alongside|with) ({NAME})(?=[,.;]| (?:\(|to|on|for|in)\b|\s\()",
        rf"\b(?:selected|engaged|retained|appointed|chose|hired) ({NAME}) as (?:our|its|the|an?) [\w -]{{0,40}}(?:CRO|CDMO|CMO|manufactur|suppl|contract|distribut|research organi)",
        rf"compan(?:y|ies) of ({NAME})",
        rf"\bsubsidiar(?:y|ies),? ({NAME})",
        rf"\bpartners?,? ({NAME})(?=[,.;]| (?:to|for|in|on|will|has|is|and)\b)",
        rf"\b({NAME}),? (?:which is |is |are |was )?(?:an?|the|one of the) (?:[\w/%’-]+,? ){{0,6}}?{_KIND_OF_COMPANY}\b(?![’'])",
        rf"\b(?:[Cc]ompany|firm|manufacturer|drugmaker|[Bb]iotech|giant|distributor|maker|[Ss]ubsidiary|[Pp]arent|partner|competitor) ({NAME})(?=[,.;’']| (?:to|for|in|on|will|has|is|and|are|was)\b)",
        rf"\b(?:rights|assets?|program|products?|interests?|compounds?|technology|business|licen[sc]es?|patents?)(?: [\w*-]+){{0,8}}? (?:to|from) ({NAME})(?=[,.;)]| (?:for|in|on|and|that|which|under|pursuant|with|as)\b)",
        rf"\b(?:sold|sells?|acquired?|acquires|purchased|obtained|received|bought|divest\w*|transferr?\w*|assign\w*|out-?licen[sc]\w*|in-?licen[sc]\w*)(?: [\w*-]+){{0,8}}? (?:to|from) ({NAME})(?=[,.;)]| (?:for|in|on|and|that|which|under|pursuant|with|as|effective|after|at)\b)",
        rf"\bdivest(?:ed|s|ing)?(?: [\w*,()-]+){{1,16}}? to ({NAME})(?=[,.;)]| (?:for|in|on|and|under|effective|after|at)\b)",
        rf"\b({NAME}),? (?:which is |is |are |and |now )*(?:an?|our|its|the) (?:[\w%-]+[ -]){{0,4}}?(?:subsidiary|affiliate|division|unit)\b",
        rf"\bbetween ({NAME}) and\b",
        rf"\bbetween (?:{NAME}|us|the Company|the Registrant) and ({NAME})",
        rf"(?:^|[\n.;,:]\s?)({NAME})(?: \([A-Z]{{2,6}}\))? and (?:{NAME}) (?:are|have|will|entered|announced?d?|signed|agreed|today|jointly)\b",
        rf"\band ({NAME}) (?:are (?:co-|jointly )?(?:developing|collaborating|working|partners|party|parties)|have (?:entered|agreed|signed)|jointly)\b",
        rf"\b(?:rel(?:y|ies|ied)|depends?|dependent) (?:up)?on ({NAME}) (?:for|to|and)\b",
        rf"\b[Tt]he ({NAME})(?: and |[/–]){NAME} (?:partnership|collaboration|alliance|merger|deal)\b",
        rf"\b[Tt]he {NAME}(?: and |[/–])({NAME}) (?:partnership|collaboration|alliance|merger|deal)\b",
        rf"\b({NAME})[’']s? (?:proprietary|patented|right, title|rights?|wholly[- ]owned|common stock|shares|platform|affiliates?|subsidiary|obligations?|licen[sc]e)\b",
    )
]
_TICKER = re.compile(
    r"\(\s*(?:the\s+)?(?P<exchange>NASDAQ|Nasdaq|NYSE(?: American| MKT| Arca)?|OTC ?(?:QB|QX|MKTS|BB| Markets| Pink)?|OTCQB|OTCQX|TSX(?:-?V)?|LSE|AMEX|ASX|TSE|"
    r"Euronext(?: \w+)?|SIX|HKEX|AIM|CSE|TASE|KOSDAQ|KRX|NSE|BSE|SWX|FWB|FSE|Frankfurt|XETRA)[^():]{0,20}:\s*(?P<ticker>[A-Z][A-Z0-9.]{0,7})"
)
_PAREN = re.compile(
    r"\s*,?\s*(?:(?:an?|the|one of|its|our|together with)\b[^().;]{0,110}?,?\s*)?\(\s*(?P<inside>[^()]{1,160})\)"
)
_QUOTED = re.compile(r"[\"“”‘'ʺ]\s*([^\"“”ʺ]{1,60}?)[,.]?\s*[\"”“’ʺ]")
_FORMERLY = re.compile(
    rf"(?:[Ff]ormerly(?: known as| named)?|f/k/a|previously(?: known as| named)?|[Ff]ka)[:,]?\s+[\"“]?((?:{NAME}))"
)
_INLINE_ALIAS = re.compile(
    rf",? or (?:the )?[\"“]?(?P<alias>{NAME})[\"”]?(?=,|\.\s|\sand\s)"
)  # "Alnora Pharma AG, or Alnora,"
_TRADING_AS = re.compile(
    rf",?\s\(?(?:d/b/a|D/B/A|dba|doing business as|trading as|t/a)\s[\"“]?(?P<alias>{NAME})[\"”]?\)?"
)
_BARE_ALIAS = re.compile(
    rf"(?:the |(?:collectively|together|together with its affiliates|and its affiliates|hereinafter|or),? )?(?:the )?(?P<alias>{NAME})"
)
PRONOUNS = frozenset(["company", "we", "us", "our", "registrant", "corporation"])
_ROLE = re.compile(
    r"^(?:the )?(?:licensor|licensee|part(?:y|ies)|buyer|seller|purchaser|supplier|distributor|customer|borrower|lender|"
    r"investors?|holders?|parent|merger sub|client|manufacturer|consultant|collaborators?|partners?|sponsor|issuer|owner|institution)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A full name as it stands at one place, with what parentheses behind it define."""

    name: str
    start: int
    end: int
    rule: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, int, int] | None = None
    ticker: str | None = None
    exchange: str | None = None
    is_filer: bool = False  # the parentheses say "the Company", "we" or "us"


_FULL_STOP = re.compile(
    r"\b(Corporation|Company|Limited|Incorporated|LLC|LP|AG|AB|SA|NV|BV|GmbH|SE|plc|PLC)\.$", re.IGNORECASE
)
# more of the name follows a head word: "Therapeutics Holdings, Inc."
_LONGER = re.compile(
    rf"(?:\s(?:[A-Z][\w.&’'-]*|\([A-Z][A-Za-z]+\))){{0,3}}{_LEGAL.pattern}|\s(?:of|for)\s[A-Z]|\s{_HEAD.pattern}"
)


def full_names(text: str, begin: int, end: int) -> Iterator[Named]:
    """Organisations named with a legal form or a head word, in order of the text."""
    taken = begin
    anchors: list[tuple[int, int, str]] = [
        (m.start(), m.end(), "company/legal-form") for m in _LEGAL.finditer(text, begin, end)
    ]
    anchors += [(m.start(), m.end(), "company/head-word") for m in _HEAD.finditer(text, begin, end)]
    anchors += [
        (m.start(), m.end(), "company/institution") for p in (_OF, _CENTER) for m in p.finditer(text, begin, end)
    ]
    # a legal form wins over the head word before it, an earlier start over a later one
    for start, stop, rule in sorted(anchors):
        if start < taken or (rule == "company/head-word" and _LONGER.match(text, stop)):
            continue
        if rule == "company/institution":
            first = (
                _walk_left(text, start, max(begin, taken))
                if not text[start:stop].startswith(("The ", "the "))
                else start
            )
        else:
            first = _walk_left(text, start if rule == "company/legal-form" else stop, max(begin, taken))
        if first is None and rule == "company/institution":
            first = start
        if first is None or (first >= start and rule == "company/legal-form"):
            continue
        name = re.sub(r"\s+", " ", text[first:stop]).strip(" ,*_")
        if rule == "company/institution":
            name = name.rstrip(".")
            stop = first + len(text[first:stop].rstrip(" ."))
        if rule == "company/head-word" and (more := _further(text, stop, end)):
            stop = more
            name = re.sub(r"\s+", " ", text[first:stop]).strip(" ,*_")
        name = _FULL_STOP.sub(r"\1", name)
        if not _plausible(name, rule):
            continue
        taken = stop
        yield _defined(text, name, first, stop, end, rule)


def _walk_left(text: str, position: int, limit: int) -> int | None:
    """Where the name that ends at position begins: capitalised words to its left, with what may join them."""
    tokens = list(_TOKEN.finditer(text, max(limit, position - 120), position))
    first: int | None = None
    count = 0
    i = len(tokens) - 1
    while i >= 0 and count < 9:
        token = tokens[i].group()
        gap = text[tokens[i].end() : first if first is not None else position]
        if "\n" in gap and (gap.count("\n") > 1 or not _wrapped_line(text, tokens[i].end())):
            break
        if (
            first is not None
            and token[-1] in ',;:.)]}”"|'
            and not re.fullmatch(r"(?:[A-Z]\.|St\.|Dr\.|Mt\.|[A-Z]\.[A-Z]\.|\([A-Z][A-Za-z]+\))", token)
        ) and not (token.endswith(",") and _list_of_surnames(tokens, i)):
            break
        bare = token.strip('"“”(),;[]*_')
        if first is not None and (bare in _CLOSES or _DESCRIBES.search(bare)):
            break  # "a Delaware corporation Alnora, Inc.": what ends a name does not begin the next
        if bare in ("&", "+") or re.fullmatch(r"\([A-Z][A-Za-z]+\)", token):
            i -= 1  # "Alnora (Shanghai) Co., Ltd."
            continue
        if bare in ("and", "of", "for", "de", "do", "du", "der", "the", "la", "et", "e"):
            before = tokens[i - 1].group().strip('"“(*_,') if i else ""
            joined = bare == "and" and before in words("joined_by_and")
            of = (
                bare in ("of", "for", "de", "do", "du", "der", "la", "et")
                and before[:1].isupper()
                and before in _BEFORE_OF
            )
            the = bare == "the" and i and tokens[i - 1].group() in ("of", "for")
            if first is None or not (joined or of or the):
                break
            i -= 1
            continue
        m = _CAP.match(token) if first is not None else _CAP.match(token.rstrip(",*_"))
        if (
            not m
            or bare in words("not_first")
            or (len(bare) > 2 and bare.isupper() and bare.capitalize() in words("not_first"))
            or (bare.isdigit() and not (i and len(bare) < 4 and _CAP.match(tokens[i - 1].group())))
        ):
            break
        first = tokens[i].start() + len(token) - len(token.lstrip('"“”([*_#'))
        count += 1
        if token[0] in '"“([' or token.startswith("**"):
            break
        i -= 1
    return first


_CLOSES = frozenset(["Corporation", "Corp.", "Inc.", "Inc", "LLC", "Ltd.", "Ltd", "Limited", "GmbH", "corporation"])


def _wrapped_line(text: str, end: int) -> bool:
    """Whether the line that ends here is long enough to have been wrapped rather than ended."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    return len(line) > 50 and "|" not in line


_BEFORE_OF = frozenset(
    [
        "University",
        "Universitat",
        "Universität",
        "Institute",
        "Institutes",
        "School",
        "College",
        "Hospital",
        "Center",
        "Centre",
        "Board",
        "Regents",
        "Trustees",
        "Foundation",
        "Department",
        "Academy",
        "Bank",
        "Laboratories",
        "Laboratory",
        "Society",
        "Council",
        "Children's",
        "Museum",
        "System",
    ]
)


@cache
def _further_words() -> re.Pattern[str]:
    listed = "|".join(sorted(words("further_words"), key=len, reverse=True))
    return re.compile(rf"(?:[ ](?:and[ ]|&[ ])?(?:{listed})\b){{1,3}}(?![ ][A-Z][a-z])")


def _further(text: str, stop: int, end: int) -> int | None:
    """Where a name ends that goes on behind its head word: "Alnora Pharma Solutions", "Brevin Biologics North America"."""
    m = _further_words().match(text, stop, end)
    return m.end() if m else None


def _list_of_surnames(tokens: list[re.Match[str]], i: int) -> bool:
    """A comma inside a name, as in "Smith, Kline & Beecham Ltd": the next word but one is an ampersand."""
    return (
        i + 2 < len(tokens)
        and tokens[i + 2].group() in ("&",)
        and _CAP.match(tokens[i].group().rstrip(",")) is not None
    )


def _plausible(name: str, rule: str) -> bool:
    if fold(name) in _not_parties() or company_key(name) in _not_parties():
        return False
    if re.match(r"Details[A-Z]", name):  # "Contact Details" that a page ran into the name
        return False
    if re.search(r"\bLLP$|\bL\.L\.P\.$|\bMerger Sub\b", name):  # law firms, auditors, vehicles of a merger
        return False
    tokens = name.split()
    core = company_key(name)
    if rule == "company/head-word" and all(_DESCRIBES.search(t) for t in tokens[:-1]):
        return False  # "AI-Driven Therapeutics" in a headline
    if name.isupper() and tokens[-1] in ("AS", "SE", "CO") and len(tokens) > 2 and tokens[-2] == "WELL":
        return False
    if not core or len(name) > 90 or not re.search(r"[A-Za-z]{2}", core):
        return False
    if len(tokens) == 1 and rule != "company/institution":
        return False
    if re.fullmatch(
        r"National (?:Cancer|Heart|Eye|Human|Science)\b.* (?:Institute|Foundation)|National Institutes? of .+", name
    ):
        return True  # generic words make the names of public institutes
    if rule == "company/head-word" and (all(map(_says_little, tokens)) or tokens[-1] == "Park"):
        return False
    if " " not in core and core.lower() in {w.lower() for w in words("further_words")}:
        return False  # "Solutions, LLC", the end of a name
    generic = {w.lower() for w in words("generic_words")} | _COMMON
    return not all(t.lower() in generic for t in re.findall(r"[A-Za-z]+", core))


def _says_little(token: str) -> bool:
    """Whether a word of a name tells one organisation from another no better than "Pharma" or "Services" does."""
    lists = ("generic_words", "not_first", "further_words", "organisation_heads")
    return any(token in words(name) for name in lists)


_KIND_IN_PLURAL = re.compile(r"[A-Z]{2,4}s")  # "CMOs"
# first words that say what kind, not who
_DESCRIBES = re.compile(r"-(?:[a-z]+ed|[A-Z][a-z]+ed|[Dd]riven|[Bb]ased|[Ff]ree|[Ll]ike|[Ss]tage)$")

_COMMON = frozenset(
    [
        "private",
        "limited",
        "liability",
        "public",
        "company",
        "holding",
        "joint",
        "stock",
        "the",
        "and",
        "of",
        "us",
        "our",
        "its",
        "parent",
        "merger",
        "sub",
    ]
)


@cache
def _not_parties() -> frozenset[str]:
    listed = words("not_a_party")
    return frozenset(map(fold, listed)) | frozenset(map(company_key, listed))


def _defined(text: str, name: str, start: int, stop: int, end: int, rule: str) -> Named:
    """Read the parentheses behind a name: short forms, tickers, former names."""
    aliases: list[str] = []
    former: tuple[str, int, int] | None = None
    ticker = exchange = None
    is_filer = False
    position = stop
    for _ in range(3):
        m = _PAREN.match(text, position, min(end, position + 320))
        if not m:
            break
        inside = m["inside"]
        t = _TICKER.match(text, m.start("inside") - 1)
        f = _FORMERLY.search(text, m.start("inside"), m.end("inside"))
        if t or (t := _TICKER.search(text, m.start(), m.end())):
            ticker, exchange = t["ticker"], t["exchange"]
        elif f:
            former = (re.sub(r"\s+", " ", f.group(1)).strip(" ,"), f.start(1), f.end(1))
        found = [q.strip() for q in _QUOTED.findall(inside)]
        if not found and not t and not f:
            bare = _BARE_ALIAS.fullmatch(inside.strip())
            found = [bare["alias"]] if bare else []
        for alias in found:
            short = re.sub(r"^(?:the|collectively|together)\s+", "", alias, flags=re.IGNORECASE)
            if short.lower() in PRONOUNS:
                is_filer = True
            elif not _ROLE.match(short) and _short_for(short, name):
                aliases.append(short)
        position = m.end()
    trading = _TRADING_AS.match(text, position, min(end, position + 90))
    if trading and name_like(trading["alias"]):
        aliases.append(trading["alias"])
        position = trading.end()
    inline = _INLINE_ALIAS.match(text, position, min(end, position + 80))
    if inline and _short_for(inline["alias"], name):
        aliases.append(inline["alias"])
    return Named(name, start, stop, rule, tuple(aliases), former, ticker, exchange, is_filer)


def _short_for(alias: str, name: str) -> bool:
    """Whether a bracketed word can stand for a name: shares a word with it, or is made of its letters."""
    if not re.fullmatch(rf"{NAME}|[a-z][\w-]+", alias) or len(alias) < 2 or len(alias) > 40:
        return False
    if re.search(r"\b(?:Agreement|License|Product|Territory|Patents?|Technology|Platform|Date|Transaction)\b", alias):
        return False
    a, n = fold(alias), fold(name)
    if set(a.split()) & set(n.split()):
        return True
    if not alias.isupper():
        return False
    initials = iter(re.findall(r"[A-Z]", name))  # BIDMC: Beth Israel Deaconess Medical Center
    return all(c in initials for c in re.sub(r"[^A-Z]", "", alias)) and alias[0] == name[0]


# "a subsidiary of Alnora Bio" tells that Alnora Bio is not the Alnora Bio Labs spoken of
_DISTINCT = [
    re.compile(rf"\b(?:subsidiary|division|arm|unit|affiliate) of ({NAME})"),
    re.compile(
        rf"(?:^|[.;]\s)({NAME})(?: in [A-Z]\w+(?:, [A-Z]\w+)?)?,? (?:which is |is |and )*(?:also )?(?:an? )(?:[\w-]+ ){{0,3}}?subsidiary of",
        re.MULTILINE,
    ),
]


def distinct_names(text: str, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Names that stand as a subsidiary or a parent, so that a longer name beginning alike is somebody else."""
    for pattern in _DISTINCT:
        for m in pattern.finditer(text, begin, end):
            name = re.sub(r"[’']s?$", "", m.group(1))
            if name_like(name):
                yield name, m.start(1), m.start(1) + len(name)


# a list of those who compete, supply, invest or are partners
_WHO = re.compile(
    rf"\b(?:competitors|companies|partners|licensees|licensors|collaborators|manufacturers|customers|investors|suppliers|distributors|developers)"
    rf"(?:\s[\w-]+){{0,4}}?(?:,?\s(?:such as|including|includes?|like|are|were|namely)|:)\s"
    rf"(?P<list>{NAME}(?:(?:,\s(?:and\s|or\s)?(?:the\s)?|\s(?:and|or)\s(?:the\s)?){NAME}){{1,15}})"
)
_ONE = re.compile(NAME)


def slot_names(text: str, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Names without legal form that stand where only an organisation can, with their offsets."""
    found = [(m.group(1), m.start(1)) for slot in _SLOTS for m in slot.finditer(text, begin, end)]
    for many in _WHO.finditer(text, begin, end):
        found += [(m.group(), m.start()) for m in _ONE.finditer(text, *many.span("list"))]
    for name, start in found:
        if name:
            name = re.sub(r"[’']s?$", "", name)
            if text[start + len(name) : start + len(name) + 2].strip()[:1] in ("®", "™"):
                continue
            first = name.split()[0]
            while first in words("not_first") or first.lower() in ("the", "our"):
                start += len(first) + 1
                name = name[len(first) :].strip()
                if not name:
                    break
                first = name.split()[0]
            if name and name_like(name):
                yield name, start, start + len(name)


def name_like(name: str) -> bool:
    """Whether a capitalised phrase can be an organisation's name at all."""
    tokens = name.split()
    if name in words("not_a_party") or fold(name) in _not_parties() or len(name) < 3:
        return False
    if any(t in ("Agreement", "Agreements", "License", "Act", "Phase", "Form", "Exhibit", "Section") for t in tokens):
        return False
    if re.search(r"[®™]|\d{3,}|^[A-Z]\.?$| (?:Date|Program|Study|Trial|Territory|Patents?)$", name):
        return False
    if LEGAL_AT_END.fullmatch(f" {name}") or _KIND_IN_PLURAL.fullmatch(name):
        return False
    return not all(t in words("generic_words") or t in words("not_first") for t in tokens)
