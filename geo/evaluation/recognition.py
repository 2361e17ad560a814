"""How well names are recognised, measured on annotated corpora.

A corpus is read by :mod:`geo.evaluation.corpora`. A span counts as found
exactly if both ends agree, and as found overlapping if any character does.

Run ``python -m geo.evaluation.recognition CORPUS.jsonl…``; ``--check`` also
compares with ``floors.toml`` and fails where a figure has fallen below.
"""

from __future__ import annotations

import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from geo.evaluation.corpora import read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.evaluation.corpora import AnnotatedArticle
    from geo.types import Article, Mention, Recogniser, Role

FLOORS = Path(__file__).with_name("floors.toml")

_NO_MENTION = frozenset(("Homonym", "Language"))
"""What GeoWebNews marks and we do not count as a mention: people named like places, and languages."""
_ROLES: dict[str, Role] = {
    "Literal": "literal",
    "Literal_Modifier": "literal",
    "Mixed": "literal",
    "Coercion": "literal",
    "Metonymic": "metonym",
    "Non_Literal_Modifier": "metonym",
    "Demonym": "demonym",
    "Embedded_Literal": "embedded",
    "Embedded_Non_Lit": "embedded",
}


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated span; ``role`` is None where the corpus does not tell."""

    start: int
    end: int
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article and the spans in it that count as mentions, in the order of the text."""

    article: Article
    spans: tuple[Gold, ...]


@dataclass(slots=True)
class Count:
    """True positives of both kinds and the sizes they are shares of."""

    exact: int = 0
    found: int = 0
    right: int = 0
    predicted: int = 0
    annotated: int = 0

    def __iadd__(self, other: Count) -> Self:
        """Add what another count has."""
        self.exact += other.exact
        self.found += other.found
        self.right += other.right
        self.predicted += other.predicted
        self.annotated += other.annotated
        return self

    def f1(self, *, overlap: bool = False) -> tuple[float, float, float]:
        """Return precision, recall and F1 in [0, 1], 0 where there is nothing to count."""
        precise, recalled = (self.right, self.found) if overlap else (self.exact, self.exact)
        precision = precise / self.predicted if self.predicted else 0.0
        recall = recalled / self.annotated if self.annotated else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


@dataclass(slots=True)
class Report:
    """The figures of one corpus.

    ``nouns`` leaves demonyms out on both sides; ``roles`` counts (annotated,
    predicted) pairs of the spans that were found exactly.
    """

    corpus: str
    spans: Count = field(default_factory=Count)
    nouns: Count = field(default_factory=Count)
    roles: Counter[tuple[str, str]] = field(default_factory=Counter)
    characters: int = 0
    seconds: float = 0.0

    @property
    def role_accuracy(self) -> float:
        """Share of the exactly found spans with a known role that got it."""
        total = self.roles.total()
        return sum(count for (gold, told), count in self.roles.items() if gold == told) / total if total else 0.0

    @property
    def literal_f1(self) -> float:
        """F1 of literal against associative, the mean of the two classes' F1."""
        scores = []
        for literal in (True, False):
            both = sum(
                count
                for (gold, told), count in self.roles.items()
                if (gold == "literal") == literal == (told == "literal")
            )
            sizes = sum(
                count * ((gold == "literal") == literal) + count * ((told == "literal") == literal)
                for (gold, told), count in self.roles.items()
            )
            scores.append(2 * both / sizes if sizes else 0.0)
        return sum(scores) / 2


def role_of(kind: str, modifier: str) -> Role | None:
    """Return the role that a type of GeoWebNews stands for, None where the corpus has no type.

    Adjectives ("Syrian capital", "Russian troops") are demonyms by their form,
    whatever the type, unless they are part of a name; noun modifiers ("U.S.
    president") that the corpus calls non-literal are metonyms.
    """
    if not kind:
        return None
    role = _ROLES.get(kind)
    return "demonym" if modifier == "Adjective" and role != "embedded" else role


def marked(annotated: Iterable[AnnotatedArticle]) -> list[Annotated]:
    """Return what annotated articles say about recognition: the spans that we count as mentions, with their roles."""
    return [
        Annotated(
            one.article,
            tuple(
                Gold(mark.start, mark.end, role_of(mark.type, mark.modifier))
                for mark in one.annotations
                if mark.type not in _NO_MENTION
            ),
        )
        for one in annotated
    ]


