"""What the module Dormitory is."""

MANIFEST = {
	"name": "Dormitory",
	"summary": "Rooms and beds of the staff dormitory",
	"category": "Resources",
	"version": "0.1.0",
	"depends": ["workforce"],
	"duties": ["D17"],
}
