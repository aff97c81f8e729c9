"""`routines`, `timeline` and `doctor`: what they print, for people and for machines."""

from __future__ import annotations

import json
import subprocess

import pytest

from sleepcalm.program import default_data_folder
from sleepcalm.relaxation.muscle_groups import SIXTEEN
from sleepcalm.shipped_files import shipped_folder

IDS = [
    *("pmr-16-twice", "pmr-16", "pmr-7", "pmr-4", "recall", "recall-counting", "counting"),
    *("breath-awareness", "body-scan", "falling-feeling", "paced-breathing", "autogenic"),
    *("drifting-pictures", "after-a-jolt", "quiet-rest"),
]
"""Muscle relaxation in the order in which it is learned, then what is quieter, and rest last."""

CUE_KEYS = ["start_s", "end_s", "step", "phase", "muscle_group", "text", "clip", "gain_db", "breath"]


def pauses_s(timeline: dict) -> list[float]:
    """From the end of each cue to the next one's start, or to the end of the routine."""
    starts = [cue["start_s"] for cue in timeline["cues"][1:]] + [timeline["duration_s"]]
    return [start - cue["end_s"] for start, cue in zip(starts, timeline["cues"], strict=True)]


def holds_s(timeline: dict) -> list[float]:
    return [round(cue["end_s"] - cue["start_s"], 6) for cue in timeline["cues"] if not cue["text"]]


def groups(timeline: dict) -> list[str]:
    """The groups that are tensed, in order."""
    return list(dict.fromkeys(cue["muscle_group"] for cue in timeline["cues"] if cue["phase"] == "tense"))


def test_routines_in_json(sleepcalm):
    answer = sleepcalm("routines", "--json")
    assert (answer.status, answer.err) == (0, "")
    for row in answer.json:
        assert {key: type(value) for key, value in row.items()} == {
            "id": str,
            "title": str,
            "kind": str,
            "duration_s": float,
            "steps": int,
            "lengths_min": list,
            "variants": list,
            "is_shuffled": bool,
        }
    rows = {row["id"]: row for row in answer.json}
    assert (rows["pmr-7"]["kind"], rows["breath-awareness"]["kind"]) == ("pmr", "mindfulness")
    assert all(10 * 60 <= rows[name]["duration_s"] <= 12 * 60 for name in ("pmr-7", "breath-awareness"))


def test_routines_for_people_one_a_line(sleepcalm):
    lines = sleepcalm("routines").out.splitlines()
    assert [line.split()[0] for line in lines] == IDS


def test_own_routines_are_listed_and_a_bad_one_is_named(sleepcalm, two_words, data):
    (data / "routines" / "bad.toml").write_text("nonsense")
    answer = sleepcalm("routines", "--json")
    assert answer.status == 0
    assert two_words in [row["id"] for row in answer.json]
    assert answer.complaint.startswith("sleepcalm: not loaded: bad.toml: is not valid TOML")


def test_an_own_routine_whose_usual_form_leaves_a_step_out_is_listed_and_laid_out(sleepcalm, data):
    (data / "routines").mkdir(parents=True)
    (data / "routines" / "hold.toml").write_text(
        'id = "hold"\ntitle = "Hold"\nkind = "breathing"\nsummary = "In and out."\nsources = []\n'
        'cautions = []\nvariants = [{ id = "out", title = "Out", exhale_s = 4 }, '
        '{ id = "in", title = "In", inhale_s = 4 }]\n'
        '[[steps]]\ntitle = "In"\nphase = "guide"\nhold_s = 3\nsentences = [{ breath = "inhale" }]\n'
        '[[steps]]\ntitle = "Out"\nphase = "guide"\nsentences = [{ breath = "exhale" }]\n'
    )
    rows = {row["id"]: row for row in sleepcalm("routines", "--json").json}
    assert (rows["hold"]["steps"], rows["hold"]["duration_s"]) == (1, 4)
    for variant, duration_s in (("out", 4), ("in", 7)):
        timeline = sleepcalm("timeline", "hold", "--json", f"--variant={variant}").json
        assert timeline["duration_s"] == duration_s


