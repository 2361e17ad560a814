"""The columns of the tables, which are the contract with whoever reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CRS = "EPSG:4326"
"""The coordinate reference system of every geometry: degrees, longitude first."""

# "str" is the dtype of text that pandas itself chooses: a string dtype from pandas 3 on, objects before.
ARTICLE_COLUMNS: Mapping[str, str] = {
    "article_id": "str",
    "title": "str",
    "text": "str",
    "source": "str",
    "url": "str",
    "publisher": "str",
    "published": "datetime64[s]",
    "published_inferred": "bool",
    "language": "str",
}
"""The columns of ``Atlas.articles`` and their dtypes; see :class:`geo.types.Article`."""

TOPONYM_COLUMNS: Mapping[str, str] = {
    "article_id": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "role": "str",
    "place_id": "str",
    "score": "float64",
    "reason": "str",
    "matched_name": "str",
    "passage_start": "int64",
    "passage_end": "int64",
    "alternatives": "str",
}
"""The columns of ``Atlas.toponyms`` and their dtypes. ``place_id`` is empty where no place is known;
``passage_start`` and ``passage_end`` bound the sentence in the article's text, half-open;
``alternatives`` is JSON: a list, best first, of objects with :data:`ALTERNATIVE_KEYS`."""

PLACE_COLUMNS: Mapping[str, str] = {
    "place_id": "str",
    "name": "str",
    "lon": "float64",
    "lat": "float64",
    "country_code": "str",
    "admin1": "str",
    "admin2": "str",
    "feature_class": "str",
    "feature_code": "str",
    "population": "int64",
    "source": "str",
    "licence": "str",
}
"""The columns of ``Atlas.places`` and their dtypes, beside ``geometry``; see :class:`geo.types.Place`."""

HOME_COLUMNS: Mapping[str, str] = {
    "publisher": "str",
    "place": "str",
    "country_code": "str",
    "admin1": "str",
    "articles": "int64",
    "of": "int64",
    "stated": "bool",
}
"""The columns of ``Atlas.homes`` and their dtypes: for each publisher the divisions and countries (``admin1``
empty) that ``articles`` of its articles, ``of`` all, surely name something in, the most often named first;
and those that the user has ``stated`` for all articles, with an empty ``publisher``."""

ALTERNATIVE_KEYS = ("place_id", "name", "lon", "lat", "country_code", "admin1", "feature_code", "score")
"""The keys of each object in the JSON of ``alternatives``."""

FLAT_COLUMNS: Mapping[str, str] = {
    "article_id": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "role": "str",
    "place_id": "str",
    "name": "str",
    "lat": "float64",
    "lon": "float64",
    "country_code": "str",
    "admin1": "str",
    "feature_class": "str",
    "feature_code": "str",
    "score": "float64",
    "reason": "str",
    "passage": "str",
}
"""The columns of :meth:`Atlas.to_flat` and their dtypes."""
