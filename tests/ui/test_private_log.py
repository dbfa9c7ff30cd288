"""What the log says of an exception: where, and not about whom."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from components.ui.private_log import LEFT_OUT, keep_values_out

CELL, PATIENT = "Yamada 63", "P007"


@pytest.fixture(autouse=True)
def factory() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    keep_values_out()
    yield
    logging.setLogRecordFactory(before)


def read_age(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise LookupError(f"no age for {text}") from error


def test_an_exception_tells_where_and_not_about_whom(caplog: pytest.LogCaptureFixture) -> None:
    try:
        read_age(CELL)
    except LookupError as error:
        logging.getLogger("streamlit.error_util").exception("Uncaught app execution", exc_info=error)
    assert "Yamada" not in caplog.text
    assert caplog.text.count(LEFT_OUT) == 2
    assert "Uncaught app execution" in caplog.text
    assert "in read_age" in caplog.text
    assert caplog.text.index("ValueError") < caplog.text.index("which led to") < caplog.text.rindex("LookupError")


def test_a_context_that_was_set_aside_stays_there(caplog: pytest.LogCaptureFixture) -> None:
    try:
        try:
            read_age(CELL)
        except LookupError:
            raise KeyError(PATIENT) from None
    except KeyError:
        logging.getLogger("any").exception("failed")
    assert "P007" not in caplog.text
    assert caplog.text.count(LEFT_OUT) == 1


def test_other_records_are_as_they_were(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("any").warning("%d of %d", 3, 4)
    assert caplog.messages == ["3 of 4"]


def test_asked_for_twice_it_is_done_once() -> None:
    once = logging.getLogRecordFactory()
    keep_values_out()
    assert logging.getLogRecordFactory() is once
