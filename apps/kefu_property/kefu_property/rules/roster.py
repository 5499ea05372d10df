"""Rosters of a project as offices keep them: cells read, cleaned and checked without a database (D1)."""

from __future__ import annotations

#: square metres; nothing in a residential project is larger
LARGEST_AREA = 50000
