"""What the module Billing is."""

MANIFEST = {
	"name": "Billing",
	"summary": "Tariffs, bills, payments, receipts and arrears that always tie",
	"category": "Finance",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D2", "S2"],
	"application": True,
	"data": ["setup.after_install"],
	"demo": ["demo.load"],
	"roles": {"Cashier": {"home": "collect-payment"}},
	"jobs": {
		"daily": ["jobs.put_tariffs_in_force"],
		"cron": {"*/10 * * * *": ["jobs.resume_runs"]},
	},
	"portal": {
		"entries": [
			{"route": "bills", "title": "Bills", "icon": "receipt", "order": 20, "page": "portal.bills", "nav": True},
			{
				"route": "receipts",
				"title": "Receipts",
				"icon": "wallet",
				"order": 21,
				"page": "portal.receipts",
				"nav": True,
			},
			{"route": "pay", "title": "Pay online", "icon": "wallet", "order": 22, "page": "portal.pay", "nav": False},
		],
		"methods": ["portal.receipts.download", "portal.pay.begin"],
		"guest_methods": ["online.notice"],
	},
	"contributes": {
		"opening_balances": ["opening.load"],
		"move_checks": ["checks.arrears"],
		"portal_home_cards": ["portal.bills.home_cards"],
	},
	"workflows": [
		{
			"name": "Fee Tariff",
			"doctype": "Fee Tariff",
			"states": [
				{"state": "Draft", "edit": "Accountant"},
				{"state": "Announced", "edit": "Accountant", "style": "Warning"},
				{"state": "Approved", "edit": "Accountant", "style": "Primary"},
				{"state": "In Force", "edit": "Accountant", "style": "Success"},
				{"state": "Ended", "edit": "Kefu Administrator", "style": "Inverse"},
			],
			"transitions": [
				{"from": "Draft", "action": "Announce", "to": "Announced", "role": "Accountant"},
				{
					"from": "Announced",
					"action": "Approve",
					"to": "Approved",
					"role": "Office Director",
					"approval": True,
				},
				{"from": "Announced", "action": "Reject", "to": "Draft", "role": "Office Director"},
				{"from": "Approved", "action": "Put in Force", "to": "In Force", "role": "Accountant"},
				{"from": "Approved", "action": "End", "to": "Ended", "role": "Office Director"},
				{"from": "In Force", "action": "End", "to": "Ended", "role": "Office Director"},
			],
		},
		{
			"name": "Billing Run",
			"doctype": "Billing Run",
			"states": [
				{"state": "Draft", "edit": "Accountant"},
				{"state": "Previewed", "edit": "Accountant", "style": "Info"},
				{"state": "Pending Approval", "edit": "Office Director", "style": "Warning"},
				{"state": "Approved", "edit": "Accountant", "style": "Primary"},
				{"state": "Publishing", "edit": "Kefu Administrator", "style": "Info"},
				{"state": "Published", "edit": "Kefu Administrator", "style": "Success"},
				{"state": "Failed", "edit": "Accountant", "style": "Danger"},
				{"state": "Cancelled", "edit": "Kefu Administrator", "style": "Inverse"},
			],
			"transitions": [
				{"from": "Previewed", "action": "Submit for Approval", "to": "Pending Approval", "role": "Accountant"},
				{
					"from": "Pending Approval",
					"action": "Approve",
					"to": "Approved",
					"role": "Office Director",
					"approval": True,
				},
				{"from": "Pending Approval", "action": "Reject", "to": "Draft", "role": "Office Director"},
				{"from": "Approved", "action": "Revise", "to": "Draft", "role": "Accountant"},
				{"from": "Failed", "action": "Revise", "to": "Draft", "role": "Accountant"},
			],
		},
	],
}
