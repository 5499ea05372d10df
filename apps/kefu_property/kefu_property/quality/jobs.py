"""Scheduled work of the management systems."""

from __future__ import annotations

from kefu_property.quality import audits, corrective, documents, objectives, registers, reviews


def daily_quality() -> dict[str, int]:
	"""Once a day: versions whose day has come, months to measure, and everything that is due. Returns the numbers by step."""
	return {
		"in_force": documents.put_due_in_force(),
		"measured": objectives.measure_due(),
		"documents": documents.remind(),
		"figures": objectives.remind(),
		"registers": registers.remind(),
		"audits": audits.announce(),
		"nonconformities": corrective.watch(),
		"decisions": reviews.remind(),
	}
