"""Set-up of the service desk: categories, departments and standards of the projects, boards. Never overwrites."""

from __future__ import annotations

import frappe

from kefu_property.service_desk import standards
from kefu_property.service_desk.departments import CASES

CUSTOMER_SERVICE, ENGINEERING, ORDER, CLEANING = "客户服务部", "工程维修部", "秩序维护部", "环境保洁部"
DEPARTMENTS = ((CUSTOMER_SERVICE, 1), (ENGINEERING, 0), (ORDER, 0), (CLEANING, 0))
ROOT = {"label": "All Case Categories"}

#: groups with the department that takes them, and their categories; the names are translated on the desk
CATEGORIES = (
	{
		"label": "Water and Drainage",
		"department_name": ENGINEERING,
		"categories": (
			{
				"label": "Pipe Leak",
				"kind": "Repair Order",
				"place": "Home",
				"severity": "High",
				"skill": "plumbing",
				"keywords": "漏水,渗水,水管,爆管,leak,leaking,pipe,burst",
				"warranty_days": 90,
			},
			{
				"label": "Blocked Drain",
				"kind": "Repair Order",
				"place": "Home",
				"severity": "High",
				"skill": "plumbing",
				"keywords": "堵塞,下水道,地漏,马桶,反水,blocked,drain,toilet",
				"warranty_days": 30,
			},
			{
				"label": "No Water",
				"kind": "Repair Order",
				"place": "Home",
				"severity": "Urgent",
				"skill": "plumbing",
				"keywords": "停水,没水,无水,no water",
			},
			{
				"label": "Roof or Wall Seepage",
				"kind": "Repair Order",
				"place": "Common Part",
				"severity": "High",
				"skill": "plumbing",
				"keywords": "屋顶,外墙,天花板,墙面渗,roof,seepage,damp",
				"warranty_days": 365,
			},
		),
	},
	{
		"label": "Power and Lighting",
		"department_name": ENGINEERING,
		"categories": (
			{
				"label": "Power Failure",
				"kind": "Repair Order",
				"place": "Home",
				"severity": "Urgent",
				"skill": "electrical",
				"keywords": "停电,没电,跳闸,断电,power,tripped,no electricity",
				"warranty_days": 30,
			},
			{
				"label": "Corridor Light",
				"kind": "Repair Order",
				"place": "Common Part",
				"severity": "Normal",
				"skill": "electrical",
				"keywords": "楼道灯,路灯,灯不亮,走廊灯,light,lamp,corridor",
				"warranty_days": 30,
			},
			{
				"label": "Switch or Socket",
				"kind": "Repair Order",
				"place": "Home",
				"severity": "Normal",
				"skill": "electrical",
				"keywords": "插座,开关,socket,switch",
				"warranty_days": 90,
			},
		),
	},
	{
		"label": "Doors and Lifts",
		"department_name": ENGINEERING,
		"categories": (
			{
				"label": "Lift Failure",
				"kind": "Repair Order",
				"place": "Lift",
				"severity": "Urgent",
				"skill": "lift",
				"keywords": "电梯,困人,故障,lift,elevator,stuck",
				"follow_up": 1,
			},
			{
				"label": "Door or Lock",
				"kind": "Repair Order",
				"place": "Home",
				"severity": "Normal",
				"skill": "carpentry",
				"keywords": "门锁,门禁,房门,锁,door,lock",
				"warranty_days": 90,
			},
			{
				"label": "Entrance Intercom",
				"kind": "Repair Order",
				"place": "Gate and Access",
				"severity": "Normal",
				"skill": "electrical",
				"keywords": "对讲,可视,门铃,单元门,intercom,bell",
				"warranty_days": 30,
			},
		),
	},
	{
		"label": "Living Environment",
		"department_name": CLEANING,
		"categories": (
			{
				"label": "Noise",
				"kind": "Complaint",
				"place": "Home",
				"severity": "Normal",
				"keywords": "噪音,吵,扰民,装修声,音响,noise,loud",
			},
			{
				"label": "Garbage and Cleaning",
				"kind": "Complaint",
				"place": "Common Part",
				"severity": "Normal",
				"keywords": "垃圾,卫生,打扫,脏,异味,garbage,rubbish,dirty,smell",
			},
			{
				"label": "Green Area",
				"kind": "Complaint",
				"place": "Green Area",
				"severity": "Low",
				"keywords": "绿化,草坪,树木,修剪,虫害,lawn,tree,hedge",
			},
			{
				"label": "Pets",
				"kind": "Complaint",
				"place": "Common Part",
				"severity": "Normal",
				"keywords": "狗,宠物,遛狗,粪便,dog,pet",
			},
		),
	},
	{
		"label": "Order and Parking",
		"department_name": ORDER,
		"categories": (
			{
				"label": "Parking",
				"kind": "Complaint",
				"place": "Parking",
				"severity": "Normal",
				"keywords": "车位,停车,占用,乱停,堵住,parking,car",
			},
			{
				"label": "Gate and Visitors",
				"kind": "Complaint",
				"place": "Gate and Access",
				"severity": "Normal",
				"keywords": "门岗,外来人员,访客,推销,gate,stranger,visitor",
			},
			{
				"label": "Fire Safety Hazard",
				"kind": "Complaint",
				"place": "Fire Safety",
				"severity": "Urgent",
				"keywords": "消防,通道,灭火器,电动车充电,火灾,fire,exit",
				"is_major": 1,
			},
			{
				"label": "Injury or Damage",
				"kind": "Complaint",
				"place": "Common Part",
				"severity": "Urgent",
				"keywords": "受伤,摔倒,砸,高空抛物,赔偿,injury,hurt,damage,falling",
				"is_major": 1,
			},
		),
	},
	{
		"label": "Service and Fees",
		"department_name": CUSTOMER_SERVICE,
		"categories": (
			{
				"label": "Service of Staff",
				"kind": "Complaint",
				"place": "Service of Staff",
				"severity": "High",
				"keywords": "态度,服务差,推诿,不理,attitude,rude",
			},
			{
				"label": "Fees and Bills",
				"kind": "",
				"place": "Service of Staff",
				"severity": "Normal",
				"keywords": "收费,物业费,账单,发票,多收,fee,bill,invoice",
			},
			{
				"label": "Slow Handling",
				"kind": "Complaint",
				"place": "Service of Staff",
				"severity": "High",
				"keywords": "没人处理,一直没,拖延,催促,slow,waiting,nobody",
			},
			{
				"label": "Procedures and Papers",
				"kind": "Enquiry",
				"place": "Service of Staff",
				"severity": "Normal",
				"keywords": "办理,手续,证明,怎么办,过户,how to,certificate,procedure",
			},
			{
				"label": "Suggestion",
				"kind": "Enquiry",
				"place": "Other",
				"severity": "Low",
				"keywords": "建议,希望,能不能,suggest,wish",
			},
			{
				"label": "Praise of Staff",
				"kind": "Enquiry",
				"place": "Service of Staff",
				"severity": "Low",
				"keywords": "表扬,感谢,锦旗,praise,thanks,thank",
			},
		),
	},
)
BOARDS = {
	"Complaint": {"label": "Complaints by State"},
	"Repair Order": {"label": "Repair Orders by State"},
	"Enquiry": {"label": "Enquiries by State"},
}
COLUMNS = (
	("New", "Blue"),
	("Assigned", "Cyan"),
	("In Progress", "Light Blue"),
	("Waiting for Owner", "Orange"),
	("Transfer Requested", "Purple"),
	("Resolved", "Green"),
	("Verified", "Green"),
	("Closed", "Gray"),
)


