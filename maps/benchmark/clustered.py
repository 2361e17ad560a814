"""The map that folium makes of the same data: a MarkerCluster with a popup for each mention.

Its scripts come from content networks; the benchmark hands them over from npm
packages on disk and leaves its tiles empty, so that what is measured is the map
and not a network.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import folium
from folium.plugins import MarkerCluster

if TYPE_CHECKING:
    from pathlib import Path

    from maps.tables import AtlasTables

PACKAGES = ("leaflet@1.9.3", "leaflet.markercluster@1.1.0", "jquery@3.7.1")
"""What folium's page names, in the versions that folium 0.20 names."""

_FILES = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
}


def write_clustered(atlas: AtlasTables, path: Path) -> None:
    """Write folium's map of `atlas` to `path`: a marker for each placed mention, with its passage in a popup."""
    drawn = folium.Map(location=[20, 10], zoom_start=2)
    cluster = MarkerCluster()  # type: ignore[no-untyped-call]
    cluster.add_to(drawn)
    texts = dict(zip(atlas.articles["article_id"], atlas.articles["text"], strict=True))
    titles = dict(zip(atlas.articles["article_id"], atlas.articles["title"], strict=True))
    points = {row["place_id"]: (row["lat"], row["lon"]) for row in atlas.places.to_dict("records")}
    for row in atlas.toponyms.to_dict("records"):
        if row["place_id"] not in points:
            continue
        passage = texts[row["article_id"]][row["passage_start"] : row["passage_end"]]
        popup = folium.Popup(f"<b>{titles[row['article_id']]}</b><p>{passage}</p>", max_width=320)
        folium.Marker(points[row["place_id"]], popup=popup, tooltip=row["text"]).add_to(cluster)
    drawn.save(path)


def fetch_scripts(folder: Path) -> str:
    """Install `PACKAGES` into `folder` with npm; return why that did not work, or nothing."""
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *PACKAGES]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 - our own words
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else (done.stderr or done.stdout).strip()


def script_of(address: str, folder: Path) -> Path | None:
    """Return the file for an address that folium's page names, None for one that a map of markers does without."""
    name = address.rsplit("/", 1)[-1]
    if name.startswith("jquery"):
        return folder / "node_modules/jquery/dist/jquery.min.js"
    return folder / "node_modules" / _FILES[name] if name in _FILES else None
