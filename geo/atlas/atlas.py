"""The atlas itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.atlas.checks import checked
from geo.atlas.columns import ARTICLE_COLUMNS, CRS, FLAT_COLUMNS, HOME_COLUMNS, PLACE_COLUMNS, TOPONYM_COLUMNS
from geo.atlas.files import LAYERS, json_lines, read_geopackage, write_flat, write_geopackage

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.types import Alternative, Article, Mention, Place, Toponym


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Articles, the names in them, and the places they mean.

    The tables refer to each other by ``article_id`` and ``place_id``. They
    are checked and copied when an atlas is made: it has exactly the columns
    and dtypes of :mod:`geo.atlas.columns`, also where a table is empty.

    Parameters
    ----------
    articles : pandas.DataFrame
        One row an article, :data:`~geo.atlas.ARTICLE_COLUMNS`.
    toponyms : pandas.DataFrame
        One row a mention, :data:`~geo.atlas.TOPONYM_COLUMNS`; those that are
        not resolved have an empty ``place_id``.
    places : geopandas.GeoDataFrame
        One row a place that is meant, :data:`~geo.atlas.PLACE_COLUMNS`, in
        EPSG:4326. ``geometry`` is the area where one is known, else the
        point; ``lon`` and ``lat`` are the representative point in degrees.
    homes : pandas.DataFrame, optional
        Where the articles' publishers are at home, as far as it was stated or
        learned from the articles, :data:`~geo.atlas.HOME_COLUMNS`.

    Raises
    ------
    AtlasError
        If the tables make no atlas; the message names all that is wrong.
    """

    articles: pd.DataFrame
    toponyms: pd.DataFrame
    places: gpd.GeoDataFrame
    homes: pd.DataFrame = field(default_factory=lambda: _table((), HOME_COLUMNS))

    def __post_init__(self) -> None:
        tables = checked(self.articles, self.toponyms, self.places, self.homes)
        for name, table in zip(LAYERS, tables, strict=True):
            object.__setattr__(self, name, table)  # the way a frozen dataclass completes itself

    @classmethod
    def from_toponyms(
        cls,
        articles: Sequence[Article],
        toponyms: Iterable[Toponym],
        *,
        areas: Callable[[str], BaseGeometry | None],
        passages: Callable[[Article, Mention], tuple[int, int]],
        homes: Iterable[tuple[Any, ...]] = (),
    ) -> Atlas:
        """Return the atlas of what was found in `articles`.

        Parameters
        ----------
        articles : sequence of Article
            What was read, in the order in which it is shown.
        toponyms : iterable of Toponym
            What was found; in the atlas they stand in the order of the text,
            those of an article that gives its mentions in the order in which
            they come.
        areas : callable
            Gives the area of a place by its id, EPSG:4326, or None.
        passages : callable
            Gives the half-open offsets of the sentence that a mention is in.
        homes : iterable of tuple
            The rows of ``homes``, in the order of :data:`~geo.atlas.HOME_COLUMNS`.

        Examples
        --------
        >>> from geo.types import Article, Mention, Place, Toponym
        >>> article = Article("a", "Rain", "Rain in Lagos.")
        >>> lagos = Place("geonames:2332459", "Lagos", 3.3947, 6.4541, "NG")
        >>> found = Toponym(Mention("a", 8, 13, "Lagos"), lagos, score=0.98)
        >>> atlas = Atlas.from_toponyms(
        ...     [article], [found], areas=lambda _: None, passages=lambda *_: (0, 14)
        ... )
        >>> atlas.to_flat().loc[0, ["text", "name", "passage"]].tolist()
        ['Lagos', 'Lagos', 'Rain in Lagos.']
        """
        order = {article.id: number for number, article in enumerate(articles)}
        by_id = {article.id: article for article in articles}

        def rank(found: Toponym) -> tuple[int, int, int]:
            mention = found.mention
            as_given = by_id[mention.article_id].mentions is not None
            return order[mention.article_id], 0 if as_given else mention.start, 0 if as_given else mention.end

        in_order = sorted(toponyms, key=rank)
        places = {found.place.id: found.place for found in in_order if found.place is not None}
        located = [areas(place.id) or shapely.Point(place.lon, place.lat) for place in places.values()]
        return cls(
            articles=_table((_article_row(article) for article in articles), ARTICLE_COLUMNS),
            toponyms=_table(
                (_toponym_row(found, passages(by_id[found.mention.article_id], found.mention)) for found in in_order),
                TOPONYM_COLUMNS,
            ),
            places=gpd.GeoDataFrame(
                _table((_place_row(place) for place in places.values()), PLACE_COLUMNS),
                geometry=gpd.GeoSeries(located, crs=CRS),
            ),
            homes=_table(homes, HOME_COLUMNS),
        )

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Atlas:
        """Return the atlas that :meth:`save` wrote to `path`, equal in every value and dtype.

        Raises
        ------
        NoSuchInput
            If there is no file.
        AtlasError
            If the file is no saved atlas.
        """
        return cls(*read_geopackage(Path(path)))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Save the atlas as a GeoPackage with a layer for each table.

        Raises
        ------
        OutputError
            If it cannot be written; a file that was there is then as it was.
        """
        write_geopackage((self.articles, self.toponyms, self.places, self.homes), Path(path))

    def to_flat(self) -> pd.DataFrame:
        """Return one row a mention, :data:`~geo.atlas.FLAT_COLUMNS`, with its place and its sentence.

        Where no place is known its columns are empty, ``lat`` and ``lon`` NaN.
        """
        names = [column for column in FLAT_COLUMNS if column in PLACE_COLUMNS and column != "place_id"]
        of_places = pd.DataFrame(self.places).set_index("place_id")[names].reindex(self.toponyms["place_id"])
        texts = dict(zip(self.articles["article_id"], self.articles["text"], strict=True))
        spans = zip(*(self.toponyms[column] for column in ("article_id", "passage_start", "passage_end")), strict=True)
        flat = self.toponyms.assign(
            **{
                name: (of_places[name].fillna("") if PLACE_COLUMNS[name] == "str" else of_places[name]).array
                for name in names
            },
            passage=[texts[article_id][start:end] for article_id, start, end in spans],
        )
        return flat[list(FLAT_COLUMNS)].astype(dict(FLAT_COLUMNS))

    def to_json_lines(self) -> Iterator[str]:
        """Yield each row of the flat table as a line of JSON, without its line end."""
        return json_lines(self.to_flat())

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write the flat table in the format of the suffix, or the whole atlas for ``.gpkg``.

        The same atlas gives the same bytes.

        Parameters
        ----------
        path : path
            A file that ends in one of :data:`~geo.atlas.EXPORT_SUFFIXES`.

        Raises
        ------
        OutputError
            If the suffix is another, or the file cannot be written; a file
            that was there is then as it was.
        """
        if Path(path).suffix.lower() == ".gpkg":
            self.save(path)
        else:
            write_flat(self.to_flat(), Path(path))


