"""Finds the organisations a text names: by legal form, by head word, by ticker, and by the place they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from biopact.graph.names import company_key, fold
from biopact.loaders.extraction.company_definitions import Named, defined
from biopact.loaders.extraction.company_forms import DOING, HEAD, LEGAL, name_like, not_parties, plain, said_twice
from biopact.loaders.extraction.lexicon import words

_WORD = r"[A-Z](?:[\w&-]|\.(?=\w)|[’'](?!s\b)|(?<=n)[’']s\b)*"  # a full stop or an apostrophe only within; "Children's"
_CAMPUS = "|".join(sorted(words("campuses"), key=len, reverse=True))
_OF = re.compile(
    r"\b(?:University|Universit[éy]|College|Institutes?|School|Board of Regents|Board of Trustees|Board of Governors|Board of Supervisors|Curators|Regents|Trustees|Universidad|Hospital|Children[’']s Hospital|"
    r"Center|Centre|Government|Commonwealth|Academy)"
    rf"(?:(?:\s|<br>)+(?:of|for|at)(?:\s|<br>)+(?:the(?:\s|<br>)+)?(?:{_WORD})(?:(?:\s|<br>)+(?:and(?:\s|<br>)+)?(?!(?:License|Licence|Agreement|Research Agreement|Patent|BS|BA|MS|MA|MD|PhD|MBA|JD|He|She|Annual|Meeting|Conference|Congress)\b)(?:{_WORD}|[Ss]ystem(?=\s(?:of|[A-Z])))){{0,6}}){{1,3}}"
    rf"(?:(?:,|,? at|\s?[–-])\s?(?:{_CAMPUS})\b)?"
)
# institutions in other tongues
_ABROAD = re.compile(
    r"\b(?:Ospedale|Fondazione|Fondation|Fundaci[óo]n?|Fundação|Istituto|Institut|Instituto|H[ôo]pital|H[ôo]pitaux|Centre Hospitalier|Assistance Publique|Klinikum|"
    r"Universitätsklinikum|Universität|Universitätsspital|Università|Universidade|Stichting|Stiftung|Technische Universität)"
    r"(?:[\s-](?:(?:di|de|del|della|dei|degli|des|du|la|le|et|e|y|für|der|zu|van|voor)\s){0,2}(?:[dl][’'])?[A-ZÀ-Þ][\w’.-]*(?<!\.)){1,5}"
)
_CENTER = re.compile(
    r"\b(?:(?:City|House|Church)\sof\s)?(?:[A-Z][\w.’'-]*\s+){1,4}(?:Medical Cent(?:er|re)|Cancer Cent(?:er|re)|Research Cent(?:er|re)|Health System|Clinic"
    r"|Research Foundation|Research Institute|Cancer Institute|Blood Bank|Biobank|Tissue Bank)\b"
)
_TOKEN = re.compile(r"\S+")
_BREAK = re.compile(r"<br ?/?>")  # of a line, within a cell of a table
_TAG = re.compile(r"</?\w[^<>]{0,80}>")
_CAP = re.compile(r"[\"“(\[*_]*((?:[A-ZÀ-Þ0-9][\w’'.&/®™\-–]*|[a-z]{1,5}[A-Z][\w-]*))$")
_PART = re.compile(r"(?:Cent(?:er|re)|Department|School|Institute|College)\b")
_ANY = re.compile(r"\b(?:[Aa]n?|[Ee]ach|[Aa]ny)\s$")
_WHOSE_PART = re.compile(r"(?<!ren)(?<!omen)[’']s\s$")
_FULL_STOP = re.compile(
    r"\b(Corporation|Company|Limited|Incorporated|LLC|LP|AG|AB|SA|NV|BV|GmbH|SE|plc|PLC)\.$", re.IGNORECASE
)
# more of the name follows a head word: "Therapeutics Holdings, Inc."
_LONGER = re.compile(
    rf"(?:\s(?:[A-Z][\w.&’'-]*|\([A-Z][A-Za-z]+\))){{0,3}}{LEGAL.pattern}|\s(?:of|for)\s[A-Z]|\s{HEAD.pattern}"
)


def full_names(text: str, begin: int, end: int) -> Iterator[Named]:
    """Organisations named with a legal form or a head word, in order of the text."""
    taken = begin
    anchors: list[tuple[int, int, str]] = [
        (m.start(), m.end(), "company/legal-form") for m in LEGAL.finditer(text, begin, end)
    ]
    anchors += [(m.start(), m.end(), "company/head-word") for m in HEAD.finditer(text, begin, end)]
    anchors += [
        (m.start(), m.end(), "company/institution")
        for p in (_OF, _CENTER, _ABROAD)
        for m in p.finditer(text, begin, end)
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
        if rule == "company/institution":
            if _ANY.search(text, max(begin, start - 5), start):
                continue  # "an Institute of the National Institutes of Health"
            if _PART.match(text, start, stop) and _WHOSE_PART.search(text, max(begin, start - 12), start):
                continue  # "Alnora's Center for Immunotherapies"
            first = start if first is None or _WHOSE_PART.search(text, first, start) else first
        if first is None or (first >= start and rule == "company/legal-form"):
            continue
        name = plain(text[first:stop]).strip(" ,*_")
        if rule == "company/institution":
            name = name.rstrip(".")
            stop = first + len(text[first:stop].rstrip(" ."))
        if rule == "company/head-word" and (more := _further(text, stop, end)):
            stop = more
            name = plain(text[first:stop]).strip(" ,*_")
        first += (again := said_twice(name))
        name = name[again:]
        name = _FULL_STOP.sub(r"\1", name)
        if not _plausible(name, rule):
            continue
        taken = stop
        yield defined(text, name, first, stop, end, rule)


_FIRST_LINE = re.compile(r"\s*(?P<name>[A-ZÀ-Þ][\w’'-]*(?: (?:& )?[A-ZÀ-Þ][\w’'-]*){0,4})[ \t]*\n[ \t]*\n")
_OF_ITSELF = re.compile(r"\b[Tt]he Company\b")


def named_on_top(text: str, begin: int, end: int) -> Named | None:
    """Whose text this is that says "the Company": the name that stands alone above it, without any legal form."""
    m = _FIRST_LINE.match(text, begin, end)
    if m is None or not _OF_ITSELF.search(text, m.end(), min(end, m.end() + 3000)) or not name_like(m["name"]):
        return None
    said = text[m.end() : end]
    for word in re.findall(r"\w{2,}", m["name"]):
        if word in words("generic_words") or word in words("not_first") or re.search(rf"\b{word.lower()[:6]}", said):
            return None  # a heading, which says what the text is about
    if not re.search(rf"\b{re.escape(m['name'])}\b", said) and "&" not in m["name"]:
        return None
    return Named(plain(m["name"]), m.start("name"), m.end("name"), "company/first-line", is_filer=True)


def _walk_left(text: str, position: int, limit: int) -> int | None:
    """Where the name that ends at position begins: capitalised words to its left, with what may join them."""
    base = max(limit, position - 120)
    shown = _BREAK.sub(lambda m: " " * len(m.group()), text[base:position])
    shown = _TAG.sub(lambda m: "|" * (len(m.group()) - 1) + " ", shown)  # nothing that stands before a tag is the name
    tokens = list(_TOKEN.finditer(shown))
    first: int | None = None
    count = 0
    i = len(tokens) - 1
    while i >= 0 and count < 9:
        token = tokens[i].group()
        gap = shown[tokens[i].end() : first if first is not None else len(shown)]
        if "\n" in gap and (gap.count("\n") > 1 or not _wrapped_line(text, base + tokens[i].end())):
            break
        if (
            first is not None
            and token[-1] in ',;:.)]}”"|'
            and not re.fullmatch(r"(?:[A-Z]\.|St\.|Dr\.|Mt\.|[A-Z]\.[A-Z]\.|\([A-Z][A-Za-z]+\))", token)
        ) and not (token.endswith(",") and _list_of_surnames(tokens, i)):
            break
        bare = token.strip('"“”(),;[]*_')
        if first is not None and _GENITIVE.search(bare) and not _names_within(bare, tokens, i):
            break  # "Alnora's Brevin Therapeutics"
        if first is not None and (bare in _CLOSES or _DESCRIBES.search(bare)):
            break  # "a Delaware corporation Alnora, Inc.": what ends a name does not begin the next
        if bare in ("&", "+") or re.fullmatch(r"\([A-Z][A-Za-z]+\)", token):
            i -= 1  # "Alnora (Shanghai) Co., Ltd."
            continue
        if bare in _JOINERS:
            before = tokens[i - 1].group().strip('"“(*_,') if i else ""
            joined = bare == "and" and before in words("joined_by_and")
            of = (
                bare in ("of", "for", "de", "do", "du", "der", "la", "et")
                and before[:1].isupper()
                and before in _BEFORE_OF
            )
            foreign = bare in _FOREIGN and before[:1].isupper() and len(before) > 2
            the = bare == "the" and i and tokens[i - 1].group() in ("of", "for")
            if first is None or not (joined or of or foreign or the):
                break
            i -= 1
            continue
        if (
            first is None
            and bare.islower()
            and bare.title() in words("organisation_heads")
            and _before_form(text, position)
        ):
            i -= 1  # "Alnora therapeutics, Inc."
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
    return base + first if first is not None else None


def _before_form(text: str, position: int) -> bool:
    return bool(LEGAL.match(text, position))


_GENITIVE = re.compile(r"[’']s?$")
_WHOSE = re.compile(
    r"(?:Children|Women|Men|People|King|Queen|Veteran|Alzheimer|Parkinson|Huntington|Crohn|Mother)[’']?s"
)


def _names_within(genitive: str, tokens: list[re.Match[str]], i: int) -> bool:
    """Whether a genitive is part of a name: "Children's Hospital", "St. Mary's", "Dr. Alnor's Laboratories"."""
    return bool(_WHOSE.match(genitive)) or (i > 0 and tokens[i - 1].group() in ("Dr.", "St.", "Saint"))


_CLOSES = frozenset(["Corporation", "Corp.", "Inc.", "Inc", "LLC", "Ltd.", "Ltd", "Limited", "GmbH", "corporation"])


def _wrapped_line(text: str, end: int) -> bool:
    """Whether the line that ends here is long enough to have been wrapped rather than ended."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    return len(line) > 50 and "|" not in line


