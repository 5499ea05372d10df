"""What does not fit into the bar at the foot of a phone's screen: the frame's navigation is all it shows."""

from frappe import _


def get_context(context):
	context.title = _("More")
