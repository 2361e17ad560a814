"""The report on recognition: what is counted, and how a corpus is read for it."""

import pytest

from geo.evaluation.recognition import Annotated, Gold, Report, compare, evaluate, fallen, figures, read, role_of
from geo.types import Article, Mention


class OneName:
    """A recogniser that takes the first word of each article for a metonym."""

    def recognise(self, article):
        end = article.text.index(" ")
        return (Mention(article.id, 0, end, article.text[:end], "metonym"),)


def annotated(text, *gold):
    return Annotated(Article("1", "", text), tuple(gold))


def test_a_report_counts_exact_and_overlapping_spans():
    documents = [
        annotated("Paris said so.", Gold(0, 5, "metonym")),
        annotated("Mexico City is big.", Gold(0, 11, "literal")),
        annotated("Nobody came.", Gold(7, 11, "literal")),
    ]
    report = evaluate("own", documents, OneName())
    assert report.spans.f1() == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert report.spans.f1(overlap=True) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert report.role_accuracy == 1


def test_demonyms_are_left_out_of_nouns_on_both_sides():
    report = Report("own")
    compare(
        report,
        [Gold(0, 5, "demonym"), Gold(6, 9, "literal")],
        [Mention("1", 0, 5, "", "demonym"), Mention("1", 6, 9, "", "literal")],
    )
    assert (report.nouns.annotated, report.nouns.predicted, report.nouns.exact) == (1, 1, 1)


def test_literal_against_associative_is_the_mean_f1_of_both():
    report = Report("own")
    report.roles.update({("literal", "literal"): 3, ("metonym", "literal"): 1, ("metonym", "embedded"): 2})
    assert report.literal_f1 == pytest.approx((6 / 7 + 4 / 5) / 2)


def test_a_figure_below_its_floor_is_told():
    report = evaluate("own", [annotated("Paris said so.", Gold(0, 5, "literal"))], OneName())
    assert fallen([report], {"own": {"exact_f1": 1.0}}) == []
    assert fallen([report], {"own": {"role_accuracy": 0.5}}) == ["own: role_accuracy is 0.000, below its floor 0.500"]
    assert set(figures(report)) == {"exact_f1", "overlap_f1", "noun_f1", "role_accuracy", "literal_f1"}


@pytest.mark.parametrize(
    ("kind", "modifier", "role"),
    [
        ("Literal", "", "literal"),
        ("Literal_Modifier", "Adjective", "demonym"),
        ("Non_Literal_Modifier", "Adjective", "demonym"),
        ("Non_Literal_Modifier", "Noun", "metonym"),
        ("Embedded_Non_Lit", "Adjective", "embedded"),
        ("Mixed", "Noun", "literal"),
        ("", "", None),
    ],
)
def test_types_of_the_corpus_become_roles(kind, modifier, role):
    assert role_of(kind, modifier) == role


def test_a_corpus_is_read(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text(
        '{"id": 7, "text": "He speaks Thai in Rome.", "domain": "x.org", "toponyms": ['
        '{"start": 18, "end": 22, "type": "Literal"}, {"start": 10, "end": 14, "type": "Language"}]}\n',
        "utf-8",
    )
    (document,) = read(path)
    assert document.article.id == "7"
    assert document.article.publisher == "x.org"
    assert document.spans == (Gold(18, 22, "literal"),)


def test_a_line_that_is_no_document_is_named(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"id": 1}\n', "utf-8")
    with pytest.raises(ValueError, match=r"corpus\.jsonl, line 1: not an annotated article"):
        read(path)
