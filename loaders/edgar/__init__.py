"""Filings from EDGAR: what is asked for, found in its indexes, fetched politely into a folder with a manifest."""
