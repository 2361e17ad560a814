"""Train the recogniser: vocabulary, tagger of entities, tagger of place names.

``python -m geo.training.train_tagger --corpora DIR --ner DIR -o MODELS`` writes
the files that :class:`geo.recognition.tagger.Tagger` opens, but for the roles,
which ``geo.training.train_roles`` makes, and prints how it does on what was held
out. The same corpora give the same bytes.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pycrfsuite

from geo.evaluation.recognition import Count, read, tally
from geo.recognition.entities import evidence, with_evidence
from geo.recognition.features import Reader, features
from geo.recognition.labels import DEMONYM, PLACE, spans
from geo.recognition.matching import Matcher
from geo.recognition.memory import Memory
from geo.recognition.tagger import ENTITIES_FILE, PLACES_FILE, VOCABULARY_FILE, Model
from geo.training.corpora import Labelled, entities, own_sentences, toponyms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geo.evaluation.recognition import Annotated, Gold
    from geo.types import NameIndex

TOPONYM_CORPORA = ("lgl", "gwn")
ENTITY_CORPORA = ("wikigold", "gum", "btc", "wnut17")
"""Those whose terms (CC BY 4.0) allow a shipped model; see the model card."""
COMPARISON = "conllpp"
"""For a figure that others report too; never trained on."""

ENTITY_PARAMETERS = {"c1": 0.3, "c2": 0.02, "max_iterations": 80, "feature.minfreq": 3}
PLACE_PARAMETERS = {"c1": 0.05, "c2": 0.5, "max_iterations": 140, "feature.minfreq": 2}
"""L1 (``c1``) and L2 (``c2``) penalties, L-BFGS iterations, occurrences that a feature needs."""
_OFTEN = 3
"""Times a word must be written small to be in the vocabulary, and more often than with a capital."""

Rows = list[list[list[str]]]


def label_of(names: NameIndex) -> Callable[[str, Gold], str]:
    """Return the function that gives an annotated span its class, place or demonym.

    GeoWebNews tells; LGL does not, so that there the gazetteer's table of
    demonyms decides. An adjective that is also a noun (Hong Kong) is a place.
    """

    def label(text: str, span: Gold) -> str:
        profile = names.profile(text)
        if span.role in (None, "embedded"):
            return DEMONYM if "demonym" in profile and "country" not in profile else PLACE
        if span.role == "demonym":
            return PLACE if profile and "demonym" not in profile else DEMONYM
        return PLACE

    return label


def swappable(names: NameIndex) -> Callable[[str], str]:
    """Return the function that says whether a name of our own sentences is any country or any capital."""
    matcher = Matcher(names)

    def kind_of(name: str) -> str:
        profile = names.profile(name)
        if name.isupper() or "demonym" in profile:
            return ""
        if "country" in profile:
            return "country"
        return "capital" if matcher.capital(name) else ""

    return kind_of


def vocabulary(documents: Iterable[Labelled]) -> list[str]:
    """Return the words that are written small, sorted."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for document in documents:
        for words in document.words:
            for word in words[1:]:
                if word.isalpha():
                    (small if word.islower() else large)[word.lower()] += 1
    return sorted(word for word, count in small.items() if count >= _OFTEN and count > large[word])


def featured(documents: Iterable[Labelled], reader: Reader) -> list[tuple[Labelled, Rows]]:
    """Return the documents with the features of their tokens."""
    result = []
    for document in documents:
        found = reader.read(document.words)
        memory = Memory(found)
        result.append((document, [features(sentence, memory) for sentence in found]))
    return result


def fit(documents: Iterable[tuple[Labelled, Rows]], parameters: Mapping[str, float], path: Path) -> None:
    """Train a conditional random field and write it to `path`."""
    trainer = pycrfsuite.Trainer("lbfgs", verbose=False)
    trainer.set_params(dict(parameters))
    for document, rows in documents:
        for row, labels in zip(rows, document.labels, strict=True):
            if any(len(token) > 2 for token in row):  # noqa: PLR2004 - as in Model.label: no name is possible
                trainer.append(row, labels)
    trainer.train(str(path))


