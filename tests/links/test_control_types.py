"""Each kind of control reads back what it writes, and names what it cannot understand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.links.control_types import (
    Control,
    IntegerChoice,
    MultipleChoice,
    NumericRange,
    Option,
    SingleChoice,
    Switch,
    named,
    short_ids,
    single_choice,
)
from tests.links.answers import anything

FORM: SingleChoice[int] = single_choice(
    "form", (Option(str(days), f"{days} days", days, (f"{days} days",)) for days in (10, 20, 30)), start="20"
)
AT = MultipleChoice("at", tuple(Option(str(n), f"{n} y", n, (f"{n} years",)) for n in (1, 2, 3)), ("1",))
LEVELS = MultipleChoice("subtype", (Option("pm", "Polymyositis", "PM", ("PM",)), Option("cadm", "CADM", "CADM")))
BAND = Switch("band", default=True)
LANDMARK = IntegerChoice("landmark", 136, 1095, 136)
TARGET = NumericRange("target", 0.0, 20.0, (5.0, 10.0), 0.5)
ALL: tuple[Control, ...] = (FORM, AT, LEVELS, BAND, LANDMARK, TARGET)


@given(st.sampled_from(ALL), st.randoms(use_true_random=True))
def test_what_is_written_is_read(control: Control, chance: Random) -> None:
    value = anything(control, chance)
    assert control.read(control.texts(value)) == (value, ())


@pytest.mark.parametrize(
    ("control", "texts", "value", "unknown"),
    [
        (FORM, ("30",), "30", ()),
        (FORM, ("30 days",), "30", ()),
        (FORM, ("40",), "20", ("40",)),
        (AT, ("3", "1"), ("1", "3"), ()),
        (AT, ("3 years", "1"), ("1", "3"), ()),
        (AT, ("3", "9"), ("3",), ("9",)),
        (AT, ("9",), ("1",), ("9",)),
        (AT, ("3 y",), ("1",), ("3 y",)),
        (AT, ("",), (), ()),
        (LEVELS, ("DM",), (), ("DM",)),
        (LEVELS, ("PM", "pm"), ("pm",), ()),
        (LEVELS, ("Polymyositis",), (), ("Polymyositis",)),
        (BAND, ("False",), False, ()),
        (BAND, ("no",), True, ("no",)),
        (LANDMARK, ("180",), 180, ()),
        (LANDMARK, ("100",), 136, ("100",)),
        (LANDMARK, ("180.5",), 136, ("180.5",)),
        (LANDMARK, ("soon",), 136, ("soon",)),
        (TARGET, ("4", "8.5"), (4.0, 8.5), ()),
        (TARGET, ("8.5", "4"), (4.0, 8.5), ()),
        (TARGET, ("4",), (5.0, 10.0), ("4",)),
        (TARGET, ("4", "21"), (5.0, 10.0), ("4", "21")),
        (TARGET, ("nan", "8"), (5.0, 10.0), ("nan", "8")),
    ],
)
def test_reading(control: Control, texts: tuple[str, ...], value: object, unknown: tuple[str, ...]) -> None:
    assert control.read(texts) == (value, unknown)


def test_an_option_stands_for_something() -> None:
    assert (FORM.default, FORM.ids, FORM.meaning("30"), FORM.labels["30"]) == ("20", ("10", "20", "30"), 30, "30 days")
    assert AT.meanings(("3", "1")) == (1, 3)
    with pytest.raises(KeyError):
        FORM.meaning("30 days")


def test_numbers_are_written_short() -> None:
    assert TARGET.texts((4.0, 8.5)) == ("4", "8.5")


@pytest.mark.parametrize(
    ("control", "texts", "value"),
    [
        (LANDMARK, ("136",), 136),
        (LANDMARK, ("1095",), 1095),
        (TARGET, ("0", "20"), (0.0, 20.0)),
        (TARGET, ("20", "0"), (0.0, 20.0)),
    ],
)
def test_both_ends_belong_to_what_is_offered(
    control: NumericRange | IntegerChoice, texts: tuple[str, ...], value: object
) -> None:
    """The defaults of the controls are other values, so that a link that is not understood would show."""
    other = replace(control, default=(1.0, 2.0)) if isinstance(control, NumericRange) else replace(control, default=500)
    assert other.read(texts) == (value, ())


@pytest.mark.parametrize(("control", "text"), [(LANDMARK, "135"), (LANDMARK, "1096")])
def test_what_lies_beyond_an_end_is_not_understood(control: Control, text: str) -> None:
    assert control.read((text,)) == (136, (text,))


def test_an_id_comes_before_what_another_option_was_called() -> None:
    control = single_choice("scale", (Option("log", "Logarithmic", 1, ("plain",)), Option("plain", "Plain", 2)))
    assert control.read(("plain",)) == ("plain", ())


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("percent change", "log-log", "R"), ("percent_change", "log_log", "r")),
        (("Pneumonia", "pneumonia", "Pneumonia!"), ("pneumonia", "pneumonia_2", "pneumonia_3")),
        (("a_2", "a", "A"), ("a_2", "a", "a_3")),
        (("肺炎", "β-D-glucan"), ("肺炎", "β_d_glucan")),
    ],
)
def test_ids_are_short_and_each_its_own(words: tuple[str, ...], ids: tuple[str, ...]) -> None:
    assert short_ids(words) == ids


@given(st.lists(st.text(max_size=4)))
def test_no_two_words_share_an_id(words: list[str]) -> None:
    ids = short_ids(words)
    assert len(set(ids)) == len(words)
    assert "" not in ids


def test_a_named_option_knows_what_links_wrote_for_it() -> None:
    whole = named("until", {"two_years": "zwei Jahre", "whole": "alles"})[1]
    assert (whole.id, whole.label, whole.former) == ("whole", "alles", ("All follow-up",))
