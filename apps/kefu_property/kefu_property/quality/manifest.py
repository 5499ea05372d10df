"""What the module Quality is."""

MANIFEST = {
	"name": "Quality",
	"summary": "Controlled documents, objectives, audits and corrective action",
	"category": "Office",
	"version": "0.1.0",
	"depends": ["office"],
	"duties": ["D18"],
}
