"""The page as it is usually written, to compare with: files read, lifelines fitted, a new chart sent at every click."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.exceptions import ConvergenceError
from lifelines.statistics import multivariate_logrank_test

FOLDER = Path(__file__).resolve().parents[1] / "data" / "cohort"
FACTORS = (
    "subtype", "anti_mda5", "anti_ars", "anti_jo1", "sex", "setting", "smoking", "dysphagia", "other_symptoms",
    "raynaud", "arthritis", "cardiopathy", "fever", "presentation", "ct_pattern", "oxygen", "onset",
)  # fmt: skip
NUMBERS = {"age": (30, 40, 50, 65), "weight": (50, 70), "sao2": (95,), "disease_duration": (365, 1825)}


def patients() -> pd.DataFrame:
    """The outcome population with days, events and cut numbers."""
    table = pd.read_csv(FOLDER / "patients.csv").query("population == 'Outcome'")
    pd.read_csv(FOLDER / "measurements.csv")
    table["event"] = table["death_day"].notna()
    for number, cuts in NUMBERS.items():
        table[number] = pd.cut(table[number], [-1, *cuts, 10**6], right=False).astype(str)
    return table


def survival_chart(table: pd.DataFrame) -> go.Figure:
    """Kaplan-Meier curves by anti-ARS antibody with their bands."""
    figure = go.Figure()
    for level, rows in table.groupby("anti_ars"):
        fit = KaplanMeierFitter().fit(rows["last_day"], rows["event"], label=str(level))
        limits = fit.confidence_interval_
        steps = {"shape": "hv"}
        figure.add_trace(go.Scatter(x=limits.index, y=limits.iloc[:, 0], line=steps | {"width": 0}, showlegend=False))
        figure.add_trace(go.Scatter(x=limits.index, y=limits.iloc[:, 1], line=steps, fill="tonexty", showlegend=False))
        curve = fit.survival_function_
        figure.add_trace(go.Scatter(x=curve.index, y=curve.iloc[:, 0], line=steps, name=f"{level} (n = {len(rows)})"))
    known = table.dropna(subset=["anti_ars"])
    test = multivariate_logrank_test(known["last_day"], known["anti_ars"], known["event"])
    figure.update_layout(title=f"{len(table)} patients, p = {test.p_value:.3f}", height=600)
    return figure


def forest_chart(table: pd.DataFrame) -> go.Figure:
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
    return figure


st.set_page_config(layout="wide")
chosen = st.sidebar.pills("Subtype", ["PM", "CADM", "Classic DM"], selection_mode="multi")
shown = patients()
if chosen:
    shown = shown[shown["subtype"].isin(chosen)]
draw = forest_chart if st.query_params.get("page") == "prognosis" else survival_chart
st.plotly_chart(draw(shown))
