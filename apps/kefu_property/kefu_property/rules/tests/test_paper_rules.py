"""Rules of papers and archives, and the words of the search index (D9)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import paper_rules, text_index

FORM = "{project}通〔{year}〕{number}号"
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


@given(
	st.tuples(st.integers(2000, 2099), st.integers(1, 9999)), st.tuples(st.integers(2000, 2099), st.integers(1, 9999))
)
def test_two_numbers_are_never_written_alike(one, two):
	texts = {paper_rules.number_text(FORM, "YJ", *pair) for pair in (one, two)}
	assert len(texts) == len({one, two})


@pytest.mark.parametrize(
	"form", ["{year}", "{number}", "{year}{number}{x}", "{year}{number}{0}", "{year.real.x}{number}"]
)
def test_a_form_without_its_parts_or_with_others_is_refused(form):
	with pytest.raises(ValueError):
		paper_rules.number_text(form, "YJ", 2026, 1)


@given(st.sets(st.integers(1, 60)), st.integers(0, 50))
def test_gaps_are_what_is_missing_and_what_is_too_much(numbers, last):
	found = set(paper_rules.gaps(numbers, last))
	assert found == set(range(1, last + 1)) ^ numbers


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(1, 100))
def test_a_file_is_kept_for_whole_years_after_its_own(day, years):
	end = paper_rules.retention_end(day, years)
	assert (end.month, end.day, end.year - day.year) == (12, 31, years)
	assert paper_rules.retention_end(day, 0) is None


@pytest.mark.parametrize(
	("name", "head", "media_type", "fits"),
	[
		("a.pdf", b"%PDF-1.7", "application/pdf", True),
		("a.PDF", b"MZ", "application/x-msdownload", False),
		("a.docx", b"PK\x03\x04", "application/zip", True),
		("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None, False),
		("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", True),
		("a.txt", "会议纪要".encode(), None, True),
		("a.txt", b"MZ\x00", "application/x-msdownload", False),
		("a.exe", b"MZ", "application/x-msdownload", False),
		("noending", b"text", None, False),
	],
)
def test_a_file_is_what_its_first_bytes_say(name, head, media_type, fits):
	assert paper_rules.is_what_it_says(name, head, media_type) is fits


@given(st.text(max_size=200))
def test_a_safe_name_unpacks_everywhere(text):
	name = paper_rules.safe_name(text)
	assert name and len(name) <= 80 and not set(name) & set('\\/:*?"<>|\n\0')
	assert name not in (".", "..")


@given(st.text(HAN, min_size=2, max_size=30), st.data())
def test_every_piece_of_a_chinese_text_is_found_in_it(text, data):
	start = data.draw(st.integers(0, len(text) - 2))
	end = data.draw(st.integers(start + 2, len(text)))
	words, wanted = text_index.tokens(text), text_index.tokens(text[start:end])
	assert any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


@given(st.text(max_size=100))
def test_a_search_holds_nothing_that_the_database_would_read_as_an_operator(text):
	query = text_index.query(text)
	assert not set(query) - set('+" *abcdefghijklmnopqrstuvwxyz0123456789')


def test_words_are_cut_and_searched():
	assert text_index.tokens("ＡＢＣ 2 水") == ["abc", "2xx", "u6c34"]
	assert text_index.query("水 pump 水泵房") == '+u6c34* +pump +"u6c346cf5 u6cf5623f"'
	assert text_index.query("  ") == text_index.query("!!") == ""


def test_an_excerpt_shows_the_place():
	text = "x" * 300 + " 消防水泵房巡检记录 " + "y" * 300
	found = text_index.excerpt(text, "水泵房")
	assert "水泵房" in found and found.startswith("…") and found.endswith("…") and len(found) < 130
	assert text_index.excerpt("short", "nothing") == "short"
