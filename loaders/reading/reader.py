"""From a source to a Filing: which format it is, what its documents are, and what the cover says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from biopact.loaders.filing import CoverFact, Document, Filing
from biopact.loaders.forms.cover import cover_facts, signing_date
from biopact.loaders.forms.header import header_facts
from biopact.loaders.forms.ownership import ownership_facts, ownership_form
from biopact.loaders.forms.subsidiaries import named_parent
from biopact.loaders.reading import bodies, markup, pasted, submission
from biopact.loaders.reading.decoding import decode
from biopact.loaders.reading.markup import Rendered
from biopact.loaders.reading.types import FORM_TYPE, type_of
from biopact.loaders.reading.verbatim import verbatim
from biopact.loaders.sources import Source, shown
from biopact.loaders.structure.exhibits import listed_exhibits
from biopact.loaders.structure.parts import parts_of
from biopact.ontology.errors import FilingError

_PDF = b"%PDF-"


def read_filing(source: Source) -> Filing:
    """Read one file; FilingError, and nothing else, says on one line why it cannot be."""
    data = source.data()
    try:
        documents, notes = _of_pdf(data) if data.startswith(_PDF) else _of_text(decode(data), source.limit)
    except FilingError as error:
        raise FilingError(f"{shown(source.name)}: {error}") from error
    documents = _described(documents)
    cover = _cover(documents)
    notes += _parentless(documents, cover)
    return Filing(
        source.name,
        hashlib.sha256(data).hexdigest(),
        _form(documents, cover),
        _first(cover, "accession_number"),
        _first(cover, "filing_date"),
        tuple(documents),
        cover,
        tuple(notes),
        len(data),
        url=source.url,
        retrieved=source.retrieved,
    )


def _form(documents: Iterable[Document], cover: Iterable[CoverFact]) -> str | None:
    """The form a header names, else the type of the first document that is a form."""
    named = next((fact.value for fact in cover if fact.name == "form" and fact.document == 0), None)
    return named or next((d.type for d in documents if FORM_TYPE.fullmatch(d.type)), None)


def _first(cover: Iterable[CoverFact], name: str) -> str | None:
    return next((fact.value for fact in cover if fact.name == name), None)


def _of_text(text: str, limit: int) -> tuple[list[Document], list[str]]:
    return _of_submission(text, limit) if submission.is_submission(text) else _of_lone_text(text, limit)


def _of_pdf(data: bytes) -> tuple[list[Document], list[str]]:
    from biopact.loaders.reading import pdf  # its library takes a tenth of a second to load, and few filings need it

    rendered = pdf.render(data)
    return _windows(rendered, type_of(rendered.text)), list(rendered.notes)


def _of_submission(text: str, limit: int) -> tuple[list[Document], list[str]]:
    documents: list[Document] = []
    notes: list[str] = []
    texts: list[Rendered] = []
    left_out: list[tuple[str, str]] = []
    if header := submission.header_of(text):
        documents.append(Document(0, "SEC-HEADER", header, 0, len(header)))
    taken, highest = {0}, 0
    for part in submission.parts_of(text):
        try:
            rendered = bodies.text_of(part, limit)
        except bodies.LeftOut as reason:
            left_out.append((f"{part.type} ({reason})", part.filename or str(part.sequence)))
            continue
        where = f"document {part.sequence} ({shown(part.type)})"
        notes += [f"{where}: {note}" for note in rendered.notes]
        if not part.whole:
            notes.append(f"{where} is cut off: the file ends inside it")
        if not rendered.text or rendered.text.isspace():
            notes.append(f"{where} is empty")
            continue
        sequence = part.sequence if part.sequence not in taken else highest + 1
        taken.add(sequence)
        highest = max(highest, sequence)
        documents.append(_document(sequence, part.type, rendered, part.description))
        texts.append(rendered)
    if len(texts) == 1 and documents[-1].sequence == 1 and _is_report(documents[-1]):
        documents[-1:] = _windows(texts[0], documents[-1].type, documents[-1].description)
    for kind, names in groupby(sorted(left_out), key=lambda pair: pair[0]):
        notes.append(f"left out {shown(kind)}: {', '.join(shown(name) for _, name in names)}")
    if submission.is_cut(text):
        if taken == {0}:
            raise FilingError("the submission is cut off before its first document ends; fetch it again")
        notes.append("the submission is cut off: it has no closing tag")
    if not documents:
        raise FilingError("no text is left in this submission: " + ("; ".join(notes) or "it holds no document"))
    return documents, notes


def _of_lone_text(text: str, limit: int) -> tuple[list[Document], list[str]]:
    if bodies.is_spoken_xml(text):
        return [_document(1, ownership_form(text) or "XML", verbatim(text))], []
    if bodies.declares_entities(text):
        raise FilingError("XML that declares entities, as no EDGAR form does; nothing of it is expanded or read")
    if bodies.is_page(text):
        rendered = markup.render(text, limit)
    elif root := bodies.xml_root(text):
        raise FilingError(f"XML data with the root <{shown(root, 60)}>; of XML only ownership forms are read")
    elif _is_json(text):
        raise FilingError("JSON data, not a filing")
    else:
        rendered = verbatim(text)
    if not rendered.text or rendered.text.isspace():
        raise FilingError("the page shows no text")
    return _windows(rendered, type_of(rendered.text)), list(rendered.notes)


def _windows(rendered: Rendered, type_: str, description: str = "") -> list[Document]:
    """The text as one document, or as the report and the exhibits that were pasted behind it."""
    return [
        Document(
            sequence,
            window.type,
            rendered.text,
            window.begin,
            window.end,
            window.description or (description if sequence == 1 else ""),
            parts_of(rendered.text, window.begin, window.end, window.type, rendered.strong),
            rendered.places,
        )
        for sequence, window in enumerate(pasted.windows_of(rendered.text, type_), 1)
    ]


def _document(sequence: int, type_: str, rendered: Rendered, description: str = "") -> Document:
    end = len(rendered.text)
    parts = () if bodies.is_spoken_xml(rendered.text) else parts_of(rendered.text, 0, end, type_, rendered.strong)
    return Document(sequence, type_, rendered.text, 0, end, description, parts, rendered.places)


def _is_report(document: Document) -> bool:
    return bool(FORM_TYPE.fullmatch(document.type)) and not bodies.is_spoken_xml(document.text)


def _parentless(documents: Iterable[Document], cover: Iterable[CoverFact]) -> Iterator[str]:
    """What a list of subsidiaries leaves open that comes without its filing and does not say whose they are."""
    if any(fact.name == "registrant" for fact in cover):
        return
    for document in documents:
        if document.type.startswith("EX-21") and not named_parent(document.text, document.begin, document.end):
            yield f"document {document.sequence} ({document.type}) does not name the parent of the companies it lists"


def _described(documents: Sequence[Document]) -> list[Document]:
    """Exhibits that come without a description take what the report's list of exhibits calls them."""
    bare = [d for d in documents if d.type.startswith("EX-") and d.description.upper() in ("", d.type.upper())]
    main = next((d for d in documents if _is_report(d)), None)
    if not bare or main is None:
        return list(documents)
    listed = {f"EX-{exhibit.number}".upper(): exhibit.description for exhibit in listed_exhibits(main)}
    return [replace(d, description=listed.get(d.type.upper(), d.description)) if d in bare else d for d in documents]


