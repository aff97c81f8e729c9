from __future__ import annotations

import pytest

from sleepcalm.minerals.reference_intakes import (
    LifeStage,
    Profile,
    Region,
    Sex,
    TargetRange,
    load_reference_tables,
)
from sleepcalm.minerals.seed_file import SeedFileError

# age, magnesium male and female, its upper limit for supplements, calcium male and female, its upper limit
US = [
    (1, 80, 80, 65, 700, 700, 2500),
    (3, 80, 80, 65, 700, 700, 2500),
    (4, 130, 130, 110, 1000, 1000, 2500),
    (8, 130, 130, 110, 1000, 1000, 2500),
    (9, 240, 240, 350, 1300, 1300, 3000),
    (13, 240, 240, 350, 1300, 1300, 3000),
    (14, 410, 360, 350, 1300, 1300, 3000),
    (18, 410, 360, 350, 1300, 1300, 3000),
    (19, 400, 310, 350, 1000, 1000, 2500),
    (30, 400, 310, 350, 1000, 1000, 2500),
    (31, 420, 320, 350, 1000, 1000, 2500),
    (50, 420, 320, 350, 1000, 1000, 2500),
    (51, 420, 320, 350, 1000, 1200, 2000),
    (70, 420, 320, 350, 1000, 1200, 2000),
    (71, 420, 320, 350, 1200, 1200, 2000),
    (149, 420, 320, 350, 1200, 1200, 2000),
]
EU = [
    (1, 170, 170, None, 450, 450, None),
    (2, 170, 170, None, 450, 450, None),
    (3, 230, 230, None, 450, 450, None),
    (4, 230, 230, 250, 800, 800, None),
    (9, 230, 230, 250, 800, 800, None),
    (10, 300, 250, 250, 800, 800, None),
    (11, 300, 250, 250, 1150, 1150, None),
    (17, 300, 250, 250, 1150, 1150, None),
    (18, 350, 300, 250, 1000, 1000, 2500),
    (24, 350, 300, 250, 1000, 1000, 2500),
    (25, 350, 300, 250, 950, 950, 2500),
    (149, 350, 300, 250, 950, 950, 2500),
]


@pytest.mark.parametrize(("region", "row"), [(Region.US, r) for r in US] + [(Region.EU, r) for r in EU])
def test_each_band_of_age_and_sex(references, region, row):
    age, mg_male, mg_female, mg_limit, ca_male, ca_female, ca_limit = row
    for sex, magnesium, calcium in ((Sex.MALE, mg_male, ca_male), (Sex.FEMALE, mg_female, ca_female)):
        found = references.reference_for(region, Profile(sex, age))
        assert (found.magnesium.target, found.magnesium.upper_limit_mg) == (magnesium, mg_limit)
        assert (found.calcium.target, found.calcium.upper_limit_mg) == (calcium, ca_limit)


@pytest.mark.parametrize(
    ("region", "stage", "age", "magnesium", "calcium", "calcium_limit"),
    [
        (Region.US, LifeStage.PREGNANT, 17, 400, 1300, 3000),
        (Region.US, LifeStage.PREGNANT, 30, 350, 1000, 2500),
        (Region.US, LifeStage.PREGNANT, 31, 360, 1000, 2500),
        (Region.US, LifeStage.LACTATING, 18, 360, 1300, 3000),
        (Region.US, LifeStage.LACTATING, 19, 310, 1000, 2500),
        (Region.US, LifeStage.LACTATING, 50, 320, 1000, 2500),
        (Region.EU, LifeStage.PREGNANT, 30, 300, 950, 2500),
        (Region.EU, LifeStage.LACTATING, 20, 300, 1000, 2500),
        (Region.US, LifeStage.PREGNANT, None, TargetRange(350, 360), 1000, 2000),
        (Region.US, LifeStage.PREGNANT, 55, None, None, 2000),
    ],
)
def test_pregnancy_and_lactation(references, *, region, stage, age, magnesium, calcium, calcium_limit):
    found = references.reference_for(region, Profile(None, age, stage))
    assert (found.magnesium.target, found.calcium.target) == (magnesium, calcium)
    assert found.calcium.upper_limit_mg == calcium_limit


