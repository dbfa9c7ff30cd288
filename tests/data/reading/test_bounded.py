"""A reading that takes too much ends alone, and says why."""

from __future__ import annotations

import math
import os
import pickle
import signal
import threading
import time
from pathlib import Path

import pandas as pd
import pytest

from data.reading import bounded as process
from data.reading import read
from data.reading.bounded import StoppedError, bounded
from data.reading.read import opened
from data.reading.reader import request
from tests.data.odd.formats import open_document, parquet


def stopped(function: object, *arguments: object, seconds: float = 30, memory: int = 2**28) -> str:
    assert callable(function)
    with pytest.raises(StoppedError) as told:
        bounded(function, *arguments, seconds=seconds, memory=memory)
    return str(told.value.args[0])


def test_what_comes_back_is_what_the_function_gives() -> None:
    assert bounded(math.comb, 10, 3) == 120
    assert bounded(os.getpid) not in (os.getpid(), bounded(os.getpid))


def test_work_that_takes_too_much_or_breaks_is_stopped_and_the_next_is_done() -> None:
    assert stopped(time.sleep, 60, seconds=0.3) == "time"
    assert stopped(bytes, 2**29) == "memory"
    assert stopped(os.abort) == "failed"
    assert stopped(int, "no number") == "failed"
    assert bounded(math.comb, 10, 3) == 120


def test_the_waiting_process_is_started_anew_where_it_was_killed() -> None:
    bounded(os.getpid)
    waiting = process._waiting[0].process  # noqa: SLF001 - nothing else says which one it is
    waiting.send_signal(signal.SIGKILL)
    waiting.wait()
    assert bounded(math.comb, 10, 3) == 120


def test_the_reading_process_cannot_write_a_file(tmp_path: Path) -> None:
    path = tmp_path / "patients.csv"
    assert stopped(Path.write_text, path, "P1") == "failed"
    assert not path.exists() or path.read_text() == ""


def test_two_are_read_at_a_time_and_one_that_hangs_does_not_hold_the_other_up() -> None:
    hanging = threading.Thread(target=stopped, args=(time.sleep, 60), kwargs={"seconds": 1.5})
    hanging.start()
    begun = time.monotonic()
    assert bounded(math.comb, 10, 3) == 120
    assert time.monotonic() - begun < 1
    hanging.join()


def test_it_begins_within_a_fraction_of_a_second() -> None:
    bounded(os.getpid)
    begun = time.monotonic()
    for _ in range(5):
        bounded(os.getpid)
    assert (time.monotonic() - begun) / 5 < 0.25


def test_where_processes_cannot_fork_one_is_started_for_each() -> None:
    written = process._alone(request(math.comb, (10, 3), 2**28, 5), 20)  # noqa: SLF001 - how other systems do it
    assert written == pickle.dumps(("done", 120), pickle.HIGHEST_PROTOCOL)


def test_a_file_that_eats_memory_is_told_and_nothing_else() -> None:
    row = '<table:table-row table:number-rows-repeated="300000">{}</table:table-row>'
    cell = '<table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="900"/>'
    found = opened({"cohort.ods": open_document({"patients": row.format(cell)})})
    assert found.cohort is None
    (only,) = found.issues
    assert only.severity == "error"
    assert only.table == "cohort.ods"
    assert "cells" in only.wrong


def test_a_small_file_of_long_texts_that_unfold_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "bounded", bounded)
    texts = pd.DataFrame({"patient": pd.Categorical(["P" * 1_000_000] * 1_500)})
    content = parquet(texts)
    assert len(content) < 2**20
    found = opened({"patients.parquet": content})
    assert found.cohort is None
    (only,) = found.issues
    assert only.table == "patients.parquet"
    assert only.wrong == "Reading this takes more memory than it may, and was stopped."
