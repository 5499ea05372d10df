"""Which texts a user sees, and that nothing else is taken for one."""

import pytest

from tests.lint.conftest import APP
from tools.lint import scan
from tools.lint.core import Repo
from tools.lint.texts import needs_translation, visible_texts


def sources(bench) -> set[str]:
	return {text.source for text in visible_texts(Repo(bench.root))}


@pytest.mark.parametrize(
	("code", "expected"),
	[
		('__("Pay now")', ["Pay now"]),
		("__('It\\'s paid')", ["It's paid"]),
		('__("Bill {0} " + "is paid", [name])', ["Bill {0} is paid"]),
		("__(`Plain template`)", ["Plain template"]),
		("__(`Bill ${name}`)", []),
		("__(label)", []),
		('__(\n\t"Line",\n\tnull, "context")', ["Line"]),
		('// __("comment")\n/* __("comment") */ __("code")', ["code"]),
		('const a = \'he said __("no")\'; __("yes")', ["yes"]),
		('x.replace(/["\'`]/g, ""); __("after a regular expression")', ["after a regular expression"]),
		('`<b>${__("inside")} ${rows.map((r) => `<i>${__("deep")}</i>`)}</b>`', ["inside", "deep"]),
		('my__("other function")', []),
		('a / b; __("after a division") / 2', ["after a division"]),
		('__("\\u4e2d \\n x")', ["中 \n x"]),
	],
)
def test_javascript_calls(code: str, expected: list[str]):
	assert [text for _, text in scan.javascript(code)] == expected


@pytest.mark.parametrize(
	("code", "expected"),
	[
		('<h1>{{ _("My Homes") }}</h1>', ["My Homes"]),
		("<p title=\"{{ _('Pay') }}\">{# {{ _('hidden') }} #}</p>", ["Pay"]),
		('<script>frappe.msgprint(__("Saved"));</script>', ["Saved"]),
		('{%- set t = _("Bill") ~ _("Fee") -%}', ["Bill", "Fee"]),
		('<!-- {{ _("out") }} --><b>{{ _("in") }}</b>', ["in"]),
		('<button :title="__(\'Close\')">{{ __("Open") }}</button>', ["Close", "Open"]),
	],
)
def test_markup_calls(code: str, expected: list[str]):
	assert sorted(text for _, text in scan.markup(code)) == sorted(expected)


@pytest.mark.parametrize(
	("code", "expected"),
	[
		("<p>Pay now</p>", [(1, "Pay now")]),
		("<div>\n\n  Pay now\n</div>", [(3, "Pay now")]),
		('<p>{{ _("Pay now") }}: {{ amount }} / 3</p>', []),
		('<input placeholder="Phone number">', [(1, "Phone number")]),
		('<input placeholder="{{ _("Phone number") }}" name="phone" class="big input">', []),
		("<style>p { color: red }</style><script>let x = 1;</script>", []),
		("{% if due %}{# a remark #}<b>PDF</b>{% endif %}", []),
		('<{{ "a" if x > 1 else "b" }} class="big">{{ name }}</{{ tag }}><p>Due</p>', [(1, "Due")]),
		('{% set common %} id="f" {% if a %} class="big"{% endif %}{% endset %}<b>{{ common }}</b>', []),
		("<p>账单</p>", [(1, "账单")]),
		('<input type="submit" value="Send">', [(1, "Send")]),
	],
)
def test_bare_text(code: str, expected: list[tuple[int, str]]):
	assert scan.bare_text(code) == expected


@pytest.mark.parametrize("text", ["Paid", "{0} bills", "<b>Paid</b>", "ID card", "中文"])
def test_words_need_translation(text: str):
	assert needs_translation(text)


@pytest.mark.parametrize("text", ["", "m²", "12.5 %", "{0}: {name}", "%s", "<br>", "—"])
def test_signs_need_none(text: str):
	assert not needs_translation(text)


def test_doctype_shows_these(bench):
	bench.record(
		"registry/doctype/property_unit/property_unit.json",
		{
			"doctype": "DocType",
			"name": "Property Unit",
			"description": "One home",
			"fields": [
				{"fieldname": "kind", "fieldtype": "Select", "label": "Kind", "options": "\nHome\nShop"},
				{"fieldname": "naming_series", "fieldtype": "Select", "label": "Series", "options": "PU-.YYYY.-"},
				{"fieldname": "project", "fieldtype": "Link", "label": "Estate", "options": "Not Shown"},
				{"fieldname": "note", "fieldtype": "HTML", "options": "<p>Read this</p>"},
				{
					"fieldname": "area",
					"fieldtype": "Float",
					"description": "In square metres",
					"placeholder": "Net area",
				},
			],
			"actions": [{"label": "Merge", "group": "More", "action": "x.y"}],
			"links": [{"group": "Money", "link_doctype": "Fee Invoice"}],
			"states": [{"title": "Vacant", "color": "Gray"}],
			"permissions": [{"role": "Cashier", "read": 1}],
		},
	)
	assert sources(bench) == {
		"Property Unit", "One home", "Kind", "Home", "Shop", "Series", "Estate", "<p>Read this</p>", "In square metres",
		"Net area", "Merge", "More", "Money", "Vacant", "Cashier",
	}  # fmt: skip


