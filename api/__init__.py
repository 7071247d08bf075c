"""A knowledge graph of biopharma collaborations in which every fact is a quotation."""
