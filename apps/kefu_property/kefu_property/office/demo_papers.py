"""Demo data: what the office wrote, received, sealed, filed, ordered and promised."""

from __future__ import annotations

import io
import zipfile

import frappe
from frappe.utils import add_days, add_months, getdate, now_datetime, today

from kefu_property.office import archive, archive_text
from kefu_property.suite.demo import user_of

CLERK, SUPERVISOR, DIRECTOR = "Office Clerk", "CS Supervisor", "Office Director"

TEMPLATES = (
	(
		"停水停电通知",
		"Circular",
		"关于{project}设备检修临时停水的通知",
		"各位业主、住户",
		"<p>因生活水泵房设备检修，{project}将于指定时间临时停水，请提前做好储水准备。</p><p>如有疑问，请致电客服中心：{phone}。</p>",
	),
	(
		"致函模板",
		"Official Letter",
		"关于{project}有关事项的函",
		"",
		"<p>贵单位来文收悉。经研究，现将有关情况函复如下：</p><p>（正文）</p><p>特此函复。联系人：{user}，电话：{phone}。</p>",
	),
	(
		"工作请示",
		"Request for Instructions",
		"关于申请有关经费的请示",
		"公司总部",
		"<p>为做好{project}的物业服务工作，现就有关事项请示如下：</p><p>（正文）</p><p>妥否，请批示。</p>",
	),
)

DOCUMENTS = (
	(
		"Circular",
		"关于开展秋冬季消防安全检查的通知",
		"各部门、各岗位",
		"<p>为切实做好秋冬季火灾防控工作，管理处决定自即日起开展消防安全专项检查，现将有关事项通知如下：</p>"
		"<p>一、检查范围：消防泵房、消火栓、灭火器、疏散通道、电动自行车停放充电点。</p>"
		"<p>二、工程维修部负责设施检查，秩序维护部负责疏散通道清理，客户服务部负责入户宣传。</p>"
		"<p>三、各部门于本月底前完成自查，形成书面记录并归档。</p>",
		"Formally Issued",
	),
	(
		"Circular",
		"关于调整客服中心节假日值班安排的通知",
		"各部门、各岗位",
		"<p>为保障节假日期间的服务，客服中心实行两班值守，值班电话保持 24 小时畅通。</p><p>各岗位交接班须填写交接记录。</p>",
		"Formally Issued",
	),
	(
		"Minutes of a Meeting",
		"物业服务质量例会纪要",
		"参会人员",
		"<p>会议通报了上月投诉处理情况，研究了电梯困人应急流程，明确由工程维修部牵头修订应急预案。</p>",
		"Withdrawn",
	),
	(
		"Request for Instructions",
		"关于更换二号楼生活水泵变频器的请示",
		"公司总部",
		"<p>二号楼生活水泵变频器使用年限已满十年，近三个月故障四次，影响住户用水。拟更换同型号变频器一台，预算 18,600 元。</p><p>妥否，请批示。</p>",
		"Pending Approval",
	),
	(
		"Circular",
		"关于规范装修垃圾清运的通知",
		"各位业主、装修单位",
		"<p>装修垃圾应袋装后堆放至指定地点，于每日 9:00 至 17:00 清运，不得占用消防通道。</p>",
		"Pending Review",
	),
)

LETTERS = (
	("街道办事处", "关于开展既有住宅电梯安全排查的通知", "街办〔2026〕31号", "Notice", "In Handling", 1, 5),
	(
		"消防救援大队",
		"责令限期改正通知书（疏散通道堆物）",
		"消责〔2026〕112号",
		"Inspection by Authority",
		"In Handling",
		1,
		-2,
	),
	(
		"供电公司客户服务中心",
		"关于配合电表轮换工作的函",
		"供电函〔2026〕18号",
		"Request for Help",
		"Registered",
		0,
		None,
	),
	("社区居委会", "邀请参加社区共治联席会议", "", "Invitation", "Closed", 0, None),
)

RULES = (
	(
		"GZ-001",
		"客服人员服务行为规范",
		"Service",
		"<p>第一条 接待住户应起立、微笑、使用文明用语。</p><p>第二条 电话铃响三声内接听，首问负责到底。</p>"
		"<p>第三条 不得泄露住户的姓名、电话、房号等个人信息。</p>",
		(("电话铃响几声内必须接听？", "五声\n三声\n两声", 2), ("可否把业主电话告诉邻居？", "可以\n不可以", 2)),
	),
	(
		"GZ-002",
		"印章使用管理办法",
		"Office Work",
		"<p>第一条 用印须填写用印申请，经管理处主任批准。</p><p>第二条 印章由专人保管，严禁空白用印。</p><p>第三条 用印须逐笔登记。</p>",
		(("用印由谁批准？", "保管人\n管理处主任\n经办人", 2),),
	),
	(
		"GZ-003",
		"消防安全管理制度",
		"Safety",
		"<p>第一条 消防设施每日巡查，每月检查，每年检测。</p><p>第二条 疏散通道、安全出口保持畅通。</p>",
		(),
	),
)

