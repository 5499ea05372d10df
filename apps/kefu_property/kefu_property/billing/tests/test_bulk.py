"""What the formatter of rows writes is what comes back, whatever the text and the server's way of quoting."""

from __future__ import annotations

import datetime
import enum
from decimal import Decimal

import frappe
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kefu_property.billing import bulk
from kefu_property.billing.invoices import new_name
from tests.factories.registry import make_project

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
	["'); drop table x; --", "\\'", "\\", "%s", "100 %", '"', "ifnull(1", "\0\n\r\x1a", "业主’‘😀", "''"]
)


@pytest.fixture(params=["", "NO_BACKSLASH_ESCAPES"], scope="module")
def formats(connection, request):
	before = frappe.db.sql("select @@session.sql_mode")[0][0]
	frappe.db.sql("set session sql_mode = %s", ",".join(filter(None, (before, request.param))))
	yield bulk.formats()
	frappe.db.sql("set session sql_mode = %s", before)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
	text=texts,
	amount=st.decimals("-99999999", "99999999", places=2),
	day=st.dates(),
	time=st.datetimes(min_value=datetime.datetime(1900, 1, 1)),
	number=st.integers(-(2**60), 2**60),
)
def test_values_come_back(formats, text, amount, day, time, number):
	sent = [text, amount, day, time, number, None, True]
	bulk._send("select " + ", ".join(bulk.literal(value, formats) for value in sent))
	got = frappe.db._cursor.fetchone()
	assert got[0] == text
	assert Decimal(str(got[1])) == amount
	assert got[2] == day.isoformat()
	assert got[3] == time.isoformat(sep=" ", timespec="microseconds")
	assert got[4:] == (number, None, 1)


def test_rows_are_written_as_they_are():
	project = make_project().name
	nasty = "'); delete from `tabBilling Run Skip`; -- \\' ifnull(a, b) 100 %s"
	row = (new_name(), project, "R", nasty)
	assert bulk.insert("Billing Run Skip", ("name", "project", "reason", "detail"), [row]) == 1
	assert frappe.db.get_value("Billing Run Skip", row[0], "detail") == nasty


class Word(enum.StrEnum):
	ONE = "one"


def test_what_cannot_be_written_is_refused():
	assert bulk.literal(Word.ONE, bulk.FORMATS) == "'one'"
	for value, error in ((float("inf"), ValueError), (b"x", TypeError), ([], TypeError), (Decimal("NaN"), ValueError)):
		with pytest.raises(error):
			bulk.literal(value, bulk.FORMATS)
	with pytest.raises(ValueError, match="column"):
		bulk.insert("Billing Run Skip", ("name", "`x`"), [("a", "b")])
	with pytest.raises(ValueError, match="values"):
		bulk.insert("Billing Run Skip", ("name", "reason"), [("a",)])
