"""The command line, the pipeline it runs, and the explorer."""
