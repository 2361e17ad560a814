"""Words with their offsets.

A possessive ``'s`` and the parts of a hyphenated word are tokens of their own,
so that a name can end before them ("Ukraine's", "Paris-based"); the full stop
of an abbreviation that names a place ("U.S.", "W.Va.", "Calif.") belongs to
its token.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_STATES = (
    "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|"
    "Penn|Pa|Tenn|Tex|Vt|Va|Wash|Wis|Wyo|Ont|Que|Alta|Sask|Nfld"
)
_TITLES = (
    "St|Ste|Mt|Ft|Rd|Ave|Blvd|Hwy|Pkwy|Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Maj|Capt|Cpl|Sgt|Rev|Prof|Hon|Pres|Supt|"
    "Det|Insp|Jr|Sr|Inc|Corp|Co|Ltd|Bros|Dept|No|Nos"
)
_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_CONTRACTED = r"(?:s|t|re|ve|ll|d|m)\b"
_TOKEN = re.compile(
    rf"""
      [A-Z]?[a-z]++(?![^\W\d_]|[.'’\u0300-\u036f])  # most words: what the rest would find too, but slower
    | D\.\s?C\.
    | [NSWE]\.\s?(?:Va|Dak|Mex|Car|C|D)\.        # W.Va., N. Dak., S.C.
    | (?:[A-Z]\.){{2,}}                          # U.S., D.C., U.A.E.
    | \b(?:{_STATES}|{_TITLES})\.(?!\w)          # Calif., St.
    | (?:{_LETTER})+(?:['’](?!{_CONTRACTED})(?:{_LETTER})+)*
    | \d+(?:[.,:]\d+)*
    | ['’](?:s|re|ve|ll|d|m)\b
    | (\S)\1*
    """,
    re.VERBOSE,
)


class Tokens:
    """The words of one sentence with their offsets.

    Offsets are only wanted of the few words that are names. They are found
    again when they are asked for, since nothing but white space stands between
    words; three objects for each word would take longer than finding the words.

    Parameters
    ----------
    words
        The words as they are written.
    text
        The article's text.
    start
        An offset into it, of the first word or of white space before it.
    """

    __slots__ = ("_start", "_text", "words")

    def __init__(self, words: list[str], text: str, start: int) -> None:
        self.words = words
        self._text = text
        self._start = start

    @property
    def starts(self) -> list[int]:
        """The offset into the article's text at which each word begins."""
        starts = []
        at = self._start
        for word in self.words:
            at = self._text.index(word, at)
            starts.append(at)
            at += len(word)
        return starts

    @property
    def ends(self) -> list[int]:
        """The offset past the end of each word."""
        return [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]

    def spans(self, names: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the half-open offsets of `names`, each given by its first and past-last word."""
        starts = self.starts
        return [(starts[first], starts[last - 1] + len(self.words[last - 1])) for first, last in names]

    def parts(self, longest: int) -> list[Tokens]:
        """Return the tokens cut into parts of `longest` tokens at most, none if there are none."""
        words = self.words
        if 0 < len(words) <= longest:
            return [self]
        starts = self.starts
        return [Tokens(words[at : at + longest], self._text, starts[at]) for at in range(0, len(words), longest)]


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Return the tokens of ``text[start:end]``.

    Examples
    --------
    >>> tokenise("Ukraine's Paris-based U.S. envoy").words
    ['Ukraine', "'s", 'Paris', '-', 'based', 'U.S.', 'envoy']
    """
    return Tokens([found[0] for found in _TOKEN.finditer(text, start, len(text) if end is None else end)], text, start)
