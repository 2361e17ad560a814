"""The commands that install and remove a gazetteer: the old one stays until the new one is whole."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from geonames_server import GOOD, GeoNamesServer, breaking_off, refusing, small_dump, stalling
from rich.progress import Progress
from small_index import write_index

import geo.gazetteer.dump
from geo.errors import InputError
from geo.gazetteer import transfer
from geo.gazetteer.dump import Report, Step
from geo.gazetteer.storage import EMBEDDED, alone
from maps import cli
from maps.cli import gazetteer_steps

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Keep the user's data in a folder of the test."""
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def installed(folder):
    folder.mkdir()
    write_index(folder / "gazetteer.sqlite")
    return folder / "gazetteer.sqlite"


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(transfer.time, "sleep", lambda _: None)  # between two attempts
    with GeoNamesServer(small_dump()) as started:
        yield started


@pytest.fixture
def builds(monkeypatch):
    """Put a quick build in the place of the real one, which has its own tests; return the folders it was given."""
    given = []

    def build(folder, target, *, progress):
        given.append(folder)
        progress(Step("reading AD.zip", 5_000, 10_000, 1))
        write_index(target)
        return Report(target, 5, 2, 5, 0, 3, 0, (), (), "2026-11-01", 0.1, target.stat().st_size)

    monkeypatch.setattr(geo.gazetteer.dump, "build_from_dump", build)
    return given


def run(*arguments, stdin=None):
    return CliRunner().invoke(cli.main, ["gazetteer", *map(str, arguments)], input=stdin)


