"""Demo data: two closed surveys, one that is open and one that waits for approval, in every project."""

from __future__ import annotations

import random

import frappe
from frappe.utils import add_days, getdate, today

from kefu_property.suite.approval import system_step
from kefu_property.survey import participation
from kefu_property.survey.exceptions import NobodyToAsk

TEMPLATE = "物业服务满意度调查问卷"
TEXTS = (
	"保洁阿姨很负责,楼道一直很干净。",
	"希望增加非机动车充电位。",
	"电梯偶尔有异响,请检查。",
	"客服态度很好,报修响应快。",
	"地库照明偏暗。",
)
REASONS = ("响应不及时", "问题未解决", "收费不透明", "环境卫生")
#: a sample of a large project is enough to show
MOST_HOMES = 60
FIRST = ("客户服务", "报事报修", "秩序维护", "环境保洁", "停车管理")


def load(context: frappe._dict) -> None:
	for project in frappe.get_all("Property Project", pluck="name"):
		if not frappe.db.exists("Satisfaction Survey", {"project": project}):
			load_project(project)


def load_project(project: str) -> None:
	day = getdate(today())
	last = day.year - 1
	survey(
		project,
		f"{last}年上半年满意度调查",
		add_days(day, -420),
		add_days(day, -400),
		share=0.6,
		mood=3.9,
		end="Archived",
	)
	survey(
		project,
		f"{last}年下半年满意度调查",
		add_days(day, -190),
		add_days(day, -170),
		share=0.7,
		mood=4.2,
		end="Closed",
	)
	survey(project, f"{day.year}年度满意度调查", add_days(day, -5), add_days(day, 15), share=0.4, mood=4.4, end="Open")
	_insert(
		project,
		title="维修服务专项调查",
		survey_template="维修服务满意度问卷",
		opens_on=add_days(day, 7),
		closes_on=add_days(day, 21),
		sample_percent=30,
		anonymous=0,
	)


def survey(project: str, title: str, opens, closes, share: float, mood: float, end: str) -> None:
	"""A survey as its year brought it: the answers first, then its end."""
	homes = frappe.db.count("Property Unit", {"project": project, "unit_type": "Dwelling"})
	doc = _insert(
		project,
		title=title,
		survey_template=TEMPLATE,
		opens_on=opens,
		closes_on=add_days(today(), 1),
		sample_percent=100 if homes <= MOST_HOMES else MOST_HOMES * 100 / homes,
	)
	system_step(doc, "Open")
	try:
		doc.publish()
	except NobodyToAsk:
		frappe.clear_messages()
		frappe.delete_doc("Satisfaction Survey", doc.name, ignore_permissions=True)  # a demo project without residents
		return
	rng = random.Random(f"{project}{title}")
	invitations = frappe.get_all(
		"Survey Invitation",
		filters={"survey": doc.name},
		fields=["name", "survey", "project", "unit", "resident"],
		order_by="unit",
	)
	for invitation in rng.sample(invitations, max(1, int(len(invitations) * share))):
		participation.answer(invitation, answers(rng, mood), rng.choice(("Link", "Link", "QR Code", "Portal", "Phone")))
	doc.db_set("closes_on", closes)
	if end == "Open":
		return
	system_step(doc, "Closed")
	doc.finish()
	if end == "Archived":
		doc.db_set("conclusion", "电梯与地库照明得分偏低,已列入下半年设施改造计划;停车秩序由秩序部每周通报整改情况。")
		system_step(doc, "Archived")


def answers(rng: random.Random, mood: float) -> dict:
	"""Answers to the yearly questionnaire around `mood` (1 to 5)."""
	given = {f"q{number}": str(min(5, max(1, round(rng.gauss(mood, 0.8))))) for number in range(1, 13)}
	given["q13"] = rng.sample(REASONS, 2)
	given["q14"] = rng.choice(FIRST)
	if rng.random() < 0.3:
		given["q15"] = rng.choice(TEXTS)
	return given


def _insert(project: str, **values):
	doc = frappe.get_doc({"doctype": "Satisfaction Survey", "project": project, "send_messages": 0, **values})
	return doc.insert(ignore_permissions=True)  # demo data
