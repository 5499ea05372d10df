"""What the module Custody is."""

MANIFEST = {
	"name": "Custody",
	"summary": "Left luggage and parcels received for owners",
	"category": "Service",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D20"],
	"application": True,
	"data": ["setup.after_install"],
	"demo": ["demo.load"],
	"workflows": [
		{
			"name": "Custody Claim",
			"doctype": "Custody Claim",
			"state_field": "status",
			"states": [
				{"state": "Draft", "edit": "CS Agent"},
				{"state": "Under Review", "edit": "CS Agent", "style": "Primary"},
				{"state": "Pending Approval", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Settled", "edit": "Kefu Administrator", "style": "Success"},
				{"state": "Rejected", "edit": "Kefu Administrator", "style": "Danger"},
			],
			"transitions": [
				{"from": "Draft", "action": "Start Review", "to": "Under Review", "role": "CS Agent"},
				{"from": "Under Review", "action": "Submit for Approval", "to": "Pending Approval", "role": "CS Agent"},
				{
					"from": "Pending Approval",
					"action": "Approve",
					"to": "Settled",
					"role": "CS Supervisor",
					"approval": True,
					"condition": "not doc.needs_director",
				},
				{
					"from": "Pending Approval",
					"action": "Approve",
					"to": "Settled",
					"role": "Office Director",
					"approval": True,
					"condition": "doc.needs_director",
				},
				{
					"from": "Pending Approval",
					"action": "Reject Claim",
					"to": "Rejected",
					"role": "CS Supervisor",
					"approval": True,
				},
				{"from": "Pending Approval", "action": "Back to Review", "to": "Under Review", "role": "CS Supervisor"},
			],
		},
		{
			"name": "Custody Count",
			"doctype": "Custody Count",
			"state_field": "status",
			"approval": {"prepares": "CS Agent", "approves": "CS Supervisor", "submitted": True},
		},
	],
	"jobs": {"daily": ["jobs.remind_owners", "jobs.tell_overdue", "jobs.forget_pickers"]},
	"portal": {
		"entries": [
			{
				"route": "parcels",
				"title": "My Parcels",
				"icon": "parcel",
				"order": 40,
				"page": "portal.parcels",
				"nav": True,
			},
		],
		"methods": [
			"portal.parcels.get_code",
			"portal.parcels.authorise",
			"portal.parcels.revoke",
			"portal.parcels.complain",
		],
	},
	"contributes": {
		"data_quality": ["data_quality.checks"],
		"shift_handover_lines": ["shift_lines.lines"],
		"move_checks": ["checks.items_waiting"],
		"erasure_checks": ["checks.erasure"],
		"front_desk_cards": ["checks.front_desk"],
		"portal_home_cards": ["checks.home_cards"],
		"message_texts": ["notices.message_texts"],
	},
}
