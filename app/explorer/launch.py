"""How the explorer is started: on loopback unless told otherwise, sending nothing anywhere, without stack traces."""

from __future__ import annotations

import sys
from importlib.resources import files

LOOPBACK = "127.0.0.1"  # nobody else reaches it
UPLOAD = 20  # megabytes that one file may have
EDIT = "--edit"  # on the command line of the page

_SETTINGS = {
    "server.headless": "true",  # no browser is opened and no address is looked up
    "server.fileWatcherType": "none",
    "server.maxUploadSize": str(UPLOAD),
    "browser.serverAddress": "localhost",
    "browser.gatherUsageStats": "false",
    "theme.light.primaryColor": "#1d4ed8",
    "theme.dark.primaryColor": "#60a5fa",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
}


def streamlit_command(store: str, port: int, *, edit: bool = False, host: str = LOOPBACK) -> list[str]:
    """The command that serves the explorer of a store on a port of this machine.

    The store's name goes on the command line of the page; credentials stay in the environment. With `edit` the page
    lets its readers judge who is who.
    """
    page = files("biopact.app.explorer") / "page.py"
    settings = {**_SETTINGS, "server.address": host, "server.port": str(port)}
    options = [f"--{name}={value}" for name, value in settings.items()]
    arguments = [store, *([EDIT] if edit else [])]
    return [sys.executable, "-m", "biopact.app.explorer.serve", "run", str(page), *options, "--", *arguments]