def read(path: Path) -> list[Annotated]:
    """Read what the corpus at `path` says about recognition.

    Raises
    ------
    NoSuchInput
        If there is no such file.
    UnreadableArticle
        If a line is not of the corpus's form; the message names the line.
    """
    return marked(read_corpus(path))


def tally(count: Count, annotated: Iterable[tuple[int, int]], predicted: Iterable[tuple[int, int]]) -> None:
    """Add one document's spans to `count`."""
    gold, told = sorted(set(annotated)), sorted(set(predicted))
    count.annotated += len(gold)
    count.predicted += len(told)
    count.exact += len(set(gold) & set(told))
    count.found += sum(any(a < end and start < b for a, b in told) for start, end in gold)
    count.right += sum(any(a < end and start < b for a, b in gold) for start, end in told)


def evaluate(corpus: str, documents: Sequence[Annotated], recogniser: Recogniser) -> Report:
    """Run `recogniser` over annotated documents and count."""
    report = Report(corpus)
    for document in documents:
        begin = time.perf_counter()
        mentions = recogniser.recognise(document.article)
        report.seconds += time.perf_counter() - begin
        report.characters += len(document.article.text)
        compare(report, document.spans, mentions)
    return report


def compare(report: Report, gold: Sequence[Gold], mentions: Sequence[Mention]) -> None:
    """Add one document to a report."""
    told = {(mention.start, mention.end): mention.role for mention in mentions}
    tally(report.spans, ((span.start, span.end) for span in gold), told)
    demonyms = {(span.start, span.end) for span in gold if span.role == "demonym"}
    tally(
        report.nouns,
        ((span.start, span.end) for span in gold if span.role != "demonym"),
        (span for span, role in told.items() if role != "demonym" and span not in demonyms),
    )
    for span in gold:
        role = told.get((span.start, span.end))
        if span.role and role:
            report.roles[span.role, role] += 1


def figures(report: Report) -> dict[str, float]:
    """Return the figures that floors are set for."""
    values = {
        "exact_f1": report.spans.f1()[2],
        "overlap_f1": report.spans.f1(overlap=True)[2],
        "noun_f1": report.nouns.f1()[2],
    }
    if report.roles:
        values |= {"role_accuracy": report.role_accuracy, "literal_f1": report.literal_f1}
    return values


def describe(report: Report) -> str:
    """Write a report as lines of text."""
    lines = [f"{report.corpus}: {report.spans.annotated} annotated, {report.spans.predicted} found"]
    for name, count in (("all spans", report.spans), ("nouns only", report.nouns)):
        exact, overlap = count.f1(), count.f1(overlap=True)
        lines.append(
            f"  {name:10}  exact P {exact[0]:.3f} R {exact[1]:.3f} F1 {exact[2]:.3f}"
            f"   overlapping P {overlap[0]:.3f} R {overlap[1]:.3f} F1 {overlap[2]:.3f}",
        )
    if report.roles:
        lines.append(
            f"  roles       accuracy {report.role_accuracy:.3f}   literal/associative F1 {report.literal_f1:.3f}"
        )
        for role in ("literal", "metonym", "demonym", "embedded"):
            told = {told: count for (gold, told), count in sorted(report.roles.items()) if gold == role}
            lines.append(f"    {role:9} as " + ", ".join(f"{name} {count}" for name, count in told.items()))
    lines.append(f"  speed       {report.characters / max(report.seconds, 1e-9):,.0f} characters/s")
    return "\n".join(lines)


def fallen(reports: Iterable[Report], floors: dict[str, dict[str, float]]) -> list[str]:
    """Return a line for each figure that is below its floor."""
    return [
        f"{report.corpus}: {name} is {value:.3f}, below its floor {floors[report.corpus][name]:.3f}"
        for report in reports
        for name, value in figures(report).items()
        if value < floors.get(report.corpus, {}).get(name, 0.0)
    ]


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Fail where a figure is below its floor in floors.toml.")
def main(corpora: tuple[Path, ...], *, check: bool) -> None:
    """Measure the shipped tagger on annotated CORPORA."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - only the program joins the stages
    from geo.recognition.tagger import Tagger  # noqa: PLC0415 - as above

    tagger = Tagger.open(Gazetteer.open())
    reports = [evaluate(path.stem, read(path), tagger) for path in corpora]
    for report in reports:
        click.echo(describe(report))
    if check:
        floors = tomllib.loads(FLOORS.read_text("utf-8"))["recognition"]
        lines = fallen(reports, floors)
        for line in lines:
            click.echo(line, err=True)
        sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
