"""The one normalisation of names, used for building the index and for asking it.

Two spellings that a reader takes for the same name get the same key. In order:

1. letters that Unicode does not decompose are spelled out (ł l, ø o, ß ss, æ ae, ı i);
2. accents go (NFKD without combining marks), case is folded;
3. apostrophes of every kind and full stops go: ``Xi'an`` ``xian``, ``U.S.`` ``us``;
4. ``&`` becomes ``and``; hyphens and every other sign become one space;
5. the words ``St``, ``Ste``, ``Mt`` and ``Ft`` before another word are spelled out;
6. a leading ``the`` goes.

A name of which nothing is left has the empty key, which finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPELLED_OUT = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "ı": "i",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "þ": "th",
        "Þ": "Th",
        "ə": "a",
        "Ə": "A",
        "&": " and ",
    },
)
_UNSPOKEN = re.compile("[.'’‘`´ʻʼʹ′ʿʾ\u200b\u200c\u200d\u200e\u200f\u00ad]")  # noqa: RUF001 - the look-alikes are the point
_BREAK = re.compile(r"[\W_]+")
_ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_ABBREVIATION = re.compile(r"\b(st|ste|mt|ft)(?= \w)")


@lru_cache(maxsize=1 << 16)
def normalise(name: str) -> str:
    """Return the key under which `name` is indexed and looked up.

    Parameters
    ----------
    name
        A name as it is written, in any case and any spelling of its accents.

    Returns
    -------
    str
        Lower-case words separated by one space; empty where `name` has no
        letter or digit.

    Examples
    --------
    >>> normalise("Saint-Étienne") == normalise("St. Etienne")
    True
    >>> normalise("the U.S.")
    'us'
    """
    if name.isascii():  # as most names, of which nothing is to be decomposed
        if name.isalpha():
            return name.lower()
        bare = name.replace("&", " and ")
    else:
        decomposed = unicodedata.normalize("NFKD", name.translate(_SPELLED_OUT))
        bare = "".join([letter for letter in decomposed if not unicodedata.combining(letter)])
    words = _BREAK.sub(" ", _UNSPOKEN.sub("", bare).casefold()).strip()
    words = _ABBREVIATION.sub(lambda found: _ABBREVIATED[found.group()], words)
    return words.removeprefix("the ")
