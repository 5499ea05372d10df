"""What the module Keys is."""

MANIFEST = {
	"name": "Keys",
	"summary": "Keys and key sets, their hooks, loans and returns",
	"category": "Service",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D14"],
	"application": True,
	"data": ["setup.after_install"],
	"demo": ["demo.load"],
	"workflows": [
		{
			"name": "Key Loan",
			"doctype": "Key Loan",
			"own_indicator": True,  # the list shows overdue loans in red
			"states": [
				{"state": "Draft", "edit": "CS Agent"},
				{"state": "Pending Approval", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Approved", "edit": "CS Agent", "style": "Primary"},
				{"state": "Handed Out", "docstatus": 1, "edit": "CS Agent", "style": "Primary"},
				{"state": "Cancelled", "docstatus": 2, "edit": "CS Supervisor", "style": "Inverse"},
			],
			"transitions": [
				{
					"from": "Draft",
					"action": "Hand Out",
					"to": "Handed Out",
					"role": "CS Agent",
					"condition": "not doc.needs_approval",
				},
				{
					"from": "Draft",
					"action": "Submit for Approval",
					"to": "Pending Approval",
					"role": ["CS Agent", "Engineering Lead"],
					"condition": "doc.needs_approval",
				},
				{
					"from": "Pending Approval",
					"action": "Approve",
					"to": "Approved",
					"role": "CS Supervisor",
					"approval": True,
				},
				{"from": "Pending Approval", "action": "Reject", "to": "Draft", "role": "CS Supervisor"},
				{"from": "Approved", "action": "Hand Out", "to": "Handed Out", "role": "CS Agent"},
				{"from": "Handed Out", "action": "Cancel", "to": "Cancelled", "role": "CS Supervisor"},
			],
		},
		{
			"name": "Key Loss",
			"doctype": "Key Loss",
			"state_field": "status",
			"states": [
				{"state": "Draft", "edit": "CS Agent"},
				{"state": "Pending Approval", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Lock Change Due", "edit": "CS Agent", "style": "Danger"},
				{"state": "Closed", "edit": "Kefu Administrator", "style": "Success"},
				{"state": "Found Again", "edit": "Kefu Administrator", "style": "Success"},
			],
			"transitions": [
				{"from": "Draft", "action": "Submit for Approval", "to": "Pending Approval", "role": "CS Agent"},
				{"from": "Draft", "action": "Key Found", "to": "Found Again", "role": "CS Agent"},
				{
					"from": "Pending Approval",
					"action": "Approve",
					"to": "Lock Change Due",
					"role": "CS Supervisor",
					"approval": True,
					"condition": "doc.lock_change",
				},
				{
					"from": "Pending Approval",
					"action": "Approve without Lock Change",
					"to": "Closed",
					"role": "CS Supervisor",
					"approval": True,
					"condition": "not doc.lock_change",
				},
				{"from": "Pending Approval", "action": "Reject", "to": "Draft", "role": "CS Supervisor"},
				{"from": "Lock Change Due", "action": "Close", "to": "Closed", "role": "CS Agent"},
				{"from": "Lock Change Due", "action": "Key Found", "to": "Found Again", "role": "CS Agent"},
			],
		},
		{
			"name": "Key Count",
			"doctype": "Key Count",
			"state_field": "status",
			"approval": {"prepares": "CS Agent", "approves": "CS Supervisor", "submitted": True},
		},
	],
	"jobs": {
		"cron": {"*/15 * * * *": ["jobs.remind_overdue"]},
		"daily": ["jobs.remind_lock_changes", "jobs.forget_borrowers"],
	},
	"portal": {
		"entries": [
			{"route": "keys", "title": "My Keys", "icon": "key", "order": 460, "page": "portal.keys", "nav": True},
		],
	},
	"contributes": {
		"data_quality": ["data_quality.checks"],
		"shift_handover_lines": ["shift_lines.lines"],
		"move_checks": ["checks.keys_out"],
		"erasure_checks": ["checks.erasure"],
		"front_desk_cards": ["checks.front_desk"],
		"portal_home_cards": ["checks.home_cards"],
		"message_texts": ["jobs.message_texts"],
		"leaving_checks": ["api.leaving_check"],
		"my_work_cards": ["api.my_work_card"],
	},
}
