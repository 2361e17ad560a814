"""What the tagger learns of annotated articles: which label each span gets, and which words are written small."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geo.recognition.labels import DEMONYM, PLACE
from geo.recognition.matching import Matcher
from geo.training.corpora import Labelled, toponyms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geo.evaluation.recognition import Annotated, Gold
    from geo.types import NameIndex

_OFTEN = 3
"""Times a word must be written small to be in the vocabulary, and more often than with a capital."""


def label_of(names: NameIndex) -> Callable[[str, Gold], str]:
    """Return the function that gives an annotated span its class, place or demonym.

    GeoWebNews tells; LGL does not, so that there the gazetteer's table of
    demonyms decides. An adjective that is also a noun (Hong Kong) is a place.
    """

    def label(text: str, span: Gold) -> str:
        profile = names.profile(text)
        if span.role in (None, "embedded"):
            return DEMONYM if "demonym" in profile and "country" not in profile else PLACE
        if span.role == "demonym":
            return PLACE if profile and "demonym" not in profile else DEMONYM
        return PLACE

    return label


def swappable(names: NameIndex) -> Callable[[str], str]:
    """Return the function that says whether a name of our own sentences is any country or any capital."""
    matcher = Matcher(names)

    def kind_of(name: str) -> str:
        profile = names.profile(name)
        if name.isupper() or "demonym" in profile:
            return ""
        if "country" in profile:
            return "country"
        return "capital" if matcher.capital(name) else ""

    return kind_of


def vocabulary(documents: Iterable[Labelled]) -> list[str]:
    """Return the words that are written small, sorted."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for document in documents:
        for words in document.words:
            for word in words[1:]:
                if word.isalpha():
                    (small if word.islower() else large)[word.lower()] += 1
    return sorted(word for word, count in small.items() if count >= _OFTEN and count > large[word])


def labelled(documents: Iterable[Annotated], names: NameIndex) -> list[Labelled]:
    """Return annotated articles as labelled tokens."""
    label = label_of(names)
    return [toponyms(document, label) for document in documents]
