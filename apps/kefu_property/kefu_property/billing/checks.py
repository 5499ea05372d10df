"""Checks that billing contributes to other modules' checklists."""
