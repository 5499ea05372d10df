"""Makes the rosters of this folder: `python -m tests.data.make_roster`.

`roster_cuiyuan.xlsx` is a whole project with the irregularities of real lists and no errors; `roster_errors.xlsx` has one of
each error. All persons are invented: names of heavenly stems and earthly branches, phones of 1990000…, ID numbers of a
district that does not exist (330199) with right check digits. Seed and dates are fixed: the same bytes every time.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from kefu_property.rules import chinese_id
from kefu_property.rules.roster import COLUMNS, HEADERS

HERE = Path(__file__).parent
SEED = 20240601
AS_OF = date(2024, 6, 30)
SHEET = "名册"
FIXED = datetime(2024, 6, 30, 12, 0, 0)

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
FOREIGNERS = (
	"Alex Sample",
	"Maria Muster",
	"Jean-Luc Exemple",
	"Иван Пример",
	"例 花子",
	"O'Test, Fiona",
	"José Ejemplo",
)
LAYOUTS = {89.53: "三室两厅", 118.07: "四室两厅", 67.21: "两室一厅", 142.88: "四室两厅两卫"}


class People:
	"""Invented persons, each with an own phone and ID number."""

	def __init__(self, chance: random.Random):
		self.chance, self.number = chance, 0

	def phone(self) -> str:
		return f"1990000{self.number:04d}"

	def make(self) -> dict:
		self.number += 1
		name = self.chance.choice(SURNAMES) + self.chance.choice(STEMS) + self.chance.choice(BRANCHES)
		born = date(1950, 1, 1) + timedelta(days=self.chance.randrange(18000))
		return {"resident_name": name, "phone": self.phone(), "id_number": citizen_number(born, self.number)}

	def foreigner(self) -> dict:
		self.number += 1
		return {
			"resident_name": FOREIGNERS[self.number % len(FOREIGNERS)],
			"phone": f"+4420794600{self.number % 100:02d}" if self.number % 2 else self.phone(),
			"id_type": "护照",
			"id_number": f"X{self.number:08d}",
		}

	def company(self) -> dict:
		self.number += 1
		first = f"91330199MA{self.number:07d}"
		return {
			"resident_name": f"虚构{self.chance.choice(STEMS)}{self.number}商贸有限公司",
			"phone": f"0571-8800{self.number:04d}",
			"id_type": "营业执照",
			"id_number": first + chinese_id.credit_check_character(first),
		}


def citizen_number(born: date, number: int) -> str:
	"""ID number with right check digit in a district that does not exist."""
	first = f"330199{born:%Y%m%d}{number % 1000:03d}"
	return first + chinese_id.citizen_check_digit(first)


def project_rows(chance: random.Random) -> list[dict]:
	"""Rows of the whole project, one person each; homes without people have one row."""
	people, rows, earlier = People(chance), [], []
	for unit in units(chance):
		if unit["unit_type"] == "住宅":
			rows += home(chance, people, unit, earlier)
		elif unit["unit_type"] in ("商铺", "写字间"):
			owner = people.company() if chance.random() < 0.4 else people.make()
			rows.append(
				{**unit, **owner, "relation": "业主", "from_date": "2020-05-01", "is_payer": "是", "state": "自住"}
			)
			if chance.random() < 0.3:
				rows[-1]["is_payer"] = "否"
				rows[-1]["state"] = "出租"
				tenant = {**people.company(), "relation": "租户", "from_date": date(2023, 9, 1), "is_payer": "是"}
				rows.append({"unit_code": unit["unit_code"], **tenant})
		elif earlier and chance.random() < 0.8:
			rows.append(
				{**unit, **chance.choice(earlier), "relation": "业主", "from_date": date(2020, 3, 1), "is_payer": "是"}
			)
		else:
			rows.append(unit)
	openings(chance, rows)
	untidy(chance, rows)
	return rows


def units(chance: random.Random):
	for building in range(1, 9):
		for entrance in (1, 2):
			for floor in range(1, 19):
				for room, area in enumerate(LAYOUTS, start=1):
					yield {
						"building": str(building),
						"entrance": str(entrance),
						"floor": str(floor),
						"unit_code": f"{building}-{entrance}-{floor}{room:02d}",
						"unit_type": "住宅",
						"layout": LAYOUTS[area],
						"building_area": area,
						"inner_area": round(area * 0.81, 2),
						"handover_date": date(2019, 6, 30),
					}
	for number in range(1, 33):
		area = round(chance.uniform(11, 460) + chance.choice((0.07, 0.33, 0.91)), 2)
		yield {
			"building": "S",
			"floor": "1",
			"unit_code": f"S-{number:02d}",
			"unit_type": "商铺",
			"building_area": area,
		}
	for number in range(1, 9):
		yield {
			"building": "S",
			"floor": "3",
			"unit_code": f"S-3{number:02d}",
			"unit_type": "写字间",
			"building_area": 55.5 + number,
		}
	for number in range(1, 61):
		yield {
			"building": "P",
			"floor": "-1",
			"unit_code": f"P-{number:03d}",
			"unit_type": "车位",
			"building_area": 12.72,
		}
	for number in range(1, 13):
		yield {
			"building": "P",
			"floor": "-2",
			"unit_code": f"P-C{number:02d}",
			"unit_type": "储藏室",
			"building_area": 6.4,
		}


def home(chance: random.Random, people: People, unit: dict, earlier: list[dict]) -> list[dict]:
	"""One home with the people in it: alone, shared, let, with family, of somebody who has one already, or unsold."""
	luck = chance.random()
	if luck < 0.04:
		return [{**unit, "state": "开发商持有"}]
	moved_in = date(2019, 7, 1) + timedelta(days=chance.randrange(1500))
	owner = (
		people.foreigner()
		if 0.04 <= luck < 0.06
		else chance.choice(earlier)
		if earlier and luck < 0.09
		else people.make()
	)
	if "id_type" not in owner:
		earlier.append(dict(owner))
	first = {**unit, **owner, "relation": "业主", "from_date": moved_in, "is_payer": "是", "state": "自住"}
	rows = [first]
	if luck > 0.93:
		share = chance.choice((("50%", "1/2"), ("70%", "30%"), (0.5, 0.5), (60, 40)))
		first["share"] = share[0]
		rows.append(
			{
				"unit_code": unit["unit_code"],
				**people.make(),
				"relation": "共有人",
				"share": share[1],
				"from_date": moved_in,
			}
		)
	elif luck > 0.87:
		first["state"], first["is_payer"] = "出租", chance.choice(("是", "否"))
		tenant = {
			**people.make(),
			"relation": "租户",
			"from_date": date(2024, 1, 1),
			"is_payer": "否" if first["is_payer"] == "是" else "是",
		}
		rows.append({"unit_code": unit["unit_code"], **tenant})
	elif luck > 0.75:
		relative = people.make()
		rows.append(
			{
				"unit_code": unit["unit_code"],
				"resident_name": relative["resident_name"],
				"relation": chance.choice(("配偶", "子女", "家属")),
			}
		)
	elif luck > 0.70:
		first["state"] = chance.choice(("空置", "装修中"))
	return rows


def openings(chance: random.Random, rows: list[dict]) -> None:
	for row in rows:
		if "building" in row and row.get("resident_name"):
			luck = chance.random()
			if luck < 0.1:
				row["arrears"] = round(chance.uniform(50, 2600), 2)
			elif luck < 0.13:
				row["prepayment"] = chance.choice((500, 1000, 1200.5))


def untidy(chance: random.Random, rows: list[dict]) -> None:
	"""What hands do to lists: numbers missing, full-width digits, spaces, units in cells, dates as text, merged cells."""
	wide = str.maketrans("0123456789", "０１２３４５６７８９")
	for row in rows:
		if "building" not in row and chance.random() < 0.5:
			row.pop("unit_code")  # the cell is merged with the one above
		luck = chance.random()
		if luck < 0.08:
			row.pop("phone", None)
		elif luck < 0.13:
			row.pop("id_number", None)
			row.pop("id_type", None)
		elif luck < 0.16 and row.get("phone"):
			row["phone"] = row["phone"].translate(wide)
		elif luck < 0.20 and row.get("phone", "").isdecimal():
			row["phone"] = int(row["phone"])
		elif luck < 0.24 and row.get("resident_name"):
			row["resident_name"] = f" {row['resident_name']}\u3000"
		elif luck < 0.27 and row.get("building_area"):
			row["building_area"] = f"{row['building_area']}㎡"
		elif luck < 0.30 and isinstance(row.get("from_date"), date):
			row["from_date"] = f"{row['from_date'].year}年{row['from_date'].month}月{row['from_date'].day}日"
		elif luck < 0.33 and row.get("phone", "").startswith("199"):
			row["phone"] = f"+86 {row['phone'][:3]}-{row['phone'][3:7]}-{row['phone'][7:]}"


def error_rows() -> list[dict]:
	"""One row per error that a check can find; each home is right but for one thing."""
	people = People(random.Random(1))

	def row(code: str, **values) -> dict:
		person = people.make()
		return {
			"building": "9",
			"unit_code": f"9-1-{code}",
			"building_area": 80,
			**person,
			"relation": "业主",
			"is_payer": "是",
			**values,
		}

	bad_id = people.make()["id_number"]
	bad_id = bad_id[:-1] + ("1" if bad_id[-1] != "1" else "2")
	twin = people.make()
	return [
		row("101", building_area="=B2*2"),
		row("102", building_area="#REF!"),
		row("103", building_area="约八十"),
		row("104", building_area=-5),
		row("105", building_area=1e309),
		row("106", building_area="1e309"),
		row("107", building_area=80000),
		row("108", inner_area=95),
		row("109", phone="12345"),
		row("110", id_number=bad_id),
		row("111", id_number=330199199001010000),
		row("112", relation="邻居"),
		row("113", share="150%"),
		row("114", from_date="去年"),
		row("115", from_date=date(1900, 1, 1)),
		row("116", from_date="2024-02-01", to_date="2024-01-01"),
		row("117"),
		row("117", relation="共有人"),
		row("118", share="60%"),
		row("118", share="60%", relation="共有人", is_payer=None),
		row("119"),
		row("119", is_payer=None),
		row("120", **twin),
		row("120", **{**twin, "is_payer": None}),
		row("121", **{**twin, "resident_name": "王别名"}),
		row("122", resident_name=None),
		row("123", resident_name="长" * 200),
		row("124", arrears=10.005),
		row("125", arrears=5),
		row("125", arrears=6, relation="家属", is_payer=None, building_area=None),
		row("126", building_area=70),
		row("126", building_area=71, relation="家属", is_payer=None),
		{"building": "9", "unit_code": "9-1-127", "building_area": 66, "arrears": 12},
		{"resident_name": "无房号", "phone": people.phone()},
		row("1/28"),
	]


def book(rows: list[dict], start_with_person_without_home: bool = False) -> bytes:
	workbook = Workbook()
	sheet = workbook.active
	sheet.title = SHEET
	sheet.append(["翠园小区业主名册"])
	sheet.append([HEADERS[column][0] + (" *" if column == "unit_code" else "") for column in COLUMNS])
	if start_with_person_without_home:
		rows = [
			*(row for row in rows if row.get("resident_name") == "无房号"),
			*(row for row in rows if row.get("resident_name") != "无房号"),
		]
	for row in rows:
		sheet.append([_cell(row.get(column)) for column in COLUMNS])
	workbook.properties.created = workbook.properties.modified = FIXED
	workbook.properties.creator = "make_roster"
	stream = io.BytesIO()
	workbook.save(stream)
	return same_bytes(stream.getvalue())


def _cell(value):
	return "1e309" if value == float("inf") else value


def same_bytes(content: bytes) -> bytes:
	"""The workbook without the times of its making."""
	out = io.BytesIO()
	with (
		zipfile.ZipFile(io.BytesIO(content)) as old,
		zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
	):
		for part in old.infolist():
			data = old.read(part)
			if part.filename == "docProps/core.xml":
				data = re.sub(rb">[0-9T:.-]+Z</dcterms:modified>", b">2024-06-30T12:00:00Z</dcterms:modified>", data)
			new.writestr(zipfile.ZipInfo(part.filename, FIXED.timetuple()[:6]), data, zipfile.ZIP_DEFLATED, 9)
	return out.getvalue()


def main() -> None:
	(HERE / "roster_cuiyuan.xlsx").write_bytes(book(project_rows(random.Random(SEED))))
	(HERE / "roster_errors.xlsx").write_bytes(book(error_rows(), start_with_person_without_home=True))


if __name__ == "__main__":
	main()
