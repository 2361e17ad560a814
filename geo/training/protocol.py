"""The full protocol: how well resolution does on articles, newspapers and corpora that its ranker did not see.

Run, with a folder that holds ``lgl-train.jsonl``, ``gwn-train.jsonl``,
``wotr-train.jsonl`` and, for one more row, ``wiktor-dev.jsonl``::

    python -m geo.training.protocol --corpora DIR -o table.md

The rankers are trained as the shipped one is (``geo/training/train_ranker.py``)
and asked as a user asks it, with every best guess counted. It takes some
twenty minutes on one core and gives the same table each time, which goes into
``geo/resolution/MODEL_CARD.md``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.evaluation.corpora import read_corpus
from geo.evaluation.gold_mentions import figures_of
from geo.evaluation.judging import asked, judged
from geo.evaluation.metrics import WITHIN_KM, share
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.resolution import Resolver, homes
from geo.resolution.resolve import Asked
from geo.training.protocol_contexts import CONTEXTS, GIVEN, RECOGNISED
from geo.training.ranker_examples import annotated_examples, read_plain
from geo.training.train_ranker import folds, train

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geo.evaluation.corpora import AnnotatedArticle
    from geo.evaluation.judging import Judged
    from geo.resolution import Home
    from geo.resolution.ranker import Ranker
    from geo.training.protocol_contexts import Read
    from geo.training.ranker_examples import Example
    from geo.types import Mention, Toponym

LGL, GEOWEBNEWS, WOTR, WIKTOR = "lgl", "gwn", "wotr", "wiktor"
TITLES = {LGL: "LGL", GEOWEBNEWS: "GeoWebNews", WOTR: "War of the Rebellion"}

_HEAD = (
    f"| corpus | ranker | context | toponyms | within {WITHIN_KM} km, alone | with memory | median km | AUC "
    "| calibration error, alone / with memory | most populous | ceiling |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass(slots=True)
class Protocol:
    """What the rows of the table are made with.

    Attributes
    ----------
    gazetteer, recogniser
        As in use.
    corpora
        The annotated articles by the name of their corpus.
    examples
        The same ready for training, and our own articles.
    progress
        Told what is being done.
    ranker
        What all corpora give, once the first row is there.
    """

    gazetteer: Gazetteer
    recogniser: Tagger
    corpora: Mapping[str, Sequence[AnnotatedArticle]]
    examples: list[Example]
    progress: Callable[[str], None]
    ranker: Ranker | None = None
    _mentions: dict[str, list[tuple[Mention, ...]]] = field(default_factory=dict)

    def rows(self, wiktor: Sequence[AnnotatedArticle]) -> Iterator[str]:
        """Yield the rows of the table as they are measured; the last for `wiktor`, if there is any."""
        by_newspaper, self.ranker = self._folds(by_publisher=True, whole=True)
        for corpus, ranker in ((LGL, "five folds by newspaper"), (GEOWEBNEWS, "five folds by document")):
            for context in CONTEXTS:
                yield self._row(corpus, ranker, context, by_newspaper[corpus])
        if self.ranker and wiktor:
            self.corpora = {**self.corpora, WIKTOR: wiktor}
            yield self._row(WIKTOR, _trained_on((LGL, GEOWEBNEWS)), RECOGNISED, [self.ranker] * len(wiktor))
        for corpus, learned in ((LGL, (GEOWEBNEWS, WOTR)), (LGL, (GEOWEBNEWS,)), (GEOWEBNEWS, (LGL,))):
            rankers = [self._trained_on(learned)] * len(self.corpora[corpus])
            yield self._row(corpus, _trained_on(learned), GIVEN, rankers)
        by_document, _ = self._folds(by_publisher=False, whole=False)
        yield self._row(LGL, "five folds by document", GIVEN, by_document[LGL])

    def _folds(self, *, by_publisher: bool, whole: bool) -> tuple[dict[str, list[Ranker]], Ranker | None]:
        """Return for each article of each corpus a ranker that did not see it, and one that saw all.

        They are trained as the shipped one is, without the letters of the 1860s.
        """
        self.progress(f"five folds by {'newspaper' if by_publisher else 'document'}")
        kept = [example for example in self.examples if example.corpus != WOTR]
        parts = folds(kept, by_publisher=by_publisher)
        trained = train(kept, parts, whole=whole, progress=self.progress)
        unseen = {
            (kept[i].corpus, kept[i].article.id): ranker
            for part, ranker in zip(parts, trained.of_fold, strict=True)
            for i in part
        }
        # An article without candidates is in no fold; it has no answers.
        some = trained.of_fold[0]
        of = {
            corpus: [unseen.get((corpus, one.article.id), some) for one in self.corpora[corpus]]
            for corpus in (LGL, GEOWEBNEWS)
        }
        return of, trained.ranker

    def _trained_on(self, corpora: Sequence[str]) -> Ranker:
        """Return the ranker that these corpora and our own articles give; two folds say how sure it may be."""
        self.progress(f"a ranker from {', '.join(corpora)}")
        others = {*self.corpora} - {*corpora}
        kept = [example for example in self.examples if example.corpus not in others]
        ranker = train(kept, folds(kept, number=2), progress=self.progress).ranker
        if ranker is None:
            raise AssertionError
        return ranker

    def _row(self, corpus: str, ranker: str, context: str, rankers: Sequence[Ranker]) -> str:
        annotated = self.corpora[corpus]
        self.progress(f"{corpus}, {ranker}, {context}")
        if corpus not in self._mentions:
            self._mentions[corpus] = [self.recogniser.recognise(one.article) for one in annotated]
        read = [CONTEXTS[context](one, found) for one, found in zip(annotated, self._mentions[corpus], strict=True)]
        first = self._resolved(annotated, read, rankers, None)
        toponyms = [[toponym for of_reading in of_article for toponym in of_reading] for of_article in first]
        known = homes([one.article for one in annotated], toponyms)
        second = self._resolved(annotated, read, rankers, known) if any(known) else first
        alone, remembered = (figures_of(self._judged(annotated, read, found)) for found in (first, second))
        answers = self._judged(annotated, read, first)
        value, (low, high) = alone.values["accuracy"], alone.between["accuracy"]
        with_memory, (below, above) = remembered.values["accuracy"], remembered.between["accuracy"]
        cells = [
            *(TITLES.get(corpus, "WikToR"), ranker, context, f"{len(answers):,}"),
            f"{_cut(value)} ({_cut(low)}–{_cut(high)})",
            f"{_cut(with_memory)} ({_cut(below)}–{_cut(above)})" if any(known) else "–",
            f"{alone.values['median_km']:.1f}",
            _cut(alone.values["auc"]),
            f"{_cut(alone.values['calibration_error'])} / {_cut(remembered.values['calibration_error'])}",
            _cut(share([one.asked.population_km <= WITHIN_KM for one in answers])),
            _cut(share([one.asked.nearest_km <= WITHIN_KM for one in answers])),
        ]
        return f"| {' | '.join(cells)} |"

    def _resolved(
        self,
        annotated: Sequence[AnnotatedArticle],
        read: Sequence[Read],
        rankers: Sequence[Ranker],
        known: Sequence[Home | None] | None,
    ) -> list[list[tuple[Toponym, ...]]]:
        """Return the toponyms of each reading of each article, by the ranker that is to be asked about it."""
        found: list[list[tuple[Toponym, ...]]] = [[] for _ in annotated]
        for ranker in {id(one): one for one in rankers}.values():
            numbers = [number for number, one in enumerate(rankers) if one is ranker]
            questions = (
                Asked(annotated[number].article, mentions, known[number] if known else None)
                for number in numbers
                for mentions, _ in read[number]
            )
            resolver = Resolver(self.gazetteer, ranker, threshold=0.0)
            answers = resolver.resolve_many(questions, reasons=False)
            for number in numbers:
                found[number] = [next(answers) for _ in read[number]]
        return found

    def _judged(
        self,
        annotated: Sequence[AnnotatedArticle],
        read: Sequence[Read],
        found: Sequence[Sequence[tuple[Toponym, ...]]],
    ) -> list[Judged]:
        answers = []
        for questions, of_article, toponyms in zip(asked(annotated, self.gazetteer), read, found, strict=True):
            for (_, wanted), of_reading in zip(of_article, toponyms, strict=True):
                for annotation, at in wanted:
                    question = questions[annotation]
                    if question is not None:
                        answers.append(judged(question, of_reading[at]))
        return answers


def _trained_on(corpora: Iterable[str]) -> str:
    return f"trained on {', '.join(TITLES[corpus] for corpus in corpora)}"


def _cut(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


@click.command()
@click.option(
    "--corpora",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of lgl-train.jsonl, gwn-train.jsonl, wotr-train.jsonl and, if there, wiktor-dev.jsonl.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the table; else it is printed.")
@click.option("--ranker", type=click.Path(path_type=Path), help="Where to write the ranker that is to be shipped.")
def main(folder: Path, output: Path | None, ranker: Path | None) -> None:
    """Measure resolution on articles, newspapers and corpora that it was not trained on, as a table in Markdown."""
    begin = time.monotonic()

    def progress(told: str) -> None:
        click.echo(f"{time.monotonic() - begin:6.0f} s  {told}", err=True)

    corpora = {name: read_corpus(folder / f"{name}-train.jsonl") for name in (LGL, GEOWEBNEWS, WOTR)}
    wiktor = folder / "wiktor-dev.jsonl"
    lines = [_HEAD]
    with Gazetteer.open() as gazetteer:
        tagger = Tagger.open(gazetteer)
        progress("reading")
        examples = [one for name in corpora for one in annotated_examples(name, corpora[name], gazetteer, tagger)]
        protocol = Protocol(gazetteer, tagger, corpora, [*examples, *read_plain(gazetteer)], progress)
        for row in protocol.rows(read_corpus(wiktor) if wiktor.is_file() else ()):
            progress(row)
            lines.append(row)
            if output:
                output.write_text("\n".join([*lines, ""]), encoding="utf-8")
            if ranker and protocol.ranker and len(lines) == 2:  # noqa: PLR2004 - the head and the first row
                replace(protocol.ranker, gazetteer=gazetteer.digest).save(ranker)
    if not output:
        click.echo("\n".join(lines))


if __name__ == "__main__":
    main()