def _table(rows: Iterable[tuple[Any, ...]], columns: Mapping[str, str]) -> pd.DataFrame:
    # As objects: what they may not be is told by the checks, and not by pandas' guess at a dtype.
    return pd.DataFrame(list(rows), columns=list(columns), dtype=object)


def _article_row(article: Article) -> tuple[Any, ...]:
    return (
        article.id,
        article.title,
        article.text,
        article.source,
        article.url,
        article.publisher,
        pd.NaT if article.published is None else pd.Timestamp(article.published),
        article.published_inferred,
        article.language,
    )


def _toponym_row(found: Toponym, passage: tuple[int, int]) -> tuple[Any, ...]:
    mention = found.mention
    return (
        mention.article_id,
        mention.start,
        mention.end,
        mention.text,
        mention.role,
        found.place.id if found.place else "",
        found.score,
        found.reason,
        found.matched_name,
        *passage,
        json.dumps([_alternative(runner_up) for runner_up in found.alternatives], ensure_ascii=False),
    )


def _alternative(runner_up: Alternative) -> dict[str, str | float]:
    place = runner_up.place
    return {
        "place_id": place.id,
        "name": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "country_code": place.country_code,
        "admin1": place.admin1,
        "feature_code": place.feature_code,
        "score": runner_up.score,
    }


def _place_row(place: Place) -> tuple[Any, ...]:
    return (
        place.id,
        place.name,
        place.lon,
        place.lat,
        place.country_code,
        place.admin1,
        place.admin2,
        place.feature_class,
        place.feature_code,
        place.population,
        place.source,
        place.licence,
    )
