from __future__ import annotations

import pytest

from sleepcalm.minerals.food_table import COLUMNS, load_foods
from sleepcalm.minerals.intake import Mineral, Source
from sleepcalm.minerals.seed_file import SeedFileError

HEADER = ",".join(COLUMNS)
ALMONDS = 'Almonds,1 oz,28,79,76,12078,food,"mandel;badam",A note'


def write(tmp_path, *lines):
    path = tmp_path / "foods.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_shipped_table_is_whole_and_plausible(foods):
    assert len(foods) == 60
    for food in foods:
        item = food.item
        assert item.grams_per_serving is not None, item.name
        for mineral in Mineral:
            mg_per_g = item.per_serving_mg(mineral) / item.grams_per_serving
            # The densest foods known here: hemp hearts 7 mg Mg/g, Parmesan 12 mg Ca/g.
            assert 0 <= mg_per_g < 15, item.name


@pytest.mark.parametrize(
    ("item_id", "name", "magnesium_mg", "calcium_mg", "source"),
    [
        ("usda-12016", "Pumpkin kernels, roasted", 156, 15, Source.FOOD),
        ("usda-11457", "Spinach, raw", 24, 30, Source.FOOD),
        ("usda-14091", "Almond milk, fortified", 18, 516, Source.DRINK),
        ("usda-14429", "Tap water", 2, 7, Source.DRINK),
        ("usda-19165", "Cocoa powder", 27, 7, Source.FOOD),
    ],
)
def test_figures_of_the_shipped_table(foods, *, item_id, name, magnesium_mg, calcium_mg, source):
    (item,) = [food.item for food in foods if food.item.id == item_id]
    assert item.name == name
    assert item.per_serving_mg(Mineral.MAGNESIUM) == magnesium_mg
    assert item.per_serving_mg(Mineral.CALCIUM) == calcium_mg
    assert item.source is source


def test_remarks_are_skipped_and_an_empty_figure_is_unknown_not_zero(tmp_path):
    path = write(tmp_path, "# remark", HEADER, ALMONDS, "", "Broth,1 cup,,0,,6,drink,,")
    almonds, broth = load_foods(path)
    assert almonds.other_names == ("mandel", "badam")
    assert almonds.note == "A note"
    assert broth.item.per_serving_mg(Mineral.MAGNESIUM) == 0
    assert broth.item.per_serving_mg(Mineral.CALCIUM) is None
    assert broth.item.grams_per_serving is None


@pytest.mark.parametrize(
    ("bad_row", "reason"),
    [
        ("Kale,1 cup,65,12,47,11234,food,", "9 columns expected, 8 found"),
        ("Kale,1 cup,65,twelve,47,11234,food,,", "magnesium_mg: 'twelve' is not a number"),
        ("Kale,1 cup,65,-12,47,11234,food,,", "magnesium_mg: '-12' is not a number from 0"),
        ("Kale,1 cup,65,12,nan,11234,food,,", "calcium_mg: 'nan' is not a number from 0"),
        ("Kale,1 cup,0,12,47,11234,food,,", "grams_per_serving must be a number above 0"),
        ("Kale,1 cup,65,12,47,x,food,,", "ndb: 'x' is not a whole number"),
        ("Kale,1 cup,65,12,47,11234,supplement,,", "source: 'supplement' is neither food nor drink"),
        (",1 cup,65,12,47,11234,food,,", "name must not be empty"),
        ("Kale,1 cup,65,12,47,12078,food,,", "usda-12078 stands in line 3 already"),
        ("almonds,1 cup,65,12,47,1,food,,", "almonds stands in line 3 already"),
        ('Kale,"1 cup,65,12,47,11234,food,,', "unexpected end of data"),
    ],
)
def test_a_bad_row_is_named_with_file_line_and_reason(tmp_path, bad_row, reason):
    path = write(tmp_path, "# remark", HEADER, ALMONDS, bad_row)
    with pytest.raises(SeedFileError) as caught:
        load_foods(path)
    assert str(caught.value).startswith(f"foods.csv, line 4: {reason}")


def test_other_columns_are_refused(tmp_path):
    with pytest.raises(SeedFileError, match=r"line 1: the columns must be food,serving"):
        load_foods(write(tmp_path, "food,serving"))


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(SeedFileError, match="column names is missing"):
        load_foods(write(tmp_path, "# only a remark"))
