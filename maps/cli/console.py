"""Says things in the terminal: messages and progress on standard error, data on standard output."""

# ruff: noqa: PLC0415
# Imports stand where they are needed, so that --help does not wait for rich.

from __future__ import annotations

import functools
import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

VERBOSE = f"{__name__}.verbose"


def _verbosely(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's
    if asked:
        ctx.meta[VERBOSE] = True  # shared by the contexts of all commands
        logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(name)s: %(message)s")


verbose_option = click.option(
    *("-v", "--verbose"),
    is_flag=True,
    expose_value=False,
    callback=_verbosely,
    help="Show what is done and, if it fails, where.",
)


def progress_bar() -> Callable[[Iterable[Any]], Iterable[Any]]:
    """Return what shows in the terminal how far a loop over articles has come; elsewhere it shows nothing."""
    if not sys.stderr.isatty():
        return iter
    from rich.console import Console
    from rich.progress import track

    return functools.partial(track, description="Reading", console=Console(stderr=True), transient=True)


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 article", "2,000 articles"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def print_data(lines: Iterable[str]) -> None:
    """Write lines to standard output, in UTF-8 whatever the machine's locale."""
    stdout = sys.stdout.buffer
    for line in lines:
        stdout.write(line.encode() + b"\n")
    stdout.flush()


def say(message: str) -> None:
    """Print `message` to standard error as one line, without what a terminal would take for a command."""
    line = "".join(character if character.isprintable() else " " for character in message)
    click.echo(" ".join(line.split()), err=True)


def fail(ctx: click.Context, error: BaseException, message: str) -> None:
    """Say why the command failed, where too if that was asked for, and end it with the status 1."""
    if ctx.meta.get(VERBOSE):
        traceback.print_exception(error)
    say(f"error: {message}")
    ctx.exit(1)
