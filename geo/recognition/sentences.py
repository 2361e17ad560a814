"""Where sentences begin and end, by rule.

A passage is what a reader is shown for a mention, and a sentence is what the
tagger labels at a time. Both want offsets into the text as it stands, so
nothing here changes or copies the text.

A blank line always ends a sentence. A single line break ends one unless the
line was wrapped: the first word of the next line would not have fitted into
the width of the block, and neither is the next line an item of a list nor
either of them the row of a table. Otherwise ``.``, ``!``, ``?`` and ``…`` end a sentence
when white space and something that can begin a sentence follow, except after
titles and initials, and after abbreviations that are not followed by a word
that sentences often begin with.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from geo.recognition.cues import words_of

_BLANK_LINE = re.compile(r"(?:\r\n?|\n|\u2028|\u2029)[^\S\r\n]*(?:(?:\r\n?|\n|\u2028|\u2029)\s*)+|\f\s*")
_LINE_END = re.compile(r"\r\n?|\n|\u2028|\u2029")
_ROW_OR_ITEM = re.compile(r"\s*(?:[-*+•‣·–—]|\(?\d{1,3}[.)])\s+\S|[^\t\r\n]*\t")
"""The beginning of a line that goes on with no other: an item of a list, a row of a table."""
_GAP = re.compile(r"(?<=\S)(?:[^\S\t\r\n]*[\t|][^\S\r\n]*|[^\S\r\n]{3,})(?=\S)")
_PART_OF_GAP = re.compile(r"[\t|]|[^\S\r\n]{3}")
_NARROWEST = 20
"""Characters of the longest line of a block from which the block can be wrapped text and no list."""
_OTHER_FULL_STOPS = "。！？؟۔।"  # noqa: RUF001 - full stops of other scripts
_LATIN_FULL_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
"""A pattern that begins with one set of characters is searched five times as fast as one with alternatives."""
_FULL_STOP = re.compile(rf"(?:{_LATIN_FULL_STOP.pattern}|[{_OTHER_FULL_STOPS}]+[\"'”’»」』)\]]*)")
_OTHER_FULL_STOP = re.compile(f"[{_OTHER_FULL_STOPS}]")
_BEFORE_WORDS = re.compile(r"[\s\"'“”‘’(\[—–-]")
_LONGEST_ABBREVIATION = 30
"""Characters before a full stop in which the word begins that it may belong to."""
_NEXT_WORD = re.compile(r"\s*([\"'“‘«(\[]*)([^\s.,;:!?\"'”’)\]]*)")

_NEVER_LAST = words_of(
    """
    mr mrs ms messrs mme dr gov lt sen sens rep reps gen brig maj col capt cpl sgt pvt cmdr adm rev fr
    hon pres prof supt det insp ofc atty asst dep dist vs viz cf e.g i.e eg ie al ca approx
    """,
)
_BEFORE_NUMBER = words_of(
    """
    no nos p pp sec art fig vol ch jan feb mar apr jun jul aug sept sep oct nov dec
    """,
)
_MAY_BE_LAST = words_of(
    """
    st ste mt ft rd ave blvd hwy pkwy jr sr inc corp co cos ltd bros dept univ assn est etc a.m p.m am
    pm ph.d m.d b.a m.a jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun ala
    ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla
    ore pa tenn tex vt va wash wis wyo ont que alta sask man w.va n.mex
    """,
)
_OPENERS = words_of(
    """
    the a an this that these those he she it they we i you his her its their our my there here in on at
    by for from to with after before during since when while as if although though because but and or so
    yet however meanwhile also then now no not one two some many most all both each another other what
    who how why where according among under over police officials authorities residents
    """,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")


def _ends(text: str, dot: int, stop: int, limit: int) -> bool:
    """Whether the mark text[dot:stop] ends a sentence of the block that ends at `limit`."""
    following = _NEXT_WORD.match(text, stop, limit)
    opening, word = following.groups() if following else ("", "")
    if word and not opening and word[0].islower():
        return False
    if not (word or opening) or text[dot:stop] != ".":
        return True
    last = _BEFORE_WORDS.split(text[max(0, dot - _LONGEST_ABBREVIATION) : dot])[-1]
    return not last or not _goes_on(last.lower(), word)


def _goes_on(before: str, word: str) -> bool:
    """Whether a full stop after `before` is an abbreviation's and `word` goes on with the sentence."""
    if before in _NEVER_LAST:
        return True
    if before in _BEFORE_NUMBER and word[:1].isdigit():
        return True
    return (before in _MAY_BE_LAST or _INITIALS.fullmatch(before) is not None) and word.lower() not in _OPENERS


