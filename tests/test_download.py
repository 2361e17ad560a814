"""The download of GeoNames' dump, from a server on this machine that behaves well and badly."""

from __future__ import annotations

import errno
import importlib
import shutil
from collections import namedtuple

import pytest
from geonames_server import (
    GOOD,
    Behaviour,
    GeoNamesServer,
    refusing,
    small_dump,
    zipped,
)

from geo.errors import GazetteerError
from geo.gazetteer import transfer
from geo.gazetteer.download import BUILD_BASE, BUILD_PER_BYTE, GEONAMES, download, dump_folder, files_of


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    """Wait for nothing, and remember how long it would have been."""
    slept = []
    monkeypatch.setattr(transfer.time, "sleep", slept.append)
    return slept


@pytest.fixture
def geonames():
    with GeoNamesServer(small_dump()) as started:
        yield started


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "dump"


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


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
        assert steps["asking how much it is"] == (0, 0)
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
    INDEX = 10_000_000
    NEEDED = ALL + BUILD_PER_BYTE * DATA + BUILD_BASE * INDEX

    @pytest.fixture(autouse=True)
    def _index(self, monkeypatch, tmp_path):
        index = tmp_path / "embedded.sqlite"
        with index.open("wb") as file:
            file.truncate(self.INDEX)
        monkeypatch.setattr(importlib.import_module("geo.gazetteer.download"), "EMBEDDED", index)

    def leave(self, monkeypatch, free):
        usage = namedtuple("Usage", "total used free")(10**12, 0, free)  # noqa: PYI024 - as shutil's is
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    def test_too_small_a_disk_is_told_before_anything_is_fetched(self, geonames, folder, monkeypatch):
        self.leave(monkeypatch, self.NEEDED - 1)
        with pytest.raises(
            GazetteerError, match=r"not enough room: about 30\.0 MB are needed and 30\.0 MB are free"
        ) as raised:
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
