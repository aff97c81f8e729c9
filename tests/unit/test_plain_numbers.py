"""Numbers as they are typed: ASCII digits, whatever else Python would take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.backgrounds import BackgroundError, parse_background
from sleepcalm.plain_numbers import plain_number, plain_whole_number

FOREIGN = ("\u0663", "1_0", "1\u0663", " 1", "1\n", "", "nan", "inf", "1,5", "0x1", "e5", "-", "9e9999x")


@pytest.mark.parametrize("text", FOREIGN)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    for read in (plain_number, plain_whole_number):
        with pytest.raises(ValueError, match="no plain"):
            read(text)


@pytest.mark.parametrize("text", ["1.0", "1e3", "+1", "9" * 5000])
def test_a_whole_number_has_digits_only_and_not_thousands_of_them(text: str) -> None:
    with pytest.raises(ValueError, match="no plain"):
        plain_whole_number(text)


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers())
def test_what_is_written_plainly_reads_back(number: float, whole: int) -> None:
    assert plain_number(repr(number)) == number
    assert plain_whole_number(str(whole)) == whole


@pytest.mark.parametrize("level", ["\u0661", "0_1", "nan", "1e", ""])
def test_a_level_is_a_plain_number(level: str) -> None:
    with pytest.raises(BackgroundError):
        parse_background(f"rain:{level}")