ORGANISATIONS = (
	("街道办事处", "Street Office", "属地管理、文明创建、矛盾调处", "12345", "High", 30, "陈科长", "物管科科长", 20),
	("派出所", "Police", "治安巡防、流动人口登记", "110", "High", 30, "周警官", "社区民警", 45),
	("消防救援大队", "Fire Brigade", "消防检查、演练", "119", "High", 60, "刘参谋", "防火参谋", 15),
	("供电公司", "Utility", "高压检修、电表轮换", "95598", "Medium", 90, "孙经理", "客户经理", 60),
	("自来水公司", "Utility", "二次供水、抄表", "", "Medium", 90, "何工", "片区主管", 30),
	("社区居委会", "Residents' Committee", "社区共治、老年人关爱", "", "High", 30, "吴主任", "主任", 10),
)

FILES = (
	(
		"B.01",
		"一期竣工图（建筑、结构）",
		"On Paper",
		-2200,
		"图纸目录：总平面图、地下室平面图、标准层平面图、消防平面图。",
	),
	(
		"E.03",
		"消防设施年度检测报告",
		"Paper and Electronic",
		-200,
		"检测结论：火灾自动报警系统、自动喷水灭火系统合格；三号楼消火栓压力不足，已整改。",
	),
	(
		"E.02",
		"电梯年检报告及维保合同",
		"Paper and Electronic",
		-120,
		"电梯共十二台，年检合格，下次检验日期见附页。维保单位：安达电梯。",
	),
	(
		"H.01",
		"前期物业服务合同",
		"On Paper",
		-1500,
		"合同期限三年，物业服务等级二级，高层住宅物业费每月每平方米二元八角。",
	),
	("D.05", "2020年度钥匙借用登记册", "On Paper", -2100, "登记册一本。"),
)


def load(context: frappe._dict) -> None:
	if not frappe.db.count("Document Template"):
		for name, kind, subject, recipient, body in TEMPLATES:
			_insert(
				"Document Template",
				template_name=name,
				kind=kind,
				subject=subject,
				main_recipient=recipient,
				body=body,
			)
	load_rules()
	for project in frappe.get_all("Property Project", pluck="name"):
		if not frappe.db.exists("Office Seal", {"project": project}):
			load_project(project)


def load_rules() -> None:
	for code, title, category, body, quiz in RULES:
		if frappe.db.exists("Company Rule", code):
			continue
		_insert("Company Rule", rule_code=code, rule_title=title, category=category, owner_department="行政人事部")
		version = _insert(
			"Rule Version",
			rule=code,
			effective_from=add_months(getdate(today()).replace(day=1), -1),
			changes="首次发布",
			body=body,
			quiz=[{"question": text, "answers": answers, "right_answer": right} for text, answers, right in quiz],
		)
		_approve(version)
		frappe.db.set_value(
			"Rule Acknowledgement",
			{"rule_version": version.name, "user": ["in", [user_of(DIRECTOR), user_of(CLERK), user_of("HR Clerk")]]},
			{"status": "Acknowledged", "acknowledged_on": now_datetime(), "attempts": 1},
		)
		done = frappe.db.count("Rule Acknowledgement", {"rule_version": version.name, "status": "Acknowledged"})
		version.db_set("acknowledged", done)


def load_project(project: str) -> None:
	load_documents(project)
	organisations = load_organisations(project)
	load_letters(project, organisations)
	load_archive(project)
	_approve(
		_insert(
			"Rule Breach",
			project=project,
			rule="GZ-001",
			clause="第二条",
			user=user_of("CS Agent"),
			occurred_on=add_days(today(), -6),
			severity="Minor",
			facts="早班电话铃响六声未接，住户投诉。",
			statement="当时正在为住户办理入住手续，未及时请同事协助。",
			measure="Talk",
			measure_note="提醒谈话，安排岗位互助。",
		),
		owner=SUPERVISOR,
	)


