"""What an earlier page or atlas had, so that a later page can show what is new.

A passage is known by the place that it names and by its own words, not by its
article: where an article is corrected, what was read before is not new again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import DatelineError, InputError, NoSuchInput
from maps.carrying import carried
from maps.tables import cell_text

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from maps.tables import AtlasTables

PAGES = (".html", ".htm")
ATLAS = ".gpkg"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What there was before.

    Parameters
    ----------
    name : str
        What it is called on the later page: the name of its file.
    places : frozenset of str
        The ids of the places that were named.
    passages : frozenset of tuple of str
        Of each passage the id of its place and its words.
    """

    name: str
    places: frozenset[str]
    passages: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, name: str, passages: Iterator[tuple[str, str]]) -> Earlier:
        """Return what there was in `passages`, pairs of a place's id and the passage's words."""
        known = frozenset((place, _words(text)) for place, text in passages if place)
        return cls(name, frozenset(place for place, _ in known), known)

    def had(self, place: str, passage: str) -> bool:
        """Return whether the passage was there, however its lines were broken."""
        return (place, _words(passage)) in self.passages


def read_earlier(path: str | os.PathLike[str]) -> Earlier:
    """Return what an earlier page or a saved atlas has.

    Parameters
    ----------
    path : path
        A page that `dateline map` wrote, an atlas that `Atlas.save` wrote
        (``.gpkg``), or a folder that holds one such atlas.

    Raises
    ------
    NoSuchInput
        If there is nothing at `path`.
    InputError
        If it is neither, or damaged.
    """
    given = Path(path)
    if not given.exists():
        raise NoSuchInput(
            f"{given} does not exist, so there is nothing to compare with; check the path, or leave --since away"
        )
    source = _atlas_in(given) if given.is_dir() else given
    suffix = source.suffix.lower()
    if suffix not in (*PAGES, ATLAS):
        raise InputError(f"{given} is no earlier page or atlas; name one that ends in {', '.join((*PAGES, ATLAS))}")
    try:
        found = _of_page(source.read_text(encoding="utf-8")) if suffix in PAGES else _of_atlas(source)
        return Earlier.of(source.name, found)
    except OSError as error:
        told = error.strerror or error
        raise InputError(f"{given} cannot be read: {told}; check the path and your rights") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{given} is no page that dateline wrote: it is not UTF-8; name another one") from error
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise InputError(
            f"{given} is a page of another version of dateline, which cannot be compared with; make it anew first"
        ) from error
    except DatelineError as error:
        raise InputError(f"{given} cannot be compared with. {error}") from error


def _atlas_in(folder: Path) -> Path:
    found = sorted(folder.glob(f"*{ATLAS}"))
    if len(found) != 1:
        raise InputError(
            f"{folder} is a folder that holds {len(found) or 'no'} saved atlas{'es' if len(found) > 1 else ''} "
            f"(*{ATLAS}); name the page or the atlas itself"
        )
    return found[0]


def _of_page(page: str) -> Iterator[tuple[str, str]]:
    data = carried(page)
    texts = [article["text"].encode("utf-16-le", "surrogatepass") for article in data["articles"]]
    places = [place["id"] for place in data["places"]]
    columns = data["mentions"]
    spans = zip(*(columns[name] for name in ("article", "place", "passageStart", "passageEnd")), strict=True)
    # The page counts UTF-16 code units, which are two bytes each.
    return iter(
        [
            (places[place], texts[article][2 * start : 2 * end].decode("utf-16-le", "surrogatepass"))
            for article, place, start, end in spans
            if place >= 0
        ]
    )


def _of_atlas(path: Path) -> Iterator[tuple[str, str]]:
    from geo.atlas import Atlas  # noqa: PLC0415 - a page is compared with more often, and needs no geopandas

    return passages_of(Atlas.open(path))


def passages_of(tables: AtlasTables) -> Iterator[tuple[str, str]]:
    """Yield the place's id and the words of the passage of each mention in `tables`."""
    rows = tables.articles[["article_id", "text"]]
    texts = {cell_text(key): cell_text(text) for key, text in rows.itertuples(index=False)}
    rows = tables.toponyms[["article_id", "place_id", "passage_start", "passage_end"]]
    for article, place, start, end in rows.itertuples(index=False):
        yield cell_text(place), texts[cell_text(article)][int(start) : int(end)]


def _words(passage: str) -> str:
    return " ".join(passage.split())
