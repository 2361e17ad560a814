"""Holds resolution to its floors.

What is measured is told by :mod:`geo.evaluation.gold_mentions`. Run::

    python -m geo.evaluation.resolution --check CORPUS.jsonl
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.evaluation.corpora import read_corpus
from geo.evaluation.gold_mentions import measure
from geo.evaluation.judging import kilometres
from geo.evaluation.metrics import WITHIN_KM
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.recognition.given_spans import together
from geo.resolution import Resolver

if TYPE_CHECKING:
    from geo.evaluation.corpora import AnnotatedArticle
    from geo.evaluation.gold_mentions import Report
    from geo.types import Mention, Recogniser

__all__ = ["FLOORS", "WITHIN_KM", "kilometres", "main", "mentions_for", "reached"]

FLOORS = Path(__file__).with_name("floors.toml")


def mentions_for(annotated: AnnotatedArticle, recogniser: Recogniser) -> tuple[tuple[Mention, ...], tuple[int, ...]]:
    """Return the annotated spans together with what is recognised around them, for training.

    The second value is the index of each annotation.
    """
    spans = [(one.start, one.end) for one in annotated.annotations]
    return together(annotated.article, spans, recogniser.recognise(annotated.article))


def reached(report: Report) -> dict[str, float]:
    """Return the figures that floors are set for."""
    alone = report.alone.values
    return {
        **{name: alone[name] for name in ("accuracy", "accuracy_or_same_id", "same_id", "calibration_error")},
        "accuracy_at_home": report.remembered.values["accuracy"],
        "calibration_error_at_home": report.remembered.values["calibration_error"],
        "found": report.ceiling,
    }


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Fail where a figure is below its floor in floors.toml.")
def main(corpora: tuple[Path, ...], *, check: bool) -> None:
    """Print the measures of resolution on each of CORPORA."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")).get("resolution", {}) if check else {}
    fallen = []
    with Gazetteer.open() as gazetteer:
        tagger, resolver = Tagger.open(gazetteer), Resolver.open(gazetteer, threshold=0.0)
        for path in corpora:
            report = measure(read_corpus(path), gazetteer=gazetteer, recogniser=tagger, resolver=resolver)
            click.echo(f"{path.stem}: {report.describe()}")
            figures = reached(report)
            for name, floor in floors.get(path.stem, {}).items():
                if figures[name] < floor:
                    fallen.append(f"{path.stem}: {name} {figures[name]:.3f} is below its floor {floor}")
    for line in fallen:
        click.echo(line, err=True)
    sys.exit(1 if fallen else 0)


if __name__ == "__main__":
    main()
