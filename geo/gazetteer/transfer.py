"""Fetches one file over HTTP: goes on where a broken connection left off, and fetches nothing twice.

A file that is being fetched lies beside its place as ``NAME.part``, with a
note of what the server said of it (``NAME.part.origin.json``: entity tag, date,
length). With that the rest can be asked for later, on the condition that the
file is still the same there (RFC 9110, 13.1.5 If-Range and 14.2 Range); a
server that cannot do so is started over with. The note stays beside the whole
file, so that the next time it is asked for only if it has changed (13.1.2
If-None-Match, 13.1.3 If-Modified-Since).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib import metadata
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import urlsplit

import requests
import urllib3

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Progress = Callable[[int, int], None]

T = TypeVar("T")

ATTEMPTS = 5
"""How often in a row something may fail without one byte more of the file than before."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds between attempts: the first, then each time twice as long, up to the longest."""

TIMEOUT = (15.0, 60.0)
"""Seconds until a connection must stand, and until more bytes must have come."""

CHUNK = 1 << 18
"""Bytes that are read at once, at most."""

_PASSING = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
"""Answers after which it is worth while to ask again."""

_PART, _NOTE = ".part", ".origin.json"
"""What is added to a file's name for what came of it so far, and for what was noted of it."""

_CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a server said of a file: enough to ask for the rest of it, or whether it has changed.

    ``size`` is in bytes, None where the server did not tell.
    """

    url: str
    etag: str = ""
    modified: str = ""
    size: int | None = None

    @property
    def validator(self) -> str:
        """What If-Range can name: a strong entity tag, else the date, else nothing (RFC 9110, 13.1.5)."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