def load_documents(project: str) -> None:
	everybody = [user_of(role) for role in ("CS Agent", "Engineering Lead", "Order and Cleaning Lead", "Cashier")]
	group = _insert(
		"Reader Group",
		project=project,
		group_name="各部门负责人",
		kind="Department",
		members=[{"user": user} for user in everybody],
	)
	seal = _insert(
		"Office Seal",
		project=project,
		seal_name="管理处公章",
		kind="Official Seal",
		keeper=user_of(CLERK),
		kept_at="行政办公室保险柜",
	)
	for kind, subject, recipient, body, wanted in DOCUMENTS:
		doc = _insert(
			"Issued Document",
			project=project,
			kind=kind,
			subject=subject,
			main_recipient=recipient,
			body=body,
			author="行政人事部",
			recipients=[{"audience": "Reader Group", "reader_group": group.name}],
		)
		_sign(doc, wanted if wanted.startswith("Pending") else "Approved")
		if not wanted.startswith("Pending"):
			_issue(doc)
		if wanted == "Withdrawn":
			doc.db_set({"workflow_state": wanted, "withdrawal_reason": "会议日期有误", "withdrawn_on": now_datetime()})
	first = frappe.get_all(
		"Document Reading", filters={"project": project, "user": ["in", everybody[:2]]}, pluck="name"
	)
	frappe.db.set_value("Document Reading", {"name": ["in", first]}, {"status": "Has Read", "read_on": now_datetime()})
	for name in frappe.get_all("Issued Document", filters={"project": project, "docstatus": 1}, pluck="name"):
		frappe.db.set_value("Issued Document", name, "readers_done", 2)
	for title, counterparty, state in (
		("消防设施维保合同", "安泰消防工程有限公司", "Sealed"),
		("公共区域广告位租赁合同", "云帆传媒有限公司", "Approved"),
		("关于路灯维修的函", "街道办事处", "Pending Approval"),
	):
		request = _insert(
			"Seal Request",
			project=project,
			seal=seal.name,
			paper_title=title,
			counterparty=counterparty,
			purpose="对外签署",
			copies=2,
		)
		if state == "Pending Approval":
			_sign(request, state)
			continue
		_approve(request, owner="CS Agent")
		if state == "Sealed":
			request.db_set(
				{
					"workflow_state": state,
					"sealed_on": now_datetime(),
					"sealed_by": user_of(CLERK),
					"sealed_copies": 2,
				}
			)


def load_organisations(project: str) -> dict[str, str]:
	names = {}
	for name, kind, matters, number, importance, days, contact, post, ago in ORGANISATIONS:
		organisation = _insert(
			"External Organisation",
			project=project,
			organisation_name=name,
			kind=kind,
			matters=matters,
			emergency_phone=number,
			importance=importance,
			visit_days=days,
			responsible=user_of(DIRECTOR if importance == "High" else SUPERVISOR),
			contacts=[{"contact_name": contact, "post": post}],
		)
		names[name] = organisation.name
		_insert(
			"External Visit",
			project=project,
			organisation=organisation.name,
			subject=f"走访{name}",
			held_on=add_days(today(), -ago),
			our_people="管理处主任、客服主管",
			their_people=f"{contact}（{post}）",
			notes=f"就{matters}等事项进行了沟通，双方确定了日常联络人。",
			outcome="建立联络机制",
		)
	for name, text, side, due in (
		("消防救援大队", "清理地下车库疏散通道堆物并报送整改照片", "Our Side", -2),
		("街道办事处", "报送电梯安全排查台账", "Our Side", 4),
		("供电公司", "协助更换小区东门路灯电源", "Their Side", 12),
	):
		_insert(
			"External Commitment",
			project=project,
			organisation=names[name],
			commitment=text,
			side=side,
			responsible=user_of("Engineering Lead"),
			due_on=add_days(today(), due),
		)
	year = getdate(today()).year
	_approve(
		_insert(
			"Relations Plan",
			project=project,
			plan_year=year,
			goals="与属地单位保持良好沟通，重大节点前主动走访，承诺事项按期兑现。",
			items=[
				{
					"organisation": names[name],
					"activity": activity,
					"planned_month": month,
					"responsible": user_of(DIRECTOR),
					"cost": cost,
				}
				for name, activity, month, cost in (
					("街道办事处", "年度工作汇报", 1, 0),
					("派出所", "治安联防座谈", 4, 300),
					("消防救援大队", "联合消防演练", 6, 1200),
					("社区居委会", "重阳节关爱老人活动", 10, 800),
					("供电公司", "迎峰度冬用电检查", 11, 0),
				)
			],
		)
	)
	return names


