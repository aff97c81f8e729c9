"""Reference intakes of magnesium and calcium, US and EU, for a person as far as the person is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from sleepcalm.minerals.intake import Mineral
from sleepcalm.minerals.seed_file import Table, read_toml

ADULT_FROM_AGE_YEARS = 18
OLDEST_AGE_YEARS = 149


class Region(StrEnum):
    US = "us"
    EU = "eu"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class LifeStage(StrEnum):
    PREGNANT = "pregnant"
    LACTATING = "lactating"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the person chose to tell; None is "not told". A life stage goes before `sex`."""

    sex: Sex | None = None
    age_years: int | None = None
    life_stage: LifeStage | None = None

    def __post_init__(self) -> None:
        if self.age_years is not None and not 1 <= self.age_years <= OLDEST_AGE_YEARS:
            raise ValueError(f"age must be from 1 to {OLDEST_AGE_YEARS} years, not {self.age_years}")


@dataclass(frozen=True, slots=True)
class TargetRange:
    """The span of the targets that fit what is known of the person, both ends included, mg a day."""

    low: float
    high: float


Target = float | TargetRange


@dataclass(frozen=True, slots=True)
class NutrientReference:
    """mg a day. `target` is None where the reference has no row; `upper_limit_mg` None where none is set.

    The limit of magnesium counts supplements only, that of calcium every source. `kind` is the
    reference's own term: RDA (US), AI or PRI (EU).
    """

    target: Target | None
    upper_limit_mg: float | None
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class DayReference:
    region: Region
    magnesium: NutrientReference
    calcium: NutrientReference
    supplements_counted: bool


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The program's own thresholds for notes; they are no reference intakes."""

    magnesium_supplement_note_mg: float
    magnesium_supplement_warning_mg: float
    calcium_single_dose_mg: float
    supplements_counted_from_age: int


@dataclass(frozen=True, slots=True)
class Band:
    """Values for ages from `age_from` up to but not including `age_below`."""

    age_from: int
    age_below: int
    male_mg: float
    female_mg: float

    def contains(self, age_years: int) -> bool:
        return self.age_from <= age_years < self.age_below


@dataclass(frozen=True, slots=True)
class NutrientTable:
    """`stages` holds the rows of a life stage; a stage without rows is as for other women of that age."""

    kind: str
    source: str
    target: tuple[Band, ...]
    upper_limit: tuple[Band, ...]
    stages: Mapping[LifeStage, tuple[Band, ...]]

    def reference_for(self, profile: Profile) -> NutrientReference:
        limits = self._values(self._limit_bands(profile.age_years), profile)
        return NutrientReference(
            target=_target(self._values(self._target_bands(profile), profile)),
            upper_limit_mg=min(limits) if limits else None,
            kind=self.kind,
            source=self.source,
        )

    def _target_bands(self, profile: Profile) -> list[Band]:
        bands = self.target
        if profile.life_stage is not None:
            bands = self.stages.get(profile.life_stage, self.target)
        if profile.age_years is None:
            return [band for band in bands if band.age_from >= ADULT_FROM_AGE_YEARS]
        return [band for band in bands if band.contains(profile.age_years)]

    def _limit_bands(self, age_years: int | None) -> list[Band]:
        # Limits of one band may reach from childhood on; without an age, each that an adult can meet counts.
        if age_years is None:
            return [band for band in self.upper_limit if band.age_below > ADULT_FROM_AGE_YEARS]
        return [band for band in self.upper_limit if band.contains(age_years)]

    @staticmethod
    def _values(bands: list[Band], profile: Profile) -> set[float]:
        sex = Sex.FEMALE if profile.life_stage is not None else profile.sex
        values: set[float] = set()
        for band in bands:
            if sex is not Sex.MALE:
                values.add(band.female_mg)
            if sex is not Sex.FEMALE:
                values.add(band.male_mg)
        return values


@dataclass(frozen=True, slots=True)
class ReferenceTables:
    tables: Mapping[Region, Mapping[Mineral, NutrientTable]]
    thresholds: Thresholds

    def reference_for(self, region: Region, profile: Profile) -> DayReference:
        """Targets and limits for the person. Where sex or age are not told, the target is the range
        over everyone (of that age, of that sex) it could be, adults only if the age is not told;
        the upper limit is then the lowest of theirs."""
        tables = self.tables[region]
        age_years = profile.age_years
        return DayReference(
            region=region,
            magnesium=tables[Mineral.MAGNESIUM].reference_for(profile),
            calcium=tables[Mineral.CALCIUM].reference_for(profile),
            supplements_counted=age_years is None
            or age_years >= self.thresholds.supplements_counted_from_age,
        )


def load_reference_tables(path: Path) -> ReferenceTables:
    """Raises SeedFileError."""
    top = read_toml(path)
    top.allow_only((*Region, "thresholds"))
    tables: dict[Region, Mapping[Mineral, NutrientTable]] = {}
    for region in Region:
        of_region = top.table(region)
        of_region.allow_only(tuple(Mineral))
        nutrients = {mineral: _nutrient_table(of_region.table(mineral)) for mineral in Mineral}
        tables[region] = MappingProxyType(nutrients)
    return ReferenceTables(MappingProxyType(tables), _thresholds(top.table("thresholds")))


def _thresholds(table: Table) -> Thresholds:
    keys = Thresholds.__dataclass_fields__
    table.allow_only((*keys, "source"))
    table.text("source")
    return Thresholds(
        magnesium_supplement_note_mg=table.number("magnesium_supplement_note_mg"),
        magnesium_supplement_warning_mg=table.number("magnesium_supplement_warning_mg"),
        calcium_single_dose_mg=table.number("calcium_single_dose_mg"),
        supplements_counted_from_age=table.integer("supplements_counted_from_age"),
    )


def _nutrient_table(table: Table) -> NutrientTable:
    table.allow_only(("source", "kind", "target", "upper_limit", *LifeStage))
    return NutrientTable(
        kind=table.text("kind"),
        source=table.text("source"),
        target=_bands(table, "target"),
        upper_limit=_bands(table, "upper_limit"),
        stages=MappingProxyType({stage: _bands(table, stage) for stage in LifeStage if stage in table}),
    )


def _bands(table: Table, key: str) -> tuple[Band, ...]:
    bands: list[Band] = []
    for row in table.tables(key):
        one_for_both = "mg" in row
        row.allow_only(("age_from", "age_below", *(("mg",) if one_for_both else ("male_mg", "female_mg"))))
        band = Band(
            age_from=row.integer("age_from"),
            age_below=row.integer("age_below"),
            male_mg=row.number("mg" if one_for_both else "male_mg"),
            female_mg=row.number("mg" if one_for_both else "female_mg"),
        )
        if band.age_from >= band.age_below:
            raise row.error("age_from must be below age_below")
        if bands and band.age_from != bands[-1].age_below:
            raise row.error("the ages must follow each other without gap or overlap")
        bands.append(band)
    return tuple(bands)


def _target(values: set[float]) -> Target | None:
    if not values:
        return None
    low, high = min(values), max(values)
    return low if low == high else TargetRange(low, high)
