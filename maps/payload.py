"""What the page carries: the atlas as plain JSON, small and in a fixed order.

Mentions travel as columns of numbers that point into tables of what repeats
(reasons, runners-up), and offsets are counted in UTF-16 code units, because
that is how the page's language counts, while Python counts code points.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geo.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import geopandas as gpd

FORMAT = 1
"""The version of the payload's shape, which the page checks before it reads on."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "articles": (
        "article_id",
        "title",
        "text",
        "source",
        "url",
        "publisher",
        "published",
        "published_inferred",
        "language",
    ),
    "toponyms": (
        "article_id",
        "start",
        "end",
        "text",
        "role",
        "place_id",
        "score",
        "reason",
        "passage_start",
        "passage_end",
        "alternatives",
    ),
    "places": (
        "place_id",
        "name",
        "lon",
        "lat",
        "country_code",
        "admin1",
        "admin2",
        "feature_class",
        "feature_code",
        "population",
        "source",
        "licence",
        "geometry",
    ),
}
"""The columns of the atlas's tables that the page is made from."""

ROLES = ("literal", "metonym", "demonym", "embedded")
"""The roles in the order in which the payload numbers them."""

COARSE, FINE = 3, 5
"""Decimals of a degree to which an area's outline is rounded: 3 (about 100 m)
for areas wider than a degree, which are looked at from afar, 5 (about 1 m) for
smaller ones."""

MAIN_PART = 0.15
"""The least size of a part that counts for an area's bounds, as a share of the
largest part's box. It keeps Alaska and leaves out the Aleutians and Chukotka's tip."""

# What may not stand as it is in a script element: "<" could end it, the two
# separators end a line in older JavaScript, and half a surrogate pair has no UTF-8.
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")


class AtlasTables(Protocol):
    """Anything that has the three tables of an atlas."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article."""

    @property
    def toponyms(self) -> pd.DataFrame:
        """One row a mention."""

    @property
    def places(self) -> gpd.GeoDataFrame:
        """One row a place."""


def check(atlas: AtlasTables) -> None:
    """Raise an error that names everything that keeps `atlas` from being drawn.

    Raises
    ------
    AtlasError
        Where a table or a column is missing, or a mention refers to an article
        or a place that is not in its table.
    """
    wrong: list[str] = []
    for table, columns in COLUMNS.items():
        frame = getattr(atlas, table, None)
        if frame is None:
            wrong.append(f"no table {table!r}")
            continue
        missing = [column for column in columns if column not in frame.columns]
        if missing:
            wrong.append(f"table {table!r} lacks {', '.join(missing)}")
    if not wrong:
        for key, table in (("article_id", "articles"), ("place_id", "places")):
            known = getattr(atlas, table)[key]
            strays = sorted({_text(ref) for ref in atlas.toponyms[key]} - {_text(ref) for ref in known} - {""})
            if strays:
                wrong.append(f"toponyms refer to {key} {', '.join(strays[:5])}, not in table {table!r}")
            if known.duplicated().any():
                wrong.append(f"table {table!r} has {key} {known[known.duplicated()].iloc[0]} more than once")
        unplaced = atlas.places[~(atlas.places["lon"].between(-180, 180) & atlas.places["lat"].between(-90, 90))]
        if len(unplaced):
            wrong.append(f"place {unplaced['place_id'].iloc[0]} has no lon and lat in degrees")
    if wrong:
        raise AtlasError(
            f"These tables cannot be drawn: {'; '.join(wrong)}. "
            "Add what is missing; the columns are listed in maps.payload.COLUMNS."
        )


