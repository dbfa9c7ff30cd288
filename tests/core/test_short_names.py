"""Names beside a figure: never longer than there is room for, and never the same for two that differ."""

from __future__ import annotations

from random import Random

from components.core.short_names import MOST, short_names


def test_a_name_that_fits_stays_and_a_longer_one_keeps_its_beginning_and_its_end() -> None:
    assert short_names(["PM", "No serious infection"]) == ("PM", "No serious infection")
    assert short_names(["CADM with anti-MDA5 antibody positive", "Polymyositis with anti-ARS antibody pos"], 18) == (
        "CADM with…positive",
        "Polymyositis w…pos",
    )


def test_names_that_would_be_cut_alike_are_numbered() -> None:
    assert short_names(["CADM, anti-MDA5, before 2012, positive", "CADM, anti-MDA5, after 2012, positive"], 16) == (
        "CADM, an…ositive",
        "CADM, a…sitive 2",
    )
    assert short_names(["A" * 30, "A" * 31, "A" * 30]) == ("A" * 10 + "…" + "A" * 9, "A" * 9 + "…" + "A" * 8 + " 2",
                                                           "A" * 10 + "…" + "A" * 9)  # fmt: skip


def test_any_names_are_short_and_told_apart() -> None:
    chance = Random(4)  # noqa: S311 - no secret
    for _ in range(300):
        names = ["".join(chance.choice("ab ") for _ in range(chance.randrange(1, 41))) for _ in range(6)]
        short = short_names(names)
        assert all(len(one) <= MOST for one in short)
        assert len(set(short)) == len(set(names))


def test_no_number_is_cut() -> None:
    """A limit of 1500 that reads as 150 would be another group."""
    assert short_names(["KL-6 from 500 to < 1500 U/mL"], 20) == ("KL-6 from 500 t…U/mL",)
    assert short_names(["500 to < 1500 ng/mL"], 18) == ("500 to <…ng/mL",)
    assert short_names(["ferritin at start 500 to < 1500"], 18) == ("ferritin at…< 1500",)
    chance = Random(9)  # noqa: S311 - no secret
    for _ in range(400):
        name = " ".join(str(chance.randrange(10 ** chance.randrange(1, 7))) for _ in range(chance.randrange(1, 9)))
        (short,) = short_names([name])
        assert set(short.replace("…", " ").split()) <= {*name.split()}