def test_a_timeline_in_json(sleepcalm):
    answer = sleepcalm("timeline", "pmr-7", "--json")
    timeline = answer.json
    assert list(timeline) == ["routine", "duration_s", "cues"]
    assert timeline["routine"] == "pmr-7"
    end_s = 0.0
    for cue in timeline["cues"]:
        assert list(cue) == CUE_KEYS
        assert end_s <= cue["start_s"] < cue["end_s"] <= timeline["duration_s"]
        assert cue["phase"] in ("settle", "tense", "release", "guide", "silence")
        assert cue["muscle_group"] is None or isinstance(cue["muscle_group"], str)
        assert isinstance(cue["step"], str)
        assert -10 < cue["gain_db"] <= 0
        end_s = cue["end_s"]
    listed = next(row for row in sleepcalm("routines", "--json").json if row["id"] == "pmr-7")
    assert listed["duration_s"] == pytest.approx(timeline["duration_s"], abs=0.001)
    assert listed["steps"] >= len({cue["step"] for cue in timeline["cues"]})


def test_a_clip_is_a_file_below_the_assets_folder_or_null(sleepcalm, two_words):
    assets = shipped_folder("assets")
    for cue in sleepcalm("timeline", "pmr-7", "--json").json["cues"]:
        if cue["text"]:
            assert (assets / cue["clip"]).is_file()
        else:
            assert cue["clip"] is None
    spoken, unspoken, hold = sleepcalm("timeline", two_words, "--json").json["cues"]
    assert (assets / spoken["clip"]).is_file()
    assert (unspoken["clip"], unspoken["text"]) == (None, "No narrator has spoken this.")
    assert (hold["clip"], hold["text"]) == (None, "")


def test_a_pause_scale_of_one_and_a_half_makes_pauses_half_as_long_again(sleepcalm):
    plain = sleepcalm("timeline", "pmr-7", "--json").json
    slow = sleepcalm("timeline", "pmr-7", "--json", "--pause-scale", "1.5").json
    assert pauses_s(slow) == pytest.approx([1.5 * pause for pause in pauses_s(plain)], abs=1e-4)
    assert holds_s(slow) == holds_s(plain)
    assert [cue["text"] for cue in slow["cues"]] == [cue["text"] for cue in plain["cues"]]


def test_a_hold_as_long_as_asked_for_but_never_with_a_foot_in_it(sleepcalm):
    timeline = sleepcalm("timeline", "pmr-7", "--json", "--hold", "7").json
    for cue in timeline["cues"]:
        if not cue["text"] and cue["phase"] == "tense":
            wanted_s = 5 if cue["muscle_group"].endswith("_leg") else 7
            assert cue["end_s"] - cue["start_s"] == pytest.approx(wanted_s)


