"""What the module Billing is."""

MANIFEST = {
	"name": "Billing",
	"summary": "Tariffs, bills, payments, receipts and arrears that always tie",
	"category": "Finance",
	"version": "0.1.0",
	"depends": ["registry"],
	"duties": ["D2", "S2"],
}
