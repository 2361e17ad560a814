"""Atlases of invented articles, of any size, the same every time.

Names and positions come from the basemap's own cities; the sentences are put
together from the lists below, with invented surnames in them, so that they do
not compress better than news does.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from maps.basemap import world

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 20261124
PUBLISHERS = 24
RANK_FALLS = 0.7
"""How fast the mentions of a place fall with its rank: the few are named often, as in news."""

LETTERS_OF_A_MENTION = 100
"""Characters of text for each mention: 20 of them in an article of 2,000 characters."""

_WHO = (
    "Residents",
    "Officials",
    "Two drivers",
    "The mayor",
    "Rescue teams",
    "A spokeswoman",
    "Farmers",
    "Nurses",
    "The harbour master",
    "Teachers",
    "A court",
    "Engineers",
    "The railway",
    "Fishermen",
    "Auditors",
    "Volunteers",
    "A delegation",
    "The council",
    "Students",
    "Weather forecasters",
)
_DID = (
    "reopened the bridge",
    "counted the ballots",
    "waited for the ferry",
    "cleared the road",
    "signed the contract",
    "asked for more time",
    "measured the flood",
    "sold the old market hall",
    "published the accounts",
    "repaired the water main",
    "marched to the square",
    "closed the school early",
    "planted four thousand trees",
    "opened an inquiry",
    "postponed the hearing",
    "found the missing freight",
    "moved the border post",
    "tested the sirens",
    "rejected the offer",
    "welcomed the new head of the clinic",
)
_WHEN = (
    "on Monday",
    "before dawn",
    "late in the evening",
    "after three days of rain",
    "for the second time this year",
    "without much notice",
    "as the prices rose again",
    "while the lorries queued",
    "in spite of the strike",
    "at the request of the insurers",
    "once the snow had gone",
    "under a new rule",
)
_WHERE = ("in", "near", "outside", "north of", "on the way to", "not far from")
_SYLLABLES = ("ka", "ro", "ven", "di", "lu", "mar", "os", "te", "ni", "shi", "bel", "an", "gor", "ja", "pe", "wy")
_ROLES = ("literal",) * 7 + ("metonym", "demonym", "embedded")
_SCORES = (0.41, 0.58, 0.72, 0.86, 0.93, 0.97, 0.99)
_REASONS = ("its district is named beside it", "best known of its name", "near the article's other places", "stated")


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of an atlas."""

    articles: pd.DataFrame
    toponyms: pd.DataFrame
    places: gpd.GeoDataFrame


def invent(*, articles: int, mentions: int) -> Tables:
    """Return an atlas of so many invented articles with so many mentions, each of about a hundred characters."""
    dice = random.Random(SEED)  # noqa: S311 - nothing is kept secret by it
    places = _places(max(40, min(6000, mentions // 14)))
    weights = [1 / (rank + 1) ** RANK_FALLS for rank in range(len(places))]
    rows: list[dict[str, Any]] = []
    toponyms: list[dict[str, Any]] = []
    for number in range(articles):
        amount = mentions * (number + 1) // articles - mentions * number // articles
        article_id = f"article-{number}"
        text = ""
        for nth, at in enumerate(dice.choices(range(len(places)), weights, k=amount)):
            start, text = _sentence(dice, text, places[at]["name"])
            toponyms.append(_mention(dice, article_id, text, start, places, at))
            text += "\n\n" if nth % 4 == 3 else " "  # noqa: PLR2004 - four sentences make a paragraph
        rows.append(
            {
                "article_id": article_id,
                "title": f"{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHEN)}",
                "text": text.strip() or "Nothing was said.",
                "source": "",
                "url": f"https://example.org/{number}",
                "publisher": f"Paper {number % PUBLISHERS + 1}",
                "published": pd.Timestamp("2023-01-01") + pd.Timedelta(days=dice.randrange(1400)),
                "published_inferred": number % 11 == 0,
                "language": "en",
            }
        )
    columns = ["article_id", "start", "end", "text", "role", "place_id", "score", "reason"]
    columns += ["passage_start", "passage_end", "alternatives"]
    return Tables(
        pd.DataFrame(rows),
        pd.DataFrame(toponyms, columns=columns),
        gpd.GeoDataFrame(places, geometry="geometry", crs="EPSG:4326"),
    )


def _sentence(dice: random.Random, text: str, name: str) -> tuple[int, str]:
    """Return `text` with a sentence that names a place, and where that sentence begins."""
    surname = "".join(dice.choices(_SYLLABLES, k=dice.randrange(2, 5))).capitalize()
    said = (
        f"{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHERE)} {name} {dice.choice(_WHEN)}, "
        f"{surname} said, and {dice.randrange(3, 900)} of them {dice.choice(_DID)}."
    )
    return len(text), text + said


def _mention(
    dice: random.Random, article_id: str, text: str, start: int, places: Sequence[dict[str, Any]], at: int
) -> dict[str, Any]:
    name = places[at]["name"]
    begin = text.index(name, start)
    return {
        "article_id": article_id,
        "start": begin,
        "end": begin + len(name),
        "text": name,
        "role": dice.choice(_ROLES),
        "place_id": places[at]["place_id"],
        "score": dice.choice(_SCORES),
        "reason": dice.choice(_REASONS),
        "passage_start": start,
        "passage_end": len(text),
        "alternatives": "[]",
    }


def _places(amount: int) -> list[dict[str, Any]]:
    """Return so many places: countries as areas, the basemap's cities, and villages around these."""
    basemap = world()
    countries = [shape["properties"] for shape in basemap["objects"]["countries"]["geometries"]]
    known = sorted((one for one in countries if one.get("label")), key=lambda one: (one["rank"], one["code"]))
    rows = []
    for one in known[: amount // 20]:
        lon, lat = one["label"]
        rows.append(_place(f"country-{one['code']}", one["name"], lon, lat, one["code"], code="PCLI", around=2.0))
    names = {one["code"]: one["name"] for one in known}
    cities = basemap["cities"]
    for number in range(amount - len(rows)):
        lon, lat, name, _rank, _capital, code = cities[number % len(cities)]
        ring = number // len(cities)
        kept = f"{('', 'New ', 'Upper ', 'Old ', 'Lower ')[ring % 5]}{name}"
        region = f"{names.get(code, code)} {number % 7 + 1}"
        rows.append(_place(f"city-{number}", kept, lon + 0.21 * ring, min(85, lat + 0.13 * ring), code, admin1=region))
    # Areas and towns among each other, as they are in news.
    return sorted(rows, key=lambda row: (row["place_id"][-2:], row["place_id"]))


def _place(
    key: str, name: str, lon: float, lat: float, country: str, *, code: str = "PPL", admin1: str = "", around: float = 0
) -> dict[str, Any]:
    return {
        "place_id": f"invented:{key}",
        "name": name,
        "lon": lon,
        "lat": lat,
        "country_code": country,
        "admin1": admin1,
        "admin2": "",
        "feature_class": "A" if around else "P",
        "feature_code": code,
        "population": 0,
        "source": "invented",
        "licence": "CC0",
        "geometry": shapely.Point(lon, lat).buffer(around) if around else shapely.Point(lon, lat),
    }
