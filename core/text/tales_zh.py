"""The Chinese sister of *Tiny tales*.

What Chinese marks is not number but shape and topic: a noun must fit the measure word before it
("一条又软又长的围巾"), and a row of verbs goes on about one topic without naming it again
("小明来到公园，看见一只小猫，笑了起来", Li and Thompson 1981, *Mandarin Chinese*, topic chains).
Each story has one girl and one boy, so that 她 and 他 have one possible antecedent.
"""

from __future__ import annotations

from core.text.corpus import Corpus
from core.text.lexicon_zh import (
    ANIMALS,
    BOYS,
    FOODS,
    GIRLS,
    PLACES,
    SPOTS,
    THING_GROUPS,
    WORDS,
    Noun,
)
from core.text.story_writer import Plot, StoryWriter, write_stories

PLOTS: tuple[Plot, ...] = (
    (  # something is lost and a friend finds it
        (
            "{when}，{hero}在{place}丢了{thing.一}。",
            "{when}，{hero}来到{place}，{hero|发现}丢了{thing.一}。",
        ),
        (
            "{hero.他}在{other}{side}找了很久，{hero|感到}很{sorrow}。",
            "“{plea}？”{hero.他}{asked}。",
        ),
        (
            "{friend}听见了，{friend|came}帮{hero.他}。",
            "{friend}看见{hero.他}很{sorrow}，{friend|came}帮忙。",
        ),
        ("{friend.他}在{spot}{side}看见了{thing.那}，{friend|带}了回来。",),
        ("“{thing.这}是你的吗？”{friend.他}{ask}。", "“我找到了{thing.那}！”{friend.他}{said}。"),
        (
            "{hero.他}接过{thing}，{hero|thanked}{friend.他}，{hero|verb.thing}{thing.它}。",
            "{hero.他}{verb.thing}{thing.这}，{hero|感到}很{mood}。",
        ),
    ),
    (  # a present
        (
            "{when}，{friend}{got}{thing.一}，{friend|送给}{hero}。",
            "{when}，{friend}来看{hero}，{friend|带来}{thing.一}。",
        ),
        ("{hero.他}把{thing.它}放在{spot}{side}。", "{hero.他}接过{thing}，{hero|smiled}。"),
        ("{thing.这}很{thing.like}。", "{friend}送的{thing.这}很{thing.like}。"),
        ("“{joy}！”{hero.他}{said}。", "“{thing.这}真{thing.like}！”{hero.他}{said}。"),
        (
            "{friend.他}听了，{friend|smiled}。",
            "{friend.他}又拿出{gift.一}，{friend|送给}{hero.他}。",
        ),
        (
            "{hero}{verb.thing}{thing.那}，{hero|tail}。",
            "{hero.他}{verb.thing}{thing.它}，{hero|smiled}。",
        ),
    ),
    (  # a swap
        ("{when}，{hero}带来{thing.一}，{friend}带来{gift.一}。",),
        ("{thing.这}很{thing.like}，{gift.那}也很{gift.like}。",),
        (
            "{hero.他}拿起{thing}，{hero|送给}{friend.他}；{friend.他}拿起{gift}，{friend|送给}{hero.他}。",
            "{hero.他}想要{gift.那}，{friend.他}想要{thing.这}。",
        ),
        ("“{joy}！”{hero.他}{said}。", "“{joy}！”{friend.他}{said}。", ""),
        (
            "{hero.他}{verb.gift}{gift}，{hero|tail}。{friend.他}{verb.thing}{thing}，{friend|smiled}。",
        ),
    ),
    (  # an animal
        ("{when}，{hero}来到{place}，{hero|看见}{animal.一}。",),
        ("{animal.这}在{spot}{side}{verb.animal}，{animal|看}上去很{animal.like}。",),
        ("“{comfort}，”{hero.他}{said}。",),
        ("{hero.他}走到{spot}{side}，{hero|拿出}{food.一}，{hero|喂}给{animal.它}。",),
        ("{animal}吃饱了，{animal|跟着}{hero.他}走。",),
        (
            "{friend}也来了，{friend|摸}了摸{animal.它}，{friend|smiled}。",
            "{friend}看见{animal.这}，{friend|感到}很{mood}。",
        ),
        ("{hero.他}和{friend.他}都很{mood}。", "天黑了，{hero.他}{home}，{friend.他}也{home}。"),
    ),
    (  # a trip for two
        ("{when}，{hero}在{place}遇见{friend}。",),
        ("{hero.他}{got}{thing.一}，{friend.他}{got}{gift.一}。",),
        (
            "{hero.他}的{thing}很{thing.like}，{friend.他}的{gift}很{gift.like}。",
            "{thing.这}很{thing.like}，{gift.那}很{gift.like}。",
        ),
        ("“我喜欢{thing.这}，”{hero.他}{said}。", "“我喜欢{gift.这}，”{friend.他}{said}。"),
        (
            "{hero}{verb.thing}{thing.这}，{hero|tail}。",
            "{friend}{verb.gift}{gift.这}，{friend|tail}。",
        ),
        (
            "{friend.他}{smiled}，{hero.他}也{smiled}。",
            "后来，{hero.他}{home}，{friend.他}也{home}。",
        ),
    ),
)
"""Each plot is a row of sentences, each sentence a choice of templates.

``{hero|看见}`` is a verb without a subject, said of the topic ``hero``.
"""


