"""What the module Inspection is."""

MANIFEST = {
	"name": "Inspection",
	"summary": "Facilities, check rounds, rectification and advertising places",
	"category": "Premises",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D5", "D26"],
	"application": True,
	"data": ["setup.after_install"],
	"demo": ["demo.load"],
	"workflows": [
		{
			"name": "Rectification",
			"doctype": "Rectification",
			"state_field": "status",
			"own_indicator": True,  # red once it is overdue
			"states": [
				{"state": "To Be Rectified", "edit": "Technician", "style": "Danger"},
				{"state": "To Be Rectified", "edit": "CS Agent", "style": "Danger"},
				{"state": "To Be Rectified", "edit": "CS Supervisor", "style": "Danger"},
				{"state": "To Be Rectified", "edit": "Engineering Lead", "style": "Danger"},
				{"state": "To Be Rectified", "edit": "Order and Cleaning Lead", "style": "Danger"},
				{"state": "Rectification Reported", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Rectification Reported", "edit": "Engineering Lead", "style": "Warning"},
				{"state": "Rectification Reported", "edit": "Order and Cleaning Lead", "style": "Warning"},
				{"state": "Closed", "edit": "Kefu Administrator", "style": "Success"},
			],
			"transitions": [
				{
					"from": "To Be Rectified",
					"action": "Report Rectification",
					"to": "Rectification Reported",
					"role": ["Technician", "CS Agent", "Engineering Lead", "Order and Cleaning Lead"],
				},
				{
					"from": "Rectification Reported",
					"action": "Confirm",
					"to": "Closed",
					"role": ["CS Supervisor", "Engineering Lead", "Order and Cleaning Lead"],
					"approval": True,
				},
				{
					"from": "Rectification Reported",
					"action": "Send Back",
					"to": "To Be Rectified",
					"role": ["CS Supervisor", "Engineering Lead", "Order and Cleaning Lead"],
				},
			],
		},
		{
			"name": "Rectification Extension",
			"doctype": "Rectification Extension",
			"approval": {
				"prepares": ["Technician", "CS Agent", "Engineering Lead", "Order and Cleaning Lead"],
				"approves": ["CS Supervisor", "Office Director"],
				"submitted": True,
			},
		},
		{
			"name": "Facility Maintenance",
			"doctype": "Facility Maintenance",
			"state_field": "status",
			"own_indicator": True,
			"states": [
				{"state": "Planned", "edit": "Technician", "style": "Primary"},
				{"state": "Planned", "edit": "Engineering Lead", "style": "Primary"},
				{"state": "Planned", "edit": "Order and Cleaning Lead", "style": "Primary"},
				{"state": "Work Reported", "edit": "Engineering Lead", "style": "Warning"},
				{"state": "Work Reported", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Work Accepted", "edit": "Kefu Administrator", "style": "Success"},
				{"state": "Dropped", "edit": "Engineering Lead", "style": "Inverse"},
			],
			"transitions": [
				{
					"from": "Planned",
					"action": "Report Work",
					"to": "Work Reported",
					"role": ["Technician", "Engineering Lead", "Order and Cleaning Lead"],
				},
				{
					"from": "Work Reported",
					"action": "Accept Work",
					"to": "Work Accepted",
					"role": ["Engineering Lead", "CS Supervisor"],
					"approval": True,
				},
				{
					"from": "Work Reported",
					"action": "Send Back",
					"to": "Planned",
					"role": ["Engineering Lead", "CS Supervisor"],
				},
				{
					"from": "Planned",
					"action": "Drop Work",
					"to": "Dropped",
					"role": ["Engineering Lead", "CS Supervisor"],
				},
			],
		},
		{
			"name": "Advertising Contract",
			"doctype": "Advertising Contract",
			"own_indicator": True,  # ended, ending, rent overdue
			"approval": {
				"prepares": "CS Supervisor",
				"approves": "Office Director",
				"submitted": True,
				"cancels": "Office Director",
			},
		},
	],
	"jobs": {
		"hourly": ["jobs.miss_tasks"],
		"daily": [
			"jobs.make_tasks",
			"jobs.watch_rectifications",
			"jobs.remind_full_tests",
			"jobs.tell_of_ends",
		],
	},
	"portal": {
		"entries": [
			{
				"route": "facilities",
				"title": "Facilities",
				"icon": "calendar",
				"order": 360,
				"page": "portal.facilities",
				"nav": True,
			},
		],
		"methods": ["portal.facilities.book", "portal.facilities.withdraw", "portal.facilities.photo"],
	},
	"contributes": {
		"operations_board": ["operations.board"],
		"measures": ["operations.measures"],
		"data_quality": ["operations.gaps"],
		"front_desk_cards": ["checks.front_desk"],
		"disclosure_items": ["disclosure.items"],
		"portal_home_cards": ["checks.home_cards"],
	},
}
