"""A server on this machine that stands for GeoNames' own, with named ways to behave badly.

::

    with GeoNamesServer(small_dump()) as server:
        server.behave("UA.zip", breaking_off(1000), GOOD)  # one answer each; the last one stays
        download(folder, ["UA"], base=server.url)
        server.asked("UA.zip")  # what was asked for, with its headers
"""

from __future__ import annotations

import gzip
import io
import threading
import zipfile
from dataclasses import dataclass
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Self

DAY = 86_400


@dataclass(frozen=True)
class Behaviour:
    """How one request is answered.

    ``status`` other than 200 refuses; ``breaks_off`` and ``stalls`` are bytes
    of the answer after which nothing more comes; ``ranges`` says whether the
    server knows parts of files, ``at_most`` how many bytes it gives of one and
    ``shift`` how far beside it begins; ``tags`` and ``dates`` how it names
    versions (entity tags: strong, weak or none), and ``checks`` whether it
    looks at If-Range at all; ``claims`` is added to the length it tells;
    ``packs`` that it packs what it sends; ``becomes`` is the file's content
    after the answer.
    """

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    breaks_off: int | None = None
    stalls: int | None = None
    ranges: bool = True
    at_most: int | None = None
    shift: int = 0
    tags: str = "strong"
    dates: bool = True
    checks: bool = True
    tells_length: bool = True
    claims: int = 0
    packs: bool = False
    becomes: bytes | None = None


GOOD = Behaviour()
RANGELESS = Behaviour(ranges=False)
NAMELESS = Behaviour(tags="", dates=False)
DATED = Behaviour(tags="")
WEAKLY_TAGGED = Behaviour(tags="weak")
LENGTHLESS = Behaviour(tells_length=False)


def breaking_off(after: int, **others) -> Behaviour:
    return Behaviour(breaks_off=after, **others)


def stalling(after: int) -> Behaviour:
    return Behaviour(stalls=after)


def refusing(status: int, **headers: str) -> Behaviour:
    return Behaviour(status=status, headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()))


def redirecting(path: str) -> Behaviour:
    return Behaviour(status=302, headers=(("Location", path),))


@dataclass(frozen=True)
class File:
    content: bytes
    version: int = 1

    @property
    def etag(self) -> str:
        return f'"v{self.version}"'

    @property
    def modified(self) -> str:
        return formatdate(1_700_000_000 + self.version * DAY, usegmt=True)


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    range: str
    if_range: str
    if_none_match: str
    if_modified_since: str
    user_agent: str
    encoding: str


class GeoNamesServer:
    """Serves files from memory on a free port of this machine, until its block ends."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.files = {path: File(content) for path, content in contents.items()}
        self.requests: list[Asked] = []
        self.ended = threading.Event()
        self._behaviours: dict[tuple[str, str], list[Behaviour]] = {}
        handler = type("Handler", (_Handler,), {"geonames": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = False
        self.url = f"http://127.0.0.1:{self._server.server_port}/dump/"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()  # waits for the answers that are under way
        self._thread.join()

    def put(self, path: str, content: bytes) -> None:
        """Publish a new version of a file."""
        version = self.files[path].version + 1 if path in self.files else 1
        self.files[path] = File(content, version)

    def behave(self, path: str, *behaviours: Behaviour, method: str = "GET") -> None:
        """Answer for `path` like this, one request after another; the last one for good."""
        self._behaviours[method, path] = list(behaviours)

    def next_behaviour(self, method: str, path: str) -> Behaviour:
        left = self._behaviours.get((method, path), [GOOD])
        return left.pop(0) if len(left) > 1 else left[0]

    def asked(self, path: str, method: str = "GET") -> list[Asked]:
        return [asked for asked in self.requests if (asked.method, asked.path) == (method, path)]

    def fetched(self) -> list[str]:
        """Return the files that were asked for, each as often as it was."""
        return [asked.path for asked in self.requests if asked.method == "GET"]


class _Handler(BaseHTTPRequestHandler):
    geonames: ClassVar[GeoNamesServer]
    protocol_version = "HTTP/1.1"
    timeout = 10  # a client that keeps its connection open does not keep the server

    def log_message(self, *_) -> None:
        """Say nothing: what was asked is in `requests`."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = self.path.removeprefix("/dump/")
        get = self.headers.get
        self.geonames.requests.append(
            Asked(
                *(self.command, path, get("Range", ""), get("If-Range", "")),
                *(get("If-None-Match", ""), get("If-Modified-Since", "")),
                *(get("User-Agent", ""), get("Accept-Encoding", "")),
            )
        )
        behaviour = self.geonames.next_behaviour(self.command, path)
        file = self.geonames.files.get(path)
        if behaviour.status != 200 or file is None:
            self._send(behaviour.status if behaviour.status != 200 else 404, dict(behaviour.headers), b"", behaviour)
            return
        self._serve(file, behaviour)
        if behaviour.becomes is not None:
            self.geonames.put(path, behaviour.becomes)

    def _serve(self, file: File, behaviour: Behaviour) -> None:
        headers = {"ETag": self._tag(file, behaviour)} if behaviour.tags else {}
        headers |= {"Last-Modified": file.modified} if behaviour.dates else {}
        if self._is_known(file, behaviour):
            self._send(304, headers, b"", behaviour)
            return
        start = self._start(file, behaviour)
        size = len(file.content)
        if start is None and behaviour.packs:
            self._send(200, headers | {"Content-Encoding": "gzip"}, gzip.compress(file.content), behaviour)
        elif start is None:
            self._send(200, headers, file.content, behaviour)
        elif start >= size:
            self._send(416, headers | {"Content-Range": f"bytes */{size}"}, b"", behaviour)
        else:
            start += behaviour.shift
            part = (
                file.content[start:] if behaviour.at_most is None else file.content[start : start + behaviour.at_most]
            )
            told = {"Content-Range": f"bytes {start}-{start + len(part) - 1}/{size}"}
            self._send(206, headers | told, part, behaviour)

    def _tag(self, file: File, behaviour: Behaviour) -> str:
        return f"W/{file.etag}" if behaviour.tags == "weak" else file.etag

    def _is_known(self, file: File, behaviour: Behaviour) -> bool:
        """Return whether the client says that it has this version (RFC 9110, 13.1.2 goes before 13.1.3)."""
        if tag := self.headers.get("If-None-Match"):
            return bool(behaviour.tags) and tag == self._tag(file, behaviour)
        return behaviour.dates and self.headers.get("If-Modified-Since") == file.modified

    def _start(self, file: File, behaviour: Behaviour) -> int | None:
        """Return where the part that is asked for begins, None for the whole."""
        asked, condition = self.headers.get("Range"), self.headers.get("If-Range")
        # A weak tag never fits (RFC 9110, 13.1.5).
        names = {file.etag if behaviour.tags == "strong" else "", file.modified if behaviour.dates else ""}
        stale = behaviour.checks and condition is not None and condition not in names
        if asked is None or stale or not behaviour.ranges:
            return None
        return int(asked.removeprefix("bytes=").removesuffix("-"))

    def _send(self, status: int, headers: dict[str, str], body: bytes, behaviour: Behaviour) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if behaviour.tells_length:
            self.send_header("Content-Length", str(len(body) + (behaviour.claims if body else 0)))
        elif status != 304:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        stop = behaviour.breaks_off if behaviour.breaks_off is not None else behaviour.stalls
        self.wfile.write(body[:stop])
        self.wfile.flush()
        if behaviour.stalls is not None:
            self.geonames.ended.wait(10)
        if stop is not None or behaviour.claims or not behaviour.tells_length:
            self.close_connection = True


