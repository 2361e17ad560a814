"""Bytes to text: any encoding, and what is no text."""

# ruff: noqa: RUF001 - the cases are texts in many scripts

from __future__ import annotations

import io

import pytest
from article_files import read_text, write
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.articles import read
from geo.articles.decoding import decode, normalise
from geo.errors import InputError, UnreadableArticle


class TestEncodings:
    @pytest.mark.parametrize(
        ("encoding", "text"),
        [
            ("utf-8", "Київ, 東京, القاهرة"),
            ("utf-8-sig", "Київ"),
            ("utf-16", "Київ"),
            ("utf-16-be", "\ufeffКиїв"),
            ("utf-32", "Київ"),
            ("latin-1", "L'été à São Paulo, près de la forêt."),
            ("cp1252", "“Quotes” — Zürich, Genève and São Tomé were hit by rain on Tuesday, officials said."),
            ("cp1251", "Украинские войска вошли в Курскую область в августе, сообщил президент."),
            ("koi8-r", "Украинские войска вошли в Курскую область в августе, сообщил президент."),
            ("shift_jis", "東京都は月曜日に大雨に見舞われた。警報が出された。"),
            ("gb18030", "北京星期一下了大雨，气象部门发布了警报。"),
            ("euc_kr", "서울에 비가 내렸다고 기상청이 밝혔다."),
            ("cp1256", "وصلت القوات إلى طرابلس يوم الاثنين"),
            ("cp1254", "İstanbul'da yağış bekleniyor, Ankara'da güneşli bir gün olacak, dedi bakanlık."),
        ],
    )
    def test_text_in_any_encoding_is_read(self, encoding, text):
        assert decode(text.encode(encoding), source="x") == text.removeprefix("\ufeff")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
    def test_all_line_ends_become_one(self, encoding):
        [article] = read(io.BytesIO("été\r\nà\rb\nc".encode(encoding)))
        assert article.text == "été\nà\nb\nc"

    def test_an_encoding_is_found_though_the_head_does_not_need_it(self):
        data = b"Rain in Lagos. " * 30_000 + "Zürich, Genève".encode("cp1252")
        assert decode(data, source="x").endswith("Zürich, Genève")

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "NUL"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
            (b"PK\x03\x04\x14\x00", "archive"),
            (b"\x1f\x8b\x08\x00", "gzip"),
            (b"{\\rtf1 Kyiv}", "rich text"),
            (b"\xff\xfeK", "UTF-16"),
            (b"a\x01\x02\x03\x04b", "control characters"),
        ],
    )
    def test_a_file_that_is_no_text_is_refused_with_the_reason(self, data, why, tmp_path):
        write(tmp_path, a__txt=data)
        with pytest.raises(UnreadableArticle, match=why) as raised:
            read(tmp_path / "a.txt")
        assert "a.txt" in str(raised.value)

    def test_control_characters_and_lone_surrogates_become_blanks(self):
        article = read_text("Kyiv\x00 \x1b[31mLviv\x7f\x9b \ud800Odesa\tend" + " and on" * 50)
        assert article.text.startswith("Kyiv   [31mLviv    Odesa\tend")

    def test_right_to_left_text_and_its_marks_stay(self):
        text = "\u202bوصلت إلى طرابلس\u202c \u200fلبنان\u200e"
        assert read_text(text).text == text

    @given(st.text())
    def test_normalising_moves_no_character(self, text):
        normalised = normalise(text)
        assert len(normalised) == len(text)
        assert normalise(normalised) == normalised
        assert all(new in (old, " ", "\n") for old, new in zip(text, normalised, strict=True))
        normalised.encode()  # no lone surrogate is left

    @given(st.binary(max_size=300), st.sampled_from(["", "---\n", '{"text": ']))
    @settings(max_examples=60, deadline=None)
    def test_any_bytes_make_an_article_or_a_problem(self, data, head):
        problems: list[InputError] = []
        try:
            articles = read(io.BytesIO(head.encode() + data), on_problem=problems.append)
        except InputError as error:
            articles = ()
            problems.append(error)
        assert articles or problems
        assert all(article.text.strip() and article.title and article.id for article in articles)
        assert all(len(str(problem).splitlines()) == 1 for problem in problems)
