"""How a background is written, and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.backgrounds import (
    MOST_PARTS,
    NO_BACKGROUND,
    SOUNDS,
    BackgroundError,
    Part,
    background_text,
    parse_background,
)

FILE_NAMES = st.text(min_size=1, max_size=20).filter(
    lambda name: name not in (".", "..") and not set(name) & set("/\\+\0") and name == name.strip()
)
NAMES = st.one_of(st.sampled_from(SOUNDS), FILE_NAMES.map("own:{}".format))
LEVELS = st.integers(0, 100).map(lambda percent: percent / 100)
MIXTURES = st.lists(st.builds(Part, NAMES, LEVELS), max_size=MOST_PARTS, unique_by=lambda part: part.name)


@given(MIXTURES.map(tuple))
def test_what_is_written_reads_back_the_same(parts):
    assert parse_background(background_text(parts)) == parts


def test_a_person_writes_it_like_this():
    assert parse_background("rain") == (Part("rain"),)
    assert parse_background("rain:0.8 + brown:0.4") == (Part("rain", 0.8), Part("brown", 0.4))
    assert parse_background("own:fire.ogg") == (Part("own:fire.ogg"),)
    assert parse_background(NO_BACKGROUND) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("drums", "is no background"),
        ("fire", "own:fire.ogg for a file in the sounds folder"),
        ("", "is no background"),
        ("rain+", "is no background"),
        ("rain+rain:0.5", "names a sound twice"),
        ("rain:2", "from 0 to 1"),
        ("rain:nan", "from 0 to 1"),
        ("rain:0.5_0", "from 0 to 1"),
        ("rain:\u0660", "from 0 to 1"),
        ("rain:loud", "from 0 to 1"),
        ("own:../secret", "is no background"),
        ("own:..", "is no background"),
        ("own:", "is no background"),
    ],
)
def test_what_it_is_not_is_said_in_a_line(text, why):
    with pytest.raises(BackgroundError, match=why) as caught:
        parse_background(text)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    try:
        parts = parse_background(text)
    except BackgroundError:
        return
    assert all(0 <= part.level <= 1 for part in parts)
