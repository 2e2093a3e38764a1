"""The words of *Tiny tales*: names, nouns in both numbers, verbs, adjectives.

Things come in groups. A group shares what one does with such a thing and what it can be like, so
that a story stays sensible whatever noun is drawn, and so that the noun decides later words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Noun:
    """A countable noun: both numbers, what one did with it, what it can be like."""

    singular: str
    plural: str
    verb: str
    adjectives: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIRLS = _words(
    "Anna Bella Cora Daisy Ella Fiona Grace Hana Iris Julia Kate Lena Mia Nora Olga Paula Rosa "
    "Sara Tina Uma Vera Wendy Zoe Alice Clara Emma Lucy Maya Nina Ruth Lily Eva Jane Mary Molly"
)
BOYS = _words(
    "Adam Ben Carl David Erik Felix George Hugo Ivan Jack Karl Leo Max Noah Oscar Paul Ravi Sam "
    "Tom Victor Will Yusuf Zack Bruno Daniel Frank Henry James Luke Peter Simon Omar Theo Mark Joe"
)


def _nouns(verb: str, adjectives: str, words: str) -> tuple[Noun, ...]:
    return tuple(_noun(word, verb, _words(adjectives)) for word in _words(words))


def _noun(word: str, verb: str, adjectives: tuple[str, ...]) -> Noun:
    """``word`` is a singular, or ``singular/plural`` where the plural is not regular."""
    singular, _, plural = word.partition("/")
    if not plural:
        if singular.endswith(("s", "x", "ch", "sh")):
            plural = singular + "es"
        elif singular.endswith("y") and singular[-2] not in "aeiou":
            plural = singular[:-1] + "ies"
        else:
            plural = singular + "s"
    return Noun(singular, plural, verb, adjectives)


THING_GROUPS: tuple[tuple[Noun, ...], ...] = (
    _nouns("wore", "woolly warm soft", "hat coat scarf/scarves sweater jacket shirt cap cloak"),
    _nouns("wore", "golden bright", "ring crown necklace medal"),
    _nouns("read", "long funny", "book letter map poem card note"),
    _nouns("played", "loud wooden", "drum flute guitar violin trumpet piano"),
    _nouns("threw", "round red", "ball hoop stone dart"),
    _nouns("lit", "bright little", "lamp candle lantern"),
    _nouns("flew", "light fast", "kite plane glider balloon"),
    _nouns("rode", "fast shiny", "bike scooter sled skateboard"),
    _nouns("sailed", "white fast", "boat ship raft canoe"),
    _nouns("planted", "tiny brown", "seed bulb bean acorn"),
    _nouns("watered", "pink lovely", "rose tulip flower orchid"),
    _nouns("wound", "noisy golden", "clock watch/watches"),
    _nouns("ate", "sweet fresh ripe", "apple pear peach plum cherry melon banana tomato/tomatoes"),
    _nouns("ate", "sweet warm fresh", "cookie cake bun pie pancake muffin"),
    _nouns("counted", "small shiny", "coin button shell marble bead"),
    _nouns("polished", "clean silver", "spoon cup plate mirror pot bell"),
    _nouns("spun", "round blue", "top wheel globe"),
    _nouns("carried", "heavy strong", "bag bucket suitcase backpack"),
    _nouns("folded", "soft striped", "blanket towel flag sheet"),
    _nouns("hugged", "soft cute", "doll bear puppet pillow"),
    _nouns("mended", "torn old", "sock glove net shoe"),
    _nouns("sharpened", "short yellow", "pencil crayon"),
    _nouns("opened", "big green", "umbrella parcel purse"),
    _nouns("turned", "rusty old", "key handle"),
    _nouns("climbed", "tall wooden", "ladder rope"),
)

SPOTS = _nouns(
    "",
    "",
    "box basket bench table chair fence gate wall tree rock bush barrel shelf/shelves window tent "
    "well cart pond stove bed desk door wagon",
)

ANIMALS: tuple[Noun, ...] = (
    *_nouns("barked", "hungry brown", "dog puppy"),
    *_nouns("meowed", "sleepy grey", "cat kitten"),
    *_nouns("sang", "cheerful tiny", "bird robin sparrow canary"),
    *_nouns("quacked", "wet white", "duck duckling"),
    *_nouns("squeaked", "shy tiny", "mouse/mice rat hamster"),
    *_nouns("hopped", "quick shy", "rabbit frog toad"),
    *_nouns("neighed", "strong brown", "horse pony donkey"),
    *_nouns("bleated", "woolly white", "goat lamb"),
    *_nouns("climbed", "clever quick", "monkey squirrel"),
    *_nouns("hooted", "wise grey", "owl"),
    *_nouns("crawled", "slow green", "turtle snail beetle"),
)

SNACKS = _nouns("", "", "carrot nut crumb leaf/leaves berry biscuit seed grape")

PLACES = (
    "in the park", "in the garden", "in the forest", "in the kitchen", "in the village",
    "in the meadow", "in the yard", "in the attic", "in the library", "in the valley",
    "in the classroom", "in the field", "in the barn", "in the cellar", "in the orchard",
    "at the market", "at the school", "at the lake", "at the beach", "at the farm",
    "at the harbour", "at the station", "at the castle", "at the museum", "at the fair",
    "by the river", "by the sea", "by the bridge", "by the mill", "by the road",
    "on the hill", "on the island", "on the porch", "on the playground",
)  # fmt: skip

WORDS: dict[str, tuple[str, ...]] = {
    "when": (
        "One morning", "One evening", "One day", "One summer", "One winter", "On Monday",
        "On Tuesday", "On Friday", "On Saturday", "On Sunday", "Last week", "Last month",
        "After school", "After lunch", "Before dinner", "Before breakfast",
    ),
    "near": ("near", "beside", "behind", "next to", "close to", "in front of"),
    "number": ("two", "three", "four", "five", "six", "some", "many"),
    "searched": ("searched", "looked", "peeked", "hunted"),
    "came": ("came", "ran", "hurried", "walked", "rushed", "jogged", "cycled"),
    "saw": ("saw", "noticed", "spotted", "discovered", "found"),
    "said": ("said", "whispered", "shouted", "cried", "called", "laughed", "sang", "replied"),
    "got": ("bought", "found", "chose", "got", "picked", "borrowed", "took"),
    "put": ("put", "hid", "placed", "left", "kept", "dropped"),
    "smiled": (
        "smiled", "nodded", "clapped", "danced", "cheered", "jumped", "waved", "grinned",
        "giggled", "bowed", "blushed", "whistled",
    ),
    "gave": ("gave", "handed", "offered", "passed"),
    "fed": ("gave", "offered", "fed", "threw"),
    "thanked": ("thanked", "hugged", "praised", "kissed"),
    "followed": ("followed", "trusted", "watched", "loved", "liked", "remembered"),
    "went": ("went home", "rested", "slept well", "sat down", "fell asleep", "ate supper"),
    "mood": ("happy", "glad", "proud", "pleased", "cheerful", "delighted", "calm", "thankful"),
    "sorrow": ("sad", "worried", "upset", "angry", "tired", "sorry", "lonely", "nervous"),
    "state": ("sad", "tired", "thirsty", "lonely", "cold", "alone"),
    "tail": (
        "all day", "with great care", "with a smile", "that evening", "before dinner",
        "after supper", "in the sunshine", "until sunset", "at once", "all afternoon",
    ),
    "loudly": ("loudly", "softly", "quietly", "happily", "again", "all day", "for a while"),
    "plea": (
        "Please help me", "I need help", "Oh no", "Come quickly", "What a pity",
    ),
    "joy": (
        "What a surprise", "What a lovely day", "How wonderful", "How kind of you",
        "You are a good friend", "I am so lucky",
    ),
    "comfort": ("Do not be afraid", "Do not worry", "You are safe now", "Be brave", "Stay here"),
}  # fmt: skip
