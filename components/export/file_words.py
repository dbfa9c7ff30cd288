"""Names of the buttons that take a table along."""

from __future__ import annotations

from data.language import say

COPY, COPIED, NOT_COPIED = say("Copy table"), say("Copied"), say("Not copied: use CSV")
CSV, EXCEL, WORD = say("CSV"), say("Excel"), say("Word")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
