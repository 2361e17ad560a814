"""Reading the corpora that recognition is trained on, as labelled tokens.

Toponym corpora are read by :mod:`geo.evaluation.corpora`; here they become
sentences of words with BIO labels, and so do corpora of named entities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from geo.evaluation.recognition import Annotated, Gold
from geo.recognition import sentences
from geo.recognition.tokens import tokenise
from geo.types import Article, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CLASSES = {
    "per": "PER",
    "person": "PER",
    "org": "ORG",
    "organization": "ORG",
    "corporation": "ORG",
    "group": "ORG",
    "loc": "LOC",
    "location": "LOC",
    "place": "LOC",
    "facility": "FAC",
    "norp": "DEM",
    "misc": "MISC",
    "product": "MISC",
    "creative-work": "MISC",
}
"""The classes of the corpora of named entities; what is not here (dates, money) is no entity."""
_COLUMNS = 2
_MARK = re.compile(r"\[([^\]|]+)\|([a-z]+)\]")
OWN_SENTENCES = Path(__file__).with_name("recognition_sentences.txt")
_VARIANTS = 3
"""Copies of our own sentences with other countries and capitals in them."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document: its sentences as words, and as many BIO labels for each."""

    words: list[list[str]]
    labels: list[list[str]]


def toponyms(document: Annotated, label: Callable[[str, Gold], str]) -> Labelled:
    """Label the words of an annotated article.

    Parameters
    ----------
    document
        The article with its annotated spans.
    label
        Gives the class of a span from its text and annotation.
    """
    text = document.article.text
    words, labels = [], []
    spans = iter(document.spans)
    span = next(spans, None)
    for start, end in sentences.split(text):
        tokens = tokenise(text, start, end)
        row = ["O"] * len(tokens.words)
        for at, (begin, stop) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
            while span is not None and span.end <= begin:
                span = next(spans, None)
            if span is None:
                break
            if stop > span.start:
                inside = at > 0 and tokens.starts[at - 1] >= span.start and row[at - 1] != "O"
                row[at] = ("I-" if inside else "B-") + label(text[span.start : span.end], span)
        words.append(tokens.words)
        labels.append(row)
    return Labelled(words, labels)


def own_sentences(kind_of: Callable[[str], str]) -> list[Annotated]:
    """Read our own annotated sentences, and copies of them with other names.

    Parameters
    ----------
    kind_of
        Gives "country" or "capital" for a name that may stand for any other
        of the kind, "" for all others.
    """
    documents = []
    for block in OWN_SENTENCES.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            documents.append("\n".join(lines))
    marked = sorted({mark[1] for document in documents for mark in _MARK.finditer(document)})
    pools = {kind: [name for name in marked if kind_of(name) == kind] for kind in ("country", "capital")}
    return [
        _annotated(document, f"own-{number}-{variant}", pools, 7 * number + 11 * variant if variant else 0)
        for variant in range(_VARIANTS + 1)
        for number, document in enumerate(documents, 1)
    ]


def _annotated(document: str, name: str, pools: dict[str, list[str]], shift: int) -> Annotated:
    """Parse one document, each name that is in a pool replaced by the one `shift` places further."""
    text = ""
    spans = []
    last = 0
    for mark in _MARK.finditer(document):
        text += document[last : mark.start()]
        surface = mark[1]
        for pool in pools.values():
            if surface in pool:
                surface = pool[(pool.index(surface) + shift) % len(pool)]
        spans.append(Gold(len(text), len(text) + len(surface), cast("Role", mark[2])))
        text += surface
        last = mark.end()
    return Annotated(Article(name, "", text + document[last:]), tuple(spans))


def entities(folder: Path) -> Iterator[Labelled]:
    """Read a corpus of named entities, a folder of token-and-label files or of CoNLL-U files (GUM)."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".conllu":
            yield _conllu(path)
        elif path.suffix in (".tsv", ".txt", ".conll", ".annotated") and "regions" not in path.name:
            yield from _columns(path)


def _columns(path: Path) -> Iterator[Labelled]:
    """Read token and label columns; a document ends at -DOCSTART-, or with the file of one article."""
    whole = path.suffix == ".tsv" or "-DOCSTART-" in path.read_text("utf-8")
    words: list[list[str]] = []
    labels: list[list[str]] = []
    row: list[tuple[str, str]] = []

    def close() -> None:
        if row:
            cut_words, cut_labels = _recut(row)
            words.append(cut_words)
            labels.append(cut_labels)
            row.clear()

    for line in [*path.read_text("utf-8").splitlines(), ""]:
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) < _COLUMNS or not columns[0].strip():
            close()
            if words and not whole:
                yield Labelled(words, labels)
                words, labels = [], []
        elif columns[0] == "-DOCSTART-":
            close()
            if words:
                yield Labelled(words, labels)
                words, labels = [], []
        elif not columns[0].startswith("http"):
            row.append((columns[0].strip(), columns[-1].strip()))
    if words:
        yield Labelled(words, labels)


def _recut(row: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Cut the tokens of a corpus as our own tokeniser does and rename its classes."""
    words: list[str] = []
    labels: list[str] = []
    before = "O"
    for token, label in row:
        kind = _CLASSES.get(label[2:].lower(), "")
        for piece in tokenise(token).words:
            begins = label[0] == "B" or before[2:] != kind
            now = "O" if not kind else ("B-" if begins else "I-") + kind
            words.append(piece)
            labels.append(now)
            before, label = now, "I" + label[1:]  # noqa: PLW2901 - further pieces continue the entity
        if not kind:
            before = "O"
    return words, labels


_ENTITY = re.compile(r"\((\d+)-([a-z]+)-[^()]*?-(?:coref|sgl|appos|disc|ana|cata|pred)(-[^()]+)?(?=[()]|$)|(\d+)\)")


def _conllu(path: Path) -> Labelled:
    """Read a document of GUM: an entity that Wikipedia knows is named by the run of its proper nouns."""
    words: list[list[str]] = []
    labels: list[list[str]] = []
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        if not rows:
            continue
        kinds: list[str] = ["O"] * len(rows)
        opened: list[tuple[str, str, int]] = []
        for at, row in enumerate(rows):
            field = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
            for mark in _ENTITY.finditer(field):
                if mark[1]:
                    kind = _CLASSES.get(mark[2], "") if mark[3] else ""
                    opened.append((mark[1], kind, at))
                    closed = field[mark.end() : mark.end() + 1] == ")"
                    if closed:
                        _name(kinds, rows, opened.pop(), at)
                else:
                    last = next((k for k in reversed(range(len(opened))) if opened[k][0] == mark[4]), None)
                    if last is not None:
                        _name(kinds, rows, opened.pop(last), at)
        cut_words, cut_labels = _recut([(row[1], kind) for row, kind in zip(rows, kinds, strict=True)])
        words.append(cut_words)
        labels.append(cut_labels)
    return Labelled(words, labels)


def _name(kinds: list[str], rows: list[list[str]], entity: tuple[str, str, int], last: int) -> None:
    """Label the proper nouns of an entity that ends at row `last`, unless something in it has a label."""
    _, kind, first = entity
    if not kind:
        return
    proper = [at for at in range(first, last + 1) if rows[at][3] == "PROPN"]
    if not proper or any(kinds[at] != "O" for at in range(proper[0], proper[-1] + 1)):
        return
    if proper[-1] - proper[0] + 1 > len(proper) + 2:
        return
    for at in range(proper[0], proper[-1] + 1):
        kinds[at] = ("B-" if at == proper[0] else "I-") + kind
