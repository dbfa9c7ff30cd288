"""Names of the buttons that take a table along."""

from __future__ import annotations

COPY, COPIED, NOT_COPIED = "Copy table", "Copied", "Not copied: use CSV"
CSV, EXCEL, WORD = "CSV", "Excel", "Word"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
