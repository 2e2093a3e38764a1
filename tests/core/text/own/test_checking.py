import codecs
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.text.own import MOST_BYTES, MOST_CHARACTERS, check_own_text, digest, read_upload
from core.text.tales import tales
from core.text.tales_zh import tales_zh

ENGLISH = tales(4, seed=1).text
CHINESE = tales_zh(4, seed=1).text


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, CHINESE + ENGLISH, "你好，世界。"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-32"]
)
def test_encodings_are_told_apart(text: str, encoding: str) -> None:
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    assert read_upload(marks.get(encoding, b"") + text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen_by_its_zero_bytes(encoding: str) -> None:
    assert read_upload(ENGLISH.encode(encoding)) == ENGLISH
    assert read_upload(CHINESE.encode(encoding)) == CHINESE


def test_other_encodings_are_guessed() -> None:
    french = "Le garçon a perdu sa clé près de la forêt où il était allé à l'été. " * 5
    assert read_upload(french.encode("cp1252")) == french


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty"),
        (b"a" * (MOST_BYTES + 1), "The file has 2001 KB, and at most 2000 KB"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "not text"),
        (b"%PDF-1.7\n some text", "not text"),
        (b"PK\x03\x04" + b"word document" * 9, "not text"),
        (bytes(range(256)) * 20, "not text"),
        (b"\0" * 500, "not text"),
        (bytes([1, 2, 3, 5, 6, 14, 15, 16]) * 50, "not text"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "cannot be told apart"),
        (codecs.BOM_UTF8 + b"abc\xff\xfe", "cannot be told apart"),
    ],
)
def test_each_bad_file_gets_its_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(LearnerError, match=sentence):
        read_upload(data)


def test_a_file_of_just_the_limit_is_read() -> None:
    assert len(read_upload(b"ab c" * (MOST_BYTES // 4))) == MOST_BYTES


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_sentence(data: bytes) -> None:
    try:
        assert isinstance(read_upload(data), str)
    except LearnerError as error:
        assert str(error).endswith(".")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no text"),
        (" \n\t\u3000\n" * 100, "There is no text"),
        ("a" * 500, "one character, “a”"),
        ("a\na a\r\n" * 100, "one character, “a”"),
        ("哈" * 500, "one character, “哈”"),
        ("Too short to learn from.", "has 24 characters, and a model needs at least 200"),
        ("ab " * 200, "only 2 different characters, and a model needs at least 5"),
        ("abcdefgh " * (MOST_CHARACTERS // 9 + 1), "at most 2000000 can be used"),
        ("words \0\1\2" * 100, "not text"),
    ],
)
def test_each_bad_text_gets_its_sentence(text: str, sentence: str) -> None:
    with pytest.raises(LearnerError, match=sentence) as caught:
        check_own_text(text)
    assert caught.value.template.format(**caught.value.values) == str(caught.value)


def test_line_breaks_are_made_one_kind() -> None:
    text = "one\r\ntwo\rthree\nfour " * 20
    checked = check_own_text("\ufeff" + text)
    assert checked == "one\ntwo\nthree\nfour " * 20
    assert check_own_text(checked) == checked


def test_half_a_surrogate_pair_is_replaced() -> None:
    checked = check_own_text("\ud83d" + ENGLISH)
    assert checked == "�" + ENGLISH
    assert len(digest(checked)) == 64


def test_the_digest_is_of_utf_8() -> None:
    assert digest("猫") == hashlib.sha256("猫".encode()).hexdigest()
