"""Files, standard input and tables to articles.

:func:`read` is the door. Behind it, in the order of the work: ``reading`` walks
the sources, ``decoding`` turns bytes into text, ``documents`` and ``lines``
take an article or many out of a text, ``fields`` completes what a source
states, and ``dates`` finds the day an article was published.
"""

from geo.articles.fields import MAX_CHARACTERS
from geo.articles.reading import SUFFIXES, Source, read

__all__ = ["MAX_CHARACTERS", "SUFFIXES", "Source", "read"]
