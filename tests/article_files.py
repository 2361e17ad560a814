"""Small files and texts, and what reading makes of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from geo.articles import read

if TYPE_CHECKING:
    from geo.errors import InputError


def write(folder, **files):
    """Write files named by keyword, with ``__`` for the dot of the suffix."""
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read_with_problems(*sources):
    problems: list[InputError] = []
    articles = read(*sources, on_problem=problems.append)
    return articles, [str(problem) for problem in problems]


def read_text(text):
    [article] = read(io.StringIO(text))
    return article
