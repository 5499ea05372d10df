"""What the module Renovation is."""

MANIFEST = {
	"name": "Renovation",
	"summary": "Permits, patrols, violations and deposits of renovation works",
	"category": "Premises",
	"version": "0.1.0",
	"depends": ["registry", "billing"],
	"duties": ["D25"],
	"application": True,
	"data": ["setup.after_install"],
	"demo": ["demo.load"],
	"workflows": [
		{
			"name": "Renovation Application",
			"doctype": "Renovation Application",
			"own_indicator": True,  # the list shows what waits for the cashier or the permit
			"states": [
				{"state": "Draft", "edit": "CS Agent"},
				{"state": "Pending Approval", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Engineering Review", "edit": "Engineering Lead", "style": "Warning"},
				{"state": "Director Approval", "edit": "Office Director", "style": "Warning"},
				{"state": "Approved", "docstatus": 1, "edit": "CS Agent", "style": "Success"},
				{"state": "Rejected", "edit": "CS Agent", "style": "Danger"},
				{"state": "Cancelled", "docstatus": 2, "edit": "CS Supervisor", "style": "Inverse"},
			],
			"transitions": [
				{
					"from": "Draft",
					"action": "Submit for Approval",
					"to": "Pending Approval",
					"role": "CS Agent",
					"condition": "doc.risk == 'Low'",
				},
				{
					"from": "Draft",
					"action": "Submit to Engineering",
					"to": "Engineering Review",
					"role": "CS Agent",
					"condition": "doc.risk != 'Low'",
				},
				{
					"from": "Pending Approval",
					"action": "Approve",
					"to": "Approved",
					"role": "CS Supervisor",
					"approval": True,
				},
				{"from": "Pending Approval", "action": "Reject", "to": "Rejected", "role": "CS Supervisor"},
				{
					"from": "Engineering Review",
					"action": "Approve",
					"to": "Approved",
					"role": "Engineering Lead",
					"approval": True,
					"condition": "doc.risk != 'High'",
				},
				{
					"from": "Engineering Review",
					"action": "Forward to the Director",
					"to": "Director Approval",
					"role": "Engineering Lead",
					"approval": True,
					"condition": "doc.risk == 'High'",
				},
				{"from": "Engineering Review", "action": "Reject", "to": "Rejected", "role": "Engineering Lead"},
				{
					"from": "Director Approval",
					"action": "Approve",
					"to": "Approved",
					"role": "Office Director",
					"approval": True,
				},
				{"from": "Director Approval", "action": "Reject", "to": "Rejected", "role": "Office Director"},
				{"from": "Rejected", "action": "Revise", "to": "Draft", "role": "CS Agent"},
				{"from": "Approved", "action": "Cancel", "to": "Cancelled", "role": "CS Supervisor"},
			],
		},
		{
			"name": "Renovation Violation",
			"doctype": "Renovation Violation",
			"state_field": "status",
			"own_indicator": True,  # red once the time to report it is over
			"states": [
				{"state": "To Be Rectified", "edit": "CS Agent", "style": "Danger"},
				{"state": "Rectification Reported", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Closed", "edit": "Kefu Administrator", "style": "Success"},
			],
			"transitions": [
				{
					"from": "To Be Rectified",
					"action": "Report Rectification",
					"to": "Rectification Reported",
					"role": ["CS Agent", "Technician", "Engineering Lead"],
				},
				{
					"from": "Rectification Reported",
					"action": "Confirm",
					"to": "Closed",
					"role": ["CS Supervisor", "Engineering Lead"],
					"approval": True,
				},
				{
					"from": "Rectification Reported",
					"action": "Send Back",
					"to": "To Be Rectified",
					"role": ["CS Supervisor", "Engineering Lead"],
				},
			],
		},
		{
			"name": "Renovation Deduction",
			"doctype": "Renovation Deduction",
			"approval": {
				"prepares": ["CS Agent", "Engineering Lead"],
				"approves": "Office Director",
				"submitted": True,
				"cancels": "Office Director",
			},
		},
	],
	"jobs": {
		"cron": {"*/15 * * * *": ["jobs.watch_violations"]},
		"daily": ["jobs.tell_of_expired_permits", "jobs.forget_workers"],
	},
	"doc_events": {
		"Fee Refund": {"on_submit": "charges.refund_paid", "on_trash": "charges.refund_deleted"},
	},
	"portal": {
		"entries": [
			{
				"route": "renovation",
				"title": "Renovation",
				"icon": "wrench",
				"order": 350,
				"page": "portal.renovation",
				"nav": True,
			},
		],
		"methods": ["portal.renovation.apply", "portal.renovation.add_drawings"],
	},
	"contributes": {
		"move_checks": ["checks.running_works"],
		"unit_grid_layers": ["checks.grid_layer"],
		"front_desk_cards": ["checks.front_desk"],
		"portal_home_cards": ["checks.home_cards"],
		"message_texts": ["neighbours.message_texts"],
	},
}
