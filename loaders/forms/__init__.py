"""Forms that speak for themselves: submission headers, cover pages, XML ownership reports."""
