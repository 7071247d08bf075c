"""Serves the explorer: `python -m biopact.app.explorer.serve run PAGE …`, which is Streamlit's own command line.

The store is read, and the first picture made, before the server answers, so that nobody waits for them in the browser.
"""

from __future__ import annotations

import logging
import sys

import altair  # noqa: F401  # Streamlit imports these when they are first needed, which is when someone waits
import click
import pandas  # noqa: F401
import pyarrow  # type: ignore[import-untyped]  # noqa: F401

from biopact.app.explorer import page  # noqa: F401
from biopact.app.explorer.network_view import prepare
from biopact.app.explorer.opened import opened
from biopact.ontology import BiopactError


def main() -> None:
    """Read the store that stands after `--`, then serve until the process is ended."""
    store = sys.argv[sys.argv.index("--") + 1]
    logging.disable(logging.WARNING)  # Streamlit warns of what is kept outside of a page, as here
    try:
        known = opened(store, None, False)  # as the page asks: what is kept goes by the arguments as they are given
        prepare(known)
    except BiopactError as error:  # the page says it to whoever looks
        click.echo(f"biopact: {error}", err=True)
    else:
        click.echo(f"{len(known.graph.nodes):,} nodes and {len(known.graph.edges):,} edges are read; ready")
    logging.disable(logging.NOTSET)
    from streamlit.web import cli

    cli.main(prog_name="streamlit")


if __name__ == "__main__":
    main()
