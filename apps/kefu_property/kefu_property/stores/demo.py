"""Demo data: a store with half a year of movements, papers that wait, assets of every state."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, add_months, get_first_day, today

from kefu_property.suite.demo import user_of

# code, name, category, unit, specification, barcode, list price, minimum, reorder quantity
ITEMS = (
	("DG-LED12", "LED灯管", "Spare Part", "支", "T8 12W 白光", "6901234500011", 18, 40, 100),
	("KG-86", "墙壁开关", "Spare Part", "个", "86型 单开", "6901234500028", 9.5, 20, 50),
	("SL-DN20", "水龙头", "Spare Part", "个", "DN20 全铜", "6901234500035", 36, 10, 20),
	("FM-DN25", "闸阀", "Spare Part", "个", "DN25", "6901234500042", 58, 6, 12),
	("QS-5L", "清洁剂", "Cleaning", "桶", "5升 中性", "6901234500059", 42, 12, 24),
	("TB-60", "拖把头", "Cleaning", "个", "60厘米 棉线", "6901234500066", 12, 20, 40),
	("LJD-L", "垃圾袋", "Consumable", "包", "90×110 50只", "6901234500073", 25, 30, 60),
	("A4-80", "复印纸", "Office Supplies", "包", "A4 80克 500张", "6901234500080", 23, 20, 50),
	("ST-N95", "防尘口罩", "Labour Protection", "只", "N95", "6901234500097", 4.2, 100, 200),
	("MF-35", "干粉灭火器", "Fire and Safety", "具", "4公斤", "6901234500103", 78, 8, 16),
	("TL-20", "内墙涂料", "Building Material", "桶", "20升 白色", "6901234500110", 265, 2, 4),
	("SN-425", "水泥", "Building Material", "袋", "42.5 50公斤", "6901234500127", 28, 5, 20),
)
SUPPLIERS = (
	("华信五金机电商行", "陈国栋", "0571-88112233"),
	("洁康清洁用品公司", "刘芳", "0571-88445566"),
	("联众办公设备公司", "王海涛", "0571-88778899"),
)
DEPARTMENTS = (
	("ENG", "工程部", "Engineering Lead", 3000),
	("CLN", "环境秩序部", "Order and Cleaning Lead", 2000),
	("CS", "客户服务部", "CS Supervisor", 800),
	("ADM", "综合办公室", "Office Clerk", 600),
)
CLASSES = (
	("电子设备", "DZ", "Straight Line", 36, 5, 0),
	("办公家具", "JJ", "Straight Line", 60, 5, 0),
	("工程机具", "JX", "Double Declining", 60, 5, 12),
	("安全器材", "AQ", "Straight Line", 60, 0, 12),
)
# name, class, specification, serial number, value, months in use, custodian, place, warranty months
ASSETS = (
	("台式电脑", "电子设备", "i5 16G 512G", "PC2301", 4680, 20, "CS Agent", "客服中心前台", 36),
	("台式电脑", "电子设备", "i5 16G 512G", "PC2302", 4680, 20, "Cashier", "收费窗口", 36),
	("激光打印机", "电子设备", "A4 双面", "PR1107", 2350, 14, "Office Clerk", "综合办公室", 15),
	("对讲机（套）", "电子设备", "8台装", "DJ0508", 3200, 9, "Order and Cleaning Lead", "秩序部值班室", 12),
	("文件柜", "办公家具", "四门钢制", "", 1280, 30, "Office Clerk", "档案室", 0),
	("会议桌", "办公家具", "3.6米", "", 3600, 40, "Office Clerk", "会议室", 0),
	("管道疏通机", "工程机具", "GQ-150", "ST150-22", 5600, 18, "Technician", "工程部工具房", 24),
	("电焊机", "工程机具", "ZX7-315", "HJ315-07", 2980, 26, "Engineering Lead", "工程部工具房", 12),
	("洗地机", "工程机具", "手推式", "XD530-3", 12800, 12, "Order and Cleaning Lead", "地库保洁间", 13),
	("微型消防站器材", "安全器材", "整套", "", 8600, 11, "Order and Cleaning Lead", "消防控制室", 0),
)


def load(context: frappe._dict) -> None:
	masters()
	for project in frappe.get_all("Property Project", pluck="name"):
		if not frappe.db.exists("Material Store", {"project": project}):
			load_project(project)


def masters() -> None:
	for name, person, phone in SUPPLIERS:
		_once("Store Supplier", name, supplier_name=name, contact_person=person, phone=phone)
	for code, name, category, unit, specification, barcode, price, minimum, reorder in ITEMS:
		_once(
			"Store Item",
			code,
			item_code=code,
			item_name=name,
			category=category,
			unit=unit,
			specification=specification,
			barcode=barcode,
			list_price=price,
			min_quantity=minimum,
			reorder_quantity=reorder,
			supplier=SUPPLIERS[1 if category == "Cleaning" else 0][0],
		)
	for name, prefix, method, life, salvage, inspection in CLASSES:
		_once(
			"Fixed Asset Class",
			name,
			class_name=name,
			code_prefix=prefix,
			method=method,
			life_months=life,
			salvage_percent=salvage,
			inspection_months=inspection,
		)


def load_project(project: str) -> None:
	store = _insert(
		"Material Store",
		project=project,
		store_code="WL",
		store_name="物料仓库",
		place="1栋地下一层",
		keeper=user_of("Store Keeper"),
		is_default=1,
		shelves="A-1\nA-2\nB-1\nB-2\nC-1",
	).name
	departments = [
		_insert(
			"Cost Department",
			project=project,
			department_code=code,
			department_name=name,
			manager=user_of(role),
			monthly_budget=budget,
		).name
		for code, name, role, budget in DEPARTMENTS
	]
	half_a_year(project, store, departments)
	for number, name in enumerate(frappe.get_all("Store Stock", {"store": store}, pluck="name", order_by="item")):
		frappe.db.set_value("Store Stock", name, "shelf", ("A-1", "A-2", "B-1", "B-2", "C-1")[number % 5])
	waiting_papers(project, store, departments)
	load_assets(project, departments)


def half_a_year(project: str, store: str, departments: list[str]) -> None:
	"""A receipt and an issue to each department in each of six months, the last ones this week."""
	for back in range(5, -1, -1):
		day = add_days(today(), -30 * back - 4)
		rows = [
			{"item": row[0], "quantity": row[8] if back % 2 else max(row[8] // 3, 1), "rate": row[6]}
			for number, row in enumerate(ITEMS)
			if back == 5 or (number + back) % 2 == 0
		]
		_movement(project, store, "Goods Receipt", day, rows, supplier=SUPPLIERS[0][0], supplier_note=f"SH{day[2:7]}")
		for number, department in enumerate(departments):
			rows = []
			for position, row in enumerate(ITEMS):
				if position % len(departments) != number:
					continue
				left = frappe.db.get_value("Store Stock", {"store": store, "item": row[0]}, "quantity") or 0
				quantity = min(int(left), max(row[8] // 8 + back, 1))
				if quantity:
					rows.append({"item": row[0], "quantity": quantity})
			if rows:
				_movement(
					project,
					store,
					"Goods Issue",
					add_days(day, 2),
					rows,
					department=department,
					received_by=frappe.utils.get_fullname(user_of(DEPARTMENTS[number][2])),
				)


def waiting_papers(project: str, store: str, departments: list[str]) -> None:
	def requisition(department, role, *rows, states=()):
		doc = _insert(
			"Store Requisition",
			project=project,
			department=department,
			store=store,
			needed_on=add_days(today(), 2),
			items=[{"item": item, "quantity": quantity} for item, quantity in rows],
			remarks="日常领用",
		)
		doc.db_set({"requested_by": user_of(role), "owner": user_of(role)}, update_modified=False)
		_through(doc, *states, preparer=user_of(role))

	requisition(departments[0], "Technician", ("DG-LED12", 6), ("KG-86", 4), states=["Pending Approval"])
	requisition(departments[1], "Order and Cleaning Lead", ("LJD-L", 10), states=["Pending Approval", "Approved"])
	requisition(departments[3], "Office Clerk", ("A4-80", 5))
	purchase = _insert(
		"Store Purchase Request",
		project=project,
		store=store,
		supplier=SUPPLIERS[0][0],
		needed_on=add_days(today(), 7),
		items=[{"item": "FM-DN25", "quantity": 12}, {"item": "SN-425", "quantity": 20}],
		remarks="低于库存下限",
	)
	_through(purchase, "Pending Approval", preparer=user_of("Store Keeper"))


def load_assets(project: str, departments: list[str]) -> None:
	cards = []
	for name, kind, specification, serial, value, months, role, place, warranty in ASSETS:
		begin = add_months(get_first_day(today()), -months)
		card = _insert(
			"Fixed Asset Card",
			project=project,
			asset_name=name,
			asset_class=kind,
			specification=specification,
			serial_number=serial,
			original_value=value,
			acquired_on=add_days(begin, 4),
			in_use_from=add_days(begin, 9),
			custodian=user_of(role),
			place=place,
			department=departments[0 if kind == "工程机具" else 3],
			supplier=SUPPLIERS[2][0],
			warranty_until=add_months(begin, warranty) if warranty else None,
			inspection_due=add_days(today(), 20) if kind == "安全器材" else None,
		)
		cards.append(_through(card, "Pending Approval", "In Use", preparer=user_of("Store Keeper")))
	run = _insert("Fixed Asset Depreciation", project=project, month=str(add_months(today(), -1))[:7])
	_through(run, "Pending Approval", "Posted", preparer=user_of("Accountant"))
	_insert("Fixed Asset Repair", project=project, asset=cards[7].name, fault="引弧困难，送修检测。", cost=260)
	stored = _transfer(project, cards[5], user_of("Store Keeper"), "物料仓库", to_idle=1)
	frappe.set_user(user_of("Store Keeper"))
	from kefu_property.stores.doctype.fixed_asset_transfer.fixed_asset_transfer import answer

	answer(stored, True)
	frappe.set_user("Administrator")
	frappe.db.set_value("Fixed Asset Card", cards[5].name, "idle_since", add_days(today(), -65))
	_transfer(project, cards[2], user_of("CS Agent"), "客服中心前台")
	_insert("Fixed Asset Count", project=project, counted_on=today())


def _transfer(project: str, card, to: str, place: str, to_idle: int = 0) -> str:
	doc = _insert(
		"Fixed Asset Transfer",
		project=project,
		to_custodian=to,
		to_place=place,
		to_idle=to_idle,
		transfer_date=today(),
		items=[{"asset": card.name}],
		remarks="岗位调整",
	)
	doc.submit()
	return doc.name


def _movement(project: str, store: str, kind: str, day: str, rows: list[dict], **values) -> None:
	doc = _insert("Store Movement", project=project, store=store, kind=kind, posting_date=day, items=rows, **values)
	doc.submit()


def _through(doc, *states: str, preparer: str):
	"""Walk a paper along its workflow: prepared by its role, the next steps by whoever loads the demo."""
	for number, state in enumerate(states):
		if number:
			doc.db_set({"owner": preparer, "prepared_by": preparer}, update_modified=False)
		doc.status = state
		if state == "Posted":
			doc.submit()
		else:
			doc.save(ignore_permissions=True)  # demo data
	if states:
		doc.db_set({"owner": preparer, "prepared_by": preparer}, update_modified=False)
	doc.reload()
	return doc


def _once(doctype: str, name: str, **values) -> None:
	if not frappe.db.exists(doctype, name):
		_insert(doctype, **values)


def _insert(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # demo data
