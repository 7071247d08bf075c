"""The named graphs of a store, brought to a triple store elsewhere: what it lacks, and nothing else."""