def install(server, *arguments):
    return run("install", "--from", server.url, *arguments)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestInstall:
    def test_places_that_were_downloaded_are_found_until_they_are_removed(self, folder, server):
        result = install(server, "--countries", "AD,MC")
        assert (result.exit_code, result.stdout) == (0, ""), result.stderr
        assert names(folder) == ["gazetteer.lock", "gazetteer.sqlite"]
        last = result.stderr.splitlines()[-1]
        assert last.startswith(f"{folder / 'gazetteer.sqlite'}: ")
        assert "(3 new)" in last

        [row] = [json.loads(line) for line in run("find", "Vall Provada", "--json").stdout.splitlines()]
        assert (row["place_id"], row["country_code"], row["population"]) == ("geonames:990000001", "AD", 42)
        about = json.loads(run("info", "--json").stdout)
        assert about["used"] == about["installed"] == str(folder / "gazetteer.sqlite")

        assert run("remove", "--yes").exit_code == 0
        about = json.loads(run("info", "--json").stdout)
        assert (about["used"], about["installed"]) == (str(EMBEDDED), None)
        assert "Vall Provada" not in run("find", "Vall Provada").stdout

    @pytest.mark.parametrize(
        ("arguments", "data"),
        [
            ((), ["allCountries.zip", "alternateNamesV2.zip"]),
            (("--countries", "AD"), ["AD.zip", "alternatenames/AD.zip"]),
            (
                ("--countries", " mc, AD,mc,"),
                ["MC.zip", "AD.zip", "alternatenames/MC.zip", "alternatenames/AD.zip"],
            ),
        ],
    )
    def test_what_is_asked_for_is_downloaded_and_built(self, folder, server, builds, arguments, data):
        assert install(server, *arguments).exit_code == 0
        assert server.fetched()[4:] == data
        assert builds == [folder / "dump"]

    @pytest.mark.usefixtures("builds")
    def test_what_was_downloaded_is_removed_unless_it_is_to_be_kept(self, folder, server):
        install(server, "--countries", "AD")
        assert "dump" not in names(folder)
        install(server, "--countries", "AD", "--keep")
        assert (folder / "dump" / "AD.zip").exists()

    @pytest.mark.usefixtures("builds")
    def test_what_was_kept_and_has_not_changed_is_not_downloaded_again(self, server):
        install(server, "--countries", "AD", "--keep")
        result = install(server, "--countries", "AD")
        assert result.exit_code == 0
        assert "fetching" not in result.stderr

    @pytest.mark.usefixtures("builds")
    def test_without_a_terminal_each_step_is_a_line_and_nothing_goes_to_standard_output(self, server):
        server.behave("AD.zip", breaking_off(100), GOOD)
        result = install(server, "--countries", "AD")
        size = len(server.files["AD.zip"].content)
        said = result.stderr.splitlines()
        assert result.stdout == ""
        assert said[0] == "asking how much it is"
        assert f"fetching AD.zip ({size} B)" in said
        assert f"{server.url}AD.zip: the connection broke off after 100 bytes of {size}; trying again" in said
        assert said[-2] == "reading AD.zip (10.0 kB)"
        assert len(said) == len(set(said))

    @pytest.mark.usefixtures("builds")
    def test_a_download_that_fails_leaves_the_old_one_and_what_has_come(self, folder, installed, server):
        before = installed.read_bytes()
        server.behave("alternatenames/AD.zip", refusing(403))
        result = install(server, "--countries", "AD")
        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1].startswith(
            f"error: {server.url}alternatenames/AD.zip could not be fetched: the server refuses it (403 Forbidden); "
            "run the same command again"
        )
        assert installed.read_bytes() == before
        assert (folder / "dump" / "AD.zip").exists()

    def test_a_build_that_fails_leaves_the_old_one_and_the_download(self, folder, installed, server, monkeypatch):
        def fail(*_, **__):
            raise InputError("no dump")

        monkeypatch.setattr(geo.gazetteer.dump, "build_from_dump", fail)
        before = installed.read_bytes()
        result = install(server, "--countries", "AD")
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "error: no dump")
        assert installed.read_bytes() == before
        assert (folder / "dump" / "AD.zip").exists()

    def test_ctrl_c_leaves_the_old_one_and_the_download_and_says_how_to_go_on(
        self, folder, installed, server, monkeypatch
    ):
        def interrupt(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr(geo.gazetteer.dump, "build_from_dump", interrupt)
        before = installed.read_bytes()
        result = install(server, "--countries", "AD")
        assert result.exit_code == 130
        assert result.stderr.splitlines()[-1].startswith("error: interrupted; the gazetteer is as it was")
        assert "run the same command again to go on" in result.stderr
        assert installed.read_bytes() == before
        assert (folder / "dump" / "AD.zip").exists()

    @pytest.mark.skipif(sys.platform == "win32", reason="a process there cannot be sent Ctrl-C alone")
    def test_ctrl_c_in_the_middle_of_a_download_ends_it_at_once(self, folder, server):
        server.behave("AD.zip", stalling(100))
        # What a shell starts in the background ignores Ctrl-C, and hands that on; a person's terminal does not.
        attended = (
            "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from maps.cli import main; main()"
        )
        options = ["gazetteer", "install", "--countries", "AD", "--from", server.url]
        command = [sys.executable, "-c", attended, *options]
        with subprocess.Popen(command, cwd=ROOT, env=os.environ, stderr=subprocess.PIPE, text=True) as process:
            while "fetching AD.zip" not in process.stderr.readline():
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
        assert process.returncode == 130
        assert said.startswith("error: interrupted; the gazetteer is as it was")
        assert len(said.splitlines()) == 1
        assert (folder / "dump" / "hierarchy.zip").exists()
        assert not (folder / "dump" / "AD.zip").exists()

    def test_two_at_once_do_not_collide(self, folder, server):
        with alone("installing all countries"):
            result = install(server, "--countries", "AD")
        assert result.exit_code == 1
        assert result.stderr.startswith(f"error: {folder} is in use: process ")
        assert "is installing all countries since" in result.stderr
        assert server.requests == []

    @pytest.mark.parametrize(
        ("countries", "said"),
        [
            ("UK", "UK is no ISO 3166-1 code of a country; did you mean GB (United Kingdom)?"),
            ("AD,Ukraine", "Ukraine is no ISO 3166-1 code of a country; did you mean UA (Ukraine)?"),
            ("ZY", "did you mean ZW (Zimbabwe) or"),
            ("Qqqqqq", "Qqqqqq is no ISO 3166-1 code of a country; write codes of two letters, such as UA,RU"),
            (",", "',' names no country; write codes, such as UA,RU"),
        ],
    )
    def test_an_unknown_country_is_refused_with_the_nearest_ones(self, folder, server, countries, said):
        result = install(server, "--countries", countries)
        assert result.exit_code == 2
        assert said in result.stderr
        assert server.requests == []
        assert not folder.exists()

    def test_an_address_that_is_none_is_refused(self):
        result = run("install", "--from", "/data/geonames")
        assert result.exit_code == 1
        assert "/data/geonames is no address" in result.stderr


class TestRemove:
    def test_it_goes_back_to_the_embedded_one(self, folder, installed):
        (folder / "dump").mkdir()
        (folder / "dump" / "AD.zip.part").write_bytes(bytes(1000))
        result = run("remove", "--yes")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.startswith(f"removed {installed} (")
        assert f"{folder / 'dump'} (1.0 kB)" in result.stderr
        assert str(EMBEDDED) in result.stderr
        assert names(folder) == ["gazetteer.lock"]

    @pytest.mark.parametrize(("answer", "code", "left"), [("y\n", 0, False), ("n\n", 1, True), ("", 1, True)])
    def test_it_asks_first(self, installed, answer, code, left):
        result = run("remove", stdin=answer)
        assert f"Remove {installed} (" in result.stderr
        assert result.exit_code == code
        assert installed.exists() is left

    def test_where_nothing_is_installed_it_says_so(self):
        result = run("remove")
        assert result.exit_code == 0
        assert result.stderr == f"nothing is installed; in use is what dateline came with: {EMBEDDED}\n"

    def test_not_while_another_process_installs(self, installed):
        with alone("installing UA"):
            result = run("remove", "--yes")
        assert result.exit_code == 1
        assert "is installing UA since" in result.stderr
        assert installed.exists()


class TestSteps:
    def test_a_large_step_has_a_line_for_each_tenth(self, capsys):
        with gazetteer_steps.steps_shown() as show:
            for done in range(0, 50_000_001, 2_500_000):
                show("fetching UA.zip", done, 50_000_000)
        lines = capsys.readouterr().err.splitlines()
        assert lines[0] == "fetching UA.zip (50.0 MB)"
        assert lines[1] == "fetching UA.zip: 10 % of 50.0 MB"
        assert lines[-1] == "fetching UA.zip: 100 % of 50.0 MB"
        assert len(lines) == 11

    def test_in_a_terminal_there_is_one_bar_at_a_time(self):
        with Progress(disable=True) as progress:
            show = gazetteer_steps._Bars(progress)
            show("fetching UA.zip", 10, 100)
            show("fetching UA.zip", 20, 100)
            assert [(task.description, task.completed, task.total, task.fields["of"]) for task in progress.tasks] == [
                ("fetching UA.zip", 20, 100, "20 B of 100 B")
            ]
            show("packing the index", 0, 0)
            assert [(task.description, task.total) for task in progress.tasks] == [("packing the index", None)]

    def test_bars_go_to_standard_error_of_a_terminal(self, monkeypatch):
        class Terminal(io.StringIO):
            def isatty(self):
                return True

        terminal = Terminal()
        monkeypatch.setattr("sys.stderr", terminal)
        with gazetteer_steps.steps_shown() as show:
            show("fetching [UA].zip", 100, 200)
        assert "fetching [UA].zip" in terminal.getvalue()
        assert "100 B of 200 B" in terminal.getvalue()

    @pytest.mark.parametrize(
        ("size", "said"), [(12, "12 B"), (31_668, "31.7 kB"), (412_300_000, "412.3 MB"), (2_500_000_000, "2.5 GB")]
    )
    def test_sizes_are_readable(self, size, said):
        assert gazetteer_steps.readable(size) == said
