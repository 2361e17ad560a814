"""Tells for each name what it means and why, as rows and as tables."""

# ruff: noqa: PLC0415
# Imports stand where they are needed, so that --help does not wait for rich.

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from geo.atlas import Atlas

_HOME_REGIONS = 3
"""How many divisions of a publisher's home are told."""

_HOME_SHARE = 0.2
"""Share of a publisher's articles from which a division or a country belongs to the home that is told."""

_RUNNERS_UP = 3
"""How many places that were not chosen are shown for a name."""

COLUMNS = ("article_id", "start", "end", "name", "role", "place_id", "place", "score", "reason", "else")


def explanations(flat: pd.DataFrame, toponyms: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Yield the fields of :data:`COLUMNS` for each mention, each in one line and without tabs."""
    for row, alternatives in zip(flat.to_dict("records"), toponyms["alternatives"], strict=True):
        runners_up = (
            f"{_where(alternative)} {alternative['score']:.2f}"
            for alternative in json.loads(alternatives)[:_RUNNERS_UP]
        )
        fields = (
            row["article_id"],
            row["start"],
            row["end"],
            row["text"],
            row["role"],
            row["place_id"],
            _where(row),
            f"{row['score']:.2f}",
            row["reason"],
            "; ".join(runners_up),
        )
        yield tuple(" ".join(str(field).split()) for field in fields)


def home_lines(homes: pd.DataFrame) -> Iterator[str]:
    """Yield a line for what was stated as the home, and one for each publisher that has one.

    It tells the divisions that many of its articles name something in, or the
    countries where no division is named so often.
    """
    stated = homes[homes["stated"]]
    if len(stated):
        where = (_where({**region, "name": region["place"]}) for region in stated.to_dict("records"))
        yield f"home as stated: {'; '.join(where)}"
    learned = homes[~homes["stated"]]
    for publisher, regions in learned.groupby("publisher", sort=True):
        often = regions[regions["articles"] >= _HOME_SHARE * regions["of"]]
        divisions = often[often["admin1"] != ""]
        shown = divisions if len(divisions) else often
        told = [
            f"{region.place} ({region.articles} of {region.of} articles)"
            for region in shown.head(_HOME_REGIONS).itertuples()
        ]
        yield f"home of {publisher}: {', '.join(told) or 'none; its articles name no region often'}"


def _where(place: dict[Any, Any]) -> str:
    """Return the name of a place with the division and the country that it lies in."""
    parts = (place["name"], place["admin1"], place["country_code"])
    return ", ".join(dict.fromkeys(part for part in parts if part))


def print_tables(atlas: Atlas) -> None:
    """Print a table for each article to the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    flat = atlas.to_flat()
    for article_id, title in zip(atlas.articles["article_id"], atlas.articles["title"], strict=True):
        here = flat["article_id"] == article_id
        table = Table(title=Text(title), title_justify="left")
        for heading in ("name", "role", "place", "score", "why", "or else"):
            table.add_column(heading, justify="right" if heading == "score" else "left")
        for _, _, _, name, role, _, place, score, reason, runners_up in explanations(flat[here], atlas.toponyms[here]):
            # As Text, since a name in brackets would be taken for markup.
            cells = (name, role, place or "not placed", score, reason, runners_up)
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
