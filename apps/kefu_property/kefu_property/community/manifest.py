"""What the module Community is."""

MANIFEST = {
	"name": "Community",
	"summary": "Notices, disclosure, activities, receptions, special services and meetings",
	"category": "Community",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D4", "D6", "D12", "D16", "D21", "D27", "D31"],
	"application": True,
	"data": ["setup.after_install"],
	"demo": ["demo.load"],
	"workflows": [
		{
			"name": "Community Notice",
			"doctype": "Community Notice",
			"own_indicator": True,  # the list shows emergencies, planned and expired notices
			"approval": {
				"prepares": ["CS Agent", "CS Supervisor", "Office Clerk"],
				"approves": ["CS Supervisor", "Office Director"],
				"approved": "Published",
				"submitted": True,
				"cancels": "CS Supervisor",
			},
			"transitions": [
				{
					"from": "Draft",
					"action": "Publish at Once",
					"to": "Published",
					"role": ["CS Supervisor", "Office Director"],
					"condition": "doc.emergency",
				},
			],
		},
		{
			"name": "Community Disclosure",
			"doctype": "Community Disclosure",
			"own_indicator": True,  # the list shows what is overdue and where objections are open
			"approval": {
				"prepares": ["CS Supervisor", "CS Agent", "Accountant"],
				"approves": "Office Director",
				"approved": "Published",
				"submitted": True,
				"cancels": "Office Director",
			},
		},
		{
			"name": "Community Activity",
			"doctype": "Community Activity",
			"own_indicator": True,  # the list shows full activities
			"states": [
				{"state": "Draft", "edit": "CS Agent"},
				{"state": "Draft", "edit": "CS Supervisor"},
				{"state": "Pending Approval", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Director Approval", "edit": "Office Director", "style": "Warning"},
				{"state": "Approved", "docstatus": 1, "edit": "CS Agent", "style": "Primary"},
				{"state": "Approved", "docstatus": 1, "edit": "CS Supervisor", "style": "Primary"},
				{"state": "Under Way", "docstatus": 1, "edit": "CS Agent", "style": "Primary"},
				{"state": "Under Way", "docstatus": 1, "edit": "CS Supervisor", "style": "Primary"},
				{"state": "Completed", "docstatus": 1, "edit": "CS Supervisor", "style": "Success"},
				{"state": "Cancelled", "docstatus": 2, "edit": "CS Supervisor", "style": "Inverse"},
			],
			"transitions": [
				{
					"from": "Draft",
					"action": "Submit for Approval",
					"to": "Pending Approval",
					"role": ["CS Agent", "CS Supervisor"],
				},
				{
					"from": "Pending Approval",
					"action": "Approve",
					"to": "Approved",
					"role": ["CS Supervisor", "Office Director"],
					"approval": True,
					"condition": "not doc.needs_director",
				},
				{
					"from": "Pending Approval",
					"action": "Forward to the Director",
					"to": "Director Approval",
					"role": "CS Supervisor",
					"approval": True,
					"condition": "doc.needs_director",
				},
				{
					"from": "Pending Approval",
					"action": "Reject",
					"to": "Draft",
					"role": ["CS Supervisor", "Office Director"],
				},
				{
					"from": "Director Approval",
					"action": "Approve",
					"to": "Approved",
					"role": "Office Director",
					"approval": True,
				},
				{"from": "Director Approval", "action": "Reject", "to": "Draft", "role": "Office Director"},
				{"from": "Approved", "action": "Start", "to": "Under Way", "role": ["CS Agent", "CS Supervisor"]},
				{"from": "Approved", "action": "Cancel", "to": "Cancelled", "role": "CS Supervisor"},
				{
					"from": "Under Way",
					"action": "Finish Activity",
					"to": "Completed",
					"role": ["CS Agent", "CS Supervisor"],
				},
			],
		},
		{
			"name": "Event Safety Sheet",
			"doctype": "Event Safety Sheet",
			"own_indicator": True,  # the list shows incidents
			"states": [
				{"state": "Draft", "edit": "CS Agent"},
				{"state": "Draft", "edit": "Order and Cleaning Lead"},
				{"state": "Pending Approval", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Signed Off", "edit": "CS Agent", "style": "Primary"},
				{"state": "Signed Off", "edit": "Order and Cleaning Lead", "style": "Primary"},
				{"state": "Closed", "edit": "Kefu Administrator", "style": "Success"},
			],
			"transitions": [
				{
					"from": "Draft",
					"action": "Submit for Approval",
					"to": "Pending Approval",
					"role": ["CS Agent", "Order and Cleaning Lead"],
				},
				{
					"from": "Pending Approval",
					"action": "Sign Off",
					"to": "Signed Off",
					"role": ["CS Supervisor", "Office Director"],
					"approval": True,
				},
				{
					"from": "Pending Approval",
					"action": "Reject",
					"to": "Draft",
					"role": ["CS Supervisor", "Office Director"],
				},
				{
					"from": "Signed Off",
					"action": "Close",
					"to": "Closed",
					"role": ["CS Agent", "Order and Cleaning Lead", "CS Supervisor"],
				},
			],
		},
		{
			"name": "Special Service",
			"doctype": "Special Service",
			"own_indicator": True,  # a service that is offered is green, not just approved
			"approval": {
				"prepares": ["CS Agent", "CS Supervisor"],
				"approves": ["CS Supervisor", "Office Director"],
				"approved": "Offered",
			},
			"states": [{"state": "No Longer Offered", "edit": "CS Supervisor", "style": "Inverse"}],
			"transitions": [
				{"from": "Offered", "action": "Take Off", "to": "No Longer Offered", "role": "CS Supervisor"},
				{"from": "No Longer Offered", "action": "Revise", "to": "Draft", "role": "CS Supervisor"},
			],
		},
		{
			"name": "Publicity Campaign",
			"doctype": "Publicity Campaign",
			"own_indicator": True,  # the list shows campaigns whose result is due
			"approval": {
				"prepares": ["CS Agent", "CS Supervisor", "Office Clerk"],
				"approves": "Office Director",
				"submitted": True,
				"keeps": "CS Supervisor",
				"cancels": "Office Director",
			},
			"states": [{"state": "Completed", "docstatus": 1, "edit": "CS Supervisor", "style": "Success"}],
			"transitions": [
				{
					"from": "Approved",
					"action": "Finish Campaign",
					"to": "Completed",
					"role": ["CS Agent", "CS Supervisor", "Office Clerk"],
				},
			],
		},
	],
	"jobs": {"daily": ["jobs.open_disclosures", "jobs.tell_of_overdue"]},
	"portal": {
		"entries": [
			{
				"route": "notices",
				"title": "Public Notices",
				"icon": "bell",
				"order": 40,
				"page": "portal.notices",
				"nav": True,
			},
			{"route": "notice", "title": "Public Notice", "page": "portal.notice", "guest": True},
			{
				"route": "activities",
				"title": "Community Activities",
				"icon": "calendar",
				"order": 320,
				"page": "portal.activities",
				"nav": True,
			},
			{
				"route": "services",
				"title": "Special Services",
				"icon": "heart",
				"order": 330,
				"page": "portal.services",
				"nav": True,
			},
			{
				"route": "disclosure",
				"title": "Disclosure Board",
				"icon": "doc",
				"order": 340,
				"page": "portal.disclosure",
				"nav": True,
			},
		],
		"methods": [
			"portal.notices.attachment",
			"portal.activities.register",
			"portal.activities.cancel",
			"portal.activities.rate",
			"portal.activities.photo",
			"portal.services.book",
			"portal.services.cancel",
			"portal.services.rate",
			"portal.services.photo",
			"portal.disclosure.raise_objection",
			"portal.disclosure.withdraw",
		],
		"guest_methods": ["portal.notice.attachment"],
	},
	"contributes": {
		"disclosure_items": ["disclosure.own_items"],
		"portal_home_cards": [
			"portal.notices.home_cards",
			"portal.activities.home_cards",
			"portal.services.home_cards",
		],
		"message_texts": ["notices.message_texts"],
	},
}
