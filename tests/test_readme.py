"""The README tells the truth: its commands, its tree, its table of columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.atlas import Atlas
from maps.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_opens_with_one_sentence_a_picture_and_two_commands():
    before_the_rest = README.split("## What it does")[0]
    assert before_the_rest.count("```sh") == 2
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", before_the_rest)
    assert (ROOT / picture).is_file()
    opening = README.split("\n\n")[1]
    assert opening.count(".") == 1
    assert opening.endswith(".")


@pytest.mark.parametrize("command", re.findall(r"^\| `dateline ([a-z ]+?)[ `][^|]*\|", README, re.MULTILINE))
def test_every_command_it_names_exists(command):
    group = main
    for word in command.split():
        assert word in getattr(group, "commands", {}), command
        group = group.commands[word]


def test_every_command_that_exists_is_named():
    assert set(main.commands) <= set(re.findall(r"^\| `dateline ([a-z]+)", README, re.MULTILINE))


def test_the_tree_it_draws_is_the_tree():
    (tree,) = re.findall(r"```\n(seeds/.*?)```", README, re.DOTALL)
    folder = ROOT
    for line in tree.splitlines():
        name = line.split()[0]
        folder = ROOT if not line.startswith(" ") else folder
        path = folder / name
        assert path.exists(), line
        if not line.startswith(" "):
            folder = path


def test_it_names_the_columns_of_the_flat_table():
    (columns,) = re.findall(r"columns `([^`]+)`", README)
    atlas = Atlas.from_toponyms([], [], areas=lambda _: None, passages=lambda *_: (0, 0))
    assert columns.split(", ") == list(atlas.to_flat().columns)


def test_its_python_example_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Rain fell on Nairobi, Kenya.", encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    # explore() needs packages for choosing colours that dateline does not need itself.
    runnable = "\n".join(line for line in example.splitlines() if ".explore(" not in line)
    exec(compile(runnable, "README.md", "exec"), {})  # noqa: S102 - our own example
    assert (tmp_path / "map.html").stat().st_size > 100_000
