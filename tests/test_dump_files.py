from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from dump_examples import AMSTERDAM, EDAM, MOKHA, TABLES, line, of, write_base, write_dump, zipped

from geo.errors import InputError, NoGazetteer, NoSuchInput, OutputError
from geo.gazetteer import Gazetteer, dump
from geo.gazetteer.dump import build_from_dump, merging
from geo.gazetteer.dump.files import find_dump
from maps.cli.gazetteer_build import build_command


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return write_base(tmp_path_factory.mktemp("base") / "base.sqlite")


def test_files_of_countries_are_read_together_with_their_alternate_names(base, tmp_path):
    folder = write_dump(tmp_path / "dump", [EDAM], {}, name="NL.txt")
    write_dump(folder, [MOKHA], {}, name="YE.txt")
    write_dump(folder / "alternatenames", ["1\t2756644\tde\tEdamm"], {}, name="NL.txt")
    zipped(folder)

    report = build_from_dump(folder, tmp_path / "x.sqlite", base=base)

    assert report.new_places == 2
    with Gazetteer.open(report.target) as gazetteer:
        assert of(gazetteer, "Edamm", 2756644).language == "de"
        assert of(gazetteer, "Mocha", 73200)


def test_the_file_of_all_countries_goes_before_those_of_single_ones(tmp_path):
    folder = write_dump(tmp_path / "dump", [EDAM], {})
    write_dump(folder, [MOKHA], {}, name="YE.txt")
    assert [file.path.name for file in find_dump(folder).places] == ["allCountries.txt"]


@pytest.mark.parametrize(("missing", "cost"), [
    ("admin1CodesASCII.txt", "no province"), ("admin2Codes.txt", "no county"), ("alternateNamesV2.txt", "no language"),
    ("hierarchy.txt", "quarters"), ("countryInfo.txt", "country"),
])  # fmt: skip
def test_a_missing_file_is_no_obstacle_and_what_it_costs_is_told(base, tmp_path, missing, cost):
    folder = write_dump(tmp_path / "dump", tables={name: lines for name, lines in TABLES.items() if name != missing})
    (lost,) = build_from_dump(folder, tmp_path / "x.sqlite", base=base).lost
    assert lost.startswith(f"{missing} is not there: ")
    assert cost in lost


def test_blank_lines_comments_and_a_byte_order_mark_are_borne(base, tmp_path):
    folder = write_dump(tmp_path / "dump", ["\ufeff" + EDAM, "", "# more", MOKHA + "\r", "  "], {})
    report = build_from_dump(folder, tmp_path / "x.sqlite", base=base)
    assert (report.new_places, report.malformed) == (2, 0)


BAD = [
    ("only a few\tcolumns", "2 columns instead of 19"),
    (EDAM.replace("2756644", "x", 1), "'x' is no GeoNames id"),
    (EDAM.replace("52.51167", "152.5"), "152.5 degrees, beyond 90"),
    (EDAM.replace("52.51167", "nan"), "nan degrees, beyond 90"),
    (EDAM.replace("52.51167", "north"), "could not convert string to float: 'north'"),
    (EDAM.replace("\tEdam\tEdam", "\t\tEdam"), "no name"),
    (EDAM.replace("\tP\t", "\tQ\t"), "the feature class 'Q'"),
    (EDAM.replace("7380", "many"), "the population 'many'"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "why"), BAD, ids=[why for _, why in BAD])
def test_a_malformed_line_is_left_out_and_told_with_file_and_line(base, tmp_path, bad, why):
    folder = write_dump(tmp_path / "dump", [AMSTERDAM, "", bad, MOKHA], {})
    report = build_from_dump(folder, tmp_path / "x.sqlite", base=base)
    assert report.malformed == 1
    assert report.problems[0].startswith(f"{folder / 'allCountries.txt'}, line 3: {why}")
    assert report.new_places == 1


def test_a_line_that_is_no_utf_8_is_left_out(base, tmp_path):
    folder = write_dump(tmp_path / "dump", [MOKHA], {})
    (folder / "allCountries.txt").write_bytes(
        f"{MOKHA}\n".encode("latin-1", "replace") + EDAM.replace("Ehdam", "É").encode("latin-1", "replace")
    )
    report = build_from_dump(folder, tmp_path / "x.sqlite", base=base)
    assert report.problems == (f"{folder / 'allCountries.txt'}, line 2: no UTF-8",)


def not_there(folder):
    return folder / "nowhere"


def a_file(folder):
    return write_dump(folder) / "admin2Codes.txt"


