"""Puts a spaCy pipeline in the tagger's place.

spaCy and its models are the user's own choice and are installed by the user;
nothing here is imported before a pipeline is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from geo.errors import ModelError
from geo.types import Mention, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.types import Article, NameIndex

ROLES: dict[str, Role] = {
    "GPE": "literal",
    "LOC": "literal",
    "FAC": "literal",
    "LOCATION": "literal",
    "FACILITY": "literal",
    "NORP": "demonym",
}
"""Roles of the labels of OntoNotes, of CoNLL-2003 (LOC) and of the Worldwide English Newswire.

NORP also marks religions and parties; it counts where the gazetteer has a demonym of that name.
"""

_ARTICLES = ("the ", "The ", "THE ")


class SpacyPipeline:
    """Recognises place names with a pipeline of spaCy, or with anything that answers like one.

    Use :meth:`open`.

    Parameters
    ----------
    pipeline
        Takes a text and returns a document whose ``ents`` have ``start_char``,
        ``end_char`` and ``label_``.
    names
        Tells of a name of people whether it is a demonym.
    """

    def __init__(self, pipeline: Callable[[str], Any], names: NameIndex) -> None:
        self._pipeline = pipeline
        self._names = names

    @classmethod
    def open(cls, model: str, names: NameIndex) -> Self:
        """Load the pipeline `model` (``en_core_web_trf``, or the path of a folder).

        Raises
        ------
        ModelError
            If spaCy or the pipeline is not installed; the message has the command that installs it.
        """
        try:
            import spacy  # noqa: PLC0415 - an optional dependency
        except ImportError as error:
            message = f"spacy:{model}: spaCy is not installed; install it with: python -m pip install spacy"
            raise ModelError(message) from error
        try:
            return cls(spacy.load(model), names)
        except OSError as error:
            message = (
                f"spacy:{model}: spaCy has no pipeline of this name here; "
                f"install it with: python -m spacy download {model}"
            )
            raise ModelError(message) from error

    def recognise(self, article: Article) -> tuple[Mention, ...]:
        """Return the mentions of `article` in the order of the text, not overlapping."""
        found: list[Mention] = []
        for entity in sorted(self._pipeline(article.text).ents, key=lambda entity: entity.start_char):
            role = ROLES.get(entity.label_)
            start, end = entity.start_char, entity.end_char
            text = article.text[start:end]
            if text.startswith(_ARTICLES):
                start += len(_ARTICLES[0])
                text = article.text[start:end]
            if role is None or not text.strip() or (found and start < found[-1].end):
                continue
            if role == "demonym" and "demonym" not in self._names.profile(text):
                continue
            found.append(Mention(article.id, start, end, text, role))
        return tuple(found)
