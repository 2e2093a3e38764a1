"""Where the browser finds the server, told in the first response: then it connects at once.

Otherwise Streamlit asks for the server's health first, of a lesson's address at a place where nothing is,
and connects when a second try has been answered. Told its configuration, it does that beside.
"""

from __future__ import annotations

import json

from starlette.types import Scope
from streamlit import config


def connection(path: str, _language: str | None, _request: Scope) -> str:
    """A script for the head of the page at ``path``. Where the app stands is seen from the page, since a
    proxy may have put something before it; what a host has told before stays."""
    up = "../" * path.count("/") or "./"
    told = {
        "allowedOrigins": list(config.get_option("client.allowedOrigins")),
        "useExternalAuthToken": False,
    }
    text = json.dumps(told).replace("<", "\\u003c")
    return (
        "<script>window.__streamlit ??= "
        f'{{BACKEND_BASE_URL: new URL("{up}", location).href, HOST_CONFIG: {text}}};</script>\n'
    )