def payload(atlas: AtlasTables, *, title: str, countries: Mapping[str, str]) -> dict[str, Any]:
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

    Returns
    -------
    dict
        Of JSON's own types only. Articles, places and mentions keep the order
        of their tables. Coordinates are degrees, EPSG:4326, longitude first;
        offsets are half-open and count UTF-16 code units.

    Raises
    ------
    AtlasError
        Where the tables do not make an atlas; see `check`.
    """
    check(atlas)
    articles = [_article(row) for row in atlas.articles[list(COLUMNS["articles"])].to_dict("records")]
    places = [_place(row, countries) for row in atlas.places[list(COLUMNS["places"])].to_dict("records")]
    mentions = _mentions(atlas.toponyms, articles, places)
    codes = sorted({one["country"] for one in (*places, *mentions["candidates"])})
    return {
        "format": FORMAT,
        "title": title,
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
        "id": _text(row["article_id"]),
        "title": _text(row["title"]),
        "text": _text(row["text"]),
        "source": _text(row["source"]),
        "url": _text(row["url"]),
        "publisher": _text(row["publisher"]),
        "published": None if pd.isna(published) else pd.Timestamp(published).date().isoformat(),
        "inferred": bool(row["published_inferred"]) and not pd.isna(published),
        "language": _text(row["language"]),
    }


def _place(row: Mapping[Hashable, Any], countries: Mapping[str, str]) -> dict[str, Any]:
    on_basemap = _text(row["feature_code"]).startswith("PCL") and _text(row["country_code"]) in countries
    return {
        "id": _text(row["place_id"]),
        "name": _text(row["name"]),
        "lon": round(float(row["lon"]), FINE),
        "lat": round(float(row["lat"]), FINE),
        "country": _text(row["country_code"]),
        "admin1": _text(row["admin1"]),
        "admin2": _text(row["admin2"]),
        "class": _text(row["feature_class"]),
        "code": _text(row["feature_code"]),
        "population": 0 if pd.isna(row["population"]) else int(row["population"]),
        "source": _text(row["source"]),
        "licence": _text(row["licence"]),
        "area": _area(row["geometry"], outlined=not on_basemap),
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
        article = article_at[_text(row["article_id"])]
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
        columns["place"].append(place_at.get(_text(row["place_id"]), -1))
        columns["score"].append(0 if pd.isna(row["score"]) else round(float(row["score"]), 3))
        columns["reason"].append(reasons.index(_text(row["reason"])))
        columns["passageStart"].append(offset(int(row["passage_start"])))
        columns["passageEnd"].append(offset(int(row["passage_end"])))
        columns["alternatives"].append(runners_up.index(_text(row["alternatives"])))
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
                            "lon": round(float(one["lon"]), FINE),
                            "lat": round(float(one["lat"]), FINE),
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


def _area(geometry: object, *, outlined: bool) -> dict[str, Any] | None:
    """Return an area's bounds and, where `outlined`, its encoded rings; None for a point or nothing.

    The rings of all its parts stand in one list: filled by the even-odd rule,
    they need not say which is a hole in which. The bounds, [[south, west],
    [north, east]], are those of the parts that matter: far islands, and what
    lies beyond the 180th meridian, do not decide what is looked at.
    """
    if not isinstance(geometry, Polygon | MultiPolygon) or geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    decimals = COARSE if max(east - west, north - south) > 1 else FINE
    parts = list(geometry.geoms) if isinstance(geometry, MultiPolygon) else [geometry]
    boxes = shapely.bounds(parts)
    sizes = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    main = boxes[sizes >= MAIN_PART * sizes.max()].round(decimals)
    area: dict[str, Any] = {
        "bounds": [
            [float(main[:, 1].min()), float(main[:, 0].min())],
            [float(main[:, 3].max()), float(main[:, 2].max())],
        ]
    }
    if outlined:
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        encoded = [_encode(shapely.get_coordinates(ring).tolist(), decimals) for ring in rings]
        area |= {"decimals": decimals, "rings": [ring for ring in encoded if ring]}
    return area


def _encode(points: Iterable[list[float]], decimals: int) -> str:
    """Return a ring of [lon, lat] in the Encoded Polyline Algorithm Format.

    Each step from point to point is a pair of small whole numbers, written in
    five-bit groups as printable characters (Google Maps Platform, "Encoded
    Polyline Algorithm Format"); here longitude comes first. Rings that shrink
    to fewer than three points at this precision come back empty.
    """
    factor = 10**decimals
    written: list[str] = []
    last = (0, 0)
    corners = 0
    for lon, lat in points:
        here = (round(lon * factor), round(lat * factor))
        if corners and here == last:
            continue
        written.extend(_five_bits(now - before) for now, before in zip(here, last, strict=True))
        last = here
        corners += 1
    closed = 4  # three corners and the first one again
    return "".join(written) if corners >= closed else ""


def _five_bits(step: int) -> str:
    value = ~(step << 1) if step < 0 else step << 1
    groups = []
    while value >= 0x20:  # noqa: PLR2004 - a sixth bit says that another group follows
        groups.append(chr((0x20 | (value & 0x1F)) + 63))
        value >>= 5
    groups.append(chr(value + 63))
    return "".join(groups)


def _text(value: object) -> str:
    """Return a cell as text; what pandas holds for a missing one becomes empty."""
    if isinstance(value, str):
        return value
    return "" if value is None or value is pd.NA or value is pd.NaT or value != value else str(value)  # noqa: PLR0124 - NaN alone differs from itself
