"""Where the gazetteer's files are: the embedded index, and what the user installs in a folder of their own.

The index that dateline is installed with is never changed. What a user
installs or builds lies in the user's data folder and is used in its place as
long as it is there. Files come to be beside their place and are renamed when
they are whole, so that whoever reads one sees the old or the new, never a part.
"""

# ruff: noqa: PLC0415
# Imports stand where they are needed: opening the gazetteer, which asks for current(), takes milliseconds.

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator

EMBEDDED = Path(__file__).with_name("gazetteer.sqlite")
"""The index that dateline is installed with."""

DATA_VARIABLE = "DATELINE_DATA"
"""The environment variable that names another data folder."""

INSTALLED_NAME = "gazetteer.sqlite"
_LOCK, _HOLDER = "gazetteer.lock", "gazetteer.lock.json"


def data_folder() -> Path:
    """Return the folder of the user's own data, which may not exist yet.

    It is the one that the environment names in ``DATELINE_DATA``, and without
    that the one that is usual on the system
    (``~/.local/share/dateline`` on Linux).
    """
    if named := os.environ.get(DATA_VARIABLE):
        # Not Path.expanduser, which raises where nobody is called what follows the tilde.
        return Path(os.path.expanduser(named)).absolute()  # noqa: PTH111
    import platformdirs

    return platformdirs.user_data_path("dateline", appauthor=False)


def installed_path() -> Path:
    """Return where the index that the user installs is, or would be."""
    return data_folder() / INSTALLED_NAME


def current() -> Path:
    """Return the index to be used: the user's own if there is one, else the embedded one."""
    installed = installed_path()
    try:
        return installed if installed.is_file() else EMBEDDED
    except OSError:  # a folder that the user may not look into holds nothing that the user installed
        return EMBEDDED


@contextmanager
def replaced_whole(target: Path) -> Iterator[Path]:
    """Give the path of a file to be written, which takes the place of `target` once it is whole.

    Parameters
    ----------
    target
        The file to be made or replaced. Its folder is made where it lacks.

    Yields
    ------
    Path
        A file beside `target`. When the block ends well, it is flushed to the
        disk and renamed to `target`; when it fails, it is removed and `target`
        stays as it was.

    Raises
    ------
    GazetteerError
        If the folder cannot be made or the file not renamed.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GazetteerError(
            f"{target.parent} cannot be made: {error.strerror}; name a folder of your own in {DATA_VARIABLE}"
        ) from error
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        yield part
        _flush(part)
        _rename(part, target)
    finally:
        part.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Have the system write a file to the disk, so that no power cut leaves its new name with half its content."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def _rename(part: Path, target: Path) -> None:
    try:
        part.replace(target)
    except OSError as error:
        in_use = "; another dateline may be using it: end it and try again" if sys.platform == "win32" else ""
        raise GazetteerError(f"{target} cannot be replaced: {error.strerror}{in_use}") from error


@contextmanager
def alone(work: str) -> Iterator[None]:
    """Let one process at a time change what lies in the data folder.

    The lock is the system's: it ends with the process that holds it, however
    that ends. Who holds it stands in a file beside, for the message alone.

    Parameters
    ----------
    work
        What is done meanwhile, in words that follow "is": "installing UA".

    Raises
    ------
    GazetteerError
        If another process is at work there, with what it does and since when.
    """
    import datetime as dt
    import json
    import platform

    import filelock

    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / _LOCK)
        lock.acquire(blocking=False)
    except filelock.Timeout as error:
        raise GazetteerError(
            f"{folder} is in use: {_holder(folder)}; wait until it is done, or end it, and try again"
        ) from error
    except OSError as error:
        raise GazetteerError(
            f"{folder} cannot be written in: {error.strerror}; name a folder of your own in {DATA_VARIABLE}"
        ) from error
    holder = folder / _HOLDER
    try:
        began = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        holder.write_text(
            json.dumps({"process": os.getpid(), "machine": platform.node(), "work": work, "began": began}),
            encoding="utf-8",
        )
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    """Return who is at work in a folder, in words."""
    import json

    try:
        told = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        return f"process {told['process']} on {told['machine']} is {told['work']} since {told['began']}"
    except (OSError, ValueError, KeyError, TypeError):  # it has just begun or ended
        return "another dateline is at work there"