def without_places(folder):
    (write_dump(folder) / "allCountries.txt").unlink()
    return folder


def with_a_web_page(folder):
    return write_dump(folder, ["<html>"] * 3)


def with_many_bad_lines(folder):
    return write_dump(folder, [EDAM] * 98 + ["bad"] * 2)


def with_another_table(folder):
    return write_dump(folder, tables={"admin1CodesASCII.txt": TABLES["hierarchy.txt"]})


def with_a_broken_zip(folder):
    packed = zipped(write_dump(folder)) / "allCountries.zip"
    packed.write_bytes(packed.read_bytes()[:-30])
    return folder


def with_a_changed_zip(folder):
    packed = zipped(write_dump(folder)) / "allCountries.zip"
    content = bytearray(packed.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 8] = bytes(8)
    packed.write_bytes(content)
    return folder


def with_another_zip(folder):
    packed = zipped(write_dump(folder)) / "allCountries.zip"
    packed.rename(folder / "x.zip")
    (folder / "hierarchy.zip").rename(packed)
    return folder


WRONG = [
    (not_there, NoSuchInput, "does not exist"),
    (a_file, NoSuchInput, "is a file; name the folder"),
    (without_places, InputError, "holds no places of GeoNames"),
    (with_a_web_page, InputError, "3 of 3 lines cannot be read"),
    (with_many_bad_lines, InputError, "line 99: 1 columns instead of 19"),
    (with_another_table, InputError, "admin1CodesASCII.txt is not GeoNames' file"),
    (with_a_broken_zip, InputError, "allCountries.zip is no .zip that can be read"),
    (with_a_changed_zip, InputError, "allCountries.zip is damaged"),
    (with_another_zip, InputError, "holds no allCountries.txt"),
]


@pytest.mark.parametrize(("make", "error", "message"), WRONG, ids=[row[0].__name__ for row in WRONG])
def test_a_wrong_dump_is_told_and_leaves_the_old_gazetteer_whole(base, tmp_path, make, error, message):
    target = tmp_path / "home" / "gazetteer.sqlite"
    target.parent.mkdir()
    target.write_text("the old one")
    with pytest.raises(error, match=message):
        build_from_dump(make(tmp_path / "dump"), target, base=base)
    assert target.read_text() == "the old one"
    assert list(target.parent.iterdir()) == [target]


class Enough(Exception):
    pass


STEPS = [
    "reading the embedded index",
    "reading allCountries.txt",
    "reading alternateNamesV2.txt",
    "sorting places",
    "sorting names",
    "packing the index",
]


@pytest.mark.parametrize("error", [Enough, KeyboardInterrupt])
@pytest.mark.parametrize("when", STEPS)
def test_an_interrupted_build_leaves_the_old_gazetteer_whole_and_nothing_beside_it(base, tmp_path, when, error):
    target = tmp_path / "home" / "gazetteer.sqlite"
    target.parent.mkdir()
    target.write_text("the old one")

    def stop(step):
        if step.doing == when:
            raise error

    with pytest.raises(error):
        build_from_dump(write_dump(tmp_path / "dump"), target, base=base, progress=stop)
    assert target.read_text() == "the old one"
    assert list(target.parent.iterdir()) == [target]


def test_a_long_statement_is_interrupted_too_and_says_by_what(base, tmp_path, monkeypatch):
    monkeypatch.setattr(merging, "_OPERATIONS", 10)
    told = []

    def stop_at_the_second(step):
        told.append(step.doing)
        if told.count("sorting names") == 2:
            raise Enough

    with pytest.raises(Enough):
        build_from_dump(write_dump(tmp_path / "dump"), tmp_path / "x.sqlite", base=base, progress=stop_at_the_second)
    assert not (tmp_path / "x.sqlite").exists()


def test_progress_comes_to_the_end_of_each_file(base, tmp_path):
    steps = []
    folder = zipped(write_dump(tmp_path / "dump"))
    report = build_from_dump(folder, tmp_path / "x.sqlite", base=base, progress=steps.append)
    ends = {step.doing: step for step in steps}
    for file in find_dump(folder).files:
        end = ends[f"reading {file.path.name}"]
        assert end.done == end.total == file.size
    assert [step.rows for step in steps] == sorted(step.rows for step in steps)
    assert steps[-1].rows == report.rows
    assert steps[0].doing == "reading the embedded index"
    assert steps[-1].doing == "packing the index"


