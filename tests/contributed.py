"""Looks for what the steps of CONTRIBUTING.md have added; run in the copy in which they were followed."""

from __future__ import annotations

import re
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from components.baseline.analysis import every_variable
from components.links.computed import asked
from components.report.__main__ import main as report
from components.ui.study import IMPORTED
from data.cohort import Cohort
from data.reading.read import opened, reconstructed_cohort
from data.reading.template import template
from data.recorded import with_recorded_variables
from data.variables import DICTIONARY

PATIENTS = "patient,last_day,death_day,relapse_day,cancer\n" + "".join(
    f"P{i},{800 - 20 * i},{800 - 20 * i if i % 4 == 0 else ''},{300 + i if i % 3 == 0 else ''},"
    f"{'Present' if i % 2 else 'Absent'}\n"
    for i in range(24)
)
VALUES = "patient,day,variable,value\n" + "".join(
    f"P{i},{day},LD,{200 + 10 * i}\n" for i in range(24) for day in (0, 91)
)
FILES = {"patients.csv": PATIENTS.encode(), "measurements.csv": VALUES.encode()}


def study() -> Cohort:
    """A hospital's cohort that has what is new."""
    found = opened(FILES, "Ours")
    assert found.cohort is not None, found.issues
    return with_recorded_variables(found.cohort)


def page(address: str, **asked_for: str) -> AppTest:
    """A page of that cohort on the screen, at an address that asks for something."""
    test = AppTest.from_file(str(Path(__file__).parents[1] / "app.py"), default_timeout=60)
    test.session_state[IMPORTED] = study()
    test.switch_page(f"pages/explore/{address}.py")
    for key, text in asked_for.items():
        test.query_params[key] = text
    test.run()
    assert not test.exception
    return test


def written(address: str, query: str) -> str:
    """The numbers that the command writes for a page and a link, all of which must be understood."""
    from app import PAGES  # noqa: PLC0415 - drawn by the pages before

    entry = next(one for one in PAGES if one.address == address)
    assert asked(entry, study(), query, single=False).link.ignored == ()
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, content in FILES.items():
            files.append(str(Path(folder) / name))
            Path(files[-1]).write_bytes(content)
        out = Path(folder) / "out"
        assert report(["--page", address, "--query", query, "--out", str(out), "--cohort", *files]) == 0
        return "\n".join(file.read_text("utf-8-sig") for file in sorted(out.rglob("*.csv")))


def words_of_the_template() -> set[str]:
    book = load_workbook(BytesIO(template()))
    return {str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None}


def laboratory_value() -> None:
    assert {"ldh", "Lactate dehydrogenase"} <= words_of_the_template()
    assert "Lactate dehydrogenase" in page("laboratory").selectbox(key="value").options
    assert "Lactate dehydrogenase, U/L" in page("biomarker").selectbox(key="marker").options
    assert "315" in written("laboratory", "value=ldh")
    assert "ldh" in every_variable(study().dictionary, None)


def factor() -> None:
    assert {"malignancy", "Malignancy"} <= words_of_the_template()
    shown = page("survival", malignancy="present")
    assert any({"Malignancy", "Present"} <= set(re.findall(r"\w+", button.label)) for button in shown.button)
    assert any("12 of 24 patients" in text.value for text in shown.markdown)
    assert "Malignancy" in shown.selectbox(key="by").options
    assert "Present" in written("survival", "by=malignancy")
    assert "Malignancy" in written("prognosis", "")


def endpoint() -> None:
    assert "relapse_day" in words_of_the_template()
    assert "Relapse-free survival" in page("survival").selectbox(key="endpoint").options
    assert "step" in written("survival", "endpoint=relapse_free")
    days, had = study().time_to(DICTIONARY.endpoint["relapse_free"])
    assert (int(had.sum()), int(days.min())) == (12, 300)


def page_with_a_statistic() -> None:
    titles = [element.value for element in page("conditional").subheader]
    assert "Survival to month 24 of those followed beyond month 12" in titles
    assert "All patients,11," in written("conditional", "malignancy=present")
    earlier = page("conditional", given="183")
    assert earlier.selectbox(key="given").options == ["6 months", "1 year"]
    title = "Survival to month 24 of those followed beyond month 6"
    assert title in [element.value for element in earlier.subheader]
    assert "All patients,24," in written("conditional", "given=183")


def language() -> None:
    assert "全患者を表示" in [button.label for button in page("survival").button]


def others_offer_nothing_new() -> None:
    """The reconstructed cohort records none of it, and is offered none of it."""
    words = reconstructed_cohort().dictionary
    known = {*words.factor, *words.endpoint} | {entry.key for entry in words.recorded(words.measures)}
    assert not {"ldh", "malignancy", "relapse_free"} & known


if __name__ == "__main__":
    for name in sys.argv[1:]:
        globals()[name]()
    others_offer_nothing_new()
