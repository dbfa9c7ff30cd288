"""The catalogues hold every text of the code, and nothing else; the command that collects them."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from data.catalogue.__main__ import collected, main, texts_of, updated
from data.language import CATALOGUES, catalogue_in, english, faults, translated

FILES = sorted(CATALOGUES.glob("*.po"))

SEPARATORS = {", ", " and ", " or ", " to ", " v "}
"""What stands between the members of a list, or between two that are compared: the one thing that has blanks around."""


def test_there_is_an_english_catalogue() -> None:
    assert "en" in {file.stem for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_catalogue_is_up_to_date(file: Path) -> None:
    assert file.read_bytes() == updated(catalogue_in(file), collected()), "run `make catalogue`"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_text_of_the_catalogue_can_be_filled(file: Path) -> None:
    assert [(message.id, reason) for message, reason in faults(catalogue_in(file))] == []


def test_no_text_is_a_piece_of_a_sentence() -> None:
    """A translator cannot place what begins with a sign or a blank, or ends with one."""
    texts = {text for message in catalogue_in(CATALOGUES / "en.po") for text in english(message) if text}
    whole = {text.removesuffix("\n") for text in texts}
    assert {text for text in whole if text != text.strip() or text[0] in ".,;:!?)]}–—·"} == SEPARATORS


def test_texts_are_found_with_their_forms_wherever_they_stand() -> None:
    source = '''
A = say("a" " b")
def f(n):
    """say("not this")"""
    return say("{x}!", x=say_counted(n, "{n} c", "{n} cs", n=say("d")))
'''
    assert [texts for texts, _ in texts_of(source)] == [("a b",), ("{x}!",), ("{n} c", "{n} cs"), ("d",)]


def test_what_a_dictionary_declares_is_found_by_its_place() -> None:
    source = """
Factor("sex", "Sex", levels({"male": "Male", "female": "Female"}), "male", PERSON)
Endpoint("os", "Overall survival", "death", "deaths", ("death_day",), "Alive", remark="Of any cause.")
Endpoint("os", label, "death", "deaths", (), say("Alive"))
Visit("Day 0", 0, -28, 0)
Level(MISSING, "Not tested")
"""
    assert sorted(texts for texts, _ in texts_of(source)) == sorted(
        (text,)
        for text in (
            *("Sex", "Male", "Female", "Overall survival", "death", "deaths", "Alive", "Of any cause."),
            *("death", "deaths", "Alive", "Day 0", "Not tested"),
        )
    )


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("say(f'{n} of')", "something else than a text"),
        ("say('a' + 'b')", "something else than a text"),
        ("say('')", "something else than a text"),
        ("say_counted(n, 'a')", "something else than a text"),
        ("say_counted(n, 'a', many)", "something else than a text"),
        ("say('{n} of {m}', n=1)", "not the places of '{n} of {m}'"),
        ("say('{n} of', n=1, m=2)", "not the places of '{n} of'"),
        ("say_counted(n, 'one', '{n} of', m=1)", "not the places of '{n} of'"),
    ],
)
def test_a_text_that_no_catalogue_can_hold_is_refused_with_its_line(source: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^line 2: ") as refused:
        list(texts_of(f"\n{source}"))
    assert wrong in str(refused.value)


def written(folder: Path, text: str) -> Path:
    for top in ("components", "data", "pages"):
        (folder / top).mkdir(exist_ok=True)
    (folder / "app.py").write_text(text, encoding="utf-8")
    return folder


def test_a_translation_stays_when_other_texts_come_and_go(tmp_path: Path) -> None:
    file = tmp_path / "ja.po"
    head = 'msgid ""\nmsgstr ""\n"Language: ja\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    file.write_text(f'{head}msgid "Age"\nmsgstr "年齢"\n\nmsgid "Sex"\nmsgstr "性別"\n', encoding="utf-8")
    texts = collected(written(tmp_path, 'say("Age")\nsay_counted(2, "{n} day", "{n} days", n=2)\n'))
    file.write_bytes(updated(catalogue_in(file), texts))
    kept = catalogue_in(file)
    assert {english(one): translated(one) for one in kept if one.id} == {
        ("Age",): ("年齢",),
        ("{n} day", "{n} days"): ("",),
    }
    assert kept.num_plurals == 1
    assert '#~ msgstr "性別"' in file.read_text(encoding="utf-8")
    assert file.read_bytes() == updated(catalogue_in(file), texts)


def test_a_source_that_no_catalogue_can_hold_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^app\.py, line 1: say is given"):
        collected(written(tmp_path, "say(text)"))


def test_one_form_for_one_has_one_form_for_many(tmp_path: Path) -> None:
    once = 'say_counted(n, "day", "days")'
    source = f'say("day")\n{once}\n{once}\nsay_counted(n, "day", "{{n}} days", n=n)'
    with pytest.raises(ValueError, match=r"^app\.py, line 4: 'day' has another form"):
        collected(written(tmp_path, source))


def test_a_language_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zz"]) == 1
    assert "zz" in capsys.readouterr().err
    assert not (CATALOGUES / "zz.po").exists()


def test_of_texts_that_are_gone_only_translations_are_kept() -> None:
    old, texts = Catalog("ja"), Catalog()
    old.add("gone", "なし")
    old.add("forgotten")
    texts.add("here")
    written = updated(old, texts).decode()
    assert '#~ msgid "gone"' in written
    assert "forgotten" not in written
    assert 'msgid "here"' in written
