"""Recognisers in the tagger's place: a spaCy pipeline, and those of third parties."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from types import SimpleNamespace

import pytest

from geo.errors import ModelError
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger, registry
from geo.recognition.registry import open_recogniser
from geo.recognition.spacy_pipeline import SpacyPipeline
from geo.types import Article, Mention


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


def pipeline(*entities):
    """Build what spaCy's pipelines look like from outside: text → document with entities."""

    def read(text):
        found = [(text.index(name), name, label) for name, label in entities]
        return SimpleNamespace(
            ents=[SimpleNamespace(start_char=at, end_char=at + len(name), label_=label) for at, name, label in found]
        )

    return read


TEXT = "The Kremlin said Russian troops left the Kharkiv region for Kursk, as Muslims prayed with Apple in Ann."

LABELS = [
    (("Kursk", "GPE"), [("Kursk", "literal")]),
    (("the Kharkiv region", "LOC"), [("Kharkiv region", "literal")]),
    (("The Kremlin", "FAC"), [("Kremlin", "literal")]),
    (("Russian", "NORP"), [("Russian", "demonym")]),
    (("Muslims", "NORP"), []),
    (("Apple", "ORG"), []),
    (("Ann", "PERSON"), []),
]


@pytest.mark.parametrize(("entity", "mentions"), LABELS)
def test_a_label_of_spacy_becomes_a_role_or_nothing(gazetteer, entity, mentions):
    found = SpacyPipeline(pipeline(entity), gazetteer).recognise(Article("1", "", TEXT))
    assert [(mention.text, mention.role) for mention in found] == mentions
    assert all(TEXT[mention.start : mention.end] == mention.text for mention in found)


def test_entities_that_overlap_give_one_mention(gazetteer):
    both = pipeline(("Kharkiv region", "LOC"), ("region", "LOC"), ("Kursk", "GPE"))
    found = SpacyPipeline(both, gazetteer).recognise(Article("1", "", TEXT))
    assert [mention.text for mention in found] == ["Kharkiv region", "Kursk"]


def test_a_real_spacy_pipeline_serves(gazetteer, tmp_path):
    spacy = pytest.importorskip("spacy", reason="spaCy is optional and not installed")
    built = spacy.blank("en")
    built.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Kursk"}])
    built.to_disk(tmp_path / "pipeline")
    recogniser = open_recogniser(f"spacy:{tmp_path / 'pipeline'}", gazetteer)
    assert [mention.text for mention in recogniser.recognise(Article("1", "", TEXT))] == ["Kursk"]


def test_without_spacy_the_command_that_installs_it_is_told(gazetteer, monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ModelError, match="python -m pip install spacy"):
        open_recogniser("spacy:en_core_web_trf", gazetteer)


def test_a_missing_pipeline_gets_the_exact_command_that_installs_it(gazetteer, monkeypatch):
    def load(name):
        raise OSError(f"[E050] Can't find model '{name}'.")

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
    with pytest.raises(ModelError, match="python -m spacy download en_core_web_trf"):
        open_recogniser("spacy:en_core_web_trf", gazetteer)


def test_the_shipped_recogniser_has_a_name(gazetteer):
    assert isinstance(open_recogniser("dateline", gazetteer), Tagger)


@pytest.mark.parametrize("name", ["spacy", "dateline:x", "nothing", "", "nothing:x"])
def test_an_unknown_recogniser_is_told_with_those_that_there_are(gazetteer, name):
    with pytest.raises(ModelError, match="there are dateline, spacy:MODEL"):
        open_recogniser(name, gazetteer)


class Whole:
    """A third party's recogniser: the whole text is one place."""

    def __init__(self, argument, names):
        if argument == "broken":
            raise RuntimeError("no model")
        self.argument, self.names = argument, names

    def recognise(self, article):
        return (Mention(article.id, 0, len(article.text), article.text),)


@pytest.fixture
def registered(monkeypatch):
    point = EntryPoint("whole", f"{__name__}:Whole", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point] if group == "dateline.recognizers" else [])
    monkeypatch.setitem(sys.modules, __name__, sys.modules[Whole.__module__])


@pytest.mark.usefixtures("registered")
def test_a_third_party_registers_a_recogniser_by_an_entry_point(gazetteer):
    recogniser = open_recogniser("whole:thing", gazetteer)
    assert (recogniser.argument, recogniser.names) == ("thing", gazetteer)
    assert [mention.text for mention in recogniser.recognise(Article("1", "", "Kursk"))] == ["Kursk"]


@pytest.mark.usefixtures("registered")
def test_what_a_third_party_raises_is_told_as_its_failure(gazetteer):
    with pytest.raises(ModelError, match=r"whole:broken: cannot be opened .RuntimeError: no model"):
        open_recogniser("whole:broken", gazetteer)
    with pytest.raises(ModelError, match="there are dateline, spacy:MODEL, whole"):
        open_recogniser("other", gazetteer)
