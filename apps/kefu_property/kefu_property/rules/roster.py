"""Rosters of a project as offices keep them: rows of cells become units and people, every mistake listed (D1).

No database and no workbook here: `assemble` takes rows that were read from sheets and returns what they say, with
issues. Messages are codes; the caller has the words. Sources of irregularity that are expected: full-width digits,
trailing spaces, merged cells (empty below the first row), numbers stored as text and text stored as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from kefu_property.rules import chinese_id
from kefu_property.rules.money import D, NotAnAmount
from kefu_property.rules.occupancy import CO_OWNER, DEVELOPER, FAMILY, OWNER, TENANT
from kefu_property.rules.personal_data import (
	clean_text,
	is_empty_word,
	is_phone,
	name_key,
	normalise_id,
	normalise_phone,
)

#: square metres; nothing in a residential project is larger
LARGEST_AREA = 50000
LONGEST_TEXT = 140
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)
EXCEL_EPOCH = date(1899, 12, 30)

#: column → header of the template, then other headers under which offices know it
HEADERS: dict[str, tuple[str, ...]] = {
	"building": ("楼栋", "楼号", "栋号", "楼幢", "幢号", "building"),
	"building_name": ("楼栋名称", "building name"),
	"building_kind": ("楼栋类别", "building kind"),
	"entrance": ("单元", "单元号", "entrance"),
	"floor": ("楼层", "层", "所在楼层", "floor"),
	"unit_code": ("房号", "房间号", "室号", "房产编号", "unit code", "unit"),
	"unit_type": ("房产类型", "类型", "物业类型", "unit type"),
	"layout": ("房型", "户型", "layout"),
	"building_area": ("建筑面积", "面积", "产权面积", "building area"),
	"inner_area": ("套内面积", "使用面积", "inner area"),
	"state": ("使用状态", "状态", "房屋状态", "unit state"),
	"handover_date": ("交付日期", "交房日期", "hand-over date"),
	"resident_name": ("业主姓名", "姓名", "住户姓名", "客户名称", "name"),
	"phone": ("手机", "电话", "联系电话", "手机号", "手机号码", "phone"),
	"id_type": ("证件类型", "kind of id"),
	"id_number": ("证件号", "证件号码", "身份证号", "身份证号码", "id number"),
	"relation": ("关系", "与房产关系", "身份", "relation"),
	"share": ("份额", "产权份额", "share"),
	"from_date": ("入住日期", "起始日期", "from"),
	"to_date": ("截止日期", "迁出日期", "last day"),
	"is_payer": ("缴费人", "是否缴费人", "payer"),
	"arrears": ("期初欠费", "欠费", "opening arrears"),
	"prepayment": ("预存", "预收", "期初预存", "prepayment"),
}
COLUMNS = tuple(HEADERS)
UNIT_COLUMNS = (
	"building",
	"entrance",
	"floor",
	"unit_code",
	"unit_type",
	"layout",
	"building_area",
	"inner_area",
	"state",
	"handover_date",
)
OPENING_COLUMNS = ("arrears", "prepayment")

UNIT_TYPES = {
	"Dwelling": ("住宅", "住房", "公寓", "别墅", "dwelling"),
	"Shop": ("商铺", "商业", "店铺", "门面", "shop"),
	"Office": ("写字间", "写字楼", "办公", "办公室", "office"),
	"Parking": ("车位", "车库", "停车位", "parking"),
	"Storage": ("储藏室", "储藏间", "地下室", "storage"),
}
STATES = {
	"Developer-held": ("开发商持有", "未售", "未交付", "developer-held"),
	"Vacant": ("空置", "未入住", "vacant"),
	"Occupied": ("自住", "已入住", "入住", "occupied"),
	"Renovating": ("装修中", "装修", "renovating"),
	"Let": ("出租", "已出租", "租赁", "let"),
}
RELATION_WORDS = {
	OWNER: ("业主", "产权人", "房主", "户主", "owner"),
	CO_OWNER: ("共有人", "共有", "共同共有", "按份共有", "co-owner"),
	TENANT: ("租户", "承租人", "租客", "租赁户", "tenant"),
	FAMILY: ("家属", "家庭成员", "配偶", "子女", "父母", "family"),
	DEVELOPER: ("开发商", "developer"),
}
BUILDING_KINDS = {
	"Residential": ("住宅楼", "住宅", "residential"),
	"Commercial": ("商业楼", "商业", "commercial"),
	"Office Building": ("办公楼", "写字楼", "office building"),
	"Garage": ("车库", "garage"),
	"Mixed": ("综合楼", "mixed"),
}
ID_WORDS = {
	chinese_id.RESIDENT_ID: ("居民身份证", "身份证", "resident id card"),
	chinese_id.PASSPORT: ("护照", "passport"),
	chinese_id.HK_MACAO_PERMIT: ("港澳居民来往内地通行证", "港澳通行证", "回乡证", "hong kong and macao permit"),
	chinese_id.TAIWAN_PERMIT: ("台湾居民来往大陆通行证", "台胞证", "taiwan permit"),
	chinese_id.FOREIGNER_CARD: ("外国人永久居留证", "foreigner residence card"),
	chinese_id.CREDIT_CODE: ("统一社会信用代码", "营业执照", "unified social credit code"),
	chinese_id.OTHER: ("其他", "other"),
}
YES_NO = {
	"1": ("是", "y", "yes", "true", "1", "√", "✓", "✔", "缴费人"),
	"0": ("否", "n", "no", "false", "0", "×", "x", "✗"),
}
WORDS = {
	"unit_type": UNIT_TYPES,
	"state": STATES,
	"relation": RELATION_WORDS,
	"building_kind": BUILDING_KINDS,
	"id_type": ID_WORDS,
	"is_payer": YES_NO,
}
COMPANY = re.compile(
	r"(公司|中心|集团|银行|事务所|合作社|居委会|管理处|工作室|商行|ltd\.?|llc|inc\.?|gmbh)$", re.IGNORECASE
)

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Issue:
	"""One finding: where, how serious, a code for the message, and what the message names."""

	sheet: str
	row: int
	column: str
	level: str
	code: str
	detail: str = ""


@dataclass
class Place:
	"""Where a record was read first."""

	sheet: str
	row: int


@dataclass
class Person:
	"""One line about a person and one home. `values` holds resident and occupancy columns that were given."""

	place: Place
	values: dict[str, Any]


@dataclass
class Unit:
	place: Place
	code: str
	building: str
	values: dict[str, Any]
	people: list[Person] = field(default_factory=list)
	#: None is not given, which differs from zero when a roster is imported again
	arrears: Decimal | None = None
	prepayment: Decimal | None = None
	opening_place: Place | None = None


@dataclass
class Roster:
	buildings: dict[str, dict[str, Any]] = field(default_factory=dict)
	units: dict[str, Unit] = field(default_factory=dict)
	issues: list[Issue] = field(default_factory=list)
	rows: int = 0

	def errors(self) -> list[Issue]:
		return [issue for issue in self.issues if issue.level == ERROR]


class CellError(ValueError):
	"""A cell cannot mean what its column needs; `code` names why."""

	def __init__(self, code: str, detail: str = ""):
		super().__init__(code)
		self.code, self.detail = code, detail


def header_column(cell: object) -> str | None:
	"""Column that a header names: units in brackets, stars of required columns and spaces do not count."""
	text = clean_text(cell).casefold()
	text = re.sub(r"[(\[].*?[)\]]|[*:]", "", text).strip()
	compact = text.replace(" ", "")
	return _BY_HEADER.get(text) or _BY_HEADER.get(compact)


_BY_HEADER = {word.casefold(): column for column, words in HEADERS.items() for word in words}
_BY_WORD = {
	column: {word: value for value, words in table.items() for word in words} for column, table in WORDS.items()
}


def header_row(cells: Sequence[object]) -> dict[int, str] | None:
	"""Map of position to column when this is the row of headers: it names a home or building and one thing more."""
	found = {position: column for position, cell in enumerate(cells) if (column := header_column(cell))}
	names = set(found.values())
	return found if len(names) >= 2 and names & {"unit_code", "building"} else None


# -- single cells ------------------------------------------------------------------------------------------------------


def text_of(value: object) -> str:
	"""Cleaned text of a cell. Raises CellError for formulas, Excel's own error values and text beyond reason."""
	if isinstance(value, bool):
		return "1" if value else "0"
	if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
		value = int(value)
	text = clean_text(value.isoformat() if isinstance(value, date | datetime) else value)
	if text.startswith("="):
		raise CellError("formula")
	if re.fullmatch(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", text):
		raise CellError("excel_error", text)
	if len(text) > LONGEST_TEXT:
		raise CellError("too_long")
	return "" if is_empty_word(text) else text


def number_of(value: object, largest: int | None = None) -> Decimal | None:
	"""Decimal of a cell, None when empty. Raises CellError for text, infinity, negative or too large numbers."""
	text = text_of(value)
	if not text:
		return None
	text = re.sub(r"(平方米|m2|㎡|元)$", "", text, flags=re.IGNORECASE).strip().lstrip("¥")
	if re.search(r"e[+-]?\d", text, re.IGNORECASE) and not isinstance(value, float):
		raise CellError("not_a_number", text[:20])
	try:
		number = D(text)
	except NotAnAmount:
		raise CellError("not_a_number", text[:20]) from None
	if number < 0:
		raise CellError("negative", text[:20])
	if largest is not None and number > largest:
		raise CellError("too_large", str(largest))
	return number


def area_of(value: object) -> Decimal | None:
	number = number_of(value, LARGEST_AREA)
	return None if number is None else number.quantize(Decimal("0.01"))


def money_of(value: object) -> Decimal | None:
	number = number_of(value, 10**9)
	if number is None:
		return None
	if number != number.quantize(Decimal("0.01")):
		# a float of a spreadsheet shows 0.1 + 0.2 as 0.30000000000000004; a third decimal that is meant is refused
		if not isinstance(value, float) or abs(number - round(number, 2)) > Decimal("1e-6"):
			raise CellError("below_a_cent", str(number)[:20])
		number = round(number, 2)
	return number.quantize(Decimal("0.01"))


def date_of(value: object) -> date | None:
	"""Date of a cell: a date, `2024-3-5`, `2024/3/5`, `2024.3.5`, `2024年3月5日`, `20240305`, or a day number."""
	if isinstance(value, datetime):
		found = value.date()
	elif isinstance(value, date):
		found = value
	else:
		text = text_of(value)
		if not text:
			return None
		match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?( 00:00(:00)?)?", text) or re.fullmatch(
			r"(\d{4})(\d{2})(\d{2})()", text
		)
		try:
			if match:
				found = date(int(match[1]), int(match[2]), int(match[3]))
			elif re.fullmatch(r"\d{5}", text):
				found = EXCEL_EPOCH + timedelta(days=int(text))
			else:
				raise ValueError
		except ValueError:
			raise CellError("not_a_date", text[:20]) from None
	if not EARLIEST <= found <= LATEST:
		raise CellError("date_out_of_range", found.isoformat())
	return found


