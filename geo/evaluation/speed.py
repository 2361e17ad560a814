"""Measures how fast the stages are, how long they take to load and what memory they take.

Each part runs in a process of its own, so that nothing is remembered from
another and the memory is its own. Rates count the time of the processor that
the process had (one core), which other work on the machine disturbs less than
the clock does; still, only figures of one run can be compared, and where it
makes sense they are printed side by side.
"""

from __future__ import annotations

import multiprocessing
import re
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from geo.evaluation.corpora import read_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.types import Article

T = TypeVar("T")

_STARTS = 3
"""Processes of which the quickest counts, where the time to start is measured."""

_LOAD = """
import time
begin = time.perf_counter()
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
Tagger.open(Gazetteer.open())
print(time.perf_counter() - begin)
"""
_FIRST_ANSWER = """
import time
from geo.gazetteer import Gazetteer
begin = time.perf_counter()
assert Gazetteer.open().lookup("Odesa")
print(time.perf_counter() - begin)
"""
"""Programs of a process that has loaded nothing else."""

_CAPITALISED = re.compile(r"\b[A-Z][a-z]+")
_STATUS = Path("/proc/self/status")
_MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Rate:
    """How much was done, how often, and in what time.

    ``seconds`` are those of the processor. ``megabytes`` (10^6 bytes) are the
    most memory that the process had until then.
    """

    count: int
    characters: int
    seconds: float
    megabytes: float

    @property
    def per_second(self) -> float:
        """What was done in a second."""
        return self.count / self.seconds

    @property
    def characters_per_second(self) -> float:
        """The characters of text that were read in a second."""
        return self.characters / self.seconds


def recognition(paths: Sequence[Path]) -> tuple[Rate, Rate]:
    """Return the rate of articles in which mentions were found: with nothing remembered, and once more."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - each process loads what it measures
    from geo.recognition import Tagger  # noqa: PLC0415 - as above

    articles = _articles(paths)
    with Gazetteer.open() as gazetteer:
        tagger = Tagger.open(gazetteer)
        first, again = (_rate(articles, lambda: [tagger.recognise(one) for one in articles]) for _ in range(2))
    return first, again


def resolution(paths: Sequence[Path]) -> Rate:
    """Return the rate of toponyms that were resolved, of the mentions that recognition finds."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - each process loads what it measures
    from geo.recognition import Tagger  # noqa: PLC0415 - as above
    from geo.resolution import Resolver  # noqa: PLC0415 - as above
    from geo.resolution.resolve import Asked  # noqa: PLC0415 - as above

    articles = _articles(paths)
    with Gazetteer.open() as gazetteer:
        tagger = Tagger.open(gazetteer)
        found = [(article, tagger.recognise(article)) for article in articles]
    with Gazetteer.open() as gazetteer:  # one that remembers no answer
        resolver = Resolver.open(gazetteer)
        begin = time.process_time()
        asked = [Asked(article, mentions) for article, mentions in found]
        resolved = sum(len(toponyms) for toponyms in resolver.resolve_many(asked, reasons=False))
        return Rate(resolved, _characters(articles), time.process_time() - begin, _memory())


