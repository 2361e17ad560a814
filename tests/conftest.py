"""What all tests share: the golden files' flag, one browser for a whole run, and how properties are tried."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

import maps

GOLDEN = Path(__file__).with_name("golden")
# The same examples on every run, no time limit on a busy machine, and no folder left behind.
settings.register_profile("dateline", deadline=None, derandomize=True, database=None)
settings.load_profile("dateline")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )


def compare_golden(path: Path, actual: str, *, update: bool) -> None:
    """Compare a text with a golden file, or write the file where that is asked for."""
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(actual, encoding="utf-8")
        return
    assert path.exists(), f"{path.name} is missing; make it with `pytest --update-golden` and read it through"
    assert actual == path.read_text(encoding="utf-8"), (
        f"{path.name} is not what it was; if that is meant, run `pytest --update-golden` and read the change"
    )


@pytest.fixture(scope="session", autouse=True)
def _no_gazetteer_of_the_users_own(tmp_path_factory):
    """Keep what a developer has installed out of the tests, and what tests install out of a developer's home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """Compare a text with the golden file of a name."""
    update = request.config.getoption("--update-golden")
    return lambda name, actual: compare_golden(GOLDEN / name, actual, update=update)


def chromium_path() -> str | None:
    """Return the path of a Chromium, given in DATELINE_CHROMIUM or found on the path."""
    return os.environ.get("DATELINE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser():
    """Start one Chromium for the whole run; that there is none is a failure, not a skip."""
    path = chromium_path()
    if path is None:
        pytest.fail(
            "The page is tested in a real Chromium and none was found. Install one (Debian and Ubuntu: "
            "`apt install chromium`; elsewhere `playwright install chromium`) or name it in DATELINE_CHROMIUM."
        )
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only these tests need it

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def written(tmp_path):
    """Draw an atlas and save it; returns the address of the file."""

    def write(atlas, *, title: str = "Reading map", name: str = "map.html") -> str:
        path = tmp_path / name
        maps.draw(atlas, title=title).save(path)
        return path.as_uri()

    return write
