"""What is mended in Streamlit's own program on its way to the browser: asking for one page, and then,
before it has come, for a part of the page that is being left.

The browser marks every request with the page that it shows. Whoever goes Back, or follows a link, while a
section asks to be drawn or a training tells of itself, sends two requests: one for the new page, one for a
part of the old page. Streamlit 1.67 then makes one of the two, a whole run of the *old* page under the new
address; or, where the new page runs already, it announces the part as a page of its own: the browser throws
away what stands, and the next change finds nothing to change ("Bad delta path index"): the page is empty.

So here a request that names no page means the page that was asked for last, and a part that is drawn alone
never throws a page away.
"""

from __future__ import annotations

CHANGES = (
    (
        b"if(n){if(n!==c&&a!==!0){",
        b"if(n){this.pageMeant=n,this.pageCame=!1;if(n!==c&&a!==!0){",
    ),
    (
        b"else if(c)n=c;else{",
        b"else if(c)c===this.pageMeant&&(this.pageMeant=void 0),n=this.pageMeant??c;else{",
    ),
    (
        b"r===d&&i===s?this.setState(",
        b"u.length||(s===this.pageMeant?this.pageCame=!0:this.pageCame&&(this.pageMeant=void 0)),"
        b"r===d&&(u.length||i===s)?this.setState(",
    ),
)
"""What stands there, in Streamlit 1.67, and what stands there instead. In order: the page that a request
names is the one that is meant; a request that names none means that page until it is the one shown, which
the browser only knows once it has drawn; should the server lead to another page when the one meant has come,
that is meant no more, and a run of parts (``u``) keeps the page."""


def mended(program: bytes) -> bytes:
    """The program with all changes, or as it is: a part of them would be worse than none."""
    if any(program.count(before) != 1 for before, _ in CHANGES):
        return program
    for before, after in CHANGES:
        program = program.replace(before, after)
    return program
