"""What the page carries: the atlas as plain JSON, small and in a fixed order.

Mentions travel as columns of numbers that point into tables of what repeats
(reasons, runners-up), and offsets are counted in UTF-16 code units, because
that is how the page's language counts, while Python counts code points.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import AtlasError
from maps.outlines import outline
from maps.since import passages_of
from maps.tables import COLUMNS, OPTIONAL, cell_text, check
from maps.title import counted_title, own_title

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from maps.since import Earlier
    from maps.tables import AtlasTables

FORMAT = 1
"""The version of the payload's shape, which the page checks before it reads on."""

ROLES = ("literal", "metonym", "demonym", "embedded")
"""The roles in the order in which the payload numbers them."""

POINT = 5
"""Decimals of a degree to which a place's point is rounded: about 1 m."""

# What may not stand as it is in a script element: "<" could end it, the two
# separators end a line in older JavaScript, and half a surrogate pair has no UTF-8.
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")


def payload(
    atlas: AtlasTables, *, title: str, countries: Mapping[str, str], since: Earlier | None = None
) -> dict[str, Any]:
    """Return what the page carries of `atlas`.

    Parameters
    ----------
    atlas : geo.atlas.Atlas
        Or anything with its three tables and their columns.
    title : str
        The heading of the page.
    countries : mapping of str to str
        Names by ISO 3166-1 alpha-2 code of the countries that the basemap
        draws. The page carries the names that the places need, and does not
        carry the outlines of these countries a second time.
    since : maps.since.Earlier, optional
        What there was before. With it places and mentions say whether they
        are ``fresh``: a place that was not named, a passage that was not there.

    Returns
    -------
    dict
        Of JSON's own types only. Articles, places and mentions keep the order
        of their tables. Coordinates are degrees, EPSG:4326, longitude first;
        offsets are half-open and count UTF-16 code units.

    Raises
    ------
    AtlasError
        Where the tables do not make an atlas; see `maps.tables.check`.
    """
    check(atlas)
    articles = [_article(row) for row in atlas.articles[list(COLUMNS["articles"])].to_dict("records")]
    known = [*COLUMNS["places"], *(column for column in OPTIONAL["places"] if column in atlas.places.columns)]
    places = [_place(row, countries) for row in atlas.places[known].to_dict("records")]
    mentions = _mentions(atlas.toponyms, articles, places)
    codes = sorted({one["country"] for one in (*places, *mentions["candidates"])})
    compared: dict[str, Any] = {}
    if since is not None:
        compared = {"since": {"name": since.name}}
        for place in places:
            place["fresh"] = place["id"] not in since.places
        mentions["mentions"]["fresh"] = [
            int(bool(place) and not since.had(place, passage)) for place, passage in passages_of(atlas)
        ]
    # A page that counts its articles for a title can do so in its reader's language.
    counted = {"counted": True} if not own_title(atlas.articles) and title == counted_title(atlas.articles) else {}
    return {
        "format": FORMAT,
        "title": title,
        **counted,
        **compared,
        "countries": {code: countries[code] for code in codes if code in countries},
        "articles": articles,
        "places": places,
        **mentions,
    }


