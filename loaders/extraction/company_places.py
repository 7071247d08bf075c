"""Names without a legal form, told by the place in a sentence where only an organisation stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.extraction.company_forms import NAME, name_like, said_twice
from biopact.loaders.extraction.lexicon import words

_KIND_OF_COMPANY = (
    r"(?:compan(?:y|ies)|corporation|firm|manufacturer|CDMO|CRO|CMO|biotech|start-?up|distributor|developer|supplier|"
    r"provider|maker|drugmaker|pharma|spin-?(?:out|off)|organi[sz]ation|university|hospital|foundation|research institute|leader|subsidiary|"
    r"affiliate|venture|investor|fund|bank|insurer)"
)
# Places in a sentence where an organisation stands. Each has one group, the name.
_PLACES = (
    rf"\b(?:[Aa]greements?|[Cc]ollaborations?|[Pp]artnerships?|[Aa]lliances?|[Ll]icen[sc]es?|[Aa]rrangements?|[Jj]oint [Vv]entures?|"
    rf"[Mm]erger|[Cc]ontracts?|[Tt]ransactions?|[Dd]eals?|[Nn]egotiations|[Rr]elationships?|[Pp]artners?|[Pp]artnered|[Cc]ollaborat\w+|partnering)(?: \([^()]{{3,40}}\))? with ({NAME})",
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
    rf"\b(?:manufactured|supplied|produced)\s(?:[\w\s-]{{0,60}}\s)?by\s({NAME})(?=[,.;]|\s(?:and|in\saccordance|under|pursuant|for|at)\b)",
    rf"\b(?:manufactured|supplied|produced)\s(?:[\w\s-]{{0,60}}\s)?by\s{NAME}\sand\s({NAME})(?=[,.;]|\s(?:in\saccordance|under|pursuant|for|at)\b)",
    rf"\b(?:About|ABOUT) ({NAME})(?=\1)",  # where a page ran a heading into its text
    rf"\b({NAME})(?:[’']s)? \((?:formerly|f/k/a|previously known)\b",
    rf"\b(?:facility|funding|financing|grants?|awards?|loans?|investments?|contracts?|subcontracts?|CRADA) (?:from|by|with) (?:the )?({NAME})(?=[,.;)]| (?:to|for|in|on|and|that|which|under|as|will|with|is|was)\b)",
    rf",\san? ((?!(?:[A-Z][a-z]+(?:an|ese|ish|ss)|[A-Z][\w.]*[ -]based)\s){NAME}) (?:[Cc]ompany|subsidiary|affiliate)(?=[,.;)]|\s(?:and|that|which|in)\b)",
    rf"\bagreement to (?:acquire|purchase|buy|merge with) ({NAME})(?=[,.;]| \(| (?:for|in|from|and)\b)",
    rf"\b({NAME}), (?:founded (?:by|in)|headquartered in|based in)\b",
    rf"\bwhen (?:it|we|they|the Company) acquired ({NAME})(?=[,.;]|\s(?:in|and|for)\b)",
    rf"\b(?:stake|interest|shareholding) to (?:[\w-]+ ){{0,3}}?({NAME})(?=[,.;]|\s(?:in|for|and)\b)",
    rf"\b(?:majority|wholly|partially|jointly|partly)[- ]owned (?:subsidiary,? )?({NAME})(?=[,.;’']| [a-z])",
    rf"\b(?:[Oo]ur|[Ii]ts|[Tt]heir|a|the) (?:[\w-]+ ){{0,3}}?(?:CRO|CDMO|CMO|partner|collaborator|licensor|licensee|distributor|supplier|vendor|manufacturer|organi[sz]ation),? ({NAME})(?=[,.;)]| (?:and|to|for|in|has|is|will|who)\b)",
    rf"\b(?:which|whereby) ({NAME}) and {NAME} (?:are|have|will|agreed|would|jointly)\b",
    rf"\b(?:we|us|[Cc]ompany|it|also|recently|they|has|had) acquired ({NAME})(?=[,.;]| (?:with|for|in|and|on|from|to)\b)",
    rf"\b[Aa]cquired ({NAME}), (?:an?|the|its)\b",
    rf"[’']s?(?: \([^()]{{3,40}}\))? ({NAME}) (?:unit|subsidiary|division|arm)\b",
    rf"\ba member of the ({NAME} Group)\b",
    rf"(?:^|\n|[>•*–-] )(?:> )?With ({NAME}),",
    rf"(?:^|[\n.;] ?)({NAME}) (?:transferred|sold|divested|licensed|assigned|invested|manufactures|supplies|distributes)\b",
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
    rf"\b(?:rights|assets?|program|products?|interests?|compounds?|technology|business|licen[sc]es?|patents?)(?: [\w*-]+){{0,8}}? (?:to|from) ({NAME})(?=[,.;)]| (?:for|in|on|and|that|which|who|under|pursuant|with|as|includes?|covers?|gives?|grants?|dated)\b)",
    rf"\b(?:sold|sells?|acquired?|acquires|purchased|obtained|received|bought|divest\w*|transferr?\w*|assign\w*|out-?licen[sc]\w*|in-?licen[sc]\w*|licen[sc]ed)(?: [\w*-]+){{0,8}}? (?:to|from) ({NAME})(?=[,.;)]| (?:for|in|on|and|that|which|who|under|pursuant|with|as|effective|after|at|includes?|covers?|dated)\b)",
    rf"\bdivest(?:ed|s|ing)?(?: [\w*,()-]+){{1,16}}? to ({NAME})(?=[,.;)]| (?:for|in|on|and|under|effective|after|at)\b)",
    rf"\b({NAME})(?: \([A-Z][\w-]{{1,9}}\))?,? (?:which is |is |are |and |now )*(?:an?|our|its|the) (?:[\w%-]+[ -]){{0,4}}?(?:subsidiary|affiliate|division|unit)\b",
    rf"\bbetween ({NAME}) and\b",
    rf"\bbetween (?:{NAME}|us|the Company|the Registrant) and ({NAME})",
    rf"(?:^|[\n.;,:]\s?)({NAME})(?: \([A-Z]{{2,6}}\))? and (?:{NAME}) (?:are|have|will|entered|announced?d?|signed|agreed|today|jointly)\b",
    rf"\band ({NAME}) (?:are (?:co-|jointly )?(?:developing|collaborating|working|partners|party|parties)|have (?:entered|agreed|signed)|jointly)\b",
    rf"\b(?:rel(?:y|ies|ied)|depends?|dependent) (?:up)?on ({NAME}) (?:for|to|and)\b",
    rf"\b[Tt]he ({NAME})(?: and |[/–]){NAME} (?:partnership|collaboration|alliance|merger|deal)\b",
    rf"\b[Tt]he {NAME}(?: and |[/–])({NAME}) (?:partnership|collaboration|alliance|merger|deal)\b",
    rf"\b({NAME})[’']s? (?:proprietary|patented|right, title|rights?|wholly[- ]owned|common stock|shares|platform|affiliates?|subsidiary|obligations?|licen[sc]e)\b",
)
_FIRST = rf"\b({NAME})"  # places that a name begins are looked for together
_SLOTS = [re.compile(place) for place in _PLACES if not place.startswith(_FIRST)]
_SLOTS.append(
    re.compile(_FIRST + f"(?:{'|'.join(place.removeprefix(_FIRST) for place in _PLACES if place.startswith(_FIRST))})")
)

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
    rf"\b(?P<who>competitors|companies|partners|licensees|licensors|collaborators|manufacturers|customers|investors|suppliers|distributors|developers)"
    rf"(?:\s[\w-]+){{0,4}}?(?:,?\s(?:such as|including|includes?|like|are|were|namely)|:)\s"
    rf"(?P<list>{NAME}(?:(?:,\s(?:and\s|or\s)?(?:the\s)?|\s(?:and|or)\s(?:the\s)?){NAME}){{1,15}})"
)
# a list of those who put money into a round: "led by A, with participation from B, C and existing investors D and E"
_ROUND = re.compile(r"\b(?:Series [A-H]\d?|[Ff]inancing|[Rr]ound|[Pp]rivate placement|PIPE|[Ff]unding|[Ii]nvestment)\b")
_FROM = r"(?:[A-Z][\w.]+(?: [A-Z][\w.]+)?(?:[’']s|-based) )?"  # "Denmark's", "San Diego-based"
_FUNDER = rf"(?:the |an? )?(?:(?:[A-Z]\w+ ){{1,2}}(?:firms?|investors?|funds?) )?(?:(?:new|existing|current|returning|lead|other|founding|institutional|strategic|healthcare|and) )*(?:(?:investors?|backers?|shareholders?|firms?),? )?{_FROM}({NAME})"
_MORE_FUNDERS = _FUNDER.replace("(" + NAME + ")", NAME)
_FUNDERS = re.compile(
    rf"\b(?:(?:[Ff]inancing|[Rr]ound|Series [A-H]\d?|placement|[Ff]unding|[Ii]nvestment|syndicate|raise)\b[^.;\n]{{0,60}}? (?:[Cc]o-?)?(?:led|[Ll]ed|backed|[Bb]acked|anchored) (?:jointly )?by|"
    rf"participation (?:from|by)|joined by|(?:[Ee]xisting|[Nn]ew|[Cc]urrent|[Oo]ther|returning) (?:[a-z]+ ){{0,3}}?(?:investors?|backers?)(?: (?:who|that) [a-z ]{{3,40}}?)?(?:,? (?:included?|including|such as|were|are))?:?)\s"
    rf"(?P<list>{_MORE_FUNDERS}(?:(?:, an? (?:subsidiary|affiliate|member|unit|arm) of {NAME})?(?:, (?:and |as well as |along with |alongside )?| and | as well as | along with | alongside ){_MORE_FUNDERS}){{0,20}})"
)
_EACH_FUNDER = re.compile(_FUNDER)
_OWNED = re.compile(r"((?!St\b|Dr\b|(?:Children|Women|Men|People|King|Queen|Veteran)[’'])\w.*\w)[’']s\s[A-Z]")
_BASED = re.compile(r".*-(?:based|headquartered|listed|owned)\s")
# verbs of headlines whose object is no organisation: "Subsidiary Publishes Primer"
_DOES = frozenset(
    [
        "Publishes",
        "Launches",
        "Receives",
        "Completes",
        "Reports",
        "Presents",
        "Unveils",
        "Wins",
        "Achieves",
        "Begins",
        "Initiates",
        "Advances",
        "Closes",
    ]
)
_PERSON = re.compile(r"[A-Z][a-z]+ [A-Z](?:[a-z]+|\.)?")  # as far as two words can tell
_ONE = re.compile(NAME)


def slot_names(text: str, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Names without legal form that stand where only an organisation can, with their offsets."""
    found = [(m.group(1), m.start(1)) for slot in _SLOTS for m in slot.finditer(text, begin, end)]
    for many in _WHO.finditer(text, begin, end):
        members = _ONE.finditer(text, *many.span("list"))
        found += [
            (m.group(), m.start()) for m in members if not (many["who"] == "investors" and _PERSON.fullmatch(m.group()))
        ]
    found += _funders(text, begin, end)
    for name, start in found:
        if name:
            name = re.sub(r"[’']s?$", "", name)
            if owner := _OWNED.match(name):  # "Alnora University's Laboratory"
                name = owner.group(1)
            if based := _BASED.match(name):  # "Osaka-based Alnora"
                start, name = start + based.end(), name[based.end() :]
            if text[start + len(name) : start + len(name) + 2].strip()[:1] in ("®", "™"):
                continue
            first = name.split()[0]
            while first in words("not_first") or first.lower() in ("the", "our"):
                if first in _DOES:
                    name = ""
                    break
                start += len(first) + 1
                name = name[len(first) :].strip()
                if not name:
                    break
                first = name.split()[0]
            again = said_twice(name)
            start, name = start + again, name[again:]
            if name and name_like(name):
                yield name, start, start + len(name)


def _funders(text: str, begin: int, end: int) -> Iterator[tuple[str, int]]:
    for listed in _FUNDERS.finditer(text, begin, end):
        line = text.rfind("\n", begin, listed.start()) + 1
        if _ROUND.search(text, max(begin, line, listed.start() - 400), listed.end() + 60):
            for m in _EACH_FUNDER.finditer(text, *listed.span("list")):
                yield m.group(1), m.start(1)
