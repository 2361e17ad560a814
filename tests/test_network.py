"""The network: what is shipped can be read, and says the same as what was trained."""

import numpy as np
import pytest

from geo.errors import ModelError
from geo.gazetteer import Gazetteer
from geo.recognition.features import Reader
from geo.recognition.memory import Memory
from geo.recognition.network import Network
from geo.recognition.tagger import MODELS, NETWORK_FILE, VECTORS_FILE, VOCABULARY_FILE, read_vocabulary
from geo.recognition.vectors import WordVectors


@pytest.fixture(scope="module")
def vectors():
    return WordVectors.open(MODELS / VECTORS_FILE)


@pytest.fixture(scope="module")
def network(vectors):
    return Network.open(MODELS / NETWORK_FILE, vectors)


@pytest.fixture(scope="module")
def reader():
    with Gazetteer.open() as names:
        yield Reader(names, read_vocabulary(MODELS / VOCABULARY_FILE))


def read(reader, *sentences):
    found = reader.read([sentence.split() for sentence in sentences])
    return found, Memory(found)


def test_a_document_is_labelled_sentence_by_sentence(network, reader):
    first, second = network.read(*read(reader, "She flew to Nairobi .", "He speaks of Kenyan law ."))
    assert first.places == ["O", "O", "O", "B-LOC", "O"]
    assert second.places == ["O", "O", "O", "B-DEM", "O", "O"]
    assert first.chances()[3] > 0.5 > first.chances()[1]


def test_persons_and_organisations_are_told_beside_places(network, reader):
    (reading,) = network.read(*read(reader, "Yesterday Daniel Okoro met Maria Lopez in Lagos ."))
    assert [label[2:] for label in reading.entities] == ["", "PER", "PER", "", "PER", "PER", "", "LOC", ""]


def test_a_word_hears_what_is_said_of_it_elsewhere_in_the_document(network, reader):
    later = "Washington said that he was sorry ."
    alone = network.read(*read(reader, later))[0].scores[0]
    told = network.read(*read(reader, "Detective Jordan Washington was asked .", later))[1].scores[0]
    assert told[0] - told[1:].max() > alone[0] - alone[1:].max()


def test_nothing_is_said_of_nothing(network, reader):
    assert network.read(*read(reader)) == []


def test_the_order_in_which_documents_are_read_changes_nothing(network, vectors, reader):
    texts = ["The mayor of Lima left Quito .", "Snow fell in Tromsø and Oslo ."]
    fresh = Network.open(MODELS / NETWORK_FILE, vectors)
    backwards = [fresh.read(*read(reader, text))[0].scores for text in reversed(texts)][::-1]
    for text, scores in zip(texts, backwards, strict=True):
        np.testing.assert_array_equal(network.read(*read(reader, text))[0].scores, scores)


def test_a_word_without_a_vector_has_zeros(vectors):
    known, unknown = vectors.of(["village", "xqzzy"])
    assert "village" in vectors
    assert "xqzzy" not in vectors
    assert known.any()
    assert not unknown.any()


def test_like_words_have_like_vectors(vectors):
    village, hamlet, mayor, cheese = vectors.of(["village", "hamlet", "mayor", "cheese"])

    def alike(one, other):
        return one @ other / np.linalg.norm(one) / np.linalg.norm(other)

    assert alike(village, hamlet) > max(alike(village, cheese), alike(hamlet, mayor))


def test_vectors_are_the_same_after_saving(tmp_path):
    few = WordVectors(["a", "é"], np.array([[1, -2], [3, 4]], np.int8), np.array([0.5, 2], np.float32))
    for name in ("one", "two"):
        few.save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    np.testing.assert_array_equal(WordVectors.open(tmp_path / "one").of(["é", "b"]), [[1.5, 8], [0, 0]])


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut short"])
def test_a_file_that_is_no_model_is_named(tmp_path, vectors, content):
    path = tmp_path / "broken.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"broken\.npz.*install dateline again"):
        Network.open(path, vectors)
    with pytest.raises(ModelError, match=r"broken\.npz.*install dateline again"):
        WordVectors.open(path)
