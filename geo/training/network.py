"""Training the network of :mod:`geo.recognition.network`, with PyTorch.

The scores of place names are trained as a linear-chain conditional random
field (Lafferty, McCallum, Pereira 2001), those of entities word by word. What
is shipped is the moving average of the weights over the last steps (Polyak,
Juditsky 1992), which does better than the last weights by a point. The same
examples and seed give the same weights on the same kind of machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from geo.recognition.labels import ENTITY_LABELS, NEVER, PLACE_LABELS, forbidden
from geo.recognition.network import (
    CLUES,
    EPSILON,
    GAP,
    LAYERS,
    POOLED,
    WORD_FEATURES,
    gathered,
    hashed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from geo.recognition.features import Sentence
    from geo.recognition.memory import Memory
    from geo.recognition.vectors import WordVectors
    from geo.recognition.words import Word

_UNKNOWN = -100
"""The label of the gaps between sentences, as PyTorch leaves it out of a loss."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network is trained; the defaults were chosen on the dev parts (see the model card)."""

    width: int = 96
    of_features: int = 32
    of_vectors: int = 64
    of_clues: int = 32
    dropout: float = 0.3
    features_dropped: float = 0.15
    vectors_dropped: float = 0.1
    unknown: float = 0.1
    epochs: int = 10
    rate: float = 3e-3
    warm_up: int = 200
    decay: float = 0.01
    batch: int = 4000
    entities: float = 0.5
    averaged: float = 0.995
    caution: float = 0.15
    seed: int = 0


