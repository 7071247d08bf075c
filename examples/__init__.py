"""Filings to try biopact on, written for it; see README.md."""