def geoparsing(paths: Sequence[Path]) -> Rate:
    """Return the rate of articles that were geoparsed: read, resolved and made an atlas of."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - each process loads what it measures
    from geo.geoparsing import geoparse  # noqa: PLC0415 - as above
    from geo.recognition import Tagger  # noqa: PLC0415 - as above

    articles = _articles(paths)
    with Gazetteer.open() as gazetteer:
        tagger = Tagger.open(gazetteer)
        return _rate(articles, lambda: geoparse(articles, gazetteer=gazetteer, recogniser=tagger))


def lookups(paths: Sequence[Path]) -> dict[str, Rate]:
    """Return the rates at which the gazetteer answers, by the kind of question.

    What a name can mean is asked of the annotated names, what kinds of place
    bear it of all words with a capital, each once: so resolution and
    recognition ask.
    """
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - each process loads what it measures

    corpus = [one for path in paths for one in read_corpus(path)]
    names = sorted({annotation.text for one in corpus for annotation in one.annotations})
    words = sorted({word for one in corpus for word in _CAPITALISED.findall(one.article.text)})
    with Gazetteer.open() as one_by_one, Gazetteer.open() as together:
        for asked in (names, words):
            together.profile_many(asked)  # so that no question is the first to read a page of the file
        return {
            "lookup": _timed(lambda: [one_by_one.lookup(name) for name in names], len(names)),
            "lookup_many": _timed(lambda: together.lookup_many(names), len(names)),
            "profile": _timed(lambda: [one_by_one.profile(word) for word in words], len(words)),
            "profile_many": _timed(lambda: together.profile_many(words), len(words)),
        }


def report(paths: Sequence[Path]) -> Iterable[str]:
    """Yield the lines of the report as they are measured."""
    yield f"load of recognition and gazetteer, imports included: {_started(_LOAD) * 1000:.0f} ms"
    yield f"first answer of the gazetteer, its opening included: {_started(_FIRST_ANSWER) * 1000:.1f} ms"

    rates = _apart(lookups, paths)
    for question, rate in rates.items():
        yield f"{question:14} {1e6 / rate.per_second:10.1f} µs a name      ({rate.count:,} names)"
    for question in ("lookup", "profile"):
        ratio = rates[f"{question}_many"].per_second / rates[question].per_second
        yield f"{question}_many answers {ratio:.1f} times as fast as {question}"

    first, again = _apart(recognition, paths)
    yield f"recognition    {_per_article(first)}"
    yield f"  once more    {_per_article(again)}"
    resolved = _apart(resolution, paths)
    yield (
        f"resolution     {resolved.per_second:10,.0f} toponyms/s  {resolved.characters_per_second:12,.0f} characters/s"
    )
    whole = _apart(geoparsing, paths)
    yield f"geoparse       {_per_article(whole)}"
    yield f"recognition takes {first.seconds / whole.seconds:.0%} of the time of geoparse"


def _articles(paths: Iterable[Path]) -> list[Article]:
    read = (one.article for path in paths for one in read_corpus(path))
    # Corpora may have articles, or ids, in common.
    return [replace(article, id=str(number)) for number, article in enumerate(read)]


def _characters(articles: Iterable[Article]) -> int:
    return sum(len(article.text) for article in articles)


def _rate(articles: Sequence[Article], work: Callable[[], object]) -> Rate:
    return _timed(work, len(articles), _characters(articles))


def _timed(work: Callable[[], object], count: int, characters: int = 0) -> Rate:
    begin = time.process_time()
    work()
    return Rate(count, characters, time.process_time() - begin, _memory())


def _memory() -> float:
    """Return the most memory that this process had, in megabytes (10^6 bytes)."""
    if _STATUS.is_file():  # what getrusage tells on Linux may be the memory of the process that started this one
        peak = next(line for line in _STATUS.read_text("ascii").splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024 / _MEGABYTE
    import resource  # noqa: PLC0415 - not there on every system

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE


def _per_article(rate: Rate) -> str:
    return (
        f"{rate.per_second:10,.0f} articles/s  {rate.characters_per_second:12,.0f} characters/s"
        f"  {rate.megabytes:6.0f} MB at most"
    )


def _apart(part: Callable[[Sequence[Path]], T], paths: Sequence[Path]) -> T:
    """Return what `part` measures in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(part, (paths,))


def _started(program: str) -> float:
    """Return the seconds that a program prints, of the quickest of a few processes."""
    return min(
        float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)  # noqa: S603 - our own
        for _ in range(_STARTS)
    )


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(corpora: tuple[Path, ...]) -> None:
    """Print how fast the annotated articles of CORPORA (JSON Lines) are read and how much memory that takes.

    Rates are those of one core. Some hundred articles take a minute.
    """
    for line in report(corpora):
        click.echo(line)


if __name__ == "__main__":
    main()
