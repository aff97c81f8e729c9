"""What the Minerals tab keeps: told, not told, or damaged."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from sleepcalm.minerals.reference_intakes import LifeStage, Region, Sex
from sleepcalm.preferences import (
    LIFE_STAGES,
    REGIONS,
    SEXES,
    Preferences,
    RegularMedicine,
)
from sleepcalm.preferences_reading import preferences_from
from sleepcalm.storage.preferences_file import PreferencesFile


def test_the_names_are_those_of_the_reference_intakes() -> None:
    assert set(REGIONS) == set(Region)
    assert set(SEXES) == set(Sex)
    assert set(LIFE_STAGES) == set(LifeStage)


def test_nothing_about_the_person_is_assumed() -> None:
    preferences, complaints = preferences_from({})
    assert (preferences.sex, preferences.birth_year, preferences.life_stage) == (None, None, None)
    assert preferences.medicines == ()
    assert complaints == ()


def test_all_of_it_survives_the_file(tmp_path: Path) -> None:
    preferences = Preferences(
        mineral_region="eu",
        sex="female",
        birth_year=1984,
        life_stage="lactating",
        medicines=(RegularMedicine("levothyroxine", ("06:30", "18:00")), RegularMedicine("digoxin")),
        wellness_read=True,
    )
    PreferencesFile(tmp_path).save(preferences)
    now = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    assert PreferencesFile(tmp_path).load(now) == (preferences, ())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mineral_region", "mars"),
        ("sex", ""),
        ("birth_year", 1984.5),
        ("birth_year", 1492),
        ("birth_year", True),
        ("life_stage", 3),
        ("medicines", "levothyroxine"),
        ("medicines", ["levothyroxine"]),
        ("medicines", [{"id": ""}]),
        ("medicines", [{"id": "iron", "times": ["25:00"]}]),
        ("medicines", [{"id": "iron", "times": "07:00"}]),
        ("wellness_read", 1),
    ],
)
def test_a_value_that_cannot_be_is_named_and_the_default_used(field: str, value: object) -> None:
    as_read = json.loads(json.dumps({field: value, "routine": "pmr-4"}))
    preferences, complaints = preferences_from(as_read)
    assert preferences == Preferences(routine="pmr-4")
    assert len(complaints) == 1
    assert complaints[0].startswith(f"{field}: ")
