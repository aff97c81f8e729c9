"""Makes one clip: brought to the common loudness, trimmed, encoded and measured as decoded."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import numpy as np
import soundfile
from numpy.typing import NDArray

from sleepcalm.audio.clip_preparation import SPEECH_FLOOR_DBFS, trim_and_fade
from sleepcalm.audio.decoding import RATE_LIMITS_HZ
from sleepcalm.audio.steps import with_soft_steps
from sleepcalm.audio.voices.clip_folder import ClipEntry, ClipFolder
from sleepcalm.audio.voices.clip_names import SUFFIX, clip_name
from sleepcalm.audio.voices.engine import RenderCancelledError, SentenceError, SpeechEngine
from sleepcalm.audio.voices.loudness import limited, loudness_lufs, true_peak_dbtp
from sleepcalm.audio.voices.speech_sound import resampled, with_room, without_rumble
from sleepcalm.relaxation.clip import CLIP_LUFS, SAMPLE_RATE_HZ

MAX_SENTENCE_S = 60
"""No sentence is as long, spoken or recorded."""

TOLERANCE_LU = 0.5
PEAK_LIMIT_DBTP = -3.0
_CLOSE_LU = 0.05
_PEAK_MARGIN_DB = 0.1
_ROUNDS = 5
_BLOCK_SAMPLES = 1 << 20


def speak_clip(
    engine: SpeechEngine, voice: str, sentence: str, folder: ClipFolder, cancel: Event
) -> ClipEntry:
    """Have the engine speak `sentence`, and make a clip of it in `folder`.

    Nothing there changes when it fails. Raises VoiceError, RenderCancelledError and OSError.
    """
    with folder.part(".wav") as wav:
        engine.speak(voice, sentence, wav, cancel)
        try:
            samples, sample_rate_hz = _read(wav, cancel)
        except ValueError as error:
            raise SentenceError(f"{engine.name} wrote {error} for {sentence!r}") from error
    spoken = resampled(samples, sample_rate_hz)
    if not is_heard(spoken):
        raise SentenceError(f"{engine.name} spoke only silence for {sentence!r}")
    return make_clip(spoken, sentence, folder)


def _read(wav: Path, cancel: Event) -> tuple[NDArray[np.float64], int]:
    """What an engine wrote, on one channel, and its rate in Hz; no more of it than a sentence may have.

    Raises ValueError, which names what it wrote instead, and RenderCancelledError.
    """
    if not wav.is_file():  # nor a pipe, which would be waited for
        raise ValueError("no sound")
    low_hz, high_hz = RATE_LIMITS_HZ
    blocks = [np.zeros(0)]
    try:
        with soundfile.SoundFile(wav) as file:
            if not low_hz <= file.samplerate <= high_hz:
                raise ValueError(f"a sound of {file.samplerate} Hz")
            block_frames = max(_BLOCK_SAMPLES // file.channels, 1)
            while len(block := file.read(block_frames, dtype="float64", always_2d=True)):
                if cancel.is_set():
                    raise RenderCancelledError
                blocks.append(block.mean(axis=1))
                if sum(map(len, blocks)) > MAX_SENTENCE_S * file.samplerate:
                    raise ValueError(f"more than {MAX_SENTENCE_S} s of sound")
            return np.concatenate(blocks), file.samplerate
    except soundfile.LibsndfileError as error:
        raise ValueError("no sound") from error


def is_heard(samples: NDArray[np.float64]) -> bool:
    """Whether there is anything above R128's gate for silence."""
    return bool(np.isfinite(loudness_lufs(samples)))


def heard_loudness_lufs(decoded: NDArray[np.float64]) -> float:
    """The loudness of a clip as the program plays it."""
    return loudness_lufs(with_soft_steps(decoded.astype(np.float32)).astype(np.float64))


def make_clip(
    spoken: NDArray[np.float64],
    sentence: str,
    folder: ClipFolder,
    speech_floor_dbfs: float = SPEECH_FLOOR_DBFS,
) -> ClipEntry:
    """Write the clip of `sentence` from its sound at 48 kHz, which must not be silent.

    `speech_floor_dbfs` is what counts as silence at the ends. Raises SentenceError and OSError.
    """
    clean = without_rumble(with_room(spoken))
    with folder.part(SUFFIX) as part:
        try:
            entry = _encode_at_target(clean, sentence, part, speech_floor_dbfs)
        except soundfile.LibsndfileError as error:
            raise OSError(
                None, f"no clip could be written: {error.error_string}", str(folder.path)
            ) from error
        folder.publish(part, entry.file)
    return entry


def _encode_at_target(spoken: NDArray[np.float64], sentence: str, part: Path, floor_dbfs: float) -> ClipEntry:
    """Encode until the decoded clip has the common loudness and keeps the peak limit.

    The few milliseconds of a clip that would pass the limit are turned down, so that its loudness
    stays that of the others. Raises SentenceError when the target is not reached.
    """
    gain_db = CLIP_LUFS - loudness_lufs(spoken)
    ceiling_dbtp = PEAK_LIMIT_DBTP - _PEAK_MARGIN_DB
    for _ in range(_ROUNDS):
        decoded = _written(spoken * 10 ** (gain_db / 20), ceiling_dbtp, floor_dbfs, sentence, part)
        loudness, peak = heard_loudness_lufs(decoded), true_peak_dbtp(decoded)
        excess_db = max(0.0, peak - PEAK_LIMIT_DBTP + _PEAK_MARGIN_DB / 2)
        if abs(CLIP_LUFS - loudness) <= _CLOSE_LU and not excess_db:
            break
        gain_db += CLIP_LUFS - loudness if np.isfinite(loudness) else 0.0
        ceiling_dbtp -= excess_db
    # Not "further than": a loudness that is no number is not near, either.
    if not (abs(loudness - CLIP_LUFS) <= TOLERANCE_LU and peak <= PEAK_LIMIT_DBTP):
        raise SentenceError(f"{sentence!r} ends up at {loudness:.1f} LUFS with a peak of {peak:.1f} dBTP")
    return ClipEntry(
        sentence=sentence,
        file=clip_name(sentence),
        frames=len(decoded),
        duration_s=round(len(decoded) / SAMPLE_RATE_HZ, 3),
        loudness_lufs=round(loudness, 2),
        true_peak_dbtp=round(peak, 2),
    )


def _written(
    loud: NDArray[np.float64], ceiling_dbtp: float, floor_dbfs: float, sentence: str, part: Path
) -> NDArray[np.float64]:
    try:
        trimmed = trim_and_fade(loud, SAMPLE_RATE_HZ, floor_dbfs)
    except ValueError as error:
        raise SentenceError(f"{sentence!r}: {error}") from error
    clip = limited(trimmed, ceiling_dbtp)
    soundfile.write(part, clip, SAMPLE_RATE_HZ, format="FLAC", subtype="PCM_16", compression_level=1.0)
    decoded, _rate = soundfile.read(part, dtype="float64")
    return np.asarray(decoded, np.float64)
