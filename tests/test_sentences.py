"""Sentences: where they end, and which one a mention stands in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.recognition.sentences import cells, passage, split


def cut(text):
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n\t ", []),
        ("One sentence without an end", ["One sentence without an end"]),
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("Who came? Nobody! Well…  Then go.", ["Who came?", "Nobody!", "Well…", "Then go."]),
        # Titles, initials and other abbreviations do not end a sentence.
        ("Gov. Lee met Sen. Ann Roe.", ["Gov. Lee met Sen. Ann Roe."]),
        ("J. K. Rowling and John F. Kennedy.", ["J. K. Rowling and John F. Kennedy."]),
        ("It hit St. Louis and Mt. Hood.", ["It hit St. Louis and Mt. Hood."]),
        ("In the U.S. Army he rose fast.", ["In the U.S. Army he rose fast."]),
        ("He left the U.S. The war went on.", ["He left the U.S.", "The war went on."]),
        ("Wheeling, W.Va. Police came.", ["Wheeling, W.Va.", "Police came."]),
        ("On Jan. 5 at 9 a.m. Monday.", ["On Jan. 5 at 9 a.m. Monday."]),
        ("No. 5 won, i.e. Smith did.", ["No. 5 won, i.e. Smith did."]),
        ("Acme Inc. Chairman Wu quit.", ["Acme Inc. Chairman Wu quit."]),
        # Numbers and addresses keep their points.
        ("It cost $3.5 million. Then 4.1.", ["It cost $3.5 million.", "Then 4.1."]),
        ("See www.example.org for more.", ["See www.example.org for more."]),
        # Quotation marks and brackets belong to the sentence they close.
        ('"Go!" he said. "Now."', ['"Go!" he said.', '"Now."']),
        ("“It is over.” She left.", ["“It is over.”", "She left."]),
        ("(They fled.) He stayed.", ["(They fled.)", "He stayed."]),
        ('He said it was "not easy." He sat down.', ['He said it was "not easy."', "He sat down."]),
        # An ellipsis goes on unless something can begin after it.
        ("He came... and went. Done.", ["He came... and went.", "Done."]),
        # Datelines.
        ("KYIV, Ukraine (AP) — It rained.", ["KYIV, Ukraine (AP) — It rained."]),
        # A blank line ends a sentence; a wrapped line does not; a short line does.
        ("A headline\n\nThe story", ["A headline", "The story"]),
        ("A headline\r\n\r\nThe story", ["A headline", "The story"]),
        ("A headline\nThe story begins here and goes on.", ["A headline", "The story begins here and goes on."]),
        (
            "The story of the flood was\ntold again and again in\nthe town.",
            ["The story of the flood was\ntold again and again in\nthe town."],
        ),
        # The rows of a table and the items of a list are no wrapped lines, however wide the block is.
        ("Lyon\nMarseille", ["Lyon", "Marseille"]),
        ("- The first thing\n- The second thing", ["- The first thing", "- The second thing"]),
        ("Region and people\tyear\nKursk and Belgorod\t2024", ["Region and people\tyear", "Kursk and Belgorod\t2024"]),
        # Other scripts have other full stops.
        ("地震。津波。", ["地震。", "津波。"]),
        ("क्या। हाँ।", ["क्या।", "हाँ।"]),
    ],
)
def test_a_text_is_cut_into_its_sentences(text, sentences):
    assert cut(text) == sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Two words", ["Two words"]),
        ("Kursk\t1.1\t Belgorod", ["Kursk", "1.1", "Belgorod"]),
        ("Kursk   Belgorod | Oryol", ["Kursk", "Belgorod", "Oryol"]),
        ("Two  blanks are a typist's", ["Two  blanks are a typist's"]),
        ("a line\n     that is indented", ["a line\n     that is indented"]),
        ("| Kursk | Oryol |", ["| Kursk", "Oryol |"]),
    ],
)
def test_the_cells_of_a_row_stand_apart(text, parts):
    assert [text[start:end] for start, end in cells(text, 0, len(text))] == parts


def test_the_passage_of_a_mention_is_its_sentence():
    text = "It rained. The bridge at Gulu fell. Nobody was hurt."
    start = text.index("Gulu")
    begin, end = passage(text, start, start + 4)
    assert text[begin:end] == "The bridge at Gulu fell."


def test_the_passage_of_a_span_over_two_sentences_is_both():
    text = "It rained. It stopped. It rained."
    assert passage(text, 3, 15) == (0, 22)


def test_a_span_between_sentences_is_its_own_passage():
    assert passage("One.   Two.", 5, 6) == (5, 6)
    assert passage("   ", 1, 2) == (1, 2)
    assert passage("", 0, 0) == (0, 0)


@pytest.mark.parametrize("span", [(-1, 2), (2, 1), (0, 99)])
def test_a_span_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="is no span of a text of 5 characters"):
        passage("Hello", *span)


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_only_white_space_lies_between_sentences(text):
    at = 0
    for start, end in split(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet=st.sampled_from("Ab .!?\n\"'”U.S"), max_size=60), st.data())
def test_a_passage_holds_its_span(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    begin, stop = passage(text, start, end)
    assert begin <= start <= end <= stop
