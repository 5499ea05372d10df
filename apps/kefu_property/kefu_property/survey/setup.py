"""What the surveys need on a site: settings with their defaults, questionnaires to start from."""

import frappe

ITEMS = (
	("综合服务", "您对本小区物业服务的总体评价"),
	("客户服务", "客服人员的服务态度与礼仪"),
	("客户服务", "投诉、咨询、求助的处理速度与结果"),
	("报事报修", "报修上门的及时性与维修质量"),
	("秩序维护", "门岗值守、人员与车辆出入管理"),
	("秩序维护", "园区巡逻与停车秩序"),
	("环境保洁", "楼道、电梯、园区的清洁卫生"),
	("环境保洁", "生活垃圾清运与分类管理"),
	("绿化养护", "园区绿化的养护与景观效果"),
	("设施设备", "电梯、照明、给排水等公共设施设备的维护"),
	("收费公示", "收费项目、标准与公共收益的公示"),
	("社区文化", "社区文化活动的组织"),
)
INTRODUCTION = (
	"尊敬的业主(住户):您好!为进一步提升物业服务品质,我们诚邀您参与本次满意度调查。请根据您的真实感受作答,约需3分钟。"
	"感谢您的支持与配合!"
)


def after_install() -> None:
	if "threshold" not in frappe.db.get_singles_dict("Survey Settings"):
		frappe.get_doc("Survey Settings").save(ignore_permissions=True)  # set-up
	for name, introduction, questions in templates():
		if not frappe.db.exists("Survey Template", name):
			frappe.get_doc(
				{
					"doctype": "Survey Template",
					"template_name": name,
					"introduction": introduction,
					"questions": questions,
				}
			).insert(ignore_permissions=True)  # set-up


def templates() -> list[tuple[str, str, list[dict]]]:
	"""Name, introduction and questions of the questionnaires that a site starts with."""
	yearly = [
		{"question": question, "kind": "Scale", "item": item, "required": int(number == 0)}
		for number, (item, question) in enumerate(ITEMS)
	]
	yearly += [
		{
			"question": "您对总体服务不满意的主要原因是(可多选)",
			"kind": "Multiple Choice",
			"required": 0,
			"choices": "响应不及时\n问题未解决\n服务态度\n收费不透明\n环境卫生\n安全秩序\n其他",
			"show_when": "q1",
			"show_values": "1\n2\n3",
		},
		{
			"question": "您最希望我们优先改进的是",
			"kind": "Single Choice",
			"required": 0,
			"choices": "客户服务\n报事报修\n秩序维护\n环境保洁\n绿化养护\n设施设备\n停车管理",
		},
		{"question": "您的其他意见和建议", "kind": "Text", "required": 0},
	]
	repair = [
		{"question": "您对本次维修的总体评价", "kind": "Scale", "item": "报事报修", "required": 1},
		{
			"question": "请评价本次维修",
			"kind": "Matrix",
			"item": "",
			"required": 1,
			"matrix_rows": "上门及时\n维修质量\n服务态度\n现场清理",
		},
		{
			"question": "您愿意向邻居推荐我们的服务吗(1-10分)",
			"kind": "Scale",
			"scale_max": "10",
			"item": "推荐意愿",
			"required": 0,
		},
		{"question": "意见和建议", "kind": "Text", "required": 0},
	]
	return [
		("物业服务满意度调查问卷", INTRODUCTION, yearly),
		("维修服务满意度问卷", "感谢您使用我们的维修服务,请用1分钟评价本次服务。", repair),
	]
