"""Where the app stands as seen from each of its addresses, and nothing of a visitor's words."""

from __future__ import annotations

import json
import re

import pytest
from streamlit import config

from pages.parts.frame.opening.connection import connection


@pytest.mark.parametrize(
    ("path", "up"), [("", "./"), ("ngram", "./"), ("ngram/", "../"), ('a"/</script>', "../../")]
)
def test_the_app_is_found_from_the_page(path: str, up: str) -> None:
    text = connection(path, "en", {})
    assert f'new URL("{up}", location)' in text
    assert text.count("</script>") == 1


def test_what_the_server_allows_is_told_as_text_that_ends_nothing() -> None:
    before = config.get_option("client.allowedOrigins")
    config.set_option("client.allowedOrigins", ["https://a.example", "</script>"])
    try:
        text = connection("", None, {})
    finally:
        config.set_option("client.allowedOrigins", before)
    assert text.count("</script>") == 1
    told = re.search(r"HOST_CONFIG: (\{.*?\})\}", text)
    assert told and json.loads(told[1]) == {
        "allowedOrigins": ["https://a.example", "</script>"],
        "useExternalAuthToken": False,
    }
