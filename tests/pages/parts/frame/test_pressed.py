"""A button that is pressed is heard, once, though the run that hears it is cut short."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.patience import PATIENCE


def _page() -> None:
    import streamlit as st

    from pages.parts.frame.state import pressed

    if st.session_state.pop("cut", False):
        st.rerun()
    st.write("heard" if pressed("Go", key="go") else "waiting")


def test_a_press_is_heard_once_though_its_run_is_cut_short() -> None:
    app = AppTest.from_function(_page, default_timeout=PATIENCE).run()
    assert app.markdown[0].value == "waiting"
    app.session_state["cut"] = True
    app.button(key="go").click().run()
    assert "cut" not in app.session_state
    assert app.markdown[0].value == "heard"
    assert app.run().markdown[0].value == "waiting"
