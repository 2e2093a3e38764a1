import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages.parts.frame.escaped import code, escaped, literal

TOKENS = [
    "cat",
    "`",
    "``",
    "`x",
    "x`",
    "a``b`c",
    "␣the",
    "<b>",
    "</script>",
    'a"b',
    "&lt;",
    "$x$",
    "*",
    "\\",
]


def only_child(markdown: str, kind: str) -> str:
    """What the paragraph's one part says."""
    _open, paragraph, _close = MarkdownIt().parse(markdown)
    assert [child.type for child in paragraph.children or ()] == [kind], markdown
    return paragraph.children[0].content  # type: ignore[index]


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_as_code_says_itself(token: str) -> None:
    assert only_child(code(token), "code_inline") == token


@given(
    st.text(alphabet="`ab &<$*", min_size=1, max_size=12).filter(lambda text: text.strip() == text)
)
def test_so_does_any(token: str) -> None:
    assert only_child(code(token), "code_inline") == token


@pytest.mark.parametrize("token", [token for token in TOKENS if token != "␣the"])
def test_an_escaped_token_says_itself(token: str) -> None:
    html = MarkdownIt().renderInline(f"**{escaped(token)}**")
    assert html.startswith("<strong>") and html.endswith("</strong>")
    said = html.removeprefix("<strong>").removesuffix("</strong>")
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        said = said.replace(entity, sign)
    assert said == token


@pytest.mark.parametrize("token", TOKENS)
def test_a_sentence_with_a_token_is_literal(token: str) -> None:
    sentence = f"What comes after {token} here? W_O, 2·3: it is so."
    html = MarkdownIt().renderInline(literal(sentence))
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(entity, sign)
    assert html == sentence
