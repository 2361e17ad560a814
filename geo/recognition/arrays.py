"""Reading the arrays of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from geo.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


def read_arrays(path: Path, needed: Sequence[str] = ()) -> dict[str, NDArray[Any]]:
    """Read the arrays of an .npz file by name.

    Raises
    ------
    ModelError
        If the file is missing, damaged, or lacks an array that is `needed`.
    """
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            found = {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError, EOFError, BadZipFile, AttributeError) as error:
        raise ModelError(f"{path}: cannot be read as a model ({error}); install dateline again") from error
    if missing := [name for name in needed if name not in found]:
        raise ModelError(
            f"{path}: no model of this dateline, for {', '.join(missing)} is missing; install dateline again"
        )
    return found
