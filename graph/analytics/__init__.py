"""Analytics of the company network: who is central, who belongs together, who stands between, who may come next."""
