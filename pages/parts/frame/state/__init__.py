"""What a learner has chosen on a page, declared once: for the widgets, the address, the code and the tests.

A lesson declares its choices in ``pages/<slug>/state.py``::

    STATE = State("ngram")
    ORDER = STATE.choice("order", (1, 2, 3, 4, 5), first=3)
    K = STATE.decimal("k", 0.01, 2.0, first=0.1, step=0.01)

Each is drawn from its declaration (``ORDER.draw(st.pills, _("Order n"))``), read (``ORDER.value``) and set
(``ORDER.set(4)``). The address carries what differs from the first value, as ``?ngram_order=4``; what it says
that cannot be is the first value. Back and Forward show what the address says.
"""

from pages.parts.frame.state.address import (
    arrival,
    arrive,
    asked,
    leave,
    visit,
    write_address,
)
from pages.parts.frame.state.base import Declared
from pages.parts.frame.state.fragment import fragment, redraw_page, redraw_section, section
from pages.parts.frame.state.kinds import Choice, Number, Private, Several, Switch, Text
from pages.parts.frame.state.pressed import pressed
from pages.parts.frame.state.table import State, declared_states

__all__ = [
    "Choice",
    "Declared",
    "Number",
    "Private",
    "Several",
    "State",
    "Switch",
    "Text",
    "arrival",
    "arrive",
    "asked",
    "declared_states",
    "fragment",
    "leave",
    "pressed",
    "redraw_page",
    "redraw_section",
    "section",
    "visit",
    "write_address",
]
