"""Opens a recogniser by its name: the shipped one, a spaCy pipeline, or one of a third party.

A third party registers a recogniser in its own ``pyproject.toml``::

    [project.entry-points."dateline.recognizers"]
    mine = "my_package:open_recogniser"

where ``open_recogniser(argument, names)`` is given what follows the colon in
``mine:argument`` ("" without one) and the gazetteer, and returns an object
with the one method of :class:`geo.types.Recogniser`.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from geo.errors import ModelError

if TYPE_CHECKING:
    from geo.types import NameIndex, Recogniser

GROUP = "dateline.recognizers"
SHIPPED = "dateline"


def open_recogniser(name: str, names: NameIndex) -> Recogniser:
    """Open the recogniser called `name`.

    Parameters
    ----------
    name
        ``dateline`` for the shipped one, ``spacy:en_core_web_trf`` for a
        pipeline of spaCy, or what a third party registered as an entry point
        of the group ``dateline.recognizers``, with ``:argument`` if it takes one.
    names
        The gazetteer.

    Raises
    ------
    ModelError
        If there is no such recogniser, or it cannot be opened.
    """
    scheme, _, argument = name.partition(":")
    if scheme == SHIPPED and not argument:
        from geo.recognition.tagger import Tagger  # noqa: PLC0415 - only the one asked for is loaded

        return Tagger.open(names)
    if scheme == "spacy" and argument:
        from geo.recognition.spacy_pipeline import SpacyPipeline  # noqa: PLC0415 - as above

        return SpacyPipeline.open(argument, names)
    registered = {point.name: point for point in entry_points(group=GROUP)}
    if scheme not in registered:
        known = ", ".join([SHIPPED, "spacy:MODEL", *sorted(registered)])
        raise ModelError(f"{name}: there is no recogniser of this name; there are {known}")
    try:
        opened: Recogniser = registered[scheme].load()(argument, names)
    except Exception as error:  # what a third party raises can be anything
        raise ModelError(f"{name}: cannot be opened ({type(error).__name__}: {error})") from error
    return opened
