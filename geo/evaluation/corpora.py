"""Annotated corpora: articles whose toponyms people have marked and placed.

One JSON object a line: ``id``, ``text``, ``toponyms`` with ``start``, ``end``,
``text``, ``lat``, ``lon`` and ``geonameid`` (null where not known), and
whatever else a corpus has: ``type`` and ``modifier`` in Gritta's taxonomy
(GeoWebNews), the ``domain`` of the newspaper and GeoNames' class ``gaz_fclass`` (LGL). This is the one reader of
such files; measures and training take from it what they need.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import NoSuchInput, UnreadableArticle
from geo.types import Article

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Annotation:
    """A toponym as people annotated it.

    ``start`` and ``end`` are half-open offsets into the article's text. ``lon``
    and ``lat`` (degrees, EPSG:4326) are None where the corpus has no
    coordinates, ``type``, ``modifier`` and GeoNames' ``feature_class`` are
    empty where it does not tell.
    """

    start: int
    end: int
    text: str
    lon: float | None
    lat: float | None
    geonames_id: int | None
    type: str = ""
    modifier: str = ""
    feature_class: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article and its annotations, in the order of the text."""

    article: Article
    annotations: tuple[Annotation, ...]


def read_corpus(path: Path) -> tuple[AnnotatedArticle, ...]:
    """Read the corpus at `path`.

    Raises
    ------
    NoSuchInput
        If there is no such file.
    UnreadableArticle
        If a line is not of the corpus's form; the message names the line.
    """
    if not path.is_file():
        message = f"{path}: no such corpus; give a JSON Lines file of annotated articles"
        raise NoSuchInput(message)
    found = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                found.append(_read(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                message = f"{path}, line {number}: not an annotated article ({error!r}); see geo/evaluation/corpora.py"
                raise UnreadableArticle(message) from error
    return tuple(found)


def _read(row: dict[str, object]) -> AnnotatedArticle:
    text, toponyms = row["text"], row["toponyms"]
    if not isinstance(text, str):
        message = "text is no text"
        raise TypeError(message)
    if not isinstance(toponyms, list):
        message = "toponyms is no list"
        raise TypeError(message)
    annotations = [
        Annotation(
            start=int(t["start"]),
            end=int(t["end"]),
            text=str(t.get("text") or text[int(t["start"]) : int(t["end"])]),
            lon=None if t.get("lon") is None else float(t["lon"]),
            lat=None if t.get("lat") is None else float(t["lat"]),
            geonames_id=int(t["geonameid"]) if t.get("geonameid") else None,
            type=str(t.get("type") or ""),
            modifier=str(t.get("modifier") or ""),
            feature_class=str(t.get("gaz_fclass") or ""),
        )
        for t in toponyms
    ]
    article = Article(
        id=str(row["id"]),
        title="",
        text=text,
        source=str(row.get("source") or ""),
        publisher=str(row.get("domain") or row.get("source") or ""),
    )
    return AnnotatedArticle(article, tuple(sorted(annotations, key=lambda a: (a.start, a.end))))
