"""Makes ``tables/admin2.csv``, the second-order divisions: counties, districts, raions.

The identifiers and names are GeoNames' (``admin2Codes.txt`` of its dump,
CC BY 4.0); the point is the mean of the division's populated places, which is
the nearest to GeoNames' own point that the data packages allow. Run by hand
when the pinned packages change::

    python -m geo.gazetteer.preparation.admin2 admin2Codes.txt
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path
from statistics import fmean

from geo.gazetteer.names import normalise
from geo.gazetteer.sources import City, cities
from geo.gazetteer.tables import TABLES

COLUMNS = ("geonames_id", "country_code", "admin1_code", "name", "lon", "lat", "population")
_GENERIC = {"raion", "rayon", "district", "county", "municipality", "province", "department", "oblast", "kreis"}


def _bare(name: str) -> str:
    words = normalise(name).split()
    return " ".join(word for word in words if word not in _GENERIC) or " ".join(words)


def main(codes: Path) -> None:
    """Write the table from GeoNames' list `codes` and the pinned packages."""
    members: dict[tuple[str, str, str], list[City]] = defaultdict(list)
    for city in cities():
        if city.admin2:
            members[city.country_code, city.admin1_code, _bare(city.admin2)].append(city)
    rows = []
    for line in codes.read_text(encoding="utf-8").splitlines():
        code, name, _ascii, geonames_id = line.split("\t")
        country_code, admin1_code, _ = code.split(".", 2)
        found = members.pop((country_code, admin1_code, _bare(name)), None)
        if found:
            lon, lat = fmean(c.lon for c in found), fmean(c.lat for c in found)
            people = sum(c.population for c in found)
            rows.append((int(geonames_id), country_code, admin1_code, name, f"{lon:.4f}", f"{lat:.4f}", people))
    with (TABLES / "admin2.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows))
    sys.stderr.write(f"{len(rows)} divisions written, {len(members)} without an identifier left out\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
