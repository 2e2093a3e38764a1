"""What the GPT lesson says of its heads: the clearest link first, and honest where none was found."""

from __future__ import annotations


def test_the_link_that_a_head_has_found_stands_before_the_one_that_none_has(open_page) -> None:
    page = open_page("gpt")
    assert not page.exception
    said = [line.value for line in page.markdown if " back to its " in line.value]
    assert [line.split("**")[1] for line in said] == [
        "From a verb back to its subject",
        "From a pronoun back to its name",
    ]
    assert "times** as much" in said[0]
    assert "no head has found it" in said[1]


def test_the_head_opened_first_is_the_one_that_finds_the_clearest_link(open_page) -> None:
    from pages.gpt.links import best_head
    from pages.parts.frame.services import shipped

    page = open_page("gpt")
    layer, head = best_head(shipped("gpt").id)
    said = next(line.value for line in page.markdown if "back to its subject" in line.value)
    assert f"(layer {layer}, head {head})" in said
