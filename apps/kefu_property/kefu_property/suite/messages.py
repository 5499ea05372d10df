"""Messages to people outside the desk: text messages with codes, bills, reminders.

The site chooses a channel in Kefu Settings. `Log` is built in: it keeps messages on the site and sends nothing. Apps
bring channels through the hook `kefu_message_channels = {"Name": "dotted.path"}`. A channel is a function
`send(message) -> str | None` that gets a dict with `to` (phone number), `kind` (such as `sign_in_code`), `text`,
`language` and `name` (of the Outgoing Message) and returns the carrier's reference, or raises.
Every message leaves an Outgoing Message with the masked number; one-time codes are masked there, too.
"""

import frappe
from frappe import _

from kefu_property.rules.personal_data import mask_phone
from kefu_property.suite import state

LOG = "Log"


def channels() -> dict[str, str]:
	"""Name of each channel of this site and the dotted path of its function ("" for the built-in Log)."""
	found = frappe.get_hooks("kefu_message_channels") or {}
	return {LOG: "", **{name: paths[-1] for name, paths in found.items()}}


def chosen_channel() -> str:
	name = frappe.db.get_single_value("Kefu Settings", "message_channel") or LOG
	return name if name in channels() else LOG


def codes_stay_readable() -> bool:
	"""True on development, test and demonstration sites only: there a code can be read from its Outgoing Message."""
	return bool(frappe.conf.developer_mode or frappe.conf.allow_tests or frappe.conf.get("kefu_demo_password"))


def can_deliver_codes() -> bool:
	return chosen_channel() != LOG or codes_stay_readable()


def text_of(kind: str, args: dict) -> str:
	"""The text of a message in the present language: the frame's own, or one that a module contributes.

	Modules contribute at `message_texts` a function `(kind, args) -> str | None`.
	"""
	if kind == "sign_in_code":
		return _("Your code is {code}, valid for 5 minutes. Never pass it on. {organisation}").format(**args)
	found = (texts(kind, args) for texts in state.contributions("message_texts"))
	return next(text for text in found if text)


def send(kind: str, to: str, args: dict, language: str = "zh", resident: str | None = None) -> str:
	"""Send one message now. Returns the name of its Outgoing Message, whose status tells whether it went out.

	Never raises for a carrier's fault: that is written down, and the sender's work goes on.
	"""
	args = {"organisation": frappe.db.get_single_value("Kefu Settings", "organisation") or "", **args}
	before, frappe.local.lang = frappe.local.lang, language
	try:
		text = text_of(kind, args).strip()
	finally:
		frappe.local.lang = before
	channel = chosen_channel()
	kept = text
	if "code" in args and not codes_stay_readable():
		kept = text.replace(str(args["code"]), "••••••")
	message = frappe.get_doc(
		{
			"doctype": "Outgoing Message",
			"kind": kind,
			"channel": channel,
			"recipient": mask_phone(to),
			"resident": resident,
			"text": kept,
			"status": "Kept",
		}
	).insert(ignore_permissions=True)  # the system writes its own log
	if channel != LOG:
		deliver(message, to, text, language)
	return message.name


def deliver(message, to: str, text: str, language: str) -> None:
	function = frappe.get_attr(channels()[message.channel])
	try:
		reference = function(frappe._dict(to=to, kind=message.kind, text=text, language=language, name=message.name))
		message.db_set({"status": "Sent", "reference": reference or ""})
	except Exception as error:
		# the text of a carrier's error may repeat the message: keep its kind only
		message.db_set({"status": "Failed", "error": type(error).__name__})
		frappe.log_error(title=f"Message channel {message.channel}", message=type(error).__name__)
