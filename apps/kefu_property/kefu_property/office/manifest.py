"""What the module Office is."""

#: everybody who works at the desk: reads what is issued, asks for seals and files
STAFF = [
	"CS Agent",
	"CS Supervisor",
	"Office Director",
	"Cashier",
	"Accountant",
	"Engineering Lead",
	"Technician",
	"Order and Cleaning Lead",
	"Store Keeper",
	"Dormitory Warden",
	"Office Clerk",
	"HR Clerk",
]
DRAFTERS = [
	"Office Clerk",
	"CS Agent",
	"CS Supervisor",
	"Accountant",
	"Engineering Lead",
	"HR Clerk",
	"Order and Cleaning Lead",
]

# papers: issued documents, seals, letters, archive, rules, external relations
PAPER_WORKFLOWS = [
	{
		"name": "Issued Document",
		"doctype": "Issued Document",
		"own_indicator": True,
		"states": [
			*({"state": "Draft", "edit": role} for role in DRAFTERS),
			{"state": "Pending Review", "edit": "CS Supervisor", "style": "Warning"},
			{"state": "Pending Approval", "edit": "Office Director", "style": "Warning"},
			{"state": "Approved", "edit": "Office Clerk", "style": "Success"},
			{"state": "Issued", "docstatus": 1, "edit": "Office Clerk", "style": "Success"},
			{"state": "Withdrawn", "docstatus": 2, "edit": "Office Director", "style": "Inverse"},
		],
		"transitions": [
			{"from": "Draft", "action": "Submit for Review", "to": "Pending Review", "role": DRAFTERS},
			{
				"from": "Pending Review",
				"action": "Review",
				"to": "Pending Approval",
				"role": ["CS Supervisor", "Office Director"],
				"approval": True,
			},
			{
				"from": "Pending Review",
				"action": "Reject",
				"to": "Draft",
				"role": ["CS Supervisor", "Office Director"],
			},
			{
				"from": "Pending Approval",
				"action": "Approve",
				"to": "Approved",
				"role": "Office Director",
				"approval": True,
			},
			{"from": "Pending Approval", "action": "Reject", "to": "Draft", "role": "Office Director"},
			{"from": "Approved", "action": "Issue", "to": "Issued", "role": ["Office Clerk", "Office Director"]},
			{"from": "Approved", "action": "Reject", "to": "Draft", "role": "Office Director"},
			{"from": "Issued", "action": "Withdraw", "to": "Withdrawn", "role": "Office Director"},
		],
	},
	{
		"name": "Seal Request",
		"doctype": "Seal Request",
		"own_indicator": True,
		"approval": {
			"prepares": STAFF,
			"approves": "Office Director",
			"submitted": True,
			"keeps": "Office Clerk",
			"cancels": "Office Director",
		},
		"states": [{"state": "Sealed", "docstatus": 1, "edit": "Office Clerk", "style": "Success"}],
		"transitions": [{"from": "Approved", "action": "Note Use of the Seal", "to": "Sealed", "role": STAFF}],
	},
	{
		"name": "Incoming Letter",
		"doctype": "Incoming Letter",
		"own_indicator": True,
		"states": [
			{"state": "Registered", "edit": "Office Clerk"},
			{"state": "Registered", "edit": "CS Agent"},
			{"state": "Awaiting Instruction", "edit": "CS Supervisor", "style": "Warning"},
			{"state": "Awaiting Instruction", "edit": "Office Director", "style": "Warning"},
			{"state": "In Handling", "edit": "Office Clerk", "style": "Primary"},
			{"state": "In Handling", "edit": "Office Director", "style": "Primary"},
			{"state": "Closed", "edit": "Office Director", "style": "Success"},
		],
		"transitions": [
			{
				"from": "Registered",
				"action": "Ask for Instruction",
				"to": "Awaiting Instruction",
				"role": ["Office Clerk", "CS Agent"],
			},
			{
				"from": "Awaiting Instruction",
				"action": "Assign",
				"to": "In Handling",
				"role": ["CS Supervisor", "Office Director"],
				"approval": True,
			},
			{"from": "In Handling", "action": "Close", "to": "Closed", "role": ["Office Clerk", "Office Director"]},
			{"from": "Closed", "action": "Take Up Again", "to": "In Handling", "role": "Office Director"},
		],
	},
]

MANIFEST = {
	"name": "Office",
	"summary": "Documents, archive, shifts, rules, honours, relations, proposals, plans and budget",
	"category": "Office",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D8", "D9", "D11", "D13", "D22", "D30", "R1", "R2", "R3", "R4", "R5", "S1"],
	"application": True,
	"data": [
		"paper_setup.after_install",
	],
	"demo": [
		"paper_demo.load",
	],
	"workflows": [
		*PAPER_WORKFLOWS,
	],
	"jobs": {
		"daily": [
			"paper_readers.remind",
			"paper_jobs.remind_letters",
		],
	},
	"doc_events": {
		"File": {
			"before_insert": ["paper_attachments.check"],
			"after_insert": ["paper_attachments.keep_private"],
		},
	},
}