def second(documents: Sequence[tuple[Labelled, Rows]], first: Model) -> list[tuple[Labelled, Rows]]:
    """Add the evidence of the first stage."""
    return [
        (document, with_evidence(rows, evidence(document.words, first.label(rows)))) for document, rows in documents
    ]


def measure(documents: Iterable[tuple[Labelled, Rows]], model: Model, kinds: Sequence[str]) -> Count:
    """Count the exact and overlapping spans of the classes `kinds`, in tokens."""
    count = Count()
    for document, rows in documents:
        for gold, told in zip(document.labels, model.label(rows), strict=True):
            tally(
                count,
                [(a, b) for a, b, kind in spans(gold) if kind in kinds],
                [(a, b) for a, b, kind in spans(told) if kind in kinds],
            )
    return count


def report(name: str, count: Count) -> None:
    """Print the figures of a count."""
    exact, overlap = count.f1(), count.f1(overlap=True)
    click.echo(
        f"{name:24} exact P {exact[0]:.3f} R {exact[1]:.3f} F1 {exact[2]:.3f}"
        f"   overlapping P {overlap[0]:.3f} R {overlap[1]:.3f} F1 {overlap[2]:.3f}",
    )


def labelled(documents: Iterable[Annotated], names: NameIndex) -> list[Labelled]:
    """Return annotated articles as labelled tokens."""
    label = label_of(names)
    return [toponyms(document, label) for document in documents]


@click.command()
@click.option("--corpora", required=True, type=click.Path(exists=True, path_type=Path), help="Toponym corpora.")
@click.option("--ner", required=True, type=click.Path(exists=True, path_type=Path), help="Corpora of named entities.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The folder of the models.")
def main(corpora: Path, ner: Path, output: Path) -> None:
    """Train the taggers and print how they do on what was held out."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - only the program joins the stages

    names = Gazetteer.open()
    output.mkdir(parents=True, exist_ok=True)
    begin = time.perf_counter()
    train = [labelled(read(corpora / f"{name}-train.jsonl"), names) for name in TOPONYM_CORPORA]
    own = labelled(own_sentences(swappable(names)), names)
    dev = {name: labelled(read(corpora / f"{name}-dev.jsonl"), names) for name in TOPONYM_CORPORA}
    general = [document for name in ENTITY_CORPORA for document in entities(ner / name)]
    words = vocabulary(chain(*train, general, own))
    (output / VOCABULARY_FILE).write_text("\n".join(words) + "\n", "utf-8")
    reader = Reader(names, frozenset(words))

    fit(featured(general, reader), ENTITY_PARAMETERS, output / ENTITIES_FILE)
    first = Model(output / ENTITIES_FILE)
    click.echo(f"entities: {time.perf_counter() - begin:.0f} s, {(output / ENTITIES_FILE).stat().st_size:,} bytes")
    if (ner / COMPARISON).is_dir():
        compared = list(entities(ner / COMPARISON))[-216:]
        report("CoNLL dev, LOC", measure(featured(compared, reader), first, ["LOC"]))

    examples = second(featured(chain(*train, own), reader), first)
    fit(examples, PLACE_PARAMETERS, output / PLACES_FILE)
    model = Model(output / PLACES_FILE)
    click.echo(f"places: {time.perf_counter() - begin:.0f} s, {(output / PLACES_FILE).stat().st_size:,} bytes")
    for name, documents in dev.items():
        rows = second(featured(documents, reader), first)
        report(f"{name}-dev, all", measure(rows, model, [PLACE, DEMONYM]))
        report(f"{name}-dev, nouns", measure(rows, model, [PLACE]))
    with tempfile.TemporaryDirectory() as folder:
        for name, other in zip(TOPONYM_CORPORA, reversed(TOPONYM_CORPORA), strict=True):
            path = Path(folder) / "cross"
            fit(second(featured(train[TOPONYM_CORPORA.index(other)], reader), first), PLACE_PARAMETERS, path)
            rows = second(featured(dev[name], reader), first)
            report(f"{name}-dev, from {other} alone", measure(rows, Model(path), [PLACE, DEMONYM]))


if __name__ == "__main__":
    main()
