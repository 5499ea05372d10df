"""What the module Custody is."""

MANIFEST = {
	"name": "Custody",
	"summary": "Left luggage and parcels received for owners",
	"category": "Service",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D20"],
}
