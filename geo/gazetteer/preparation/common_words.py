"""Makes ``tables/common_words.csv``: the common words that are also names of places somewhere.

A village of Kenya is also known as "Delay". Such an alternate name is kept and
trusted little (:data:`geo.gazetteer.trust.TRUST_COMMON_WORD`). The words are
those of the tagger's vocabulary, which are common in small letters in news,
that the index has as names. Run after the index was built::

    python -m geo.gazetteer.preparation.common_words
"""

from __future__ import annotations

import csv
from pathlib import Path

import click

from geo.gazetteer import Gazetteer
from geo.gazetteer.tables import TABLES

VOCABULARY = Path(__file__).parents[2] / "recognition" / "models" / "vocabulary.txt"


@click.command()
@click.option(
    "--vocabulary",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=VOCABULARY,
    show_default=False,
    help="Words, one a line; by default those of the shipped tagger.",
)
def main(vocabulary: Path) -> None:
    """Write the common words that are names of places too."""
    words = vocabulary.read_text("utf-8").split()
    with Gazetteer.open() as gazetteer:
        found = sorted(word for word in words if gazetteer.profile(word))
    with (TABLES / "common_words.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["word"])
        table.writerows([word] for word in found)
    click.echo(f"{len(found)} words", err=True)


if __name__ == "__main__":
    main()
