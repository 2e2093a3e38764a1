"""A training panel and the head that is open beside it: of the GPT that ships, or with another seed."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame import services
from pages.parts.frame.state import State, arrive, write_address
from pages.parts.training import controls
from pages.parts.training.controls import training_panel
from pages.parts.training.panel import Panel
from pages.parts.training.pictures import show_chosen_head
from pages.parts.training.state import panel_state


class Foreman:
    """Nobody trains here: the test writes what is there."""

    def renew(self, run_id: str, owner: str) -> bool:
        return True


controls.foreman = Foreman  # type: ignore[assignment]
arrive("try")
look = services.look()
shipped = services.shipped("gpt")
spec = shipped.model_copy(update={"seed": int(st.query_params.get("seed", shipped.seed))})
panel = Panel("try", panel_state(State("try")), spec, 10.0, view=look.at(spec))
training_panel(panel, look)
show_chosen_head(panel)
write_address("try")
