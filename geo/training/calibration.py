"""How sure the ranker's answers may be: a temperature and a lapse, measured on articles that it did not see.

The temperature divides the sums of the trees, which are surer of what they saw
than of what they did not (Guo et al. 2017). The lapse is the share of answers
that are wrong however sure they look, because the gazetteer lacks the place,
an annotation is off or the text means another place than anybody would expect;
no temperature can express it (psychometric functions have one: Wichmann and
Hill 2001).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from geo.resolution.ranker import EXCLUDED, one_sense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.resolution.context import Floats
    from geo.training.ranker_examples import Example

MOST_LAPSE = 0.2


def calibrated(examples: Sequence[Example], sums: Sequence[tuple[Floats, Floats]]) -> tuple[float, float]:
    """Return the temperature and the lapse under which answers are right as often as they say.

    Right is what lies within 161 km, the measure of the field. Every corpus
    counts alike, however many names it has.

    Parameters
    ----------
    examples
        The articles.
    sums
        The sum of each candidate and of "none of these" for each mention that
        has candidates, by trees that did not see the article.
    """
    behind, of, truth, weight = [], [], [], []
    names = Counter[str]()
    offset = 0
    for example, (candidates, none) in zip(examples, sums, strict=True):
        names[example.corpus] += int(example.judged.sum())
        pooled = np.where(example.hard, EXCLUDED, one_sense(candidates, example.context))
        for mention, nothing in zip(np.flatnonzero(np.diff(example.context.start)), none, strict=True):
            if example.judged[mention]:
                mine = example.context.of(int(mention))
                rivals = pooled[mine] if example.decided[mention] else np.append(pooled[mine], nothing)
                best = int(mine[np.argmax(pooled[mine])])
                behind.append(rivals - pooled[best])
                of.append(np.full(len(rivals), offset))
                truth.append(bool(example.near[best]))
                weight.append(example.corpus)
                offset += 1
    apart, owner, right = np.concatenate(behind), np.concatenate(of), np.array(truth)
    share = np.array([1 / names[corpus] for corpus in weight])

    def loss(found: Floats) -> float:
        temperature, lapse = float(np.exp(found[0])), MOST_LAPSE / (1 + float(np.exp(-found[1])))
        said = np.clip((1 - lapse) / np.bincount(owner, np.exp(apart / temperature)), 1e-6, 1 - 1e-6)
        return float(-(np.log(np.where(right, said, 1 - said)) * share).sum())

    found = minimize(loss, np.array([0.1, -2.0]), method="Nelder-Mead").x
    return float(np.exp(found[0])), MOST_LAPSE / (1 + float(np.exp(-found[1])))
