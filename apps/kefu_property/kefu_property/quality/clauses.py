"""The clauses of the three management systems: number and a short title in our own words, Chinese and English.

What a standard demands stands in the standard, which each office buys; nothing of its text is here. The questions are ours, too.
"""

from __future__ import annotations

from typing import NamedTuple

QUALITY, ENVIRONMENT, SAFETY = "ISO 9001", "ISO 14001", "ISO 45001"


class Clause(NamedTuple):
	standard: str
	number: str
	title: str
	title_zh: str

	@property
	def name(self) -> str:
		return f"{self.standard} {self.number}"

	@property
	def parent(self) -> str:
		"""Name of the clause above: 8.5.1 stands under 8.5, 8 under the standard."""
		head, _dot, _last = self.number.rpartition(".")
		return f"{self.standard} {head}" if head else self.standard


STANDARDS = {
	QUALITY: ("Quality management", "质量管理体系"),
	ENVIRONMENT: ("Environmental management", "环境管理体系"),
	SAFETY: ("Occupational health and safety", "职业健康安全管理体系"),
}

#: the frame that all three share
COMMON = """
4 | The office and its setting | 组织所处的环境
4.1 | Inside and outside matters | 内外部情况
4.2 | Who is concerned and what they expect | 相关方及其期望
4.3 | Where the system applies | 体系范围
4.4 | The system and its processes | 体系及其过程
5 | Leadership | 领导作用
5.1 | What the management does itself | 领导作用与承诺
5.2 | Policy | 方针
5.3 | Who is in charge of what | 岗位、职责与权限
6 | Planning | 策划
6.1 | Risks and opportunities | 风险与机遇的应对
6.2 | Objectives and how they are reached | 目标及实现措施
7 | Support | 支持
7.1 | Means | 资源
7.2 | What people can | 能力
7.3 | What people know of the system | 意识
7.4 | Who is told what | 沟通
7.5 | Documents and records | 文件与记录
7.5.1 | Which papers are kept | 文件总则
7.5.2 | Making and renewing papers | 文件编制与更新
7.5.3 | Control of papers | 文件控制
8 | Operation | 运行
8.1 | Planning and control of the work | 运行策划与控制
9 | Looking at the results | 绩效评价
9.1 | Measuring and judging | 监视、测量、分析与评价
9.1.1 | What is measured, and when | 监测总则
9.2 | Internal audit | 内部审核
9.3 | Management review | 管理评审
10 | Getting better | 改进
10.1 | Chances to improve | 改进总则
10.2 | Nonconformity and corrective action | 不符合与纠正措施
10.3 | Going on improving | 持续改进
"""

OWN = {
	QUALITY: """
5.1.1 | Leading the system | 领导总则
5.1.2 | Owners come first | 以业主为关注焦点
5.2.1 | Making the policy | 制定质量方针
5.2.2 | Making the policy known | 沟通质量方针
6.3 | Changes are planned | 变更的策划
7.1.1 | Means in general | 资源总则
7.1.2 | Staff | 人员
7.1.3 | Premises and equipment | 基础设施
7.1.4 | Surroundings at work | 工作环境
7.1.5 | Measuring equipment | 监测设备
7.1.6 | Knowledge of the office | 组织知识
8.2 | What owners ask for | 服务要求
8.2.1 | Talking with owners | 与业主沟通
8.2.2 | Settling what is asked for | 要求的确定
8.2.3 | Checking that it can be done | 要求的评审
8.2.4 | When what is asked for changes | 要求的变更
8.3 | Designing new services | 服务的设计与开发
8.4 | Suppliers and contractors | 外部供方的控制
8.4.1 | Suppliers in general | 外部供方总则
8.4.2 | How closely they are watched | 控制类型与程度
8.4.3 | What they are told | 给外部供方的信息
8.5 | Giving the service | 服务提供
8.5.1 | Services under control | 服务提供的控制
8.5.2 | Marking and tracing | 标识与可追溯性
8.5.3 | Property of owners and suppliers | 业主及供方财产
8.5.4 | Keeping things sound | 防护
8.5.5 | After the service | 服务后的活动
8.5.6 | Changes while serving | 服务变更的控制
8.6 | Service is checked before it counts as done | 服务的放行
8.7 | Service that was not as it should be | 不合格服务的控制
9.1.2 | Satisfaction of owners | 业主满意
9.1.3 | Reading the figures | 分析与评价
9.3.1 | Review in general | 管理评审总则
9.3.2 | What goes into the review | 管理评审输入
9.3.3 | What comes out of the review | 管理评审输出
""",
	ENVIRONMENT: """
6.1.1 | Planning in general | 策划总则
6.1.2 | Environmental aspects | 环境因素
6.1.3 | Law and other duties | 合规义务
6.1.4 | Planning what is done | 措施的策划
6.2.1 | Environmental objectives | 环境目标
6.2.2 | How they are reached | 实现环境目标的措施
7.4.1 | Telling in general | 沟通总则
7.4.2 | Inside the office | 内部沟通
7.4.3 | Outside the office | 外部沟通
8.2 | Ready for emergencies | 应急准备与响应
9.1.2 | Keeping to law and duties | 合规性评价
9.2.1 | Audits in general | 内部审核总则
9.2.2 | Audit programme | 内部审核方案
""",
	SAFETY: """
5.4 | Staff are asked and take part | 员工协商与参与
6.1.1 | Planning in general | 策划总则
6.1.2 | Hazards and risks | 危险源辨识与风险评价
6.1.3 | Law and other duties | 法律法规与其他要求
6.1.4 | Planning what is done | 措施的策划
6.2.1 | Safety objectives | 职业健康安全目标
6.2.2 | How they are reached | 实现目标的策划
7.4.1 | Telling in general | 沟通总则
7.4.2 | Inside the office | 内部沟通
7.4.3 | Outside the office | 外部沟通
8.1.1 | Work in general | 运行总则
8.1.2 | Removing hazards and lowering risks | 消除危险源与降低风险
8.1.3 | Changes under control | 变更管理
8.1.4 | Purchases and contractors | 采购与承包方
8.2 | Ready for emergencies | 应急准备与响应
9.1.2 | Keeping to law and duties | 合规性评价
9.2.1 | Audits in general | 内部审核总则
9.2.2 | Audit programme | 内部审核方案
""",
}
#: clauses of the frame that one of the three calls otherwise
RENAMED = {
	(SAFETY, "10.2"): ("Incident, nonconformity and corrective action", "事件、不符合与纠正措施"),
	(SAFETY, "5.1"): ("What the management does itself for safety", "领导作用与承诺"),
}

