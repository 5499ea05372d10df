"""Import and export of a project's roster as a workbook (D1)."""
