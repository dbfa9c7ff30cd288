"""Days of ADaM rows: the study day has no 0, so that day 1 is the day of the first dose."""

from __future__ import annotations

import pandas as pd

from data.reading.adam_values import study_days

START = pd.Series(pd.to_datetime(["2020-01-01"]), index=["S-1"])


def test_study_day_1_is_day_0_and_a_date_goes_before_a_study_day() -> None:
    rows = pd.DataFrame({"USUBJID": "S-1", "ADT": ["", "", "", "2020-01-11"], "ADY": ["1", "2", "-1", "99"]})
    assert study_days(rows, "ADT", "ADY", START).tolist() == [0, 1, -1, 10]
