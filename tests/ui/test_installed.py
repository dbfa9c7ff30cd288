"""A session begins with the cohort of the installation, and can leave it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from components.own_cohort import words
from data.cohort import Cohort
from data.reading.installed import Installed

ROOT = Path(__file__).resolve().parents[2]


def test_a_session_begins_with_it_and_does_not_come_back_to_it(enrolled: Cohort) -> None:
    with patch("components.ui.study.installed_study", return_value=Installed(enrolled)):
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        test.run()
        shown = " ".join(one.value for one in test.main.markdown)
        assert not test.exception
        assert f"{enrolled.of_population('safety').n} patients" in shown
        test.switch_page("pages/tools/cohort.py")
        test.run()
        next(one for one in test.button if one.label == words.BACK).click().run()
        assert "imported cohort" not in test.session_state
        test.run()
        assert "imported cohort" not in test.session_state
