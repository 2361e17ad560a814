"""The command `dateline evaluate`: how good dateline is on an annotated corpus."""

# ruff: noqa: D301, PLC0415
# D301: \b in a docstring is click's own mark for lines that it leaves as they are.
# PLC0415: imports stand where they are needed, so that --help is quick.

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maps.cli.console import print_data, progress_bar, verbose_option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.evaluation.corpora import AnnotatedArticle
    from geo.types import Role

_ERRORS_SHOWN = 20
"""How many errors --errors shows if it does not say."""


@click.command("evaluate")
@click.argument(
    "corpora", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="CORPUS.jsonl..."
)
@click.option("--gold-mentions", is_flag=True, help="Measure resolution alone: the annotated names are given.")
@click.option("--coverage", is_flag=True, help="Measure the gazetteer alone: is what each name means among its places?")
@click.option(
    "--missing", default=20, show_default=True, help="With --coverage: how many of the missing names to show."
)
@click.option(
    "--errors",
    type=click.IntRange(0),
    is_flag=False,
    flag_value=_ERRORS_SHOWN,
    default=0,
    metavar="[N]",
    help=f"List the N worst errors of resolution, the surest first ({_ERRORS_SHOWN} if N is not said).",
)
@click.option("--no-demonyms", is_flag=True, help="Leave demonyms (Russian, Ukrainians) out of all counts.")
@click.option("--no-embedded", is_flag=True, help="Leave names inside other names (Bank of England) out of all counts.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Place a name only if its place is at least this likely; by default as dateline places does, and with "
    "--gold-mentions 0, every best guess.",
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object for another program.")
@verbose_option
def evaluate_command(
    corpora: tuple[Path, ...],
    *,
    gold_mentions: bool,
    coverage: bool,
    missing: int,
    errors: int,
    no_demonyms: bool,
    no_embedded: bool,
    threshold: float | None,
    as_json: bool,
) -> None:
    """Measure on annotated articles how good dateline is.

    A corpus is JSON Lines: one article a line, with "id", "text" and
    "toponyms", each of which has "start" and "end" in the text and, where it
    is known, "lat", "lon" and "geonameid"; "domain" is its publisher. Several
    corpora are measured as one.

    The report tells how well names are found, and how many of those with
    coordinates are both found exactly and placed within 161 km. With
    --gold-mentions the names are given and only placing them is measured.
    Corpora differ in whether they annotate demonyms and names inside other
    names: --no-demonyms and --no-embedded leave them out, which the heading says.

    \b
    Examples:
      dateline evaluate corpus.jsonl --no-demonyms
      dateline evaluate --gold-mentions corpus.jsonl --errors 50
      dateline evaluate --coverage corpus.jsonl --missing 50
    """
    from geo.evaluation.corpora import read_corpus

    if coverage and gold_mentions:
        raise click.UsageError("--coverage measures the gazetteer, --gold-mentions resolution; ask for one at a time")
    if gold_mentions and (no_demonyms or no_embedded):
        raise click.UsageError("--no-demonyms and --no-embedded are conventions of finding names; leave them out here")
    annotated = [one for corpus in corpora for one in read_corpus(corpus)]
    if coverage:
        _coverage(annotated, missing=missing, as_json=as_json)
        return
    left_out: list[Role] = []
    if no_demonyms:
        left_out.append("demonym")
    if no_embedded:
        left_out.append("embedded")
    _measured(
        annotated,
        gold_mentions=gold_mentions,
        left_out=frozenset(left_out),
        errors=errors,
        threshold=threshold,
        as_json=as_json,
    )


def _coverage(annotated: Sequence[AnnotatedArticle], *, missing: int, as_json: bool) -> None:
    from geo.evaluation.coverage import measure
    from geo.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        found = measure(progress_bar()(annotated), gazetteer)
    click.echo(json.dumps(found.as_dict(most=missing)) if as_json else found.describe(most=missing))


def _measured(
    annotated: Sequence[AnnotatedArticle],
    *,
    gold_mentions: bool,
    left_out: frozenset[Role],
    errors: int,
    threshold: float | None,
    as_json: bool,
) -> None:
    from geo.evaluation import end_to_end, worst
    from geo.evaluation import gold_mentions as given
    from geo.gazetteer import Gazetteer
    from geo.recognition import Tagger
    from geo.resolution import THRESHOLD, Resolver

    with Gazetteer.open() as gazetteer:
        least = threshold if threshold is not None else 0.0 if gold_mentions else THRESHOLD
        measure: Callable[..., given.Report | end_to_end.Report]
        measure = given.measure if gold_mentions else partial(end_to_end.measure, left_out=left_out)
        report = measure(
            annotated,
            gazetteer=gazetteer,
            recogniser=Tagger.open(gazetteer),
            resolver=Resolver.open(gazetteer, threshold=least),
            reasons=errors > 0,
            progress=progress_bar(),
        )
        wrong = worst.worst(report.answers, gazetteer, most=errors)
    if as_json:
        print_data([json.dumps(report.as_dict() | ({"errors": wrong} if errors else {}), ensure_ascii=False)])
        return
    print_data([report.describe(), *worst.describe(wrong)])