def zipped(**members: str) -> bytes:
    """Return a zip file with texts, the same bytes for the same texts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.txt", (2026, 11, 1, 0, 0, 0)), text)
    return packed.getvalue()


@dataclass(frozen=True)
class Row:
    """A place as a line of GeoNames' dump has it."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    feature: str = "P.PPL"
    population: int = 0
    admin1: str = "00"

    def line(self) -> str:
        feature_class, feature_code = self.feature.split(".")
        fields = [self.id, self.name, self.name, "", self.lat, self.lon, feature_class, feature_code, self.country]
        fields += ["", self.admin1, "", "", "", self.population, "", 100, "Europe/Andorra", "2026-11-01"]
        return "\t".join(map(str, fields)) + "\n"


VILLAGES = (
    Row(990000001, "Vall Provada", 42.5561, 1.5334, "AD", population=42, admin1="07"),
    Row(990000002, "Estany Inventat", 42.5912, 1.6411, "AD", "H.LK", admin1="04"),
    Row(990000003, "Roc de la Prova", 43.7401, 7.4266, "MC", "T.RK"),
)
"""Places that are nowhere but here, so that what is found was fetched."""


def small_dump(*rows: Row, of: tuple[str, ...] = ("AD", "MC")) -> dict[str, bytes]:
    """Return the dump's files by their path, with a few invented places."""
    rows = rows or VILLAGES
    places = {code: "".join(row.line() for row in rows if row.country == code) for code in of}
    names = {
        code: "".join(f"{row.id}1\t{row.id}\ten\tThe {row.name}\t1\t\t\t\t\t\n" for row in rows if row.country == code)
        for code in of
    }
    codes = {"AD": (3041565, "Andorra"), "MC": (2993457, "Monaco")}
    countries = "#ISO\tISO3\n" + "".join(
        "\t".join([code, *([""] * 3), name, *([""] * 11), str(number), "", ""]) + "\n"
        for code, (number, name) in codes.items()
    )
    parishes = "AD.07\tAndorra la Vella\tAndorra la Vella\t3041566\nAD.04\tLa Massana\tLa Massana\t3040131\n"
    files = {
        "countryInfo.txt": countries.encode(),
        "admin1CodesASCII.txt": parishes.encode(),
        "admin2Codes.txt": b"FR.93.06\tAlpes-Maritimes\tAlpes-Maritimes\t3038049\n",
        "hierarchy.zip": zipped(hierarchy="3041565\t3041566\tADM\n"),
        "allCountries.zip": zipped(allCountries="".join(places.values())),
        "alternateNamesV2.zip": zipped(alternateNamesV2="".join(names.values())),
    }
    for code in of:
        files[f"{code}.zip"] = zipped(**{code: places[code]})
        files[f"alternatenames/{code}.zip"] = zipped(**{code: names[code]})
    return files
