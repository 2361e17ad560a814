"""A name that the tagger was in two minds about, and that can hardly be anything but a place.

The tagger learnt from newspapers that mostly write of Britain and America, where
a town is easily a person (Lincoln, Manning). It doubts a name that it has never
met, and just there the gazetteer knows best: Visakhapatnam is a city and nothing
else. Such a name needs less of the sentence around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.recognition.consistency import speaks_for_others
from geo.recognition.cues import SPEECH, words_of
from geo.recognition.labels import PLACE
from geo.recognition.matching import joined
from geo.recognition.name import Name
from geo.recognition.rules import excluded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.recognition.features import Sentence
    from geo.recognition.memory import Memory

_ENOUGH = 0.2
"""Probability that a word is part of a name from which it is taken for one if only a town bears it. Of the 42 that
this adds to 400 articles of WikToR, read by eye, four in five are places; to lgl-dev and gwn-dev it adds one."""
_ENOUGH_WITH_ARTICLE = 0.1
"""The same for a river or sea after "the", which persons and companies have not."""
_ENOUGH_AFTER_IN = 0.3
"""The same for a city after a preposition of place, whatever else bears its name ("landed in Nice")."""
_PREPOSITIONS = frozenset(("in", "to", "from", "near"))
_TOWN = (("city",), ("town",))
"""Profiles of names that towns alone bear; what villages and counties bear too is mostly a surname."""
_WHAT_RIVERS_DO = words_of("is was has had will rises rose fell falls flows flowed runs ran dried burst bursts froze")
_WATER = "water"
_NATURAL = frozenset((_WATER, "terrain", "region"))
"""Labels of what has an article before it, as persons and companies have not."""
_ANOTHER_SENSE = frozenset(("demonym", "weak"))
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_OTHERS = frozenset(("PER", "ORG"))
_LARGE = frozenset(("admin1", "city", "country", "former"))
"""Labels of names that nothing small bears."""
_ENOUGH_FOR_LARGE = 0.02
"""The same for such a name: it costs nothing on lgl-dev and gwn-dev, .005 as much as .002 of F1."""
_ENOUGH_SPEAKING = 0.0
"""The same for a country or a capital that says something: "Poland said it had scrambled jets". The corpora, mostly
of local news, teach that who speaks at the beginning of a sentence is a person; persons are introduced by name."""


def cleared(
    sentence: Sentence,
    names: list[Name],
    *,
    memory: Memory,
    entities: Sequence[str],
    chances: Callable[[], Sequence[float]],
    capital: Callable[[str], bool],
) -> list[Name]:
    """Return `names` with those added that the tagger doubted and the gazetteer does not.

    Whole runs of capitals are added, and what begins one after a preposition; none of a sentence in capitals or in
    title case, where capitals say nothing, and none of which the document
    says that it is a person, an organisation or an ordinary word.

    Parameters
    ----------
    sentence
        The sentence as the tagger saw it.
    names
        What was found in it, in order.
    memory
        What the whole document says of its words.
    entities
        What the network takes each token for as an entity of any kind.
    chances
        Gives the probability in [0, 1] of each token to be part of a name;
        asked only where a name is in question.
    capital
        Whether a name can be that of a country's capital.
    """
    if sentence.shouted or sentence.title_case:
        return names
    added = []
    for start, end, profile in sentence.spans:
        enough = _threshold(sentence, start, end, profile, entities, capital)
        if enough is None or any(name.start < end and start < name.end for name in names):
            continue
        name = Name(start, end, PLACE)
        if (
            not speaks_for_others(memory, sentence.words[start:end])
            and not excluded(sentence, name)
            and min(chances()[start:end]) >= enough
        ):
            added.append(name)
    return sorted([*names, *added], key=lambda name: name.start) if added else names


def _threshold(
    sentence: Sentence,
    start: int,
    end: int,
    profile: tuple[str, ...],
    entities: Sequence[str],
    capital: Callable[[str], bool],
) -> float | None:
    """Return the probability that is enough for a name of the gazetteer, None where none is."""
    if _speaks(sentence, start, end, profile, capital):
        return _ENOUGH_SPEAKING
    run = sentence.runs[start]
    if run is not None and run[0] == start and _after_preposition(sentence, start, end, profile):
        return _ENOUGH_AFTER_IN
    if not _NATURAL.isdisjoint(profile) and _with_article(sentence, start, end, profile):
        return _ENOUGH_WITH_ARTICLE
    if run != (start, end) or any(word.isupper() for word in sentence.words[start:end]):
        return None
    if any(label[2:] in _OTHERS for label in entities[start:end]):
        return None
    return _ENOUGH_FOR_LARGE if _LARGE.issuperset(profile) else _ENOUGH if profile in _TOWN else None


def _with_article(sentence: Sentence, start: int, end: int, profile: tuple[str, ...]) -> bool:
    """Whether the words beside a name that waters, mountains or regions bear say that it is one."""
    run = sentence.runs[start]
    if run == (start - 1, end):
        return _begins_with_river(sentence, start, end, profile)
    alone = run == (start, end) and not any(word.isupper() for word in sentence.words[start:end])
    return alone and start > 0 and sentence.known[start - 1].lower == "the" and _ANOTHER_SENSE.isdisjoint(profile)


def _begins_with_river(sentence: Sentence, start: int, end: int, profile: tuple[str, ...]) -> bool:
    """Whether a sentence begins with a river and what it does ("The Amazon is"), and no thing of that name follows."""
    after = sentence.known[end].lower if end < len(sentence.known) else ""
    return sentence.words[start - 1] == "The" and _ANOTHER_SENSE.isdisjoint(profile) and after in _WHAT_RIVERS_DO


def _after_preposition(sentence: Sentence, start: int, end: int, profile: tuple[str, ...]) -> bool:
    """Whether a preposition of place stands before the name of a city, and a small word or a sign after it."""
    known = sentence.known
    return (
        "city" in profile
        and _ANOTHER_SENSE.isdisjoint(profile)
        and start > 0
        and known[start - 1].lower in _PREPOSITIONS
        and not any(word.isupper() for word in sentence.words[start:end])
        and (end == len(known) or not (known[end].upper or known[end].lower in _POSSESSIVES))
    )


def _speaks(sentence: Sentence, start: int, end: int, profile: tuple[str, ...], capital: Callable[[str], bool]) -> bool:
    """Whether a country or a capital begins a sentence and what it says follows."""
    known = sentence.known
    return (
        start == 0
        and end < len(known)
        and known[end].lower in SPEECH
        and _ANOTHER_SENSE.isdisjoint(profile)
        and ("country" in profile or capital(joined(sentence.words[start:end])))
    )
