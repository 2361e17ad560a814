"""Brings the files of GeoNames' dump to a folder: which ones, whether there is room, whether they are whole.

The dump is described in its own readme (https://download.geonames.org/export/dump/readme.txt). It is fetched as it
lies there, packed, so that a folder filled by hand looks the same.
"""

from __future__ import annotations

import shutil
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from geo.errors import GazetteerError
from geo.gazetteer.storage import DATA_VARIABLE, EMBEDDED, data_folder
from geo.gazetteer.transfer import Transfer, fetched_files, forget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

GEONAMES = "https://download.geonames.org/export/dump/"
"""Where GeoNames publishes its dump, anew every day."""

BUILD_PER_BYTE, BUILD_BASE = 20, 3
"""Bytes of disk that a build takes at its height: for each byte of packed places and names, which are about four
times as large unpacked, and for each byte of the embedded index."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of the dump.

    ``path`` is its place on the server and in the folder; ``member`` the text
    in it that counts, empty where it is a text itself; ``columns`` the least
    and the most fields, with tabs between them, that a line of it has.
    ``is_data`` says that it holds places or names, which go into the index,
    and ``may_be_empty`` that a country without a line in it is no mistake.
    """

    path: str
    member: str
    columns: tuple[int, int]
    is_data: bool = False
    may_be_empty: bool = False


def dump_folder() -> Path:
    """Return the folder that the dump is fetched to, which may not exist yet."""
    return data_folder() / "dump"


def files_of(countries: Sequence[str] = ()) -> tuple[RemoteFile, ...]:
    """Return the files of the dump for some countries.

    Parameters
    ----------
    countries
        ISO 3166-1 alpha-2 codes; none for all countries.
    """
    tables = (
        RemoteFile("countryInfo.txt", "", (19, 19)),
        RemoteFile("admin1CodesASCII.txt", "", (4, 4)),
        RemoteFile("admin2Codes.txt", "", (4, 4)),
        RemoteFile("hierarchy.zip", "hierarchy.txt", (2, 3)),
    )
    names = (8, 10)  # the two dates came later
    if not countries:
        return (
            *tables,
            RemoteFile("allCountries.zip", "allCountries.txt", (19, 19), is_data=True),
            RemoteFile("alternateNamesV2.zip", "alternateNamesV2.txt", names, is_data=True),
        )
    places = (RemoteFile(f"{code}.zip", f"{code}.txt", (19, 19), is_data=True) for code in countries)
    alternates = (
        RemoteFile(f"alternatenames/{code}.zip", f"{code}.txt", names, is_data=True, may_be_empty=True)
        for code in countries
    )
    return (*tables, *places, *alternates)