def as_json(value: object) -> str:
    """Return `value` as JSON that can stand inside an HTML script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _article(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    published = row["published"]
    return {
        "id": cell_text(row["article_id"]),
        "title": cell_text(row["title"]),
        "text": cell_text(row["text"]),
        "source": cell_text(row["source"]),
        "url": cell_text(row["url"]),
        "publisher": cell_text(row["publisher"]),
        "published": None if pd.isna(published) else pd.Timestamp(published).date().isoformat(),
        "inferred": bool(row["published_inferred"]) and not pd.isna(published),
        "language": cell_text(row["language"]),
    }


def _on_basemap(row: Mapping[Hashable, Any], countries: Mapping[str, str]) -> bool:
    return cell_text(row["feature_code"]).startswith("PCL") and cell_text(row["country_code"]) in countries


def _place(row: Mapping[Hashable, Any], countries: Mapping[str, str]) -> dict[str, Any]:
    area = outline(row["geometry"], outlined=not _on_basemap(row, countries))
    approximate = row.get("approximate")
    if area is not None and not pd.isna(approximate) and approximate:
        area["approximate"] = True
    return {
        "id": cell_text(row["place_id"]),
        "name": cell_text(row["name"]),
        "lon": round(float(row["lon"]), POINT),
        "lat": round(float(row["lat"]), POINT),
        "country": cell_text(row["country_code"]),
        "admin1": cell_text(row["admin1"]),
        "admin2": cell_text(row["admin2"]),
        "class": cell_text(row["feature_class"]),
        "code": cell_text(row["feature_code"]),
        "population": 0 if pd.isna(row["population"]) else int(row["population"]),
        "source": cell_text(row["source"]),
        "licence": cell_text(row["licence"]),
        "area": area,
    }


def _mentions(toponyms: pd.DataFrame, articles: list[dict[str, Any]], places: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the mentions as columns, with the tables that they point into."""
    article_at = {article["id"]: index for index, article in enumerate(articles)}
    place_at = {place["id"]: index for index, place in enumerate(places)}
    units = [_Units(article["text"]) for article in articles]
    reasons = _Table()
    runners_up = _RunnersUp()
    columns: dict[str, list[Any]] = {
        name: []
        for name in (
            "article",
            "start",
            "end",
            "role",
            "place",
            "score",
            "reason",
            "passageStart",
            "passageEnd",
            "alternatives",
        )
    }
    for row in toponyms[list(COLUMNS["toponyms"])].to_dict("records"):
        article = article_at[cell_text(row["article_id"])]
        offset = units[article].offset
        if row["role"] not in ROLES:
            raise AtlasError(
                f"A mention of {row['text']!r} has the role {row['role']!r}, which is none of "
                f"{', '.join(ROLES)}. Correct the column 'role' of the toponyms."
            )
        columns["article"].append(article)
        columns["start"].append(offset(int(row["start"])))
        columns["end"].append(offset(int(row["end"])))
        columns["role"].append(ROLES.index(row["role"]))
        columns["place"].append(place_at.get(cell_text(row["place_id"]), -1))
        columns["score"].append(0 if pd.isna(row["score"]) else round(float(row["score"]), 3))
        columns["reason"].append(reasons.index(cell_text(row["reason"])))
        columns["passageStart"].append(offset(int(row["passage_start"])))
        columns["passageEnd"].append(offset(int(row["passage_end"])))
        columns["alternatives"].append(runners_up.index(cell_text(row["alternatives"])))
    return {
        "mentions": columns,
        "reasons": reasons.rows,
        "candidates": runners_up.candidates.rows,
        "alternatives": runners_up.lists.rows,
    }


class _Table:
    """Distinct rows, numbered in the order in which they first come."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._known: dict[str, int] = {}

    def index(self, row: object) -> int:
        key = row if isinstance(row, str) else json.dumps(row)
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append(row)
        return self._known[key]


class _RunnersUp:
    """The lists of alternatives, each kept once, and the places that they name."""

    def __init__(self) -> None:
        self.candidates = _Table()
        self.lists = _Table()
        self._seen: dict[str, int] = {}

    def index(self, written: str) -> int:
        """Return the number of the list that is `written` as JSON; -1 for an empty one."""
        if written not in self._seen:
            self._seen[written] = self._read(written)
        return self._seen[written]

    def _read(self, written: str) -> int:
        try:
            listed = [
                [
                    self.candidates.index(
                        {
                            "id": one["place_id"],
                            "name": one["name"],
                            "lon": round(float(one["lon"]), POINT),
                            "lat": round(float(one["lat"]), POINT),
                            "country": one.get("country_code", ""),
                            "admin1": one.get("admin1", ""),
                            "code": one.get("feature_code", ""),
                        }
                    ),
                    round(float(one["score"]), 3),
                ]
                for one in json.loads(written or "[]")
            ]
        except (ValueError, KeyError, TypeError) as error:
            raise AtlasError(
                f"The column 'alternatives' of the toponyms holds {written[:80]!r}, which is no JSON list of "
                "places with place_id, name, lon, lat and score. Write it as geo.atlas does, or leave it empty."
            ) from error
        return self.lists.index(listed) if listed else -1


class _Units:
    """Turns offsets in code points into offsets in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        # Only characters beyond the Basic Multilingual Plane take two units;
        # most texts have none and need no table.
        self._wide = [position for position, character in enumerate(text) if ord(character) > 0xFFFF]  # noqa: PLR2004 - the plane's last character

    def offset(self, position: int) -> int:
        return position + bisect_left(self._wide, position)
