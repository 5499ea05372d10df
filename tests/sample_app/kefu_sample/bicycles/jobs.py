import frappe


def remind() -> None:
	"""Daily job: count what is lent."""
	frappe.cache.set_value("kefu_sample_lent", frappe.db.count("Sample Bicycle", {"lent": 1}))
