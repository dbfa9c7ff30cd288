"""A log that says where the dashboard failed, and nothing about the patients it failed on."""

from __future__ import annotations

import logging
import traceback
from typing import Any

LEFT_OUT = "its message is left out, for it may hold a patient's data"


def keep_values_out() -> None:
    """From now on every log record of an exception gives its kind and the lines of code, but not its message.

    A message quotes what it stumbled over: ``could not convert string to float: '1.2 (haemolytic)'``.
    """
    made = logging.getLogRecordFactory()
    if getattr(made, "values_left_out", False):
        return

    def record(*arguments: Any, **named: Any) -> logging.LogRecord:
        return without_values(made(*arguments, **named))

    record.values_left_out = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(record)


def without_values(record: logging.LogRecord) -> logging.LogRecord:
    """The record with the exception's message, and those of the exceptions behind it, left out."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.msg, record.args = f"{record.msg}\n{described(error)}", ()
        record.exc_info, record.exc_text = None, None
    return record


def described(error: BaseException) -> str:
    """The kind of an exception and the lines of code that led to it, those of its cause first."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    own = f"{lines}\n{type(error).__name__} ({LEFT_OUT})".lstrip("\n")
    return f"{described(behind)}\n\nwhich led to\n\n{own}" if behind else own
