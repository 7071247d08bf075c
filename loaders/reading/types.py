"""What a lone text is, judged by how forms, exhibits, contracts and press releases open."""

from __future__ import annotations

import re

_HEAD = 6000  # characters in which a document says what it is
_FORMS = (
    r"8-K12B|8-K|10-KT|10-K405|10-KSB|10-K|10-QT|10-QSB|10-Q|20-F|40-F|6-K|S-1|S-3|S-4|S-8|F-1|DEF 14A|144|[345](?=\s)"
)
FORM_TYPE = re.compile(rf"(?:{_FORMS}|SC 13[DG]|SC TO(?:-[A-Z])?|SC 14D9|[345]|144)(?:/A)?", re.I)
_VIEWER = re.compile(rf"\s*(?P<type>EX-\d{{1,3}}(?:\.\d+)?|{_FORMS})(?P<amended>/A)? \d+ \S+\.(?:html?|txt)\b", re.I)
_EXHIBIT = re.compile(r"(?:^|\n)[\s*#|_]{0,40}EXHIBIT[\s:*]{1,10}(?P<number>\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?)\b", re.I)
_FORM = re.compile(
    rf"(?:^|\n)[^\S\n]*[#*|_\s]{{0,40}}FORM[\s*#]{{1,10}}(?P<form>{_FORMS})(?P<amended>\s?/\s?A\b)?(?![-\w])",
    re.I,
)
_SCHEDULE = re.compile(
    r"(?:^|\n)[\s#*|_]{0,40}SCHEDULE\s{1,10}(?P<form>13D|13G|TO|14D-9)(?P<amended>\s?/\s?A\b)?", re.I
)
_COMMISSION = re.compile(
    r"SECURITIES\s+AND\s+EXCHANGE\s+COMMISSION|Commission\s+File\s+N|Exact\s+name\s+of\s+registrant", re.I
)
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATELINE = re.compile(
    rf"(?:^|\n)[\s*_>]{{0,20}}(?!(?:On|In|As|By|Since|Effective|Dated|During|From|Until|Through)\b)[A-Z][\w.'’&-]*(?:[,;/]?\s[\w.'’&-]+){{0,9}},?[\s*(–—-]{{0,8}}{_MONTHS}\.?\s\d{{1,2}},?\s\d{{4}}"
    rf"[\s*)]{{0,6}}(?:\(|/|-|–|—|:)"
)
_WIRE = re.compile(
    r"PR ?Newswire|Business ?Wire|Globe ?Newswire|Accesswire|Newsfile|Marketwired?|NEWMEDIAWIRE|NewsDirect|PRIMEZONE|"
    r"FOR (?:\*\*)?IMMEDIATE RELEASE|(?:News|Press) Release\b|\btoday announced\b|\bannounced today\b",
    re.I,
)
_CONTRACT_TITLE = re.compile(r"(?:^|\n)[^\n]{0,300}\b(?:AGREEMENT|Agreement|LICENSE|LEASE|CONTRACT|AMENDMENT)\b")
_PARTIES = re.compile(
    r"\b(?:(?:is|are) )?(?:entered into|made|effective|dated)\b[^.]{0,200}?\b(?:by\s+and\s+)?between\b"
    r"|\bby\s+and\s+(?:between|among)\b"
    r"|\bWHEREAS\b|\bWITNESSETH\b|\bthis\s+(?:\w+\s+){0,6}Agreement\b",
    re.I,
)
_ITEM_10K = re.compile(
    r"(?:^|\n)[\s#*|]{0,40}ITEM\s{1,5}(?:1A?|7A?|8)[.:\s*|–—-]{1,12}"
    r"(?:BUSINESS|RISK FACTORS|MANAGEMENT|FINANCIAL STATEMENTS)\b",
    re.I,
)
_ITEM_8K = re.compile(r"(?:^|\n)[\s#*|]{0,40}ITEM\s{1,5}[1-9]\.0\d\b", re.I)


def form_of(text: str) -> str | None:
    """The form that a cover page at the start of the text names, ``/A`` when it is an amendment."""
    head = text[:_HEAD]
    if (match := _FORM.search(head)) and (_COMMISSION.search(head) or match.start() < 200):
        return match["form"].upper() + ("/A" if match["amended"] else "")
    if (match := _SCHEDULE.search(head)) and _COMMISSION.search(head):
        return f"SC {match['form'].upper()}" + ("/A" if match["amended"] else "")
    return None


def is_release(text: str) -> bool:
    """Whether the text opens as a press release does: a dateline, a wire's mark, "For Immediate Release"."""
    return release_mark(text) is not None


def release_mark(text: str) -> int | None:
    """Where the first mark of a press release stands in the opening of a text."""
    head = text[:4000]
    marks = [mark.start() for mark in (_DATELINE.search(head), _WIRE.search(head)) if mark]
    return min(marks, default=None)


def type_of(text: str) -> str:
    """The type of a text that comes without a submission around it; TEXT where nothing tells."""
    head = text[:_HEAD]
    if match := _VIEWER.match(head):
        return match["type"].upper() + ("/A" if match["amended"] else "")
    if (match := _EXHIBIT.search(head[:1500])) and not _COMMISSION.search(head[: match.start()]):
        return f"EX-{match['number']}"
    if form := form_of(text):
        return form
    if _ITEM_8K.search(head):
        return "8-K"
    release = is_release(head)
    if _CONTRACT_TITLE.search(head[:1500]) and len(_PARTIES.findall(head)) > 1 and not release:
        return "EX-10"
    if release:
        return "EX-99"
    return "10-K" if _ITEM_10K.search(text[:200_000]) else "TEXT"
