"""Reading: files, folders, streams and lines to articles, and what cannot be read."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import os
import sys
from pathlib import Path

import pytest
from article_files import read_text, read_with_problems, write
from hypothesis import given
from hypothesis import strategies as st

from geo.articles import MAX_CHARACTERS, SUFFIXES, read
from geo.articles.fields import TITLE_CHARACTERS, digest, first_line
from geo.errors import DatelineError, InputError, NoArticles, NoSuchInput, UnreadableArticle

SEEDS = Path(__file__).parent.parent / "seeds"


class TestDocuments:
    def test_a_text_without_front_matter_is_kept_as_it_is(self, tmp_path):
        write(tmp_path, a__txt="  Rain in Lagos\n\nIt rained.\n")
        [article] = read(tmp_path)
        assert article.text == "  Rain in Lagos\n\nIt rained.\n"
        assert article.title == "Rain in Lagos"
        assert article.source == (tmp_path / "a.txt").as_posix()

    def test_front_matter_states_every_field(self):
        article = read_text(
            "---\nid: lagos-1\ntitle: Rain\ndate: 2024-06-03\nurl: https://example.org/1\n"
            "publisher: The Example\nlanguage: no\n---\n\nIt rained in Lagos.\n"
        )
        assert (article.id, article.title, article.url) == ("lagos-1", "Rain", "https://example.org/1")
        assert (article.publisher, article.language) == ("The Example", "no")
        assert (article.published, article.published_inferred) == (dt.date(2024, 6, 3), False)
        assert article.text == "It rained in Lagos.\n"

    @pytest.mark.parametrize(
        ("head", "field", "expected"),
        [
            ("id: 0123", "id", "0123"),  # an octal number in YAML
            ("language: no", "language", "no"),  # false in YAML 1.1
            ("title: 1984", "title", "1984"),
            ("Title: Rain", "title", "Rain"),
            ("title: 'Rain: a report'", "title", "Rain: a report"),
            ("title:", "title", "Text of it."),
            ("unknown: [1, 2]", "title", "Text of it."),
            ("date: 2024-06-03T23:30:00+02:00", "published", dt.date(2024, 6, 3)),
            ("date: June 3, 2024", "published", dt.date(2024, 6, 3)),
            ("published: 2024-06-03", "published", dt.date(2024, 6, 3)),
        ],
    )
    def test_values_of_front_matter_mean_what_is_written(self, head, field, expected):
        [article], problems = read_with_problems(io.StringIO(f"---\n{head}\n---\nText of it."))
        assert getattr(article, field) == expected
        assert problems == []

    def test_malformed_front_matter_is_reported_and_its_plain_lines_are_still_used(self):
        [article], [problem] = read_with_problems(
            io.StringIO("---\ntitle: Rain: a report\ndate: 2024-06-03\n---\nIt rained.")
        )
        assert (article.title, article.published) == ("Rain: a report", dt.date(2024, 6, 3))
        assert article.text == "It rained."
        assert "line 2" in problem
        assert "YAML" in problem

    @pytest.mark.parametrize(
        ("head", "complaint"),
        [
            ("title: [a, b]", "its title is not a text"),
            ("date: 03/04/2024", "its date is no full date"),
            ("date: March 2024", "its date is no full date"),
        ],
    )
    def test_a_field_that_cannot_be_used_is_reported_and_the_article_read_without_it(self, head, complaint):
        [article], [problem] = read_with_problems(io.StringIO(f"---\n{head}\n---\nRain on May 1, 2024."))
        assert article.title == "Rain on May 1, 2024."
        assert (article.published, article.published_inferred) == (dt.date(2024, 5, 1), True)
        assert complaint in problem

    @pytest.mark.parametrize(
        "text",
        [
            "---\n\nA rule, then text.",
            "---\nProse between rules.\n---\nMore prose.",
            "--- not a boundary\ntitle: x\n---\n",
        ],
    )
    def test_what_only_looks_like_front_matter_stays_text(self, text):
        assert read_text(text).text == text

    def test_a_rule_in_the_body_does_not_end_it(self):
        assert read_text("---\ntitle: x\n---\nOne.\n\n---\n\nTwo.").text == "One.\n\n---\n\nTwo."


class TestTitles:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("# Floods in the Sahel\n\nNIAMEY — It rained.", "Floods in the Sahel"),
            ("### Floods ###\nText", "Floods"),
            ("#Kyiv is a hashtag\nText", "#Kyiv is a hashtag"),
            ("\n \n\tFirst   line\nsecond", "First line"),
            ("مرحبا بالعالم\nنص", "مرحبا بالعالم"),
            ("word " * 40, "word " * 21 + "word…"),
            ("字" * 200, "字" * 109 + "…"),
        ],
    )
    def test_a_title_is_the_first_line_cut_between_words(self, text, title):
        assert first_line(text) == title

    @given(st.text(min_size=1))
    def test_a_title_is_one_line_and_never_longer_than_its_limit(self, text):
        title = first_line(text)
        assert len(title) <= TITLE_CHARACTERS
        assert len(title.splitlines()) <= 1
        assert bool(title) == bool(text.strip())


@pytest.mark.parametrize("head", ["---\rtitle: Rain\r---\r", "---\ntitle: Ra\x07in\n---\n"])
def test_front_matter_is_read_whatever_its_line_ends_and_control_characters(head, tmp_path):
    write(tmp_path, a__md=head + "It rained." + " On and on." * 20)
    [article], problems = read_with_problems(tmp_path)
    assert article.title.replace(" ", "") == "Rain"
    assert article.text.startswith("It rained.")
    assert problems == []


class TestLines:
    def test_each_line_is_an_article_with_the_fields_it_states(self):
        line = {
            "id": 7,
            "title": "Rain",
            "text": "It rained.",
            "published": "2024-06-03",
            "published_inferred": True,
            "source": "wire",
            "other": [1],
        }
        [article] = read(io.StringIO(json.dumps(line)))
        assert (article.id, article.title, article.source) == ("7", "Rain", "wire")
        assert (article.published, article.published_inferred) == (dt.date(2024, 6, 3), True)

    def test_a_line_says_where_it_stood(self, tmp_path):
        write(tmp_path, a__jsonl='{"text": "One."}\n\n{"text": "Two."}\n')
        assert [article.source for article in read(tmp_path)] == [
            f"{tmp_path.as_posix()}/a.jsonl:1",
            f"{tmp_path.as_posix()}/a.jsonl:3",
        ]

    @pytest.mark.parametrize(
        ("line", "complaint"),
        [
            ('{"text": "a"', "is no JSON"),
            ("[" * 100_000, "is no JSON"),
            ('{"text": ' + "9" * 5_000 + "}", "is no JSON"),
            ('["text"]', "has no text"),
            ('{"title": "a"}', "has no text"),
            ('{"text": 5}', "has no text"),
            ('{"text": " "}', "is empty"),
        ],
    )
    def test_a_bad_line_is_named_by_its_number_and_passed_over(self, line, complaint, tmp_path):
        write(tmp_path, a__jsonl=f'{{"text": "One."}}\n{line}\n{{"text": "Three."}}')
        articles, [problem] = read_with_problems(tmp_path)
        assert [article.text for article in articles] == ["One.", "Three."]
        assert "a.jsonl:2 " in problem
        assert complaint in problem

    @pytest.mark.parametrize("value", [None, "", "  ", float("nan")])
    @pytest.mark.parametrize("field", ["id", "title", "published", "url"])
    def test_a_field_that_holds_nothing_is_not_stated(self, field, value, tmp_path):
        write(tmp_path, a__jsonl=json.dumps({"text": "It rained.", field: value}))
        [article], problems = read_with_problems(tmp_path)
        assert (article.id, article.title, article.url) == (digest("It rained."), "It rained.", "")
        assert article.published is None
        assert problems == []

    @pytest.mark.parametrize(
        "end", ["\n", "\r\n", "\r", "\n\ufeff"], ids=["LF", "CRLF", "CR", "joined with their marks"]
    )
    def test_lines_end_as_any_system_ends_them(self, end, tmp_path):
        write(tmp_path, a__jsonl=f'\ufeff{{"text": "One."}}{end}{{"text": "Two."}}{end}')
        articles, problems = read_with_problems(tmp_path)
        assert [article.text for article in articles] == ["One.", "Two."]
        assert problems == []

    def test_a_line_separator_inside_a_string_ends_no_line(self):
        [article] = read(io.StringIO('{"text": "One.\u2028Two."}'))
        assert article.text == "One.\u2028Two."

    def test_offsets_in_the_text_of_a_line_stay_as_they_were(self):
        text = "One.\r\nTwo.\rThree\x00.\x1b[0m"
        [article] = read(io.StringIO(json.dumps({"text": text})))
        assert article.text == "One. \nTwo.\nThree . [0m"
        assert len(article.text) == len(text)


class TestIds:
    def test_an_id_is_given_or_a_digest_of_the_text(self):
        assert read_text("---\nid: x1\n---\nText").id == "x1"
        assert read_text("Text").id == digest("Text") == "71988c4d8e0803ba"

    def test_an_id_does_not_depend_on_the_way_the_text_came(self, tmp_path):
        write(tmp_path, a__txt=b"Rain\r\nin Lagos\r\n", b__md="\ufeffRain\nin Lagos".encode())
        [first] = read(tmp_path / "a.txt")
        [second] = read(tmp_path / "b.md")
        assert first.id == second.id

    def test_the_same_article_twice_is_read_once_and_both_are_named(self, tmp_path):
        write(tmp_path, a__txt="Rain.", b__txt="---\ntitle: Other\n---\nRain.\n", c__txt="Sun.")
        articles, [problem] = read_with_problems(tmp_path)
        assert [article.text for article in articles] == ["Rain.", "Sun."]
        assert "b.txt is the same article as" in problem
        assert "a.txt" in problem

    def test_the_same_id_for_another_text_is_passed_over_and_both_are_named(self, tmp_path):
        write(tmp_path, a__jsonl='{"id": "1", "text": "Rain."}\n{"id": "1", "text": "Sun."}')
        articles, [problem] = read_with_problems(tmp_path)
        assert [article.text for article in articles] == ["Rain."]
        assert "a.jsonl:2 has the id of" in problem
        assert "a.jsonl:1" in problem

    def test_a_file_that_is_given_twice_is_read_once_without_a_word(self, tmp_path):
        write(tmp_path, a__txt="Rain.")
        articles, problems = read_with_problems(tmp_path, tmp_path / "a.txt", tmp_path)
        assert len(articles) == 1
        assert problems == []


class TestFolders:
    def test_subfolders_are_read_in_the_order_of_names_and_hidden_files_passed_over(self, tmp_path):
        for name in ("b/2.txt", "b/10.md", "a.txt", "c.jsonl", ".hidden.txt", ".git/x.txt", "c.png", "d.PDF"):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f'{{"text": "{name}"}}' if name.endswith("jsonl") else name)
        articles, problems = read_with_problems(tmp_path)
        assert [article.text for article in articles] == ["a.txt", "b/10.md", "b/2.txt", "c.jsonl"]
        assert problems == []

    def test_what_would_be_waited_for_is_passed_over_and_a_dead_link_reported(self, tmp_path):
        write(tmp_path, a__txt="Rain.")
        os.mkfifo(tmp_path / "b.txt")
        (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
        articles, [problem] = read_with_problems(tmp_path)
        assert len(articles) == 1
        assert "c.txt cannot be read: No such file or directory" in problem

    def test_links_that_go_in_a_circle_are_reported(self, tmp_path):
        write(tmp_path, a__txt="Rain.")
        (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
        articles, [problem] = read_with_problems(tmp_path)
        assert len(articles) == 1
        assert "b.txt cannot be read" in problem

    def test_suffixes_count_in_capitals_too(self, tmp_path):
        write(tmp_path, A__TXT="Rain.")
        assert len(read(tmp_path)) == 1

    def test_one_bad_file_among_many_is_reported_and_passed_over(self, tmp_path):
        write(tmp_path, a__txt="Rain.", b__txt=b"\x00\x01", c__txt="", d__md="Sun.")
        articles, problems = read_with_problems(tmp_path)
        assert [article.text for article in articles] == ["Rain.", "Sun."]
        assert ["b.txt is no text" in problems[0], "c.txt is empty" in problems[1]] == [True, True]

    def test_a_missing_path_among_others_is_reported_and_passed_over(self, tmp_path):
        write(tmp_path, a__txt="Rain.")
        articles, [problem] = read_with_problems(tmp_path / "no.txt", tmp_path)
        assert len(articles) == 1
        assert "no.txt does not exist" in problem

    def test_problems_are_logged_where_nobody_listens(self, tmp_path, caplog):
        write(tmp_path, a__txt="Rain.", b__txt="")
        with caplog.at_level(logging.WARNING):
            read(tmp_path)
        assert ["b.txt is empty" in message for message in caplog.messages] == [True]

    def test_our_own_articles_are_whole(self):
        articles, problems = read_with_problems(SEEDS)
        assert problems == []
        own = [article for article in articles if article.publisher == "dateline"]
        assert 8 <= len(own) <= 12
        for article in own:
            assert article.source.endswith(".md")
            assert Path(article.source).name.startswith(article.published.isoformat())
            assert 150 <= len(article.text.split()) <= 300
            assert (article.language, article.published_inferred) == ("en", False)
            assert "note: Written for dateline from well-known facts" in Path(article.source).read_text("utf-8")


class TestRefusals:
    def test_a_missing_path_is_named_in_the_error(self):
        with pytest.raises(NoSuchInput, match="nowhere/at-all does not exist"):
            read("nowhere/at-all")

    def test_a_text_given_for_a_path_is_not_repeated_whole(self):
        with pytest.raises(InputError) as raised:
            read("Rain in Lagos. " * 1_000)
        assert len(str(raised.value)) < 250

    def test_an_empty_folder_names_what_is_read(self, tmp_path):
        with pytest.raises(NoArticles) as raised:
            read(tmp_path)
        assert all(suffix in str(raised.value) for suffix in SUFFIXES)

    def test_nothing_readable_among_many_is_an_error_after_all_are_reported(self, tmp_path):
        write(tmp_path, a__txt="", b__txt=b"\x00")
        problems: list[InputError] = []
        with pytest.raises(NoArticles, match="no article could be read from"):
            read(tmp_path, on_problem=problems.append)
        assert len(problems) == 2

    def test_nothing_given_is_nothing_to_read(self):
        with pytest.raises(NoArticles, match="nothing"):
            read()

    def test_a_file_of_another_kind_is_refused_by_name(self, tmp_path):
        write(tmp_path, a__docx="Rain.")
        with pytest.raises(UnreadableArticle, match=r"a\.docx is of a kind that is not read"):
            read(tmp_path / "a.docx")

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
    def test_a_file_without_permission_is_reported(self, tmp_path):
        write(tmp_path, a__txt="Rain.", b__txt="Sun.")
        (tmp_path / "a.txt").chmod(0)
        articles, [problem] = read_with_problems(tmp_path)
        assert len(articles) == 1
        assert "a.txt cannot be read: Permission denied" in problem

    def test_a_file_that_fails_while_it_is_read_is_reported(self, tmp_path, monkeypatch):
        write(tmp_path, a__txt="Rain.", b__txt="Sun.")
        whole = Path.read_bytes

        def fail(path):
            if path.name == "a.txt":
                raise PermissionError(13, "Permission denied")
            return whole(path)

        monkeypatch.setattr(Path, "read_bytes", fail)
        articles, [problem] = read_with_problems(tmp_path)
        assert len(articles) == 1
        assert "a.txt cannot be read: Permission denied" in problem

    def test_a_text_too_long_for_an_article_is_refused_before_it_is_read(self, tmp_path, monkeypatch):
        path = tmp_path / "a.txt"
        with path.open("wb") as file:
            file.truncate(50_000_000)  # takes no room on the disk
        monkeypatch.delattr(Path, "read_bytes")
        with pytest.raises(UnreadableArticle, match=r"50,000,000 bytes.*1,000,000 characters; split it"):
            read(path)

    def test_the_limit_counts_characters(self):
        assert len(read_text("é" * MAX_CHARACTERS).text) == MAX_CHARACTERS
        with pytest.raises(UnreadableArticle, match="1,000,001 characters"):
            read_text("é" * (MAX_CHARACTERS + 1))

    def test_every_refusal_can_be_caught_as_one(self):
        assert issubclass(NoSuchInput, (DatelineError, FileNotFoundError))
        assert issubclass(UnreadableArticle, ValueError)


class TestStreams:
    def test_a_dash_is_standard_input(self, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Regen in Zürich".encode("cp1252"))))
        [article] = read("-")
        assert (article.text, article.source) == ("Regen in Zürich", "standard input")

    @pytest.mark.parametrize(
        ("content", "texts"),
        [
            ('{"text": "One."}\n{"text": "Two."}', ["One.", "Two."]),
            ("{curly} text", ["{curly} text"]),
            ("# A title\n\nText", ["# A title\n\nText"]),
        ],
    )
    def test_a_stream_tells_by_its_first_line_what_it_is(self, content, texts):
        assert [article.text for article in read(io.StringIO(content))] == texts

    def test_an_open_file_goes_by_its_name(self, tmp_path):
        write(tmp_path, a__jsonl='{"text": "One."}')
        with (tmp_path / "a.jsonl").open("rb") as file:
            [article] = read(file)
        assert article.source.endswith("a.jsonl:1")

    def test_a_file_without_a_suffix_is_read_as_a_stream_is(self, tmp_path):
        write(tmp_path, report="Rain.")
        assert read(tmp_path / "report")[0].text == "Rain."