class _Passing(Exception):
    """Something that can go well the next time; never leaves this module."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


class Transfer:
    """A way to fetch files, which keeps its connection open between them.

    Parameters
    ----------
    timeout
        Seconds until a connection must stand, and until more bytes must have come.
    wait
        Seconds before the second attempt; see :data:`FIRST_WAIT`.
    told
        Is called with a line when something went wrong and is tried again.
    """

    def __init__(
        self,
        *,
        timeout: tuple[float, float] = TIMEOUT,
        wait: float = FIRST_WAIT,
        told: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._session = requests.Session()
        # Bytes are counted, and the rest of a file asked for, as they lie on the server.
        self._session.headers.update({"User-Agent": _user_agent(), "Accept-Encoding": "identity"})
        self._timeout = timeout
        self._wait = wait
        self._told = told

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def size(self, url: str) -> int | None:
        """Return how many bytes the file at `url` has, None if the server does not tell.

        Raises
        ------
        GazetteerError
            If there is no such file, or the server cannot be reached.
        """

        def ask() -> int | None:
            with self._ask("HEAD", url, {}) as answer:
                if answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
                    _check_status(answer)
                # A server may refuse the question and still give the file.
                return _length(answer.headers) if answer.status_code == HTTPStatus.OK else None

        return self._persist(url, ask)

    def fetch(self, url: str, target: Path, *, progress: Progress = lambda *_: None) -> bool:
        """Bring the file at `url` to `target`, or what of it is lacking.

        Parameters
        ----------
        url
            The address, ``http:`` or ``https:``.
        target
            Where the file is to lie. A file that is there and was fetched from
            `url` before is replaced only if it has changed there. The new file
            bears the server's date.
        progress
            Is called with how many bytes of the file are there and how many it
            has (0: not known).

        Returns
        -------
        bool
            Whether something was fetched: False if the file is still the same.

        Raises
        ------
        GazetteerError
            If the server cannot be reached, has no such file or keeps breaking
            off. What came so far is kept for the next time.
        """
        part = target.with_name(target.name + _PART)
        furthest = _bytes_in(part)

        def gained() -> bool:
            nonlocal furthest
            before, furthest = furthest, max(furthest, _bytes_in(part))
            return furthest > before

        return self._persist(url, lambda: self._fetch_once(url, target, part, progress), gained)

    def _persist(self, url: str, once: Callable[[], T], gained: Callable[[], bool] = lambda: False) -> T:
        """Do something until it goes well, or fails :data:`ATTEMPTS` times in a row without gaining anything."""
        failed = 0
        while True:
            try:
                return once()
            except _Passing as problem:
                failed = 1 if gained() else failed + 1
                if failed >= ATTEMPTS:
                    raise GazetteerError(f"{url} could not be fetched: {problem}, {failed} times in a row") from problem
                self._told(f"{url}: {problem}; trying again")
                time.sleep(min(max(self._wait * 2 ** (failed - 1), problem.wait), LONGEST_WAIT))
            except requests.RequestException as error:
                raise GazetteerError(f"{url} could not be fetched: {_reason(error, url)}") from error

    def _fetch_once(self, url: str, target: Path, part: Path, progress: Progress) -> bool:
        begun, whole = _origin(part), _origin(target)
        there = _bytes_in(part) if begun and begun.url == url and begun.validator else 0
        headers: dict[str, str] = {}
        if begun and there:
            headers = {"Range": f"bytes={there}-", "If-Range": begun.validator}
        elif whole and whole.url == url and target.is_file():
            headers = {"If-None-Match": whole.etag, "If-Modified-Since": whole.modified}
        with self._ask("GET", url, {name: value for name, value in headers.items() if value}) as answer:
            if answer.status_code == HTTPStatus.NOT_MODIFIED:
                return False
            if answer.status_code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                self._take(answer, url, part, there, progress)
            elif _range(answer.headers)[1] != there:
                forget(part)
                raise _Passing("the part fetched before is no part of the file")
        _settle(part, target)
        return True

    def _take(self, answer: requests.Response, url: str, part: Path, there: int, progress: Progress) -> None:
        """Write the file, or the rest of it behind the bytes that are there; all of it, or :class:`_Passing`."""
        _check_status(answer)
        origin = _said(url, answer)
        goes_on = answer.status_code == HTTPStatus.PARTIAL_CONTENT
        if not goes_on or not _is_rest(answer, _origin(part), there):
            forget(part)
            there = 0
            _note(part, origin)
        if goes_on and not there:
            raise _Passing("the server sent the rest of another file")
        progress(there, origin.size or 0)
        with part.open("ab") as written:
            while piece := _read(answer, f"{there:,} bytes{_of(origin.size)}"):
                written.write(piece)
                there += len(piece)
                progress(there, origin.size or 0)
        if origin.size is not None and there != origin.size:
            if there > origin.size:
                forget(part)
            raise _Passing(f"{there:,} bytes came{_of(origin.size)}")

    def _ask(self, method: str, url: str, headers: dict[str, str]) -> requests.Response:
        try:
            answer = self._session.request(
                method, url, headers=headers, stream=True, timeout=self._timeout, allow_redirects=True
            )
        except (requests.exceptions.SSLError, requests.exceptions.ProxyError):
            raise  # will be so the next time, too
        except requests.Timeout as error:
            raise _Passing(_reason(error, url)) from error
        except requests.ConnectionError as error:
            raise _Passing(_reason(error, url)) from error
        if answer.status_code in _PASSING:
            told = answer.headers.get("Retry-After", "")
            answer.close()
            raise _Passing(_status(answer), float(told) if told.isdecimal() else 0.0)
        return answer


def fetched_files(folder: Path) -> tuple[Path, ...]:
    """Return the whole files in and under a folder that were fetched to it, and no other."""
    notes = sorted(folder.rglob(f"*{_NOTE}"))
    files = (note.with_name(note.name.removesuffix(_NOTE)) for note in notes)
    return tuple(path for path in files if path.suffix != _PART and path.is_file())


def forget(path: Path) -> None:
    """Remove a file and what was noted of it."""
    _note_of(path).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _read(answer: requests.Response, so_far: str) -> bytes:
    """Return what comes next of a file, empty at its end."""
    try:
        # Not answer.iter_content, which loses what has come of a chunk when the connection breaks off.
        piece: bytes = answer.raw.read1(CHUNK, decode_content=True)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _Passing(f"the connection broke off after {so_far}") from error
    return piece


def _is_rest(answer: requests.Response, begun: Origin | None, there: int) -> bool:
    """Return whether an answer is what lacks of the part that was begun, and of the same file."""
    start, size = _range(answer.headers)
    return (
        begun is not None
        and start == there > 0
        and answer.headers.get("ETag", begun.etag) == begun.etag
        and (size is None or begun.size is None or size == begun.size)
    )


def _check_status(answer: requests.Response) -> None:
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        raise GazetteerError(f"{answer.url} could not be fetched: {_status(answer)}")


def _status(answer: requests.Response) -> str:
    """Return what an answer's status means for who asked."""
    meanings = {
        HTTPStatus.FORBIDDEN: "the server refuses it",
        HTTPStatus.NOT_FOUND: "the server has no such file",
        HTTPStatus.GONE: "the server has no such file any more",
        HTTPStatus.TOO_MANY_REQUESTS: "the server asks for fewer requests",
        HTTPStatus.SERVICE_UNAVAILABLE: "the server is out of service",
        HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: "the proxy wants a name and a password",
    }
    meaning = meanings.get(HTTPStatus(answer.status_code)) if answer.status_code in set(HTTPStatus) else None
    return f"{meaning or 'the server cannot answer'} ({answer.status_code} {answer.reason})"


