"""Grows the ranker's trees with CatBoost, and brings them into the form that dateline asks.

The loss is that of a conditional logit over the candidates of a mention and
the answer "none of these" (CatBoost's QuerySoftMax): what is learned is the
probability that is shown.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from catboost import CatBoost, Pool

from geo.resolution.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.resolution.context import Bools, Floats, Ints

PARAMETERS = {
    "loss_function": "QuerySoftMax",
    "iterations": 150,
    "depth": 6,
    "learning_rate": 0.13,
    "l2_leaf_reg": 3,
    "rsm": 0.6,
    "random_seed": 1,
    "thread_count": 1,
    "verbose": 0,
    "allow_writing_files": False,
}
"""See the model card for what was tried."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the trees learn from an article.

    Attributes
    ----------
    clues, owner, right
        Of each candidate: its clues, its mention, whether it is the annotated place.
    open
        Which candidates compete in a mention that is learned from.
    nothing, mentions
        The clues of "none of these", a row for each of these mentions.
    nowhere
        For which of these mentions "none of these" is right.
    used
        Which of these mentions are learned from.
    weight
        How much each of the article's mentions counts.
    """

    clues: Floats
    owner: Ints
    right: Bools
    open: Bools
    nothing: Floats
    mentions: Ints
    nowhere: Bools
    used: Bools
    weight: float = 1.0


def grow(questions: Sequence[Question]) -> Trees:
    """Return the trees that make the right answers likeliest; the same questions give the same trees."""
    rows, wanted, groups, weights, offset = [], [], [], [], 0
    for question in questions:
        owner = np.concatenate([question.owner[question.open], question.mentions[question.used]])
        right = np.concatenate([question.right[question.open], question.nowhere[question.used]]).astype(float)
        together = np.bincount(owner, right)[owner]
        order = np.argsort(owner, kind="stable")
        rows.append(np.vstack([question.clues[question.open], question.nothing[question.used]])[order])
        wanted.append((right / np.maximum(together, 1))[order])
        groups.append(owner[order] + offset)
        weights.append(np.full(len(owner), question.weight))
        offset += int(question.mentions.max(initial=0)) + 1
    pool = Pool(
        np.vstack(rows).astype(np.float32),
        np.concatenate(wanted),
        group_id=np.concatenate(groups),
        group_weight=np.concatenate(weights),
    )
    model = CatBoost(PARAMETERS)
    model.fit(pool)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        return _trees(json.loads(path.read_text("utf-8")), rows[0].shape[1])


def _trees(model: dict[str, Any], width: int) -> Trees:
    """Return the trees of CatBoost's JSON."""
    described: dict[int, list[float]] = {
        feature["flat_feature_index"]: feature["borders"] or [] for feature in model["features_info"]["float_features"]
    }
    borders = tuple(np.array(described.get(number, []), np.float32) for number in range(width))
    grown: list[dict[str, Any]] = model["oblivious_trees"]
    depth = max(len(tree["splits"]) for tree in grown)
    clue = np.zeros((len(grown), depth), np.int64)
    above = np.full((len(grown), depth), 255, np.uint8)  # a question that is always answered no
    leaves = np.zeros((len(grown), 1 << depth))
    scale, (bias,) = model["scale_and_bias"]
    for number, tree in enumerate(grown):
        for level, split in enumerate(tree["splits"]):
            clue[number, level] = split["float_feature_index"]
            at = np.searchsorted(borders[clue[number, level]], np.float32(split["border"]))
            above[number, level] = at
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    leaves *= scale
    leaves[0] += bias
    return Trees(borders, clue, above, leaves.astype(np.float32).astype(float))
