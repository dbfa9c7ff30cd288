from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from data.reading.dates import are_dates, dates_in


def days(year: int, month: int, day: int) -> float:
    return float((date(year, month, day) - date(1970, 1, 1)).days)


@pytest.mark.parametrize(
    "written",
    ["2019-03-04", "2019/3/4", "2019.03.04", "2019年3月4日", "2019-03-04T10:00", "4Mar2019", "04-MAR-2019", "20190304",
     "H31.3.4", "平成31年3月4日", "２０１９/３/４"],
)  # fmt: skip
def test_one_day_however_it_is_written(written: str) -> None:
    found = dates_in(pd.Series([written, None], dtype=object))
    assert found.days[0] == days(2019, 3, 4)
    assert np.isnan(found.days[1])
    assert not found.unread.any()
    assert not found.twofold.any()


def test_another_cell_tells_day_from_month_or_nobody_does() -> None:
    assert dates_in(pd.Series(["4/3/2019", "31/3/2019"])).days.tolist() == [days(2019, 3, 4), days(2019, 3, 31)]
    assert dates_in(pd.Series(["4/3/2019", "3/31/2019"])).days.tolist() == [days(2019, 4, 3), days(2019, 3, 31)]
    open_ = dates_in(pd.Series(["4/3/2019", "5/5/2019"]))
    assert open_.twofold.tolist() == [True, False]
    assert dates_in(pd.Series(["31/3/2019", "3/31/2019", "4/3/2019"])).twofold.tolist() == [True, True, True]


@pytest.mark.parametrize("written", ["2019-02-30", "2019", "2019-03", "soon", "R1", "12", "2019-13-01"])
def test_what_is_no_date_of_a_day_is_told(written: str) -> None:
    assert dates_in(pd.Series([written])).unread.tolist() == [True]


def test_a_column_is_one_of_dates_if_most_cells_are() -> None:
    assert are_dates(pd.Series(["2019-03-04", "R1.5.1", "x"]))
    assert not are_dates(pd.Series(["2019-03-04", "x", "y"]))
    assert not are_dates(pd.Series(["12", "400"]))
    assert not are_dates(pd.Series([None, None], dtype=object))
