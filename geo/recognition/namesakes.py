"""What is called after a place, or like one, and means none.

=====================================  =======================================
"the Geneva Conventions"               a treaty says nothing of the place
"the Minsk agreements"                 as above, where the place is no party
"USS Ohio", "Operation Ohio"           a ship, an operation
"Storm Florence"                       a storm
"Lyme disease", "Panama hats"          a disease, a dish, a thing
"Mrs. Holland", "Georgia O'Keeffe"     people
"Ivan London/Getty Images"             the credit of a picture
"the United Nations", "El Niño"        an organisation, a climate
"Hyundai Santa Fe"                     a car
=====================================  =======================================

Only what the words themselves decide stands here. Most people and companies
that are called like places can only be told by the sentence, which is the
tagger's work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.recognition.cues import words_of

if TYPE_CHECKING:
    from geo.recognition.features import Sentence
    from geo.recognition.words import Word

_TREATIES = words_of(
    """
    convention conventions accord accords protocol protocols treaty agreement agreements declaration
    memorandum pact
    """,
)
_SMALL_TREATIES = words_of("accord accords agreements protocols memorandum")
_OF_TREATIES = words_of("climate peace nuclear ceasefire truce")
_DEALS = words_of("accord accords agreement agreements deal deals pact treaty")
_SHIPS = frozenset(("USS", "USNS", "HMS", "HMAS", "HMCS", "RMS", "SS", "MV", "INS"))
_STORMS = words_of("storm hurricane typhoon cyclone")
_NO_PLACES = frozenset(
    (
        *("united nations", "league of nations"),
        *("el niño", "el nino", "la niña", "la nina", "santa claus"),
        *("ebola", "zika", "hamburger", "hamburgers", "frankfurter", "frankfurters", "bolognese"),
    )
)
"""What is written like a place, and is an organisation, a climate, a person, a disease or a dish wherever it stands."""
_TRANSPORT = words_of("metro subway underground")
_THINGS: dict[str, tuple[str, ...]] = {
    "flu": ("hong kong", "spanish", "asian", "russian"),
    "virus": ("west nile", "marburg", "hendra", "nipah", "lassa", "norwalk"),
    "fever": ("lassa", "rift valley", "rocky mountain", "malta"),
    "disease": ("lyme", "minamata", "newcastle"),
    "syndrome": ("stockholm", "havana", "jerusalem"),
    "sprout": ("brussels",),
    "hat": ("panama",),
    "short": ("bermuda",),
    "cow": ("jersey", "guernsey", "hereford", "ayrshire"),
    "cattle": ("jersey", "guernsey", "hereford", "ayrshire"),
    "pony": ("shetland",),
    "pig": ("guinea",),
    "fowl": ("guinea",),
    "terrier": ("yorkshire", "boston"),
    "ham": ("parma", "york", "bayonne"),
    "pudding": ("yorkshire",),
    "cheese": ("cheddar", "gouda", "edam", "swiss"),
    "sauce": ("worcestershire", "tabasco"),
    "duck": ("peking",),
    "roll": ("california",),
    "pepper": ("cayenne",),
    "salt": ("epsom",),
    "nut": ("brazil",),
    "artichoke": ("jerusalem",),
    "envelope": ("manila",),
    "folder": ("manila",),
    "delight": ("turkish",),
    "blind": ("venetian",),
    "plate": ("china",),
    "doll": ("china",),
    "sandwich": ("turkey",),
    "sandwiche": ("turkey",),
    "breast": ("turkey",),
    "dinner": ("turkey",),
    "burger": ("turkey",),
}
"""Things, in the singular, and what they are called after: as it stands before them, in lower case."""
_AFTER_WORDS = {"alaska": "baked", "kyiv": "chicken", "kiev": "chicken"}
"""Dishes that end with the place: "chicken Kyiv"."""
_CARS = {
    "chevrolet": words_of("tahoe malibu colorado"),
    "chevy": words_of("tahoe malibu colorado"),
    "dodge": words_of("dakota durango"),
    "gmc": words_of("yukon savana sierra canyon"),
    "hyundai": words_of("santa tucson"),
    "kia": words_of("sedona rio telluride"),
    "toyota": words_of("tacoma sienna"),
    "seat": words_of("ibiza cordoba leon toledo"),
    "ford": words_of("granada torino cortina"),
}
"""Makers of cars, and the first word of models that are called after places."""
_COURTESY = words_of("mr mr. mrs mrs. ms ms. sir dr dr.")
_IRISH_OR_SO = re.compile(r"(?:O|D|N|M)['’]\w")
"""How surnames begin whose capital stands before an apostrophe (O'Keeffe, D'Amico, N'Dour)."""
_NOT_A_SURNAME = frozenset(("o'hare", "o’hare", "o'fallon", "o’fallon", "n'djamena", "n’djamena"))
_PICTURE = words_of("photo photos photograph picture pictures image credit")
_PICTURE_AGENCIES = words_of(
    """
    getty afp ap reuters epa bloomberg anadolu xinhua tass shutterstock alamy zuma pool handout via
    """,
)
_FORENAME = "fn"
_COUNTRY = "country"
_SETTLEMENTS = frozenset(("city", "town"))


def means_no_place(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the name of the tokens [start, end) is none of a place by its words and those beside it."""
    before = sentence.known[max(0, start - 3) : start]
    after = sentence.known[end : end + 2]
    words = [word.lower for word in sentence.known[start:end]]
    return (
        " ".join(words) in _NO_PLACES
        or _railway(sentence, start, end, words)
        or _treaty(sentence, start, end)
        or _vessel(sentence.known[start], before)
        or (not sentence.title_case and bool(before) and before[-1].upper and before[-1].lower in _STORMS)
        or _thing(" ".join(words), before, after)
        or (bool(before) and words[0] in _CARS.get(before[-1].lower, ()))
        or _person(before, after, end - start)
        or (bool(before) and words == ["america"] and [word.lower for word in before[-2:]] == ["bank", "of"])
        or _credit(sentence, start, end)
    )


def _railway(sentence: Sentence, start: int, end: int, words: list[str]) -> bool:
    """Whether it is the railway alone of a town's railway (the Delhi "Metro")."""
    return sentence.runs[start] != (start, end) and len(words) == 1 and words[0] in _TRANSPORT


def _treaty(sentence: Sentence, start: int, end: int) -> bool:
    known = sentence.known
    after = known[end : end + 2]
    if after and after[0].upper and after[0].lower in _TREATIES:
        return True
    before = known[max(0, start - 2) : start]
    if len(before) == 2 and before[1].lower == "of" and before[0].upper and before[0].lower in _TREATIES:  # noqa: PLR2004 - "Treaty of"
        return True
    # Written small, it is the treaty of a town ("Minsk agreements") or the deal of a country, which is a party to it.
    lowers = [word.lower for word in after]
    small = bool(lowers) and (
        lowers[0] in _SMALL_TREATIES or (lowers[0] in _OF_TREATIES and lowers[-1] in _DEALS and len(lowers) > 1)
    )
    if not small:
        return False
    profile = next((set(labels) for *span, labels in sentence.spans if span == [start, end]), set())
    return not profile.isdisjoint(_SETTLEMENTS) and _COUNTRY not in profile


def _vessel(first: Word, before: list[Word]) -> bool:
    if first.text in _SHIPS:
        return True
    if not before:
        return False
    return before[-1].text in _SHIPS or (before[-1].lower == "operation" and before[-1].upper)


def _thing(name: str, before: list[Word], after: list[Word]) -> bool:
    if before and before[-1].lower == _AFTER_WORDS.get(name, ""):
        return True
    if not after or after[0].upper:
        return False
    noun = after[0].lower
    return name in _THINGS.get(noun, ()) or name in _THINGS.get(noun.removesuffix("s"), ())


def _person(before: list[Word], after: list[Word], length: int) -> bool:
    if before and before[-1].lower in _COURTESY and before[-1].upper:
        # Written before a name, "Dr" is a doctor's; written after one, it is a drive.
        return not (before[-1].lower.startswith("dr") and len(before) > 1 and before[-2].upper)
    if length > 1:
        return False
    if after and _IRISH_OR_SO.match(after[0].text) and after[0].lower not in _NOT_A_SURNAME:
        return True
    # "Jordan B. Washington": the full stop after an initial is a token of its own.
    return (
        len(before) == 3  # noqa: PLR2004 - Jordan, B, full stop
        and before[2].text == "."
        and len(before[1].text) == 1
        and before[1].upper
        and before[0].upper
        and _FORENAME in before[0].kinds
    )


def _credit(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name is a part of a picture's credit ("Newsroom Pictures Chile via Getty Images")."""
    run = sentence.runs[start]
    if run is None:
        return False
    known = sentence.known
    whole = run == (start, end)
    after = [word.lower for word in known[run[1] : run[1] + 2]]
    if not whole and after[:1] == ["via"]:
        return True
    if after[:1] == ["/"] and after[-1] in _PICTURE_AGENCIES:
        # "LONDON/Reuters" may be where a report comes from; "Jack London/Reuters" is who took a picture.
        return not whole
    return run[0] > 1 and known[run[0] - 1].text == "/" and known[run[0] - 2].lower in _PICTURE
