"""The command: what it prints where, what it refuses before the work, and how it ends."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import geo
from geo.atlas import FLAT_COLUMNS, Atlas
from geo.errors import ModelError
from geo.types import Alternative, Mention, Place, Toponym
from maps import cli
from maps.cli import explanations
from maps.cli.gazetteer import gazetteer_commands

ROOT = Path(__file__).parent.parent
LAGOS = Place("geonames:2332459", "Lagos", 3.39467, 6.45407, "NG", "Lagos State", "", "P", "PPLA")
LAGOA = Place("geonames:2267226", "Lagos", -8.67422, 37.10202, "PT", "Faro", "", "P", "PPLA2")


def geoparse_names(articles, *, progress=iter, threshold=0.5, **_):
    """Geoparse as the real one does, knowing of one place and one name without a place."""
    toponyms = []
    for article in progress(tuple(articles)):
        for match in re.finditer("Lagos|Atlantis", article.text):
            mention = Mention(article.id, match.start(), match.end(), match[0])
            place = LAGOS if match[0] == "Lagos" and threshold <= 0.9 else None
            toponyms.append(Toponym(mention, place, 0.9, "the largest\tby far", "", (Alternative(LAGOA, 0.08),)))
    return Atlas.from_toponyms(
        articles, toponyms, areas=lambda _: None, passages=lambda article, _: (0, len(article.text))
    )


def replace_geoparse(monkeypatch, function):
    # Not setattr, which would first load the real one with its models.
    monkeypatch.setitem(vars(geo), "geoparse", function)


class Drawn:
    def __init__(self, atlas, title):
        self.content = f"{title}: {', '.join(atlas.places['name'])}"

    def save(self, path):
        Path(path).write_text(self.content)


@pytest.fixture(autouse=True)
def stages(monkeypatch):
    """Put quick stages in the place of the real ones, which have their own tests."""
    replace_geoparse(monkeypatch, geoparse_names)
    monkeypatch.setattr(
        importlib.import_module("maps.drawing"), "draw", lambda atlas, *, title="A map": Drawn(atlas, title)
    )


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in a folder with two articles in ``news`` and one of them without a place."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Rain in Lagos. Lagos and Atlantis flooded.")
    (tmp_path / "news" / "b.txt").write_text("Nothing here.")
    return tmp_path


def run(*arguments, stdin=None):
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments], input=stdin)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestMap:
    def test_the_page_is_written_and_one_line_says_what_was_made(self, here):
        result = run("map", "news", "-o", "map.html")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "map.html: 2 articles (1 without a place), 1 place, 3 names, 1 not placed\n"
        assert (here / "map.html").read_text() == "A map: Lagos"

    def test_without_a_name_for_it_the_page_is_map_html(self, here):
        assert run("map", "news").exit_code == 0
        assert (here / "map.html").exists()

    def test_the_title_and_the_threshold_are_handed_on(self, here):
        run("map", "news", "--title", "The week", "--threshold", "0.95")
        assert (here / "map.html").read_text() == "The week: "

    def test_an_article_with_no_place_still_makes_a_map_and_the_line_says_so(self, here):
        result = run("map", "news/b.txt", "-o", "m.html")
        assert result.exit_code == 0
        assert result.stderr == "m.html: 1 article (1 without a place), 0 places, 0 names, 0 not placed\n"
        assert (here / "m.html").exists()

    @pytest.mark.parametrize(("starts", "said"), [(True, ""), (False, "no browser could be started")])
    def test_open_shows_the_page_in_the_browser(self, here, monkeypatch, starts, said):
        opened = []
        monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or starts)
        result = run("map", "news", "--open")
        assert opened == [(here / "map.html").resolve().as_uri()]
        assert said in result.stderr

    @pytest.mark.usefixtures("here")
    def test_standard_input_is_an_input(self):
        result = run("map", "-", "-o", "m.html", stdin="Rain in Lagos.")
        assert result.stderr == "m.html: 1 article, 1 place, 1 name, 0 not placed\n"

    def test_one_bad_file_among_many_is_reported_and_passed_over(self, here):
        (here / "news" / "c.txt").write_bytes(b"\x00\x01")
        result = run("map", "news")
        assert result.exit_code == 0
        assert result.stderr.splitlines()[0].startswith("warning: news/c.txt is no text")


class TestPlaces:
    @pytest.mark.usefixtures("here")
    def test_json_lines_go_to_standard_output_and_nothing_else_does(self):
        for arguments in (("places", "news"), ("places", "news", "-o", "-")):
            result = run(*arguments)
            rows = [json.loads(line) for line in result.stdout.splitlines()]
            assert [tuple(row) for row in rows] == [tuple(FLAT_COLUMNS)] * 3
            assert result.stderr == (
                "standard output: 2 articles (1 without a place), 1 place, 3 names, 1 not placed\n"
            )

    @pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".geojson", ".gpkg", ".CSV"])
    def test_the_suffix_says_the_format(self, here, suffix):
        result = run("places", "news", "-o", f"places{suffix}")
        assert (result.exit_code, result.stdout) == (0, "")
        assert (here / f"places{suffix}").stat().st_size > 0

    def test_a_geopackage_holds_the_whole_atlas(self, here):
        run("places", "news", "-o", "a.gpkg")
        assert len(Atlas.open(here / "a.gpkg").articles) == 2


class TestExplain:
    @pytest.mark.usefixtures("here")
    def test_without_a_terminal_each_name_is_a_line_of_fields_with_tabs(self):
        result = run("explain", "news/a.txt")
        header, first, _, last = (line.split("\t") for line in result.stdout.splitlines())
        assert header == list(explanations.COLUMNS)
        assert first[1:] == [
            *("8", "13", "Lagos", "literal", "geonames:2332459", "Lagos, Lagos State, NG", "0.90"),
            "the largest by far",
            "Lagos, Faro, PT 0.08",
        ]
        assert last[3:7] == ["Atlantis", "literal", "", ""]

    def test_in_a_terminal_it_is_a_table_and_brackets_are_no_markup(self, here, capsys, monkeypatch):
        (here / "c.txt").write_text("[bold]Title[/bold]\n\nRain in Lagos.")
        monkeypatch.setenv("COLUMNS", "200")
        with_table = geoparse_names(geo.read("c.txt"))
        explanations.print_tables(with_table)
        printed = capsys.readouterr().out
        assert "[bold]Title[/bold]" in printed
        assert re.search(r"Lagos +│ literal +│ Lagos, Lagos State, NG +│ +0\.90 │ the largest by far", printed)


class TestRefusals:
    """Each is one line on standard error, told before the work, and leaves nothing behind."""

    @pytest.fixture(autouse=True)
    def _no_work(self, request, monkeypatch):
        if "told_before_the_work" in request.node.name:
            replace_geoparse(monkeypatch, lambda *_, **__: pytest.fail("the work was begun"))

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["map", "news", "-o", "no/map.html"], "no/map.html cannot be written: there is no folder"),
            (["map", "news", "-o", "folder.html"], "folder.html is a folder; name a file"),
            (["map", "news", "-o", "x" * 300 + ".html"], "cannot be written: File name too long"),
            (["places", "news", "-o", "news/out.jsonl"], "would be read as an article"),
            (["places", "news/c.jsonl", "-o", "news/c.jsonl"], "is what is to be read, and would be lost"),
            (["places", "link.jsonl", "-o", "news/c.jsonl"], "is what is to be read, and would be lost"),
        ],
    )
    def test_a_bad_output_is_told_before_the_work(self, here, arguments, said):
        (here / "folder.html").mkdir()
        (here / "news" / "c.jsonl").write_text('{"text": "Rain."}')
        (here / "link.jsonl").symlink_to(here / "news" / "c.jsonl")
        before = names(here), names(here / "news")
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.stdout == ""
        [line] = result.stderr.splitlines()
        assert line.startswith("error: ")
        assert said in line
        assert (names(here), names(here / "news")) == before

    @pytest.mark.usefixtures("here")
    def test_an_output_folder_without_permission_is_told_before_the_work(self, monkeypatch):
        def refuse(*_, **__):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("tempfile.TemporaryFile", refuse)
        result = run("map", "news")
        assert result.exit_code == 1
        assert result.stderr.startswith("error: map.html cannot be written: Permission denied;")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["map", "nowhere"], "nowhere does not exist"),
            (["map", "empty"], "empty holds no article; give a file or a folder of files that end in .txt"),
            (["explain", "news/x.pdf"], "news/x.pdf is of a kind that is not read"),
            (["places", "-"], "standard input is empty"),
        ],
    )
    def test_an_input_that_cannot_be_read_is_one_line(self, here, arguments, said):
        (here / "empty").mkdir()
        (here / "news" / "x.pdf").write_bytes(b"%PDF-1.7")
        result = run(*arguments, stdin="")
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert line.startswith(f"error: {said}")
        assert not (here / "map.html").exists()

    @pytest.mark.usefixtures("here")
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["map"], "Missing argument 'INPUT...'"),
            (["map", "news", "-o", "map.pdf"], "map.pdf does not end in .html or .htm"),
            (["map", "news", "-o", "-"], "does not end in .html or .htm"),
            (["places", "news", "-o", "x.xlsx"], "x.xlsx does not end in .jsonl or .csv or .geojson or .gpkg"),
            (["map", "news", "--threshold", "1.5"], "1.5 is not in the range"),
            (["draw", "news"], "No such command 'draw'"),
        ],
    )
    def test_wrong_usage_ends_with_status_2_and_says_how_it_is_used(self, arguments, said):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "Usage: " in result.stderr
        assert said in " ".join(result.stderr.split())

    @pytest.mark.usefixtures("here")
    def test_a_file_name_cannot_command_the_terminal(self):
        result = run("map", "no\x1b[31m\nfile.txt")
        assert result.stderr == "error: no [31m file.txt does not exist; check the path\n"


class TestFailures:
    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (ModelError("the tagger is of version 2; install dateline again"), "the tagger is of version 2"),
            (ZeroDivisionError("by zero"), "dateline failed where it should not (ZeroDivisionError: by zero)"),
            (MemoryError(), "there is not enough memory"),
        ],
    )
    def test_a_failure_is_one_line_and_its_traceback_only_shown_when_asked(self, here, monkeypatch, error, said):
        def fail(*_, **__):
            raise error

        replace_geoparse(monkeypatch, fail)
        result = run("map", "news")
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert line.startswith("error: ")
        assert said in line
        for arguments in (("-v", "map", "news"), ("map", "news", "--verbose")):
            result = run(*arguments)
            assert "Traceback" in result.stderr
            assert result.stderr.splitlines()[-1] == line
        assert not (here / "map.html").exists()

    def test_an_interruption_ends_with_status_130_and_leaves_what_was_there(self, here, monkeypatch):
        def interrupt(*_, **__):
            raise KeyboardInterrupt

        (here / "map.html").write_text("as it was")
        replace_geoparse(monkeypatch, interrupt)
        result = run("map", "news")
        assert result.exit_code == 130
        assert len(result.stderr.splitlines()) == 1
        assert (here / "map.html").read_text() == "as it was"
        assert names(here) == ["map.html", "news"]


class TestHelp:
    @pytest.mark.parametrize(
        "command",
        [
            *([], ["map"], ["places"], ["explain"], ["gazetteer"]),
            *(["gazetteer", command] for command in sorted(gazetteer_commands.commands)),
        ],
        ids=" ".join,
    )
    def test_every_command_has_help_with_examples(self, command):
        result = run(*command, "--help")
        assert result.exit_code == 0
        assert "Examples:" in result.stdout

    def test_the_examples_of_the_help_are_commands_that_exist(self):
        def examples(command):
            yield from re.findall(r"^ +dateline (\w+)(?: (\w+))?", inspect.cleandoc(command.help), re.MULTILINE)
            for sub in getattr(command, "commands", {}).values():
                yield from examples(sub)

        found = set(examples(cli.main))
        assert {first for first, _ in found} >= {"map", "places", "explain", "gazetteer"}
        assert {first for first, _ in found} <= set(cli.main.commands)
        assert {second for first, second in found if first == "gazetteer"} == set(gazetteer_commands.commands)

    def test_the_version_is_shown(self):
        result = run("--version")
        assert result.exit_code == 0
        assert result.stdout.startswith("dateline")

    def test_help_does_not_wait_for_what_only_the_work_needs(self):
        code = (
            "import sys\nfrom maps.cli import main\n"
            "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
            "heavy = {'pandas', 'geopandas', 'folium', 'rich', 'shapely', 'torch'} & sys.modules.keys()\n"
            "sys.exit(f'{heavy} imported' if heavy else 0)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "dateline map seeds/" in done.stdout

    def test_the_command_is_the_group_that_the_project_names(self):
        assert isinstance(cli.main, click.Group)
        assert 'dateline = "maps.cli:main"' in (ROOT / "pyproject.toml").read_text("utf-8")


class TestAsAProcess:
    def test_the_module_runs_as_a_command_and_ends_as_one(self, tmp_path):
        done = subprocess.run(
            [sys.executable, "-m", "maps.cli", "map", str(tmp_path / "nowhere")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"error: {tmp_path}/nowhere does not exist; check the path\n"

    def test_a_text_on_standard_input_becomes_a_page_by_the_real_stages(self, tmp_path):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "maps.cli", "map", "-", "-o", str(tmp_path / "map.html")],
            cwd=ROOT,
            input="LAGOS, Nigeria — Rain flooded the streets of Lagos on Monday.",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == f"{tmp_path}/map.html: 1 article, 2 places, 3 names, 0 not placed\n"
        assert "Rain flooded the streets" in (tmp_path / "map.html").read_text("utf-8")
        assert names(tmp_path) == ["map.html"]
