"""The extractor that asks a language model, passage by passage, and keeps what it can quote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from biopact.graph.ledger import FilingFacts
from biopact.loaders.extraction.cover import read_cover
from biopact.loaders.extraction.extractor import RulesExtractor
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.llm.asking import request, version
from biopact.loaders.extraction.llm.endpoint import Endpoint, Reply
from biopact.loaders.extraction.llm.grounding import Grounding, contract_parties
from biopact.loaders.extraction.llm.passages import Passage, passages
from biopact.loaders.extraction.llm.reading import AnswerReader
from biopact.loaders.extraction.llm.settings import Settings
from biopact.loaders.extraction.llm.tally import Tally
from biopact.loaders.extraction.names import Names
from biopact.loaders.extraction.sentences import Sentence, sentences
from biopact.loaders.filing import Filing

Heard = Callable[[int, int, str], None]  # passages answered, passages in all, the filing's source


class LlmExtractor:
    """Facts that a language model finds and the document confirms; `tally` counts over all filings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tally = Tally(settings.model, settings.price)
        self.version = version(settings.model, RulesExtractor.version)
        self.heard: Heard = lambda done, total, what: None

    def extract(self, filing: Filing) -> FilingFacts:
        """All facts of a filing, each with its evidence.

        Passages that got no usable answer are counted, and the facts bear a version of their own, so that they are
        read again the next time. ServiceError if the endpoint cannot be asked at all.
        """
        book = FactBook(filing, RulesExtractor.version)  # who reads the cover page and the names
        filers = read_cover(book)
        documents = [d for d in filing.documents if d.sequence > 0]
        parties = contract_parties(book, documents)
        names = Names(book, documents, filers)
        found = {d.sequence: sentences(d) for d in documents}
        asked: list[tuple[Passage, dict[str, Any]]] = []
        for document in documents:
            names.listen(document, found[document.sequence])
            for passage in passages(document, found[document.sequence]):
                speaker = names.speaker(_first(passage, found[document.sequence]))
                called = {"We, the Company": speaker.name} if speaker else {}
                if document.sequence in parties:
                    called = {name: entity.name for name, entity in sorted(parties[document.sequence].meant.items())}
                asked.append((passage, request(self.settings.model, passage, called)))
        book.extractor = self.version
        reader = AnswerReader(book, Grounding(book, names, found, parties), self.tally)
        unread = 0
        heard_of: int | None = None
        for number, ((passage, _), reply) in enumerate(zip(asked, self._replies(asked), strict=True)):
            self.heard(number + 1, len(asked), filing.source)
            self._count(reply)
            if reply.answer is None:
                unread += 1
                continue
            if passage.document.sequence != heard_of:
                heard_of = passage.document.sequence
                names.listen(passage.document, found[heard_of])
            reader.read(passage, reply.answer.statements)
        reader.close()
        facts = book.build()
        return replace(facts, extractor=f"{self.version} ({unread} passages unread)") if unread else facts

    def _replies(self, asked: Sequence[tuple[Passage, dict[str, Any]]]) -> Iterator[Reply]:
        """Replies in the order of the passages, several requests under way at a time."""
        endpoint = Endpoint(self.settings)
        pool = ThreadPoolExecutor(max(1, self.settings.parallel), thread_name_prefix="biopact-llm")
        try:
            waiting: list[Future[Reply]] = [pool.submit(endpoint.ask, body) for _, body in asked]
            for future in waiting:
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)
            endpoint.close()

    def _count(self, reply: Reply) -> None:
        tally = self.tally
        tally.passages += 1
        tally.cached += reply.cached
        tally.seconds += reply.seconds
        tally.prompt_tokens += reply.tokens[0]
        tally.completion_tokens += reply.tokens[1]
        if reply.answer is None:
            tally.unread[reply.reason] += 1
            if reply.detail:
                tally.details.setdefault(reply.reason, reply.detail)


def _first(passage: Passage, found: Sequence[Sentence]) -> Sentence:
    """The sentence that a passage begins in."""
    return next(s for s in found if s.start <= passage.start < s.end)
