"""The commands that tell about the gazetteer: `info` and `find`, what they print where and in which words."""

from __future__ import annotations

import importlib
import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from small_index import write_index

from geo.gazetteer import Gazetteer, store
from geo.gazetteer.storage import EMBEDDED
from geo.types import Place
from maps import cli
from maps.cli import gazetteer_find
from maps.cli.gazetteer_words import lies_in, what


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


def run(*arguments, stdin=None):
    return CliRunner().invoke(cli.main, ["gazetteer", *map(str, arguments)], input=stdin)


class TestInfo:
    def test_it_tells_where_the_files_are_the_sources_and_the_counts(self, folder, installed):
        result = run("info")
        assert (result.exit_code, result.stderr) == (0, "")
        lines = result.stdout.splitlines()
        assert lines[0].startswith(f"used: {installed} (installed, ")
        assert {
            f"embedded: {EMBEDDED}",
            f"installed: {installed}",
            f"data folder: {folder}",
            f"format: {store.FORMAT}",
            "dump date: 2026-11-01",
            "sources:",
            "  GeoNames, dump, 2026-11-01, CC BY 4.0, https://www.geonames.org/",
            "  dateline, MIT",
            "places: 5",
            "names: 5",
            "areas: 0",
        } <= set(lines)
        counts = [line.rsplit(maxsplit=1) for line in lines if line.startswith("  ")]
        assert [
            *(["  A countries and divisions", "2"], ["  P populated places", "2"]),
            ["  L regions, parks and other areas", "1"],
        ] == counts[2:5]
        assert counts[5:] == [["  official", "4"], ["  former", "1"], ["  NG Nigeria", "3"], ["  PT", "1"]]

    @pytest.mark.usefixtures("installed")
    def test_json_has_it_all(self):
        about = json.loads(run("info", "--json").stdout)
        assert about["by_class"] == {"A": 2, "P": 2, "L": 1}
        assert about["by_kind"] == {"official": 4, "former": 1}
        assert about["by_country"] == {"NG": 3, "PT": 1}
        assert about["countries"] == {"NG": "Nigeria"}
        assert [source["licence"] for source in about["sources"]] == ["MIT", "CC BY 4.0"]
        assert len(about["digest"]) == 64

    def test_the_embedded_one_is_told_with_the_twenty_countries_that_have_most(self):
        lines = run("info").stdout.splitlines()
        assert lines[0].startswith(f"used: {EMBEDDED} (embedded, ")
        assert "installed: none; dateline gazetteer install brings all places of GeoNames" in lines
        [heading] = [line for line in lines if line.startswith("countries with the most places")]
        assert len(lines) - lines.index(heading) - 1 == 20

    def test_a_damaged_index_is_named_with_what_mends_it(self, installed):
        installed.write_bytes(b"no index")
        result = run("info")
        assert result.exit_code == 1
        assert result.stderr.startswith(f"error: {installed}: ")
        assert "dateline gazetteer remove" in result.stderr

    def test_an_index_of_which_the_middle_is_damaged_is_named_too(self, installed):
        with closing(sqlite3.connect(installed)) as index:
            index.executescript("DROP TABLE name")
        assert f"{installed}: the gazetteer's index" in run("info").stderr


