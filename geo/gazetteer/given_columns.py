"""Which column of a user's table holds what, and what its words for kinds of places are in GeoNames' codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.gazetteer.names import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "name": (
        *("name", "toponym", "place_name", "name_en", "asciiname", "title", "label", "place", "location_name"),
        *(
            "locality",
            "settlement",
            "settlement_name",
            "village",
            "camp",
            "camp_name",
            "site_name",
            "site",
            "feature_name",
        ),
        "location",
    ),
    "lat": ("lat", "latitude", "y", "lat_dd", "latitude_dd", "y_coord", "gps_lat", "gps_latitude", "point_y"),
    "lon": (
        *("lon", "lng", "long", "longitude", "x", "lon_dd", "longitude_dd", "x_coord", "gps_lon", "gps_longitude"),
        "point_x",
    ),
    "geometry": ("geometry", "geom", "wkt", "the_geom", "shape", "wkt_geom"),
    "id": ("id", "place_id", "uid", "uuid", "pcode", "code", "site_id", "camp_id", "osm_id", "geonameid"),
    "country": (
        *(
            "country_code",
            "iso2",
            "iso_a2",
            "iso3166_1_alpha_2",
            "iso3",
            "iso_a3",
            "country",
            "country_name",
            "adm0_en",
        ),
        *("admin0", "adm0_name", "admin0name"),
    ),
    "admin1": (
        *("admin1", "admin1_name", "adm1_en", "adm1_name", "state", "province", "oblast", "region", "governorate"),
        *("department", "state_province"),
    ),
    "admin2": ("admin2", "admin2_name", "adm2_en", "adm2_name", "county", "district", "raion", "rayon"),
    "feature_class": ("feature_class", "fclass", "class", "geonames_class"),
    "feature_code": (
        *(
            "feature_code",
            "fcode",
            "geonames_code",
            "type",
            "place_type",
            "feature_type",
            "category",
            "kind",
            "site_type",
        ),
    ),
    "population": ("population", "pop", "inhabitants", "people", "population_total", "total_population"),
    "alternates": (
        *("alternates", "alt_names", "alt_name", "alternate_names", "alternative_names", "aliases"),
        *("alias", "other_names", "other_name", "aka", "also_known_as", "synonyms"),
    ),
}
"""What columns are usually called that hold each field, the surest first. Case, spaces and signs make no difference."""

_SIGN = re.compile(r"[\W_]+")

_WORDS: dict[str, str] = {
    "A/PCLI": "country",
    "A/ADM1": "state province oblast governorate admin1 voivodeship krai",
    "A/ADM2": "county district raion rayon admin2 prefecture",
    "A/ADM3": "municipality commune subdistrict admin3 hromada",
    "H/BAY": "bay",
    "H/CNL": "canal",
    "H/FLLS": "waterfall",
    "H/GULF": "gulf",
    "H/HBR": "harbour harbor",
    "H/LK": "lake",
    "H/RSV": "reservoir",
    "H/SEA": "sea",
    "H/SPNG": "spring",
    "H/STM": "river stream creek",
    "H/STRT": "strait",
    "H/SWMP": "swamp wetland marsh",
    "H/WAD": "wadi",
    "H/WLL": "well borehole",
    "L/AREA": "area zone sector polygon",
    "L/BTL": "battlefield",
    "L/FLD": "field",
    "L/LCTY": "locality",
    "L/MILB": "base",
    "L/PRK": "park",
    "L/PRT": "port",
    "L/RESV": "reserve",
    "L/RGN": "region",
    "P/PPL": "village town city hamlet settlement populated ppl community",
    "P/PPLC": "capital",
    "P/PPLX": "suburb neighbourhood neighborhood quarter",
    "R/RD": "road highway",
    "R/RR": "railway railroad",
    "R/ST": "street",
    "R/TNL": "tunnel",
    "R/TRL": "trail track",
    "S/AIRB": "airbase",
    "S/AIRF": "airfield airstrip",
    "S/AIRP": "airport",
    "S/ANS": "archaeological excavation",
    "S/BDG": "bridge",
    "S/BLDG": "building",
    "S/CH": "church",
    "S/CMP": "camp",
    "S/CMTY": "cemetery",
    "S/CSTL": "castle",
    "S/DAM": "dam",
    "S/FRM": "farm",
    "S/FT": "fort fortress",
    "S/HSP": "hospital",
    "S/HSPC": "clinic",
    "S/INSM": "trench trenches position dugout bunker stronghold strongpoint installation",
    "S/MFG": "factory plant",
    "S/MKT": "market",
    "S/MN": "mine",
    "S/MSQE": "mosque",
    "S/MSTY": "monastery",
    "S/PRN": "prison",
    "S/PSTB": "crossing",
    "S/PSTP": "checkpoint outpost post",
    "S/RSTN": "station",
    "S/RUIN": "ruin ruins",
    "S/SCH": "school",
    "T/BCH": "beach",
    "T/CAPE": "cape",
    "T/CAVE": "cave",
    "T/DSRT": "desert",
    "T/HLL": "hill height",
    "T/ISL": "island",
    "T/ISLS": "islands",
    "T/MT": "mountain peak mount",
    "T/MTS": "mountains range",
    "T/PASS": "pass",
    "T/PEN": "peninsula",
    "T/PLN": "plain",
    "T/PLAT": "plateau",
    "T/RDGE": "ridge",
    "T/VAL": "valley",
    "T/VLC": "volcano",
    "V/FRST": "forest wood",
}
"""GeoNames' class and code ← the words that clearly mean it (https://www.geonames.org/export/codes.html)."""