def download(
    folder: Path,
    countries: Sequence[str] = (),
    *,
    base: str = GEONAMES,
    transfer: Transfer | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> tuple[str, ...]:
    """Bring the files of the dump to `folder`; those that are there and have not changed are left as they are.

    Parameters
    ----------
    folder
        Where they are to lie; made where it lacks. Files of the dump that were
        fetched for other countries are removed from it.
    countries
        ISO 3166-1 alpha-2 codes; none for all countries.
    base
        The address of the dump's folder, GeoNames' own or a mirror's.
    transfer
        How files are fetched; by default with patience.
    progress
        Is called with a step ("fetching UA.zip", "checking UA.zip"), and how
        many of how many bytes of it are done (0: not known).

    Returns
    -------
    tuple of str
        The files that were fetched, as they are called on the server.

    Raises
    ------
    GazetteerError
        If `base` is no address, there is not enough room on the disk, or a
        file cannot be fetched or is damaged on the server. What has come so
        far is kept, and not fetched again the next time.
    """
    base = _checked(base)
    files = files_of(countries)
    with transfer or Transfer() as fetching:
        with _advised(base, folder):
            folder.mkdir(parents=True, exist_ok=True)
            _remove_others(folder, files)
            sizes = {}
            progress("asking how much it is", 0, 0)
            for file in files:
                sizes[file] = fetching.size(urljoin(base, file.path))
        _check_room(folder, sizes)
        with _advised(base, folder):
            return tuple(file.path for file in files if _bring(file, folder, base, fetching, progress))


def _checked(base: str) -> str:
    """Return the address of a folder, which ends in a slash."""
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise GazetteerError(
            f"{base} is no address to fetch the gazetteer from: it begins with https://, as {GEONAMES} does; "
            "for a folder on disk use: dateline gazetteer build FOLDER"
        )
    return base.rstrip("/") + "/"


@contextmanager
def _advised(base: str, folder: Path) -> Iterator[None]:
    """Say what to do when something fails."""
    try:
        yield
    except GazetteerError as error:
        raise GazetteerError(
            f"{error}; run the same command again, which goes on where it stopped, or fetch the files of {base} "
            "by other means into a folder and run: dateline gazetteer build FOLDER"
        ) from error
    except OSError as error:
        raise GazetteerError(
            f"{error.filename or folder} cannot be written: {error.strerror or error}; make room or name another "
            f"folder in {DATA_VARIABLE}, and run the same command again"
        ) from error


def _remove_others(folder: Path, files: Sequence[RemoteFile]) -> None:
    """Remove what was fetched for other countries, which would be built in with the rest."""
    wanted = {folder / file.path for file in files}
    for path in fetched_files(folder):
        if path not in wanted:
            forget(path)


def _check_room(folder: Path, sizes: dict[RemoteFile, int | None]) -> None:
    """Refuse what would fill the disk, before anything is fetched."""
    lacking = sum(max(0, (size or 0) - _there(folder / file.path)) for file, size in sizes.items())
    base = EMBEDDED.stat().st_size if EMBEDDED.is_file() else 0
    data = sum(size or 0 for file, size in sizes.items() if file.is_data)
    needed = lacking + BUILD_PER_BYTE * data + BUILD_BASE * base
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise GazetteerError(
            f"{folder} has not enough room: about {_readable(needed)} are needed and {_readable(free)} are free; "
            f"make room, name a folder on another disk in {DATA_VARIABLE}, or install fewer countries (--countries)"
        )


def _there(path: Path) -> int:
    """Return how many bytes of a file have been fetched."""
    part = path.with_name(f"{path.name}.part")
    return max((found.stat().st_size for found in (path, part) if found.is_file()), default=0)


def _readable(size: float) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"  # noqa: PLR2004 - the units themselves


def _bring(
    file: RemoteFile, folder: Path, base: str, fetching: Transfer, progress: Callable[[str, int, int], None]
) -> bool:
    """Bring one file, whole and of the right format; return whether it was fetched."""
    url, target = urljoin(base, file.path), folder / file.path
    target.parent.mkdir(exist_ok=True)
    problem = ""
    for _ in range(2):  # damage on the way, or on this disk, is mended by fetching it again
        fetched = fetching.fetch(url, target, progress=lambda *done: progress(f"fetching {file.path}", *done))
        problem = problem_of(target, file, progress=lambda *done: progress(f"checking {file.path}", *done))
        if not problem:
            return fetched
        forget(target)
    raise GazetteerError(f"{url} {problem}, twice: it is damaged there, or something on the way changes it")


def problem_of(path: Path, file: RemoteFile, *, progress: Callable[[int, int], None] = lambda *_: None) -> str:
    """Return what is wrong with a file that was fetched, in words that follow its name; empty if it is whole.

    The whole of a packed file is read and its checksums are compared; of a
    text, the first line that counts is looked at.
    """
    try:
        if not file.member:
            with path.open("rb") as text:
                return _format_problem(text, file)
        with zipfile.ZipFile(path) as packed:
            if file.member not in packed.namelist():
                return f"does not hold {file.member}"
            with packed.open(file.member) as text:
                problem = _format_problem(text, file)
            for name in packed.namelist():
                _read_through(packed, name, progress)
            return problem
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return "is a web page and no zip file" if _is_page(path) else "is no whole zip file"


def _read_through(packed: zipfile.ZipFile, name: str, progress: Callable[[int, int], None]) -> None:
    """Read a member to its end, where its checksum is compared."""
    size = packed.getinfo(name).file_size
    done = 0
    with packed.open(name) as member:
        while chunk := member.read(_CHUNK):
            done += len(chunk)
            progress(done, size)


def _format_problem(text: IO[bytes], file: RemoteFile) -> str:
    line = b"#"
    while line.startswith(b"#"):  # countryInfo.txt begins with what its columns are
        line = text.readline(_CHUNK)
    if not line:
        return "" if file.may_be_empty else "is empty"
    if line.lstrip().startswith(b"<"):
        return "is a web page and not the file"
    least, most = file.columns
    found = line.count(b"\t") + 1
    name = file.member or PurePosixPath(file.path).name
    return "" if least <= found <= most else f"has not the format of {name}: {found} columns instead of {most}"


def _is_page(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(_CHUNK).lstrip().startswith(b"<")