def test_a_length_is_kept_to_the_second(sleepcalm):
    assert sleepcalm("timeline", "quiet-rest", "--json").json["duration_s"] == 20 * 60
    for minutes in (1, 7.5, 720):
        timeline = sleepcalm("timeline", "quiet-rest", "--json", "--length", str(minutes)).json
        assert timeline["duration_s"] == minutes * 60


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["pmr-7", "--length", "5"], "pmr-7 can last from 7.07 to 24.98 minutes, not 5"),
        (["after-a-jolt", "--length=10"], "after-a-jolt can last from 0.86 to 3.28 minutes, not 10"),
        (["autogenic", "--variant", "4-6"], "autogenic has no variant '4-6'; it has plain, heartbeat"),
        (["body-scan", "--length", "9"], "body-scan can last from 10 to 30 minutes, not 9"),
        (
            ["paced-breathing", "--variant", "4-4"],
            "paced-breathing has no variant '4-4'; it has 4-6, 5-5, 4-7-8",
        ),
    ],
)
def test_a_choice_that_a_routine_does_not_have_is_told_in_a_line(sleepcalm, arguments, complaint):
    answer = sleepcalm("timeline", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.complaint == f"sleepcalm: {complaint}"


@pytest.mark.parametrize("name", IDS)
def test_every_routine_takes_every_choice_that_it_lists(sleepcalm, name):
    row = next(row for row in sleepcalm("routines", "--json").json if row["id"] == name)
    common = [
        "--pause-scale",
        "0.8",
        "--hold",
        "5",
        "--dominant-hand",
        "left",
        "--skip",
        "neck",
        "--no-cautions",
    ]
    for length_min in row["lengths_min"] or [None]:
        for variant in row["variants"] or [None]:
            chosen = [
                *(["--length", str(length_min)] if length_min else []),
                *(["--variant", variant] if variant else []),
                *(["--seed", "7"] if row["is_shuffled"] else []),
            ]
            timeline = sleepcalm("timeline", name, "--json", *common, *chosen).json
            assert timeline["cues"]
            if length_min:
                assert timeline["duration_s"] == length_min * 60


def test_another_seed_is_another_order_and_the_night_is_the_usual_one(sleepcalm, monkeypatch):
    def pictures(*arguments: str) -> list[str]:
        cues = sleepcalm("timeline", "drifting-pictures", "--json", *arguments).json["cues"]
        return [cue["text"] for cue in cues]

    assert pictures("--seed", "1") == pictures("--seed", "1") != pictures("--seed", "2")
    nights = []
    for now in ("2026-11-21T22:00:00+00:00", "2026-11-22T03:00:00+00:00", "2026-11-22T22:00:00+00:00"):
        monkeypatch.setenv("SLEEPCALM_NOW", now)
        nights.append(pictures())
    assert nights[0] == nights[1] != nights[2]


def test_the_dominant_hand_comes_first(sleepcalm):
    for hand, other in (("left", "right"), ("right", "left")):
        timeline = sleepcalm("timeline", "pmr-7", "--json", "--dominant-hand", hand).json
        assert groups(timeline)[:2] == [f"{hand}_arm", f"{other}_arm"]
        assert f"{hand} hand and arm" in " ".join(cue["text"] for cue in timeline["cues"])


def test_groups_are_skipped_one_by_one(sleepcalm):
    skipped = sleepcalm("timeline", "pmr-7", "--json", "--skip", "dominant_arm", "--skip", "left_foot").json
    assert groups(skipped) == ["left_arm", "face", "neck", "torso", "right_leg"]
    everything = [argument for group in sorted(SIXTEEN) for argument in ("--skip", group)]
    rest = sleepcalm("timeline", "pmr-7", "--json", *everything).json
    assert groups(rest) == []
    assert rest["cues"]


def test_cautions_can_be_left_out(sleepcalm):
    with_them = sleepcalm("timeline", "pmr-7", "--json").json
    without = sleepcalm("timeline", "pmr-7", "--json", "--no-cautions").json
    assert with_them["cues"][0]["step"] == "Before you begin"
    assert without["cues"][0]["step"] == "Settle in"
    assert without["cues"][0]["start_s"] == 0


def test_a_timeline_for_people(sleepcalm, two_words):
    lines = sleepcalm("timeline", two_words).out.splitlines()
    assert lines[0].split(maxsplit=2) == ["0:00.00", "settle", "There is nothing to get right tonight."]
    assert lines[2].endswith("(hold for 5 s)")


def test_preferences_lie_under_the_options(sleepcalm, data):
    data.mkdir()
    (data / "preferences.json").write_text('{"pause_scale": 2, "dominant_hand": "left"}')
    kept = sleepcalm("timeline", "pmr-7", "--json").json
    said = sleepcalm("timeline", "pmr-7", "--json", "--dominant-hand", "right", "--pause-scale", "1").json
    assert groups(kept)[0] == "left_arm"
    assert groups(said)[0] == "right_arm"
    assert sum(pauses_s(kept)) == pytest.approx(2 * sum(pauses_s(said)))


def test_the_form_chosen_in_the_window_is_the_usual_one_until_told_otherwise(sleepcalm, data):
    data.mkdir()
    forms = [
        {"routine": "body-scan", "length_min": 30},
        {"routine": "paced-breathing", "variant": "4-6"},
        {"routine": "pmr-7", "length_min": 20},
    ]
    (data / "preferences.json").write_text(json.dumps({"routine_forms": forms}))
    assert sleepcalm("timeline", "body-scan", "--json").json["duration_s"] == 30 * 60
    assert sleepcalm("timeline", "body-scan", "--json", "--length", "10").json["duration_s"] == 10 * 60
    chosen = sleepcalm("timeline", "paced-breathing", "--json").json
    assert chosen == sleepcalm("timeline", "paced-breathing", "--json", "--variant", "4-6").json
    assert chosen != sleepcalm("timeline", "paced-breathing", "--json", "--variant", "5-5").json
    assert sleepcalm("timeline", "pmr-7", "--json").status == 0, "a length that it does not have"


def test_a_preference_that_cannot_be_used_is_told_on_standard_error(sleepcalm, data):
    data.mkdir()
    (data / "preferences.json").write_text('{"pause_scale": "slow"}')
    answer = sleepcalm("routines", "--json")
    assert answer.status == 0
    assert answer.json
    (line,) = answer.err.splitlines()
    assert line.startswith("sleepcalm: preferences: pause_scale: 'slow' is not a number from 0.5 to 3")


def test_of_several_doctor_tells_what_is_wrong_with_each(sleepcalm, data):
    data.mkdir()
    (data / "preferences.json").write_text('{"pause_scale": "slow", "skipped_groups": [["left_arm"]]}')
    answer = sleepcalm("doctor", "--json")
    assert answer.err.startswith("sleepcalm: 2 preferences were not understood")
    first, second = answer.json["preference_errors"]
    assert first.startswith("pause_scale: 'slow' is not a number from 0.5 to 3")
    assert second.startswith("skipped_groups: ['left_arm'] is not text")


def test_doctor_in_json(sleepcalm, data):
    findings = sleepcalm("doctor", "--json").json
    assert {"sleepcalm", "python", "system", "PySide6-Essentials", "miniaudio"} <= findings["versions"].keys()
    assert isinstance(findings["display"], bool)
    assert isinstance(findings["sound_devices"], list)
    assert findings["folders"] == {
        "data": str(data),
        "assets": str(shipped_folder("assets")),
        "preferences": str(data / "preferences.json"),
        "own routines": str(data / "routines"),
    }
    assert findings["routines"] == IDS
    assert findings["clips"] > 100
    assert findings["sentences_without_clip"] == findings["routine_errors"] == findings["notices"] == []


def test_doctor_tells_how_to_get_what_is_missing(processes, data, two_words):
    (data / "routines" / "bad.toml").write_text("nonsense")
    data.joinpath("preferences.json").write_text('{"narrator": "nobody"}')
    findings = processes.run("doctor", "--json", PATH=str(data)).json  # no engine lies there
    assert findings["display"] is False
    assert findings["sound_devices"] == []
    assert findings["narrator"] == "slt"
    assert findings["sentences_without_clip"] == ["No narrator has spoken this."]
    advice = " ".join(findings["missing"])
    assert "no display: `sleepcalm play` works in the terminal" in advice
    assert "apt-get install libpulse0" in advice
    assert (
        "two-words: no voice has every sentence, and what has no clip is only shown; a speech engine would "
        "speak it, on Debian: apt-get install espeak-ng" in advice
    )
    assert "bad.toml" in findings["routine_errors"][0]
    assert "nobody" in findings["notices"][0]


def test_doctor_for_people(sleepcalm, data):
    assert f"folders data                 {data}\n" in sleepcalm("doctor").out


def test_a_reader_that_leaves_early_is_no_error_worth_a_word(processes):
    writer = processes.start("timeline", "pmr-7", "--json")
    head = subprocess.run(["head", "-1"], stdin=writer.stdout, capture_output=True, text=True, check=True)
    writer.stdout.close()
    assert head.stdout == "{\n"
    assert writer.stderr.read() == ""
    assert writer.wait(60) in (0, 1)


def test_a_closed_output_is_no_error(processes, tmp_path):
    shell = ["sh", "-c", 'exec "$0" -m sleepcalm routines >&- 2>"$1"', processes.python, tmp_path / "err"]
    done = subprocess.run(shell, env=processes.environment, check=False)
    assert (done.returncode, (tmp_path / "err").read_text()) == (0, "")


def test_no_home_is_no_reason_to_fail(processes):
    answer = processes.run("routines", HOME="", SLEEPCALM_DATA_DIR="", XDG_DATA_HOME="")
    assert answer.status == 0
    assert "Traceback" not in answer.err


def test_an_empty_variable_is_as_good_as_none(monkeypatch):
    assert default_data_folder({"SLEEPCALM_DATA_DIR": ""}) == default_data_folder({})
