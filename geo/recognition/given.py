"""Names that the user has given: they are found as they are written, whatever the tagger thinks.

A tagger that learnt from newspapers has never met a trench called Zero Line.
Who hands in a list of places wants them found. Still, an ordinary word is no
place because a village bears it: what is one word must have a capital where
ordinary words have none and stand alone, and nothing else in the document may
speak for a person, an organisation or the ordinary word.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from geo.recognition.consistency import speaks_for_others
from geo.recognition.labels import PLACE
from geo.recognition.rules import Name, excluded
from geo.recognition.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.recognition.features import Sentence
    from geo.recognition.memory import Memory

_STRAIGHT = str.maketrans("’‘ʼ–", "'''-")
_PERSON_TITLE, _FORENAME, _ORGANISATION = "ti", "fn", "og"
"""Word lists (:mod:`geo.recognition.cues`) that say what a longer name around a given one names."""
_DATE = "mo"
"""The list of months and days, which have a capital and are no names."""
_PREPOSITION = "lp"
"""The list of prepositions of place."""
_NO_SENTENCE_BEGINS = frozenset(",;-–—/&()[]")
"""Signs after which a capital is a name's own."""


@runtime_checkable
class GivesNames(Protocol):
    """A gazetteer that has names of the user's own."""

    @property
    def given_names(self) -> Iterable[str]:
        """The names, as they are written."""
        ...


class Given:
    """Finds the names that the user has given in sentences.

    Parameters
    ----------
    names
        As they are written. A name in capitals alone is also found as a text
        writes names, and one that begins small at the beginning of a sentence.
    """

    def __init__(self, names: Iterable[str]) -> None:
        forms: set[tuple[str, ...]] = set()
        for name in names:
            words = tuple(tokenise(name.translate(_STRAIGHT)).words)
            forms.add(words)
            if name.isupper():
                forms.add(tuple(word.capitalize() for word in words))
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for form in sorted(forms - {()}, key=lambda form: (-len(form), form)):
            self._by_first[form[0]].append(form)

    @classmethod
    def of(cls, names: object) -> Self | None:
        """Return what finds the given names of a gazetteer, None where it has none."""
        return cls(names.given_names) if isinstance(names, GivesNames) and names.given_names else None

    def added(self, sentence: Sentence, names: list[Name], memory: Memory) -> list[Name]:
        """Return `names` with the given names of a sentence.

        A given name takes the place of what was found within it or across its
        edge ("Alpha" of "Camp Alpha"), and gives way to a longer name around it.

        Parameters
        ----------
        sentence
            The sentence as the tagger saw it.
        names
            What was found in it, in order.
        memory
            What the whole document says of its words.
        """
        added: list[Name] = []
        kept = names
        for start, end in self._matches(sentence):
            if any(name.start <= start and end <= name.end for name in kept):
                continue
            name = Name(start, end, PLACE)
            if _certain(sentence, name, memory):
                kept = [one for one in kept if one.end <= start or end <= one.start]
                added.append(name)
        return sorted([*kept, *added], key=lambda name: name.start) if added else names

    def _matches(self, sentence: Sentence) -> Iterable[tuple[int, int]]:
        """Yield the first and past-last token of each given name, the longest where several begin."""
        words = [word.translate(_STRAIGHT) for word in sentence.words]
        at = 0
        while at < len(words):
            length = self._length(words, at)
            if not length and _begins(words, at):
                length = self._length([*words[:at], words[at][0].lower() + words[at][1:], *words[at + 1 :]], at)
            if length:
                yield at, at + length
            at += max(length, 1)

    def _length(self, words: Sequence[str], at: int) -> int:
        forms = self._by_first.get(words[at], ())
        return next((len(form) for form in forms if tuple(words[at : at + len(form)]) == form), 0)


def _certain(sentence: Sentence, name: Name, memory: Memory) -> bool:
    """Whether a given name stands for its place where no tagger says so."""
    words = sentence.words[name.start : name.end]
    run = sentence.runs[name.start]
    if excluded(sentence, name) or (run is not None and _of_something_else(sentence, name, run)):
        return False
    if sum(word[0].isalnum() for word in words) > 1:
        return True
    return (
        run == (name.start, name.end)
        and not sentence.shouted
        and (not sentence.title_case or _after_preposition(sentence, name.start))
        and _DATE not in sentence.known[name.start].kinds
        and not _begins(sentence.words, name.start)
        and not speaks_for_others(memory, words)
    )


def _of_something_else(sentence: Sentence, name: Name, run: tuple[int, int]) -> bool:
    """Whether the longer name around `name` is a person's or an organisation's ("New Hope Baptist Church")."""
    before = sentence.known[name.start - 1].kinds if name.start > run[0] else ()
    last = sentence.known[run[1] - 1].kinds if run[1] > name.end else ()
    return _PERSON_TITLE in before or _FORENAME in before or _ORGANISATION in last


def _after_preposition(sentence: Sentence, at: int) -> bool:
    """Whether a preposition of place stands before a token; many names make a sentence look like a headline."""
    return at > 0 and sentence.words[at - 1].islower() and _PREPOSITION in sentence.known[at - 1].kinds


def _begins(words: Sequence[str], at: int) -> bool:
    """Whether a sentence, or direct speech in it, begins at a token."""
    before = at - 1
    while before >= 0 and not words[before][0].isalnum():
        if words[before] in _NO_SENTENCE_BEGINS:
            return False
        if words[before][0] in ':.!?“”"«»•*':
            return True
        before -= 1
    return before < 0
