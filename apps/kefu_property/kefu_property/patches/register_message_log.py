"""Old messages are cleared by the framework's Log Settings on sites that were made before, too (L22)."""

from kefu_property.suite.setup import register_message_log


def execute() -> None:
	register_message_log()
