from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.evaluation.corpora import read_corpus
from geo.evaluation.coverage import measure
from geo.evaluation.resolution import FLOORS
from geo.gazetteer import Gazetteer
from maps.cli import main

OWN = Path(__file__).with_name("places_in_the_news.jsonl")
CORPORA = Path(os.environ.get("DATELINE_CORPORA", Path(__file__).parents[2] / "shared" / "corpora"))
COVERAGE_FLOORS = tomllib.loads(FLOORS.read_text("utf-8"))["coverage"]


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


def evaluated(*arguments):
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def written(tmp_path, *toponyms):
    path = tmp_path / "corpus.jsonl"
    text = " ".join(t["text"] for t in toponyms)
    marks = [{**t, "start": text.index(t["text"]), "end": text.index(t["text"]) + len(t["text"])} for t in toponyms]
    path.write_text(json.dumps({"id": "1", "text": text, "toponyms": marks}) + "\n", "utf-8")
    return path


def test_our_own_places_in_the_news_are_covered(gazetteer):
    found = measure(read_corpus(OWN), gazetteer)
    assert found.toponyms.total() > 100
    assert found.share >= COVERAGE_FLOORS["own"], found.describe(most=20)


@pytest.mark.parametrize("corpus", ["lgl", "gwn"])
def test_coverage_of_an_annotated_corpus_stays_above_its_floor(gazetteer, corpus):
    paths = [CORPORA / f"{corpus}-{part}.jsonl" for part in ("train", "dev")]
    if not all(path.is_file() for path in paths):
        pytest.skip(f"the corpus {corpus} is not at hand; set DATELINE_CORPORA to the folder that has it")
    found = measure((one for path in paths for one in read_corpus(path)), gazetteer)
    assert found.share >= COVERAGE_FLOORS[corpus], found.describe(most=20)


def test_a_name_is_covered_only_where_a_candidate_lies_near_enough(tmp_path, gazetteer):
    path = written(
        tmp_path,
        {"text": "Odesa", "lat": 46.48, "lon": 30.73, "gaz_fclass": "P"},
        {"text": "Kursk", "lat": -36.73, "lon": -36.19, "gaz_fclass": "P"},
        {"text": "Qwxyzzy", "lat": 46.48, "lon": 30.73},
        {"text": "nowhere", "lat": None, "lon": None},
    )
    found = measure(read_corpus(path), gazetteer)
    assert (found.toponyms.total(), found.covered.total()) == (3, 1)
    assert found.toponyms == {"P": 2, "": 1}
    assert list(found.missing) == ["Qwxyzzy"]
    [(name, km)] = found.far
    assert name == "Kursk"
    assert km > 10_000


def test_the_class_of_an_annotation_with_an_id_is_that_of_its_place(tmp_path, gazetteer):
    path = written(tmp_path, {"text": "Kharkiv Oblast", "lat": 49.5, "lon": 36.5, "geonameid": 706482})
    assert measure(read_corpus(path), gazetteer).toponyms == {"A": 1}


def test_the_command_tells_the_coverage_and_the_most_frequent_names_that_are_missing(tmp_path):
    path = written(tmp_path, {"text": "Qwxyzzy", "lat": 1.0, "lon": 1.0}, {"text": "Odesa", "lat": 46.48, "lon": 30.73})
    result = evaluated("--coverage", path)
    assert result.exit_code == 0
    assert "2 toponyms, 0.5000 with a candidate within 161 km" in result.stdout
    assert "1 Qwxyzzy" in result.stdout


def test_the_command_writes_the_coverage_for_another_program(tmp_path):
    path = written(tmp_path, {"text": "Odesa", "lat": 46.48, "lon": 30.73, "gaz_fclass": "P"})
    told = json.loads(evaluated("--coverage", "--json", path).stdout)
    assert told == {
        "toponyms": 1,
        "covered": 1,
        "share": 1.0,
        "classes": {"P": {"toponyms": 1, "covered": 1}},
        "missing": [],
        "far": [],
    }


def test_the_command_measures_recognition_and_resolution():
    told = json.loads(evaluated("--json", OWN).stdout)
    assert told["exact"]["f1"] > 0.5
    assert 0.5 < told["placed"]["share"] <= 1
    assert "found exactly and placed within 161 km" in evaluated(OWN).stdout


def test_a_corpus_that_is_none_is_told_with_its_line(tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": "1"}\n')
    result = evaluated("--coverage", path)
    assert result.exit_code == 1
    assert "line 1: not an annotated article" in result.stderr
