"""Who takes over whom when companies enter into a merger agreement: told by who is called Parent, or whose shell merges."""

from __future__ import annotations

import re
from collections.abc import Sequence

from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.patterns import ORG
from biopact.loaders.extraction.statements import is_shell

_CALLED_PARENT = re.compile(
    r"\((?:the\s|[^()]{0,40},\s)?[\"“'‘](?:Parent|Buyer|Acquir[eo]r|Acquiring Company)[\"”'’]|,? or (?:the )?[\"“]?(?:Parent|Buyer)\b"
)
_SUBSIDIARY_OF = re.compile(r"\bsubsidiary\sof\s(?:the\s(?!Company\b))?")
_ANOTHERS_SHELL = re.compile(rf"(?P<owner>[{ORG}])['’]s?\s[\w\s-]{{0,40}}subsidiary,?\s(?P<shell>[{ORG}])")


def acquirer(masked: Masked, text: str, parties: Sequence[Entity]) -> Entity | None:
    """The party of a merger agreement that takes over the others, if the sentence says who that is."""
    named = [
        (masked.source(i), entity)
        for i, sign in enumerate(masked.text)
        if ORG[0] <= sign <= ORG[2]
        for entity in masked.find(sign)
    ]
    begin, end = masked.source(0), masked.source(len(masked.text))
    for m in _CALLED_PARENT.finditer(text, begin, end):
        before = [entity for at, entity in named if at < m.start() and not is_shell(entity)]
        if before and before[-1] in parties:
            return before[-1]
    if not any(is_shell(entity) for _, entity in named):
        return None
    for m in _ANOTHERS_SHELL.finditer(masked.text):
        (owner,), shell = masked.find(m["owner"]), masked.find(m["shell"])
        if owner in parties and is_shell(shell[0]):
            return owner
    for m in _SUBSIDIARY_OF.finditer(text, begin, end):
        behind_shell = any(is_shell(entity) and 0 < m.start() - at < 160 for at, entity in named)
        owners = [entity for at, entity in named if at == m.end()]
        if behind_shell and owners and owners[0] in parties:
            return owners[0]
    return None
