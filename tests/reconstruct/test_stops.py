from __future__ import annotations

import pandas as pd
import pytest

from components.reconstruct.stops import stops
from components.reconstruct.targets import published_targets
from data.cohort import Cohort


def test_starts_and_stops_of_the_plan(group: pd.DataFrame, group_plan: pd.DataFrame) -> None:
    found = stops(group, group_plan)
    assert found[found["patient"] == "P000"].to_numpy().tolist() == [
        ["P000", 0, "tacrolimus", "start", ""],
        ["P000", 0, "cyclophosphamide", "start", ""],
        ["P000", 0, "methylprednisolone pulse", "pulse", ""],
        ["P000", 20, "tacrolimus", "stop", "Adverse event"],
    ]
    assert found.loc[found["action"] == "stop", ["patient", "day", "reason"]].to_numpy().tolist()[1:] == [
        ["P001", 400, "Inadequate response"],
        ["P001", 400, "Uncontrolled trough level"],
    ]
    assert (found["drug"].value_counts()[["cyclophosphamide", "methylprednisolone pulse"]] == [5, 2]).all()


def test_patients_enrolled_only_start_nothing(group: pd.DataFrame, group_plan: pd.DataFrame) -> None:
    few = group.assign(population=["Enrolled only"] + ["Safety only"] * 39)
    assert set(stops(few, group_plan.iloc[1:])["patient"]) == set(group["patient"][1:])


def test_an_unknown_reason_is_refused(group: pd.DataFrame, group_plan: pd.DataFrame) -> None:
    plan = group_plan.assign(stop_reasons=["Boredom", *group_plan["stop_reasons"][1:]])
    with pytest.raises(ValueError, match="P000: unknown reason to stop 'Boredom'"):
        stops(group, plan)


def test_the_committed_reasons_are_the_printed_ones(committed: Cohort) -> None:
    rows = committed.of_population("safety").treatments
    stopped = rows[(rows["drug"] == "tacrolimus") & (rows["action"] == "stop")]
    by_reason = stopped.groupby("reason")["patient"].nunique().to_dict()
    assert by_reason == published_targets().counts("tacrolimus_stop_reason", population="safety")
    assert stopped["patient"].nunique() == published_targets().count("tacrolimus_stop")
