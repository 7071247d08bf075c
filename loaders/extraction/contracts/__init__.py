"""Contracts (EX-10 and its kin): one deal from the text of the agreement itself."""

from biopact.loaders.extraction.contracts.reading import read_contract
from biopact.loaders.extraction.contracts.recognition import is_contract

__all__ = ["is_contract", "read_contract"]
