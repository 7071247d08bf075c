"""The optional extractor that asks a language model, and believes only what it can quote.

The flow: passages.py cuts documents, asking.py says what is asked and in which form, endpoint.py asks and cache.py
remembers, quotations.py finds the words of an answer in the document, values.py reads values out of them, reading.py is
the gate that turns answers into facts or refuses them, tally.py counts. Nothing here is imported by the rules.
"""