def _blocks(text: str) -> list[tuple[int, int]]:
    """Cut `text` at blank lines."""
    cuts = [(found.start(), found.end()) for found in _BLANK_LINE.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return list(zip(starts, ends, strict=True))


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a block at the line breaks that are meant, joining wrapped lines."""
    starts, ends = [start], []
    for found in _LINE_END.finditer(text, start, end):
        ends.append(found.start())
        starts.append(found.end())
    ends.append(end)
    lines = list(zip(starts, ends, strict=True))
    width = max(stop - begin for begin, stop in lines)
    if width < _NARROWEST:
        return lines
    joined = [lines[0]]
    for (before, stop), (begin, until) in pairwise(lines):
        word = _NEXT_WORD.match(text, begin, until)
        fits = stop - before + 1 + (word.end() - begin if word else 0) <= width
        wrapped = not (fits or _ROW_OR_ITEM.match(text, begin, until) or "\t" in text[before:stop])
        if wrapped:
            joined[-1] = (joined[-1][0], until)
        else:
            joined.append((begin, until))
    return joined


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=4)
def split(text: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of `text`.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    tuple of (int, int)
        Half-open spans in the order of the text, without surrounding white
        space, not overlapping; what lies between them is white space.

    Examples
    --------
    >>> text = "Gov. Lee went to St. Paul. He stayed."
    >>> [text[start:end] for start, end in split(text)]
    ['Gov. Lee went to St. Paul.', 'He stayed.']
    """
    full_stop = _FULL_STOP if _OTHER_FULL_STOP.search(text) else _LATIN_FULL_STOP
    spans = []
    for block_start, block_end in _blocks(text):
        for start, end in _lines(text, block_start, block_end):
            begin = start
            for mark in full_stop.finditer(text, start, end):
                if _ends(text, mark.start(), mark.end(), end):
                    spans.append(_trimmed(text, begin, mark.end()))
                    begin = mark.end()
            spans.append(_trimmed(text, begin, end))
    return tuple(span for span in spans if span[0] < span[1])


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""Return the parts of the sentence ``text[start:end]`` that stand apart as the cells of a table do.

    A tab or an upright line parts them, or three blanks and more; no name goes
    from one into the next. An indentation parts nothing.

    Examples
    --------
    >>> cells("Kursk\t1.1\tBelgorod", 0, 18)
    [(0, 5), (6, 9), (10, 18)]
    """
    if not _PART_OF_GAP.search(text, start, end):  # as in most sentences, and seen three times as fast
        return [(start, end)]
    gaps = [(gap.start(), gap.end()) for gap in _GAP.finditer(text, start, end)]
    return list(zip([start, *(stop for _, stop in gaps)], [*(begin for begin, _ in gaps), end], strict=True))


def passage(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence that holds ``text[start:end]``.

    Parameters
    ----------
    text
        The text of an article.
    start, end
        A half-open span of it, such as a mention's.

    Returns
    -------
    (int, int)
        The sentence, or from the first to the last where the span touches
        several; the span itself where it lies in white space.

    Raises
    ------
    ValueError
        If the span is not one of `text`.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"({start}, {end}) is no span of a text of {len(text)} characters; give offsets into it")
    spans = split(text)
    first = max(bisect_right(spans, start, key=lambda span: span[0]) - 1, 0)
    last = max(bisect_right(spans, max(end - 1, start), key=lambda span: span[0]) - 1, 0)
    if not spans or spans[last][1] <= start or spans[first][0] >= max(end, start + 1):
        return start, end
    return min(spans[first][0], start), max(spans[last][1], end)
