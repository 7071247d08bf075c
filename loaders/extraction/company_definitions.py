"""Reads what stands in parentheses behind a company's name: short forms, tickers, former names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biopact.graph.names import fold
from biopact.loaders.extraction.company_forms import NAME, PRONOUNS, name_like

_TICKER = re.compile(
    r"\(\s*(?:the\s+)?(?P<exchange>NASDAQ|Nasdaq|NYSE(?: American| MKT| Arca)?|OTC ?(?:QB|QX|MKTS|BB| Markets| Pink)?|OTCQB|OTCQX|TSX(?:-?V)?|LSE|AMEX|ASX|TSE|"
    r"Euronext(?: \w+)?|SIX|HKEX|AIM|CSE|TASE|KOSDAQ|KRX|NSE|BSE|SWX|FWB|FSE|Frankfurt|XETRA)[^():]{0,20}:\s*(?P<ticker>[A-Z][A-Z0-9.]{0,7})"
)
_PAREN = re.compile(
    r"\s*,?\s*(?:(?:an?|the|one of|its|our|together with)\b[^().;]{0,110}?,?\s*)?\(\s*(?P<inside>[^()]{1,160})\)"
)
_QUOTED = re.compile(r"[\"“”‘'ʺ]\s*([^\"“”ʺ]{1,60}?)[,.]?\s*[\"”“’ʺ]")
_FORMERLY = re.compile(
    rf"(?:[Ff]ormerly(?: known as| named)?|f/k/a|previously (?:known as|named|called)|[Ff]ka)[:,]?\s+[\"“]?((?:{NAME}))"
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


def defined(text: str, name: str, start: int, stop: int, end: int, rule: str) -> Named:
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
    if len(alias) > 3 and any(word.startswith(alias) for word in name.split()):
        return True  # "Penn"
    return _made_of(alias, _STATE.sub("", name)) or _made_of(alias, name)


_STATE = re.compile(r"^(?:The )?(?:U\.\s?S\. |US |United States )?(?:(?:Department|Ministry) of )?(?:the )?")


def _made_of(short: str, name: str) -> bool:
    """Whether a word is made of the beginnings of a name's words, one behind the other: BIDMC, UofL, Penn."""
    parts = re.findall(r"[A-Z]+[a-z]*|[a-z]+", name)
    if not parts or len(short) < 2 or short[0] != parts[0][0] or not short.isalpha():
        return False
    if short.isupper():
        initials = iter(re.findall(r"[A-Z]", name))  # BIDMC: Beth Israel Deaconess Medical Center
        return all(c in initials for c in short)
    rest = short
    for part in parts:
        shared = next((i for i in range(min(len(part), len(rest)), 0, -1) if part[:i] == rest[:i]), 0)
        rest = rest[shared:]
        if not rest:
            return len(short) > 3
    return False