def test_other_records_show_these(bench):
	bench.record(
		"billing/workspace/billing/billing.json",
		{
			"doctype": "Workspace",
			"name": "billing-internal",
			"title": "Billing",
			"label": "Billing",
			"content": '[{"type": "header", "data": {"text": "<b>Today</b>"}}, {"type": "card", "data": {"card_name": "x"}}]',
			"shortcuts": [{"label": "Bills", "format": "{} open", "link_to": "Fee Invoice"}],
			"links": [{"label": "Reports", "type": "Card Break"}],
			"number_cards": [{"label": "Arrears", "number_card_name": "arrears-card"}],
		},
	)
	bench.record(
		"billing/report/ageing/ageing.json", {"doctype": "Report", "name": "a", "report_name": "Arrears Ageing"}
	)
	bench.record(
		"billing/number_card/a/a.json", {"doctype": "Number Card", "name": "arrears-card", "label": "Arrears Today"}
	)
	bench.record("billing/print_format/r/r.json", {"doctype": "Print Format", "name": "Fee Receipt"})
	bench.record(
		"billing/notification/n/n.json",
		{"doctype": "Notification", "name": "n", "subject": '{{ _("Bill") }} {{ doc.name }}', "message": "x"},
	)
	assert sources(bench) == {
		"Billing", "Today", "Bills", "{} open", "Reports", "Arrears", "Arrears Ageing", "Arrears Today", "Fee Receipt", "Bill",
	}  # fmt: skip


def test_python_and_manifest_show_these(bench):
	bench.app(
		"billing/api.py",
		'frappe.throw(_("Bill {0} " "is paid").format(x))\ntitle = _lt("Lazy")\n_(name)\n'
		'columns = [{"label": "Due Date", "fieldname": "due_date", "description": "inside"}]\n',
	)
	bench.app(
		"billing/manifest.py",
		'MANIFEST = {"name": "Billing", "depends": ["registry"], "version": "0.1.0", "summary": "Bills that tie",\n'
		'"roles": {"Cashier": {"home": "collect"}}, "jobs": {"daily": ["dunning.run"]},\n'
		'"portal": {"entries": [{"route": "bills", "title": "My Bills", "icon": "card"}]},\n'
		'"workflows": [{"name": "Waiver Approval", "states": [{"state": "Draft"}],\n'
		'"transitions": [{"from": "Draft", "to": "Approved", "action": "Approve", "role": "Accountant"}]}]}\n',
	)
	bench.app("billing/test_api.py", '_("only in a test")\n')
	assert sources(bench) == {
		"Bill {0} is paid", "Lazy", "Due Date", "Billing", "Bills that tie", "Cashier", "My Bills", "Waiver Approval",
		"Draft", "Approve", "Accountant",
	}  # fmt: skip


def test_texts_check_finds(bench):
	bench.app(
		"www/bills.html", '<h1>Bills</h1>\n{# lint: allow bare-text: a name #}\n<p>Kefu</p>\n<p>{{ _("Pay") }}</p>\n'
	)
	bench.app("api.py", '_("已缴")\n_("Pay ")\n_("Pay")\n')
	bench.app("billing/report/ageing/ageing.py", 'columns = [{"label": "Due Date"}, {"label": _("Unit")}]\n')
	found = [line.split(": ")[0:2] for line in bench.problems("texts")]
	assert found == [
		[f"{APP}/api.py:1", "chinese-source"],
		[f"{APP}/api.py:2", "text begins or ends with a space"],
		[f"{APP}/billing/report/ageing/ageing.py:1", "untranslated-label"],
		[f"{APP}/www/bills.html:1", "bare-text"],
	]


def test_long_text_with_a_file_for_each_language(bench):
	bench.app("templates/privacy_en.html", "<p>Your data</p>")
	assert len(bench.problems("texts")) == 1
	bench.app("templates/privacy_zh.html", "<p>您的信息</p>")
	assert bench.problems("texts") == []


def test_templates_inside_records_and_manifests(bench):
	bench.record(
		"billing/print_format/receipt/receipt.json",
		{"doctype": "Print Format", "name": "Receipt", "html": '<h1>{{ _("Fee Receipt") }}</h1>\n<p>Paid by</p>'},
	)
	bench.app(
		"billing/manifest.py",
		"MANIFEST = {'name': 'Billing', 'notifications': [{'subject': '{{ _(\"New bill\") }} {{ doc.name }}'}]}\n",
	)
	assert sources(bench) == {"Receipt", "Fee Receipt", "Billing", "New bill"}
	assert [line.split(": ")[-1] for line in bench.problems("texts")] == ["'Paid by'"]