class Lexicon:
    """The words and the groups of clues of all examples, with the features of each."""

    def __init__(self, vectors: WordVectors) -> None:
        self._vectors = vectors
        self._words: dict[str, int] = {}
        self._groups: dict[tuple[str, ...], int] = {}
        self._features: list[list[int]] = []
        self._clues: list[list[int]] = []
        self._lowers: list[str] = []
        self._capitals: list[bool] = []
        self.word(None)

    def word(self, word: Word | None) -> int:
        """Return the number of a word, 0 for the gap between sentences."""
        text = "" if word is None else word.text
        number = self._words.get(text)
        if number is None:
            number = self._words[text] = len(self._words)
            own = GAP if word is None else word.own
            # The word itself comes first.
            self._features.append([hashed(feature, WORD_FEATURES) for feature in own])
            self._lowers.append("" if word is None else word.lower)
            self._capitals.append(word is not None and word.upper)
        return number

    def group(self, group: tuple[str, ...]) -> int:
        """Return the number of a group of clues."""
        number = self._groups.get(group)
        if number is None:
            number = self._groups[group] = len(self._groups)
            self._clues.append([hashed(feature, CLUES) for feature in group])
        return number

    def features(self, words: NDArray[np.int64]) -> list[list[int]]:
        """Return the rows of the features of each of `words`."""
        return [self._features[word] for word in words]

    def capitals(self, words: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return whether each of `words` has a capital."""
        return np.array([self._capitals[word] for word in words], np.bool_)

    def clues(self, groups: NDArray[np.int64]) -> list[list[int]]:
        """Return the rows of the clues of each of `groups`."""
        return [self._clues[group] for group in groups]

    def vectors(self, words: NDArray[np.int64]) -> torch.Tensor:
        """Return the word vectors of `words`."""
        return torch.from_numpy(self._vectors.of([self._lowers[word] for word in words]))


@dataclass(frozen=True, slots=True)
class Example:
    """A document as arrays: its words and clues by number, the labels, and which of the two tasks they are of."""

    words: NDArray[np.int64]
    clues: list[tuple[NDArray[np.int64], NDArray[np.int64]]]
    in_runs: NDArray[np.int64]
    alike: NDArray[np.int64]
    lengths: list[int]
    labels: NDArray[np.int64]
    of_places: bool


def example(
    sentences: Sequence[Sentence],
    memory: Memory,
    labels: Sequence[Sequence[str]],
    lexicon: Lexicon,
    *,
    of_places: bool,
) -> Example:
    """Return a labelled document as arrays."""
    document = gathered(sentences, memory)
    numbers = {label: number for number, label in enumerate(PLACE_LABELS if of_places else ENTITY_LABELS)}
    told = [number for row in labels for number in (*(numbers[label] for label in row), _UNKNOWN)]
    return Example(
        _numbers([lexicon.word(word) for word in document.words]),
        [(_numbers(at), _numbers([lexicon.group(group) for group in groups])) for at, groups in document.clues],
        _numbers(document.in_runs),
        _numbers(document.alike()),
        [len(sentence.words) for sentence in sentences],
        _numbers(told),
        of_places,
    )


def _numbers(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, np.int64)


class Learner(nn.Module):
    """The network while it learns."""

    def __init__(self, lexicon: Lexicon, dimensions: int, settings: Settings) -> None:
        super().__init__()
        width = settings.width
        self._lexicon = lexicon
        self._settings = settings
        self.features = nn.Embedding(WORD_FEATURES, settings.of_features)
        self.clues = nn.Embedding(CLUES, settings.of_clues)
        nn.init.normal_(self.features.weight, 0, 0.1)
        nn.init.normal_(self.clues.weight, 0, 0.1)
        self.vectors = nn.Linear(dimensions, settings.of_vectors, bias=False)
        self.begin = nn.Linear(settings.of_features + settings.of_vectors + settings.of_clues, width)
        self.layers = nn.ModuleList(nn.Conv1d(width, width, 3, padding=1) for _ in range(LAYERS))
        self.norms = nn.ModuleList(nn.LayerNorm(width, eps=EPSILON) for _ in range(LAYERS))
        self.alike = nn.Linear(width, width)
        self.places = nn.Linear(width, len(PLACE_LABELS))
        self.entities = nn.Linear(width, len(ENTITY_LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(PLACE_LABELS), len(PLACE_LABELS)))
        never = torch.zeros(len(PLACE_LABELS), len(PLACE_LABELS))
        for first, second in forbidden(PLACE_LABELS):
            never[first, second] = NEVER
        self.register_buffer("never", never)
        self._dropout = nn.Dropout(settings.dropout)

    def loss(self, batch: Sequence[Example]) -> torch.Tensor:
        """Return the loss of documents that are all of one task."""
        hidden = self._dropout(self.hidden(batch))
        labels = torch.from_numpy(np.concatenate([one.labels for one in batch]))
        if not batch[0].of_places:
            told = functional.cross_entropy(self.entities(hidden), labels, ignore_index=_UNKNOWN)
            return self._settings.entities * told
        return self._of_places(self.places(hidden), labels, batch)

    def hidden(self, batch: Sequence[Example]) -> torch.Tensor:
        """Return what is known of each word of the documents in the end, shape (words and gaps, width)."""
        settings, lexicon = self._settings, self._lexicon
        begins = np.cumsum([0, *(len(one.words) for one in batch)])
        words, places = np.unique(np.concatenate([one.words for one in batch]), return_inverse=True)
        vectors = self.vectors(lexicon.vectors(words))
        features = lexicon.features(words)
        if self.training:
            # Names that no text of training has are met by the thousand: some words with a capital lose what
            # makes them known, so that the network learns to go by the gazetteer and the words around.
            capital = torch.from_numpy(lexicon.capitals(words))
            unknown = capital & (torch.rand(len(words)) < settings.unknown)
            kept = ~unknown & (torch.rand(len(words)) > settings.vectors_dropped)
            vectors = vectors * kept[:, None]
            features = [one[1:] if lost else one for one, lost in zip(features, unknown.tolist(), strict=True)]
        of_words = torch.cat([self._sum(self.features, features), vectors], 1)[torch.from_numpy(places)]
        of_clues = torch.zeros(len(of_words), settings.of_clues)
        for group in range(len(batch[0].clues)):
            at = np.concatenate([one.clues[group][0] + begin for one, begin in zip(batch, begins, strict=False)])
            if not len(at):
                continue
            known, which = np.unique(np.concatenate([one.clues[group][1] for one in batch]), return_inverse=True)
            told = self._sum(self.clues, lexicon.clues(known))
            of_clues = of_clues.index_add(0, torch.from_numpy(at), told[torch.from_numpy(which)])
        values = functional.relu(self.begin(self._dropout(torch.cat([of_words, of_clues], 1))))
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            if number == POOLED:
                values = self._told_by_others(values, batch, begins)
            heard = layer(self._dropout(values).t().unsqueeze(0))[0].t()
            values = norm(values + functional.relu(heard))
        return values

    def _sum(self, table: nn.Embedding, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        flat = torch.tensor([row for one in rows for row in one])
        offsets = torch.from_numpy(np.cumsum([0, *(len(one) for one in rows)])[:-1])
        weights = None
        if self.training:
            weights = (torch.rand(len(flat)) > self._settings.features_dropped).float()
        return functional.embedding_bag(flat, table.weight, offsets, mode="sum", per_sample_weights=weights)

    def _told_by_others(
        self, values: torch.Tensor, batch: Sequence[Example], begins: NDArray[np.int64]
    ) -> torch.Tensor:
        in_runs = np.concatenate([one.in_runs + begin for one, begin in zip(batch, begins, strict=False)])
        if not len(in_runs):
            return values
        sizes = [int(one.alike.max()) + 1 if len(one.alike) else 0 for one in batch]
        before = np.cumsum([0, *sizes])
        alike = torch.from_numpy(np.concatenate([one.alike + first for one, first in zip(batch, before, strict=False)]))
        at = torch.from_numpy(in_runs)
        sums = torch.zeros(int(before[-1]), values.shape[1]).index_add(0, alike, values[at])
        means = sums / torch.bincount(alike, minlength=len(sums)).unsqueeze(1)
        return values.index_add(0, at, functional.relu(self.alike(means))[alike])

    def _of_places(self, scores: torch.Tensor, labels: torch.Tensor, batch: Sequence[Example]) -> torch.Tensor:
        """Return the negative log-likelihood of the labels for each word."""
        sentences = []
        begin = 0
        for length in (length for one in batch for length in one.lengths):
            if length:
                sentences.append((length, begin))
            begin += length + 1
        sentences.sort(reverse=True)
        lengths = torch.tensor([length for length, _ in sentences])
        begins = torch.tensor([begin for _, begin in sentences])
        steps = torch.arange(int(lengths[0]))
        inside = steps[None] < lengths[:, None]
        rows = torch.where(inside, begins[:, None] + steps[None], begins[:, None])
        scored, told = scores[rows], labels[rows].clamp(min=0)
        passing = self.transitions + self.never
        right = (scored.gather(2, told.unsqueeze(2)).squeeze(2) * inside).sum()
        right = right + (passing[told[:, :-1], told[:, 1:]] * inside[:, 1:]).sum()
        alphas = scored[:, 0] + self.never[0]  # as no name can go on after none, none can at the beginning
        done = []
        for step in range(1, len(steps)):
            going = int((lengths > step).sum())
            if going < len(alphas):
                done.append(alphas[going:])
                alphas = alphas[:going]
            alphas = torch.logsumexp(alphas.unsqueeze(2) + passing, 1) + scored[:going, step]
        done.append(alphas)
        return (torch.logsumexp(torch.cat(done), 1).sum() - right) / lengths.sum()

    def exported(self) -> dict[str, NDArray[np.float16]]:
        """Return the weights as :class:`geo.recognition.network.Network` reads them."""
        settings = self._settings
        from_features, from_vectors, from_clues = (
            part.t()
            for part in self.begin.weight.split([settings.of_features, settings.of_vectors, settings.of_clues], 1)
        )
        bias = self.places.bias.clone()
        bias[0] += settings.caution
        weights = {
            "features": self.features.weight,
            "features_in": from_features,
            "vectors_in": self.vectors.weight.t() @ from_vectors,
            "clues": self.clues.weight,
            "clues_in": from_clues,
            "bias": self.begin.bias,
            "alike": self.alike.weight.t(),
            "alike_bias": self.alike.bias,
            "places": self.places.weight.t(),
            "places_bias": bias,
            "entities": self.entities.weight.t(),
            "entities_bias": self.entities.bias,
            "transitions": (self.transitions + self.never),
        }
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            # Of shape (before, here, after) times (from, to).
            weights[f"layer{number}"] = layer.weight.permute(2, 1, 0)
            weights[f"layer{number}_bias"] = layer.bias
            weights[f"layer{number}_scale"] = norm.weight
            weights[f"layer{number}_shift"] = norm.bias
        return {name: weight.detach().numpy().astype(np.float16) for name, weight in weights.items()}


def fit(
    examples: Sequence[Example],
    lexicon: Lexicon,
    dimensions: int,
    settings: Settings,
    *,
    on_epoch: Callable[[int, float], None] | None = None,
) -> dict[str, NDArray[np.float16]]:
    """Train a network and return its weights.

    Parameters
    ----------
    examples
        Documents of both tasks.
    lexicon
        The words and clues of the examples.
    dimensions
        The length of a word vector.
    settings
        How to train.
    on_epoch
        Is told the number of each epoch, from 1, and the mean loss in it.
    """
    torch.manual_seed(settings.seed)
    torch.use_deterministic_algorithms(mode=True)
    order = random.Random(settings.seed)  # noqa: S311 - no secret
    learner = Learner(lexicon, dimensions, settings)
    average = Learner(lexicon, dimensions, settings)
    average.load_state_dict(learner.state_dict())
    optimizer = torch.optim.AdamW(learner.parameters(), weight_decay=settings.decay, betas=(0.9, 0.98))
    tasks = [[one for one in examples if one.of_places == of_places] for of_places in (True, False)]
    steps = settings.epochs * sum(len(list(_batches(task, settings.batch, order))) for task in tasks)
    step = 0
    learner.train()
    for epoch in range(1, settings.epochs + 1):
        batches = [batch for task in tasks for batch in _batches(task, settings.batch, order)]
        order.shuffle(batches)
        total = 0.0
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = settings.rate * min(1, (step + 1) / settings.warm_up) * max(0.005, 1 - step / steps)
            loss = learner.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learner.parameters(), 5.0)
            optimizer.step()
            step += 1
            total += loss.item()
            kept = min(settings.averaged, (1 + step) / (10 + step))
            with torch.no_grad():
                for mean, now in zip(average.parameters(), learner.parameters(), strict=True):
                    mean.mul_(kept).add_(now, alpha=1 - kept)
        if on_epoch is not None:
            on_epoch(epoch, total / len(batches))
    return average.exported()


def _batches(examples: Sequence[Example], size: int, order: random.Random) -> Iterator[list[Example]]:
    """Yield the examples in a new order, as many together as have `size` words."""
    batch: list[Example] = []
    count = 0
    for one in order.sample(list(examples), len(examples)):
        batch.append(one)
        count += len(one.words)
        if count >= size:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch
