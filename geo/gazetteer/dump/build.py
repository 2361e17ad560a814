"""Builds the index of a GeoNames dump on top of the embedded one.

Where both have a place, the embedded index keeps its name for the press, its
divisions and its names with their trust, since the models are trained with
them, and gains what the dump knows besides.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError, OutputError
from geo.gazetteer.dump.files import DumpFolder, Step, find_dump
from geo.gazetteer.dump.intake import FIRST_STEP, Intake, newest_file
from geo.gazetteer.dump.merging import Watch, begun, release
from geo.gazetteer.index import Gazetteer
from geo.gazetteer.storage import EMBEDDED, replaced_whole
from geo.gazetteer.store import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


ROOM = 3
"""Free disk that a build needs, in sizes of the dump unpacked: measured at 1.9 on a dump of a million places for the
index and what is staged, and SQLite sorts and packs in files of its own."""

_ABANDONED = dt.timedelta(days=1)
"""After this long without a change, the files of a build that was killed are removed by the next one."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was built.

    ``places`` and ``names`` count what the index holds, ``new_places`` those
    that the embedded index lacks, ``joined`` those of our own tables that the
    dump has as well. ``rows`` are the lines that were read, ``malformed``
    those among them that could not be, ``problems`` where the first of them
    are. ``lost`` says what was missing in the dump and what that costs.
    ``dump_date`` is the day of its newest change, in ISO 8601.
    """

    target: Path
    places: int
    new_places: int
    names: int
    joined: int
    rows: int
    malformed: int
    problems: tuple[str, ...]
    lost: tuple[str, ...]
    dump_date: str
    seconds: float
    size: int


def build_from_dump(
    folder: Path, target: Path, *, base: Path = EMBEDDED, progress: Callable[[Step], None] = lambda _: None
) -> Report:
    """Write an index of all places of GeoNames' dump and of the embedded index.

    Parameters
    ----------
    folder
        The folder with the files of the dump (:mod:`geo.gazetteer.dump.files`).
    target
        The file to write. What stands there is replaced only when the new one is whole.
    base
        The embedded index.
    progress
        Told several times a second how far it has come. What it raises ends the build.

    Raises
    ------
    NoSuchInput
        If there is no such folder.
    InputError
        If it holds no dump, or a file in it is none of GeoNames' or damaged.
    NoGazetteer
        If there is no index at `base`.
    OutputError
        If the index cannot be written.
    """
    began = time.monotonic()
    dump = find_dump(folder)
    if target.exists() and base.exists() and target.samefile(base):
        raise InputError(f"{target} is the index to build upon, and would be lost; name another file to write")
    with Gazetteer.open(base) as embedded:
        extends = embedded.about()["digest"]
    with replaced_whole(target) as part:
        _clear_abandoned(target)
        _check_room(dump, target.parent)
        with _scratch(target) as scratch:
            intake, counts = _build(dump, part, base=base, extends=extends, scratch=scratch, progress=progress)
        size = part.stat().st_size
    places, names, new, joined = counts
    return Report(
        target=target,
        places=places,
        new_places=new,
        names=names,
        joined=joined,
        rows=intake.rows_read,
        malformed=intake.malformed.count,
        problems=tuple(intake.malformed.first),
        lost=dump.lost,
        dump_date=intake.newest,
        seconds=time.monotonic() - began,
        size=size,
    )


def _check_room(dump: DumpFolder, folder: Path) -> None:
    """Refuse a build for which the disk has no room, before the work that it would lose."""
    size = sum(file.size for file in dump.files)
    if shutil.disk_usage(folder).free < ROOM * size:
        raise OutputError(
            f"{folder} has no room for the index: while it is built, it needs about {ROOM * size / 1e9:.1f} GB, and "
            f"{_free(folder)} are free; make room, or name a file on another disk"
        )


def _free(folder: Path) -> str:
    return f"{shutil.disk_usage(folder).free / 1e9:.1f} GB"


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """Give a folder beside `target`, where there is room, and remove it in the end."""
    try:
        folder = tempfile.mkdtemp(dir=target.parent, prefix=f"{target.name}.", suffix=".building")
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}; write it in a folder of your own") from error
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(
    dump: DumpFolder, part: Path, *, base: Path, extends: str, scratch: Path, progress: Callable[[Step], None]
) -> tuple[Intake, tuple[int, int, int, int]]:
    progress(FIRST_STEP)
    # The statements report through the intake, which there is only once the first of them has run.
    watch = Watch(lambda: intake.report() if intake else None)
    intake: Intake | None = None
    try:
        with begun(part, base, scratch, watch) as index:
            intake = Intake.begin(index, dump, progress)
            divisions = intake.read_tables()
            intake.read_places(divisions)
            intake.read_alternates()
            intake.read_hierarchy()
            intake.newest = intake.newest or newest_file(dump)
            new, joined = intake.write(divisions)
            (places,) = index.execute("SELECT count(*) FROM place").fetchone()
            (names,) = index.execute("SELECT count(*) FROM name").fetchone()
            intake.describe_source()
            release(index)
            (scratch / "staging.sqlite").unlink()
            intake.tell("packing the index")
            finish(index, {
                "extends": extends,
                "dump_date": intake.newest,
                "dump_files": ", ".join(file.path.name for file in dump.files),
                "dateline": _own_version(),
            })  # fmt: skip
    except sqlite3.Error as error:
        if watch.raised is not None:
            raise watch.raised from None
        raise OutputError(
            f"the index could not be written in {part.parent}: {error}; {_free(part.parent)} are free there, and "
            "the old gazetteer is as it was"
        ) from error
    return intake, (places, names, new, joined)


def _own_version() -> str:
    try:
        return version("dateline")
    except PackageNotFoundError:  # a checkout that is not installed
        return ""


def _clear_abandoned(target: Path) -> None:
    """Remove what builds of `target` left that were killed; they can be as large as the index itself."""
    latest = time.time() - _ABANDONED.total_seconds()
    for suffix in ("building", "part"):
        for left in target.parent.glob(f"{target.name}.*.{suffix}"):
            if left.stat().st_mtime < latest:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
