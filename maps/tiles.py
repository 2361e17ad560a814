"""Online tiles beneath the page's own marks, where a user asks for them; never by default."""

from __future__ import annotations

import difflib
import warnings
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import xyzservices  # type: ignore[import-untyped]
from xyzservices import providers

from geo.errors import InputError

NEAR = 3
"""How many names like one that is unknown are told."""

_NEEDS_REFERER = "openstreetmap.org"
"""OpenStreetMap's tiles refuse requests that do not say from which page they come
(https://operations.osmfoundation.org/policies/tiles/)."""

_MERCATOR = ("EPSG3857", "EPSG:3857", "")


@dataclass(frozen=True, slots=True)
class Tiles:
    """A provider of tiles as the page uses it.

    `credits` are the parts of its attribution as (text, address), the address
    empty for plain text; `hosts` the origins that its images come from.
    """

    name: str
    url: str
    subdomains: str
    credits: tuple[tuple[str, str], ...]
    min_zoom: int
    max_zoom: int
    tms: bool
    hosts: tuple[str, ...]

    @property
    def needs_referer(self) -> bool:
        """Whether the provider is known to refuse pages that are opened from disk."""
        return any(urlsplit(host).netloc.endswith(_NEEDS_REFERER) for host in self.hosts)

    def as_data(self) -> dict[str, Any]:
        """Return what the page needs to know, as JSON has it."""
        return {
            "name": self.name,
            "url": self.url,
            "subdomains": self.subdomains,
            "credits": [list(credit) for credit in self.credits],
            "minZoom": self.min_zoom,
            "maxZoom": self.max_zoom,
            "tms": self.tms,
        }


def find_tiles(name: str) -> Tiles:
    """Return the tiles of a provider of xyzservices.

    Parameters
    ----------
    name : str
        As xyzservices writes it, ``OpenStreetMap.Mapnik``; capitals, spaces,
        dots and dashes do not matter.

    Raises
    ------
    InputError
        Where there is no such provider, or it cannot be used: it needs a key,
        works no longer, or is in another projection.
    """
    known = providers.flatten()
    folded = {_fold(one): one for one in known}
    found = folded.get(_fold(name))
    if found is None:
        near = [folded[one] for one in difflib.get_close_matches(_fold(name), folded, n=NEAR, cutoff=0.5)]
        meant = f"Did you mean {' or '.join(near)}? " if near else ""
        raise InputError(
            f"No provider of tiles is called {name!r}. {meant}"
            "All are listed at https://xyzservices.readthedocs.io/en/stable/gallery.html."
        )
    return tiles_of(known[found])


def tiles_of(provider: xyzservices.TileProvider) -> Tiles:
    """Return the tiles of `provider`; raises InputError where the page cannot use it."""
    name = provider.get("name", "")
    if provider.requires_token():
        raise InputError(
            f"The tiles of {name} need a key, which would stand in the page for all to read. "
            "Choose a provider without one, such as OpenStreetMap.Mapnik or OpenTopoMap."
        )
    if provider.get("status") == "broken":
        raise InputError(f"The tiles of {name} are known to work no longer. Choose another provider.")
    if str(provider.get("crs", "")) not in _MERCATOR:
        raise InputError(
            f"The tiles of {name} are in {provider['crs']}; the map is in Web Mercator (EPSG:3857). "
            "Choose another provider."
        )
    with warnings.catch_warnings():
        # What it warns of has been looked at above.
        warnings.simplefilter("ignore")
        url = provider.build_url(x="{x}", y="{y}", z="{z}", scale_factor="{r}", fill_subdomain=False)
    subdomains = str(provider.get("subdomains", "abc"))
    hosts = [url.replace("{s}", letter) for letter in subdomains] if "{s}" in url else [url]
    return Tiles(
        name=name,
        url=url,
        subdomains=subdomains,
        credits=_credits(provider.get("html_attribution") or provider.get("attribution") or name),
        min_zoom=int(provider.get("min_zoom", 0)),
        max_zoom=int(provider.get("max_zoom", 18)),
        tms=bool(provider.get("tms", False)),
        hosts=tuple(sorted({_origin(host) for host in hosts})),
    )


def _fold(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme or 'https'}://{parts.netloc}"


def _credits(markup: str) -> tuple[tuple[str, str], ...]:
    """Return an attribution's texts with the addresses that they link to; the page makes no markup of it."""
    parts: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        address = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "a":
                address = dict(attrs).get("href") or ""
                self.address = address if urlsplit(address).scheme in {"http", "https"} else ""

        def handle_endtag(self, tag: str) -> None:
            if tag == "a":
                self.address = ""

        def handle_data(self, data: str) -> None:
            parts.append((data, self.address))

    reader = Reader(convert_charrefs=True)
    reader.feed(markup)
    reader.close()
    return tuple(parts)
