"""From files to facts: sources, reading, extraction."""
