"""Each rule finds the bad form and leaves the good form alone."""

import ast

import pytest

from tools.lint.pitfalls import RULES, python_problems

APP = "apps/kefu_property/kefu_property"
BAD = {
	"whitelist-types": [
		'@frappe.whitelist()\ndef pay(bill, amount: str) -> None:\n\tfrappe.only_for("Cashier")\n',
		'@frappe.whitelist()\ndef pay(**kwargs) -> None:\n\tfrappe.only_for("Cashier")\n',
	],
	"whitelist-postponed": [
		'from __future__ import annotations\n\n\n@frappe.whitelist()\ndef pay(bill: str, all: bool) -> None:\n\tfrappe.only_for("Cashier")\n',
	],
	"whitelist-permission": [
		'@frappe.whitelist()\ndef pay(bill: str) -> None:\n\tfrappe.get_doc("Fee Invoice", bill)\n',
		"@frappe.whitelist()\ndef close(name: str) -> None:\n\tdoc.save(ignore_permissions=True)  # closed\n",
		"class Bill(Document):\n\t@frappe.whitelist()\n\tdef explain(self) -> dict:\n\t\treturn {}\n",
	],
	"whitelist-guest": ["@frappe.whitelist(allow_guest=True)\ndef notices() -> list:\n\treturn []\n"],
	"sql-string": [
		'frappe.db.sql(f"select name from tabUser where name = {user}")\n',
		'frappe.db.sql("select name from tabUser where name = %s" % user)\n',
		'frappe.db.sql("select name from tabUser where " + condition)\n',
		'frappe.db.sql("select {} from tabUser".format(field))\n',
		'def read():\n\tquery = f"select {field} from tabUser"\n\treturn frappe.db.sql(query)\n',
		'frappe.db.multisql({"mariadb": f"select {field}"})\n',
	],
	"commit-reason": ["frappe.db.commit()\n", "x = 1\nfrappe.db.commit()\n"],
	"query-in-loop": [
		'for name in names:\n\tfrappe.get_doc("Unit", name)\n',
		'while names:\n\tfrappe.db.get_value("Unit", names.pop(), "area")\n',
		'areas = [frappe.db.get_value("Unit", name, "area") for name in names]\n',
		"for name in names:\n\tfrappe.qb.from_(unit).select(unit.area).where(unit.name == name).run()\n",
		"for name in names:\n\tif name:\n\t\tfrappe.db.sql(query, name)\n",
		'for name in (first, *others):\n\tfrappe.get_doc("Unit", name)\n',
	],
	"ignore-permissions-reason": [
		"doc.insert(ignore_permissions=True)\n",
		"doc.flags.ignore_permissions = True\n",
	],
	"money-float": ["x = float(row.amount)\n", "total = flt(doc.paid_amount)\n"],
	"except-pass": [
		"try:\n\trun()\nexcept Exception:\n\tpass\n",
		"for x in y:\n\ttry:\n\t\trun()\n\texcept:\n\t\tcontinue\n",
	],
	"print": ['print("imported")\n'],
	"untranslated-message": [
		'frappe.throw("The bill is paid")\n',
		'frappe.msgprint(f"Bill {name} is paid")\n',
		'frappe.throw("Bill {0} is paid".format(name))\n',
		'frappe.msgprint(_("Paid"), title="Receipt printed")\n',
	],
	"translate-dynamic": [
		'_(f"Bill {name} is paid")\n',
		'_("Bill {0} is paid".format(name))\n',
		'_("Bill %s is paid" % name)\n',
		'_("Bill " + name)\n',
	],
}
GOOD = {
	"whitelist-types": [
		'@frappe.whitelist()\ndef pay(bill: str, *, note: str = "") -> None:\n\tfrappe.only_for("Cashier")\n'
	],
	"whitelist-postponed": [
		'@frappe.whitelist()\ndef pay(bill: str, all: bool) -> None:\n\tfrappe.only_for("Cashier")\n',
		'from __future__ import annotations\n\n\n@frappe.whitelist()\ndef pay(bill: str, note: str | None = None) -> None:\n\tfrappe.only_for("Cashier")\n',
	],
	"whitelist-permission": [
		'@frappe.whitelist()\ndef pay(bill: str) -> None:\n\tfrappe.get_doc("Fee Invoice", bill).check_permission("write")\n',
		'@frappe.whitelist()\ndef units() -> list:\n\treturn frappe.get_list("Property Unit")\n',
		"@frappe.whitelist()\ndef pay(bill: str) -> None:\n\trequire_cashier(bill)\n",
		"@frappe.whitelist()\n@require_role('Cashier')\ndef pay(bill: str) -> None:\n\tcollect(bill)\n",
		"class Bill(Document):\n\t@frappe.whitelist()\n\tdef publish(self) -> None:\n\t\tself.submit()\n",
		"@frappe.whitelist()\ndef ask(text: str) -> None:\n\tnote(my_records(), text)\n",
		"def inner(bill):\n\treturn bill\n",
		"# lint: allow whitelist-permission: shows the time of day\n@frappe.whitelist()\ndef now() -> str:\n\treturn clock()\n",
	],
	"whitelist-guest": [
		"@frappe.whitelist(allow_guest=True)\n@rate_limit(limit=5, seconds=60)\ndef code(phone: str) -> None:\n\tsend(phone)\n",
		"@frappe.whitelist(allow_guest=True)\ndef code(phone: str) -> None:\n\tlimit(phone, 5)\n\tsend(phone)\n",
	],
	"sql-string": [
		'frappe.db.sql("select name from tabUser where name = %s", user)\n',
		'frappe.db.sql("select name " "from tabUser")\n',
		'frappe.db.sql("select name from tabUser" + " where enabled = 1")\n',
		'def read():\n\tquery = "select name from tabUser"\n\treturn frappe.db.sql(query)\n',
	],
	"commit-reason": [
		"frappe.db.commit()  # the chunk is complete, a restart goes on after it\n",
		"# the chunk is complete, a restart goes on after it\nfrappe.db.commit()\n",
	],
	"query-in-loop": [
		'for row in frappe.get_all("Unit"):\n\tadd(row)\n',
		'areas = [row.area for row in frappe.get_all("Unit")]\n',
		'for name in names:\n\tfrappe.get_cached_doc("Tariff", name)\n',
		'for kind, name in (("Unit", unit), ("Resident", who)):\n\tfrappe.db.get_value(kind, name, "project")\n',
		'for name in names:\n\tdef later():\n\t\treturn frappe.get_doc("Unit", name)\n',
		'for name in names:\n\t# lint: allow query-in-loop: three rows at most\n\tfrappe.get_doc("Unit", name)\n',
	],
	"ignore-permissions-reason": [
		"# the cashier's right was checked above; the ledger has no writers\ndoc.insert(ignore_permissions=True)\n",
		"doc.insert(ignore_permissions=False)\n",
	],
	"money-float": ["x = float(row.area)\n", "total = to_money(doc.paid_amount)\n"],
	"except-pass": [
		"try:\n\trun()\nexcept KeyError:\n\tpass\n",
		"try:\n\trun()\nexcept Exception:\n\traise Failed from None\n",
	],
	"print": ['click.echo("imported")\n'],
	"untranslated-message": [
		'frappe.throw(_("The bill is paid"))\n',
		'frappe.throw(_("Bill {0} is paid").format(name), title=_("Paid"))\n',
		"frappe.throw(message)\n",
		'frappe.throw(f"{name}: {number}")\n',
	],
	"translate-dynamic": ['_("Bill {0} is paid").format(name)\n', "_(doc.status)\n", '_("long " + "text")\n'],
}


