"""Right answers of a recogniser, written in short.

``"Kyiv; New York = embedded"`` are two mentions in the order of the text. A role
follows after ``=`` where it is not literal, ``any`` where careful annotators
differ. ``|`` parts answers of which each is right; nothing is no mention.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import Mention


def answers(expected: str) -> list[list[tuple[str, str]]]:
    """Return the right answers that `expected` gives: lists of (surface, role)."""
    result = []
    for answer in expected.split("|"):
        mentions = [mention.partition("=") for mention in answer.split(";") if mention.strip()]
        result.append([(surface.strip(), role.strip() or "literal") for surface, _, role in mentions])
    return result


def is_right(mentions: Sequence[Mention], expected: str) -> bool:
    """Return whether `mentions` are one of the right answers."""
    told = [(" ".join(mention.text.split()), mention.role) for mention in mentions]
    return any(
        len(told) == len(answer)
        and all(
            surface == wanted and role in {"any", found}
            for (surface, found), (wanted, role) in zip(told, answer, strict=True)
        )
        for answer in answers(expected)
    )


def shown(mentions: Sequence[Mention]) -> str:
    """Return `mentions` as `expected` is written."""
    return "; ".join(f"{mention.text} = {mention.role}" for mention in mentions) or "nothing"
