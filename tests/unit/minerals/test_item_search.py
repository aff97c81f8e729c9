from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.minerals.item_search import ItemNotFoundError, resolve_item, search_items


def names(found):
    return [candidate.item.name for candidate in found]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("almonds", "Almonds"),
        ("alm mil", "Almond milk, fortified"),
        ("milk almond", "Almond milk, fortified"),
        ("SPINACH raw", "Spinach, raw"),
        ("raw spin", "Spinach, raw"),
        ("bok choy", "Pak choi, boiled"),
        ("yoghurt", "Yogurt, plain, low-fat"),
        ("porridge", "Oatmeal, cooked"),
        ("tófu", "Tofu, firm, calcium-set"),
        ("nuts brazil", "Brazil nuts"),
        ("70", "Dark chocolate, 70-85 %"),
    ],
)
def test_words_are_found_in_any_order_by_their_beginnings_and_by_other_names(foods, query, first):
    assert names(search_items(query, foods))[0] == first


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("spinnach", "Spinach, boiled"),
        ("spniach", "Spinach, boiled"),
        ("almons", "Almonds"),
        ("chedder", "Cheddar"),
        ("quinao", "Quinoa, cooked"),
        ("choclate", "Dark chocolate, 70-85 %"),
        ("mozarela", "Mozzarella, part-skim"),
    ],
)
def test_small_slips_are_forgiven(foods, query, expected):
    assert expected in names(search_items(query, foods))


@pytest.mark.parametrize("query", ["xyzzy", "tfu", "spinach chocolate", "sxxnach"])
def test_what_is_not_there_is_not_found(foods, query):
    assert search_items(query, foods) == ()


def test_a_word_that_matches_as_typed_brings_no_look_alikes(foods):
    assert names(search_items("kale", foods)) == ["Kale, boiled"]


def test_a_whole_word_goes_before_a_beginning_and_that_before_an_inner_part(foods):
    found = names(search_items("nut", foods))
    assert found.index("Brazil nuts") < found.index("Hazelnuts")
    assert names(search_items("peanut", foods))[0] == "Peanut butter"


def test_favourites_come_first_and_the_rest_keeps_the_given_order(foods):
    every = names(search_items("", foods))
    assert every == names(foods)
    egg = "usda-1129"
    with_favourite = names(search_items("", foods, {egg}))
    assert with_favourite == ["Egg", *(name for name in every if name != "Egg")]
    assert names(search_items("milk", foods, {"usda-1077"}))[0] == "Milk, whole"


@given(query=st.text(max_size=20))
def test_any_text_can_be_searched_for_and_gives_each_item_at_most_once(foods, query):
    found = search_items(query, foods)
    assert len({candidate.item.id for candidate in found}) == len(found)
    assert set(names(found)) <= set(names(foods))


@given(data=st.data())
def test_every_item_is_found_by_a_word_with_one_letter_missing(foods, data):
    wanted = data.draw(st.sampled_from([food for food in foods if len(longest_word(food)) >= 5]))
    word = longest_word(wanted)
    gone = data.draw(st.integers(0, len(word) - 1))
    slipped = word[:gone] + word[gone + 1 :]
    # Where the slip happens to be the beginning or part of another word, that one is meant as typed.
    others = [name for food in foods for name in (food.item.name, *food.other_names)]
    if not any(slipped.lower() in name.lower() for name in others):
        assert wanted in search_items(slipped, foods)


def longest_word(food):
    return max(re.findall(r"\w+", food.item.name), key=len)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("usda-1129", "Egg"),
        ("egg", "Egg"),
        ("DARK CHOCOLATE, 70-85 %", "Dark chocolate, 70-85 %"),
        ("cocoa", "Cocoa powder"),
        ("raw spinach", "Spinach, raw"),
    ],
)
def test_one_item_is_resolved_by_id_name_or_words_of_its_own(foods, wanted, name):
    assert resolve_item(wanted, foods).item.name == name


def test_a_name_that_several_share_is_not_guessed(foods):
    with pytest.raises(ItemNotFoundError, match=r"no item 'spinach'; nearest: Spinach, boiled, Spinach, raw"):
        resolve_item("spinach", foods)


def test_a_slip_names_the_nearest_and_resolves_nothing(foods):
    with pytest.raises(ItemNotFoundError) as caught:
        resolve_item("chedder", foods)
    assert caught.value.nearest == ("Cheddar",)
    with pytest.raises(ItemNotFoundError, match=r"no item ' '$"):
        resolve_item(" ", foods)
