"""The Chinese file: what is missing, wrong, repeated, out of order or stale."""

import pytest

from tests.lint.conftest import APP
from tools.lint.__main__ import main
from tools.lint.translations import read_rows, row_problems

CSV = f"{APP}/translations/zh.csv"


def framework(bench, rows: str = "", code: str = "") -> None:
	bench.write("apps/frappe/frappe/translations/zh.csv", rows)
	bench.write("apps/frappe/frappe/desk/form.py", code)


def test_complete_file_passes(bench):
	framework(bench, "Save,保存,\n")
	bench.app("api.py", '_("Bill")\n_("Save")\n_("Paid, {0}")\n')
	bench.write(CSV, 'Bill,账单\n"Paid, {0}",已缴 {0}\n')
	assert bench.problems("translations") == []


def test_missing_text_is_named_at_its_place(bench):
	framework(bench)
	bench.app("api.py", 'x = 1\n_("Bill")\n')
	bench.write(CSV, "")
	assert bench.problems("translations") == [f"{APP}/api.py:2: no Chinese for 'Bill'"]


def test_without_the_framework_it_says_so(bench, capsys):
	bench.app("api.py", '_("Save")\n')
	bench.write(CSV, "Old,旧\n")
	assert bench.problems("translations") == [f"{APP}/api.py:1: no Chinese for 'Save'"]
	assert "make engine" in capsys.readouterr().out


@pytest.mark.parametrize(
	("columns", "part"),
	[
		(["a"], "columns"),
		(["Hello", ", world", "你好", "x"], "columns"),
		(["Bill", ""], "empty"),
		(["账单", "账单"], "source text is Chinese"),
		(["Bill ", "账单"], "space"),
		(["{0} of {1}", "{1} 之"], "placeholders"),
		(["%s bills", "账单"], "placeholders"),
		(["<b>Bill</b>", "账单"], "placeholders"),
		(["Hello {name}", "你好 {naem}"], "placeholders"),
		(["Pay the bill", "Pay the bill"], "not Chinese"),
	],
)
def test_bad_rows(columns: list[str], part: str):
	assert any(part in message for message in row_problems(columns))


@pytest.mark.parametrize(
	"columns",
	[
		["Bill", "账单"],
		["Open", "未结", "Case"],
		["{0} of {1}", "{1} 中的 {0}"],
		["<b>{0}</b> %s", "<b>{0}</b> 元 %s"],
		["Excel", "Excel"],
	],
)
def test_good_rows(columns: list[str]):
	assert list(row_problems(columns)) == []


def test_order_repeats_and_contradictions(bench):
	framework(bench)
	bench.app("api.py", '_("Bill")\n_("Arrears")\n')
	bench.write(CSV, "Bill,账单\nArrears,欠费\nBill,帐单\nBill,账单\n")
	found = bench.problems("translations")
	assert [line.split(":")[1] for line in found] == ["1", "3", "4"]
	assert "not sorted" in found[0] and "contradicts line 1" in found[1] and "repeats line 1" in found[2]


def test_one_word_may_have_two_contexts(bench):
	framework(bench)
	bench.app("api.py", '_("Open")\n')
	bench.write(CSV, "Open,打开\nOpen,未结,Case\n")
	assert bench.problems("translations") == []


def test_stale_lines(bench):
	framework(bench, code='x = "Shown by the framework"\n')
	bench.app("api.py", '_("Bill")\nstate = "Half paid"\n')
	bench.write(CSV, "Bill,账单\nGone text,没有了\nHalf paid,部分缴纳\nShown by the framework,框架\n")
	assert bench.problems("translations") == [f"{CSV}:2: stale, nothing shows this text any more: 'Gone text'"]


def test_missing_command_prints_stubs_that_can_be_appended(bench, capsys):
	framework(bench, "Save,保存\n")
	bench.app("api.py", '_("Paid, {0}")\n_("Bill")\n_("Save")\n')
	assert main(["translations", "--missing", "--root", str(bench.root)]) == 1
	assert [columns for _, columns in read_rows(capsys.readouterr().out)] == [["Bill", ""], ["Paid, {0}", ""]]


def test_sort_command(bench):
	bench.write(CSV, 'Bill,账单\nArrears,欠费\n"a, b",甲乙\nBill,账单\nbill,账\n')
	assert main(["translations", "--sort", "--root", str(bench.root)]) == 0
	assert (bench.root / CSV).read_text() == '"a, b",甲乙\nArrears,欠费\nBill,账单\nbill,账\n'
