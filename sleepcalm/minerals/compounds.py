"""Elemental share of supplement compounds, for labels that give the mass of the compound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sleepcalm.minerals.intake import Mineral, MineralContent
from sleepcalm.minerals.seed_file import read_toml

_KEYS = ("id", "mineral", "name", "formula", "share_pct", "note")


@dataclass(frozen=True, slots=True)
class Compound:
    """`share_pct` is the element's per cent of the compound's mass, from the formula weights."""

    id: str
    mineral: Mineral
    name: str
    formula: str
    share_pct: float
    note: str = ""

    def content(self, compound_mg: float) -> MineralContent:
        """Elemental mg in `compound_mg` of this compound, rounded to 0.1 mg, with its derivation."""
        return MineralContent(
            elemental_mg=round(compound_mg * self.share_pct / 100, 1),
            compound=self.id,
            compound_mg=compound_mg,
            share_pct=self.share_pct,
        )


def load_compounds(path: Path) -> Mapping[str, Compound]:
    """Compounds by id, in the order of the file. Raises SeedFileError."""
    top = read_toml(path)
    top.allow_only(("source", "compound"))
    top.text("source")
    compounds: dict[str, Compound] = {}
    for table in top.tables("compound"):
        table.allow_only(_KEYS)
        compound = Compound(
            id=table.text("id"),
            mineral=table.choice("mineral", Mineral),
            name=table.text("name"),
            formula=table.text("formula"),
            share_pct=table.number("share_pct"),
            note=table.text("note", default=""),
        )
        if not 0 < compound.share_pct <= 100:
            raise table.error(f"share_pct must be above 0 and at most 100, not {compound.share_pct}")
        if compound.id in compounds:
            raise table.error(f"id {compound.id!r} is there twice")
        compounds[compound.id] = compound
    return MappingProxyType(compounds)