def _reason(error: requests.RequestException, url: str) -> str:
    """Return what a failure of `requests` means, without its own words, which name its classes and addresses."""
    host = urlsplit(url).hostname
    if isinstance(error, requests.exceptions.SSLError):
        return f"no secure connection with {host} can be made (its certificate is not trusted here, or it has none)"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy that the environment names (https_proxy) does not let it through"
    if isinstance(error, requests.Timeout):
        return f"{host} does not answer"
    if isinstance(error, requests.ConnectionError):
        unknown = "getaddrinfo" in str(error) or "NameResolution" in str(error)
        return f"{host} is not known here (no network?)" if unknown else f"{host} cannot be reached"
    if isinstance(error, requests.TooManyRedirects):
        return "it leads from address to address without end"
    return f"it is no address to fetch from ({error})"


def _said(url: str, answer: requests.Response) -> Origin:
    """Return what an answer says of the whole file."""
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        return Origin(url)  # packed on the way in spite of our asking: no byte of it is what it is on the server
    size = _range(answer.headers)[1] if answer.status_code == HTTPStatus.PARTIAL_CONTENT else _length(answer.headers)
    return Origin(url, answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""), size)


def _length(headers: Mapping[str, str]) -> int | None:
    told = headers.get("Content-Length", "")
    return int(told) if told.isdecimal() else None


def _range(headers: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Return where a part begins and how long the whole is, None where it is not told."""
    found = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", "").strip())
    start, size = found.groups() if found else (None, None)
    return int(start) if start else None, int(size) if size and size != "*" else None


def _of(size: int | None) -> str:
    return "" if size is None else f" of {size:,}"


def _bytes_in(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _note_of(path: Path) -> Path:
    return path.with_name(path.name + _NOTE)


def _origin(path: Path) -> Origin | None:
    """Return what was noted of a file, None if nothing was."""
    try:
        return Origin(**json.loads(_note_of(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _note(path: Path, origin: Origin) -> None:
    _note_of(path).write_text(json.dumps(asdict(origin)), encoding="utf-8")


def _settle(part: Path, target: Path) -> None:
    """Move a whole file to its place. Its note comes last: a file without one is fetched again."""
    origin = _origin(part)
    _note_of(target).unlink(missing_ok=True)
    part.replace(target)
    if origin and origin.modified:
        with contextlib.suppress(ValueError, OverflowError, OSError):  # a date that is none
            date = parsedate_to_datetime(origin.modified).timestamp()
            os.utime(target, (date, date))
    if origin:
        _note_of(part).replace(_note_of(target))


def _user_agent() -> str:
    try:
        return f"dateline/{metadata.version('dateline')}"
    except metadata.PackageNotFoundError:
        return "dateline"
