"""What is new since an earlier page or atlas: on the page, in the payload and from the command."""

from __future__ import annotations

import json

import atlas_examples as examples
import pytest
from click.testing import CliRunner
from page_opening import opened
from page_reading import shown_passages

import geo
import maps
from geo.atlas import Atlas
from geo.errors import InputError, NoSuchInput
from maps import cli
from maps.payload import payload
from maps.since import read_earlier

ROWS = (
    ("One", "Rain in [[Kisumu|kisumu]].", {"published": "2025-03-01"}),
    ("Two", "Sun in [[Paris|paris]].", {"published": "2025-03-02"}),
)
LATER = (
    *ROWS,
    ("Three", "Snow in [[Paris|paris]]. Wind in [[Nairobi|nairobi]].", {"published": "2025-03-03"}),
)


def saved(atlas, path) -> None:
    """Save the tables as `geo.atlas` does, with the columns that only it needs."""
    Atlas(atlas.articles, atlas.toponyms, atlas.places).save(path)


@pytest.fixture
def earlier(tmp_path):
    """Write what there was before, as each thing that can be compared with; returns its path."""

    def write(kind: str, *articles):
        atlas = examples.atlas(*(articles or ROWS))
        match kind:
            case "page":
                maps.draw(atlas, title="Earlier").save(tmp_path / "old.html")
                return tmp_path / "old.html"
            case "atlas":
                saved(atlas, tmp_path / "old.gpkg")
                return tmp_path / "old.gpkg"
            case _:
                (tmp_path / "folder").mkdir()
                saved(atlas, tmp_path / "folder" / "atlas.gpkg")
                return tmp_path / "folder"

    return write


@pytest.mark.parametrize("kind", ["page", "atlas", "folder"])
def test_a_page_an_atlas_and_a_folder_with_one_tell_the_same(earlier, kind) -> None:
    found = read_earlier(earlier(kind))
    assert found.places == {"test:kisumu", "test:paris"}
    assert found.passages == {("test:kisumu", "Rain in Kisumu."), ("test:paris", "Sun in Paris.")}


def test_places_and_passages_that_were_not_there_are_new(earlier) -> None:
    data = payload(examples.atlas(*LATER), title="T", countries={}, since=read_earlier(earlier("page")))
    assert data["since"] == {"name": "old.html"}
    assert {place["id"]: place["fresh"] for place in data["places"]} == {
        "test:nairobi": True,
        "test:kisumu": False,
        "test:paris": False,
    }
    assert data["mentions"]["fresh"] == [0, 0, 1, 1]


def test_what_was_read_before_is_not_new_where_its_article_is_corrected_or_broken_otherwise(earlier) -> None:
    before = read_earlier(earlier("page"))
    again = examples.atlas(("One, corrected", "Hail fell.\n\nRain in\n[[Kisumu|kisumu]]."))
    again.toponyms.loc[0, ["passage_start", "passage_end"]] = [12, 27]
    assert payload(again, title="T", countries={}, since=before)["mentions"]["fresh"] == [0]


def test_passages_beyond_the_first_plane_of_unicode_are_known_again(earlier) -> None:
    told = ("Boats", "\U0001f6f6\U0001f6f6 went to [[Kisumu|kisumu]] \U0001f6f6. They came to [[Paris|paris]].")
    before = read_earlier(earlier("page", told))
    assert payload(examples.atlas(told), title="T", countries={}, since=before)["mentions"]["fresh"] == [0, 0]


def test_without_it_the_page_says_nothing_of_what_is_new() -> None:
    data = payload(examples.atlas(*LATER), title="T", countries={})
    assert "since" not in data
    assert "fresh" not in json.dumps(data)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.html", None, "does not exist, so there is nothing to compare with"),
        ("notes.txt", b"", "is no earlier page or atlas; name one that ends in .html, .htm, .gpkg"),
        ("other.html", b"<p>Hello", "holds no articles of a page that dateline has written"),
        ("latin.html", b"\xe9", "it is not UTF-8"),
        (
            "cut.html",
            b'<script type="application/json" id="atlas-data">{"a": [</script>',
            "It is damaged: make the page anew",
        ),
        (
            "shape.html",
            b'<script type="application/json" id="atlas-data">[]</script>',
            "of another version of dateline",
        ),
        ("bad.gpkg", b"no", "is no saved atlas"),
    ],
)
def test_what_cannot_be_compared_with_is_named_with_the_reason(tmp_path, name, content, told) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_earlier(path)
    assert str(path) in str(caught.value)
    assert told in str(caught.value)
    assert isinstance(caught.value, NoSuchInput) is (content is None)


@pytest.mark.parametrize(("atlases", "told"), [(0, "holds no saved atlas "), (2, "holds 2 saved atlases ")])
def test_a_folder_without_one_atlas_is_refused(tmp_path, atlases, told) -> None:
    for number in range(atlases):
        (tmp_path / f"{number}.gpkg").write_bytes(b"")
    with pytest.raises(InputError, match=told):
        read_earlier(tmp_path)


def test_new_places_and_passages_are_marked_and_can_be_shown_alone(browser, tmp_path, earlier) -> None:
    maps.draw(examples.atlas(*LATER), title="T", since=read_earlier(earlier("page"))).save(tmp_path / "new.html")
    with opened(browser, (tmp_path / "new.html").as_uri()) as page:
        assert page.locator(".row:has(.tag-new) .row-name").all_inner_texts() == ["Nairobi"]
        page.get_by_role("button", name="Filters").click()
        page.get_by_role("checkbox", name="New since the earlier page").check()
        assert page.locator(".row-name").all_inner_texts() == ["Paris", "Nairobi"]
        assert page.inner_text(".summary") == "1 of 3 articles · 2 of 3 places"
        assert page.locator(".chip > span:first-child").all_inner_texts() == ["New since the earlier page"]
        page.get_by_role("link", name="Paris").click()
        page.wait_for_selector(".view-place")
        assert shown_passages(page) == ["Snow in Paris."]
        assert page.locator(".passage .tag-new").count() == 1
        page.get_by_role("button", name="Remove the filter “New since the earlier page”").click()
        assert shown_passages(page) == ["Snow in Paris.", "Sun in Paris."]
        assert page.locator(".passage .tag-new").count() == 1


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Run `dateline map` on articles that stand in a folder, with known tables in place of geoparsing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Rain.")

    def run(atlas, *options):
        whole = Atlas(atlas.articles, atlas.toponyms, atlas.places)
        monkeypatch.setitem(vars(geo), "geoparse", lambda *_, **__: whole)
        return CliRunner().invoke(cli.main, ["map", "news", "--title", "T", *options])

    return run


def test_a_page_written_over_an_earlier_one_says_how_much_is_new(command, tmp_path) -> None:
    assert command(examples.atlas(*ROWS)).exit_code == 0
    done = command(examples.atlas(*LATER), "-o", "map.html", "--since", "map.html")
    assert done.exit_code == 0, done.stderr
    assert done.stderr.splitlines()[1:] == ["new since map.html: 1 place, 2 passages"]
    assert '"since":{"name":"map.html"}' in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_what_cannot_be_compared_with_is_told_in_one_line_before_any_work(command, tmp_path) -> None:
    done = command(examples.atlas(*ROWS), "--since", "none.html")
    assert done.exit_code == 1
    assert done.stderr == (
        "error: none.html does not exist, so there is nothing to compare with; check the path, or leave --since away\n"
    )
    assert not (tmp_path / "map.html").exists()