def found(code: str, name: str = f"{APP}/registry/api.py") -> set[str]:
	return {problem.message.split(":")[0] for problem in python_problems(name, code, ast.parse(code))}


def test_every_rule_has_examples():
	assert set(BAD) == set(GOOD) == set(RULES)


@pytest.mark.parametrize(("rule", "code"), [(rule, code) for rule, codes in BAD.items() for code in codes])
def test_bad_code_is_found(rule: str, code: str):
	assert rule in found(code)


@pytest.mark.parametrize(("rule", "code"), [(rule, code) for rule, codes in GOOD.items() for code in codes])
def test_good_code_passes(rule: str, code: str):
	assert rule not in found(code)


def test_billing_has_no_flt_at_all():
	code = "x = flt(row.area)\n"
	assert "money-float" in found(code, f"{APP}/billing/run.py")
	assert "money-float" not in found(code, f"{APP}/registry/run.py")


def test_allow_comment_without_reason_allows_nothing():
	code = "x = 1\nprint(x)  # lint: allow print\n"
	assert "print" in found(code)
	assert "print" not in found(code.replace("print\n", "print: the command's output\n"))


def test_problem_names_file_and_line(bench):
	bench.app("registry/api.py", "x = 1\nprint(x)\n")
	assert bench.problems("pitfalls") == [
		f"{APP}/registry/api.py:2: print: the product does not print; use click.echo in commands and "
		"frappe.logger elsewhere"
	]


def test_tests_are_free_of_the_pitfall_rules(bench):
	bench.app("registry/doctype/resident/test_resident.py", "print(1)\n")
	bench.app("tests/factories.py", "print(1)\n")
	assert bench.problems("pitfalls") == []


def test_allow_comments_name_a_rule_and_a_reason(bench):
	bench.app(
		"api.py",
		"a = 1  # lint: allow no-such-rule: because\nb = 2  # lint: allow print\nc = 3  # lint: allow print: why\n",
	)
	bench.app(
		"public/js/a.js",
		"// eslint-disable-next-line no-alert\nalert(1);\n// eslint-disable-next-line no-alert -- shown before the desk is there\n",
	)
	assert [line.split(": ", 1)[0] for line in bench.problems("allow-comments")] == [
		f"{APP}/api.py:1",
		f"{APP}/api.py:2",
		f"{APP}/public/js/a.js:1",
	]


def test_setup_and_demo_go_document_by_document():
	code = 'print("roles")\nfor role in roles:\n\tfrappe.get_doc(role).insert()\n'
	assert found(code) == {"print", "query-in-loop"}
	for name in ("suite/setup.py", "suite/demo.py", "install.py", "patches/v1_0/add_roles.py"):
		assert found(code, f"{APP}/{name}") == set()