@pytest.mark.parametrize(
    ("region", "profile", "magnesium", "calcium"),
    [
        (Region.US, Profile(), TargetRange(310, 420), TargetRange(1000, 1200)),
        (Region.EU, Profile(), TargetRange(300, 350), TargetRange(950, 1000)),
        (Region.US, Profile(sex=Sex.MALE), TargetRange(400, 420), TargetRange(1000, 1200)),
        (Region.US, Profile(sex=Sex.FEMALE), TargetRange(310, 320), TargetRange(1000, 1200)),
        (Region.EU, Profile(sex=Sex.FEMALE), 300, TargetRange(950, 1000)),
        (Region.US, Profile(age_years=40), TargetRange(320, 420), 1000),
        (Region.US, Profile(age_years=60), TargetRange(320, 420), TargetRange(1000, 1200)),
        (Region.US, Profile(age_years=6), 130, 1000),
    ],
)
def test_what_is_not_told_gives_the_range_it_could_be(references, region, profile, magnesium, calcium):
    found = references.reference_for(region, profile)
    assert (found.magnesium.target, found.calcium.target) == (magnesium, calcium)


def test_without_an_age_the_limit_is_one_that_holds_for_every_adult(references):
    us = references.reference_for(Region.US, Profile())
    eu = references.reference_for(Region.EU, Profile())
    assert (us.magnesium.upper_limit_mg, us.calcium.upper_limit_mg) == (350, 2000)
    assert (eu.magnesium.upper_limit_mg, eu.calcium.upper_limit_mg) == (250, 2500)


def test_supplements_are_counted_for_adults_and_where_the_age_is_not_told(references):
    counted = {
        age: references.reference_for(Region.US, Profile(age_years=age)).supplements_counted
        for age in (17, 18, None)
    }
    assert counted == {17: False, 18: True, None: True}


@pytest.mark.parametrize("age", [0, -1, 150])
def test_an_age_outside_the_tables_is_refused(age):
    with pytest.raises(ValueError, match="age must be from 1 to 149"):
        Profile(age_years=age)


def test_each_table_names_its_source_and_its_own_term(references):
    kinds = {
        (region, mineral): table.kind
        for region, tables in references.tables.items()
        for mineral, table in tables.items()
    }
    assert list(kinds.values()) == ["RDA", "RDA", "AI", "PRI"]
    assert "EFSA Journal 2015;13:4186" in references.reference_for(Region.EU, Profile()).magnesium.source


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("age_from = 4, age_below = 9", "age_from = 5, age_below = 9", r"us\.magnesium\.target 2: the ages"),
        ("age_from = 1, age_below = 4", "age_from = 4, age_below = 4", r"us\.magnesium\.target 1: age_from"),
        ("male_mg = 80", "mal_mg = 80", r"us\.magnesium\.target 1: unknown key 'mal_mg'"),
        ("male_mg = 80", "male_mg = -80", r"us\.magnesium\.target 1: male_mg must be a number from 0"),
        ('kind = "RDA"', "kind = 3", r"us\.magnesium: kind must be text"),
        ("[eu.calcium]", "[eu.zinc]", r"eu: unknown key 'zinc'"),
        ("[thresholds]", "[threshold]", r"top: unknown key 'threshold'"),
        ("calcium_single_dose_mg = 500", "", r"thresholds: calcium_single_dose_mg is missing"),
    ],
)
def test_a_bad_table_is_named_with_place_and_reason(seeds, tmp_path, before, after, message):
    text = (seeds / "reference_intakes.toml").read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "reference_intakes.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SeedFileError, match=r"^reference_intakes\.toml, " + message):
        load_reference_tables(path)
