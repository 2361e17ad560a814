"""The user's data folder: where it is, which index is used, whole files, one process at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.gazetteer import storage
from geo.gazetteer.storage import EMBEDDED, alone, current, data_folder, installed_path, replaced_whole


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    monkeypatch.setenv("DATELINE_DATA", str(folder))
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestDataFolder:
    def test_the_environment_names_it(self, folder):
        assert data_folder() == folder

    @pytest.mark.parametrize(
        ("named", "expected"),
        [
            ("~/news", Path.home() / "news"),
            ("here", Path.cwd() / "here"),
            ("~nobody-is-called-so/x", Path.cwd() / "~nobody-is-called-so" / "x"),
        ],
    )
    def test_a_name_is_read_as_a_shell_reads_it(self, monkeypatch, named, expected):
        monkeypatch.setenv("DATELINE_DATA", named)
        assert data_folder() == expected

    @pytest.mark.parametrize("named", [None, ""])
    def test_without_a_name_it_is_the_one_that_is_usual_on_the_system(self, monkeypatch, tmp_path, named):
        if named is None:
            monkeypatch.delenv("DATELINE_DATA")
        else:
            monkeypatch.setenv("DATELINE_DATA", named)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
        found = data_folder()
        assert found.name == "dateline"
        if sys.platform == "linux":
            assert found == tmp_path / "share" / "dateline"

    def test_asking_makes_no_folder(self, folder):
        current()
        assert not folder.exists()


class TestCurrent:
    def test_it_is_the_embedded_index_where_nothing_is_installed(self):
        assert current() == EMBEDDED

    def test_it_is_the_installed_one_where_there_is_one(self, folder):
        folder.mkdir()
        installed_path().write_bytes(b"")
        assert current() == folder / "gazetteer.sqlite"

    def test_a_file_half_written_is_not_it(self, folder):
        folder.mkdir()
        (folder / "gazetteer.sqlite.123.part").write_bytes(b"")
        assert current() == EMBEDDED

    def test_a_folder_that_may_not_be_looked_into_holds_nothing(self, monkeypatch):
        def refuse(_):
            raise PermissionError

        monkeypatch.setattr(Path, "is_file", refuse)
        assert current() == EMBEDDED


class TestReplacedWhole:
    def test_the_file_takes_its_place_when_it_is_whole(self, folder):
        with replaced_whole(folder / "a" / "index") as part:
            part.write_text("new")
            assert part.parent == folder / "a"
            assert not (folder / "a" / "index").exists()
        assert (folder / "a" / "index").read_text() == "new"
        assert names(folder / "a") == ["index"]

    @pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
    def test_the_old_one_stays_when_the_work_fails(self, folder, error):
        folder.mkdir()
        (folder / "index").write_text("old")

        def work():
            with replaced_whole(folder / "index") as part:
                part.write_text("ne")
                raise error

        with pytest.raises(error):
            work()
        assert (folder / "index").read_text() == "old"
        assert names(folder) == ["index"]

    def test_whoever_reads_the_old_one_goes_on_reading_it(self, folder):
        folder.mkdir()
        (folder / "index").write_text("old")
        with (folder / "index").open() as reading:
            with replaced_whole(folder / "index") as part:
                part.write_text("new")
            assert reading.read() == "old"

    def test_a_target_that_cannot_be_replaced_is_named(self, folder):
        (folder / "index").mkdir(parents=True)
        with (
            pytest.raises(GazetteerError, match="index cannot be replaced: "),
            replaced_whole(folder / "index") as part,
        ):
            part.write_text("new")
        assert names(folder) == ["index"]

    def test_a_folder_that_cannot_be_made_is_named(self, tmp_path):
        (tmp_path / "file").write_text("")
        with (
            pytest.raises(GazetteerError, match=r"cannot be made: .*; name a folder of your own in DATELINE_DATA"),
            replaced_whole(tmp_path / "file" / "index"),
        ):
            pytest.fail("there is nowhere to write")


HOLDING = """
import sys
from geo.gazetteer.storage import alone
with alone("installing UA"):
    print("begun", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other():
    """Run another process that is at work in the folder until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout.readline() == "begun\n"
        yield process
        process.kill()


class TestAlone:
    def test_a_second_process_is_told_who_is_at_work(self, folder, other):
        with pytest.raises(GazetteerError) as raised, alone("removing"):
            pytest.fail("both were at work")
        message = str(raised.value)
        assert message.startswith(f"{folder} is in use: process {other.pid} on ")
        assert " is installing UA since 20" in message
        assert message.endswith("wait until it is done, or end it, and try again")

    def test_the_next_one_may_when_the_first_has_ended(self, folder, other):
        other.communicate("")
        assert names(folder) == ["gazetteer.lock"]
        with alone("removing"):
            assert json.loads((folder / "gazetteer.lock.json").read_text())["work"] == "removing"

    def test_the_next_one_may_when_the_first_was_killed(self, other):
        other.kill()
        other.wait()
        with alone("removing"):
            pass

    def test_it_ends_with_an_error_too(self):
        for _ in range(2):
            with pytest.raises(ValueError, match="the work failed"), alone("installing"):
                raise ValueError("the work failed")

    @pytest.mark.parametrize("told", [None, "", "[]", "{}"])
    def test_a_holder_who_has_not_yet_told_is_still_a_holder(self, folder, other, told):
        holder = folder / "gazetteer.lock.json"
        holder.unlink() if told is None else holder.write_text(told)
        with pytest.raises(GazetteerError, match="is in use: another dateline is at work there"), alone("removing"):
            pytest.fail("both were at work")
        assert other.poll() is None

    def test_a_folder_that_cannot_be_written_in_is_named(self, tmp_path, monkeypatch):
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "file"))
        with pytest.raises(GazetteerError, match=r"cannot be written in: .* in DATELINE_DATA"), alone("installing"):
            pytest.fail("there is nowhere to work")


def test_opening_the_gazetteer_imports_nothing_that_only_installing_needs():
    asked = "import sys; from geo.gazetteer.storage import current; current(); print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ).stdout.split()
    assert storage.__name__ in found
    assert not {"filelock", "requests", "platformdirs"} & set(found)
