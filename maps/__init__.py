"""Places to a page: draws an atlas as one self-contained page to read articles by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maps.drawing import draw

__all__ = ["draw"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
    """Import ``draw`` when it is first asked for: folium takes most of a second, and ``dateline --help`` needs none."""
    if name == "draw":
        from maps.drawing import draw as function  # noqa: PLC0415 - see above

        globals()["draw"] = function
        return function
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
