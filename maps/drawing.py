"""Atlas → folium.Map."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import folium
from folium.template import Template

from geo.errors import OutputError
from maps.basemap import country_names, world_base64
from maps.page import Page
from maps.payload import as_json, payload
from maps.tables import check
from maps.tiles import find_tiles, tiles_of
from maps.title import title_of

if TYPE_CHECKING:
    from xyzservices import TileProvider  # type: ignore[import-untyped]

    from maps.since import Earlier
    from maps.tables import AtlasTables
    from maps.tiles import Tiles


def draw(
    atlas: AtlasTables,
    *,
    title: str | None = None,
    since: Earlier | None = None,
    tiles: str | TileProvider | None = None,
) -> ReadingMap:
    """Draw an atlas as a map to read its articles by.

    Parameters
    ----------
    atlas : geo.atlas.Atlas
        Or anything with its tables `articles`, `toponyms` and `places`, whose
        columns are listed in `maps.tables.COLUMNS`.
    title : str, optional
        The heading of the page; without one it says how many articles there
        are and when they were published, as in "13 articles, 1991–2025".
    since : maps.since.Earlier, optional
        What an earlier page or atlas had, as `maps.since.read_earlier` reads
        it; what has come since is marked as new and can be shown alone.
    tiles : str or xyzservices.TileProvider, optional
        Online tiles to lay under the marks, by their name at xyzservices
        (``OpenStreetMap.Mapnik``). Whoever opens the page asks that provider
        for images; without it the page asks nobody.

    Returns
    -------
    ReadingMap
        A `folium.Map` whose `save` writes the page as one file.

    Raises
    ------
    AtlasError
        Where tables or columns are missing; all that are wrong are named.
    InputError
        Where there are no such tiles, or they need a key.

    Examples
    --------
    >>> import geo, maps
    >>> atlas = geo.geoparse(geo.read("seeds"))  # doctest: +SKIP
    >>> maps.draw(atlas, title="January").save("map.html")  # doctest: +SKIP
    """
    check(atlas)
    heading = title_of(atlas.articles) if title is None else title
    laid = None if tiles is None else find_tiles(tiles) if isinstance(tiles, str) else tiles_of(tiles)
    data = payload(atlas, title=heading, countries=country_names(), since=since)
    return ReadingMap(data if laid is None else data | {"tiles": laid.as_data()}, tiles=laid)


class ReadingMap(folium.Map):
    """A folium map that is the page of an atlas.

    Layers of folium's that are vectors (`GeoJson`, `Circle`, `PolyLine`, …)
    can be added and work without a network. Those that need more bring it
    themselves: tile layers and plugins load what they name, and `Popup`,
    `Icon` and plain `Marker` expect jQuery, Bootstrap and Leaflet's images,
    which ``add_js_link`` and ``add_css_link`` can add. The page's
    Content-Security-Policy then allows exactly what was added.
    """

    # The page brings all that the map itself needs; see maps/page.py.
    _template = Template(
        "{% macro header(this, kwargs) %}{% endmacro %}"
        "{% macro html(this, kwargs) %}{% endmacro %}"
        "{% macro script(this, kwargs) %}{% endmacro %}"
    )

    def __init__(self, data: dict[str, Any], *, tiles: Tiles | None = None) -> None:
        super().__init__(tiles=None)
        # Each map its own lists, since folium's add_js_link and add_css_link change them in place.
        self.default_js = []
        self.default_css = []
        self._id = "atlas"  # branca's is random, and the same atlas shall give the same bytes
        page = Page(
            title=data["title"],
            atlas=as_json(data),
            world=world_base64(),
            map_id=self.get_name(),
            images=() if tiles is None else tiles.hosts,
        )
        page.add_child(self)

    def save(self, outfile: str | bytes | Path | BinaryIO, close_file: bool = True, **kwargs: Any) -> None:  # noqa: ANN401, FBT001, FBT002 - the signature is folium's
        """Write the page to `outfile`, a path or a binary file.

        At a path the page is written beside it and then moved into its place,
        so that there is never half a page.

        Raises
        ------
        OutputError
            Where nothing can be written there.
        """
        if not isinstance(outfile, str | bytes | Path):
            super().save(outfile, close_file=close_file, **kwargs)
            return
        path = Path(os.fsdecode(outfile))
        content = self.get_root().render(**kwargs).encode("utf-8")
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("xb") as file:
                file.write(content)
            part.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink()
            raise OutputError(
                f"The page cannot be written to {path}: {error.strerror}. "
                "Choose a file in a folder that exists and that you may write to."
            ) from error
