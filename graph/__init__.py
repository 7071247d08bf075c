"""Records, ledger, resolution, stores and exports."""
