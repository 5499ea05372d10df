"""What the module Renovation is."""

MANIFEST = {
	"name": "Renovation",
	"summary": "Permits, patrols, violations and deposits of renovation works",
	"category": "Premises",
	"version": "0.1.0",
	"depends": ["registry", "billing"],
	"duties": ["D25"],
}
