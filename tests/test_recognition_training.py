"""What the taggers learn from: corpora become words with labels."""

import re

import pytest

from geo.evaluation.recognition import Annotated, Gold
from geo.gazetteer import Gazetteer
from geo.training.corpora import OWN_SENTENCES, entities, own_sentences, toponyms
from geo.training.labelling import label_of, vocabulary
from geo.types import Article


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


def pairs(document):
    return [
        [f"{word}/{label}" for word, label in zip(words, row, strict=True)]
        for words, row in zip(document.words, document.labels, strict=True)
    ]


def test_annotated_spans_become_labels():
    text = "He left New York. Thai food in Rome's east."
    spans = tuple(
        Gold(text.index(name), text.index(name) + len(name), role)
        for name, role in (("New York", None), ("Thai", "demonym"), ("Rome", "literal"))
    )
    document = toponyms(
        Annotated(Article("1", "", text), spans), lambda _, span: "DEM" if span.role == "demonym" else "LOC"
    )
    assert pairs(document) == [
        ["He/O", "left/O", "New/B-LOC", "York/I-LOC", "./O"],
        ["Thai/B-DEM", "food/O", "in/O", "Rome/B-LOC", "'s/O", "east/O", "./O"],
    ]


def test_two_spans_side_by_side_are_two_names():
    document = toponyms(Annotated(Article("1", "", "Paris Texas"), (Gold(0, 5), Gold(6, 11))), lambda *_: "LOC")
    assert document.labels == [["B-LOC", "B-LOC"]]


def test_columns_of_tokens_and_labels_are_read(tmp_path):
    (tmp_path / "a.txt").write_text(
        "-DOCSTART- -X- O O\n\nU.N. NNP I-NP B-ORG\nParis-based JJ O B-LOC\nno DT O O\n\n-DOCSTART- O\n\nAna B-PER\nLee I-PER\n",
        "utf-8",
    )
    first, second = entities(tmp_path)
    assert pairs(first) == [["U.N./B-ORG", "Paris/B-LOC", "-/I-LOC", "based/I-LOC", "no/O"]]
    assert pairs(second) == [["Ana/B-PER", "Lee/I-PER"]]


def test_an_entity_that_wikipedia_knows_is_named_by_its_proper_nouns(tmp_path):
    rows = [
        ("1", "the", "DET", "Entity=(3-place-new-cf1-2-coref-Lagos"),
        ("2", "Lagos", "PROPN", "Entity=3)"),
        ("3", "boat", "NOUN", "Entity=(4-object-new-cf2-1-sgl)"),
    ]
    lines = [f"{number}\t{word}\t_\t{kind}\t_\t_\t0\t_\t_\t{entity}" for number, word, kind, entity in rows]
    (tmp_path / "a.conllu").write_text("# text\n" + "\n".join(lines) + "\n\n", "utf-8")
    (document,) = entities(tmp_path)
    assert pairs(document) == [["the/O", "Lagos/B-LOC", "boat/O"]]


def test_our_own_sentences_keep_their_marks_when_names_are_swapped():
    documents = own_sentences(lambda name: "capital" if name in {"Cairo", "Nairobi"} else "")
    marks = len(re.findall(r"\[[^\]|]+\|[a-z]+\]", OWN_SENTENCES.read_text("utf-8").split("\n\n", 1)[1]))
    assert sum(len(document.spans) for document in documents) == marks * 4
    for document in documents:
        text = document.article.text
        assert not re.search(r"[\[\]|#]", text)
        for span in document.spans:
            assert text[span.start : span.end].strip() == text[span.start : span.end] != ""


@pytest.mark.parametrize(
    ("text", "role", "label"),
    [
        ("Kyiv", None, "LOC"),
        ("Russian", None, "DEM"),
        ("Russian", "embedded", "DEM"),
        ("Hong Kong", "demonym", "LOC"),
        ("Ruritanian", "demonym", "DEM"),
        ("Moscow", "metonym", "LOC"),
    ],
)
def test_a_span_is_a_place_or_a_demonym(gazetteer, text, role, label):
    assert label_of(gazetteer)(text, Gold(0, len(text), role)) == label


def test_the_vocabulary_has_the_words_that_are_written_small_and_often():
    text = "The sea is calm. Rose saw it. The sea was calm, the sea was red, and Rose knew the red sea by its rose."
    document = toponyms(Annotated(Article("1", "", text), ()), lambda *_: "LOC")
    assert vocabulary([document]) == ["sea"]
    assert vocabulary([document] * 2) == ["calm", "red", "sea", "the", "was"]
