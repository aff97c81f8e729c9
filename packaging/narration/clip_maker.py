"""Makes one clip: spoken, brought to the common loudness, trimmed, encoded and measured as decoded."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import soundfile
from clip_folder import PART_PREFIX, SUFFIX, ClipEntry, clip_name, publish
from engines import Engine, EngineError
from loudness import limited, loudness_lufs, resampled, true_peak_dbtp, with_room, without_rumble
from numpy.typing import NDArray

from sleepcalm.audio.clip_preparation import trim_and_fade
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

TARGET_LUFS = -23.0
TOLERANCE_LU = 0.5
PEAK_LIMIT_DBTP = -3.0
_CLOSE_LU = 0.05
_PEAK_MARGIN_DB = 0.1
_ROUNDS = 5


def make_clip(engine: Engine, sentence: str, folder: Path) -> ClipEntry:
    """Render `sentence` into `folder`; nothing there changes when it fails. Raises EngineError."""
    with tempfile.TemporaryDirectory(prefix="narration-") as scratch:
        wav = Path(scratch) / "spoken.wav"
        engine.speak(sentence, wav)
        spoken = _read_spoken(wav, engine.name, sentence)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=PART_PREFIX, suffix=SUFFIX, delete=False) as file:
        part = Path(file.name)
    try:
        entry = _encode_at_target(spoken, sentence, part)
        publish(part, folder / entry.file)
    finally:
        part.unlink(missing_ok=True)
    return entry


def _read_spoken(wav: Path, engine: str, sentence: str) -> NDArray[np.float64]:
    try:
        samples, sample_rate_hz = soundfile.read(wav, dtype="float64", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise EngineError(f"{engine} wrote no sound for {sentence!r}") from error
    spoken = resampled(samples.mean(axis=1), sample_rate_hz, SAMPLE_RATE_HZ)
    if not np.isfinite(loudness_lufs(spoken, SAMPLE_RATE_HZ)):
        raise EngineError(f"{engine} spoke only silence for {sentence!r}")
    return without_rumble(with_room(spoken, SAMPLE_RATE_HZ), SAMPLE_RATE_HZ)


def _encode_at_target(spoken: NDArray[np.float64], sentence: str, part: Path) -> ClipEntry:
    """Encode until the decoded clip has the common loudness and keeps the peak limit.

    The few milliseconds of a clip that would pass the limit are turned down, so that its loudness
    stays that of the others. Raises EngineError when the target is not reached.
    """
    gain_db = TARGET_LUFS - loudness_lufs(spoken, SAMPLE_RATE_HZ)
    ceiling_dbtp = PEAK_LIMIT_DBTP - _PEAK_MARGIN_DB
    for _ in range(_ROUNDS):
        clip = trim_and_fade(spoken * 10 ** (gain_db / 20), SAMPLE_RATE_HZ)
        clip = limited(clip, SAMPLE_RATE_HZ, ceiling_dbtp)
        soundfile.write(part, clip, SAMPLE_RATE_HZ, format="FLAC", subtype="PCM_16", compression_level=1.0)
        decoded, _rate = soundfile.read(part, dtype="float64")
        loudness, peak = loudness_lufs(decoded, SAMPLE_RATE_HZ), true_peak_dbtp(decoded)
        excess_db = max(0.0, peak - PEAK_LIMIT_DBTP + _PEAK_MARGIN_DB / 2)
        if abs(TARGET_LUFS - loudness) <= _CLOSE_LU and not excess_db:
            break
        gain_db += TARGET_LUFS - loudness
        ceiling_dbtp -= excess_db
    if abs(loudness - TARGET_LUFS) > TOLERANCE_LU or peak > PEAK_LIMIT_DBTP:
        raise EngineError(f"{sentence!r} ends up at {loudness:.1f} LUFS with a peak of {peak:.1f} dBTP")
    return ClipEntry(
        sentence=sentence,
        file=clip_name(sentence),
        frames=len(decoded),
        duration_s=round(len(decoded) / SAMPLE_RATE_HZ, 3),
        loudness_lufs=round(loudness, 2),
        true_peak_dbtp=round(peak, 2),
    )
