"""Reading what a page shows, where AppTest has no word for it."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

_QUOTED = re.compile(r'<pre class="clearhead-quoted"[^>]*>\n(.*)</pre>', re.S)


def quoted(app: AppTest) -> list[str]:
    """The texts that stand on the page as they were written."""
    bodies = [block.proto.body for block in app.get("html")]
    return [unescape(found[1]) for body in bodies if (found := _QUOTED.fullmatch(body))]
