"""The records that pass between stages.

All are frozen: a stage makes new records and changes none that it was given.
Offsets are half-open character positions into :attr:`Article.text`, so that
``article.text[mention.start:mention.end] == mention.text``. Coordinates are
degrees in EPSG:4326, longitude first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, get_args, runtime_checkable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

Role = Literal["literal", "metonym", "demonym", "embedded"]
"""What a place name does in its sentence, after Gritta, Pilehvar and Collier,
"A pragmatic guide to geoparsing evaluation" (2020):

- ``literal``: the place itself, where something is or happens;
- ``metonym``: what the place stands for (Moscow for its government);
- ``demonym``: people or things named after the place (Russian, Ukrainians);
- ``embedded``: part of another name (Bank of England).
"""

ROLES: tuple[Role, ...] = get_args(Role)

NameKind = Literal[
    "official",
    "alternate",
    "abbreviation",
    "code",
    "demonym",
    "former",
    "site",
    "given",
    "derived",
    "close",
    "coordinates",
]
"""How a name belongs to a place.

- ``official``: the name the place goes by in English;
- ``alternate``: another name or spelling that is in use;
- ``abbreviation``: a short form of the press (U.S., Calif.);
- ``code``: a code that only rarely is meant as a name (airport codes, "IT");
- ``demonym``: an adjective or the name of the inhabitants;
- ``former``: a name it had (Leningrad);
- ``site``: an institution or building that stands for the place it is in;
- ``given``: a name of the user's own places, which win over all others;
- ``derived``: found after a word was left out ("northern Kursk region");
- ``close``: nothing bears the name as it is spelled, and this is the nearest spelling;
- ``coordinates``: no name, but the position itself.
"""


@dataclass(frozen=True, slots=True)
class Article:
    """One text to read.

    ``id`` is the same on every run and machine: the one given, or a digest of
    the content. ``title`` is given, or the text's own first line; ``text`` is
    what offsets count in. ``published_inferred`` says that the date was read
    from the text and not stated by its source. ``mentions`` are the spans to
    resolve, half-open offsets into ``text`` in any order and overlapping or
    not, where somebody else has marked them; None where they are to be found.
    """

    id: str
    title: str
    text: str
    source: str = ""
    url: str = ""
    publisher: str = ""
    published: dt.date | None = None
    published_inferred: bool = False
    language: str = ""
    mentions: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a place in an article, and what it does there."""

    article_id: str
    start: int
    end: int
    text: str
    role: Role = "literal"


@dataclass(frozen=True, slots=True)
class Place:
    """A place on Earth.

    ``id`` is ``geonames:703448`` wherever GeoNames has the place, else a code
    of its own source (``iso3166-2:RU-KRS``, ``dateline:donbas``). ``lon`` and
    ``lat`` are the representative point. ``country_code`` is ISO 3166-1
    alpha-2, empty for what lies in no single country; ``admin1`` and
    ``admin2`` are the English names of the first- and second-order divisions
    it lies in (of itself, for such a division). ``feature_class`` and
    ``feature_code`` are GeoNames' (P/PPLC, A/ADM1, H/SEA). ``population`` is
    a count, 0 where unknown.
    """

    id: str
    name: str
    lon: float
    lat: float
    country_code: str = ""
    admin1: str = ""
    admin2: str = ""
    feature_class: str = ""
    feature_code: str = ""
    population: int = 0
    source: str = "GeoNames"
    licence: str = "CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can mean, and through which name it was found.

    ``trust`` in [0, 1] is how far the name alone speaks for the place: 1 for
    an official name, little for an airport code or a name that only a few
    languages use. ``prominence`` counts the names under which the gazetteer
    knows the place, a measure of how much is written about it. ``language``
    is the code of the name's language (ISO 639, as CLDR and GeoNames write
    it), empty where it is not known.
    """

    place: Place
    matched_name: str
    kind: NameKind = "official"
    trust: float = 1.0
    prominence: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A runner-up: a place that was not chosen and its probability."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention and the place it means.

    ``place`` is None where none is known or none is likely enough. ``score``
    is the probability that ``place`` is meant; ``reason`` says in words why;
    ``alternatives`` are the next likeliest, best first.
    """

    mention: Mention
    place: Place | None
    score: float = 0.0
    reason: str = ""
    matched_name: str = ""
    alternatives: tuple[Alternative, ...] = ()


class NameIndex(Protocol):
    """What recognition and resolution ask of a gazetteer.

    A stage is handed one and never imports the gazetteer.
    """

    def normalise(self, name: str) -> str:
        """Return the key under which `name` is looked up."""
        ...

    def profile(self, name: str) -> frozenset[str]:
        """Return what kinds of place bear `name`; see ``Gazetteer.profile``."""
        ...

    def lookup(self, name: str) -> Sequence[Candidate]:
        """Return the places that `name` can mean, likeliest name match first."""
        ...


@runtime_checkable
class QuickNameIndex(Protocol):
    """What a gazetteer may offer besides :class:`NameIndex`, so that recognition asks less often and for less."""

    def profile_many(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return what ``profile`` says of each of `names`."""
        ...

    def bears(self, name: str, feature_code: str, *, trust: float = 0.0) -> bool:
        """Return whether a place of this feature code bears exactly `name`, with `trust` in [0, 1] or more."""
        ...


@runtime_checkable
class Recogniser(Protocol):
    """Finds the mentions in an article. A third party can write one."""

    def recognise(self, article: Article) -> tuple[Mention, ...]:
        """Return the mentions of `article` in the order of the text, not overlapping."""
        ...
