"""The shipped recogniser: a small network that reads a document whole, and rules around it."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from geo.errors import ModelError
from geo.recognition import sentences
from geo.recognition.consistency import completed
from geo.recognition.doubts import cleared
from geo.recognition.entities import Entities
from geo.recognition.features import Reader
from geo.recognition.given import Given
from geo.recognition.labels import spans
from geo.recognition.memory import Memory
from geo.recognition.network import Network
from geo.recognition.roles import Roles
from geo.recognition.rules import Name, settled
from geo.recognition.tokens import Tokens, tokenise
from geo.recognition.vectors import WordVectors
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import Article, NameIndex, Role

MODELS = Path(__file__).with_name("models")
NETWORK_FILE = "network.npz"
VECTORS_FILE = "vectors.npz"
ROLES_FILE = "roles.json"
VOCABULARY_FILE = "vocabulary.txt"

LONGEST_SENTENCE = 150
"""Tokens that are labelled together at most; what goes on for longer is a list or no text, and is cut."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class Tagger:
    """Recognises place names with the models that are shipped.

    Use :meth:`open`. The same article always gives the same mentions.
    """

    def __init__(self, reader: Reader, network: Network, roles: Roles, *, given: Given | None = None) -> None:
        self._reader = reader
        self._network = network
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
            Network.open(models / NETWORK_FILE, WordVectors.open(models / VECTORS_FILE)),
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
        readings = self._network.read(found, memory)
        names = [
            cleared(
                sentence,
                settled(sentence, spans(reading.places)),
                memory=memory,
                entities=reading.entities,
                chances=reading.chances,
                capital=self._reader.matcher.capital,
            )
            for sentence, reading in zip(found, readings, strict=True)
        ]
        if self._given is not None:
            names = [self._given.added(sentence, row, memory) for sentence, row in zip(found, names, strict=True)]
        names = completed(found, names, memory)
        entities = Entities([sentence.known for sentence in found], [reading.entities for reading in readings])
        return tuple(
            mention
            for number, (sentence, words, row) in enumerate(zip(found, tokens, names, strict=True))
            if row
            for mention in self._mentions(
                article,
                words,
                row,
                [self._roles.of(sentence, name, partial(entities.around, number)) for name in row],
            )
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
