"""What other modules may use of the management systems; nothing else of this package is theirs."""

from __future__ import annotations

from kefu_property.quality import corrective


def open_nonconformity(
	project: str,
	source: str,
	summary: str,
	description: str,
	reference: tuple[str, str],
	severity: str = "Minor",
	area: str | None = None,
	responsible: str | None = None,
) -> str:
	"""Draft a nonconformity for another module's document (DocType, name), once; returns its name.

	`source` is Complaint, Incident, Inspection or Other, `severity` Minor or Major. Whoever issues it adds what is missing. The caller has
	checked that the user may report.
	"""
	return corrective.existing(reference) or corrective.open_report(
		project,
		source,
		summary,
		description,
		area,
		responsible,
		severity,
		reference_doctype=reference[0],
		reference_name=reference[1],
	)
