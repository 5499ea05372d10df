"""What the module Office is."""

MANIFEST = {
	"name": "Office",
	"summary": "Documents, archive, shifts, rules, honours, relations, proposals, plans and budget",
	"category": "Office",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D8", "D9", "D11", "D13", "D22", "D30", "R1", "R2", "R3", "R4", "R5", "S1"],
}
