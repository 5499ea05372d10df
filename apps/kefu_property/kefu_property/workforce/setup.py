"""What the workforce needs on a site: settings with the usual tasks, the kinds of leave."""

import frappe

TASKS = (
	("Onboarding", "Contract signed", "HR Clerk"),
	("Onboarding", "Papers copied and checked", "HR Clerk"),
	("Onboarding", "Login and roles set up", "Kefu Administrator"),
	("Onboarding", "Uniform and work pass handed out", "Store Keeper"),
	("Onboarding", "Induction training planned", "CS Supervisor"),
	("Departure", "Work handed over", "CS Supervisor"),
	("Departure", "Uniform and work pass returned", "Store Keeper"),
	("Departure", "Accounts with other systems closed", "Kefu Administrator"),
	("Departure", "Attendance and leave settled", "HR Clerk"),
	("Departure", "Certificate of leaving handed out", "HR Clerk"),
)
#: name, symbol, counts, needs entitlement, from overtime, paid, half days, proof after, only for
LEAVE_KINDS = (
	("Annual Leave", "年", "Working Days", 1, 0, 1, 1, 0, ""),
	("Time Off for Overtime", "调", "Working Days", 1, 1, 1, 1, 0, ""),
	("Personal Leave", "事", "Working Days", 0, 0, 0, 1, 0, ""),
	("Sick Leave", "病", "Working Days", 0, 0, 1, 1, 2, ""),
	("Marriage Leave", "婚", "Working Days", 0, 0, 1, 0, 1, ""),
	("Maternity Leave", "产", "Calendar Days", 0, 0, 1, 0, 1, "Female"),
	("Paternity Leave", "陪", "Calendar Days", 0, 0, 1, 0, 1, "Male"),
	("Bereavement Leave", "丧", "Working Days", 0, 0, 1, 0, 0, ""),
	("Work Injury Leave", "伤", "Calendar Days", 0, 0, 1, 0, 1, ""),
)


def after_install() -> None:
	settings = frappe.get_doc("Workforce Settings")
	# the framework writes the defaults of a new single itself: the tasks alone tell whether set-up has run
	if not settings.tasks:
		for kind, task, responsible in TASKS:
			settings.append("tasks", {"kind": kind, "task": task, "responsible": responsible})
		settings.save(ignore_permissions=True)  # set-up
	if frappe.db.count("Leave Kind"):
		return
	for name, symbol, counts, balance, overtime, paid, halves, proof, gender in LEAVE_KINDS:
		frappe.get_doc(
			{
				"doctype": "Leave Kind",
				"kind_name": name,
				"symbol": symbol,
				"counts": counts,
				"has_balance": balance,
				"from_overtime": overtime,
				"paid": paid,
				"half_days": halves,
				"proof_after": proof,
				"gender": gender,
			}
		).insert(ignore_permissions=True)  # set-up
