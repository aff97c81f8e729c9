"""Shares are computed again from the formulas; standard atomic weights (IUPAC, abridged)."""

from __future__ import annotations

import re

import pytest

from sleepcalm.minerals.compounds import load_compounds
from sleepcalm.minerals.intake import Mineral
from sleepcalm.minerals.seed_file import SeedFileError

WEIGHTS = {
    "H": 1.008,
    "C": 12.011,
    "N": 14.007,
    "O": 15.999,
    "Mg": 24.305,
    "P": 30.974,
    "S": 32.06,
    "Cl": 35.45,
    "Ca": 40.078,
}
GOOD = """source = "s"
[[compound]]
id = "a"
mineral = "magnesium"
name = "A"
formula = "MgO"
share_pct = 60.3
"""


def formula_weight(formula: str) -> tuple[float, dict[str, float]]:
    """The weight of a formula such as Mg(C3H5O3)2·2H2O, and the weight of each element in it."""
    totals: dict[str, float] = {}
    for part in formula.split("·"):
        times, body = re.fullmatch(r"(\d*)(.*)", part).groups()
        flat = re.sub(r"\(([^)]*)\)(\d+)", lambda group: group[1] * int(group[2]), body)
        atoms = re.findall(r"([A-Z][a-z]?)(\d*)", flat)
        assert "".join(symbol + count for symbol, count in atoms) == flat
        for symbol, count in atoms:
            totals[symbol] = totals.get(symbol, 0) + WEIGHTS[symbol] * int(count or 1) * int(times or 1)
    return sum(totals.values()), totals


def test_every_share_follows_from_its_formula(seeds):
    compounds = load_compounds(seeds / "supplements.toml")
    assert len(compounds) == 21
    for compound in compounds.values():
        weight, parts = formula_weight(compound.formula)
        element = "Mg" if compound.mineral is Mineral.MAGNESIUM else "Ca"
        assert compound.share_pct == pytest.approx(100 * parts[element] / weight, abs=0.051), compound.id


def test_the_mass_of_a_compound_becomes_elemental_milligrams_with_its_derivation(seeds):
    bisglycinate = load_compounds(seeds / "supplements.toml")["magnesium-bisglycinate"]
    content = bisglycinate.content(709)
    assert content.elemental_mg == 100.0
    assert (content.compound, content.compound_mg, content.share_pct) == ("magnesium-bisglycinate", 709, 14.1)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("60.3", "0", r"bad\.toml, compound 1: share_pct must be above 0"),
        ("60.3", "160", r"bad\.toml, compound 1: share_pct must be above 0"),
        ("60.3", '"60"', r"bad\.toml, compound 1: share_pct must be a number"),
        ("60.3", "nan", r"bad\.toml, compound 1: share_pct must be a number from 0"),
        ('"magnesium"', '"zinc"', r"bad\.toml, compound 1: mineral: 'zinc' is not known"),
        ('name = "A"', "", r"bad\.toml, compound 1: name is missing"),
        ("formula", "formulla", r"bad\.toml, compound 1: unknown key 'formulla'"),
        ("[[compound]]", "[[compound", r"bad\.toml, not TOML: .*line 2"),
    ],
)
def test_a_bad_file_is_named_with_place_and_reason(tmp_path, before, after, message):
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace(before, after, 1))
    with pytest.raises(SeedFileError, match=message):
        load_compounds(path)


def test_an_id_that_is_there_twice_is_refused(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(GOOD + GOOD.partition("\n")[2])
    with pytest.raises(SeedFileError, match="compound 2: id 'a' is there twice"):
        load_compounds(path)


def test_text_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_bytes(b"source = '\xff'")
    with pytest.raises(SeedFileError, match="byte 10: not UTF-8"):
        load_compounds(path)