def share_of(value: object) -> Decimal | None:
	"""Percent of a share written as 50, 0.5, 50% or 1/2."""
	text = text_of(value)
	if not text:
		return None
	fraction = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
	if fraction and int(fraction[2]):
		share = Decimal(100) * int(fraction[1]) / int(fraction[2])
	else:
		number = number_of(text.removesuffix("%"))
		assert number is not None
		share = number * 100 if number <= 1 and not text.endswith("%") else number
	if not 0 < share <= 100:
		raise CellError("bad_share", text[:20])
	return share.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


def word_of(column: str, value: object) -> str | None:
	"""Option that a word of the column stands for."""
	text = text_of(value).casefold()
	if not text:
		return None
	found = _BY_WORD[column].get(text)
	if found is None:
		raise CellError("unknown_word", "、".join(words[0] for words in WORDS[column].values()))
	return found


def phone_of(value: object) -> str | None:
	text = text_of(value)
	if not text:
		return None
	if "*" in text:
		return None  # masked by an export: the registered number stays
	phone = normalise_phone(text)
	if not is_phone(phone):
		raise CellError("bad_phone")
	return phone


def id_number_of(value: object) -> str | None:
	if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**15:
		raise CellError("lost_digits")
	text = text_of(value)
	if "*" in text:
		return None  # masked by an export: the registered number stays
	if re.fullmatch(r"\d(\.\d+)?E\+\d+", text, re.IGNORECASE):
		raise CellError("lost_digits")
	return normalise_id(text) or None


