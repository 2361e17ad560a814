"""Walks what was given to read and keeps what can be read."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from geo.articles.decoding import decode, normalise
from geo.articles.documents import parse_document
from geo.articles.fields import MAX_CHARACTERS, digest, too_long
from geo.articles.lines import looks_like_lines, parse_lines
from geo.errors import InputError, NoArticles, NoSuchInput, UnreadableArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geo.types import Article

    Parser: TypeAlias = Callable[..., Iterator[Article | InputError]]

Source: TypeAlias = "str | os.PathLike[str] | IO[str] | IO[bytes]"

_PARSERS: dict[str, Parser] = {
    ".txt": parse_document,
    ".text": parse_document,
    ".md": parse_document,
    ".markdown": parse_document,
    ".jsonl": parse_lines,
    ".ndjson": parse_lines,
}
SUFFIXES = tuple(_PARSERS)
"""The suffixes of the files that are read."""

_WHAT_IS_READ = f"give a file or a folder of files that end in {', '.join(SUFFIXES)}"

_BYTES_A_CHARACTER = 4
"""The most that any encoding of Unicode takes."""

_LONGEST_NAME = 120
"""Characters of a path in a message, so that a text given for a path does not fill the screen."""

_MOST_TOLD = 5
"""How many articles that could not be read one message tells of."""

_log = logging.getLogger(__name__)


def read(
    *sources: Source, given_mentions: bool = False, on_problem: Callable[[InputError], None] | None = None
) -> tuple[Article, ...]:
    r"""Return the articles in `sources`, each once, in an order that is always the same.

    Parameters
    ----------
    *sources : path or stream
        Each a file, a folder, ``"-"`` for standard input, or an open stream.
        In a folder every file with one of :data:`SUFFIXES` is read, those of
        its subfolders too, in the order of their names; hidden ones and links
        to folders are passed over. Text and Markdown hold one article a file, with or
        without front matter; JSON Lines one a line. A stream, or a file
        without a suffix, is JSON Lines if its first line is a JSON object.
    given_mentions : bool
        Whether each article brings the spans of its names, as a JSON Lines record
        does under ``mentions``: [[start, end], …], half-open offsets into its
        ``text``. Every record then counts: none is passed over as a repetition, and one
        that cannot be read is an error.
    on_problem : callable, optional
        Is told of each file or line that was passed over, of each field that
        was, and of articles that came twice, when all has been read; by
        default they are logged as warnings. It is not told of what is raised.

    Returns
    -------
    tuple of Article
        At least one.

    Raises
    ------
    NoSuchInput
        If the only source does not exist.
    UnreadableArticle
        If the only file cannot be read; with `given_mentions`, if anything
        cannot be, gives no mentions or wrong ones, or has the id of another.
    NoArticles
        If nothing else could be read.

    Examples
    --------
    >>> import io
    >>> [article] = read(io.StringIO("Rain in Lagos\n\nLAGOS, Nigeria, 3 June 2024 — It rained."))
    >>> article.title, article.published.isoformat(), article.published_inferred
    ('Rain in Lagos', '2024-06-03', True)
    """
    articles: list[Article] = []
    problems: list[InputError] = []
    seen = _Seen(each_counts=given_mentions)
    for found in _unrepeated(sources, given_mentions=given_mentions):
        if isinstance(found, InputError):
            problems.append(found)
        elif problem := seen.before(found):
            problems.append(problem)
        else:
            articles.append(found)
    if not articles and len(problems) == 1:
        raise problems[0]
    if given_mentions:
        _refuse_losses(problems)
    for problem in problems:
        if on_problem is None:
            _log.warning("%s", problem)
        else:
            on_problem(problem)
    if not articles:
        names = ", ".join(_shortened(source) for source in sources) or "what was given (nothing)"
        raise NoArticles(f"no article could be read from {names}; {_WHAT_IS_READ}")
    return tuple(articles)


def _refuse_losses(problems: Sequence[InputError]) -> None:
    """Raise what stands for articles that could not be read, together."""
    lost = [problem for problem in problems if isinstance(problem, (UnreadableArticle, NoSuchInput, NoArticles))]
    if len(lost) == 1:
        raise lost[0]
    if lost:
        more = f"; and {len(lost) - _MOST_TOLD:,} more like these" if len(lost) > _MOST_TOLD else ""
        raise UnreadableArticle("; ".join(map(str, lost[:_MOST_TOLD])) + more)


class _Seen:
    """Remembers the articles that were read, to find those that come twice.

    Where `each_counts`, two may have the same text, and one that has the id of
    another is an error, since what is found in them could not be told apart.
    """

    def __init__(self, *, each_counts: bool) -> None:
        self._each_counts = each_counts
        self._by_id: dict[str, Article] = {}
        self._by_text: dict[str, Article] = {}

    def before(self, article: Article) -> InputError | None:
        """Return a problem that names both sources if `article` was seen before, else remember it."""
        text = digest(article.text)
        if self._each_counts:
            same = self._by_id.setdefault(article.id, article)
            if same is article:
                return None
            return UnreadableArticle(
                f"{article.source} has the id of {same.source} ({article.id!r}); give every record an id of its own"
            )
        if first := self._by_text.get(text):
            return InputError(f"{article.source} is the same article as {first.source}; it was passed over")
        if first := self._by_id.get(article.id):
            return InputError(
                f"{article.source} has the id of {first.source} ({article.id!r}) and another text; "
                "it was passed over, give it an id of its own"
            )
        self._by_id[article.id] = self._by_text[text] = article
        return None


def _unrepeated(sources: tuple[Source, ...], *, given_mentions: bool) -> Iterator[Article | InputError]:
    """Yield what is in `sources`, each file once however often it is named."""
    done: set[Path] = set()
    for source in sources:
        if isinstance(source, (str, os.PathLike)) and os.fspath(source) != "-":
            for item in _files(Path(source)):
                if isinstance(item, InputError):
                    yield item
                elif (real := _real(item)) not in done:
                    done.add(real)
                    yield from _from_file(item, given_mentions=given_mentions)
        else:
            yield from _from_stream(source, given_mentions=given_mentions)


def _real(path: Path) -> Path:
    """Return `path` without links, or as it is where its links go in a circle, which reading it will tell."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # Python before 3.13 raises RuntimeError
        return path.absolute()


