import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.text.own import check_own_text, preview, read_file
from core.text.own.decoding import ENCODINGS, read_bytes
from core.text.tales import tales
from core.text.tales_zh import tales_zh

CHINESE = tales_zh(12, seed=1).text
ENGLISH = tales(12, seed=1).text
KOREAN = (
    "옛날 어느 마을에 가난하지만 마음씨 착한 나무꾼이 살고 있었습니다. "
    "나무꾼은 날마다 산에 올라가 나무를 했습니다. "
    "어느 날 사슴 한 마리가 달려와서 숨겨 달라고 말했습니다. 나무꾼은 사슴을 나뭇단 속에 숨겨 주었습니다.\n"
) * 4
JAPANESE = (
    "むかしむかし、あるところに、おじいさんとおばあさんが住んでいました。おじいさんは山へ柴刈りに、"
    "おばあさんは川へ洗濯に行きました。大きな桃が、どんぶらこ、どんぶらこと流れてきました。\n"
) * 4
RUSSIAN = (
    "Жили-были старик со старухой у самого синего моря. Они жили в ветхой землянке ровно тридцать лет. "
    * 4
)
FRENCH = "Le garçon a perdu sa clé près de la forêt où il était allé à l'été. " * 5
TRADITIONAL = (
    "從前有一個小女孩，她住在森林旁邊的小屋裡。有一天，她帶著一籃水果去看她的奶奶，路上遇見了一隻狼。\n"
    * 6
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, "cp949"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (RUSSIAN, "cp1251"),
        (FRENCH, "cp1252"),
        ("He drank his coffee in the café", "cp1252"),
    ],
)
@pytest.mark.parametrize("mixed", [False, True])
def test_legacy_encodings_are_guessed_and_said_to_be(text: str, encoding: str, mixed: bool) -> None:
    text = ENGLISH + text if mixed else text
    reading = read_bytes(text.encode(encoding))
    assert (reading.text, reading.encoding) == (text, encoding)
    assert not reading.certain
    assert not reading.lost


@pytest.mark.parametrize("text", [CHINESE, KOREAN, JAPANESE, ENGLISH, "猫" * 300])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_certain(text: str, encoding: str) -> None:
    reading = read_bytes(text.encode(encoding))
    assert (reading.text, reading.certain, reading.lost) == (text, True, 0)


@pytest.mark.parametrize("cut", [1, 2])
@pytest.mark.parametrize("text", [CHINESE.strip(), KOREAN.strip(".\n"), "Где кошка? " * 20 + "猫"])
def test_a_utf_8_file_cut_in_mid_character_loses_that_one(text: str, cut: int) -> None:
    reading = read_bytes(text.encode()[:-cut])
    assert (reading.text, reading.lost) == (text[:-1], 1)
    assert (reading.encoding, reading.certain) == ("utf-8", True)
    reading = read_bytes(("猫" + text).encode()[cut:])
    assert (reading.text, reading.lost) == (text, 1)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(CHINESE.strip(), "gb18030"), (KOREAN.rstrip(".\n"), "cp949"), (JAPANESE.strip(), "cp932")],
)
def test_so_does_any_other_file_cut_in_mid_character(text: str, encoding: str) -> None:
    reading = read_bytes(text.encode(encoding)[:-1])
    assert (reading.text, reading.encoding, reading.lost) == (text[:-1], encoding, 1)


def test_utf_16_cut_in_mid_character_loses_that_one() -> None:
    reading = read_bytes(codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le")[:-1])
    assert (reading.text, reading.lost) == (CHINESE[:-1], 1)


def test_a_few_damaged_bytes_in_utf_8_are_counted() -> None:
    damaged = CHINESE[:100].encode() + b"\xff" + CHINESE[100:].encode()
    reading = read_bytes(damaged)
    assert reading.encoding == "utf-8" and reading.lost == 1 and not reading.certain
    assert reading.text.replace("�", "") == CHINESE


@pytest.mark.parametrize("encoding", list(ENCODINGS))
def test_the_learner_can_say_the_encoding(encoding: str) -> None:
    text = {"big5": TRADITIONAL, "cp1251": RUSSIAN, "cp1252": FRENCH, "cp949": KOREAN}.get(
        encoding, JAPANESE if encoding in ("cp932", "euc_jp") else CHINESE
    )
    data = text.encode("utf-16-le" if encoding == "utf-16" else encoding)
    assert read_bytes(data, encoding).text == text
    with pytest.raises(LearnerError, match="cannot be read as utf-8"):
        read_bytes(KOREAN.encode("cp949"), "utf-8")


@given(st.binary(min_size=1, max_size=300), st.sampled_from([None, *ENCODINGS]))
def test_any_bytes_give_text_or_a_sentence(data: bytes, encoding: str | None) -> None:
    try:
        reading = read_bytes(data, encoding)
    except LearnerError:
        return
    assert reading.encoding in ENCODINGS
    assert reading.text.encode("utf-8", "strict") is not None


def test_the_file_everybody_has_is_read() -> None:
    data = (tales(4500, seed=3).text.encode() * 2)[:1_115_394]
    text = check_own_text(read_file(data).text)
    seen = preview(text)
    assert seen.characters == len(text) == 1_115_394
    assert 26 < seen.kinds_of_character < 100
    assert 300 < seen.kinds_of_word < 1000
    assert text.startswith(seen.beginning) and seen.beginning.count("\n") < 6


def test_the_beginning_of_indented_code_keeps_its_indent() -> None:
    assert preview("\n    def f():\n        pass\n" * 20).beginning.startswith(
        "    def f():\n        pass"
    )


@pytest.mark.parametrize(
    "words", ["A cat sat on a mat.\n", "Ein Bär saß da.\n", "猫坐在垫子上。\n"]
)
@pytest.mark.parametrize("odd", [b"\0", b"\0\0"])
def test_a_stray_null_makes_no_other_language_of_a_text(words: str, odd: bytes) -> None:
    with pytest.raises(LearnerError, match="not text"):
        read_file(words.encode() * 30 + odd + words.encode())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "words", ["A cat sat on a mat.\n", CHINESE, "Кот сидел на окне.\n", KOREAN]
)
def test_wide_text_without_a_mark_is_read(words: str, codec: str) -> None:
    reading = read_file((words * 30).encode(codec))
    assert (reading.text, reading.certain) == (words * 30, True)