_PHRASES = {
    "refugee camp": "S/CMPRF",
    "idp camp": "S/CMPRF",
    "military base": "L/MILB",
    "air base": "S/AIRB",
    "archaeological site": "S/ANS",
    "power plant": "S/PS",
    "power station": "S/PS",
    "railway station": "S/RSTN",
    "train station": "S/RSTN",
    "populated place": "P/PPL",
    "border crossing": "S/PSTB",
}
_OF_WORD = {word: code for code, words in _WORDS.items() for word in words.split()} | _PHRASES
_CLASS_OF_CODE = {code: letter for letter, _, code in (one.partition("/") for one in _OF_WORD.values())}
_CLASS_OF_PREFIX = (("PPL", "P"), ("ADM", "A"), ("PCL", "A"))
_CLASSES = frozenset("AHLPRSTUV")
_CODE = re.compile(r"(?:([AHLPRSTUV])[./ ])?([A-Z]{2,5}[0-9]?H?)")


def columns_of(headings: Sequence[str], *, stated: Mapping[str, str], source: str) -> dict[str, str]:
    """Return which of `headings` holds each field.

    Parameters
    ----------
    headings
        The columns of a table.
    stated
        Field → column, as the user says; goes before :data:`USUAL_NAMES`.
    source
        The table's file, for messages.

    Raises
    ------
    InputError
        If a stated field or column is not there.

    Examples
    --------
    >>> columns_of(["VILLAGE", "Latitude", "Long."], stated={"name": "VILLAGE"}, source="a.csv")
    {'name': 'VILLAGE', 'lat': 'Latitude', 'lon': 'Long.'}
    """
    found: dict[str, str] = {}
    by_exact = {heading.strip(): heading for heading in reversed(headings)}
    by_bare = {_bare(heading): heading for heading in reversed(headings)}
    for field, column in stated.items():
        if field not in USUAL_NAMES:
            raise InputError(f"{field!r} is no field of a place; the fields are {', '.join(USUAL_NAMES)}")
        heading = by_exact.get(column.strip()) or by_bare.get(_bare(column))
        if heading is None:
            raise InputError(f"{source}: there is no column {column!r} for {field}; {told(headings)}")
        found[field] = heading
    for field, usual in USUAL_NAMES.items():
        left = (
            by_bare[bare] for bare in map(_bare, usual) if bare and by_bare.get(bare) not in {None, *found.values()}
        )
        if field not in found and (heading := next(left, None)) is not None:
            found[field] = heading
    return {field: found[field] for field in USUAL_NAMES if field in found}


def told(headings: Sequence[str]) -> str:
    """Return the words that say which columns a table has."""
    named = ", ".join(heading for heading in headings if heading.strip())
    return f"its columns are {named}" if named else "it has no columns"


def _bare(heading: str) -> str:
    return _SIGN.sub("", heading.casefold())


def feature(stated_class: str, stated_code: str, *, is_area: bool) -> tuple[str, str]:
    """Return GeoNames' class and code for what a table says of a place.

    Parameters
    ----------
    stated_class
        A class ("P"), a word, or nothing.
    stated_code
        A code ("PPL", "P.PPL"), a word ("village", "Refugee camp"), or nothing.
    is_area
        Whether the place has an area: then an unclear kind is L/AREA, else P/PPL.

    Examples
    --------
    >>> feature("", "Refugee camp", is_area=False)
    ('S', 'CMPRF')
    >>> feature("H", "LKS", is_area=True)
    ('H', 'LKS')
    """
    letter = stated_class.strip().upper()
    letter = letter if letter in _CLASSES else ""
    if found := _CODE.fullmatch(stated_code.strip()):
        own, code = found.groups()
        of_prefix = next((of for prefix, of in _CLASS_OF_PREFIX if code.startswith(prefix)), "")
        # In capitals words look like codes ("CAMP"), unless the class stands beside them.
        known = _CLASS_OF_CODE.get(code) or of_prefix
        if of := (known or own or ("" if normalise(code) in _OF_WORD else letter)):
            return of, code
    for words in (stated_code, stated_class):
        if (meant := _meant(normalise(words))) and (not letter or meant[0] == letter):
            return meant[0], meant[2:]
    if letter and letter != "P":
        return letter, "AREA" if letter == "L" else ""
    return ("L", "AREA") if is_area and not letter else ("P", "PPL")


def _meant(words: str) -> str:
    """Return class and code that `words`, normalised, mean: the whole, else the last known word of it."""
    if words in _OF_WORD:
        return _OF_WORD[words]
    for phrase, meant in _PHRASES.items():
        if phrase in words:
            return meant
    return next((_OF_WORD[word] for word in reversed(words.split()) if word in _OF_WORD), "")