def code_of(value: object) -> str:
	"""Code of a building or part of a home's code: `１号楼` stays a name, hyphens are made one kind."""
	text = text_of(value)
	text = re.sub(r"[—–－‐‑~]", "-", text).replace(" ", "")
	if text and not re.fullmatch(r"[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff_.-]*", text):
		raise CellError("bad_code", text[:20])
	return text


READERS = {
	"building": code_of,
	"unit_code": code_of,
	"entrance": code_of,
	"building_area": area_of,
	"inner_area": area_of,
	"arrears": money_of,
	"prepayment": money_of,
	"handover_date": date_of,
	"from_date": date_of,
	"to_date": date_of,
	"share": share_of,
	"phone": phone_of,
	"id_number": id_number_of,
	**{column: (lambda value, column=column: word_of(column, value)) for column in WORDS},
}


# -- rows --------------------------------------------------------------------------------------------------------------


def assemble(rows: Iterable[tuple[str, int, Mapping[str, object]]]) -> Roster:
	"""Put rows `(sheet, row number, {column: cell})` together to buildings, units and people.

	One flat sheet and separate sheets for buildings, homes and owners are read alike: a row says about a building, a
	home or a person what its columns hold. A row with a person but without a code goes on with the home above it.
	"""
	roster = Roster()
	above: dict[str, str] = {}
	building_above: dict[str, str] = {}
	for sheet, number, cells in rows:
		roster.rows += 1
		place = Place(sheet, number)
		values, unreadable = _read(roster, place, cells)
		if "unit_code" in unreadable or "building" in unreadable:
			continue
		building = values.pop("building", None)
		code = _unit_code(roster, place, building, values, above, building_above)
		person_values = {key: values[key] for key in PERSON_COLUMNS if key in values}
		if code:
			building = building or _building_of(code)
			above[sheet] = code
		if building:
			building_above[sheet] = building
			_take_building(roster, place, building, values)
		if code and building:
			unit = _take_unit(roster, place, code, building, values)
			_take_opening(roster, place, unit, values)
			if "resident_name" not in unreadable:
				_take_person(roster, place, unit, person_values)
		elif person_values.get("resident_name"):
			_report(roster, place, "unit_code", ERROR, "missing")
	for unit in roster.units.values():
		_finish(roster, unit)
	return roster


