import re

from core.text.reference import prose, reference

TOPIC = """The "if" statement
******************

The "if" statement is used for
conditional *execution* of a suite:

   if_stmt ::= "if" expr ":" suite

It selects **exactly one** of the suites [1] by evaluating the expressions one by one.

* A list item that says something of some length about built-
  in things.

This is an example of that:

   Print(everything that you can find in here).

   >>> if x: print(x)

+-----+-----+
| a   | b   |
+-----+-----+

str.title()

   Return a titlecased version of the string, as you would expect.
"""


def test_only_prose_is_left() -> None:
    assert prose(TOPIC) == [
        'The "if" statement is used for conditional execution of a suite:',
        "It selects exactly one of the suites by evaluating the expressions one by one.",
        "A list item that says something of some length about built-in things.",
        "This is an example of that:",
        "Return a titlecased version of the string, as you would expect.",
    ]


def test_the_reference_of_this_python() -> None:
    text = reference(10_000)
    assert len(text) > 100_000
    assert not re.search(r"::=|>>>|\+--|\*\*\*|====|^ ", text, flags=re.MULTILINE)
    lines = [line for line in text.split("\n") if line]
    assert len(lines) == len(set(lines))
    assert all(line[-1] in '.:!?")’' for line in lines)
    letters = sum(sign.isalpha() or sign == " " for sign in text)
    assert letters > 0.9 * len(text)


def test_the_size_counts_entries() -> None:
    assert len(reference(5).split("\n\n")) == 5
    assert reference(8).startswith(reference(5).rstrip("\n"))
