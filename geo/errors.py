"""All errors that dateline raises on purpose.

::

    DatelineError
    ├── InputError (ValueError)
    │   ├── NoSuchInput (FileNotFoundError)     the path is not there
    │   ├── NoArticles                          nothing to read was found
    │   └── UnreadableArticle                   a file or a line that is no article
    ├── OutputError (OSError)                   a result could not be written
    ├── GazetteerError
    │   ├── NoGazetteer (FileNotFoundError)     the index is missing or damaged
    │   └── UnknownPlace (KeyError)             no place has this id
    ├── ModelError                              a model is missing or of another version
    └── AtlasError (ValueError)                 tables that are no atlas

Each message says what failed, with the input, why, and what to do next.
"""

from __future__ import annotations


class DatelineError(Exception):
    """The base of every error that dateline raises on purpose."""

    def __str__(self) -> str:
        """Return the message alone (``KeyError`` would show its quotes)."""
        return str(self.args[0]) if self.args else ""


class InputError(DatelineError, ValueError):
    """What was given to read cannot be read."""


class NoSuchInput(InputError, FileNotFoundError):
    """The path to read from does not exist."""


class NoArticles(InputError):
    """The path exists and holds no article."""


class UnreadableArticle(InputError):
    """A file or a line of a file is no article."""


class OutputError(DatelineError, OSError):
    """A result could not be written; nothing was left half-written."""


class GazetteerError(DatelineError):
    """The gazetteer cannot answer."""


class NoGazetteer(GazetteerError, FileNotFoundError):
    """The gazetteer's index is missing or damaged."""


class UnknownPlace(GazetteerError, KeyError):
    """No place of the gazetteer has this id."""


class ModelError(DatelineError):
    """A model is missing, damaged or made for another version."""


class AtlasError(DatelineError, ValueError):
    """Tables or a file that do not make an atlas."""
