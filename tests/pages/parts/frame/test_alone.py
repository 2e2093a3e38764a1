"""The bench alone on the screen, and back."""

from __future__ import annotations

from tests.pages.conftest import OpenPage


def test_the_bench_is_shown_alone_and_leads_back(open_page: OpenPage) -> None:
    app = open_page("attention")
    app.button("attention_bench_alone").click().run()
    assert not app.exception
    assert len(app.title) == 1 and not app.header
    app.button("attention_alone_back").click().run()
    assert not app.exception
    assert app.header and "attention_alone" not in app.query_params
