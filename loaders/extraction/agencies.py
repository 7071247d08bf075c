"""Public bodies where they are a party: they fund, order and license; as regulators they are none.

Every filing names the department of health; it is an organisation of the graph only where it awards a contract, signs an
agreement or buys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.extraction.company_definitions import Named, defined
from biopact.loaders.extraction.company_forms import plain

_OF_A_STATE = r"(?:(?:U\.\s?S\.|US|UK|United States|[A-Z][a-z]+(?:i|an|ese|ish))\s)?"
_BODY = re.compile(
    rf"\b{_OF_A_STATE}(?:"
    r"(?:Department|Ministry)\sof\s(?:the\s)?[A-Z][a-z]+(?:,?\s(?:and\s)?[A-Z][a-z]+){0,5}"
    r"|(?:[A-Z][a-z]+\s(?:and\s)?){1,5}(?:Authority|Agency|Command)|Public Health Service"
    r"|Centers for Disease Control(?: and Prevention)?)(?![\w-])"
)
_BEFORE = re.compile(
    r"\b(?:agreements?|contracts?|CRADA|grants?|awards?|awarded|licen[sc]es?|licen[sc]ed|funding|funded|subcontracts?|options?|orders?|ordered|sponsored|"
    r"supported|collaborat\w+|partner\w*|sold|suppl(?:y|ied)|deliver(?:ed|y|ies)|arrangements?)\b[^.;()]{0,70}?\b(?:with|from|by|to|of)\s(?:the\s)?$"
)
_BEHIND = re.compile(
    r"(?:\s\([^()]{2,40}\))?,?\s(?:today\s|has\s|have\s|also\s)?(?:awarded|exercised|funded|entered into|agreed|selected|ordered|purchased|licensed|invested|procured)\b"
)
# what only a regulator does, or is done before one
_REGULATES = re.compile(
    r"\b(?:approv\w+|clear\w+|authori[sz]\w+|regulat\w+|inspect\w+|enforce\w*|submi\w+|designat\w+|complian\w+)\b"
)


def agencies(text: str, begin: int, end: int) -> Iterator[Named]:
    """Public bodies that stand in the place of a party, with what parentheses behind them define."""
    for m in _BODY.finditer(text, begin, end):
        before = text[max(begin, m.start() - 110) : m.start()]
        place = _BEFORE.search(before)
        if not (place or _BEHIND.match(text, m.end(), end)) or (place and _REGULATES.search(place.group())):
            continue
        yield defined(text, plain(m.group()), m.start(), m.end(), end, "company/agency")
