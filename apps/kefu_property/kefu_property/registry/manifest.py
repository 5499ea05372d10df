"""What the module Registry is."""

MANIFEST = {
	"name": "Registry",
	"summary": "Projects, buildings, homes, owners and who lives where",
	"category": "Foundation",
	"version": "0.1.0",
	"depends": [],
	"duties": ["D1", "D19"],
	"application": True,
	# order matters: the first of a user's roles that names a home decides where their day begins
	"roles": {
		"Office Director": {"includes": ["CS Supervisor", "CS Agent"]},
		"CS Supervisor": {"includes": ["CS Agent"]},
		"Cashier": {},
		"Accountant": {},
		"CS Agent": {},
		"Engineering Lead": {"includes": ["Technician"]},
		"Technician": {},
		"Order and Cleaning Lead": {},
		"Store Keeper": {},
		"Dormitory Warden": {},
		"Office Clerk": {},
		"HR Clerk": {},
		"HQ Quality Auditor": {},
		"Kefu Administrator": {"home": "suite"},
		"Property Resident": {"desk": 0},
	},
}
