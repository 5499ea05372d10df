"""Demo data: papers with versions, objectives with their year, registers, an audit with findings, a management review."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.quality import corrective, documents, objectives, reviews
from kefu_property.suite.demo import user_of

#: area, role in charge, roles that work there
AREAS = (
	("客服部", "CS Supervisor", ("CS Agent",)),
	("工程部", "Engineering Lead", ("Technician",)),
	("秩序环境部", "Order and Cleaning Lead", ()),
	("财务", "Accountant", ("Cashier",)),
	("综合办公室", "Office Clerk", ("HR Clerk", "Store Keeper")),
)
#: code, title, level, area, clauses, versions
DOCUMENTS = (
	("QM-01", "质量、环境与职业健康安全管理手册", "Management Manual", "综合办公室", ("ISO 9001 4.4", "ISO 14001 4.4", "ISO 45001 4.4"), 2),
	("QP-01", "文件控制程序", "Procedure", "综合办公室", ("ISO 9001 7.5.3",), 1),
	("QP-02", "投诉处理程序", "Procedure", "客服部", ("ISO 9001 8.2.1", "ISO 9001 8.7"), 2),
	("QP-03", "内部审核程序", "Procedure", "综合办公室", ("ISO 9001 9.2", "ISO 14001 9.2", "ISO 45001 9.2"), 1),
	("QP-04", "应急准备与响应程序", "Procedure", "秩序环境部", ("ISO 14001 8.2", "ISO 45001 8.2"), 1),
	("WI-03", "电梯困人救援作业指导书", "Work Instruction", "工程部", ("ISO 9001 8.5.1", "ISO 45001 8.1.2"), 1),
	("WI-07", "生活垃圾分类收运作业指导书", "Work Instruction", "秩序环境部", ("ISO 14001 8.1",), 0),
	("QR-12", "设备巡检记录表", "Record Form", "工程部", ("ISO 9001 8.5.1",), 1),
)  # fmt: skip
CONTENT = "<h3>1 目的</h3><p>规范本项目的服务过程，保证业主的要求得到及时、一致的处理。</p><h3>2 职责</h3><p>部门负责人组织实施，综合办公室负责监督。</p><h3>3 要求</h3><p>按岗位职责执行并保留记录；发现偏差当日上报。</p>"
#: title, standard, clause, area, formula, span, direction, target, unit, how
OBJECTIVES = (
	("物业费收缴率不低于 90%", "ISO 9001", "ISO 9001 6.2", "财务", "collection_rate", "Year to Date", "At Least", 90, "%", "逐户跟进，按月通报"),
	("工单按时办结率不低于 95%", "ISO 9001", "ISO 9001 8.5.1", "工程部", "closed_in_time", "Month", "At Least", 95, "%", "每日晨会通报超时工单"),
	("每月有效投诉不超过 3 件", "ISO 9001", "ISO 9001 8.2.1", "客服部", "complaints", "Month", "At Most", 3, "件", "投诉当日回访，每周复盘"),
	("公共区域用电较去年下降 3%", "ISO 14001", "ISO 14001 6.2", "工程部", "", "Month", "At Least", 3, "%", "地库照明改为感应控制"),
)  # fmt: skip
#: kind, title, standard, area, likelihood, severity, treatment, measure, likelihood and severity after it
RISKS = (
	("Hazard", "电梯检修时坠落", "ISO 45001", "工程部", 3, 5, "Reduce", "设围挡与警示，双人作业", "1", "5"),
	("Hazard", "化粪池清掏时中毒", "ISO 45001", "秩序环境部", 3, 5, "Transfer", "委托有资质单位，先通风后检测", "1", "4"),
	("Risk", "高层外墙饰面脱落伤人", "ISO 45001", "工程部", 2, 5, "Reduce", "每季度敲击检查，设隔离绿化带", "1", "5"),
	("Risk", "骨干维修人员流失", "ISO 9001", "综合办公室", 3, 3, "Reduce", "师徒带教，持证补贴", "2", "3"),
	("Risk", "业主信息泄露", "ISO 9001", "客服部", 2, 4, "Reduce", "查询留痕，离岗收权限", "1", "4"),
	("Opportunity", "申报市级物业服务示范项目", "ISO 9001", "综合办公室", 3, 4, "Make Use of It", "成立申报小组，对照标准自评", "", ""),
)  # fmt: skip
#: activity, aspect, impact, area, condition, reach, severity, frequency, law, control
ASPECTS = (
	("生活垃圾收运", "渗滤液与异味", "污染土壤、影响居民", "秩序环境部", "Normal", 3, 3, 5, "", "日产日清，每日两次冲洗消杀"),
	("柴油发电机试机", "废气与噪声排放", "污染空气、扰民", "工程部", "Normal", 2, 3, 1, "GB 3096 声环境质量标准", "每月工作日白天试机，加装消声器"),
	("柴油储存", "柴油泄漏", "污染土壤与地下水", "工程部", "Emergency", 3, 5, 1, "", "设防渗托盘，备吸油棉，每月检查"),
	("地下车库照明", "电能消耗", "消耗资源", "工程部", "Normal", 2, 2, 5, "", "改装感应灯，分时控制"),
	("绿化喷药", "农药残留", "影响人体与土壤", "秩序环境部", "Normal", 2, 3, 2, "", ""),
)  # fmt: skip


def load(context: frappe._dict) -> None:
	for project in frappe.get_all("Property Project", pluck="name"):
		if not frappe.db.exists("Audit Area", {"project": project}):
			load_project(project)


def load_project(project: str) -> None:
	areas = {name: _area(project, name, head, members) for name, head, members in AREAS}
	for row in DOCUMENTS:
		_document(project, areas, *row)
	_objectives(project, areas)
	_registers(project, areas)
	_audits(project, areas)
	_nonconformities(project, areas)
	_review(project)


def _insert(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # demo data


def _approve(doc, preparer: str) -> None:
	"""Put a draft past its approval: nobody is there to give it."""
	doc.db_set(
		{
			"docstatus": 1,
			"workflow_state": "Approved",
			"prepared_by": user_of(preparer),
			"prepared_on": now_datetime(),
			"approved_by": user_of("Office Director"),
			"approved_on": now_datetime(),
		}
	)
	doc.reload()


def _area(project: str, name: str, head: str, members: tuple[str, ...]) -> str:
	return _insert(
		"Audit Area",
		project=project,
		area_name=name,
		responsible=user_of(head),
		members=[{"user": user_of(role)} for role in members],
	).name


def _document(project, areas, code, title, level, area, clauses, versions) -> None:
	document = _insert(
		"Controlled Document",
		project=project,
		document_code=code,
		doc_title=title,
		level=level,
		area=areas[area],
		keeper=user_of("Office Clerk"),
		retention_years=3 if level == "Record Form" else 0,
		clauses=[{"clause": name} for name in clauses],
	)
	for number in range(max(versions, 1)):
		version = _insert(
			"Controlled Document Version",
			document=document.name,
			project=project,
			version_no=f"A/{number}",
			effective_on=add_days(today(), -300 + 200 * number),
			change_note="首次发布" if not number else "按最新组织架构与流程修订",
			content=CONTENT,
			distribution=[
				{"user": user_of("CS Supervisor"), "copy_no": "01"},
				{"user": user_of("CS Agent")},
				{"user": user_of("Engineering Lead")},
			],
		)
		if versions:
			_approve(version, "Office Clerk")
			version.db_set({"reviewed_by": user_of("CS Supervisor"), "reviewed_on": now_datetime()})
			documents.put_in_force(version)
			version.distribution[0].db_set("confirmed_on", now_datetime())


def _objectives(project: str, areas: dict) -> None:
	year = getdate(today()).year
	for title, standard, clause, area, formula, span, direction, target, unit, how in OBJECTIVES:
		objective = _insert(
			"Quality Objective",
			project=project,
			year=year,
			objective_title=title,
			standard=standard,
			clause=clause,
			area=areas[area],
			responsible=frappe.db.get_value("Audit Area", areas[area], "responsible"),
			how=how,
			formula=formula,
			span=span,
			direction=direction,
			target=target,
			unit=unit,
		)
		_approve(objective, "CS Supervisor")
		if not formula:
			for month, value in enumerate((2.1, 2.6, 3.2, 3.4, 2.8, 3.5, 3.9, 4.1), 1):
				if getdate(f"{year}-{month:02d}-28") < getdate(add_days(today(), -31)):
					_insert(
						"Quality Objective Result",
						objective=objective.name,
						month=f"{year}-{month:02d}-01",
						value=value,
						explanation="" if value >= target else "感应改造尚未完成，下月起分批切换",
					)
	objectives.measure_due()


def _registers(project: str, areas: dict) -> None:
	for position, (kind, title, standard, area, likelihood, severity, treatment, measure, after, weight) in enumerate(
		RISKS
	):
		person = frappe.db.get_value("Audit Area", areas[area], "responsible")
		_insert(
			"Management Risk",
			project=project,
			kind=kind,
			risk_title=title,
			standard=standard,
			area=areas[area],
			responsible=person,
			description=f"{title}，可能造成人员、财产或声誉影响。",
			likelihood=str(likelihood),
			severity=str(severity),
			treatment=treatment,
			measures=[
				{
					"measure": measure,
					"responsible": person,
					"due_on": add_days(today(), 20 * position - 30),
					"done_on": add_days(today(), -5) if position < 2 else None,
				}
			],
			residual_likelihood=after,
			residual_severity=weight,
			review_on=add_days(today(), 60 + 15 * position),
		)
	for activity, aspect, impact, area, condition, reach, severity, frequency, law, control in ASPECTS:
		_insert(
			"Environmental Aspect",
			project=project,
			activity=activity,
			aspect=aspect,
			impact=impact,
			area=areas[area],
			condition=condition,
			responsible=frappe.db.get_value("Audit Area", areas[area], "responsible"),
			reach=str(reach),
			severity=str(severity),
			frequency=str(frequency),
			legal=int(bool(law)),
			legal_basis=law,
			control=control,
			review_on=add_days(today(), 200),
		)


def _audits(project: str, areas: dict) -> None:
	auditor, year = user_of("HQ Quality Auditor"), getdate(today()).year
	programme = _insert(
		"Audit Programme",
		project=project,
		year=year,
		programme_title=f"{year} 年度内部审核方案",
		purpose="验证三体系的符合性与有效性；依据标准、管理手册与适用法律法规。",
		lines=[
			{
				"area": name,
				"planned_on": min(getdate(add_days(today(), 12 * position - 40)), getdate(f"{year}-12-31")),
				"standards": "All Three",
				"lead_auditor": auditor,
			}
			for position, name in enumerate(areas.values())
		],
	)
	_approve(programme, "HQ Quality Auditor")
	checks = (
		(
			"ISO 9001 7.5.3",
			"现场使用的是否均为有效版本？抽查三份文件。",
			"Conform",
			"抽查 QP-02、WI-03、QR-12，均为有效版本",
		),
		(
			"ISO 9001 8.5.1",
			"抽查五张工单：记录是否完整、按时、有签字？",
			"Minor Nonconformity",
			"五张工单中两张无业主签字",
		),
		("ISO 9001 7.2", "抽查本区域三名员工的培训记录与持证情况。", "Conform", "三人证件在有效期内"),
		("ISO 45001 8.2", "最近一次应急演练在何时？改进了什么？", "Observation", "演练记录未附照片，建议补充"),
		(
			"ISO 9001 7.1.5",
			"计量器具是否在检定有效期内？",
			"Major Nonconformity",
			"钳形电流表检定已过期四个月，仍在使用",
		),
	)
	audit = _insert(
		"Internal Audit",
		project=project,
		programme=programme.name,
		area=areas["工程部"],
		planned_on=add_days(today(), -28),
		held_on=add_days(today(), -27),
		lead_auditor=auditor,
		auditee=user_of("Engineering Lead"),
		clauses=[{"clause": row[0]} for row in checks],
		checks=[{"clause": a, "question": b, "result": c, "evidence": d} for a, b, c, d in checks],
		strengths="巡检路线清晰，备件账物相符。",
		conclusion="体系运行总体有效，计量器具管理与工单签字需改进。",
	)
	_approve(audit, "HQ Quality Auditor")
	planned = _insert(
		"Internal Audit",
		project=project,
		programme=programme.name,
		area=areas["客服部"],
		planned_on=add_days(today(), 6),
		lead_auditor=auditor,
		auditors=[{"user": user_of("Engineering Lead")}],
		auditee=user_of("CS Supervisor"),
		clauses=[{"clause": "ISO 9001 8.2.1"}, {"clause": "ISO 9001 8.7"}, {"clause": "ISO 9001 9.1.2"}],
		checks=[
			{"clause": "ISO 9001 8.2.1", "question": "抽查五件投诉：是否按时回复并回访？"},
			{"clause": "ISO 9001 8.7", "question": "不合格服务如何处置？查看三个案例。"},
			{"clause": "ISO 9001 9.1.2", "question": "结果如何得出？对最薄弱项采取了什么措施？"},
		],
	)
	planned.db_set("workflow_state", "In Progress")
	for row in programme.lines:
		made = {areas["工程部"]: audit.name, areas["客服部"]: planned.name}.get(row.area)
		if made:
			row.db_set("audit", made)
	for row in audit.checks:
		if "Nonconformity" in (row.result or ""):
			row.db_set("nonconformity", _report(project, areas["工程部"], audit, row))


def _report(project: str, area: str, audit, row) -> str:
	doc = _insert(
		"Nonconformity Report",
		project=project,
		source="Internal Audit",
		audit=audit.name,
		summary=row.evidence,
		severity="Major" if row.result.startswith("Major") else "Minor",
		clause=row.clause,
		area=area,
		found_on=audit.held_on,
		found_by=audit.lead_auditor,
		responsible=user_of("Engineering Lead"),
		description=f"{row.clause}：{row.question}\n{row.evidence}",
		plan_due=add_days(audit.held_on, 7 if row.result.startswith("Major") else 15),
		correction="立即停用，改用备用表计" if row.result.startswith("Major") else "",
		cause_kind="Method" if row.result.startswith("Major") else None,
		cause="无检定到期提醒，台账由个人保管" if row.result.startswith("Major") else "",
		actions=[
			{
				"action": "建立计量器具台账并设到期提醒",
				"responsible": user_of("Technician"),
				"due_on": add_days(today(), -4),
			}
		]
		if row.result.startswith("Major")
		else [],
	)
	if row.result.startswith("Major"):
		_move(doc, corrective.IN_ACTION)
	else:
		_move(doc, corrective.PLAN_DUE)
	return doc.name


def _move(doc, status: str, **values) -> None:
	doc.status = status
	doc.update(values)
	plan = {}
	if status not in (corrective.PLAN_DUE,):
		plan = {
			"plan_by": doc.responsible,
			"plan_on": now_datetime(),
			"plan_approved_by": doc.found_by,
			"plan_approved_on": now_datetime(),
		}
	doc.db_set({"status": status, "next_due": corrective.next_due(doc), **plan, **values})


def _nonconformities(project: str, areas: dict) -> None:
	closed = _insert(
		"Nonconformity Report",
		project=project,
		source="Complaint",
		summary="三件投诉超过 24 小时才首次回复",
		severity="Minor",
		clause="ISO 9001 8.2.1",
		area=areas["客服部"],
		found_on=add_days(today(), -95),
		found_by=user_of("HQ Quality Auditor"),
		responsible=user_of("CS Supervisor"),
		description="抽查上月投诉 12 件，其中 3 件首次回复超过 24 小时。",
		plan_due=add_days(today(), -80),
		cause_kind="People",
		cause="夜班未接入工单提醒",
		actions=[
			{
				"action": "夜班手机接入工单提醒并纳入交接班",
				"responsible": user_of("CS Agent"),
				"due_on": add_days(today(), -70),
				"done_on": add_days(today(), -72),
			}
		],
		checks=[
			{
				"round": 1,
				"checked_on": add_days(today(), -40),
				"checked_by": user_of("HQ Quality Auditor"),
				"effect": "Effective",
				"note": "连续一个月抽查，首次回复均在 1 小时内",
			}
		],
	)
	_move(closed, corrective.CLOSED, closed_on=add_days(today(), -40))
	waiting = _insert(
		"Nonconformity Report",
		project=project,
		source="Inspection",
		summary="垃圾房台账连续三天未登记",
		severity="Minor",
		clause="ISO 14001 8.1",
		area=areas["秩序环境部"],
		found_on=add_days(today(), -20),
		found_by=user_of("CS Supervisor"),
		responsible=user_of("Order and Cleaning Lead"),
		description="现场检查垃圾房清运台账，连续三天空白。",
		plan_due=add_days(today(), -8),
		cause_kind="Management",
		cause="替班人员未交底",
		actions=[
			{
				"action": "替班交底单列入排班表，台账上墙",
				"responsible": user_of("Order and Cleaning Lead"),
				"due_on": add_days(today(), -6),
				"done_on": add_days(today(), -7),
			}
		],
		check_due=add_days(today(), 20),
	)
	_move(waiting, corrective.EFFECT)


def _review(project: str) -> None:
	doc = _insert(
		"Management Review",
		project=project,
		review_on=add_days(today(), -2),
		period_from=add_days(today(), -365),
		period_to=add_days(today(), -3),
		chair=user_of("Office Director"),
		members=[
			{"user": user_of("CS Supervisor"), "post": "客服部"},
			{"user": user_of("Engineering Lead"), "post": "工程部"},
			{"user": user_of("HQ Quality Auditor"), "post": "总部品质"},
		],
		remarks="新增两栋楼交付，电梯维保单位更换。",
		conclusion="三体系适宜、充分、有效；需加强计量器具与工单签字管理。",
		decisions=[
			{
				"decision": "年内完成全部计量器具建账与检定",
				"responsible": user_of("Engineering Lead"),
				"due_on": add_days(today(), 30),
			},
			{
				"decision": "修订投诉处理程序，明确夜班首问责任",
				"responsible": user_of("CS Supervisor"),
				"due_on": add_days(today(), 45),
			},
		],
	)
	doc.collect()
	_approve(doc, "CS Supervisor")
	_insert(
		"File",
		file_name=f"{doc.name}.pdf",
		attached_to_doctype=doc.doctype,
		attached_to_name=doc.name,
		is_private=1,
		content=reviews.pdf(doc),
	)
