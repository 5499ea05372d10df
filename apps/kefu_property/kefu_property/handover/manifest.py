"""What the module Handover is."""

MANIFEST = {
	"name": "Handover",
	"summary": "Acceptance of common parts and handing over of homes",
	"category": "Premises",
	"version": "0.1.0",
	"depends": ["registry", "keys"],
	"duties": ["D24"],
	"application": True,
	"data": ["setup.after_install"],
	"demo": ["demo.load"],
	"workflows": [
		{
			"name": "Project Takeover",
			"doctype": "Project Takeover",
			"own_indicator": True,  # the list shows takeovers whose defects are open
			"approval": {
				"prepares": "Engineering Lead",
				"approves": "Office Director",
				"submitted": True,
				"cancels": "Office Director",
			},
		},
		{
			"name": "Handover Batch",
			"doctype": "Handover Batch",
			"approval": {
				"prepares": "CS Agent",
				"approves": "CS Supervisor",
				"submitted": True,
				"cancels": "CS Supervisor",
			},
		},
		{
			"name": "Handover Defect",
			"doctype": "Handover Defect",
			"state_field": "status",
			"own_indicator": True,  # red once the day to repair by is over
			"states": [
				{"state": "To Be Repaired", "edit": "CS Agent", "style": "Primary"},
				{"state": "To Be Repaired", "edit": "Technician", "style": "Primary"},
				{"state": "To Be Repaired", "edit": "Engineering Lead", "style": "Primary"},
				{"state": "Repair Reported", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Repair Reported", "edit": "Engineering Lead", "style": "Warning"},
				{"state": "Closed", "edit": "Kefu Administrator", "style": "Success"},
				{"state": "Called Off", "edit": "Kefu Administrator", "style": "Inverse"},
			],
			"transitions": [
				{
					"from": "To Be Repaired",
					"action": "Report Repair",
					"to": "Repair Reported",
					"role": ["CS Agent", "Technician", "Engineering Lead"],
				},
				{
					"from": "Repair Reported",
					"action": "Confirm",
					"to": "Closed",
					"role": ["CS Supervisor", "Engineering Lead"],
					"approval": True,
				},
				{
					"from": "Repair Reported",
					"action": "Send Back",
					"to": "To Be Repaired",
					"role": ["CS Supervisor", "Engineering Lead"],
				},
				{
					"from": "To Be Repaired",
					"action": "Call Off",
					"to": "Called Off",
					"role": ["CS Supervisor", "Engineering Lead"],
					"approval": True,
				},
			],
		},
	],
	"jobs": {"daily": ["jobs.remind_of_defects", "jobs.remind_of_appointments", "jobs.note_absent"]},
	"portal": {
		"entries": [
			{
				"route": "handover",
				"title": "Handover of My Home",
				"icon": "key",
				"order": 340,
				"page": "portal.handover",
				"nav": True,
			},
		],
		"methods": ["portal.handover.book", "portal.handover.cancel", "portal.handover.report_defect"],
	},
	"contributes": {
		"front_desk_cards": ["checks.front_desk"],
		"portal_home_cards": ["checks.home_cards"],
		"message_texts": ["jobs.message_texts"],
		"move_checks": ["checks.open_defects"],
		"unit_grid_layers": ["checks.grid_layer"],
	},
}