PERSON_COLUMNS = (
	"resident_name",
	"phone",
	"id_type",
	"id_number",
	"relation",
	"share",
	"from_date",
	"to_date",
	"is_payer",
)


def _report(roster: Roster, place: Place, column: str, level: str, code: str, detail: object = "") -> None:
	roster.issues.append(Issue(place.sheet, place.row, column, level, code, str(detail)))


def _read(roster: Roster, place: Place, cells: Mapping[str, object]) -> tuple[dict[str, Any], set[str]]:
	"""Values of the cells that could be read, and the columns of those that could not."""
	values, unreadable = {}, set()
	for column, cell in cells.items():
		if cell is None:
			continue
		try:
			value = READERS.get(column, text_of)(cell)
		except CellError as error:
			_report(roster, place, column, ERROR, error.code, error.detail)
			unreadable.add(column)
			continue
		if value not in (None, ""):
			values[column] = value
	return values, unreadable


def _unit_code(
	roster: Roster, place: Place, building: str | None, values: dict, above: dict, building_above: dict
) -> str | None:
	room = values.pop("unit_code", None)
	if room is None:
		if values.get("resident_name") and above.get(place.sheet):
			_report(roster, place, "unit_code", WARNING, "taken_from_above", above[place.sheet])
			return above[place.sheet]
		if set(values) & {"building_area", "layout", "unit_type", "arrears", "prepayment"}:
			_report(roster, place, "unit_code", ERROR, "missing")
		return None
	values.setdefault("room", room.rsplit("-", 1)[-1])
	if "-" in room:
		return room
	if building is None:
		building = building_above.get(place.sheet)
		if building is None:
			_report(roster, place, "building", ERROR, "missing")
			return None
		_report(roster, place, "building", WARNING, "taken_from_above", building)
	return "-".join(part for part in (building, values.get("entrance"), room) if part)


def _building_of(code: str) -> str:
	return code.split("-", 1)[0]


def _take_building(roster: Roster, place: Place, building: str, values: dict) -> None:
	facts = roster.buildings.setdefault(building, {"place": place})
	for column in ("building_name", "building_kind"):
		value = values.pop(column, None)
		if value:
			facts.setdefault(column, value)


def _take_unit(roster: Roster, place: Place, code: str, building: str, values: dict) -> Unit:
	given = {column: values[column] for column in (*UNIT_COLUMNS, "room") if column in values}
	unit = roster.units.get(code)
	if unit is None:
		unit = roster.units[code] = Unit(place, code, building, given)
		return unit
	if unit.building != building:
		_report(roster, place, "building", ERROR, "differs", f"{unit.place.row}: {unit.building}")
	for column, value in given.items():
		if column == "room":
			continue
		if unit.values.setdefault(column, value) != value:
			_report(roster, place, column, ERROR, "differs", f"{unit.place.row}: {unit.values[column]}")
	return unit


