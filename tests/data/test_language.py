from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.language import ENGLISH, LANGUAGE, catalogue_in, faults, places, say, say_counted, translations

ROOT = Path(__file__).resolve().parents[2]

POLISH = """
msgid ""
msgstr ""
"Language: pl\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "All patients"
msgstr "Wszyscy pacjenci"

msgid "{n} of {patients}"
msgstr "{patients}: {n}"

msgid "Not yet"
msgstr ""

msgid "{n} patient"
msgid_plural "{n} patients"
msgstr[0] "{n} pacjent"
msgstr[1] "{n} pacjenci"
msgstr[2] "{n} pacjentów"
"""


def with_catalogue(folder: Path, text: str) -> Path:
    (folder / "pl.po").write_text(text, encoding="utf-8")
    return folder


def in_a_process(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a process prints whose environment names a language."""
    return subprocess.run(
        [sys.executable, "-c", f"from data.language import *; print({expression})"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )


def test_the_english_text_is_shown_as_it_stands() -> None:
    assert LANGUAGE == ENGLISH
    assert say("{n} of {whole}", n=3, whole="9 patients") == "3 of 9 patients"
    assert say("Limits ({level})") == "Limits ({level})"
    assert say("{{level}} below {n}", n=10) == "{level} below 10"
    assert say("100%") == "100%"


@pytest.mark.parametrize(("n", "said"), [(0, "0 patients"), (1, "1 patient"), (2, "2 patients")])
def test_english_has_two_forms(n: int, said: str) -> None:
    assert say_counted(n, "{n} patient", "{n} patients", n=n) == said


def test_a_value_may_have_any_name_and_hold_braces() -> None:
    assert say("{text}, {number}", text="{x}", number="{") == "{x}, {"
    assert say_counted(1, "{one}", "{many}", one="a", many="b") == "a"


def test_the_places_of_a_text() -> None:
    assert places("{n} of {patients}, {n}") == {"n", "patients"}
    assert places("{{level}} 100%") == frozenset()
    with pytest.raises(ValueError, match="expected"):
        places("{n")


def test_another_language_fills_its_own_order_and_forms(tmp_path: Path) -> None:
    texts = translations("pl", with_catalogue(tmp_path, POLISH))
    assert texts.gettext("All patients") == "Wszyscy pacjenci"
    assert texts.gettext("Not yet") == "Not yet"
    assert texts.gettext("Nowhere") == "Nowhere"
    forms = [texts.ngettext("{n} patient", "{n} patients", n) for n in (1, 3, 5, 22)]
    assert forms == ["{n} pacjent", "{n} pacjenci", "{n} pacjentów", "{n} pacjenci"]


def test_the_language_is_that_of_the_process(tmp_path: Path) -> None:
    chosen = {"MYOSCOPE_LANGUAGE": "pl", "MYOSCOPE_CATALOGUES": str(with_catalogue(tmp_path, POLISH))}
    told = in_a_process('say("{n} of {patients}", n=1, patients=say("All patients"))', **chosen)
    assert (told.stdout, told.stderr) == ("Wszyscy pacjenci: 1\n", "")
    assert in_a_process('say_counted(5, "{n} patient", "{n} patients", n=5)', **chosen).stdout == "5 pacjentów\n"


@pytest.mark.parametrize("language", ["xx", "../en", "en.po"])
def test_an_unknown_language_is_said_and_english_shown(language: str) -> None:
    told = in_a_process('say("All patients")', MYOSCOPE_LANGUAGE=language)
    assert told.stdout == "All patients\n"
    assert told.stderr.startswith(f"There is no catalogue of the language “{language}”, only of en")


def test_a_catalogue_that_is_none_is_said_and_english_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = translations("pl", with_catalogue(tmp_path, POLISH + '\nmsgid "a" and more\n'))
    assert texts.gettext("All patients") == "All patients"
    assert "The catalogue cannot be read. pl.po, line" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ('msgstr "{patients}: {n}"', 'msgstr "{patients}"', "places n"),
        ('msgstr "{patients}: {n}"', 'msgstr "{patients}: {n} {m}"', "places m"),
        ('msgstr "{patients}: {n}"', 'msgstr "{patients}: {n"', "expected '}' before end of string"),
        ('msgstr[2] "{n} pacjentów"', 'msgstr[2] ""', "2 of 3 plural forms"),
        ('msgstr[2] "{n} pacjentów"\n', "", "2 of 3 plural forms"),
        ('msgstr[1] "{n} pacjenci"', 'msgstr[1] "pacjenci"', "places n"),
    ],
)
def test_a_text_that_cannot_be_filled_is_left_out_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], right: str, wrong: str, reason: str
) -> None:
    assert POLISH.count(right) == 1
    folder = with_catalogue(tmp_path, POLISH.replace(right, wrong))
    assert [why for _, why in faults(catalogue_in(folder / "pl.po"))] == [reason]
    texts = translations("pl", folder)
    assert reason in capsys.readouterr().err
    assert texts.gettext("All patients") == "Wszyscy pacjenci"
    assert texts.gettext("{n} of {patients}").format(n=1, patients=2) in {"1 of 2", "2: 1"}
    assert texts.ngettext("{n} patient", "{n} patients", 5) in {"{n} patients", "{n} pacjentów"}


def test_one_form_may_leave_unsaid_what_an_english_form_does(tmp_path: Path) -> None:
    text = POLISH.replace('msgid "{n} patient"', 'msgid "one patient"').replace('"{n} pacjent"', '"jeden pacjent"')
    assert list(faults(catalogue_in(with_catalogue(tmp_path, text) / "pl.po"))) == []
