"""Measures the whole way: which names are found, and how many of them are put in the right place.

Corpora differ in what they annotate. What is left out is left out on both
sides: of what is annotated and of what is found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.evaluation.coverage import CLASSES, feature_class_of
from geo.evaluation.judging import asked, judged
from geo.evaluation.metrics import WITHIN_KM, counted, intervals, share
from geo.evaluation.recognition import Count, marked, tally
from geo.geoparsing import recognised, resolved_together
from geo.resolution import homes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geo.evaluation.corpora import AnnotatedArticle
    from geo.evaluation.judging import Judged
    from geo.evaluation.metrics import Ints
    from geo.evaluation.recognition import Gold
    from geo.gazetteer import Gazetteer
    from geo.resolution import Resolver
    from geo.types import Recogniser, Role, Toponym

    Span = tuple[int, int]

NOT_TOLD = "not told"
"""Role of an annotation where the corpus tells none."""


@dataclass(slots=True)
class Found:
    """How many of the annotated names of one kind are found."""

    annotated: int = 0
    exactly: int = 0
    overlapping: int = 0

    def as_dict(self) -> dict[str, float]:
        """Return the numbers and the shares that are found."""
        total = max(self.annotated, 1)
        return {
            "annotated": self.annotated,
            "recall_exact": round(self.exactly / total, 4),
            "recall_overlapping": round(self.overlapping / total, 4),
        }


@dataclass(slots=True)
class Report:
    """What came out over one corpus, or several as one.

    Attributes
    ----------
    left_out
        Roles that count neither as annotated nor as found.
    spans
        The counts that precision, recall and F1 are made of.
    by_role, by_class
        The annotated names by the role that the corpus tells, and by feature class.
    found_as
        How many names were found of each role that the tagger tells, and how
        many of them are annotated exactly so.
    answers, answers_alone
        The answer to every annotated toponym with coordinates that counts,
        with the collection's memory and without it.
    """

    articles: int
    threshold: float
    left_out: frozenset[Role]
    spans: Count = field(default_factory=Count)
    by_role: dict[str, Found] = field(default_factory=dict)
    by_class: dict[str, Found] = field(default_factory=dict)
    found_as: dict[str, list[bool]] = field(default_factory=dict)
    answers: list[Judged] = field(default_factory=list)
    answers_alone: list[Judged] = field(default_factory=list)

    def placed(self) -> dict[str, tuple[float, float, float]]:
        """Return the shares found exactly and placed within 161 km, each with its 95 % interval by article."""
        of = [one.asked.document for one in self.answers]
        both = {
            "placed": np.array([one.is_right for one in self.answers], bool),
            "placed_alone": np.array([one.is_right for one in self.answers_alone], bool),
        }

        def figures(chosen: Ints) -> dict[str, float]:
            return {name: share(right[chosen]) for name, right in both.items()}

        between = intervals(of, figures)
        return {name: (value, *between[name]) for name, value in figures(np.arange(len(of))).items()}

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for another program."""
        return {
            "articles": self.articles,
            "toponyms": len(self.answers),
            "threshold": self.threshold,
            "left_out": sorted(self.left_out),
            "annotated": self.spans.annotated,
            "found": self.spans.predicted,
            "exact": dict(zip(("precision", "recall", "f1"), _rounded(self.spans.f1()), strict=True)),
            "overlapping": dict(zip(("precision", "recall", "f1"), _rounded(self.spans.f1(overlap=True)), strict=True)),
            "by_role": {name: found.as_dict() for name, found in sorted(self.by_role.items())},
            "by_class": {name: found.as_dict() for name, found in sorted(self.by_class.items())},
            "found_as": {
                name: {"found": len(exact), "precision_exact": round(share(exact), 4)}
                for name, exact in sorted(self.found_as.items())
            },
            **{
                name: {"share": round(value, 4), "interval": [round(low, 4), round(high, 4)]}
                for name, (value, low, high) in self.placed().items()
            },
        }

    def describe(self) -> str:
        """Return the figures as lines of text."""
        conventions = f"left out on both sides: {', '.join(sorted(self.left_out))}" if self.left_out else "all count"
        counts = f"{self.spans.annotated:,} annotated names in {counted(self.articles)}, {self.spans.predicted:,} found"
        lines = [f"recognition: {counts}; demonyms and embedded names: {conventions}"]
        for words, overlap in (("exactly", False), ("overlapping", True)):
            precision, recall, f1 = self.spans.f1(overlap=overlap)
            lines.append(f"  {words:12} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
        lines.append("  annotated, recall exactly and overlapping, by role and by class")
        named = [(name, found, "") for name, found in sorted(self.by_role.items())]
        named += [
            (name or "-", found, CLASSES.get(name, ""))
            for name, found in sorted(self.by_class.items(), key=lambda item: -item[1].annotated)
        ]
        for name, found, words in named:
            row = found.as_dict()
            lines.append(
                f"    {found.annotated:6,} {row['recall_exact']:.3f} {row['recall_overlapping']:.3f}  "
                f"{name}  {words}".rstrip()
            )
        lines.append("  found, and of these annotated exactly so, by the role they were given")
        lines += [f"    {len(exact):6,} {share(exact):.3f}  {name}" for name, exact in sorted(self.found_as.items())]
        lines.append(
            f"end to end: of {len(self.answers):,} annotated toponyms with coordinates, found exactly and placed "
            f"within {WITHIN_KM} km (threshold {self.threshold:g}; 95 % intervals, by article)"
        )
        words_of = {"placed": "with the collection's memory", "placed_alone": "each article by itself"}
        for name, (value, low, high) in self.placed().items():
            lines.append(f"  {value:.3f} ({low:.3f}–{high:.3f})  {words_of[name]}")
        return "\n".join(lines)


def measure(
    annotated: Sequence[AnnotatedArticle],
    *,
    gazetteer: Gazetteer,
    recogniser: Recogniser,
    resolver: Resolver,
    left_out: frozenset[Role] = frozenset(),
    reasons: bool = False,
    progress: Callable[[Iterable[AnnotatedArticle]], Iterable[AnnotatedArticle]] = iter,
) -> Report:
    """Measure recognition and resolution together.

    Parameters
    ----------
    annotated
        The articles.
    gazetteer, recogniser, resolver
        What is measured.
    left_out
        Roles that do not count. An annotation has the role that the corpus
        tells; where it tells none, that of the name found there exactly, or
        demonym where the gazetteer knows the name as nothing else. What is
        found where nothing is annotated has the role that the tagger gave it.
    reasons
        Whether the answers tell why.
    progress
        Wraps the articles, to show how far it is.
    """
    read = [recognised(one.article, recogniser) for one in progress(annotated)]
    alone = list(resolved_together(read, resolver, reasons=reasons))
    known = homes([one.article for one in annotated], alone)
    at_home = [number for number, home in enumerate(known) if home]
    homes_there = [known[i] for i in at_home]
    second = list(resolved_together([read[i] for i in at_home], resolver, known=homes_there, reasons=reasons))
    final = list(alone)
    for number, answers in zip(at_home, second, strict=True):
        final[number] = answers
    report = Report(len(annotated), resolver.threshold, left_out)
    questions = asked(annotated, gazetteer)
    for one, gold, mine, first, answers in zip(annotated, marked(annotated), questions, alone, final, strict=True):
        by_itself, told = ({(t.mention.start, t.mention.end): t for t in found} for found in (first, answers))
        roles = {(span.start, span.end): _role(span, told, gazetteer, one) for span in gold.spans}
        kept = {span for span, role in roles.items() if role not in left_out}
        counted = {
            span for span, t in told.items() if span in kept or (span not in roles and t.mention.role not in left_out)
        }
        tally(report.spans, kept, counted)
        for span in counted:
            report.found_as.setdefault(told[span].mention.role, []).append(span in kept)
        classes = {(a.start, a.end): a.feature_class or feature_class_of(gazetteer, a) for a in one.annotations}
        for mark in gold.spans:
            at = (mark.start, mark.end)
            if at in kept:
                _add(report.by_role, mark.role or NOT_TOLD, at, counted)
                _add(report.by_class, classes[at], at, counted)
        for question in mine:
            if question is not None and (at := (question.annotation.start, question.annotation.end)) in kept:
                report.answers.append(judged(question, told.get(at)))
                report.answers_alone.append(judged(question, by_itself.get(at)))
    return report


def _role(gold: Gold, told: Mapping[Span, Toponym], gazetteer: Gazetteer, one: AnnotatedArticle) -> Role | None:
    """Return the role of an annotation, by the corpus or as well as it can be told without it."""
    if gold.role is not None:
        return gold.role
    if found := told.get((gold.start, gold.end)):
        return found.mention.role
    candidates = gazetteer.lookup(one.article.text[gold.start : gold.end])
    return "demonym" if candidates and all(c.kind == "demonym" for c in candidates) else None


def _add(groups: dict[str, Found], name: str, span: Span, counted: Iterable[Span]) -> None:
    found = groups.setdefault(name, Found())
    start, end = span
    found.annotated += 1
    found.exactly += span in counted
    found.overlapping += any(first < end and start < last for first, last in counted)


def _rounded(values: Iterable[float]) -> list[float]:
    return [round(value, 4) for value in values]
