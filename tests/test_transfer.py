"""Fetching one file, from a server on this machine that behaves well and badly."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from geonames_server import (
    DATED,
    GOOD,
    LENGTHLESS,
    NAMELESS,
    RANGELESS,
    WEAKLY_TAGGED,
    Behaviour,
    GeoNamesServer,
    breaking_off,
    redirecting,
    refusing,
    stalling,
)

from geo.errors import GazetteerError
from geo.gazetteer import transfer
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

    def test_the_server_is_told_who_asks_and_to_send_the_bytes_as_they_are(self, server, tmp_path):
        fetch(server, tmp_path / FILE)
        assert server.asked(FILE)[0].user_agent.startswith("dateline")
        assert server.asked(FILE)[0].encoding == "identity"

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
                [breaking_off(30_000, tags="", dates=False), NAMELESS], ["", ""], id="names no version: starts over"
            ),
            pytest.param([breaking_off(30_000, tags=""), DATED], ["", "bytes=30000-"], id="names versions by date"),
            pytest.param(
                [breaking_off(30_000, tags="weak"), WEAKLY_TAGGED], ["", "bytes=30000-"], id="names versions weakly"
            ),
            pytest.param(
                [breaking_off(40_000), Behaviour(at_most=25_000)],
                ["", "bytes=40000-", "bytes=65000-", "bytes=90000-"],
                id="gives less than was asked for",
            ),
            pytest.param(
                [breaking_off(30_000), Behaviour(shift=100), GOOD],
                ["", "bytes=30000-", ""],
                id="gives another part than was asked for",
            ),
            pytest.param(
                [breaking_off(10_000)] * 9 + [GOOD],
                ["", *(f"bytes={there}-" for there in range(10_000, 100_000, 10_000))],
                id="breaks off more often than is tried in vain",
            ),
            pytest.param([Behaviour(packs=True)], [""], id="packs in spite of being asked not to"),
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

    @pytest.mark.parametrize(
        ("how", "size"),
        [
            pytest.param({}, SIZE, id="it compares If-Range"),
            pytest.param({"tags": ""}, SIZE, id="it compares If-Range by date"),
            pytest.param({"checks": False}, SIZE, id="it ignores If-Range, and the tag tells"),
            pytest.param({"checks": False, "tags": ""}, SIZE + 7, id="it ignores If-Range, and the size tells"),
        ],
    )
    def test_a_file_that_changes_between_two_requests_is_started_over(self, server, tmp_path, how, size):
        changed = OTHER + bytes(size - SIZE)
        server.behave(FILE, breaking_off(30_000, becomes=changed, **how), Behaviour(**how), GOOD)
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

    def test_a_server_that_names_versions_by_date_is_asked_by_date(self, server, tmp_path):
        server.behave(FILE, DATED)
        fetch(server, tmp_path / FILE)
        assert fetch(server, tmp_path / FILE) is False
        assert server.asked(FILE)[-1].if_modified_since == "Wed, 15 Nov 2023 22:13:20 GMT"

    def test_a_whole_file_from_another_server_is_fetched_again(self, server, tmp_path):
        with GeoNamesServer({FILE: OTHER}) as other:
            fetch(other, tmp_path / FILE)
        assert fetch(server, tmp_path / FILE) is True
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

    def test_a_server_without_a_certificate_is_not_asked_again(self, server, tmp_path, waits):
        with Transfer() as fetching, pytest.raises(GazetteerError, match=r"no secure connection with 127\.0\.0\.1"):
            fetching.fetch(server.url.replace("http:", "https:") + FILE, tmp_path / FILE)
        assert waits == []

    def test_a_proxy_that_does_not_answer_is_named_as_such(self, server, tmp_path, monkeypatch, waits):
        with GeoNamesServer({}) as gone:
            pass
        monkeypatch.setenv("http_proxy", gone.url)
        monkeypatch.setenv("no_proxy", "")
        with pytest.raises(GazetteerError, match=r"the proxy that the environment names"):
            fetch(server, tmp_path / FILE)
        assert waits == []

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
