"""The shipped recogniser: two small conditional random fields and rules around them."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pycrfsuite

from geo.errors import ModelError
from geo.recognition import sentences
from geo.recognition.consistency import completed
from geo.recognition.doubts import cleared
from geo.recognition.entities import evidence, with_evidence
from geo.recognition.features import Reader, features
from geo.recognition.given import Given
from geo.recognition.labels import NO_NAME, spans
from geo.recognition.memory import Memory
from geo.recognition.roles import Roles
from geo.recognition.rules import Name, settled
from geo.recognition.tokens import Tokens, tokenise
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import Article, NameIndex, Role

MODELS = Path(__file__).with_name("models")
ENTITIES_FILE = "entities.crfsuite"
PLACES_FILE = "places.crfsuite"
ROLES_FILE = "roles.json"
VOCABULARY_FILE = "vocabulary.txt"

LONGEST_SENTENCE = 150
"""Tokens that are labelled together at most; what goes on for longer is a list or no text, and is cut."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class Model:
    """A conditional random field that labels the sentences of a document."""

    def __init__(self, path: Path) -> None:
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open(str(path))
        except (OSError, ValueError) as error:
            raise ModelError(f"{path}: cannot be read as a model ({error}); install dateline again") from error

    def label(self, rows: Sequence[Sequence[Sequence[str]]]) -> list[list[str]]:
        """Return the labels of each token of each sentence, given its features."""
        return [
            # A sentence in which no token can be part of a name needs no model.
            self._tagger.tag(row) if any(len(token) > _SMALL_FEATURES for token in row) else [NO_NAME] * len(row)
            for row in rows
        ]

    def chances(self, row: Sequence[Sequence[str]]) -> list[float]:
        """Return the probability in [0, 1] of each token of a sentence to be part of a name."""
        self._tagger.set(row)
        return [1 - self._tagger.marginal(NO_NAME, at) for at in range(len(row))]


_SMALL_FEATURES = 2
"""What tokens have that cannot be part of a name."""


class Tagger:
    """Recognises place names with the models that are shipped.

    Use :meth:`open`. The same article always gives the same mentions.
    """

    def __init__(
        self, reader: Reader, entities: Model, places: Model, roles: Roles, *, given: Given | None = None
    ) -> None:
        self._reader = reader
        self._entities = entities
        self._places = places
        self._roles = roles
        self._given = given

    @classmethod
    def open(cls, names: NameIndex, models: Path = MODELS) -> Self:
        """Open the models.

        Parameters
        ----------
        names
            The gazetteer, which the features ask for the kinds of place that
            bear a name. It should be the one the models were trained with.
            Where it has names of the user's own, these are found as well.
        models
            The folder of the models.

        Raises
        ------
        ModelError
            If a file is missing or is no model.
        """
        reader = Reader(names, read_vocabulary(models / VOCABULARY_FILE))
        return cls(
            reader,
            Model(models / ENTITIES_FILE),
            Model(models / PLACES_FILE),
            Roles.load(models / ROLES_FILE, reader.matcher),
            given=Given.of(names),
        )

    def recognise(self, article: Article) -> tuple[Mention, ...]:
        """Return the mentions of `article` in the order of the text, not overlapping.

        Examples
        --------
        >>> from geo.gazetteer import Gazetteer
        >>> from geo.types import Article
        >>> tagger = Tagger.open(Gazetteer.open())
        >>> [mention.text for mention in tagger.recognise(Article("1", "", "She flew to Nairobi."))]
        ['Nairobi']
        """
        text = _SURROGATE.sub("\ufffd", article.text)
        tokens = [
            part
            for sentence in sentences.split(text)
            for start, end in sentences.cells(text, *sentence)
            for part in tokenise(text, start, end).parts(LONGEST_SENTENCE)
        ]
        found = self._reader.read([sentence.words for sentence in tokens])
        memory = Memory(found)
        rows = [features(sentence, memory) for sentence in found]
        first = self._entities.label(rows)
        told = evidence([sentence.words for sentence in found], first)
        rows = with_evidence(rows, told)
        names = [
            cleared(
                sentence,
                settled(sentence, spans(labels)),
                memory=memory,
                entities=entities,
                chances=partial(self._places.chances, row),
            )
            for sentence, labels, entities, row in zip(found, self._places.label(rows), first, rows, strict=True)
        ]
        if self._given is not None:
            names = [self._given.added(sentence, row, memory) for sentence, row in zip(found, names, strict=True)]
        names = completed(found, names, memory)
        return tuple(
            mention
            for sentence, words, known, row in zip(found, tokens, told, names, strict=True)
            if row
            for mention in self._mentions(article, words, row, [self._roles.of(sentence, name, known) for name in row])
        )

    def _mentions(self, article: Article, words: Tokens, names: Sequence[Name], roles: Sequence[Role]) -> list[Mention]:
        spans = words.spans([(name.start, name.end) for name in names])
        return [
            Mention(article.id, start, end, article.text[start:end], role)
            for (start, end), role in zip(spans, roles, strict=True)
        ]


def read_vocabulary(path: Path) -> frozenset[str]:
    """Read the words that texts write small, one a line.

    Raises
    ------
    ModelError
        If the file cannot be read.
    """
    try:
        return frozenset(path.read_text("utf-8").split())
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); install dateline again") from error
