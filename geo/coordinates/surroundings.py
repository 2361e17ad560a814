"""What stands around numbers and tells that they are no coordinates."""

from __future__ import annotations

import re

_REACH = 40
"""How many characters before a pair are looked at for a word that speaks of coordinates, and after it for units."""

_UNIT = re.compile(
    r"""[^\S\n]?-?(?:
        % | per\s?cent\b | [°º˚∘⁰]?\s?(?-i:[CFK])\b | (?:degrees?\s)?(?:celsius|fahrenheit|centigrade|kelvin)\b
      | (?:k|c|m)?m\b | (?:kilo|centi|milli)?met(?:re|er)s?\b | km/h | kph\b | mph\b | knots?\b
      | feet\b | foot\b | ft\b | inch(?:es)?\b | yards?\b | yds?\b | miles?\b | mi\b | acres?\b | hectares?\b
      | kg\b | kilos?\b | lbs?\b | pounds?\b | tons?\b | tonnes?\b | lit(?:re|er)s?\b
      | points?\b | pts?\b | votes?\b | goals?\b | runs?\b | million\b | billion\b | bn\b | times\b
      | seconds?\b | secs?\b | minutes?\b | mins?\b | hours?\b | hrs?\b | days?\b | years?\b
      | (?:to|against|per)\s(?:the\s|a\s)?(?:U\.?S\.?\s)?(?:dollars?|euros?|pounds?|yen|yuan|rubles?|hryvnias?)\b
      | dollars?\b | euros?\b | cents?\b | yen\b | USD\b | EUR\b | [€$£¥₴₽¢]
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:co-?ordinates?|coords?|GPS|GNSS|WGS|lat(?:itude)?|locat\w+|geotag\w*|geolocat\w*|grid)\b",
    re.IGNORECASE,
)
_STATISTICS = re.compile(
    r"\b(?:averag\w+|CI|confidence|correlations?|figures|index|intervals?|means?|medians?|odds|p-values?|probabilit\w+"
    r"|rang\w+|rates?|rati(?:o|os|ng|ngs)|scor(?:e|es|ed|ing)|sums?|totals?|trad(?:e|ed|ing)|values?|weigh(?:s|ed|ts?))\b",
    re.IGNORECASE,
)
_GRID_CUE = re.compile(r"\b(?:MGRS|USNG|(?:military|NATO)\sgrid|grid\s(?:reference|square)|GRID)\b", re.IGNORECASE)
_GRID_CUE_AFTER = re.compile(r"[^\S\n]?[(,][^\S\n]?(?:MGRS|USNG)\b")


def is_measured(text: str, end: int) -> bool:
    """Tell whether a unit of something else than a position follows at `end` (percent, Celsius, metres)."""
    return _UNIT.match(text, end) is not None


def speaks_of_coordinates(text: str, start: int) -> bool:
    """Tell whether a word shortly before `start` announces coordinates."""
    return _CUE.search(text, max(0, start - _REACH), start) is not None


def speaks_of_statistics(text: str, start: int) -> bool:
    """Tell whether a word shortly before `start` announces numbers of another kind (scores, rates, intervals)."""
    return _STATISTICS.search(text, max(0, start - _REACH), start) is not None


def is_set_off(text: str, start: int, end: int) -> bool:
    """Tell whether what stands from `start` to `end` has brackets around it or a line of its own."""
    line = text[text.rfind("\n", 0, start) + 1 : start], text[end : (text + "\n").index("\n", end)]
    brackets = text[start - 1 : start] + text[end : end + 1]
    return brackets in {"()", "[]"} or not any(part.strip() for part in line)


def speaks_of_grid(text: str, start: int, end: int) -> bool:
    """Tell whether the text says, shortly before `start` or right after `end`, that this is a grid reference."""
    before = _GRID_CUE.search(text, max(0, start - _REACH), start)
    return before is not None or _GRID_CUE_AFTER.match(text, end) is not None
