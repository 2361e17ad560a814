"""What is known of the entities of a document: persons, organisations, places and other names.

The network labels them beside the names of places (:mod:`geo.recognition.network`).
Their labels are no result; they tell what role a place has ("Bank" of "Bank of
England" is an organisation's), and that "Washington" is a person all over an article.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from geo.recognition.labels import NO_NAME, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.recognition.words import Word


class Entities:
    """The entities of one document.

    Parameters
    ----------
    sentences
        The words of each sentence.
    labels
        Their BIO labels, of the same shape.
    """

    def __init__(self, sentences: Sequence[Sequence[Word]], labels: Sequence[Sequence[str]]) -> None:
        self._sentences = sentences
        self.labels = labels

    @cached_property
    def _kinds(self) -> dict[str, list[str]]:
        """What each word with a capital is, everywhere in the document."""
        kinds: dict[str, list[str]] = {}
        for words, row in zip(self._sentences, self.labels, strict=True):
            for word, label in zip(words, row, strict=True):
                if word.upper:
                    kinds.setdefault(word.text, []).append(label[2:] or NO_NAME)
        return kinds

    def around(self, sentence: int, at: int) -> list[str]:
        """Return the features that the entities give to the word `at` of a sentence, both counted from 0."""
        words, labels = self._sentences[sentence], self.labels[sentence]
        last = len(words) - 1
        found = [f"S0={labels[at]}", *self._majority(words[at])]
        if at:
            found.append(f"S-1={labels[at - 1]}")
        if at < last:
            found.append(f"S+1={labels[at + 1]}")
        for start, end, kind in spans(labels):
            if start <= at < end:
                after = words[end].lower if end <= last else "|"
                found += [
                    f"Sat={kind}{min(at - start, 3)}/{min(end - at, 4)}",
                    f"Slast={kind}|{words[end - 1].lower}",
                    f"Sword={kind}|{words[at].lower}",
                    f"Safter={kind}|{after}",
                ]
        return found

    def _majority(self, word: Word) -> list[str]:
        """Return what a word is all over the document, if it occurs more than once."""
        kinds = self._kinds.get(word.text, ())
        total = len(kinds)
        if total < 2:  # noqa: PLR2004 - more than once
            return []
        count = Counter(kinds)
        kind, most = min(count.items(), key=lambda item: (-item[1], item[0]))
        found = [f"Smost={kind}{'!' if most == total else ''}"]
        return found + [f"S{kind}{3 * count[kind] // total}" for kind in ("LOC", "PER", "ORG") if count[kind]]
