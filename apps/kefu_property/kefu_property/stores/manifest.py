"""What the module Stores is."""

MANIFEST = {
	"name": "Stores",
	"summary": "Consumables, materials and fixed assets",
	"category": "Resources",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D15"],
}
