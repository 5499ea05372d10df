"""A whole project from a workbook: read, checked, accepted, written, repeated, exported (D1)."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import frappe
import pytest
from openpyxl import Workbook, load_workbook

from kefu_property.registry import api, private_values
from kefu_property.registry.doctype.roster_import import roster_import
from kefu_property.registry.exceptions import RevealRefused, RosterNotReady, UnreadableRoster
from kefu_property.registry.rosters import exporter, messages, workbook
from kefu_property.rules import roster as rules
from kefu_property.suite import state
from tests.data import make_roster
from tests.factories.registry import make_home, make_project, make_resident
from tests.factories.users import as_role

DATA = Path(make_roster.__file__).parent
ROSTER = DATA / "roster_cuiyuan.xlsx"


@pytest.fixture
def project():
	return make_project().name


def book(*rows, headers=None, title="名册") -> bytes:
	"""Workbook of rows given as dicts by column."""
	columns = headers or list(dict.fromkeys(key for row in rows for key in row))
	made = Workbook()
	made.active.title = title
	made.active.append([rules.HEADERS[column][0] for column in columns])
	for row in rows:
		made.active.append([row.get(column) for column in columns])
	stream = io.BytesIO()
	made.save(stream)
	return stream.getvalue()


def attach(project: str, content: bytes, name: str = "roster.xlsx", **values):
	file = frappe.get_doc({"doctype": "File", "file_name": name, "content": content, "is_private": 1}).insert()
	return frappe.get_doc(
		{"doctype": "Roster Import", "project": project, "file": file.file_url, "as_of": "2024-06-30", **values}
	).insert()


def check(doc):
	roster_import.run_check(doc.name)
	doc.reload()
	return doc


def carry_out(project: str, content: bytes, **values):
	doc = check(attach(project, content, **values))
	assert doc.status == "Ready", doc.report
	roster_import.accept(doc.name)
	roster_import.run_import(doc.name)
	doc.reload()
	return doc


def codes(doc) -> list[str]:
	return sorted(frappe.parse_json(doc.report)["codes"])


def home(code="1-1-101", **values):
	return {
		"building": "1",
		"unit_code": code,
		"building_area": 89.53,
		"resident_name": "王甲子",
		"phone": "19900000001",
		"id_number": make_roster.citizen_number(date(1990, 1, 1), 1),
		"relation": "业主",
		"is_payer": "是",
		**values,
	}


class TestWholeProject:
	def test_import_twice_and_export(self, project, monkeypatch):
		taken = []
		monkeypatch.setattr(
			state,
			"contributions",
			lambda point: [lambda project, rows: taken.append(rows)] if point == "opening_balances" else [],
		)
		with as_role("CS Supervisor", project=project):
			doc = attach(project, ROSTER.read_bytes())
			check(doc)
			assert (doc.status, doc.error_count) == ("Ready", 0)
			assert doc.warning_count > 300
			assert not frappe.db.count("Property Unit", {"project": project}), (
				"nothing is written before it is accepted"
			)
			roster_import.accept(doc.name)
			roster_import.run_import(doc.name)
		doc.reload()
		assert (doc.status, doc.percent, doc.failure) == ("Completed", 100, None)
		assert frappe.db.count("Property Unit", {"project": project}) == 1264
		assert frappe.db.count("Property Building", {"project": project}) == 10
		assert taken and all(row["source"] == doc.name for row in taken[0])
		total = sum(row["arrears"] or 0 for row in taken[0])
		expected = sum(
			Decimal(str(row.get("arrears", 0)))
			for row in make_roster.project_rows(make_roster.random.Random(make_roster.SEED))
		)
		assert total == expected

		unpaid = frappe.db.sql(
			"""select count(*) from `tabProperty Unit` u where u.project = %s and u.state != 'Developer-held'
			and exists (select 1 from `tabUnit Occupancy` o where o.unit = u.name) and u.current_payer is null""",
			project,
		)[0][0]
		assert unpaid == 0, "every home with people has a payer"
		several = frappe.db.sql(
			"""select resident from `tabUnit Occupancy` where project = %s and relation = 'Owner'
			group by resident having count(distinct unit) > 1""",
			project,
		)
		assert len(several) > 20, "owners of two homes are one record"
		phones = frappe.get_all(
			"Resident", filters={"project": project, "phone_masked": ["is", "set"]}, pluck="phone_masked"
		)
		assert all(phone.isascii() for phone in phones), "full-width digits are normalised"

		before = frappe.db.count("Resident", {"project": project})
		again = check(attach(project, ROSTER.read_bytes(), name="again.xlsx"))
		assert (again.status, again.to_create, again.to_update) == ("Ready", 0, 0), again.report
		roster_import.accept(again.name)
		roster_import.run_import(again.name)
		assert frappe.db.count("Resident", {"project": project}) == before

		with as_role("Office Director", project=project):
			content = exporter.export(project, True, "Check of identity")
		back = check(attach(project, content, name="export.xlsx"))
		assert (back.status, back.to_create, back.to_update) == ("Ready", 0, 0), back.report
		masked = check(attach(project, exporter.export(project, False, "Check of identity"), name="masked.xlsx"))
		assert (masked.status, masked.to_create, masked.to_update) == ("Ready", 0, 0), masked.report

	def test_every_mistake_is_listed_with_row_column_and_reason(self, project):
		doc = check(attach(project, (DATA / "roster_errors.xlsx").read_bytes()))
		assert doc.status == "Has Errors"
		expected = {
			"bad_code", "bad_id", "bad_phone", "bad_share", "below_a_cent", "date_out_of_range", "differs", "ends_before_start",
			"excel_error", "formula", "id_of_other", "inner_exceeds", "lost_digits", "missing", "negative", "not_a_date", "not_a_number",
			"opening_twice", "opening_without_person", "person_twice", "share_sum", "too_large", "too_long", "two_owners", "two_payers",
			"unknown_word",
		}  # fmt: skip
		assert expected <= set(codes(doc))
		file = frappe.get_doc("File", {"attached_to_name": doc.name, "attached_to_field": "report"})
		assert file.is_private
		rows = list(load_workbook(io.BytesIO(file.get_content()), read_only=True).active.iter_rows(values_only=True))
		errors = [row for row in rows[1:] if row[3] == "Error"]
		assert len(errors) == doc.error_count
		assert all(isinstance(row[1], int) and row[2] and row[4] for row in errors)
		assert ("名册", 4, "建筑面积", "Error") in [row[:4] for row in errors]
		with pytest.raises(RosterNotReady):
			roster_import.accept(doc.name)
		assert not frappe.db.count("Property Building", {"project": project})

	def test_the_list_of_findings_repeats_no_personal_number(self, project):
		doc = check(attach(project, book(home(phone="1990000000123", id_number="330199199001010010"))))
		file = frappe.get_doc("File", {"attached_to_name": doc.name, "attached_to_field": "report"})
		text = str(list(load_workbook(io.BytesIO(file.get_content())).active.iter_rows(values_only=True))) + doc.report
		assert "1990000000123" not in text and "330199199001010010" not in text

	def test_generator_and_committed_files_agree(self):
		made = make_roster.book(make_roster.project_rows(make_roster.random.Random(make_roster.SEED)))
		assert _cells(made) == _cells(ROSTER.read_bytes())
		assert len(ROSTER.read_bytes()) < 300_000


def _cells(content: bytes) -> list[tuple]:
	return list(load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True))


class TestKeys:
	def test_an_owner_is_found_by_id_then_phone_and_name_then_name_and_home(self, project):
		carry_out(project, book(home(), home("1-1-102", is_payer="是")))
		owner = frappe.get_all("Resident", filters={"project": project}, pluck="name")
		assert len(owner) == 1
		carry_out(project, book(home("1-1-103", id_number=None)))
		carry_out(project, book(home(phone=None, id_number=None)))
		assert frappe.get_all("Resident", filters={"project": project}, pluck="name") == owner
		carry_out(project, book(home("1-1-104", phone=None, id_number=None)))
		assert frappe.db.count("Resident", {"project": project}) == 2, "a name alone in another home is another person"

	def test_same_name_and_phone_with_another_id_is_another_person(self, project):
		other = make_roster.citizen_number(date(1960, 1, 1), 2)
		carry_out(project, book(home(), home("1-1-102", id_number=other)))
		assert frappe.db.count("Resident", {"project": project}) == 2

	def test_a_new_number_replaces_the_old_one(self, project):
		carry_out(project, book(home()))
		doc = carry_out(project, book(home(phone="19900009999")))
		assert (doc.to_create, doc.to_update) == (0, 1)
		resident = frappe.get_last_doc("Resident", {"project": project})
		assert private_values.get(resident.name, private_values.PHONE) == "19900009999"
		assert (resident.phone_masked, resident.phone_last4) == ("199****9999", "9999")

	def test_empty_cells_leave_what_is_registered(self, project):
		carry_out(project, book(home(layout="三室", share="100%", from_date="2020-01-01")))
		doc = carry_out(project, book({"unit_code": "1-1-101", "building_area": 90}))
		assert (doc.to_create, doc.to_update) == (0, 1)
		unit = frappe.get_doc("Property Unit", f"{project}-1-1-101")
		assert (unit.building_area, unit.layout, unit.current_owner_name) == (90, "三室", "王甲子")

	def test_separate_sheets_are_read_like_one(self, project):
		made = Workbook()
		for title, headers, rows in (
			("楼栋", ("楼栋", "楼栋名称"), [("1", "一号楼")]),
			("房产", ("房号", "楼栋", "建筑面积(㎡)"), [("1-1-101", "1", "８９．５３㎡"), ("1-1-102", "1", 70)]),
			(
				"业主",
				("房号*", "姓名", "手机号码", "份额"),
				[("1-1-101", "王甲子", "19900000001", "1/2"), (None, "李乙丑", None, "1/2")],
			),
			("备注", ("随便",), [("x",)]),
		):
			sheet = made.create_sheet(title)
			sheet.append(headers)
			for row in rows:
				sheet.append(row)
		stream = io.BytesIO()
		made.save(stream)
		carry_out(project, stream.getvalue())
		assert frappe.db.get_value("Property Building", f"{project}-1", "building_name") == "一号楼"
		assert float(frappe.db.get_value("Property Unit", f"{project}-1-1-101", "building_area")) == 89.53
		rows = frappe.get_all(
			"Unit Occupancy",
			filters={"unit": f"{project}-1-1-101"},
			fields=["relation", "share", "is_payer"],
			order_by="is_payer desc",
		)
		assert [(row.relation, row.share, row.is_payer) for row in rows] == [("Owner", 50, 1), ("Co-owner", 50, 0)]

	def test_room_numbers_take_building_and_entrance(self, project):
		carry_out(project, book(home("301", building="5", entrance="2")))
		assert frappe.db.exists("Property Unit", f"{project}-5-2-301")

	def test_what_is_registered_is_not_contradicted(self, project):
		make_home(project, "1-1-101", owner="老业主")
		doc = check(attach(project, book(home())))
		assert "occupancy_clash" in codes(doc)
		(issue,) = frappe.parse_json(doc.report)["issues"]
		assert "老业主" in issue["text"]

	def test_a_home_stays_in_its_building(self, project):
		make_home(project, "1-1-101")
		assert "other_building" in codes(
			check(attach(project, book({"unit_code": "1-1-101", "building": "2", "layout": "x"})))
		)

	def test_opening_amounts_need_billing(self, project, monkeypatch):
		monkeypatch.setattr(state, "contributions", lambda point: [])
		assert "opening_without_billing" in codes(check(attach(project, book(home(arrears=5)))))
		assert check(attach(project, book(home(arrears=0)))).status == "Ready"


class TestHostileFiles:
	@pytest.mark.parametrize(
		"content", [b"", b"PK\x03\x04", b"no workbook", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "房号,姓名".encode("gbk")]
	)
	def test_no_workbook(self, project, content):
		with pytest.raises(UnreadableRoster):
			list(workbook.read(content))

	def test_it_is_told_in_the_document(self, project):
		doc = check(attach(project, b"PK\x03\x04 no workbook"))
		assert (doc.status, bool(doc.failure)) == ("Failed", True)

	def test_a_bomb_is_refused_before_it_is_unpacked(self):
		stream = io.BytesIO()
		with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
			package.writestr("xl/workbook.xml", "<x/>")
			with package.open("xl/worksheets/sheet1.xml", "w") as part:
				for _number in range(320):
					part.write(b"0" * 1024 * 1024)
		assert len(stream.getvalue()) < 1_000_000
		with pytest.raises(UnreadableRoster):
			list(workbook.read(stream.getvalue()))

	def test_entities_are_refused(self):
		content = self.with_part(
			book(home()), "xl/sharedStrings.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><sst/>'
		)
		with pytest.raises(UnreadableRoster):
			list(workbook.read(content))

	def test_macros_are_refused(self):
		with pytest.raises(UnreadableRoster):
			list(workbook.read(self.with_part(book(home()), "xl/vbaProject.bin", b"x")))

	def test_broken_xml_is_refused(self):
		with pytest.raises(UnreadableRoster):
			list(
				workbook.read(self.with_part(book(home()), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"))
			)

	def test_too_many_rows_are_refused(self, monkeypatch):
		monkeypatch.setattr(workbook, "MOST_ROWS", 3)
		with pytest.raises(UnreadableRoster):
			list(workbook.read(book(*(home(f"1-1-{number}") for number in range(5)))))

	def test_a_column_twice_is_refused(self):
		with pytest.raises(UnreadableRoster):
			list(workbook.read(book(home(), headers=["unit_code", "phone", "phone"])))

	@pytest.mark.parametrize(
		"url", ["https://example.com/x.xlsx", "/etc/passwd", "/private/files/../../site_config.json", ""]
	)
	def test_only_files_of_the_site(self, project, url):
		doc = frappe.get_doc({"doctype": "Roster Import", "project": project, "file": url, "as_of": "2024-06-30"})
		with pytest.raises((UnreadableRoster, frappe.MandatoryError)):
			doc.insert()

	def test_a_file_of_somebody_else_is_refused(self, project):
		secret = frappe.get_doc(
			{"doctype": "File", "file_name": "secret.xlsx", "content": b"x", "is_private": 1}
		).insert()
		with as_role("CS Supervisor", project=project), pytest.raises((UnreadableRoster, frappe.PermissionError)):
			frappe.get_doc(
				{"doctype": "Roster Import", "project": project, "file": secret.file_url, "as_of": "2024-06-30"}
			).insert()

	def test_a_public_file_becomes_private(self, project):
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "open.xlsx", "content": book(home()), "is_private": 0}
		).insert()
		doc = frappe.get_doc(
			{"doctype": "Roster Import", "project": project, "file": file.file_url, "as_of": "2024-06-30"}
		).insert()
		assert doc.file.startswith("/private/")
		assert frappe.db.get_value("File", file.name, "is_private") == 1

	def test_a_file_uploaded_to_a_new_form_stays_private(self, project):
		"""As the form does it: the upload knows only the name that the unsaved document has in the browser."""
		values = {
			"attached_to_doctype": "Roster Import",
			"attached_to_name": "new-roster-import-1",
			"attached_to_field": "file",
		}
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "new.xlsx", "content": book(home()), "is_private": 1, **values}
		).insert()
		doc = frappe.get_doc(
			{"doctype": "Roster Import", "project": project, "file": file.file_url, "as_of": "2024-06-30"}
		).insert()
		doc.reload()
		assert doc.file.startswith("/private/")
		assert set(frappe.get_all("File", filters={"file_name": file.file_name}, pluck="is_private")) == {1}
		assert check(doc).status == "Ready"

	def with_part(self, content: bytes, name: str, data: bytes) -> bytes:
		out = io.BytesIO()
		with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
			for part in old.infolist():
				if part.filename != name:
					new.writestr(part.filename, old.read(part))
			new.writestr(name, data)
		return out.getvalue()


class TestSteps:
	def test_the_findings_are_in_the_language_of_whoever_asked(self, project):
		doc = attach(project, book(home(phone="1")))
		roster_import.run_check(doc.name, "zh")
		doc.reload()
		(issue, *_others) = frappe.parse_json(doc.report)["issues"]
		assert issue["text"].startswith("不是")

	def test_a_changed_file_is_not_imported(self, project):
		doc = check(attach(project, book(home())))
		roster_import.accept(doc.name)
		doc.db_set("file_hash", "0" * 64)
		roster_import.run_import(doc.name)
		doc.reload()
		assert doc.status == "Failed"
		assert not frappe.db.count("Property Unit", {"project": project})

	def test_a_failure_leaves_nothing_behind_and_can_be_repeated(self, project, monkeypatch):
		def fail(project, rows):
			raise RuntimeError("ledger down")

		monkeypatch.setattr(state, "contributions", lambda point: [fail] if point == "opening_balances" else [])
		doc = check(attach(project, book(home(arrears=5))))
		roster_import.accept(doc.name)
		roster_import.run_import(doc.name)
		doc.reload()
		assert doc.status == "Failed"
		assert "ledger down" not in doc.failure
		assert not frappe.db.count("Property Unit", {"project": project})
		assert not frappe.db.count("Resident", {"project": project})
		monkeypatch.setattr(
			state, "contributions", lambda point: [lambda project, rows: None] if point == "opening_balances" else []
		)
		check(doc)
		roster_import.accept(doc.name)
		roster_import.run_import(doc.name)
		assert frappe.db.count("Property Unit", {"project": project}) == 1

	def test_an_accepted_import_cannot_be_changed_or_deleted(self, project):
		doc = carry_out(project, book(home()))
		doc.as_of = "2024-01-01"
		with pytest.raises(RosterNotReady):
			doc.save()
		with pytest.raises(RosterNotReady):
			roster_import.accept(doc.name)
		doc.reload()
		with pytest.raises(RosterNotReady):
			doc.delete()

	def test_a_new_file_has_to_be_checked_again(self, project):
		doc = check(attach(project, book(home())))
		assert doc.status == "Ready"
		doc.as_of = "2024-07-01"
		doc.save()
		assert (doc.status, doc.to_create) == ("Draft", 0)

	def test_an_agent_may_not_import(self, project):
		with as_role("CS Agent", project=project):
			with pytest.raises(frappe.PermissionError):
				attach(project, book(home()))
			with pytest.raises(frappe.PermissionError):
				roster_import.export_roster(project, "Check of identity")
			with pytest.raises(frappe.PermissionError):
				roster_import.download_template()

	def test_a_supervisor_of_another_project_may_not_look(self, project):
		doc = check(attach(project, book(home())))
		with as_role("CS Supervisor", project=make_project().name):
			for step in (roster_import.check, roster_import.accept, roster_import.progress):
				with pytest.raises(frappe.PermissionError):
					step(doc.name)
			with pytest.raises(frappe.PermissionError):
				roster_import.export_roster(project, "Check of identity")


class TestExport:
	def test_masked_unless_the_director_asks(self, project):
		make_resident(project)
		_unit, resident, _row = make_home(project)
		resident.new_phone = "19900003333"
		resident.save()
		with as_role("CS Supervisor", project=project):
			roster_import.export_roster(project, "Check of identity")
			assert "19900003333" not in str(_cells(frappe.response.filecontent))
			assert "199****3333" in str(_cells(frappe.response.filecontent))
			with pytest.raises(RevealRefused):
				roster_import.export_roster(project, "Check of identity", full=1)
			with pytest.raises(RevealRefused):
				roster_import.export_roster(project, "For a friend")
		with as_role("Office Director", project=project):
			roster_import.export_roster(project, "Check of identity", full=1)
			assert "19900003333" in str(_cells(frappe.response.filecontent))
		logged = frappe.get_all(
			"Personal Data Access Log", filters={"project": project, "field": "Roster Export"}, pluck="row_count"
		)
		assert logged == [1, 1]

	def test_nothing_becomes_a_formula(self):
		evil = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\x00bell\x07"]
		content = workbook.write([("s", ["a"], [[text] for text in evil])])
		sheet = load_workbook(io.BytesIO(content)).active
		assert [cell.data_type for cell in sheet["A"]] == ["s"] * 7
		with zipfile.ZipFile(io.BytesIO(content)) as package:
			assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")

	def test_the_template_is_read_as_empty(self):
		assert list(workbook.read(exporter.template())) == []


@pytest.mark.parametrize(
	("column", "value", "meant"),
	[
		("building_area", "８９．５３ ㎡", Decimal("89.53")),
		("building_area", "1,089.5", Decimal("1089.50")),
		("share", 0.5, Decimal("50.00")),
		("share", "1/3", Decimal("33.33")),
		("share", "50%", Decimal("50.00")),
		("share", 1, Decimal("100.00")),
		("from_date", "2024年3月5日", date(2024, 3, 5)),
		("from_date", "2024.3.5", date(2024, 3, 5)),
		("from_date", "20240305", date(2024, 3, 5)),
		("from_date", 45356, date(2024, 3, 5)),
		("from_date", datetime(2024, 3, 5, 8), date(2024, 3, 5)),
		("phone", 19900000001.0, "19900000001"),
		("phone", "199****0001", None),
		("is_payer", "√", "1"),
		("relation", "产权人", "Owner"),
		("arrears", 0.1 + 0.2, Decimal("0.30")),
		("unit_code", "１—２—３０１ ", "1-2-301"),
	],
)
def test_cells_as_people_write_them(column, value, meant):
	assert rules.READERS[column](value) == meant


@pytest.mark.parametrize(
	("column", "value", "code"),
	[
		("building_area", float("inf"), "not_a_number"),
		("building_area", float("nan"), "not_a_number"),
		("building_area", "1e9", "not_a_number"),
		("arrears", 10.005, "below_a_cent"),
		("arrears", "10.001", "below_a_cent"),
		("arrears", 10**12, "too_large"),
		("from_date", "2024-02-30", "not_a_date"),
		("from_date", "5/3", "not_a_date"),
		("share", 0, "bad_share"),
		("share", "1/0", "not_a_number"),
		("id_number", 3.30199199001011e17, "lost_digits"),
		("phone", "=A1", "formula"),
		("unit_code", "1;drop", "bad_code"),
	],
)
def test_cells_that_cannot_be_meant(column, value, code):
	with pytest.raises(rules.CellError) as found:
		rules.READERS[column](value)
	assert found.value.code == code


def test_every_code_has_words():
	import inspect
	import re

	from kefu_property.registry.rosters import plan

	source = inspect.getsource(rules) + inspect.getsource(plan)
	used = set(re.findall(r'CellError\("(\w+)"', source)) | set(re.findall(r'(?:ERROR|WARNING), "(\w+)"', source))
	assert used and used <= set(messages.words())


def test_payers_of_an_imported_project_reach_billing(project):
	carry_out(project, book(home(from_date="2024-01-01")))
	assert [row.unit for row in api.payers(project, "2024-06-01", "2024-06-30")] == [f"{project}-1-1-101"]
