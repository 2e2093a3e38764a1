from core.text.names import names, names_zh


def test_names_are_different_and_one_a_line() -> None:
    for make in (names, names_zh):
        lines = make(500, 3).split("\n")
        assert lines.pop() == ""
        assert len(lines) == len(set(lines)) == 500
        assert make(500, 3) == make(500, 3) != make(500, 4)


def test_names_are_of_their_language() -> None:
    assert all(len(line.split(" ")) == 2 for line in names(50, 1).splitlines())
    for line in names_zh(50, 1).splitlines():
        assert 2 <= len(line) <= 4
        assert all("\u4e00" <= sign <= "\u9fff" for sign in line)
