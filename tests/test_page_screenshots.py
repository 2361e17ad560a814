"""The command that makes the pictures that are looked at, and the README's."""

from __future__ import annotations

import subprocess
import sys

import atlas_examples as examples
import pytest
from click.testing import CliRunner

import maps
from maps.screenshots import SCHEMES, WIDTHS, Shot, main


def size_of(path) -> tuple[int, int]:
    """Return a PNG's width and height, which stand at its head."""
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shots")
    maps.draw(examples.newsroom(), title="T").save(folder / "map.html")
    # A process of its own: Playwright allows one of its loops in each.
    command = [sys.executable, "-m", "maps.screenshots", "map.html", "-o", "all", "--readme", "page.png"]
    command += ["--view", "place", "--view", "article"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_views_are_made_at_three_widths_light_and_dark(made) -> None:
    wanted = {
        Shot(view, screen, scheme).name for view in ("place", "article") for screen in WIDTHS for scheme in SCHEMES
    }
    assert {path.name for path in (made / "all").iterdir()} == wanted
    for screen, size in WIDTHS.items():
        assert size_of(made / "all" / f"place-{screen}-dark.png") == size


def test_the_readmes_picture_is_the_place_on_a_desktop_in_light(made) -> None:
    assert size_of(made / "page.png") == WIDTHS["desktop"]
    assert (made / "page.png").read_bytes() == (made / "all" / "place-desktop-light.png").read_bytes()


def test_a_place_that_the_page_does_not_have_is_told(made) -> None:
    command = [sys.executable, "-m", "maps.screenshots", "map.html", "--readme", "none.png", "--place", "test:nowhere"]
    done = subprocess.run(command, cwd=made, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The page has no place test:nowhere")
    assert not (made / "none.png").exists()


def test_what_to_make_has_to_be_said(made) -> None:
    said = CliRunner().invoke(main, [str(made / "map.html")])
    assert said.exit_code == 2
    assert "--readme" in said.output
