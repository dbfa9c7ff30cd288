from __future__ import annotations

from components.reconstruct.assumptions import FIRST, MIDDLE, RANGES, SECOND, assumptions


def test_every_seed_draws_within_the_ranges_and_the_same_again() -> None:
    drawn = [assumptions(seed).named for seed in range(50)]
    for name, range_ in RANGES.items():
        values = [values[name] for values in drawn]
        assert range_.least <= min(values) < MIDDLE.named[name] < max(values) <= range_.most
        assert len(set(values)) > 25
    assert assumptions(7) == assumptions(7)


def test_shares_of_the_deaths_leave_room_for_the_rest() -> None:
    assert sum(RANGES[f"deaths_month_{month}"].most for month in (1, 3, 6)) <= 1.05


def test_what_is_drawn_is_the_same_in_every_version() -> None:
    assert assumptions(7, SECOND).named == assumptions(7).named
    assert (assumptions(7).version, assumptions(7).second) == (FIRST, False)
    assert assumptions(7, SECOND).second
