"""Other places in annotated sentences, so that the tagger does not learn names by heart.

The corpora name the same few hundred towns of Britain and America. A copy of each
article in which a place is called by the name of another one of which the
gazetteer knows the same kinds (Peoria becomes Kramatorsk, everywhere in the
article) teaches to go by the gazetteer and by the words around a name.
"""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from typing import TYPE_CHECKING

from geo.recognition.labels import PLACE, spans
from geo.recognition.matching import joined
from geo.recognition.tokens import tokenise
from geo.training.corpora import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geo.types import NameIndex

    Pools = dict[frozenset[str], list[list[str]]]

_QUERY = """
    SELECT name FROM place
    WHERE feature_class IN ('P', 'A', 'H', 'T', 'L') AND id > 0 AND (population > 3000 OR feature_class <> 'P')
    ORDER BY id
"""
_FEWEST = 20
"""Names that there must be of the same kinds of place for one to be taken for another."""
_SHARE = 0.8
"""Share of the names of an article that are changed in its copy."""


def pools(index: Path, names: NameIndex) -> Pools:
    """Return the names of the gazetteer, as tokens, by the kinds of place that bear them."""
    with sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True) as connection:
        known = sorted({str(name) for (name,) in connection.execute(_QUERY)})
    found: Pools = defaultdict(list)
    for name in known:
        if name[0].isupper() and name[-1].isalpha():
            found[names.profile(name)].append(tokenise(name).words)
    return {profile: pool for profile, pool in found.items() if profile and len(pool) >= _FEWEST}


def swapped(documents: Iterable[Labelled], available: Pools, names: NameIndex, seed: int) -> list[Labelled]:
    """Return copies of labelled documents with other places in them, each the same all over its document."""
    chosen = random.Random(seed)  # noqa: S311 - no secret
    return [_copy(document, available, names, chosen) for document in documents]


def _copy(document: Labelled, available: Pools, names: NameIndex, chosen: random.Random) -> Labelled:
    called: dict[str, list[str]] = {}
    sentences, labels = [], []
    for words, row in zip(document.words, document.labels, strict=True):
        copied: list[str] = []
        told: list[str] = []
        at = 0
        for start, end, kind in spans(row):
            copied += words[at:start]
            told += row[at:start]
            at = end
            name = words[start:end]
            if kind == PLACE:
                name = called.setdefault(joined(name), _other(name, available, names, chosen))
            copied += name
            told += [f"B-{kind}", *[f"I-{kind}"] * (len(name) - 1)]
        sentences.append(copied + words[at:])
        labels.append(told + row[at:])
    return Labelled(sentences, labels)


def _other(name: list[str], available: Pools, names: NameIndex, chosen: random.Random) -> list[str]:
    surface = joined(name)
    loud = surface.isupper() and len(surface) > 3  # noqa: PLR2004 - abbreviations are shorter
    pool: Sequence[list[str]] = available.get(names.profile(surface.title() if loud else surface), ())
    if not pool or chosen.random() > _SHARE:
        return name
    other = chosen.choice(pool)
    return [word.upper() for word in other] if loud else other
