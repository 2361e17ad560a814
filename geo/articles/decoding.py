"""Bytes to text: encodings, line ends, control characters."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from geo.errors import UnreadableArticle

_MARKS = (
    # The longer marks first: that of UTF-32 begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a gzip archive"),
)
_HEAD = 8_000
"""Bytes in which a NUL means that the file is no text, as git decides it."""

_SAMPLE = 1 << 18
"""Bytes from which an encoding is guessed; more only takes longer."""

_AROUND = 3
"""Words on either side of a word that is not ASCII by which its language can be told."""

_LEGACY = (
    *("cp1252", "cp1251", "cp1250", "cp1254", "cp1253", "cp1256", "cp1255", "cp1257", "cp1258"),
    *("cp932", "euc_jp", "gb18030", "big5hkscs", "cp949", "koi8_r", "koi8_u", "iso8859_2", "mac_roman"),
)
"""The encodings to guess among, commoner ones first, which decides where a short text fits several.
They are the legacy encodings of the WHATWG Encoding Standard, less those that no press has used and Thai's,
which fits nearly any bytes."""

_CONTROL_SHARE = 0.02
"""The part of a text that control characters can be of before it is taken for binary data. Damaged
articles have a few; compressed data read in a one-byte encoding has about one in eight."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r(?!\n)")


def decode(data: bytes, *, source: str) -> str:
    r"""Return `data` as text with ``\n`` for every line end.

    A byte order mark decides, then UTF-8; what is neither is guessed by
    charset-normalizer.

    Parameters
    ----------
    data : bytes
        The content of a file or a stream.
    source : str
        Where it comes from, for messages.

    Raises
    ------
    UnreadableArticle
        If `data` is no text.

    Examples
    --------
    >>> decode("Zürich\r\nGenève".encode("utf-16"), source="swiss.txt")
    'Zürich\nGenève'
    """
    text = _decoded(data, source)
    if len(_CONTROL.findall(text)) - text.count("\r") > _CONTROL_SHARE * len(text):
        raise UnreadableArticle(
            f"{source} is no text: too many of its characters are control characters; save it as UTF-8 text"
        )
    return text.replace("\r\n", "\n")


def normalise(text: str) -> str:
    r"""Return `text` fit to be shown, with every character at its old offset.

    A carriage return that ends a line becomes ``\n``; every other control
    character (but tab and ``\n``) and every lone surrogate a space. Marks of
    right-to-left text stay.

    Examples
    --------
    >>> normalise("Kyiv\x07\rLviv")
    'Kyiv \nLviv'
    """
    return _CONTROL.sub(" ", _LINE_END.sub("\n", text))


def _decoded(data: bytes, source: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableArticle(
                    f"{source} is marked as {encoding.removesuffix('-sig').upper()} and is not "
                    f"({error.reason} at byte {error.start:,}); save it as UTF-8 text"
                ) from error
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableArticle(f"{source} is no text but {what}; save it as UTF-8 text")
    if b"\x00" in data[:_HEAD]:
        raise UnreadableArticle(f"{source} is no text: it holds NUL bytes; save it as UTF-8 text")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _guessed(data, source)


def _guessed(data: bytes, source: str) -> str:
    matches = charset_normalizer.from_bytes(_telling(data)[:_SAMPLE], cp_isolation=list(_LEGACY))
    for match in sorted(matches, key=_preference):
        try:
            return data.decode(match.encoding)
        except UnicodeDecodeError:
            continue  # what the sample did not show
    raise UnreadableArticle(f"{source} is no text in any known encoding; save it as UTF-8 text")


def _telling(data: bytes) -> bytes:
    """Return the words of `data` that are not ASCII, with some around them.

    charset-normalizer only looks at pieces of a text, and in a long one would
    miss the few words that tell. Blanks are safe to cut at: no encoding here
    has their bytes inside a character.
    """
    words = data.split()
    near: set[int] = set()
    for number, word in enumerate(words):
        if not word.isascii():
            near.update(range(number - _AROUND, number + _AROUND + 1))
    return b" ".join(word for number, word in enumerate(words) if number in near)


def _preference(match: charset_normalizer.CharsetMatch) -> tuple[float, float, int]:
    """Return a key by which the likelier guess is the smaller."""
    # Encodings that give the same characters are one match, under the name of any of them.
    common = (_LEGACY.index(name) for name in match.could_be_from_charset if name in _LEGACY)
    return match.chaos, -match.coherence, min(common, default=len(_LEGACY))
