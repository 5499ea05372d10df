"""Texts of the messages that the service desk sends to owners (extension point `message_texts`)."""

from __future__ import annotations

from frappe import _


def message_text(kind: str, args: dict) -> str | None:
	"""Text of a message kind of this module in the current language; None for another module's."""
	texts = {
		"case_answer": lambda: _("About your request {case}: {text} {organisation}"),
		"case_received": lambda: _(
			"We have received your request {case}. You can follow it on the portal. {organisation}"
		),
		"forum_invitation": lambda: _(
			"You are invited to the owner forum “{subject}”, {time}, {place}. Please reply on the portal. {organisation}"
		),
	}
	return texts[kind]().format(**args) if kind in texts else None
