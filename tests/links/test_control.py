"""Each kind of control reads back what it writes, and names what it cannot understand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.links.control import Control, OneOf, Several, Span, Switch, Whole, one_of
from tests.links.answers import anything

FORM: OneOf[int] = one_of("form", (10, 20, 30), lambda days: f"{days} days", start=1)
AT = Several("at", ("1 year", "2 years", "3 years"), ("1 year",))
LEVELS = Several("subtype", ("PM", "CADM"))
BAND = Switch("band", default=True)
LANDMARK = Whole("landmark", 136, 1095, 136)
TARGET = Span("target", 0.0, 20.0, (5.0, 10.0), 0.5)
ALL: tuple[Control, ...] = (FORM, AT, LEVELS, BAND, LANDMARK, TARGET)


@given(st.sampled_from(ALL), st.randoms(use_true_random=True))
def test_what_is_written_is_read(control: Control, chance: Random) -> None:
    value = anything(control, chance)
    assert control.read(control.texts(value)) == (value, ())


@pytest.mark.parametrize(
    ("control", "texts", "value", "unknown"),
    [
        (FORM, ("30 days",), "30 days", ()),
        (FORM, ("40 days",), "20 days", ("40 days",)),
        (AT, ("3 years", "1 year"), ("1 year", "3 years"), ()),
        (AT, ("3 years", "9 years"), ("3 years",), ("9 years",)),
        (AT, ("9 years",), ("1 year",), ("9 years",)),
        (AT, ("",), (), ()),
        (LEVELS, ("DM",), (), ("DM",)),
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
    assert (FORM.default, FORM.names, FORM.meaning("30 days")) == ("20 days", ("10 days", "20 days", "30 days"), 30)
    with pytest.raises(KeyError):
        FORM.meaning("40 days")


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
def test_both_ends_belong_to_what_is_offered(control: Span | Whole, texts: tuple[str, ...], value: object) -> None:
    """The defaults of the controls are other values, so that a link that is not understood would show."""
    other = replace(control, default=(1.0, 2.0)) if isinstance(control, Span) else replace(control, default=500)
    assert other.read(texts) == (value, ())


@pytest.mark.parametrize(("control", "text"), [(LANDMARK, "135"), (LANDMARK, "1096")])
def test_what_lies_beyond_an_end_is_not_understood(control: Control, text: str) -> None:
    assert control.read((text,)) == (136, (text,))


def test_a_name_of_a_file_is_written_by_its_number_in_the_file() -> None:
    private = ("Not offered here", "Patient 4711")
    control = OneOf("term", (("Any", ""), ("Patient 4711", "x"), ("Zoster", "z")), private=private)
    assert control.texts("Patient 4711") == ("own-2",)
    assert control.read(("own-2",)) == ("Patient 4711", ())
    assert control.read(("own-1",)) == ("Any", ("own-1",)), "a number means the same name whatever is offered"
    assert control.texts("Zoster") == ("Zoster",)
    assert control.read(("own-3",)) == ("Any", ("own-3",)), "only names of the file have a number"
    assert control.read(("Patient 4711",)) == ("Patient 4711", ()), (
        "a click may name it; the address then says its number"
    )
