"""What the module Handover is."""

MANIFEST = {
	"name": "Handover",
	"summary": "Acceptance of common parts and handing over of homes",
	"category": "Premises",
	"version": "0.1.0",
	"depends": ["registry", "keys"],
	"duties": ["D24"],
}
