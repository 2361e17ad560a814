"""A Chromium to open pages in: for the benchmark and the screenshots, never to use dateline."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class NoBrowserError(Exception):
    """Playwright or a Chromium is missing; the message says which and what to do."""


@contextmanager
def chromium() -> Iterator[Any]:
    """Start a Chromium.

    Raises
    ------
    NoBrowserError
        Where Playwright or a browser is missing.
    """
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - optional, and only needed here
    except ImportError as error:
        raise NoBrowserError(
            "The pages are opened with Playwright, which is not installed. Install it: pip install 'dateline[test]'."
        ) from error
    path = os.environ.get("DATELINE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise NoBrowserError(
            "No Chromium was found. Install one (Debian and Ubuntu: apt install chromium), "
            "or name it in DATELINE_CHROMIUM."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