def load_letters(project: str, organisations: dict[str, str]) -> None:
	for sender, subject, number, kind, state, answer, due in LETTERS:
		letter = _insert(
			"Incoming Letter",
			project=project,
			sender=sender,
			organisation=organisations.get(sender),
			subject=subject,
			letter_number=number,
			kind=kind,
			received_on=add_days(today(), -8),
			needs_answer=answer,
			due_on=add_days(today(), due) if due is not None else None,
			summary="请按要求落实并反馈。",
			proposal="建议由相关部门承办。",
			handlers=[
				{
					"user": user_of("Engineering Lead"),
					"task": "Lead Handler",
					"instruction": "牵头落实",
					"due_on": add_days(today(), due if due is not None else 7),
				}
			]
			if state == "In Handling"
			else [],
		)
		values = {"owner": user_of(CLERK), "workflow_state": state}
		if state == "In Handling":
			values |= {
				"director_opinion": "请工程维修部牵头，按期整改并书面反馈。",
				"prepared_by": user_of(CLERK),
				"prepared_on": now_datetime(),
				"approved_by": user_of(DIRECTOR),
				"approved_on": now_datetime(),
			}
		if state == "Closed":
			values |= {"answer_note": "已电话回复参会人员", "closed_on": now_datetime()}
		letter.db_set(values)


def load_archive(project: str) -> None:
	box = _insert(
		"Archive Box",
		project=project,
		box_code="H-001",
		box_title="设备设施及合同",
		archive_class="E",
		box_year=getdate(today()).year,
		room="行政档案室",
		shelf="2柜3层",
	)
	files = []
	for position, (archive_class, title, medium, days, text) in enumerate(FILES, 1):
		file = _insert(
			"Archive File",
			project=project,
			archive_class=archive_class,
			file_title=title,
			medium=medium,
			file_date=add_days(today(), days),
			box=box.name,
			position=str(position),
			responsible="行政人事部",
			pages=12 * position,
		)
		files.append(file.name)
		_insert(
			"File",
			file_name=f"{title}.docx",
			content=_word(title, text),
			attached_to_doctype="Archive File",
			attached_to_name=file.name,
			is_private=1,
		)
	for document in frappe.get_all(
		"Issued Document", filters={"project": project, "docstatus": 1}, pluck="name", limit=1
	):
		archive.file_document("Issued Document", document, "A.01")
	archive_text.read_waiting()
	loan = _insert(
		"Archive Loan",
		project=project,
		borrower=user_of("Engineering Lead"),
		purpose="核对消防设施整改情况",
		due_on=add_days(today(), 5),
		items=[{"archive_file": files[1]}],
	)
	_approve(loan, state="Lent", owner="Engineering Lead")


def _word(*paragraphs: str) -> bytes:
	"""A Word file with these paragraphs."""
	space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
	packages = "http://schemas.openxmlformats.org/package/2006"
	body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
		package.writestr(
			"[Content_Types].xml",
			f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{packages}/content-types">'
			'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
			f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
		)
		package.writestr(
			"_rels/.rels",
			f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{packages}/relationships">'
			f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>',
		)
		package.writestr(
			"word/document.xml",
			f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
		)
	return out.getvalue()


def _insert(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # demo data


def _sign(doc, state: str, owner: str = CLERK) -> None:
	"""Bring a draft to a state as if its people had done so."""
	day = now_datetime()
	values = {
		"owner": user_of(owner),
		"workflow_state": state,
		"prepared_by": user_of(owner),
		"prepared_on": day,
		"reviewed_by": user_of(SUPERVISOR) if state != "Pending Review" else None,
		"reviewed_on": day if state != "Pending Review" else None,
		"approved_by": user_of(DIRECTOR) if state == "Approved" else None,
		"approved_on": day if state == "Approved" else None,
	}
	doc.db_set({field: value for field, value in values.items() if field == "owner" or doc.meta.has_field(field)})


def _approve(doc, state: str = "Approved", owner: str = CLERK) -> None:
	"""Submit a paper that its director approves."""
	_sign(doc, "Pending Approval", owner)
	doc.reload()
	doc.workflow_state = state
	doc.flags.ignore_permissions = True  # demo data
	doc.submit()
	doc.db_set("approved_by", user_of(DIRECTOR))


def _issue(doc) -> None:
	doc.reload()
	doc.workflow_state = "Formally Issued"
	doc.flags.ignore_permissions = True  # demo data
	doc.submit()
