"""What is read before a trial, as it ships and as it may be damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from sleepcalm.minerals.seed_file import SeedFileError
from sleepcalm.trends.red_flags import About, When, load_red_flags

SHIPPED = Path(__file__).resolve().parents[3] / "seeds" / "red_flags.toml"


def test_every_kind_has_its_sentences() -> None:
    flags = load_red_flags(SHIPPED)
    assert {"breathing", "restless-legs", "new-medicine"} <= {
        flag.id for flag in flags.flags_for(When.DOCTOR)
    }
    assert {"seizure", "suicidal-thoughts"} <= {flag.id for flag in flags.flags_for(When.AT_ONCE)}
    assert "magnesium" in {caution.id for caution in flags.cautions_about(About.SUPPLEMENT)}
    assert flags.cautions_about(About.RELAXATION)
    sentences = [flags.doctor, flags.at_once, *(part.sentence for part in (*flags.flags, *flags.cautions))]
    assert all(sentence.endswith((".", "!", "?")) for sentence in sentences)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('when = "doctor"', 'when = "soon"', "when: 'soon' is not known"),
        ('id = "breathing"', 'id = "trauma"', "id 'trauma' is there twice"),
        ('about = "supplement"', 'of = "supplement"', "unknown key 'of'"),
    ],
)
def test_a_damaged_file_is_named_with_the_place(tmp_path: Path, old: str, new: str, reason: str) -> None:
    damaged = tmp_path / "red_flags.toml"
    damaged.write_text(SHIPPED.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SeedFileError, match=f"red_flags.toml, .*{reason}"):
        load_red_flags(damaged)
