"""What the module Community is."""

MANIFEST = {
	"name": "Community",
	"summary": "Notices, disclosure, activities, receptions, special services and meetings",
	"category": "Community",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D4", "D6", "D12", "D16", "D21", "D27", "D31"],
}
