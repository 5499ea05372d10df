"""What the module Workforce is."""

MANIFEST = {
	"name": "Workforce",
	"summary": "Staff files, attendance and training",
	"category": "Resources",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D28", "D29", "S6"],
	"application": True,
	"row_rules": {"Staff Member": "people.files"},
}
