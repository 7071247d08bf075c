"""From bytes to a Filing: decoding, taking submissions apart, rendering, sections, cover facts."""

from biopact.loaders.reading.reader import read_filing

__all__ = ["read_filing"]
