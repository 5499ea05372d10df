"""What the module Service Desk is."""

MANIFEST = {
	"name": "Service Desk",
	"summary": "One intake for calls, visits, complaints and repairs, with deadlines and replies",
	"category": "Service",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D3", "D7", "D23", "S4", "S5"],
}
