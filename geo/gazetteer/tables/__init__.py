"""The project's own tables: CSV that a person can read and extend, and the areas."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = Path(__file__).parent


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the table `name` (without suffix) as column → value."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