def test_two_builds_at_once_do_not_disturb_each_other(base, tmp_path):
    folder, target = write_dump(tmp_path / "dump"), tmp_path / "x.sqlite"
    other = (
        "import sys; from pathlib import Path; from geo.gazetteer.dump import build_from_dump;"
        "build_from_dump(Path(sys.argv[1]), Path(sys.argv[2]), base=Path(sys.argv[3]))"
    )
    finished = []

    def meanwhile(step):
        if step.doing == "sorting names" and not finished:
            finished.append(subprocess.run([sys.executable, "-c", other, folder, target, base], check=True))
            finished.append(target.read_bytes())

    build_from_dump(folder, target, base=base, progress=meanwhile)
    assert finished[1] == target.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump", "x.sqlite"]


def test_what_a_killed_build_left_long_ago_is_removed_and_what_another_is_writing_is_not(base, tmp_path):
    left, new = tmp_path / "x.sqlite.abc.building", tmp_path / "x.sqlite.999.part"
    left.mkdir()
    (left / "staging.sqlite").write_text("")
    new.write_text("")
    os.utime(left, (0, 0))
    build_from_dump(write_dump(tmp_path / "dump", [EDAM], {}), tmp_path / "x.sqlite", base=base)
    assert not left.exists()
    assert new.exists()


def test_the_index_to_build_upon_is_not_written_over(base, tmp_path):
    before = base.read_bytes()
    with pytest.raises(InputError, match="would be lost"):
        build_from_dump(write_dump(tmp_path / "dump"), base, base=base)
    assert base.read_bytes() == before


def test_without_an_embedded_index_there_is_nothing_to_build_upon(tmp_path):
    with pytest.raises(NoGazetteer, match="not there"):
        build_from_dump(write_dump(tmp_path / "dump"), tmp_path / "x.sqlite", base=tmp_path / "none.sqlite")


def test_a_full_disk_is_told_and_leaves_the_old_gazetteer_whole(base, tmp_path, monkeypatch):
    monkeypatch.setattr(merging, "_STAGING", merging._STAGING + "PRAGMA staging.max_page_count = 8;")
    target = tmp_path / "home" / "gazetteer.sqlite"
    target.parent.mkdir()
    target.write_text("the old one")
    places = [line(1000 + n, f"Village {n}", "P/PPL", 52.0, 5.0) for n in range(2000)]
    with pytest.raises(OutputError, match=r"disk is full; .* GB are free"):
        build_from_dump(write_dump(tmp_path / "dump", places, {}), target, base=base)
    assert target.read_text() == "the old one"
    assert list(target.parent.iterdir()) == [target]


def test_a_disk_without_room_is_told_before_anything_is_read(base, tmp_path, monkeypatch):
    free = SimpleNamespace(free=4_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free)
    told = []
    with pytest.raises(OutputError, match="no room for the index"):
        build_from_dump(write_dump(tmp_path / "dump"), tmp_path / "x.sqlite", base=base, progress=told.append)
    assert told == []


def test_a_target_that_cannot_be_written_is_an_error_of_ours(base, tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        build_from_dump(write_dump(tmp_path / "dump"), tmp_path / ("x" * 240), base=base)


def run(*arguments, **environment):
    return CliRunner(env={"COLUMNS": "100", **environment}).invoke(build_command, list(map(str, arguments)))


def test_the_command_says_what_it_built_where_and_what_was_lost(base, tmp_path, monkeypatch):
    monkeypatch.setattr(dump, "build_from_dump", functools.partial(build_from_dump, base=base))
    folder, target = write_dump(tmp_path / "dump", [EDAM, "bad"], {}), tmp_path / "x.sqlite"
    result = run(folder, "-o", target)
    assert result.exit_code == 0, result.output
    assert f"{target}: " in result.stderr
    assert "GeoNames of 2024-05-01" in result.stderr
    assert "not in use" in result.stderr
    assert "note: hierarchy.txt is not there" in result.stderr
    assert "1 line could not be read and was left out" in result.stderr
    assert result.stdout == ""
    with Gazetteer.open(target) as gazetteer:
        assert of(gazetteer, "Edam", 2756644)


def test_the_command_writes_to_the_users_data_folder_and_says_how_to_go_back(tmp_path):
    result = run(write_dump(tmp_path / "dump", [EDAM], {}), DATELINE_DATA=str(tmp_path / "data"))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "data" / "gazetteer.sqlite").is_file()
    assert "dateline gazetteer remove" in result.stderr


def test_the_help_teaches_which_files_are_needed():
    text = run("--help").stdout
    assert all(name in text for name in ("allCountries", *(Path(name).stem for name in TABLES)))
