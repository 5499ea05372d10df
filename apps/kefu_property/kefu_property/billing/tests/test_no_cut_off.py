"""No module offers to cut water, power, gas, heat or access for arrears (L1: 民法典 944)."""

import csv
import re
from pathlib import Path

import frappe

from kefu_property.suite import manifest as manifests

#: words of an action that takes a service away; a mention that it must not be done is told apart below
ACTION = re.compile(
	r"\b(cut[- ]?off|shut[- ]?off|disconnect|suspend|stop|block|deny|disable|lock out)\b.{0,30}\b(water|power|electricity|gas|heat|heating|supply|access|gate|lift|elevator)\b",
	re.I,
)
CHINESE = re.compile(
	r"(停水|停电|断水|断电|停气|断气|停暖|停热|限电|限水|禁止(车辆)?(通行|进入|出入)|锁闭门禁|停用门禁|欠费停)"
)
#: texts that say that it is forbidden, or are about planned works of which residents are told
NEGATION = re.compile(
	r"(no service|never|not |nothing|不得|不会|不因|不停|不影响|禁止以|通知|公告|检修|计划|Notice|planned|forbidden|stay as they are)",
	re.I,
)
HARMFUL_METHOD = re.compile(
	r"(cut_off|cutoff|shut_off|disconnect|stop_(water|power|gas|heat)|block_(access|vehicle|gate)|restrict_access)",
	re.I,
)


#: what tells a module that somebody owes; inspection writes the rent of advertising places into the owners' books and reads nothing
ARREARS = re.compile(r"\barrears\(|\bbilling\.(balance|prepayment|arrears)\b|Fee Invoice|Fee Ledger")
#: what residents report, in the trade's words
REPORTED = {"No Water", "Power Failure"}


def offers(text: str) -> bool:
	return bool((ACTION.search(text) or CHINESE.search(text)) and not NEGATION.search(text))


def test_the_search_finds_what_it_looks_for():
	for text in ("Cut off water", "Block vehicle access", "Disconnect power supply", "欠费停水", "停用门禁卡"):
		assert offers(text), text
	for text in ("No service is cut for arrears", "不因欠费停水停电", "停水通知"):
		assert not offers(text), text


def test_no_doctype_field_workflow_or_report_offers_a_cut_off():
	modules = frappe.get_all("Module Def", filters={"app_name": "kefu_property"}, pluck="name")
	assert len(modules) >= len(manifests.PACKAGES)
	names = frappe.get_all("DocType", filters={"module": ["in", modules]}, pluck="name")
	assert len(names) > 50
	texts = []
	for name in names:
		meta = frappe.get_meta(name)
		texts += [name, *(text for f in meta.fields for text in (f.label, f.options, f.description) if text)]
		texts += [action.label for action in meta.actions]
	texts += frappe.get_all("Workflow Action Master", pluck="name") + frappe.get_all("Report", pluck="name")
	assert [text for text in texts if offers(text)] == []


def test_no_text_of_the_app_offers_a_cut_off():
	path = frappe.get_app_path("kefu_property", "translations", "zh.csv")
	with open(path, encoding="utf-8") as lines:
		texts = [text for row in csv.reader(lines) if row[0] not in REPORTED for text in row[:2]]
	assert len(texts) > 1000
	assert [text for text in texts if offers(text)] == []


def test_no_function_of_the_app_cuts_a_service():
	found = []
	for path in Path(frappe.get_app_path("kefu_property")).rglob("*.py"):
		if "tests" not in path.parts:
			found += [f"{path.name}: {match.group()}" for match in HARMFUL_METHOD.finditer(path.read_text("utf-8"))]
	assert found == []


def test_arrears_are_read_by_no_module_that_opens_doors():
	"""Whoever asks billing for arrears shows them or blocks a move; keys, custody and inspection do not ask."""
	root = Path(frappe.get_app_path("kefu_property"))
	for package in ("keys", "custody", "inspection", "dormitory"):
		for path in (root / package).rglob("*.py"):
			assert "tests" in path.parts or not ARREARS.search(path.read_text("utf-8")), path
