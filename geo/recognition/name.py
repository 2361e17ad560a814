"""A name that was found in a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence: its tokens [start, end) and its class, LOC or DEM."""

    start: int
    end: int
    kind: str