#: usual questions of an audit in a management office, by number; they serve each standard that has the clause
QUESTIONS = {
	"4.1": (
		"Which changes of this year touch the office, and where are they written down?",
		"今年有哪些内外部变化影响管理处？记录在哪里？",
	),
	"5.2": ("Do the staff know the policy and what it means for their work?", "员工是否了解方针及其对本岗位的含义？"),
	"5.3": (
		"Is it written who is in charge of what, and do people act accordingly?",
		"岗位职责是否成文，实际是否照做？",
	),
	"6.1": (
		"Which risks were assessed, what was done about the high ones, when was it reviewed?",
		"评价了哪些风险？高风险采取了什么措施？何时评审？",
	),
	"6.1.2": (
		"Is the register of this area complete and reviewed within the year?",
		"本区域的环境因素或危险源清单是否完整，是否年内评审？",
	),
	"6.1.3": (
		"Is there a list of the laws that apply, and when was it checked?",
		"适用法律法规清单是否齐全，何时核对？",
	),
	"6.2": (
		"Are the objectives measured each month, and what was done where they were missed?",
		"目标是否按月测量？未达成时采取了什么措施？",
	),
	"7.1.5": ("Are measuring devices in date (calibration label)?", "计量器具是否在检定有效期内？"),
	"7.2": (
		"Show training records and certificates of three people of this area.",
		"抽查本区域三名员工的培训记录与持证情况。",
	),
	"7.5.3": (
		"Are only valid versions in use? Look at three papers at the workplace.",
		"现场使用的是否均为有效版本？抽查三份文件。",
	),
	"8.1": ("Pick three routine tasks: are they done as the procedure says?", "抽查三项日常工作是否按程序执行。"),
	"8.2": ("When was the last emergency drill, and what followed from it?", "最近一次应急演练在何时？改进了什么？"),
	"8.2.1": (
		"Pick five complaints: were they answered in time and followed up?",
		"抽查五件投诉：是否按时回复并回访？",
	),
	"8.4.2": (
		"How are contractors judged? See the marks of this year.",
		"如何评价分包方？查看本年度评价记录。",
	),
	"8.5.1": (
		"Pick five work orders: records complete, times kept, signed?",
		"抽查五张工单：记录是否完整、按时、有签字？",
	),
	"8.5.3": (
		"How are keys, deposits and items of owners kept? Count some.",
		"业主钥匙、押金、寄存物如何保管？现场清点。",
	),
	"8.7": (
		"What is done with service that was not as it should be? See three cases.",
		"不合格服务如何处置？查看三个案例。",
	),
	"9.1.2": (
		"How is the result known, and what was done about the weakest point?",
		"结果如何得出？对最薄弱项采取了什么措施？",
	),
	"9.2": (
		"Were all areas audited within the year by people from elsewhere?",
		"年内是否覆盖全部区域，审核员是否独立？",
	),
	"9.3": ("Are the decisions of the last review done?", "上次管理评审的决议是否落实？"),
	"10.2": (
		"Pick two nonconformities: cause found, action done, effect checked by somebody else?",
		"抽查两份不符合：原因是否查明、措施是否完成、是否由他人验证效果？",
	),
}


def all_clauses() -> list[Clause]:
	"""Clauses of the three standards, each after the one above it."""
	found = []
	for standard in STANDARDS:
		rows = {}
		for line in (COMMON + OWN[standard]).strip().splitlines():
			number, title, title_zh = (part.strip() for part in line.split("|")) if line else ("", "", "")
			if number:
				rows[number] = RENAMED.get((standard, number), (title, title_zh))
		found += [Clause(standard, number, *rows[number]) for number in sorted(rows, key=order)]
	return found


def order(number: str) -> tuple[int, ...]:
	"""Key that sorts 10.2 after 9.3."""
	return tuple(int(part) for part in number.split("."))


def questions(number: str, chinese: bool) -> str:
	"""Usual audit questions of a clause, one a line; empty when we have none."""
	pair = QUESTIONS.get(number)
	return pair[int(chinese)] if pair else ""
