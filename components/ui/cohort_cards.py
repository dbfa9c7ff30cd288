"""The cards of "Filter": a visitor's click or range is counted in the browser and then goes to the address.

The browser is given codes of the open cohort and the labels of its levels, no ids of patients and no values; it counts
them and computes nothing else. Nothing is kept here.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from components.selection import words
from components.selection.cards import Card, LevelCard, NumberCard
from components.ui import address
from data.cohort import Cohort

KEY = "cohort-cards"
HEARD = "time of the last choice on a card"

_HERE = Path(__file__)
SCRIPT = "\n".join(_HERE.with_name(name).read_text(encoding="utf-8") for name in ("facets.js", "cohort_cards.js"))
STYLE = _HERE.with_suffix(".css").read_text(encoding="utf-8")
HTML = '<div class="cohort-cards"></div>'

_cards = st.components.v2.component("cohort_cards", html=HTML, css=STYLE, js=SCRIPT)


def cohort_cards(cards: Sequence[Card], whole: Cohort) -> None:
    """Show the cards of the patients of ``whole``."""
    data = {
        "study": whole.provenance.fingerprint,
        "n": whole.n,
        "heard": st.session_state.get(HEARD, 0),
        "words": words.CARDS,
        "cards": [written(card) for card in cards],
    }
    _cards(key=KEY, data=data, on_chosen_change=_choose)


def written(card: Card) -> dict[str, Any]:
    """A card as the browser gets it."""
    entry = card.entry
    common = {
        "key": entry.key,
        "label": entry.label,
        "section": entry.section.label,
        "codes": b64encode(card.codes.tobytes()).decode("ascii"),
    }
    match card:
        case LevelCard():
            missing = card.factor.missing
            levels = [{"id": one.id, "label": one.label, "missing": one is missing} for one in card.levels]
            return common | {"levels": levels, "chosen": list(card.chosen)}
        case NumberCard():
            part = card.chosen
            return common | {
                "unit": card.number.unit,
                "grid": list(card.grid),
                "edges": list(card.edges),
                "bars": list(card.bars),
                "range": [part.low, part.high] if part else None,
                "keep": bool(part and part.keep_missing),
            }


def _choose() -> None:
    """What the browser sends becomes the address: of every card the texts of its condition, none for no condition."""
    sent = st.session_state[KEY].chosen
    if not isinstance(sent, dict) or not isinstance(sent.get("texts"), dict):
        return
    texts = {str(key): tuple(map(str, found)) for key, found in sent["texts"].items() if isinstance(found, list)}
    st.session_state[HEARD] = float(sent.get("at", 0))
    asked = {key: found for key, found in texts.items() if found}
    address.turn_to(address.now().without(texts.keys()).asking(asked))