def _take_opening(roster: Roster, place: Place, unit: Unit, values: dict) -> None:
	arrears, prepayment = values.get("arrears"), values.get("prepayment")
	if arrears is None and prepayment is None:
		return
	if unit.opening_place:
		if arrears or prepayment:
			column = "arrears" if arrears else "prepayment"
			_report(roster, place, column, ERROR, "opening_twice", unit.opening_place.row)
		return
	unit.arrears, unit.prepayment, unit.opening_place = arrears, prepayment, place


def _take_person(roster: Roster, place: Place, unit: Unit, values: dict) -> None:
	if not values.get("resident_name"):
		if set(values) - {"is_payer"}:
			_report(roster, place, "resident_name", ERROR, "missing")
		return
	name = values["resident_name"]
	values["resident_type"] = (
		DEVELOPER if values.get("relation") == DEVELOPER else "Company" if COMPANY.search(name) else "Person"
	)
	number = values.get("id_number")
	if number:
		values.setdefault("id_type", chinese_id.guess_type(number))
		if not chinese_id.is_valid(values["id_type"], number):
			_report(roster, place, "id_number", ERROR, "bad_id", values["id_type"])
	else:
		values.pop("id_type", None)
	start, end = values.get("from_date"), values.get("to_date")
	if start and end and end < start:
		_report(roster, place, "to_date", ERROR, "ends_before_start", start)
	if not values.get("phone"):
		_report(roster, place, "phone", WARNING, "no_phone")
	if not number:
		_report(roster, place, "id_number", WARNING, "no_id")
	unit.people.append(Person(place, values))


def _finish(roster: Roster, unit: Unit) -> None:
	"""What can be judged only when all rows of a home are known."""
	area, inner = unit.values.get("building_area"), unit.values.get("inner_area")
	if not area and unit.values.get("unit_type", "Dwelling") in ("Dwelling", "Shop", "Office"):
		_report(roster, unit.place, "building_area", WARNING, "no_area")
	if area and inner and inner > area:
		_report(roster, unit.place, "inner_area", ERROR, "inner_exceeds", area)
	_assume_relations(roster, unit)
	_check_persons(roster, unit)
	payers = [person for person in unit.people if person.values.get("is_payer") == "1"]
	for extra in payers[1:]:
		_report(roster, extra.place, "is_payer", ERROR, "two_payers", payers[0].values["resident_name"])
	if unit.opening_place and not unit.people:
		if unit.arrears or unit.prepayment:
			_report(roster, unit.opening_place, "resident_name", ERROR, "opening_without_person")
		unit.opening_place = None


def _assume_relations(roster: Roster, unit: Unit) -> None:
	has_owner = any(person.values.get("relation") in (OWNER, DEVELOPER) for person in unit.people)
	for person in unit.people:
		if person.values.get("relation"):
			continue
		relation = OWNER if not has_owner else CO_OWNER if person.values.get("share") else FAMILY
		has_owner = True
		person.values["relation"] = relation
		if relation != OWNER or len(unit.people) > 1:
			_report(roster, person.place, "relation", WARNING, "relation_assumed", RELATION_WORDS[relation][0])


def _check_persons(roster: Roster, unit: Unit) -> None:
	seen: dict[tuple, Person] = {}
	owners: list[Person] = []
	total = Decimal(0)
	for person in unit.people:
		key = (person.values.get("id_number") or name_key(person.values["resident_name"]), person.values["relation"])
		if key in seen:
			_report(roster, person.place, "resident_name", ERROR, "person_twice", seen[key].place.row)
		seen.setdefault(key, person)
		if person.values.get("to_date"):
			continue
		if person.values["relation"] == OWNER:
			owners.append(person)
		if person.values["relation"] in (OWNER, CO_OWNER):
			total += person.values.get("share") or 0
			if total > 100:
				_report(roster, person.place, "share", ERROR, "share_sum", total)
	for extra in owners[1:]:
		_report(roster, extra.place, "relation", ERROR, "two_owners", owners[0].values["resident_name"])


def state_of(unit: Unit) -> str:
	"""State of a new home for which the roster names none."""
	relations = {person.values["relation"] for person in unit.people if not person.values.get("to_date")}
	if TENANT in relations:
		return "Let"
	if relations & {OWNER, CO_OWNER}:
		moved_in = any(person.values.get("from_date") for person in unit.people)
		return "Occupied" if moved_in else "Vacant"
	return "Developer-held"
