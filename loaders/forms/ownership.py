"""Facts of the XML forms that owners file: Schedules 13D and 13G, Forms 3, 4, 5 and 144.

The text is searched, never parsed as XML, so that spans are those of the file and no entity is ever expanded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from biopact.loaders.filing import CoverFact
from biopact.loaders.forms.dates import DATE, iso_of
from biopact.loaders.forms.header import ten_digits

_ELEMENT = re.compile(r"<(?:\w{1,20}:)?(?P<tag>\w{1,60})(?:\s[^<>]{0,200})?>\s*(?P<value>[^<]{1,400}?)\s*</")
_NAMES = {
    "submissionType": "form",
    "documentType": "form",
    "dateOfEvent": "event_date",
    "eventDateRequiresFilingThisStatement": "event_date",
    "periodOfReport": "period_of_report",
    "issuerName": "registrant",
    "issuerCIK": "cik",
    "issuerCik": "cik",
    "issuerCusip": "cusip",
    "issuerCUSIP": "cusip",
    "issuerTradingSymbol": "ticker",
    "reportingPersonName": "reporting_owner",
    "rptOwnerName": "reporting_owner",
    "reportingPersonCIK": "cik",
    "rptOwnerCik": "cik",
}
_OPENS_OWNER = frozenset({"reportingOwner", "reportingPersonInfo", "coverPageHeaderReportingPersonDetails"})
_OWNER = re.compile(r"<(?:\w{1,20}:)?(?P<tag>" + "|".join(sorted(_OPENS_OWNER)) + r")[\s>]")


def ownership_form(text: str) -> str | None:
    """The form as it is called in EDGAR's older types.

    >>> ownership_form("<submissionType>SCHEDULE 13D/A</submissionType>")
    'SC 13D/A'
    """
    for match in _ELEMENT.finditer(text):
        if match["tag"] in ("submissionType", "documentType"):
            return re.sub(r"^SCHEDULE ", "SC ", match["value"])
    return None


def ownership_facts(text: str, document: int) -> tuple[CoverFact, ...]:
    """Issuer (company 0) and reporting owners (from 1), form and event date, each with its span."""
    signed = text.find("<signature")
    text = text[:signed] if signed >= 0 else text
    owners = [match.start() for match in _OWNER.finditer(text)]
    facts: dict[tuple[str, str, int], CoverFact] = {}
    for fact in _facts(text, document, owners):
        facts.setdefault((fact.name, fact.value, fact.company), fact)
    return tuple(facts.values())


def _facts(text: str, document: int, owners: list[int]) -> Iterator[CoverFact]:
    opened = 0
    for match in _ELEMENT.finditer(text):
        while opened < len(owners) and owners[opened] < match.start():
            opened += 1
        name = _NAMES.get(match["tag"])
        value = " ".join(html.unescape(match["value"]).split())
        owner = match["tag"].startswith(("rpt", "reporting"))
        if name == "form":
            value = re.sub(r"^SCHEDULE ", "SC ", value)
        elif name in ("event_date", "period_of_report"):
            day = DATE.match(value)
            value = (day and iso_of(day)) or ""
        elif name == "cik":
            value = ten_digits(value) or ""
        if name and value:
            yield CoverFact(name, value, document, *match.span("value"), company=opened if owner else 0)
