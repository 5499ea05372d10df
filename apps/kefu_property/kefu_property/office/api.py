"""What other modules may use of the office; nothing else of this package is theirs."""

from kefu_property.office.budget import commit, line_state, reverse, spend
from kefu_property.office.duty import on_duty_at

__all__ = ["commit", "line_state", "on_duty_at", "reverse", "spend"]
