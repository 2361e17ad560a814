"""Refuses an output that could not be written, before the work that it would lose."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence


def check_suffix(output: Path, suffixes: Sequence[str]) -> None:
    """Refuse, as wrong usage, a file of which the name does not say the format."""
    if output.suffix.lower() not in suffixes:
        raise click.BadParameter(
            f"{output} does not end in {' or '.join(suffixes)}, which says the format to write",
            param_hint="-o",
        )


def check_output(output: Path, inputs: Sequence[str]) -> None:
    """Refuse an output that could not be written, before the work that it would lose."""
    try:
        obstacle = _obstacle(output)
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}; write it in a folder of your own") from error
    if obstacle:
        raise OutputError(f"{output} {obstacle}")
    for name in inputs:
        if name != "-":
            _check_apart(output, Path(name))


def _obstacle(output: Path) -> str:
    """Return what makes `output` no file to be written and what to do, or ""; try to write beside it."""
    folder = output.resolve().parent
    if output.is_dir():
        return f"is a folder; name a file in it, such as {output / 'map.html'}"
    if output.exists() and not output.is_file():
        return "is no file that can be replaced; name another one"
    if not folder.is_dir():
        return f"cannot be written: there is no folder {folder}; make it first"
    with tempfile.TemporaryFile(dir=folder):
        pass
    if output.exists() and not os.access(output, os.W_OK):
        return "may not be changed; name another file"
    return ""


def _check_apart(output: Path, given: Path) -> None:
    """Refuse an output that is an input, or that would be one the next time."""
    from geo.articles import SUFFIXES  # noqa: PLC0415 - reading is not needed for --help

    is_same = is_inside = False
    with contextlib.suppress(OSError):  # what is in the way is told when it is read
        is_same = output.exists() and given.exists() and output.samefile(given)
        is_inside = given.is_dir() and output.resolve().is_relative_to(given.resolve())
    if is_same:
        raise OutputError(f"{output} is what is to be read, and would be lost; write to another file")
    if is_inside and output.suffix.lower() in SUFFIXES:
        raise OutputError(f"{output} lies in {given}, where it would be read as an article; write it in another folder")
