"""Small atlases for the tests, from texts in which the names are marked.

``[[Nairobi|nairobi]]`` is a literal mention of the place with that key,
``[[Paris|paris|metonym|0.5]]`` one with a role and a score, ``[[Arcadia|]]``
one that was not resolved. All texts are invented.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

_MARKED = re.compile(r"\[\[(?P<name>.+?)\|(?P<place>[\w-]*)(?:\|(?P<role>\w+))?(?:\|(?P<score>[\d.]+))?\]\]", re.DOTALL)
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?](?=\s)|(?=\n)|$)")


@dataclass
class Tables:
    """The three tables of an atlas and nothing more."""

    articles: pd.DataFrame
    toponyms: pd.DataFrame
    places: gpd.GeoDataFrame


def place(key: str, name: str, lon: float, lat: float, **fields: Any) -> dict[str, Any]:
    """Return a row of the places; `area` is a geometry in place of the point."""
    area = fields.pop("area", None)
    row = {
        "place_id": f"test:{key}",
        "name": name,
        "lon": lon,
        "lat": lat,
        "country_code": "",
        "admin1": "",
        "admin2": "",
        "feature_class": "P",
        "feature_code": "PPL",
        "population": 0,
        "source": "Example gazetteer",
        "licence": "CC0",
        "geometry": shapely.Point(lon, lat) if area is None else area,
    }
    return row | fields


PLACES = {
    "kenya": place(
        "kenya",
        "Kenya",
        37.9,
        0.5,
        country_code="KE",
        feature_class="A",
        feature_code="PCLI",
        area=shapely.box(34, -4.6, 41.8, 4.9),
    ),
    "turkana": place(
        "turkana",
        "Turkana County",
        35.4,
        3.3,
        country_code="KE",
        admin1="Turkana County",
        feature_class="A",
        feature_code="ADM1",
        area=shapely.box(34.2, 1.6, 36.4, 4.8),
    ),
    "nairobi": place(
        "nairobi",
        "Nairobi",
        36.82,
        -1.28,
        country_code="KE",
        admin1="Nairobi County",
        feature_code="PPLC",
        population=4397073,
    ),
    "kisumu": place("kisumu", "Kisumu", 34.76, -0.1, country_code="KE", admin1="Kisumu County"),
    "lake": place("lake", "Lake Victoria", 33.0, -1.0, feature_class="H", feature_code="LK"),
    "paris": place(
        "paris",
        "Paris",
        2.35,
        48.85,
        country_code="FR",
        admin1="Île-de-France",
        feature_code="PPLC",
        population=2138551,
    ),
    "saint-etienne": place(
        "saint-etienne", "Saint-Étienne", 4.39, 45.43, country_code="FR", admin1="Auvergne-Rhône-Alpes"
    ),
}

TEXAN_PARIS = {
    "place_id": "test:paris-texas",
    "name": "Paris",
    "lon": -95.55,
    "lat": 33.66,
    "country_code": "US",
    "admin1": "Texas",
    "feature_code": "PPLA2",
    "score": 0.31,
}


def atlas(
    *articles: tuple[str, str] | tuple[str, str, dict[str, Any]],
    alternatives: str = "[]",
    places: dict[str, dict[str, Any]] | None = None,
) -> Tables:
    """Return an atlas of articles given as (title, marked text) or with further fields.

    `alternatives` are the runners-up of each mention of Paris, `places` more
    places by their keys.
    """
    rows: list[dict[str, Any]] = []
    toponyms: list[dict[str, Any]] = []
    for number, (title, marked, *more) in enumerate(articles, 1):
        fields = more[0] if more else {}
        article_id = fields.get("article_id", f"article-{number}")
        text, mentions = _unmark(marked)
        rows.append(
            {
                "article_id": article_id,
                "title": title,
                "text": text,
                "source": "",
                "url": "",
                "publisher": "",
                "published": pd.NaT,
                "published_inferred": False,
                "language": "en",
            }
            | fields
        )
        for mention in mentions:
            start, end = _passage(text, mention["start"])
            toponyms.append(
                mention
                | {
                    "article_id": article_id,
                    "matched_name": mention["text"],
                    "passage_start": start,
                    "passage_end": end,
                    "alternatives": alternatives if mention["place_id"] == "test:paris" else "[]",
                }
            )
    columns = [
        "article_id",
        "start",
        "end",
        "text",
        "role",
        "place_id",
        "score",
        "reason",
        "matched_name",
        "passage_start",
        "passage_end",
        "alternatives",
    ]
    used = {one["place_id"] for one in toponyms}
    chosen = [row for row in (PLACES | (places or {})).values() if row["place_id"] in used]
    return Tables(
        articles=pd.DataFrame(rows, dtype=object).assign(published=lambda frame: pd.to_datetime(frame["published"])),
        toponyms=pd.DataFrame(toponyms, columns=columns),
        places=gpd.GeoDataFrame(chosen or [PLACES["paris"]], geometry="geometry", crs="EPSG:4326").iloc[: len(chosen)],
    )


def newsroom() -> Tables:
    """Return an atlas that has a little of everything."""
    return atlas(
        (
            "Rains reach the lake",
            (
                "Heavy rain fell on [[Kisumu|kisumu]] on Monday. Boats stayed ashore on [[Lake Victoria|lake]], and traders in "
                "[[Kisumu|kisumu]] closed early.\n\nThe government of [[Kenya|kenya]] sent pumps from [[Nairobi|nairobi]]. "
                "Herders in [[Turkana|turkana]] saw no rain at all.\n\n[[Kenyan|kenya|demonym]] forecasters expect more. "
                "A village called [[Arcadia|]] was cut off."
            ),
            {"publisher": "The Example Post", "published": "2025-03-02", "url": "https://example.org/rains"},
        ),
        (
            "A pact on water",
            "[[Nairobi|nairobi|metonym]] and [[Paris|paris|metonym]] signed a pact on water. The text was read out in [[Paris|paris|literal|0.55]].",
            {"publisher": "Example Wire", "published": "2025-04-11", "published_inferred": True},
        ),
        (
            "No date on this one",
            "The ferry to [[Kisumu|kisumu]] was late. Trains to [[Saint-Étienne|saint-etienne]] were not.",
        ),
        alternatives=json.dumps([TEXAN_PARIS]),
    )


def _unmark(marked: str) -> tuple[str, list[dict[str, Any]]]:
    text = ""
    mentions = []
    at = 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        name, key = match["name"], match["place"]
        mentions.append(
            {
                "start": len(text),
                "end": len(text) + len(name),
                "text": name,
                "role": match["role"] or "literal",
                "place_id": f"test:{key}" if key else "",
                "score": float(match["score"] or (0.97 if key else 0)),
                "reason": f"the test says that {name} is here" if key else "the test knows no such place",
            }
        )
        text += name
        at = match.end()
    return text + marked[at:], mentions


def _passage(text: str, start: int) -> tuple[int, int]:
    """Return the sentence around `start`, well enough for the texts of the tests."""
    for match in _SENTENCE.finditer(text):
        if match.start() <= start < match.end():
            sentence = match.group()
            return match.start() + len(sentence) - len(sentence.lstrip()), match.end()
    return 0, len(text)
