"""A shipped routine, spoken by the real espeak-ng: as loud as it should be, and resumed."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event

import pytest
import soundfile
from pyloudnorm import Meter
from voice_desk import Desk

from sleepcalm.audio.voices.library import VoiceLibrary
from sleepcalm.audio.voices.linux_engines import EspeakNg
from sleepcalm.audio.voices.loudness import true_peak_dbtp
from sleepcalm.audio.voices.progress import Progress
from sleepcalm.relaxation.routine_format import read_routine
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.storage.atomic_file import make_private_folder

pytestmark = [
    pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed"),
    pytest.mark.slow,
]

VOICE = "espeak-ng:en-gb"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, EspeakNg())
    desk.library = VoiceLibrary(desk.folders, [EspeakNg()], make_private_folder)
    return desk


def test_a_shipped_routine_stopped_half_way_and_finished(desk: Desk) -> None:
    script = shipped_folder("assets") / "scripts" / "after-a-jolt.toml"
    sentences = sorted(read_routine(script).spoken_sentences())
    half = len(sentences) // 2

    def stop_half_way(progress: Progress) -> None:
        if progress.done == half:
            desk.cancel.set()

    stopped = desk.library.render(
        VOICE, sentences, known=sentences, on_progress=stop_half_way, cancel=desk.cancel
    )
    assert (stopped.done, stopped.was_cancelled) == (half, True)
    desk.cancel = Event()
    outcome = desk.render(*sentences, narrator=VOICE)
    assert (outcome.done, outcome.made, outcome.problems) == (len(sentences), len(sentences) - half, ())
    for path in desk.rendered(VOICE).glob("*.flac"):
        samples, rate_hz = soundfile.read(path)
        assert true_peak_dbtp(samples) <= -3, path.name
        assert 0.3 < len(samples) / rate_hz < 12, path.name
        if len(samples) > 1.5 * rate_hz:
            assert Meter(rate_hz).integrated_loudness(samples) == pytest.approx(-23, abs=0.6), path.name
