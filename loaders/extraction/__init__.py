"""From a filing to facts: who is named, what is stated, on what terms, in whose words."""

from biopact.loaders.extraction.extractor import Extractor, RulesExtractor

__all__ = ["Extractor", "RulesExtractor"]
