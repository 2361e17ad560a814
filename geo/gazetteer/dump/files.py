"""What a folder with GeoNames' dump holds, and the lines of its files.

The files have the names that GeoNames gives them, and are read as they come,
zipped or not::

    allCountries.txt | .zip             all places, or in its stead
    NL.txt | .zip, UA.txt | .zip, …     those of some countries
    no-country.txt | .zip               seas and what else lies in no country
    admin1CodesASCII.txt                the first-order divisions by their code
    admin2Codes.txt                     the second-order divisions by their code
    alternateNamesV2.txt | .zip         names with language and kind, or in its stead
    alternatenames/NL.txt | .zip, …     those of some countries
    hierarchy.txt | .zip                what lies in what
    countryInfo.txt                     the countries
"""

from __future__ import annotations

import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from geo.errors import InputError, NoSuchInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALL_COUNTRIES = "allCountries"
_COUNTRY = re.compile(r"[A-Z]{2}|no-country|null|cities(?:500|1000|5000|15000)")
"""The names, without suffix, of the files with the places of one country, of none, or with cities alone."""

_SUFFIXES = (".txt", ".zip")

_WHERE = "GeoNames has the files at download.geonames.org/export/dump"

_LOST = {
    "admin1": "admin1CodesASCII.txt is not there: new places get no province or state",
    "admin2": "admin2Codes.txt is not there: new places get no county or district",
    "alternates": "alternateNamesV2.txt is not there: names get no language, and former names and codes are not told "
    "from other names",
    "hierarchy": "hierarchy.txt is not there: quarters are not tied to their town",
    "countries": "countryInfo.txt is not there: a country is known by its GeoNames id alone",
}


class DumpError(InputError):
    """A file that is no part of GeoNames' dump."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a build has come.

    ``done`` of ``total`` bytes of a file are read; ``total`` is 0 for what is
    not measured in bytes. ``rows`` are the lines read since the build began.
    """

    doing: str
    done: int
    total: int
    rows: int


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file of a dump.

    ``member`` is the file inside of a .zip, empty for a file that is not
    packed. ``size`` counts its bytes unpacked.
    """

    path: Path
    member: str
    size: int

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Open the file to read its bytes, unpacking as they are read.

        Raises
        ------
        DumpError
            If the file cannot be read, or its .zip is damaged.
        """
        try:
            if not self.member:
                with self.path.open("rb", buffering=1 << 20) as file:
                    yield file
            else:
                with zipfile.ZipFile(self.path) as packed, packed.open(self.member) as file:
                    yield file
        except (zipfile.BadZipFile, zipfile.zlib.error, EOFError) as error:  # type: ignore[attr-defined]
            raise DumpError(f"{self.path} is damaged ({error}); download it again") from error
        except OSError as error:
            if error.filename is None or str(error.filename) != str(self.path):
                raise
            raise DumpError(f"{self.path} cannot be read: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class DumpFolder:
    """The files of a dump by what they hold; ``lost`` says what is missing and what that costs."""

    places: tuple[DumpFile, ...]
    admin1: tuple[DumpFile, ...]
    admin2: tuple[DumpFile, ...]
    alternates: tuple[DumpFile, ...]
    hierarchy: tuple[DumpFile, ...]
    countries: tuple[DumpFile, ...]
    lost: tuple[str, ...]

    @property
    def files(self) -> tuple[DumpFile, ...]:
        """All files, in the order in which they are read."""
        return (*self.countries, *self.admin1, *self.admin2, *self.places, *self.alternates, *self.hierarchy)


def find_dump(folder: Path) -> DumpFolder:
    """Return which files of GeoNames' dump are in `folder`.

    Parameters
    ----------
    folder
        A folder with files as GeoNames names them. ``allCountries`` goes
        before files of single countries, a file before its .zip.

    Raises
    ------
    NoSuchInput
        If there is no such folder.
    DumpError
        If it holds no file with places, or a .zip that is none.
    """
    if not folder.is_dir():
        what = "is a file; name the folder that it lies in" if folder.exists() else "does not exist"
        raise NoSuchInput(f"{folder} {what}: the files of GeoNames' dump are looked for in a folder")
    every = _named(folder, ALL_COUNTRIES)
    places = every or _countries(folder)
    if not places:
        raise DumpError(
            f"{folder} holds no places of GeoNames: neither allCountries.txt nor a file of a country such as UA.txt "
            f"or UA.zip; {_WHERE}"
        )
    found = {
        "admin1": _named(folder, "admin1CodesASCII"),
        "admin2": _named(folder, "admin2Codes"),
        "alternates": _named(folder, "alternateNamesV2") or _countries(folder / "alternatenames"),
        "hierarchy": _named(folder, "hierarchy"),
        "countries": _named(folder, "countryInfo"),
    }
    lost = tuple(sentence for kind, sentence in _LOST.items() if not found[kind])
    return DumpFolder(places=places, lost=lost, **found)


def _named(folder: Path, stem: str) -> tuple[DumpFile, ...]:
    for suffix in _SUFFIXES:
        path = folder / f"{stem}{suffix}"
        if path.is_file():
            return (_file(path),)
    return ()


def _countries(folder: Path) -> tuple[DumpFile, ...]:
    if not folder.is_dir():
        return ()
    stems = sorted({path.stem for path in folder.iterdir() if path.suffix in _SUFFIXES})
    return tuple(file for stem in stems if _COUNTRY.fullmatch(stem) for file in _named(folder, stem))


def _file(path: Path) -> DumpFile:
    if path.suffix != ".zip":
        return DumpFile(path, "", path.stat().st_size)
    member = f"{path.stem}.txt"
    try:
        with zipfile.ZipFile(path) as packed:
            return DumpFile(path, member, packed.getinfo(member).file_size)
    except KeyError as error:
        raise DumpError(f"{path} holds no {member}, as GeoNames' file of this name does; download it again") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise DumpError(f"{path} is no .zip that can be read ({error}); download it again") from error
