"""The benchmark of the page runs and prints every figure; none is asserted, for it would be the machine's."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from maps.benchmark.__main__ import main
from maps.benchmark.clustered import script_of, write_clustered
from maps.benchmark.synthetic import invent
from maps.tables import check

NUMBER = r"[\d.]+"


def test_it_prints_size_times_and_frames(browser, tmp_path) -> None:
    browser.version  # noqa: B018 - without a browser the test fails with what to install
    kept = tmp_path / "kept"
    # A process of its own: Playwright allows one of its loops in each.
    command = [sys.executable, "-m", "maps.benchmark", "--size", "6:90", "--no-folium", "--keep", str(kept)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    line = rf"6 articles, 90 mentions: file {NUMBER} MB, ready {NUMBER} ms, choose {NUMBER} ms, pan {NUMBER} and zoom {NUMBER} frames/s"
    assert re.fullmatch(line, done.stdout.strip()), done.stdout
    assert (kept / "6.html").exists()


def test_the_invented_atlas_can_be_drawn_has_the_size_asked_for_and_is_the_same_every_time() -> None:
    atlas = invent(articles=7, mentions=100)
    check(atlas)
    assert (len(atlas.articles), len(atlas.toponyms)) == (7, 100)
    texts = dict(zip(atlas.articles["article_id"], atlas.articles["text"], strict=True))
    for row in atlas.toponyms.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
        assert row.passage_start <= row.start < row.end <= row.passage_end
    again = invent(articles=7, mentions=100)
    assert atlas.toponyms.equals(again.toponyms)
    assert atlas.articles.equals(again.articles)


def test_foliums_map_has_a_marker_with_a_popup_for_each_mention(tmp_path) -> None:
    atlas = invent(articles=2, mentions=12)
    write_clustered(atlas, tmp_path / "f.html")
    page = (tmp_path / "f.html").read_text("utf-8")
    assert page.count("L.marker(") == page.count("bindPopup(") == 12
    named = re.findall(r'<script src="([^"]+)"', page)
    found = [address for address in named if script_of(address, tmp_path)]
    assert len(found) == 3, "Leaflet, the clusters and jQuery are handed over"


@pytest.mark.parametrize("size", ["1000", "0:5", "a:b", "5:"])
def test_a_size_that_is_none_is_refused(size) -> None:
    said = CliRunner().invoke(main, ["--size", size])
    assert said.exit_code == 2
    assert "ARTICLES:MENTIONS" in said.output


def test_without_playwright_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    said = CliRunner().invoke(main, ["--size", "1:1", "--no-folium"])
    assert said.exit_code == 1
    assert "pip install 'dateline[test]'" in said.output


def test_without_a_browser_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.delenv("DATELINE_CHROMIUM", raising=False)
    monkeypatch.setattr("shutil.which", lambda _: None)
    said = CliRunner().invoke(main, ["--size", "1:1", "--no-folium"])
    assert said.exit_code == 1
    assert "DATELINE_CHROMIUM" in said.output
