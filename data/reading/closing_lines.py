"""Lines below a table that hold no patient: sums, means and remarks, as workbooks of hospitals end with."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from data.dictionary import Dictionary
from data.reading import text_messages
from data.reading.cells import folded_name, lines, texts
from data.reading.check_summaries import LONG, SUMMARIES, names_a_summary
from data.reading.sheet import Sheet
from data.reading.synonyms import column_meanings

MOST = 12
"""So many lines at the end are looked at."""

FEWEST_COLUMNS = 3
"""In a table with fewer columns a line with one cell is no remark."""

_REMARK = re.compile(
    r"[*＊※#†‡].*|(注|備考|出典|note|notes|source|legend|legende|remark|anm|anmerkung|quelle)[0-9.\s]*[:：.)）].*|n\s*=\s*\d+"
)  # fmt: skip


def without_closing_lines(sheet: Sheet, dictionary: Dictionary) -> Sheet:
    """The sheet without the lines at its end that are sums, means or remarks in the place of a patient.

    Such a line among the patients stays, for the check to report: nothing shows there what it is.
    """
    cells = sheet.cells
    if not len(cells.columns) or len(cells) < 2:
        return sheet
    meanings = column_meanings("patients", dictionary)
    known = next((str(one) for one in cells.columns if meanings.get(folded_name(str(one))) == "patient"), "")
    column = known or str(cells.columns[0])
    last = cells.iloc[-MOST:]
    codes, alone = texts(last[column]), last.notna().sum(axis=1).to_numpy() == 1
    end = len(last)
    while end and _is_closing(str(codes[end - 1]), alone=bool(alone[end - 1]), sheet=last, known=bool(known)):
        end -= 1
    gone = len(last) - end
    if not gone or gone == len(cells):
        return sheet
    said = text_messages.lines_below(sheet.name, lines(cells)[-gone:].tolist(), list(map(str, codes[end:])))
    return replace(sheet, cells=cells.iloc[:-gone], issues=(*sheet.issues, said))


def _is_closing(code: str, *, alone: bool, sheet: pd.DataFrame, known: bool) -> bool:
    """Whether a line is a remark or a line of sums, by what stands in the place of its patient.

    ``known`` says that the column is that of the patient; of the first of other columns the whole word has to be one.
    """
    if alone and len(sheet.columns) >= FEWEST_COLUMNS and _REMARK.fullmatch(code.casefold()):
        return True
    long = len(code) >= LONG or not code.isascii()
    return long and (names_a_summary(code) if known else folded_name(code).rstrip(":") in SUMMARIES)
