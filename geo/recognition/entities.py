"""The first stage: entities of all kinds, as evidence for the second.

A tagger of persons, organisations, places and other names is run first. Its
labels are no result; they become features of the tagger of place names, which
so knows that "Jordan Washington" is a person here and everywhere else in the
article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from geo.recognition.labels import NO_NAME, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_FEATURES: tuple[str, ...] = ()


def evidence(
    sentences: Sequence[Sequence[str]],
    labels: Sequence[Sequence[str]],
) -> list[list[tuple[str, ...]]]:
    """Return the features of each token that the labels of the first stage give.

    Parameters
    ----------
    sentences
        The words of one document.
    labels
        The BIO labels of the first stage, of the same shape.

    Returns
    -------
    list of list of tuple of str
        Of the same shape; empty for words without a capital and a label.
    """
    capitals = [[at for at, word in enumerate(words) if word[0].isupper()] for words in sentences]
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for words, row, places in zip(sentences, labels, capitals, strict=True):
        for at in places:
            votes[words[at]][row[at][2:] or NO_NAME] += 1
    majority = {word: _majority(count) for word, count in votes.items()}
    return [_row(words, row, places, majority) for words, row, places in zip(sentences, labels, capitals, strict=True)]


def _majority(count: Counter[str]) -> tuple[str, ...]:
    total = count.total()
    if total == 1:
        return ()
    kind, most = min(count.items(), key=lambda item: (-item[1], item[0]))
    features = [f"Smost={kind}{'!' if most == total else ''}"]
    features += [f"S{kind}{3 * count[kind] // total}" for kind in ("LOC", "PER", "ORG") if count[kind]]
    return tuple(features)


def _row(
    words: Sequence[str], labels: Sequence[str], capitals: Sequence[int], majority: dict[str, tuple[str, ...]]
) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [_NO_FEATURES] * len(words)
    last = len(words) - 1
    names = list(spans(labels))
    told = {*capitals, *(at for start, end, _ in names for at in range(start, end))}
    for at in told:
        features = [f"S0={labels[at]}", *majority.get(words[at], ())]
        if at:
            features.append(f"S-1={labels[at - 1]}")
        if at < last:
            features.append(f"S+1={labels[at + 1]}")
        found[at] = tuple(features)
    for start, end, kind in names:
        final = words[end - 1].lower()
        after = words[end].lower() if end <= last else "|"
        for at in range(start, end):
            found[at] += (
                f"Sat={kind}{min(at - start, 3)}/{min(end - at, 4)}",
                f"Slast={kind}|{final}",
                f"Sword={kind}|{words[at].lower()}",
                f"Safter={kind}|{after}",
            )
    return found


def with_evidence(
    rows: Sequence[Sequence[list[str]]],
    told: Sequence[Sequence[tuple[str, ...]]],
) -> list[list[list[str]]]:
    """Return the features `rows` of a document's tokens with those of :func:`evidence` added."""
    return [
        # Most tokens have no evidence; their features are handed on as they are.
        [[*token, *more] if more else token for token, more in zip(row, extra, strict=True)]
        for row, extra in zip(rows, told, strict=True)
    ]
