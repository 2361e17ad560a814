"""The command `dateline evaluate`: how good dateline is on an annotated corpus."""

# ruff: noqa: D301, PLC0415
# D301: \b in a docstring is click's own mark for lines that it leaves as they are.
# PLC0415: imports stand where they are needed, so that --help is quick.

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maps.cli.console import progress_bar, verbose_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.evaluation.corpora import AnnotatedArticle


@click.command("evaluate")
@click.argument(
    "corpora", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="CORPUS.jsonl..."
)
@click.option("--coverage", is_flag=True, help="Measure the gazetteer alone: is what each name means among its places?")
@click.option("--missing", default=20, show_default=True, help="How many of the names that are missing to show.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object for another program.")
@verbose_option
def evaluate_command(corpora: tuple[Path, ...], *, coverage: bool, missing: int, as_json: bool) -> None:
    """Measure on annotated articles how good dateline is.

    A corpus is JSON Lines: one article a line, with "id", "text" and
    "toponyms", each of which has "start" and "end" in the text and, where it
    is known, "lat", "lon" and "geonameid". Several corpora are measured as one.

    \b
    Examples:
      dateline evaluate corpus.jsonl
      dateline evaluate --coverage corpus.jsonl --missing 50
    """
    from geo.evaluation.corpora import read_corpus

    annotated = [one for corpus in corpora for one in read_corpus(corpus)]
    if coverage:
        _coverage(annotated, missing=missing, as_json=as_json)
    else:
        _whole(annotated, as_json=as_json)


def _coverage(annotated: Sequence[AnnotatedArticle], *, missing: int, as_json: bool) -> None:
    from geo.evaluation.coverage import measure
    from geo.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        found = measure(progress_bar()(annotated), gazetteer)
    click.echo(json.dumps(found.as_dict(most=missing)) if as_json else found.describe(most=missing))


def _whole(annotated: Sequence[AnnotatedArticle], *, as_json: bool) -> None:
    from dataclasses import asdict

    from geo.evaluation import recognition, resolution
    from geo.gazetteer import Gazetteer
    from geo.recognition import Tagger
    from geo.resolution import Resolver

    with Gazetteer.open() as gazetteer:
        tagger, resolver = Tagger.open(gazetteer), Resolver.open(gazetteer, threshold=0.0)
        found = recognition.evaluate("recognition", recognition.marked(progress_bar()(annotated)), tagger)
        placed = resolution.measure(annotated, gazetteer=gazetteer, recogniser=tagger, resolver=resolver)
    if as_json:
        click.echo(json.dumps({"recognition": recognition.figures(found), "resolution": asdict(placed)}))
        return
    click.echo(recognition.describe(found))
    click.echo(f"resolution: {placed}")
