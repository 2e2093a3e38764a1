"""*Tiny tales*: small English stories that know their own answers.

Each story has one girl and one boy, so that "she" and "he" have one possible antecedent; verbs
agree with a subject that stands some words back, past a noun that may have the other number ("the
keys near the box were rusty"); what a thing is decides what is done with it and what it is like.
After the idea of testing language models on agreement across attractors (Linzen, Dupoux and
Goldberg 2016, "Assessing the ability of LSTMs to learn syntax-sensitive dependencies") and of very
small models on very small stories (Eldan and Li 2023, "TinyStories"). Words and templates are our
own.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.text.corpus import Corpus
from core.text.lexicon import (
    ANIMALS,
    BOYS,
    GIRLS,
    PLACES,
    SNACKS,
    SPOTS,
    THING_GROUPS,
    WORDS,
    Noun,
)
from core.text.story_writer import Plot, StoryWriter, write_stories

PLOTS: tuple[Plot, ...] = (
    (  # something is lost and a friend finds it
        (
            "{when} {hero} lost {hero.his} {thing} {place}.",
            "{when} {hero} could not find {hero.his} {thing} {place}.",
        ),
        (
            " {hero.He} {searched} {near} the {other}.",
            " {hero.He} was {sorrow}.",
            ' "{plea}!" {hero.he} {said}.',
        ),
        (
            " {friend} {came} to help {hero.him}.",
            " {friend} heard {hero.him} and {came} to {hero.his} side.",
        ),
        (" {friend.He} {saw} something {near.spot} the {spot}.",),
        (" The {thing} {near.spot} the {spot} {thing.was} {thing.like}.",),
        (
            ' "I have your {thing}!" {friend.he} {said}.',
            ' "The {thing} {thing.is} here!" {friend.he} {said}.',
        ),
        (
            " {hero.He} {thanked} {friend.him} and {thing.verb} {thing.it} {tail}.",
            " {hero.He} was {mood}, and {hero.he} {thing.verb} {thing.it} {tail}.",
        ),
    ),
    (  # a present
        (
            "{when} {friend} {got} {thing.some} for {hero}.",
            "{when} {friend} came to {hero} with {thing.some}.",
        ),
        (" {hero.He} {put} {thing.it} {near.spot} the {spot}.",),
        (
            " The {thing} {near.spot} the {spot} {thing.was} {thing.like}.",
            " The {thing} from {friend} {thing.was} {thing.like}.",
        ),
        (
            ' "{joy}!" {hero.he} {said}.',
            ' "The {thing} {thing.is} {thing.like}!" {hero.he} {said}.',
        ),
        (
            " {friend.He} {smiled} and {gave} {hero.him} {gift.some} too.",
            " {friend.He} {smiled}, and {hero.he} {smiled} with {friend.him}.",
        ),
        (
            " {hero} {thing.verb} the {thing} {tail}.",
            " {hero.He} {thanked} {friend.him} and {thing.verb} {thing.it} {tail}.",
        ),
    ),
    (  # a swap
        ("{when} {hero} brought {thing.some} and {friend} brought {gift.some}.",),
        (
            " The {thing} {near} the {gift} {thing.was} {thing.like}.",
            " The {gift} {near} the {thing} {gift.was} {gift.like}.",
        ),
        (
            " {hero.He} {gave} {friend.him} the {thing},"
            " and {friend.he} {gave} {hero.him} the {gift}.",
            " {friend.He} {gave} {hero.him} the {gift},"
            " and {hero.he} {gave} {friend.him} the {thing}.",
        ),
        (' "{joy}!" {friend.he} {said}.', ' "{joy}!" {hero.he} {said}.', ""),
        (
            " {hero.He} {gift.verb} {hero.his} {gift},"
            " and {friend.he} {thing.verb} {friend.his} {thing}.",
            " {friend.He} {thing.verb} {friend.his} {thing},"
            " and {hero.he} {gift.verb} {hero.his} {gift}.",
        ),
        (
            " {hero} was {mood}, and {friend} was {mood} too.",
            " Then {hero} {went} and {friend} {went}.",
        ),
    ),
    (  # an animal
        ("{when} {hero} {saw} {animal.some} {place}.",),
        (
            " The {animal} {near.spot} the {spot} {animal.was} {animal.like}.",
            " The {animal} {near.spot} the {spot} {animal.was} {state}.",
        ),
        (" {animal.It} {animal.verb} {loudly}.", ""),
        (' "{comfort}," {hero.he} {said}.',),
        (
            " {hero.He} {fed} {animal.it} {snack.some}.",
            " {hero.He} {put} {snack.some} {near} the {spot}.",
        ),
        (" The {animal} ate the {snack} and {followed} {hero.him}.",),
        (
            " {friend} {came} with {thing.some}, and {friend.he} {thing.verb} {thing.it} {tail}.",
            " {friend} {came} to {hero.him}, and {friend.he} {smiled}.",
        ),
        (
            " The {animal} {animal.was} {mood}.",
            " {hero.He} was {mood}, and {friend.he} was {mood} too.",
        ),
    ),
    (  # a trip for two
        ("{when} {hero} met {friend} {place}.",),
        (
            " {hero.He} {got} {thing.some}, and {friend.he} {got} {gift.some}.",
            " {friend.He} {got} {gift.some}, and {hero.he} {got} {thing.some}.",
        ),
        (
            " {hero.His} {thing} {thing.was} {thing.like},"
            " but {friend.his} {gift} {gift.was} {gift.like}.",
            " The {gift} {near} the {thing} {gift.was} {gift.like}.",
            " The {thing} {near} the {gift} {thing.was} {thing.like}.",
        ),
        (
            ' "My {thing} {thing.is} {thing.like}," {hero.he} {said}.',
            ' "My {gift} {gift.is} {gift.like}," {friend.he} {said}.',
        ),
        (
            " {hero} {thing.verb} {hero.his} {thing} {tail}.",
            " {friend} {gift.verb} {friend.his} {gift} {tail}.",
        ),
        (
            " {friend.He} {smiled}, and {hero.he} {smiled} too.",
            " Then {hero.he} {went}, and {friend.he} {went} too.",
        ),
    ),
)
"""Each plot is a row of sentences, each sentence a choice of templates."""


def tales(stories: int, seed: int) -> Corpus:
    """``stories`` small stories, a blank line between two; the same seed begins the same way."""
    return write_stories(stories, seed, PLOTS, _Cast)


@dataclass(frozen=True)
class _Person:
    name: str
    forms: dict[str, str]


@dataclass(frozen=True)
class _Thing:
    noun: Noun
    plural: bool
    like: str

    @property
    def word(self) -> str:
        return self.noun.plural if self.plural else self.noun.singular


_SHE = {"he": "she", "He": "She", "his": "her", "His": "Her", "him": "her"}
_HE = {form: form for form in _SHE}
_SINGULAR = {"was": "was", "is": "is", "it": "it", "It": "It"}
_PLURAL = {"was": "were", "is": "are", "it": "them", "It": "They"}


class _Cast:
    """Who and what one story is about, and how each slot of its templates is written."""

    def __init__(self, writer: StoryWriter) -> None:
        self._writer = writer
        girl = _Person(writer.choose(GIRLS), _SHE)
        boy = _Person(writer.choose(BOYS), _HE)
        hero, friend = (girl, boy) if writer.chance(0.5) else (boy, girl)
        self._people = {"hero": hero, "friend": friend}
        first = writer.choose(THING_GROUPS)
        second = writer.choose([group for group in THING_GROUPS if group is not first])
        spot = writer.choose(SPOTS)
        other = writer.choose([noun for noun in SPOTS if noun is not spot])
        self._things = {
            "thing": self._thing(writer.choose(first)),
            "gift": self._thing(writer.choose(second)),
            "animal": self._thing(writer.choose(ANIMALS)),
            "snack": self._thing(writer.choose(SNACKS)),
            "spot": self._thing(spot),
            "other": self._thing(other),
        }
        self._near_spot = writer.choose(WORDS["near"])

    def fill(self, slot: str) -> None:
        """Write one slot of a template."""
        key, _, form = slot.partition(".")
        if slot == "near.spot":
            self._writer.write(self._near_spot)
        elif key in self._people:
            self._fill_person(key, form)
        elif key in self._things:
            self._fill_thing(key, form)
        elif key == "place":
            self._writer.write(self._writer.choose(PLACES))
        else:
            self._writer.write(self._writer.choose(WORDS[key]))

    def _fill_person(self, key: str, form: str) -> None:
        person = self._people[key]
        if form:
            self._writer.refer("pronoun", key, person.forms[form])
        else:
            self._writer.mention(key, person.name)

    def _fill_thing(self, key: str, form: str) -> None:
        thing, writer = self._things[key], self._writer
        forms = _PLURAL if thing.plural else _SINGULAR
        match form:
            case "":
                writer.mention(key, thing.word)
            case "some":
                first = writer.choose(WORDS["number"]) if thing.plural else _article(thing.word)
                writer.write(first + " ")
                writer.mention(key, thing.word)
            case "verb":
                writer.write(thing.noun.verb)
            case "like":
                writer.write(thing.like)
            case "was" | "is":
                writer.refer("agreement", key, forms[form])
            case _:
                writer.refer("pronoun", key, forms[form])

    def _thing(self, noun: Noun) -> _Thing:
        like = self._writer.choose(noun.adjectives) if noun.adjectives else ""
        return _Thing(noun, self._writer.chance(0.5), like)


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
