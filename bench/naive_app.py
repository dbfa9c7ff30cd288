"""The page as somebody writes it who knows Streamlit, to compare with: the cohort cached, lifelines, a chart a click.

It gives the answers that the page of the dashboard gives at first sight, and no others: curves with their bands and
numbers at risk, survival at one and two years, months lived with their limits, log-rank test, hazard ratios and the
test of proportional hazards, or the forest plot. ``?months=no`` leaves the months out: their limits take lifelines most
of a second.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.exceptions import ConvergenceError
from lifelines.statistics import multivariate_logrank_test, proportional_hazard_test
from lifelines.utils import restricted_mean_survival_time

FOLDER = Path(__file__).resolve().parents[1] / "data" / "cohort"
FACTORS = (
    "subtype", "anti_mda5", "anti_ars", "anti_jo1", "sex", "setting", "smoking", "dysphagia", "other_symptoms",
    "raynaud", "arthritis", "cardiopathy", "fever", "presentation", "ct_pattern", "oxygen", "onset",
)  # fmt: skip
NUMBERS = {"age": (30, 40, 50, 65), "weight": (50, 70), "sao2": (95,), "disease_duration": (365, 1825)}


@st.cache_data
def patients() -> pd.DataFrame:
    """The outcome population with days, events and cut numbers, read once."""
    table = pd.read_csv(FOLDER / "patients.csv").query("population == 'Outcome'")
    table["event"] = table["death_day"].notna()
    for number, cuts in NUMBERS.items():
        table[number] = pd.cut(table[number], [-1, *cuts, 10**6], right=False).astype(str)
    return table


def survival_page(table: pd.DataFrame, *, with_months: bool) -> None:
    """Kaplan-Meier curves by anti-ARS antibody, and the tables under them."""
    figure, estimates, at_risk = go.Figure(), [], {}
    for level, rows in table.groupby("anti_ars"):
        fit = KaplanMeierFitter().fit(rows["last_day"], rows["event"], label=str(level))
        limits = fit.confidence_interval_
        steps = {"shape": "hv"}
        figure.add_trace(go.Scatter(x=limits.index, y=limits.iloc[:, 0], line=steps | {"width": 0}, showlegend=False))
        figure.add_trace(go.Scatter(x=limits.index, y=limits.iloc[:, 1], line=steps, fill="tonexty", showlegend=False))
        curve = fit.survival_function_
        figure.add_trace(go.Scatter(x=curve.index, y=curve.iloc[:, 0], line=steps, name=f"{level} (n = {len(rows)})"))
        lived = restricted_mean_survival_time(fit, t=730, return_variance=True) if with_months else ()
        at = fit.survival_function_at_times([365, 730]).to_list()
        estimates.append([level, len(rows), rows["event"].sum(), fit.median_survival_time_, *at, *lived])
        at_risk[level] = [int((rows["last_day"] >= day).sum()) for day in (0, 183, 365, 548, 730)]
    known = table.dropna(subset=["anti_ars"])
    test = multivariate_logrank_test(known["last_day"], known["anti_ars"], known["event"])
    figure.update_layout(title=f"{len(table)} patients, p = {test.p_value:.3f}", height=600)
    st.plotly_chart(figure)
    st.dataframe(pd.DataFrame(at_risk, index=["0", "6", "12", "18", "24"]).T)
    st.dataframe(pd.DataFrame(estimates))
    frame = pd.get_dummies(known[["last_day", "event", "anti_ars"]], drop_first=True, dtype=float)
    try:
        cox = CoxPHFitter().fit(frame, "last_day", "event")
        st.dataframe(cox.summary)
        st.write(proportional_hazard_test(cox, frame, time_transform="rank").summary)
    except ConvergenceError:
        st.write("Not estimable")


def forest_page(table: pd.DataFrame) -> None:
    """One Cox model a factor, a row a level."""
    rows = []
    for factor in (*FACTORS, *NUMBERS):
        frame = pd.get_dummies(table[factor], prefix=factor, drop_first=True, dtype=float)
        frame = frame.loc[:, frame.std() > 0].assign(day=table["last_day"], event=table["event"])
        if frame.shape[1] > 2:
            try:
                rows.append(CoxPHFitter().fit(frame, "day", "event").summary)
            except ConvergenceError:
                continue
    summary = pd.concat(rows)
    figure = go.Figure(go.Scatter(x=summary["exp(coef)"], y=summary.index, mode="markers"))
    for level, row in summary.iterrows():
        limits = [row["exp(coef) lower 95%"], row["exp(coef) upper 95%"]]
        figure.add_trace(go.Scatter(x=limits, y=[level, level], mode="lines", showlegend=False))
    figure.update_layout(title=f"{len(table)} patients", height=1200)
    figure.update_xaxes(type="log")
    st.plotly_chart(figure)


st.set_page_config(layout="wide")
chosen = st.sidebar.pills("Subtype", ["PM", "CADM", "Classic DM"], selection_mode="multi")
shown = patients()
if chosen:
    shown = shown[shown["subtype"].isin(chosen)]
if st.query_params.get("page") == "prognosis":
    forest_page(shown)
else:
    survival_page(shown, with_months=st.query_params.get("months") != "no")