#: thresholds of Civil Code 278; 以上 includes the share itself, 过半数 does not (1259)
MATTERS = (
	{
		"matter": "Ordinary Matter",
		"law": "民法典第278条第1款第1-5、9项",
		"participation": "2/3",
		"approval": "1/2",
		"approval_strict": 1,
	},
	{
		"matter": "Major Matter",
		"law": "民法典第278条第1款第6-8项",
		"participation": "2/3",
		"approval": "3/4",
		"approval_strict": 0,
	},
	{
		"matter": "Opinion without Decision",
		"law": "",
		"participation": "1/100",
		"approval": "1/2",
		"approval_strict": 1,
	},
)


def after_install() -> None:
	set_up_matters()
	set_up_categories()
	set_up_boards()
	for project in frappe.get_all("Property Project", pluck="name"):
		prepare_project(project)


def set_up_matters() -> None:
	"""Kinds of matters for polls, when the site has none."""
	if not frappe.db.count("Poll Matter"):
		for facts in MATTERS:
			frappe.get_doc({"doctype": "Poll Matter", **facts}).insert(ignore_permissions=True)  # set-up


def set_up_categories() -> None:
	"""The tree of categories, when the site has none."""
	if frappe.db.count("Case Category"):
		return
	add_category(ROOT["label"], None, is_group=1)
	for group in CATEGORIES:
		add_category(group["label"], ROOT["label"], is_group=1, department_name=group["department_name"])
		for entry in group["categories"]:
			facts = {key: value for key, value in entry.items() if key != "label"}
			add_category(entry["label"], group["label"], **facts)


def add_category(name: str, parent: str | None, **facts) -> None:
	frappe.get_doc(
		{
			"doctype": "Case Category",
			"category_name": name,
			"parent_case_category": parent,
			"severity": "Normal",
			**facts,
		}
	).insert(ignore_permissions=True)  # set-up


def set_up_boards() -> None:
	for doctype in CASES:
		if frappe.db.exists("Kanban Board", {"reference_doctype": doctype}):
			continue
		states = frappe.get_meta(doctype).get_field("status").options.split("\n")
		frappe.get_doc(
			{
				"doctype": "Kanban Board",
				"kanban_board_name": BOARDS[doctype]["label"],
				"reference_doctype": doctype,
				"field_name": "status",
				"private": 0,
				"show_labels": 1,
				"fields": '["severity", "next_due", "unit"]',
				"columns": [
					{"column_name": state, "indicator": colour, "status": "Archived" if state == "Closed" else "Active"}
					for state, colour in COLUMNS
					if state in states
				],
			}
		).insert(ignore_permissions=True)  # set-up


def prepare_project(project: str) -> None:
	"""A project has a service standard and departments from its first day."""
	if not frappe.db.exists("Service Standard", project):
		frappe.get_doc(
			{
				"doctype": "Service Standard",
				"project": project,
				"time_zone": "Asia/Shanghai",
				**standards.default_rows(),
			}
		).insert(ignore_permissions=True)  # set-up
	if not frappe.db.exists("Service Department", {"project": project}):
		for name, is_default in DEPARTMENTS:
			frappe.get_doc(
				{"doctype": "Service Department", "project": project, "department_name": name, "is_default": is_default}
			).insert(ignore_permissions=True)  # set-up
