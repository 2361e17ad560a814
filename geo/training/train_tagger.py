"""Train the recogniser: the vocabulary and the network that finds place names.

``python -m geo.training.train_tagger --corpora DIR --ner DIR -o MODELS`` writes
the files that :class:`geo.recognition.tagger.Tagger` opens, the roles of
``geo.training.train_roles`` among them, but for the word vectors, which are shipped
(``geo.training.word_vectors``); it prints how the network does on what was held
out, before any rule. The same corpora give the same bytes. With ``--folds`` it also trains and
measures on each of five parts in turn, LGL parted by newspaper.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
import numpy as np
from rich.console import Console
from rich.progress import Progress

from geo.evaluation.recognition import Count, read, tally
from geo.recognition.features import Reader
from geo.recognition.labels import DEMONYM, PLACE, spans
from geo.recognition.memory import Memory
from geo.recognition.network import Network
from geo.recognition.tagger import NETWORK_FILE, VECTORS_FILE, VOCABULARY_FILE
from geo.recognition.vectors import WordVectors
from geo.training.corpora import Labelled, entities, own_sentences
from geo.training.labelling import labelled, swappable, vocabulary
from geo.training.network import Lexicon, Settings, example, fit
from geo.training.swapping import pools, swapped
from geo.training.train_roles import train_roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.evaluation.recognition import Annotated
    from geo.recognition.features import Sentence
    from geo.training.network import Example
    from geo.types import NameIndex

TOPONYM_CORPORA = ("lgl", "gwn")
ENTITY_CORPORA = ("wikigold", "gum", "btc", "wnut17")
"""Those whose terms (CC BY 4.0) allow a shipped model; see the model card."""
COMPARISON = "en_worldwide"
"""News from outside Britain and America, for a figure on texts unlike those of training; never trained on."""
COMPARED = 6
"""Every how many articles of it are measured."""
SWAPPED = 3
"""Every how many articles have a copy with other places in it."""
OWN_SWAPPED = 4
"""Every how many of our own texts have such a copy; four in a row are one text with other countries in it."""
RAW = ("wiktor-dev", "wotr-train")
"""Texts that add to the vocabulary; what is annotated in them is not looked at."""
FOLDS = 5
_USUAL = Settings()


class Trainer:
    """Makes networks of labelled documents.

    Parameters
    ----------
    names
        The gazetteer.
    words
        The vocabulary.
    vectors
        The word vectors.
    settings
        How to train.
    """

    def __init__(self, names: NameIndex, words: Iterable[str], vectors: WordVectors, settings: Settings) -> None:
        self._reader = Reader(names, frozenset(words))
        self._vectors = vectors
        self._settings = settings
        self.lexicon = Lexicon(vectors)

    def read(self, document: Labelled) -> tuple[list[Sentence], Memory]:
        """Return a document as a network reads it."""
        found = self._reader.read(document.words)
        return found, Memory(found)

    def examples(self, documents: Iterable[Labelled], *, of_places: bool) -> list[Example]:
        """Return labelled documents as what a network learns from."""
        return [
            example(*self.read(document), document.labels, self.lexicon, of_places=of_places)
            for document in documents
            if document.words
        ]

    def fit(self, examples: Sequence[Example], name: str, *, seed: int = 0) -> dict[str, NDArray[np.float16]]:
        """Train a network and return its weights; progress goes to stderr under `name`."""
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(name, total=self._settings.epochs)

            def on_epoch(_: int, loss: float) -> None:
                progress.update(task, advance=1, description=f"{name}, loss {loss:.3f}")

            settings = replace(self._settings, seed=seed)
            return fit(examples, self.lexicon, self._vectors.dimensions, settings, on_epoch=on_epoch)

    def measured(
        self, documents: Iterable[Labelled], weights: Mapping[str, NDArray[np.float16]], kinds: Sequence[str]
    ) -> Count:
        """Count the exact and overlapping spans of the classes `kinds` that a network finds, in tokens."""
        network = Network(weights, self._vectors)
        count = Count()
        for document in documents:
            for gold, reading in zip(document.labels, network.read(*self.read(document)), strict=True):
                tally(
                    count,
                    [(a, b) for a, b, kind in spans(gold) if kind in kinds],
                    [(a, b) for a, b, kind in spans(reading.places) if kind in kinds],
                )
        return count


def report(name: str, count: Count) -> None:
    """Print the figures of a count."""
    exact, overlap = count.f1(), count.f1(overlap=True)
    click.echo(
        f"{name:24} exact P {exact[0]:.3f} R {exact[1]:.3f} F1 {exact[2]:.3f}"
        f"   overlapping P {overlap[0]:.3f} R {overlap[1]:.3f} F1 {overlap[2]:.3f}",
    )


def parted(documents: Sequence[Annotated], part: int) -> list[bool]:
    """Return which documents are of a part of five: those of a newspaper together, or else one by one."""
    papers = [document.article.publisher or "" for document in documents]
    together = len(set(papers)) > FOLDS  # what one publisher has all of is no newspaper
    groups = papers if together else [document.article.id for document in documents]
    number = {group: at % FOLDS for at, group in enumerate(dict.fromkeys(groups))}
    return [number[group] == part for group in groups]


@click.command()
@click.option("--corpora", required=True, type=click.Path(exists=True, path_type=Path), help="Toponym corpora.")
@click.option("--ner", required=True, type=click.Path(exists=True, path_type=Path), help="Corpora of named entities.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The folder of the models.")
@click.option("--folds", is_flag=True, help="Also train on four fifths and measure on the fifth, five times.")
@click.option("--epochs", type=int, default=_USUAL.epochs, show_default=True, help="Rounds through the examples.")
@click.option("--seed", type=int, default=_USUAL.seed, show_default=True, help="Another draw of the first weights.")
def main(corpora: Path, ner: Path, output: Path, *, folds: bool, epochs: int, seed: int) -> None:
    """Train the network and print how it does on what was held out."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - only the program joins the stages

    names = Gazetteer.open()
    vectors = WordVectors.open(output / VECTORS_FILE)
    begin = time.perf_counter()
    annotated = {
        (name, part): read(corpora / f"{name}-{part}.jsonl") for name in TOPONYM_CORPORA for part in ("train", "dev")
    }
    train = [labelled(annotated[name, "train"], names) for name in TOPONYM_CORPORA]
    own = labelled(own_sentences(swappable(names)), names)
    general = [document for name in ENTITY_CORPORA for document in entities(ner / name)]
    raw = chain(*(labelled(read(corpora / f"{name}.jsonl"), names) for name in RAW))
    words = vocabulary(chain(*train, general, own, raw))
    (output / VOCABULARY_FILE).write_text("\n".join(words) + "\n", "utf-8")

    trainer = Trainer(names, words, vectors, replace(_USUAL, epochs=epochs))
    entity_examples = trainer.examples(general, of_places=False)
    own_examples = trainer.examples(own, of_places=True)
    available = pools(names.path, names)

    def shown(documents: Sequence[Labelled]) -> list[Example]:
        """Return all that a network learns from, given the annotated articles."""
        copies = swapped([*documents[::SWAPPED], *own[::OWN_SWAPPED]], available, names, seed)
        return [*trainer.examples([*documents, *copies], of_places=True), *own_examples, *entity_examples]

    examples = shown([*chain(*train)])
    click.echo(f"read: {time.perf_counter() - begin:.0f} s")
    weights = trainer.fit(examples, "network", seed=seed)
    with (output / NETWORK_FILE).open("wb") as file:
        np.savez(file, **cast("dict[str, Any]", weights))
    click.echo(f"network: {time.perf_counter() - begin:.0f} s, {(output / NETWORK_FILE).stat().st_size:,} bytes")
    for name in TOPONYM_CORPORA:
        dev = labelled(annotated[name, "dev"], names)
        report(f"{name}-dev, all", trainer.measured(dev, weights, [PLACE, DEMONYM]))
        report(f"{name}-dev, nouns", trainer.measured(dev, weights, [PLACE]))
    if (ner / COMPARISON).is_dir():
        compared = list(entities(ner / COMPARISON))[::COMPARED]
        report("worldwide newswire", trainer.measured(compared, weights, [PLACE, DEMONYM]))
    train_roles(corpora, output, names)
    if not folds:
        return
    counts = {name: Count() for name in TOPONYM_CORPORA}
    for part in range(FOLDS):
        learnt, held = list[Labelled](), dict[str, list[Labelled]]()
        for name in TOPONYM_CORPORA:
            documents = [*annotated[name, "train"], *annotated[name, "dev"]]
            rows = list(zip(labelled(documents, names), parted(documents, part), strict=True))
            learnt += [document for document, out in rows if not out]
            held[name] = [document for document, out in rows if out]
        weights = trainer.fit(shown(learnt), f"fold {part + 1} of {FOLDS}", seed=seed)
        for name, out_of_it in held.items():
            counts[name] += trainer.measured(out_of_it, weights, [PLACE, DEMONYM])
    for name, count in counts.items():
        report(f"{name}, five folds", count)


if __name__ == "__main__":
    main()
