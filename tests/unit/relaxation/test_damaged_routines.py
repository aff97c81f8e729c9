"""Whatever a routine file holds, reading it ends soon: with a routine to lay out, or with one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.routine_format import (
    MAX_FILE_BYTES,
    parse_routine,
)
from sleepcalm.relaxation.strict_values import RoutineFormatError
from sleepcalm.relaxation.timeline import ChoiceError, Choices, build_timeline

RICH = """id = "all-keys"
title = "All keys"
kind = "breathing"
summary = "Every key there is."
sources = ["our own", "another"]
cautions = [{ say = "Stop whenever you like.", pause_s = 1 }]
length_min = { usual = 10, offered = [5, 10, 20] }
variants = [
  { id = "5-5", title = "Even", inhale_s = 5, exhale_s = 5 },
  { id = "4-7-8", title = "Long", inhale_s = 4, rest_s = 7, exhale_s = 8 },
]

[[steps]]
title = "{dominant} hand"
phase = "tense"
muscle_group = "dominant_hand"
hold_s = 5
repeats = 2
sentences = [{ say = "Make a fist, now.", pause_s = 2.5 }]

[[steps]]
title = "Breathe"
phase = "guide"
fill = "rounds"
shuffled = true
variants = ["5-5"]
sentences = [
  { say = "In.", breath = "inhale" },
  { breath = "exhale" },
]

[[steps]]
title = "Rest"
phase = "silence"
fill = "pause"
variants = ["4-7-8"]
sentences = [{ say = "Rest.", pause_s = 9, from_min = 5 }]
"""

ODD_VALUES = (
    "nan", "inf", "-0.0", "1e999", "true", "[]", "{}", "[{}]", "[[]]", '""', '" "', '"{"', '"a\\nb"',
    '"\\u0007"', '"\\U0010FFFF"', "'''\n\n'''", "1979-05-27", "07:32:00", "0x" + "f" * 6000, "-" + "9" * 4200,
    "[" * 300 + "]" * 300, "{ a.b.c = 1 }", '"rounds"', '"inhale"', '["4-7-8"]', "0", "1", "720", "-1", "2.5",
)  # fmt: skip
ROOM = st.integers(0, len(RICH))
SPLICED = st.builds(lambda at, until, new: RICH[:at] + new + RICH[until:], ROOM, ROOM, st.text(max_size=8))
PARTS = RICH.replace(", ", ",\0").replace("= ", "=\0").replace("\n", "\n\0").replace("{ ", "{\0").split("\0")


@st.composite
def with_odd_values(draw: st.DrawFn) -> str:
    """The rich file with parts of it replaced, doubled or left out."""
    parts = list(PARTS)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(parts) - 1))
        end = "\n" if parts[at].endswith("\n") else ","
        odd = draw(st.sampled_from(ODD_VALUES))
        parts[at] = draw(st.sampled_from([odd + end, odd, "", parts[at] * 2, draw(st.sampled_from(PARTS))]))
    return "".join(parts)


def outcome_of(text: str) -> str:
    try:
        routine = parse_routine(text, "any.toml")
    except RoutineFormatError as error:
        return str(error)
    for variant in routine.variants or (None,):
        build_timeline(routine, {}, Choices(variant=variant and variant.id))
    return routine.id


def test_the_rich_file_is_right():
    assert outcome_of(RICH) == "all-keys"


@given(st.text(max_size=300) | SPLICED | with_odd_values())
def test_no_text_does_worse_than_being_refused(text):
    outcome = outcome_of(text)
    assert outcome.startswith("any.toml") or outcome in text
    assert len(outcome.splitlines()) == 1
    assert len(outcome) < 400


@given(at=st.integers(0, len(RICH)), new=st.binary(max_size=6))
def test_no_bytes_do_worse_than_being_refused(tmp_path_factory, at, new):
    path = tmp_path_factory.mktemp("own") / "any.toml"
    path.write_bytes(RICH.encode()[:at] + new + RICH.encode()[at + len(new) :])
    (outcome,) = (*read_catalogue([path.parent]).errors, *read_catalogue([path.parent]).routines)
    assert outcome.startswith("any.toml") or outcome in path.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "a." * (MAX_FILE_BYTES // 2 - 10) + "a = 1",
        "[" + "a." * (MAX_FILE_BYTES // 2 - 10) + "a]",
        "title." + "a." * 90 + "a = 1",
        "a = " + "[" * 100_000,
        "a = " + "{ a = " * 30_000,
        'id = "' + "a" * 240_000 + '"',
        "id = 0x" + "f" * 240_000,
        "[[steps]]\n" * 24_000,
        "\n".join(f"k{number} = 1" for number in range(20_000)),
        "\n".join(f"[k.a{number}]" for number in range(20_000)),
    ],
    ids=lambda text: text[:12],
)
def test_files_made_to_take_all_memory_or_time_are_refused(text):
    with pytest.raises(RoutineFormatError) as caught:
        parse_routine(text, "any.toml")
    assert len(str(caught.value)) < 400


LONG_VARIANT = f'{{ id = "{"a" * 5000}", title = "Even" }}'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "{dominant} hand"\nphase = "tense"', f'title = "{"a" * 5000}"\nphase = "tensed"'),
        ('{ id = "5-5", title = "Even", inhale_s = 5, exhale_s = 5 }', LONG_VARIANT),
        ('{ id = "5-5", title = "Even", inhale_s = 5, exhale_s = 5 }', f"{LONG_VARIANT}, {LONG_VARIANT}"),
        ('fill = "rounds"', f'variants = ["{"a" * 5000}"]'),
    ],
)
def test_what_is_told_of_long_texts_is_short(old, new):
    assert RICH.count(old) == 1
    told = outcome_of(RICH.replace(old, new))
    assert told.startswith("any.toml")
    assert len(told) < 250


def test_a_long_id_that_two_routines_have_is_told_in_a_short_line(tmp_path):
    for name in ("one", "two"):
        text = RICH.replace('id = "all-keys"', f'id = "{"a" * 5000}"')
        (tmp_path / f"{name}.toml").write_text(text)
    (error,) = read_catalogue([tmp_path]).errors
    assert error.startswith("two.toml: id 'aaa")
    assert len(error) < 120


def test_a_variant_that_a_routine_does_not_have_is_told_in_a_short_line():
    with pytest.raises(ChoiceError) as caught:
        build_timeline(parse_routine(RICH, "any.toml"), {}, Choices(variant="a" * 5000))
    assert str(caught.value).endswith("; it has 5-5, 4-7-8")
    assert len(str(caught.value)) < 120
