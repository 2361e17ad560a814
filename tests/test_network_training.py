"""Training the network; needs PyTorch, which nobody needs to use dateline."""

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch trains the network and is not installed (the extra train-network)")

from geo.gazetteer import Gazetteer  # noqa: E402 - only where PyTorch is
from geo.recognition.network import Network  # noqa: E402 - only where PyTorch is
from geo.recognition.vectors import WordVectors  # noqa: E402 - only where PyTorch is
from geo.training.corpora import Labelled  # noqa: E402 - only where PyTorch is
from geo.training.network import Learner, Settings  # noqa: E402 - only where PyTorch is
from geo.training.train_tagger import Trainer  # noqa: E402 - only where PyTorch is

SETTINGS = replace(Settings(), width=16, epochs=30, batch=20, warm_up=5, averaged=0.9, caution=0.0)
WORDS = WordVectors(["left", "saw"], np.array([[1, 2], [3, -4]], np.int8), np.array([0.5, 0.5], np.float32))
DOCUMENTS = [
    Labelled([["She", verb, name, "today", "."], ["Rain", "fell", "."]], [["O", "O", "B-LOC", "O", "O"], ["O"] * 3])
    for verb in ("left", "saw", "knew")
    for name in ("Lima", "Oslo", "Bern")
]
PERSONS = [
    Labelled([["She", "met", first, last, "."]], [["O", "O", "B-PER", "I-PER", "O"]])
    for first in ("Anna", "Omar")
    for last in ("Smith", "Diallo")
]


@pytest.fixture
def trainer():
    with Gazetteer.open() as names:
        yield Trainer(names, ["today", "left", "saw"], WORDS, SETTINGS)


def examples(trainer):
    return [*trainer.examples(DOCUMENTS, of_places=True), *trainer.examples(PERSONS, of_places=False)]


def test_a_network_learns_what_it_is_shown(trainer):
    weights = trainer.fit(examples(trainer), "test")
    assert trainer.measured(DOCUMENTS, weights, ["LOC"]).f1() == (1, 1, 1)


def test_training_gives_the_same_weights_each_time(trainer):
    one, two = (trainer.fit(examples(trainer), "test") for _ in range(2))
    assert one.keys() == two.keys()
    for name in one:
        np.testing.assert_array_equal(one[name], two[name])


def test_what_is_exported_says_what_the_learner_says(trainer):
    (one,) = trainer.examples(DOCUMENTS[:1], of_places=True)
    torch.manual_seed(1)
    learner = Learner(trainer.lexicon, WORDS.dimensions, SETTINGS).eval()
    with torch.no_grad():
        hidden = learner.hidden([one])
        expected = learner.places(hidden).numpy()
    (first, second) = Network(learner.exported(), WORDS).read(*trainer.read(DOCUMENTS[0]))
    known = [0, 1, 2, 3]  # the words in and beside runs of capitals
    np.testing.assert_allclose(first.scores[known], expected[known], atol=0.02)
    np.testing.assert_allclose(second.scores[:2], expected[6:8], atol=0.02)
