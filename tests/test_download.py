"""The download of GeoNames' dump, from a server on this machine that behaves well and badly."""

from __future__ import annotations

import errno
import shutil
from collections import namedtuple
from datetime import UTC, datetime

import pytest
from geonames_server import (
    GOOD,
    LENGTHLESS,
    NAMELESS,
    RANGELESS,
    Behaviour,
    GeoNamesServer,
    breaking_off,
    redirecting,
    refusing,
    small_dump,
    stalling,
    zipped,
)

from geo.errors import GazetteerError
from geo.gazetteer import transfer
from geo.gazetteer.download import GEONAMES, INDEX_PER_BYTE, download, dump_folder, files_of
from geo.gazetteer.transfer import ATTEMPTS, LONGEST_WAIT, Transfer

SIZE = 100_000
CONTENT = bytes(range(256)) * (SIZE // 256) + bytes(SIZE % 256)
OTHER = bytes(reversed(CONTENT))
FILE = "file.bin"


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    """Wait for nothing, and remember how long it would have been."""
    slept = []
    monkeypatch.setattr(transfer.time, "sleep", slept.append)
    return slept


@pytest.fixture
def server():
    with GeoNamesServer({FILE: CONTENT}) as started:
        yield started


@pytest.fixture
def geonames():
    with GeoNamesServer(small_dump()) as started:
        yield started


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "dump"


def fetch(server, target, *, told=lambda _: None, progress=lambda *_: None, timeout=(5, 5)):
    with Transfer(told=told, timeout=timeout) as fetching:
        return fetching.fetch(server.url + FILE, target, progress=progress)


def ranges(server):
    return [asked.range for asked in server.asked(FILE)]


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


class TestOneFile:
    def test_it_comes_whole_with_the_date_it_has_on_the_server(self, server, tmp_path):
        assert fetch(server, tmp_path / FILE) is True
        assert (tmp_path / FILE).read_bytes() == CONTENT
        date = datetime.fromtimestamp((tmp_path / FILE).stat().st_mtime, UTC)
        assert date == datetime(2023, 11, 15, 22, 13, 20, tzinfo=UTC)
        assert names(tmp_path) == [FILE, f"{FILE}.origin.json"]

    def test_its_bytes_are_counted_up_to_its_size(self, server, tmp_path):
        seen = []
        fetch(server, tmp_path / FILE, progress=lambda *step: seen.append(step))
        assert seen[0] == (0, SIZE)
        assert seen[-1] == (SIZE, SIZE)
        assert [done for done, _ in seen] == sorted(done for done, _ in seen)

    def test_the_server_is_told_who_asks(self, server, tmp_path):
        fetch(server, tmp_path / FILE)
        assert server.asked(FILE)[0].user_agent.startswith("dateline")

    @pytest.mark.parametrize(
        ("behaviours", "asked"),
        [
            pytest.param([breaking_off(30_000), GOOD], ["", "bytes=30000-"], id="breaks off once"),
            pytest.param(
                [breaking_off(30_000), breaking_off(20_000), breaking_off(1), GOOD],
                ["", "bytes=30000-", "bytes=50000-", "bytes=50001-"],
                id="breaks off several times",
            ),
            pytest.param([breaking_off(0), GOOD], ["", ""], id="breaks off before the first byte"),
            pytest.param(
                [breaking_off(30_000), RANGELESS], ["", "bytes=30000-"], id="knows no ranges: starts over in the answer"
            ),
            pytest.param(
                [breaking_off(30_000, validators=False), NAMELESS], ["", ""], id="names no version: starts over"
            ),
            pytest.param([refusing(503), refusing(502), GOOD], ["", "", ""], id="out of service at first"),
            pytest.param([Behaviour(claims=5), GOOD], ["", f"bytes={SIZE}-"], id="told too long a length"),
            pytest.param([LENGTHLESS], [""], id="tells no length"),
        ],
    )
    def test_it_comes_whole_from_a_server_that(self, server, tmp_path, behaviours, asked):
        server.behave(FILE, *behaviours)
        assert fetch(server, tmp_path / FILE) is True
        assert (tmp_path / FILE).read_bytes() == CONTENT
        assert ranges(server) == asked
        assert names(tmp_path) == [FILE, f"{FILE}.origin.json"]

    def test_a_server_that_falls_silent_is_asked_again_for_the_rest(self, server, tmp_path):
        server.behave(FILE, stalling(30_000), GOOD)
        fetch(server, tmp_path / FILE, timeout=(5, 0.1))
        assert (tmp_path / FILE).read_bytes() == CONTENT
        assert ranges(server) == ["", "bytes=30000-"]

    def test_a_redirection_is_followed(self, server, tmp_path):
        server.put("elsewhere.bin", CONTENT)
        server.behave(FILE, redirecting("/dump/elsewhere.bin"))
        fetch(server, tmp_path / FILE)
        assert (tmp_path / FILE).read_bytes() == CONTENT

    @pytest.mark.parametrize("checks", [True, False], ids=["it compares If-Range", "it ignores If-Range"])
    @pytest.mark.parametrize("size", [SIZE, SIZE + 7], ids=["of the same size", "of another size"])
    def test_a_file_that_changes_between_two_requests_is_started_over(self, server, tmp_path, checks, size):
        changed = OTHER + bytes(size - SIZE)
        server.behave(FILE, breaking_off(30_000, becomes=changed), Behaviour(checks=checks), GOOD)
        fetch(server, tmp_path / FILE)
        assert (tmp_path / FILE).read_bytes() == changed

    def test_a_part_that_is_longer_than_the_file_is_thrown_away(self, server, tmp_path):
        server.behave(FILE, breaking_off(30_000), refusing(404))
        with pytest.raises(GazetteerError):
            fetch(server, tmp_path / FILE)
        with (tmp_path / f"{FILE}.part").open("ab") as part:
            part.write(bytes(SIZE))
        server.behave(FILE, GOOD)
        fetch(server, tmp_path / FILE)
        assert (tmp_path / FILE).read_bytes() == CONTENT

    def test_the_next_time_it_goes_on_where_it_stopped(self, server, tmp_path):
        server.behave(FILE, breaking_off(30_000), refusing(404))
        with pytest.raises(GazetteerError):
            fetch(server, tmp_path / FILE)
        assert names(tmp_path) == [f"{FILE}.part", f"{FILE}.part.origin.json"]
        server.behave(FILE, GOOD)
        fetch(server, tmp_path / FILE)
        assert (tmp_path / FILE).read_bytes() == CONTENT
        assert server.asked(FILE)[-1].range == "bytes=30000-"
        assert server.asked(FILE)[-1].if_range == '"v1"'

    def test_ctrl_c_keeps_what_has_come(self, server, tmp_path):
        def interrupt(done, _):
            if done:
                raise KeyboardInterrupt

        server.put(FILE, CONTENT * 10)
        with pytest.raises(KeyboardInterrupt):
            fetch(server, tmp_path / FILE, progress=interrupt)
        there = (tmp_path / f"{FILE}.part").stat().st_size
        assert 0 < there < 10 * SIZE
        fetch(server, tmp_path / FILE)
        assert (tmp_path / FILE).read_bytes() == CONTENT * 10
        assert server.asked(FILE)[-1].range == f"bytes={there}-"

    def test_a_part_from_another_server_is_not_gone_on_with(self, server, tmp_path):
        with GeoNamesServer({FILE: OTHER}) as other:
            other.behave(FILE, breaking_off(30_000), refusing(404))
            with pytest.raises(GazetteerError):
                fetch(other, tmp_path / FILE)
        fetch(server, tmp_path / FILE)
        assert (tmp_path / FILE).read_bytes() == CONTENT
        assert ranges(server) == [""]

    def test_a_whole_file_that_has_not_changed_is_not_fetched_again(self, server, tmp_path):
        fetch(server, tmp_path / FILE)
        assert fetch(server, tmp_path / FILE) is False
        assert server.asked(FILE)[-1].if_none_match == '"v1"'
        assert (tmp_path / FILE).read_bytes() == CONTENT

    def test_a_whole_file_that_has_changed_is_replaced(self, server, tmp_path):
        fetch(server, tmp_path / FILE)
        server.put(FILE, OTHER)
        assert fetch(server, tmp_path / FILE) is True
        assert (tmp_path / FILE).read_bytes() == OTHER

    def test_the_old_file_stays_until_the_new_one_is_whole(self, server, tmp_path):
        fetch(server, tmp_path / FILE)
        server.put(FILE, OTHER)
        server.behave(FILE, breaking_off(30_000), refusing(403))
        with pytest.raises(GazetteerError):
            fetch(server, tmp_path / FILE)
        assert (tmp_path / FILE).read_bytes() == CONTENT


class TestFailures:
    """Each says what failed and why; what may pass is tried again."""

    @pytest.mark.parametrize(
        ("status", "times", "said"),
        [
            (403, 1, "the server refuses it (403 Forbidden)"),
            (404, 1, "the server has no such file (404 Not Found)"),
            (503, ATTEMPTS, f"the server is out of service (503 Service Unavailable), {ATTEMPTS} times in a row"),
            (500, ATTEMPTS, "the server cannot answer (500 Internal Server Error)"),
            (418, 1, "the server cannot answer (418 I'm a Teapot)"),
        ],
    )
    def test_a_refusal(self, server, tmp_path, status, times, said):
        server.behave(FILE, refusing(status))
        with pytest.raises(GazetteerError) as raised:
            fetch(server, tmp_path / FILE)
        assert str(raised.value).startswith(f"{server.url}{FILE} could not be fetched: ")
        assert said in str(raised.value)
        assert len(server.asked(FILE)) == times
        assert names(tmp_path) == []

    def test_a_server_that_always_breaks_off_at_the_same_byte_is_given_up(self, server, tmp_path):
        server.behave(FILE, breaking_off(30_000, ranges=False))
        told = []
        with pytest.raises(GazetteerError, match=r"broke off after 30,000 bytes of 100,000, 5 times in a row"):
            fetch(server, tmp_path / FILE, told=told.append)
        assert len(told) == ATTEMPTS - 1
        assert told[0].endswith("broke off after 30,000 bytes of 100,000; trying again")

    def test_each_wait_is_twice_as_long_as_the_one_before(self, server, tmp_path, waits):
        server.behave(FILE, refusing(503))
        with pytest.raises(GazetteerError):
            fetch(server, tmp_path / FILE)
        assert waits == [1, 2, 4, 8]

    @pytest.mark.parametrize(("told", "waited"), [("7", 7), ("86400", LONGEST_WAIT), ("soon", 1)])
    def test_a_server_may_ask_for_a_longer_wait_within_reason(self, server, tmp_path, waits, told, waited):
        server.behave(FILE, refusing(503, Retry_After=told), GOOD)
        fetch(server, tmp_path / FILE)
        assert waits == [waited]

    def test_nobody_at_the_address(self, tmp_path):
        with GeoNamesServer({}) as gone:
            pass
        with pytest.raises(GazetteerError, match=r"127\.0\.0\.1 cannot be reached, 5 times in a row"):
            fetch(gone, tmp_path / FILE)

    def test_a_host_that_nobody_knows(self, tmp_path):
        with Transfer() as fetching, pytest.raises(GazetteerError, match=r"no\.invalid is not known here"):
            fetching.fetch("http://no.invalid/UA.zip", tmp_path / FILE)

    def test_a_circle_of_redirections(self, server, tmp_path):
        server.behave(FILE, redirecting(f"/dump/{FILE}"))
        with pytest.raises(GazetteerError, match="from address to address without end"):
            fetch(server, tmp_path / FILE)


class TestSize:
    @pytest.mark.parametrize(
        ("behaviour", "size"),
        [(GOOD, SIZE), (LENGTHLESS, None), (refusing(405), None), (refusing(403), None)],
        ids=["told", "not told", "not allowed to ask", "refused"],
    )
    def test_it_is_known_where_the_server_tells(self, server, behaviour, size):
        server.behave(FILE, behaviour, method="HEAD")
        with Transfer() as fetching:
            assert fetching.size(server.url + FILE) == size

    def test_a_file_that_is_not_there_is_told_before_anything_is_fetched(self, server):
        with Transfer() as fetching, pytest.raises(GazetteerError, match="no such file"):
            fetching.size(server.url + "no.zip")


class TestDump:
    TABLES = ("countryInfo.txt", "admin1CodesASCII.txt", "admin2Codes.txt", "hierarchy.zip")

    @pytest.mark.parametrize(
        ("countries", "paths"),
        [
            ((), ("allCountries.zip", "alternateNamesV2.zip")),
            (("AD",), ("AD.zip", "alternatenames/AD.zip")),
            (("AD", "MC"), ("AD.zip", "MC.zip", "alternatenames/AD.zip", "alternatenames/MC.zip")),
        ],
    )
    def test_what_is_fetched_is_what_the_countries_need(self, geonames, folder, countries, paths):
        assert download(folder, countries, base=geonames.url) == (*self.TABLES, *paths)
        assert geonames.fetched() == [*self.TABLES, *paths]
        for path in (*self.TABLES, *paths):
            assert (folder / path).read_bytes() == geonames.files[path].content

    def test_what_has_not_changed_is_left_as_it_is(self, geonames, folder):
        download(folder, ["AD"], base=geonames.url)
        geonames.put("admin2Codes.txt", b"FR.93.06\tA\tA\t1\n")
        assert download(folder, ["AD"], base=geonames.url) == ("admin2Codes.txt",)

    def test_what_was_fetched_for_other_countries_is_removed_and_nothing_else(self, geonames, folder):
        download(folder, ["AD"], base=geonames.url)
        (folder / "notes.txt").write_text("mine")
        download(folder, ["MC"], base=geonames.url)
        left = [name for name in names(folder) if not name.endswith(".origin.json")]
        assert left == sorted([*self.TABLES, "MC.zip", "alternatenames/MC.zip", "notes.txt"])

    def test_each_step_is_told_with_its_bytes(self, geonames, folder):
        steps = {}
        download(
            folder, ["AD"], base=geonames.url, progress=lambda step, done, total: steps.update({step: (done, total)})
        )
        size = len(geonames.files["AD.zip"].content)
        assert steps["asking how much it is"] == (6, 6)
        assert steps["fetching AD.zip"] == (size, size)
        assert steps["checking AD.zip"][0] == steps["checking AD.zip"][1] > 0

    def test_it_lies_in_the_users_data_folder(self, monkeypatch, tmp_path):
        monkeypatch.setenv("DATELINE_DATA", str(tmp_path))
        assert dump_folder() == tmp_path / "dump"

    @pytest.mark.parametrize("base", ["ftp://download.geonames.org/", "/data/geonames", "", "https://"])
    def test_an_address_must_be_one(self, folder, base):
        with pytest.raises(GazetteerError, match="is no address to fetch the gazetteer from"):
            download(folder, base=base)
        assert not folder.exists()

    def test_a_mirror_may_be_named_without_the_slash_at_its_end(self, geonames, folder):
        download(folder, ["AD"], base=geonames.url.rstrip("/"))
        assert (folder / "AD.zip").exists()

    def test_geonames_own_files_are_named_as_its_readme_names_them(self):
        assert GEONAMES == "https://download.geonames.org/export/dump/"
        assert [file.path for file in files_of(["UA"]) if file.is_data] == ["UA.zip", "alternatenames/UA.zip"]


class TestDamage:
    """A file that is not what it should be is fetched once more, and then named."""

    WHOLE = small_dump()["AD.zip"]
    PAGE = b"<!DOCTYPE html><title>Sign in to the network</title>"

    @pytest.mark.parametrize(
        ("path", "content", "said"),
        [
            pytest.param("AD.zip", WHOLE[:-40], "is no whole zip file", id="cut off"),
            pytest.param("AD.zip", WHOLE.replace(WHOLE[60:70], bytes(10)), "is no whole zip file", id="wrong bytes"),
            pytest.param("AD.zip", PAGE, "is a web page and no zip file", id="a page in its place"),
            pytest.param("AD.zip", zipped(readme="x"), "does not hold AD.txt", id="another zip file"),
            pytest.param("AD.zip", zipped(AD="a\tb\n"), "has not the format of AD.txt: 2 columns", id="another table"),
            pytest.param("AD.zip", zipped(AD=""), "is empty", id="no places"),
            pytest.param("admin1CodesASCII.txt", PAGE, "is a web page and not the file", id="a page for a text"),
            pytest.param(
                "countryInfo.txt", b"#a\n#b\nAD\tAndorra\n", "has not the format of countryInfo.txt: 2", id="countries"
            ),
            pytest.param("countryInfo.txt", b"", "is empty", id="nothing"),
        ],
    )
    def test_damage_on_the_server_is_named(self, geonames, folder, path, content, said):
        geonames.put(path, content)
        with pytest.raises(GazetteerError) as raised:
            download(folder, ["AD"], base=geonames.url)
        message = str(raised.value)
        assert message.startswith(f"{geonames.url}{path} {said}")
        assert "twice" in message
        assert "dateline gazetteer build FOLDER" in message
        assert geonames.fetched().count(path) == 2
        assert path not in names(folder)

    def test_damage_on_the_way_is_mended(self, geonames, folder):
        whole = geonames.files["AD.zip"].content
        geonames.put("AD.zip", whole[:-40] + bytes(40))
        geonames.behave("AD.zip", Behaviour(becomes=whole), GOOD)
        assert "AD.zip" in download(folder, ["AD"], base=geonames.url)
        assert (folder / "AD.zip").read_bytes() == whole

    def test_damage_on_this_disk_is_mended(self, geonames, folder):
        download(folder, ["AD"], base=geonames.url)
        (folder / "AD.zip").write_bytes(b"PK")
        assert download(folder, ["AD"], base=geonames.url) == ("AD.zip",)
        assert (folder / "AD.zip").read_bytes() == geonames.files["AD.zip"].content

    def test_a_country_without_other_names_is_no_damage(self, geonames, folder):
        geonames.put("alternatenames/AD.zip", zipped(AD=""))
        assert "alternatenames/AD.zip" in download(folder, ["AD"], base=geonames.url)

    def test_what_came_whole_before_the_failure_is_kept(self, geonames, folder):
        geonames.behave("alternatenames/AD.zip", refusing(403))
        with pytest.raises(GazetteerError, match="run the same command again, which goes on where it stopped"):
            download(folder, ["AD"], base=geonames.url)
        geonames.behave("alternatenames/AD.zip", GOOD)
        assert download(folder, ["AD"], base=geonames.url) == ("alternatenames/AD.zip",)


class TestRoom:
    DATA = sum(len(small_dump()[path]) for path in ("AD.zip", "alternatenames/AD.zip"))
    ALL = sum(len(small_dump()[file.path]) for file in files_of(["AD"]))
    NEEDED = ALL + INDEX_PER_BYTE * DATA

    def leave(self, monkeypatch, free):
        usage = namedtuple("Usage", "total used free")(10**12, 0, free)  # noqa: PYI024 - as shutil's is
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    def test_too_small_a_disk_is_told_before_anything_is_fetched(self, geonames, folder, monkeypatch):
        self.leave(monkeypatch, self.NEEDED - 1)
        with pytest.raises(GazetteerError, match=r"not enough room: about 0\.0 MB are needed") as raised:
            download(folder, ["AD"], base=geonames.url)
        assert "DATELINE_DATA" in str(raised.value)
        assert geonames.fetched() == []

    def test_what_is_just_enough_is_enough(self, geonames, folder, monkeypatch):
        self.leave(monkeypatch, self.NEEDED)
        assert "AD.zip" in download(folder, ["AD"], base=geonames.url)

    def test_what_has_come_before_needs_no_room_again(self, geonames, folder, monkeypatch):
        download(folder, ["AD"], base=geonames.url)
        self.leave(monkeypatch, self.NEEDED - self.ALL)
        assert download(folder, ["AD"], base=geonames.url) == ()

    def test_a_disk_that_fills_up_meanwhile_is_told_and_nothing_is_tried_again(self, geonames, folder):
        def fill(step, done, _):
            if step == "fetching AD.zip" and done:
                raise OSError(errno.ENOSPC, "No space left on device")

        with pytest.raises(GazetteerError, match="cannot be written: No space left on device; make room or name"):
            download(folder, ["AD"], base=geonames.url, progress=fill)
        assert geonames.fetched().count("AD.zip") == 1

    def test_a_folder_that_cannot_be_made_is_told(self, geonames, tmp_path):
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(GazetteerError, match=r"cannot be written: .*; make room or name another folder"):
            download(tmp_path / "file" / "dump", ["AD"], base=geonames.url)
