"""Words with their offsets.

A possessive ``'s`` and the parts of a hyphenated word are tokens of their own,
so that a name can end before them ("Ukraine's", "Paris-based"); the full stop
of an abbreviation that names a place ("U.S.", "W.Va.", "Calif.") belongs to
its token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
      D\.\s?C\.
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


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one sentence: three lists of one length.

    ``starts`` and ``ends`` are half-open offsets into the article's text.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]

    def parts(self, longest: int) -> list[Tokens]:
        """Return the tokens cut into parts of `longest` tokens at most, none if there are none."""
        return [
            Tokens(self.words[at : at + longest], self.starts[at : at + longest], self.ends[at : at + longest])
            for at in range(0, len(self.words), longest)
        ]


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Return the tokens of ``text[start:end]``.

    Examples
    --------
    >>> tokenise("Ukraine's Paris-based U.S. envoy").words
    ['Ukraine', "'s", 'Paris', '-', 'based', 'U.S.', 'envoy']
    """
    words, starts, ends = [], [], []
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        words.append(found.group())
        starts.append(found.start())
        ends.append(found.end())
    return Tokens(words, starts, ends)
