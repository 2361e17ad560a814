"""Train the classifier of roles on the types of GeoWebNews.

``python -m geo.training.train_roles --corpora DIR -o MODELS`` writes the weights
that :class:`geo.recognition.roles.Roles` reads and prints the accuracy on what was
held out. scikit-learn fits them; nothing but a sum is needed to use them.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from geo.evaluation.recognition import Report, read
from geo.recognition import sentences
from geo.recognition.entities import Entities
from geo.recognition.features import Reader
from geo.recognition.memory import Memory
from geo.recognition.name import Name
from geo.recognition.network import Network
from geo.recognition.roles import Roles, describe
from geo.recognition.tagger import NETWORK_FILE, ROLES_FILE, VECTORS_FILE, VOCABULARY_FILE, read_vocabulary
from geo.recognition.tokens import tokenise
from geo.recognition.vectors import WordVectors
from geo.training.corpora import own_sentences
from geo.training.labelling import label_of, swappable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.evaluation.recognition import Annotated
    from geo.types import NameIndex, Role

_OFTEN = 2
"""Times a feature must occur to have a weight."""
_STRENGTH = 1.0
"""Inverse of the L2 penalty, chosen among 0.1, 0.3 and 1 by five folds of GeoWebNews."""
_LEAST = 0.02
"""Weights below it are left out of the file."""


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated name: where it stands, the features of its role, and its role."""

    kind: str
    features: list[str]
    role: Role


def examples(documents: Sequence[Annotated], reader: Reader, network: Network, names: NameIndex) -> Iterator[Example]:
    """Yield each annotated name that has a role and begins and ends with a token."""
    label = label_of(names)
    for document in documents:
        text = document.article.text
        tokens = [tokenise(text, start, end) for start, end in sentences.split(text)]
        found = reader.read([sentence.words for sentence in tokens])
        memory = Memory(found)
        labels = [reading.entities for reading in network.read(found, memory)]
        entities = Entities([sentence.known for sentence in found], labels)
        for number, (cut, sentence) in enumerate(zip(tokens, found, strict=True)):
            starts = {start: at for at, start in enumerate(cut.starts)}
            ends = {end: at + 1 for at, end in enumerate(cut.ends)}
            for span in document.spans:
                if span.role and span.start in starts and span.end in ends:
                    kind = label(text[span.start : span.end], span)
                    name = Name(starts[span.start], ends[span.end], kind)
                    yield Example(
                        kind, describe(sentence, name, partial(entities.around, number), reader.matcher), span.role
                    )


def fit(rows: Sequence[Sequence[str]], roles: Sequence[Role]) -> dict[str, dict[Role, float]]:
    """Fit a multinomial logistic regression and return its weights by feature and role."""
    counts = Counter(feature for row in rows for feature in set(row))
    index = {feature: at for at, feature in enumerate(sorted(f for f, count in counts.items() if count >= _OFTEN))}
    columns = [sorted({index[feature] for feature in row if feature in index}) for row in rows]
    pointers = np.cumsum([0, *map(len, columns)])
    matrix = csr_matrix(
        (np.ones(pointers[-1]), np.concatenate(columns), pointers),
        shape=(len(rows), len(index)),
    )
    model = LogisticRegression(C=_STRENGTH, max_iter=2000, tol=1e-6)
    model.fit(matrix, list(roles))
    weights: dict[str, dict[Role, float]] = {}
    for feature, at in index.items():
        row = {
            cast("Role", str(role)): round(float(weight), 2)
            for role, weight in zip(model.classes_, model.coef_[:, at], strict=True)
            if abs(weight) >= _LEAST
        }
        if row:
            weights[feature] = row
    # "bias" is a feature of every name; the intercept joins its weights.
    for role, intercept in zip(model.classes_, model.intercept_, strict=True):
        bias = weights.setdefault("bias", {})
        bias[cast("Role", str(role))] = round(bias.get(cast("Role", str(role)), 0.0) + float(intercept), 2)
    return weights


@click.command()
@click.option("--corpora", required=True, type=click.Path(exists=True, path_type=Path), help="Toponym corpora.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The folder of the models.")
def main(corpora: Path, output: Path) -> None:
    """Train the classifier of roles and print its accuracy."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - only the program joins the stages

    train_roles(corpora, output, Gazetteer.open())


def train_roles(corpora: Path, output: Path, names: NameIndex) -> None:
    """Train the classifier with the network that is in the folder `output`, write it there and print its accuracy."""
    reader = Reader(names, read_vocabulary(output / VOCABULARY_FILE))
    network = Network.open(output / NETWORK_FILE, WordVectors.open(output / VECTORS_FILE))
    annotated = [*read(corpora / "gwn-train.jsonl"), *own_sentences(swappable(names))]
    train = list(examples(annotated, reader, network, names))
    weights = fit([example.features for example in train], [example.role for example in train])
    path = output / ROLES_FILE
    path.write_text(json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    click.echo(f"roles: {len(train)} examples, {len(weights)} features, {path.stat().st_size:,} bytes")

    roles = Roles.load(path, reader.matcher)
    report = Report("gwn-dev, annotated spans")
    for example in examples(read(corpora / "gwn-dev.jsonl"), reader, network, names):
        report.roles[example.role, roles.choose(example.features, example.kind)] += 1
    click.echo(f"{report.corpus}: accuracy {report.role_accuracy:.3f}, literal/associative F1 {report.literal_f1:.3f}")
    nouns = {pair: count for pair, count in report.roles.items() if "demonym" not in pair}
    right = sum(count for (gold, told), count in nouns.items() if gold == told)
    click.echo(f"without demonyms: accuracy {right / max(sum(nouns.values()), 1):.3f}")
    for (gold, told), count in sorted(report.roles.items()):
        click.echo(f"  {gold:9} as {told:9} {count}")


if __name__ == "__main__":
    main()