def tales_zh(stories: int, seed: int) -> Corpus:
    """``stories`` small stories, a blank line between two; the same seed begins the same way."""
    return write_stories(stories, seed, PLOTS, _Cast)


class _Cast:
    """Who and what one story is about, and how each slot of its templates is written."""

    def __init__(self, writer: StoryWriter) -> None:
        self._writer = writer
        girl, boy = (writer.choose(GIRLS), "她"), (writer.choose(BOYS), "他")
        hero, friend = (girl, boy) if writer.chance(0.5) else (boy, girl)
        self._people = {"hero": hero, "friend": friend}
        first = writer.choose(THING_GROUPS)
        second = writer.choose([group for group in THING_GROUPS if group is not first])
        self._things = {
            "thing": writer.choose(first),
            "gift": writer.choose(second),
            "animal": writer.choose(ANIMALS),
            "food": writer.choose(FOODS),
        }
        self._likes = {
            key: writer.choose(noun.predicates) if noun.predicates else ""
            for key, noun in self._things.items()
        }
        spot = writer.choose(SPOTS)
        other = writer.choose([word for word in SPOTS if word != spot])
        self._fixed = {"spot": spot, "other": other}

    def fill(self, slot: str) -> None:
        """Write one slot of a template."""
        topic, bar, verb = slot.partition("|")
        key, _, form = slot.partition(".")
        writer = self._writer
        if bar:
            writer.refer("topic", _overt(topic), self._words(verb))
        elif key in self._people:
            self._fill_person(key, form)
        elif key in self._things:
            self._fill_thing(key, form)
        else:
            writer.write(self._words(slot))

    def _words(self, slot: str) -> str:
        """What a slot without links writes; a word that is no slot stands for itself."""
        key, _, thing = slot.partition(".")
        if key == "verb":
            return self._things[thing].verb
        if key == "place":
            return self._writer.choose(PLACES)
        if key in self._fixed:
            return self._fixed[key]
        return self._writer.choose(WORDS[key]) if key in WORDS else key

    def _fill_person(self, key: str, form: str) -> None:
        name, pronoun = self._people[key]
        writer = self._writer
        span = writer.refer("pronoun", key, pronoun) if form else writer.mention(key, name)
        writer.note(_overt(key), span)

    def _fill_thing(self, key: str, form: str) -> None:
        noun, writer = self._things[key], self._writer
        match form:
            case "":
                span = writer.mention(key, noun.word)
            case "它":
                span = writer.refer("pronoun", key, "它")
            case "like":
                writer.write(self._likes[key])
                return
            case _:
                span = self._measured(noun, form)
                writer.note(key, span)
        writer.note(_overt(key), span)

    def _measured(self, noun: Noun, first: str) -> tuple[int, int]:
        """A numeral or 这, the measure word, perhaps an attribute, the noun; the noun's span."""
        writer = self._writer
        writer.write(first)
        writer.mention("measure", noun.measure)
        if first == "一" and writer.chance(0.7):
            writer.write(writer.choose(noun.attributes))
        return writer.refer("measure", "measure", noun.word)


def _overt(key: str) -> str:
    """Under which the last name or pronoun of a topic is kept."""
    return f"{key} as topic"
