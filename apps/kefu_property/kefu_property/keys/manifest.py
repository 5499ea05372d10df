"""What the module Keys is."""

MANIFEST = {
	"name": "Keys",
	"summary": "Keys and key sets, their hooks, loans and returns",
	"category": "Service",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D14"],
}
