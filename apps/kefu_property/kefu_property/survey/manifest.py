"""What the module Survey is."""

MANIFEST = {
	"name": "Survey",
	"summary": "Satisfaction surveys and opinion polls of owners",
	"category": "Service",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D10", "S3"],
	"application": True,
	"data": ["setup.after_install"],
	"demo": ["demo.load"],
	"workflows": [
		{
			"name": "Satisfaction Survey",
			"doctype": "Satisfaction Survey",
			"state_field": "status",
			"own_indicator": True,  # the list shows surveys below the target in red
			"states": [
				{"state": "Draft", "edit": "CS Agent"},
				{"state": "Pending Approval", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Approved", "edit": "CS Agent", "style": "Primary"},
				{"state": "Open", "edit": "CS Agent", "style": "Primary"},
				{"state": "Closed", "edit": "CS Agent", "style": "Success"},
				{"state": "Archived", "edit": "Kefu Administrator", "style": "Success"},
				{"state": "Cancelled", "edit": "Kefu Administrator", "style": "Inverse"},
			],
			"transitions": [
				{"from": "Draft", "action": "Submit for Approval", "to": "Pending Approval", "role": "CS Agent"},
				{
					"from": "Pending Approval",
					"action": "Approve",
					"to": "Approved",
					"role": ["CS Supervisor", "Office Director"],
					"approval": True,
				},
				{
					"from": "Pending Approval",
					"action": "Reject",
					"to": "Draft",
					"role": ["CS Supervisor", "Office Director"],
				},
				{"from": "Approved", "action": "Publish", "to": "Open", "role": "CS Agent"},
				{"from": "Approved", "action": "Cancel", "to": "Cancelled", "role": "CS Supervisor"},
				{"from": "Open", "action": "Close", "to": "Closed", "role": "CS Supervisor"},
				{"from": "Open", "action": "Cancel", "to": "Cancelled", "role": "CS Supervisor"},
				{"from": "Closed", "action": "Archive", "to": "Archived", "role": ["CS Agent", "CS Supervisor"]},
			],
		},
	],
	"jobs": {
		"daily": ["jobs.open_due", "jobs.close_due", "jobs.remind"],
		"monthly": ["jobs.tell_missing"],
	},
	"portal": {
		"entries": [
			{
				"route": "surveys",
				"title": "Surveys",
				"icon": "edit",
				"order": 350,
				"page": "portal.surveys",
				"nav": True,
			},
			{"route": "survey", "title": "Survey", "page": "portal.survey", "guest": True},
		],
		"guest_methods": ["portal.survey.answer"],
	},
	"contributes": {
		"operations_board": ["operations.board"],
		"data_quality": ["data_quality.checks"],
		"portal_home_cards": ["portal.surveys.home_cards"],
		"message_texts": ["participation.message_texts"],
		"measures": ["measures.measures"],
	},
}
