"""How a page carries its data: as JSON that can be read in the file, or packed where it is large.

Either way it stands in a script element that is never run. Large data is
compressed and written in base64, which is about a third of the plain text, and
`reader/carried.js` unpacks it with the browser's own DecompressionStream.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import re
import zlib
from typing import Any

from geo.errors import InputError

PACKED_FROM = 1_000_000
"""Characters of JSON from which on it is packed; below, unpacking saves less than it hides."""

PLAIN, PACKED = "application/json", "text/plain"

_CARRIED = re.compile(r'<script type="(application/json|text/plain)" id="atlas-data">([^<]*)</script>')


def carry(written: str, *, packed: bool = True) -> str:
    """Return the script element for data that is `written` as JSON, which is `packed` only if it is large.

    The same data gives the same bytes.
    """
    kind = PLAIN
    if packed and len(written) >= PACKED_FROM:
        small = gzip.compress(written.encode("utf-8"), compresslevel=7, mtime=0)
        kind, written = PACKED, base64.b64encode(small).decode("ascii")
    return f'<script type="{kind}" id="atlas-data">{written}</script>'


def carried(page: str) -> dict[str, Any]:
    """Return the data that a page of dateline's carries.

    Parameters
    ----------
    page : str
        The whole HTML file.

    Raises
    ------
    InputError
        Where `page` is none of dateline's, or is damaged.
    """
    found = _CARRIED.search(page)
    if not found:
        raise InputError(
            "This file holds no articles of a page that dateline has written. Name a file that `dateline map` has made."
        )
    kind, written = found.groups()
    try:
        if kind == PACKED:
            written = gzip.decompress(base64.b64decode(written, validate=True)).decode("utf-8")
        return json.loads(written)  # type: ignore[no-any-return]
    except (ValueError, EOFError, OSError, zlib.error, binascii.Error) as error:
        raise InputError(
            f"The data of this page cannot be read ({error}). It is damaged: make the page anew with `dateline map`."
        ) from error
