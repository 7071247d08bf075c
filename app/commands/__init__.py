"""One module for each group of commands; heavy libraries are imported only by the command that needs them."""
