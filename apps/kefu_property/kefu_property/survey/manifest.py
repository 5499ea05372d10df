"""What the module Survey is."""

MANIFEST = {
	"name": "Survey",
	"summary": "Satisfaction surveys and opinion polls of owners",
	"category": "Service",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D10", "S3"],
}
