"""Numbers as people write them (D1, L22)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import chinese_id, plates
from kefu_property.rules.personal_data import (
	clean_text,
	is_phone,
	last4,
	mask_id,
	mask_phone,
	name_key,
	normalise_phone,
)

PHONES = {
	"13800001234": "13800001234",
	" 138 0000 1234 ": "13800001234",
	"１３８００００１２３４": "13800001234",
	"+86 138-0000-1234": "13800001234",
	"8613800001234": "13800001234",
	"0571-88001234": "0571-88001234",
	"057188001234": "0571-88001234",
	"(010)88001234": "010-88001234",
	"+86-571-88001234": "0571-88001234",
	"0571-88001234-801": "0571-88001234-801",
	"400-800-1234": "4008001234",
	"+44 20 7946 0018": "+442079460018",
	"0044 20 7946 0018": "+442079460018",
}


@pytest.mark.parametrize(("written", "meant"), PHONES.items())
def test_one_spelling_per_phone(written, meant):
	assert normalise_phone(written) == meant
	assert is_phone(meant)
	assert normalise_phone(meant) == meant


@pytest.mark.parametrize(
	"text", ["12345", "1380000123", "138000012345", "88001234", "12800001234", "abc", "", "+86138", "+0123456789"]
)
def test_what_is_no_phone_is_refused(text):
	assert not is_phone(normalise_phone(text))


@given(st.text(max_size=40))
def test_normalising_a_phone_twice_changes_nothing(text):
	once = normalise_phone(text)
	if is_phone(once):
		assert normalise_phone(once) == once


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_masked_mobile_hides_four_digits_and_keeps_the_last(phone):
	masked = mask_phone(phone)
	assert masked == phone[:3] + "****" + phone[7:]
	assert masked.endswith(last4(phone))


@given(st.text(alphabet="0123456789ABCX", min_size=1, max_size=30))
def test_a_mask_never_shows_more_than_six_characters_of_an_id(number):
	masked = mask_id(number)
	assert len(masked) == len(number)
	assert sum(char != "*" for char in masked) <= 6
	assert masked.count("*") >= min(len(number), 2)


@given(st.dates(), st.integers(0, 999))
def test_exactly_one_check_digit_fits_a_citizen_number(born, sequence):
	first = f"330199{max(born.year, 1900):04d}{born:%m}{min(born.day, 28):02d}{sequence:03d}"
	valid = [digit for digit in chinese_id.ID_CHECK if chinese_id.is_citizen_number(first + digit)]
	assert valid == [chinese_id.citizen_check_digit(first)]


@given(st.from_regex(r"33019919[5-9][0-9]0[1-9][01][1-9][0-9]{3}", fullmatch=True), st.integers(0, 15))
def test_exchanged_neighbours_are_noticed(first, position):
	number = first + chinese_id.citizen_check_digit(first)
	swapped = number[:position] + number[position + 1] + number[position] + number[position + 2 :]
	assert swapped == number or not chinese_id.is_citizen_number(swapped)


def test_known_numbers():
	# the examples of the standards themselves: GB 11643-1999 and GB 32100-2015
	assert chinese_id.is_citizen_number("11010519491231002X")
	assert chinese_id.is_citizen_number("440524188001010014") is False, "born before 1900"
	assert chinese_id.is_credit_code("91350100M000100Y43")
	assert not chinese_id.is_credit_code("91350100M000100Y44")
	assert not chinese_id.is_citizen_number("110105194902310026"), "31 February"


@pytest.mark.parametrize(
	("kind", "good", "bad"),
	[
		("Passport", "E12345678", "12"),
		("Hong Kong and Macao Permit", "H12345678", "A12345678"),
		("Taiwan Permit", "12345678", "1234567"),
		("Foreigner Residence Card", "GBR330199010101", "GB330199"),
		("Other", "军字第12345".replace("军字第", "J"), "-"),
	],
)
def test_other_papers(kind, good, bad):
	assert chinese_id.is_valid(kind, good)
	assert not chinese_id.is_valid(kind, bad)


@pytest.mark.parametrize(
	("plate", "kind"),
	[
		("浙A12345", "Ordinary"),
		("浙A·8D666", "Ordinary"),
		("浙AD12345", "New Energy"),
		("浙AF12345", "New Energy"),
		("浙A12345D", "New Energy"),
		("粤Z1234港", "Ordinary"),
		("浙I12345", "Ordinary"),
		("浙A1234I", None),
		("A12345", None),
		("浙A1234", None),
	],
)
def test_number_plates(plate, kind):
	assert plates.plate_kind(plates.normalise_plate(plate)) == kind


@given(st.text(max_size=60))
def test_clean_text_is_stable_and_visible(text):
	cleaned = clean_text(text)
	assert clean_text(cleaned) == cleaned
	assert cleaned == cleaned.strip()
	assert "\u200b" not in cleaned and "\u3000" not in cleaned


def test_names_are_found_however_written():
	assert name_key(" 欧阳 ·甲 ") == name_key("欧阳甲")
	assert name_key("O'Neil, Ann") == name_key("o’neil,  ann")