def _cover(documents: Iterable[Document]) -> tuple[CoverFact, ...]:
    """Facts of the header first, then those of the first form; a date of signing where no header dates it."""
    facts: list[CoverFact] = []
    main = None
    for document in documents:
        if document.sequence == 0:
            facts += header_facts(document.text)
        elif bodies.is_spoken_xml(document.text):
            facts += ownership_facts(document.text, document.sequence)
        elif main is None and _is_report(document):
            main = document
    if main is None:
        return tuple(facts)
    window = (main.text, main.begin, main.end, main.sequence)
    facts += [fact for fact in cover_facts(*window) if fact.name != "event_date" or _tells_event(main.type)]
    dated = any(fact.name == "filing_date" for fact in facts)
    if not dated and (signed := signing_date(*window)):
        facts.append(signed)
    if main.type.startswith(("8-K", "6-K")):
        facts += _items(main)
        facts += _event_of_header(facts)
    return tuple(facts)


def _tells_event(type_: str) -> bool:
    """Whether forms of this type are about the event of one day."""
    return type_.startswith(("8-K", "6-K", "SC 13"))


def _items(document: Document) -> Iterator[CoverFact]:
    """Each item of a report of events, with the words "Item 1.01" at the start of its heading."""
    for part in document.parts:
        if part.kind == "item" and part.number:
            position = part.start
            for number in part.number.split(", "):
                position = document.text.find(number, position) + len(number)
                yield CoverFact("item", number, document.sequence, part.start, position)


def _event_of_header(facts: Iterable[CoverFact]) -> list[CoverFact]:
    """The period of an 8-K's header is the day of its event, for covers that do not say it."""
    known = {fact.name: fact for fact in reversed(list(facts))}
    period = known.get("period_of_report")
    return [replace(period, name="event_date")] if period and "event_date" not in known else []


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
