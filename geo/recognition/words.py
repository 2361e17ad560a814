"""What is known of a word wherever it stands.

A news text says the same few thousand words again and again, so that all that
a word alone decides is worked out once and kept. Features are worked out when
they are first asked for: most words never stand in or beside a name.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from geo.recognition.cues import ARTICLES_OF_NAMES, CONNECTORS, kinds

HYPHENS = frozenset(("-", "–"))
_SIGNS_IN_NAMES = frozenset(("-", "–", "&", "/", "'s", "’s", "'", "’"))
_SIGNS_IN_RUNS = frozenset(("-", "–", "&"))
_ELIDED = re.compile(r"[dl]['’][A-ZÀ-ÖØ-Þ]")
"""An article or preposition that has run together with a name: "d'Ivoire"."""
_UPPER = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_REPEATED = re.compile(r"(.)\1{2,}")
_LONGEST_SHAPE = 8

REMEMBERED = 1 << 15
"""Words that are kept: of most not much more than the word (half a kilobyte), of names two kilobytes."""


class Word:
    """What is known of a word.

    Parameters
    ----------
    text
        The word as it is written.
    usual
        Whether texts write it small.

    Attributes
    ----------
    lower
        The word in lower case.
    kinds
        The word lists that hold it (:func:`geo.recognition.cues.kinds`).
    upper, article
        Whether a name can begin at it: at a capital, or at "al" before a hyphen.
    ends_name, inside_name
        Whether a name of the gazetteer can end with it, or go on after it.
    in_run
        Whether a run of capitals can go on after it although it has none.
    letters, loud
        Whether it is a word of more than one letter, and one in capitals.
    """

    def __init__(self, text: str, *, usual: bool) -> None:
        self.text = text
        self.usual = usual
        self.lower = lower = text.lower()
        self.kinds = kinds(lower)
        self.upper = text[0].isupper()
        self.article = text in ARTICLES_OF_NAMES
        self.alphabetic = text[0].isalpha()
        self.loud = self.alphabetic and len(text) > 1 and text.isupper()
        self.hyphen = text in HYPHENS
        connects = text in CONNECTORS or self.article
        self.ends_name = self.upper or text.isdigit() or _ELIDED.match(text) is not None
        self.inside_name = connects or text in _SIGNS_IN_NAMES
        self.in_run = (connects and text != "and") or text in _SIGNS_IN_RUNS

    @cached_property
    def shape(self) -> str:
        """The word with X for its capitals, x for its other letters and d for its digits, none more than twice."""
        return _shortened("".join(map(_kind_of_letter, self.text)))

    @property
    def own(self) -> tuple[str, ...]:
        """The features of the word itself, asked for once and not kept: they take a kilobyte."""
        lower, lists = self.lower, self.kinds
        own = ["W0=" + lower, "Wsh=" + self.shape]
        if self.usual:
            own.append("Wusual")
        if len(lower) > 2 and lower[0].isalpha():  # noqa: PLR2004 - affixes of two letters need a third
            own += ["Wp2=" + lower[:2], "Wp3=" + lower[:3], "Ws2=" + lower[-2:], "Ws3=" + lower[-3:]]
            if len(lower) > 4:  # noqa: PLR2004 - as above
                own += ["Wp4=" + lower[:4], "Ws4=" + lower[-4:]]
        own += ["K0=" + name for name in lists]
        if len(lists) > 1:
            own.append("K0&=" + "+".join(lists))
        return tuple(own)


class Words(dict[str, Word]):
    """The words of texts by their spelling, made when they are first asked for.

    Parameters
    ----------
    vocabulary
        Words, in lower case, that texts write small.
    """

    def __init__(self, vocabulary: frozenset[str]) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, text: str) -> Word:
        if len(self) >= REMEMBERED:
            self.clear()
        word = Word(text, usual=text.lower() in self._vocabulary)
        self[text] = word
        return word

    def of(self, texts: list[str]) -> list[Word]:
        """Return what is known of each of `texts`."""
        return list(map(self.__getitem__, texts))


@lru_cache(maxsize=1 << 10)
def _kind_of_letter(letter: str) -> str:
    if _UPPER.match(letter):
        return "X"
    if _LETTER.match(letter):
        return "x"
    return "d" if _DIGIT.match(letter) else letter


@lru_cache(maxsize=1 << 10)
def _shortened(shape: str) -> str:
    return _REPEATED.sub(r"\1\1", shape)[:_LONGEST_SHAPE]