def _files(path: Path) -> Iterator[Path | InputError]:
    """Yield `path` itself or, of a folder, the files to read in it; and what is in the way."""
    try:
        is_folder = path.is_dir()
        exists = is_folder or path.exists()
    except OSError as error:  # too long for a name, or in a folder that may not be entered
        yield UnreadableArticle(f"{_shortened(path)} cannot be read: {error.strerror}")
        return
    if not exists:
        yield NoSuchInput(f"{_shortened(path)} does not exist; check the path")
    elif is_folder:
        yield from _in_folder(path)
    else:
        yield path


def _in_folder(path: Path) -> Iterator[Path | InputError]:
    """Yield the files to read in a folder, and the subfolders that cannot be entered."""
    found: list[Path] = []
    closed: list[InputError] = []

    def refuse(error: OSError) -> None:
        closed.append(UnreadableArticle(f"{_shown(error.filename)} cannot be read: {error.strerror}"))

    for folder, subfolders, names in os.walk(path, onerror=refuse):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        here = (Path(folder, name) for name in names if not name.startswith("."))
        found += (file for file in here if file.suffix.lower() in _PARSERS and _may_be_read(file))
    yield from sorted(closed, key=str)
    yield from sorted(found, key=lambda file: file.relative_to(path).parts)
    if not found and not closed:
        yield NoArticles(f"{_shown(path)} holds no article; {_WHAT_IS_READ}")


def _may_be_read(path: Path) -> bool:
    # A pipe would be waited for; a link that leads nowhere is to be reported.
    return path.is_file() or (path.is_symlink() and not path.exists())


def _from_file(path: Path, *, given_mentions: bool) -> Iterator[Article | InputError]:
    name = _shown(path)
    suffix = path.suffix.lower()
    try:
        if suffix and suffix not in _PARSERS:
            raise UnreadableArticle(f"{name} is of a kind that is not read; {_WHAT_IS_READ}")
        size = path.stat().st_size
        if _PARSERS.get(suffix) is parse_document and size > MAX_CHARACTERS * _BYTES_A_CHARACTER:
            raise too_long(f"{size:,} bytes", source=name)
        yield from _parsed(path.read_bytes(), suffix=suffix, source=name, given_mentions=given_mentions)
    except InputError as error:
        yield error
    except OSError as error:
        yield UnreadableArticle(f"{name} cannot be read: {error.strerror or error}")


def _from_stream(stream: object, *, given_mentions: bool) -> Iterator[Article | InputError]:
    """Yield what is in a stream or, for "-", on standard input."""
    source = _shown(stream)
    if stream == "-":
        stream = getattr(sys.stdin, "buffer", sys.stdin)
    try:
        if not hasattr(stream, "read"):
            raise TypeError(f"geo.read takes paths and streams, not {type(stream).__name__}")
        content = stream.read()
        yield from _parsed(content, suffix=Path(source).suffix.lower(), source=source, given_mentions=given_mentions)
    except InputError as error:
        yield error
    except (OSError, UnicodeDecodeError) as error:
        yield UnreadableArticle(f"{source} cannot be read: {error}")


def _parsed(content: str | bytes, *, suffix: str, source: str, given_mentions: bool) -> Iterator[Article | InputError]:
    text = decode(content, source=source) if isinstance(content, bytes) else content.replace("\r\n", "\n")
    text = text.removeprefix("\ufeff")
    parse = _PARSERS.get(suffix) or (parse_lines if looks_like_lines(text) else parse_document)
    yield from parse(text, source=source, given_mentions=given_mentions)


def _shown(source: object) -> str:
    """Return the name of `source` in messages and articles: one line, ``/`` between folders."""
    name = source if isinstance(source, (str, os.PathLike)) else getattr(source, "name", None)
    if source is sys.stdin or name in ("-", "<stdin>"):
        return "standard input"
    if not isinstance(name, (str, os.PathLike)):
        return "the given stream"
    return normalise(Path(name).as_posix()).replace("\n", " ")


def _shortened(source: object) -> str:
    """Return the name of `source`, cut if it is very long, as a text that was taken for a path is."""
    shown = _shown(source)
    return shown if len(shown) <= _LONGEST_NAME else shown[: _LONGEST_NAME - 1] + "…"
