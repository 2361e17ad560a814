"""Short articles of our own for the ranker: what every reader knows and the corpora hardly hold.

The corpora are local American newspapers and world news. What a bare "Paris"
means, what the word "region" beside a name says, that a river may be called
like a town: of that they have few examples. These are made from the
gazetteer's own facts by a few plain sentences, the same each time.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import cycle
from typing import TYPE_CHECKING

from geo.types import Article, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Told = tuple[Article, tuple[Mention, ...], tuple[str, ...]]
"""An article, its mentions, and the id of the place that each means."""

_BARE = (
    "Talks were held in {} on Monday.",
    "It rained in {} all week.",
    "She moved to {} two years ago.",
    "The trial opened in {} after a long delay.",
    "{} woke to snow.",
    "Prices rose again in {}.",
)
_REGION = (
    "Officials in the {} region ordered an evacuation.",
    "Fighting went on in {} province.",
    "Farmers across the {} region wait for rain.",
    "The governor of the {} region resigned.",
)
_TOWN = ("Drones hit the city of {} overnight.", "The mayor of the town of {} resigned.", "Buses in {} city stopped.")
_RIVER = (
    "The {} fell below one meter for the first time.",
    "Boats sank on the {} after the storm.",
    "The {} rose above its banks.",
)
_LAND = ("Hunger is spreading across the {}.", "Drought has reached the {}.", "Herders of the {} lost their cattle.")
_PAIR = (
    "Trains between {} and {} were late.",
    "The road from {} to {} is open again.",
    "Protests in {} spread to {} on Friday.",
)

_CITIES = """SELECT name, id, country_code FROM place WHERE feature_class = 'P' AND id > 0
AND (population >= 700000 OR feature_code = 'PPLC') ORDER BY population DESC, id LIMIT 700"""
_COUNTRIES = "SELECT p.name, p.id FROM country c JOIN place p ON p.id = c.place ORDER BY c.code"
_NESTED = """SELECT t.name, a.id, t.id FROM place a JOIN division d ON d.place = a.id
JOIN name n ON n.place = a.id AND n.trust >= 90 JOIN name m ON m.key = n.key AND m.trust >= 90
JOIN place t ON t.id = m.place AND t.feature_class = 'P' AND t.admin1 = a.admin1 AND t.country_code = a.country_code
WHERE a.feature_code = 'ADM1' AND t.population >= 100000 GROUP BY a.id ORDER BY t.population DESC, a.id LIMIT 300"""
_OWN = """SELECT p.name, o.id FROM place p JOIN own_id o ON o.place = p.id JOIN name n ON n.place = p.id
JOIN name m ON m.key = n.key AND m.place != p.id JOIN source s ON s.id = p.source AND s.key = 'dateline'
WHERE p.feature_code = ? GROUP BY p.id HAVING count(DISTINCT m.place) > 0 ORDER BY o.id LIMIT 250"""


def plain_articles(index: Path) -> Iterator[Told]:
    """Yield the articles, made from the index at `index`."""
    with closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        cities = connection.execute(_CITIES).fetchall()
        countries = connection.execute(_COUNTRIES).fetchall()
        nested = connection.execute(_NESTED).fetchall()
        rivers = connection.execute(_OWN, ("STM",)).fetchall()
        lands = connection.execute(_OWN, ("RGN",)).fetchall()
    yield from _one_name(_BARE, ((name, f"geonames:{key}") for name, key, _ in cities))
    yield from _one_name(_BARE[:4], ((name, f"geonames:{key}") for name, key in countries))
    yield from _one_name(_REGION, ((name, f"geonames:{area}") for name, area, _ in nested))
    yield from _one_name(_TOWN, ((name, f"geonames:{town}") for name, _, town in nested))
    yield from _one_name(_RIVER, ((name.removesuffix(" River"), f"dateline:{key}") for name, key in rivers))
    yield from _one_name(_LAND, ((name, f"dateline:{key}") for name, key in lands))
    at_home: dict[str, list[tuple[str, str]]] = {}
    for name, key, code in cities:
        at_home.setdefault(code, []).append((name, f"geonames:{key}"))
    sentences = cycle(_PAIR)
    for country in at_home.values():
        for one, other in zip(country[::2], country[1::2], strict=False):
            yield _told(next(sentences), one, other)


def _one_name(sentences: Iterable[str], places: Iterable[tuple[str, str]]) -> Iterator[Told]:
    for sentence, place in zip(cycle(sentences), places, strict=False):
        yield _told(sentence, place)


def _told(sentence: str, *places: tuple[str, str]) -> Told:
    text, mentions = "", []
    parts = sentence.split("{}")
    identity = f"plain:{sentence}:{places[0][1]}"
    for part, (name, _) in zip(parts, places, strict=False):
        text += part
        mentions.append(Mention(identity, len(text), len(text) + len(name), name))
        text += name
    text += parts[-1]
    return Article(identity, "", text), tuple(mentions), tuple(place for _, place in places)
