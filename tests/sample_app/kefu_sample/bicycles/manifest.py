"""What the sample module is."""

MANIFEST = {
	"name": "Bicycles",
	"summary": "Bicycles lent to residents",
	"category": "Service",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": [],
	"jobs": {"daily": ["jobs.remind"]},
	"portal": {"methods": ["api.my_bicycles"]},
	"contributes": {"move_checks": ["api.bicycles_returned"]},
}