@pytest.mark.usefixtures("installed")
class TestFind:
    def test_without_a_terminal_each_place_is_a_line_of_fields_with_tabs(self):
        result = run("find", "Lagos")
        assert (result.exit_code, result.stderr) == (0, "")
        header, *rows = (line.split("\t") for line in result.stdout.splitlines())
        assert header == list(gazetteer_find.COLUMNS)
        assert rows[0] == [
            *("Lagos", "geonames:2332459", "Lagos", "P", "PPLA", "seat of a first-order division"),
            *("", "Lagos State", "NG", "15388000", "3.39467", "6.45407", "Lagos", "official", "1.0"),
        ]
        assert [row[1] for row in rows] == ["geonames:2332459", "geonames:2267226"]

    def test_json_lines_have_the_same_fields(self):
        [row] = [json.loads(line) for line in run("find", "eko", "--json").stdout.splitlines()]
        assert tuple(row) == gazetteer_find.COLUMNS
        assert (row["name"], row["place"], row["matched_name"], row["kind"]) == ("eko", "Lagos", "Èkó", "former")
        assert (row["population"], row["lon"], row["trust"]) == (15_388_000, 3.39467, 0.7)

    def test_several_names_are_told_one_after_the_other(self):
        rows = [json.loads(line) for line in run("find", "Nigeria", "Lagos", "--json").stdout.splitlines()]
        assert [row["name"] for row in rows] == ["Nigeria", "Lagos", "Lagos"]

    def test_the_limit_is_for_each_name_and_what_is_left_out_is_told(self):
        result = run("find", "Lagos", "Eko", "--limit", 1)
        assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ["name", "Lagos", "Eko"]
        assert result.stderr == "Lagos: 1 more place, which --limit 2 shows\n"

    @pytest.mark.parametrize("form", [(), ("--json",)], ids=["tabs", "json"])
    def test_a_name_that_nothing_bears_says_how_to_add_a_place(self, form):
        result = run("find", "Xyzzyqqq", *form)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("error: Xyzzyqqq: nothing in the gazetteer bears this name")
        assert "--gazetteer FILE" in result.stderr

    def test_what_is_found_is_printed_though_another_name_is_not(self):
        result = run("find", "Nigeria", "Xyzzyqqq", "--json")
        assert result.exit_code == 1
        assert json.loads(result.stdout)["place"] == "Nigeria"
        assert "Xyzzyqqq" in result.stderr

    def test_in_a_terminal_it_is_a_table_and_brackets_are_no_markup(self, capsys, monkeypatch):
        monkeypatch.setenv("COLUMNS", "200")
        with Gazetteer.open() as gazetteer:
            gazetteer_find.print_tables(gazetteer.lookup_many(["Lagos", "Zero Line"]))
        printed = " ".join(capsys.readouterr().out.split())
        assert (
            "Lagos │ seat of a first-order division P/PPLA │ Lagos State, NG │ 15,388,000 │ 3.3947 │ 6.4541" in printed
        )
        assert "[Zero] Line │ historical region L/RGNH │ │ │ 37.5000 │ 48.1000" in printed
        assert "│ dateline:zero-line │" in printed


class TestWords:
    @pytest.mark.parametrize(
        ("feature_class", "feature_code", "said"),
        [
            ("P", "PPLC", "capital"),
            ("H", "STM", "river"),
            ("S", "XYZ", "site"),
            ("P", "", "populated place"),
            ("", "", "place"),
            ("L", "PPLC", "area"),
        ],
    )
    def test_a_code_is_told_in_words_and_a_rare_one_by_its_class(self, feature_class, feature_code, said):
        assert what(Place("x:1", "X", 0, 0, feature_class=feature_class, feature_code=feature_code)) == said

    def test_every_code_that_is_common_in_the_gazetteer_has_words_of_its_own(self):
        with closing(sqlite3.connect(f"{EMBEDDED.as_uri()}?mode=ro", uri=True)) as index:
            common = index.execute(
                "SELECT feature_class, feature_code FROM place WHERE feature_code <> '' GROUP BY 1, 2 HAVING count(*) >= 50"
            ).fetchall()
        codes = importlib.import_module("maps.cli.gazetteer_words")._CODES
        assert [pair for pair in common if pair[1] not in codes.get(pair[0], {})] == []

    @pytest.mark.parametrize(
        ("admin2", "admin1", "country", "said"),
        [
            ("Bucha Raion", "Kyiv Oblast", "UA", "Bucha Raion, Kyiv Oblast, UA"),
            ("", "Bucha", "UA", "UA"),
            ("Kyiv Oblast", "Kyiv Oblast", "", "Kyiv Oblast"),
            ("", "", "", ""),
        ],
    )
    def test_what_a_place_lies_in_names_nothing_twice_and_not_the_place(self, admin2, admin1, country, said):
        assert lies_in(Place("x:1", "Bucha", 0, 0, country, admin1, admin2)) == said
