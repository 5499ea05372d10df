"""What the module Registry is."""

MANIFEST = {
	"name": "Registry",
	"summary": "Projects, buildings, homes, owners and who lives where",
	"category": "Foundation",
	"version": "0.1.0",
	"depends": [],
	"duties": ["D1", "D19"],
	"application": True,
	# order matters: the first of a user's roles that names a home decides where their day begins
	"roles": {
		"Office Director": {"includes": ["CS Supervisor", "CS Agent"]},
		"CS Supervisor": {"includes": ["CS Agent"]},
		"Cashier": {},
		"Accountant": {},
		"CS Agent": {},
		"Engineering Lead": {"includes": ["Technician"]},
		"Technician": {},
		"Order and Cleaning Lead": {},
		"Store Keeper": {},
		"Dormitory Warden": {},
		"Office Clerk": {},
		"HR Clerk": {},
		"HQ Quality Auditor": {},
		# somebody besides Administrator has to manage the site: the framework makes the first user do it otherwise
		"Kefu Administrator": {"home": "suite", "includes": ["System Manager"]},
		"Property Resident": {"desk": 0},
	},
	"demo": ["demo.load"],
	"jobs": {"daily": ["jobs.daily", "jobs.forget"]},
	"contributes": {
		"move_checks": ["checks.registration"],
		"data_quality": ["data_quality.checks"],
		"unit_grid_layers": ["grid_layers.occupancy"],
	},
	"workflows": [
		{
			"name": "Move Request",
			"doctype": "Move Request",
			"states": [
				{"state": "Draft", "edit": "CS Agent"},
				{"state": "Pending Approval", "edit": "CS Supervisor", "style": "Warning"},
				{"state": "Approved", "docstatus": 1, "edit": "CS Supervisor", "style": "Primary"},
				{"state": "Completed", "docstatus": 1, "edit": "Kefu Administrator", "style": "Success", "optional": 1},
				{"state": "Rejected", "edit": "CS Agent", "style": "Danger"},
				{"state": "Cancelled", "docstatus": 2, "edit": "CS Supervisor", "style": "Inverse"},
			],
			"transitions": [
				{"from": "Draft", "action": "Submit for Approval", "to": "Pending Approval", "role": "CS Agent"},
				{
					"from": "Pending Approval",
					"action": "Approve",
					"to": "Approved",
					"role": "CS Supervisor",
					"approval": True,
				},
				{"from": "Pending Approval", "action": "Reject", "to": "Rejected", "role": "CS Supervisor"},
				{"from": "Rejected", "action": "Revise", "to": "Draft", "role": "CS Agent"},
				{"from": "Approved", "action": "Cancel", "to": "Cancelled", "role": "CS Supervisor"},
			],
		},
		{
			"name": "Resident Merge",
			"doctype": "Resident Merge",
			"approval": {
				"prepares": "CS Agent",
				"approves": "CS Supervisor",
				"submitted": True,
				"rejected": True,
				"keeps": "Kefu Administrator",
			},
		},
	],
	"portal": {
		"entries": [
			{"route": "", "title": "Home", "icon": "home", "order": 0, "page": "portal.home", "nav": True},
			{
				"route": "homes",
				"title": "My Homes",
				"icon": "building",
				"order": 10,
				"page": "portal.homes",
				"nav": True,
			},
			{"route": "me", "title": "My Data", "icon": "user", "order": 900, "page": "portal.me", "nav": True},
		],
		"methods": [
			"portal.me.ask",
			"kefu_property.suite.portal_auth.accept_privacy_notice",
			"kefu_property.suite.portal_auth.set_password",
			"kefu_property.suite.portal_auth.sign_out",
		],
		"guest_methods": [
			"kefu_property.suite.portal_auth.request_code",
			"kefu_property.suite.portal_auth.set_language",
			"kefu_property.suite.portal_auth.sign_in_with_code",
			"kefu_property.suite.portal_auth.sign_in_with_password",
		],
	},
}
