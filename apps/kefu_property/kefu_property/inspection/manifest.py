"""What the module Inspection is."""

MANIFEST = {
	"name": "Inspection",
	"summary": "Facilities, check rounds, rectification and advertising places",
	"category": "Premises",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D5", "D26"],
}
