"""How the explorer is started: loopback only, nothing sent anywhere, no stack traces in the page."""

from __future__ import annotations

import sys
from importlib.resources import files

EDIT = "--edit"  # on the command line of the page

_SETTINGS = {
    "server.address": "127.0.0.1",
    "server.headless": "true",  # no browser is opened and no address is looked up
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "1",
    "browser.serverAddress": "localhost",
    "browser.gatherUsageStats": "false",
    "theme.light.primaryColor": "#1d4ed8",
    "theme.dark.primaryColor": "#60a5fa",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
}


def streamlit_command(store: str, port: int, *, edit: bool = False) -> list[str]:
    """The command that serves the explorer of a store on a port of this machine.

    The store's name goes on the command line of the page; credentials stay in the environment. With `edit` the page
    lets its readers judge who is who.
    """
    page = files("biopact.app.explorer") / "page.py"
    settings = {**_SETTINGS, "server.port": str(port)}
    options = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "streamlit", "run", str(page), *options, "--", store, *([EDIT] if edit else [])]
