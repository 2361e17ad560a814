"""Text that does not tell names by their capitals.

A headline in capitals and a text without any are brought to ordinary spelling
before the tagger sees them: a word of the vocabulary (words that the training
texts write small) is small, any other is taken for a name. Only what the
tagger sees is changed, never the text or an offset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.recognition.cues import CONNECTORS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOSTLY = 0.7
"""Share of a sentence's words in capitals from which it is a headline or shouted."""
_SHORT = 4
"""A capitalised word of fewer letters in a sentence in capitals may be an abbreviation (US, UK)."""


def shouts(words: Sequence[str]) -> bool:
    """Whether a sentence is written in capitals."""
    letters = [word for word in words if word[0].isalpha() and len(word) > 1]
    if len(letters) < _SHORT - 1:
        return False
    return sum(word.isupper() for word in letters) > _MOSTLY * len(letters)


def whispers(sentences: Sequence[Sequence[str]]) -> bool:
    """Whether a whole text has no capitals at all, and letters that could be capitals."""
    lower = False
    for words in sentences:
        for word in words:
            if word[0].isupper():
                return False
            lower = lower or word[0].islower()
    return lower


def unshouted(
    words: Sequence[str],
    vocabulary: frozenset[str],
    seen: frozenset[str],
    longest_name: Callable[[Sequence[str], int], int] | None = None,
) -> list[str]:
    """Spell a sentence in capitals as it would stand in running text.

    Parameters
    ----------
    words
        The tokens of the sentence.
    vocabulary
        Words, in lower case, that are written small.
    seen
        Words as the rest of the text writes them with a capital.
    longest_name
        Gives the number of tokens of the longest well-known name of a place
        that begins at a token, 0 where none does. Names of several words keep
        their capitals, although "new" and "united" are words that texts write
        small (NEW DELHI).
    """
    spelled = []
    named = 0
    for at, word in enumerate(words):
        if longest_name is not None and at >= named:
            length = longest_name(words, at)
            named = at + length if length > 1 else at
        small = word.lower()
        title = small[:1].upper() + small[1:]
        if not word.isupper() or "." in word or word in seen:
            spelled.append(word)
        elif title in seen or small not in vocabulary or (at < named and small not in CONNECTORS):
            spelled.append(title)
        else:
            spelled.append(small)
    return spelled


def capitalised(
    words: Sequence[str],
    vocabulary: frozenset[str],
    longest_name: Callable[[Sequence[str], int], int],
) -> list[str]:
    """Give the words of a text without capitals those that its names would have.

    Parameters
    ----------
    words
        The tokens of a sentence.
    vocabulary
        Words, in lower case, that are written small.
    longest_name
        Gives the number of tokens of the longest well-known name of a place
        that begins at a token, 0 where none does.
    """
    spelled = list(words)
    at = 0
    while at < len(words):
        length = longest_name(words, at)
        if length == 1 and words[at] in vocabulary:
            length = 0
        for inside in range(at, at + length):
            spelled[inside] = words[inside][:1].upper() + words[inside][1:]
        at += max(length, 1)
    return spelled