_FOREIGN = frozenset(["de", "del", "della", "di", "da", "e", "y", "et", "für", "und", "van", "des", "degli"])
_JOINERS = _FOREIGN | {"and", "of", "for", "do", "du", "der", "the", "la"}
_BEFORE_OF = frozenset(
    [
        "City",
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
    return re.compile(rf"(?:[ ](?:and[ ]|&[ ])?(?:{listed})\b){{1,3}}(?![ ][A-Z][a-z]|[’'])")


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
    if fold(name) in not_parties() or company_key(name) in not_parties():
        return False
    if re.match(r"Details[A-Z]", name):  # "Contact Details" that a page ran into the name
        return False
    if re.search(r"\bLLP$|\bL\.L\.P\.$", name):  # law firms, auditors
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
    if rule == "company/head-word" and _KIND_OF_A_PLACE.fullmatch(name):
        return False  # "Turkish Pharma"
    if rule == "company/institution" and _FACULTY.fullmatch(name):
        return False  # "School of Medicine", of whichever university
    if " " not in core and core.lower() in {w.lower() for w in words("further_words")}:
        return False  # "Solutions, LLC", the end of a name
    if rule == "company/legal-form" and _COMMON_NAME.fullmatch(core):
        return True  # "United Biologics Corporation", where every word is common and the name is not
    generic = {w.lower() for w in words("generic_words")} | _COMMON
    return not all(t.lower() in generic for t in re.findall(r"[A-Za-z]+", core))


def _says_little(token: str) -> bool:
    """Whether a word of a name tells one organisation from another no better than "Pharma" or "Services" does."""
    lists = ("generic_words", "not_first", "further_words", "organisation_heads")
    return any(token in words(name) for name in lists) or bool(DOING.fullmatch(token))


_KIND_OF_A_PLACE = re.compile(
    r"(?:[A-Z]\w+(?:ish|ese|nian|rian|lian|dian|ssian|gian|rean)|German|French|Dutch|Greek|Swiss|Thai|Indian|US|U\.S\.|UK|UAE|EU)"
    r" (?:Pharma|Biopharma|Pharmaceuticals?|Biotech|Bio|Healthcare)"
)
_COMMON_NAME = re.compile(
    r"(?:united|american|general|applied|advanced|national|global|international|pacific|atlantic|first|new) (?:\w+ )?\w+(?:s|ics|tech|pharma|medical)",
    re.IGNORECASE,
)
_FACULTY = re.compile(
    r"(?:School|College|Faculty|Institute|Academy) of (?:Medicine|Engineering|Pharmacy|Sciences?|Dentistry|Nursing|Law|Business|Public Health|Veterinary Medicine)"
)

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
