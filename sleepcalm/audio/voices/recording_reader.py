"""Reads one recording of the user's, whatever is in the file, as sound at 48 kHz on one channel."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event

import numpy as np
import soundfile
from numpy.typing import NDArray

from sleepcalm.audio.clip_preparation import SPEECH_FLOOR_DBFS
from sleepcalm.audio.voices.clip_folder import ClipFolder
from sleepcalm.audio.voices.clip_maker import TARGET_LUFS, is_heard
from sleepcalm.audio.voices.engine import SentenceError, run_command
from sleepcalm.audio.voices.loudness import loudness_lufs
from sleepcalm.audio.voices.speech_sound import resampled
from sleepcalm.relaxation.clip import SAMPLE_RATE_HZ

SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".m4a")
MAX_RECORDING_S = 60
"""No sentence is as long."""

_FFMPEG_DEMUXERS = {".mp3": "mp3", ".m4a": "mov"}
_RATE_LIMITS_HZ = (4_000, 400_000)
_MAX_CHANNELS = 8
_FFMPEG_TIMEOUT_S = 60.0
_LEAST_FLOOR_DBFS, _MOST_FLOOR_DBFS = SPEECH_FLOOR_DBFS, -45.0
_ABOVE_NOISE_DB = 8.0
_NOISE_PERCENTILE = 5
_NOISE_WINDOW = SAMPLE_RATE_HZ // 200


def read_recording(path: Path, scratch: ClipFolder, cancel: Event) -> NDArray[np.float64]:
    """The sound of the recording. Raises SentenceError, VoiceError, RenderCancelledError and OSError."""
    demuxer = _FFMPEG_DEMUXERS.get(path.suffix.lower())
    if demuxer is None:
        sound = _decoded(path, path.name)
    else:
        with scratch.part(".wav") as wav:
            _convert(path, demuxer, wav, cancel)
            sound = _decoded(wav, path.name)
    if not is_heard(sound):
        raise SentenceError(f"{path.name}: is silent, or nearly so")
    return sound


def speech_floor_dbfs(sound: NDArray[np.float64]) -> float:
    """Below which level the recording counts as silent, once it is as loud as a clip.

    A room is never as quiet as an engine: what lies within 8 dB of the quietest moments is the room's.
    """
    whole = len(sound) // _NOISE_WINDOW * _NOISE_WINDOW
    powers = np.square(sound[:whole]).reshape(-1, _NOISE_WINDOW).mean(axis=1)
    if not powers.size:
        return _LEAST_FLOOR_DBFS
    noise_dbfs = 10 * np.log10(float(np.percentile(powers, _NOISE_PERCENTILE)) + 1e-30)
    as_a_clip = noise_dbfs + TARGET_LUFS - loudness_lufs(sound) + _ABOVE_NOISE_DB
    return float(np.clip(as_a_clip, _LEAST_FLOOR_DBFS, _MOST_FLOOR_DBFS))


def _decoded(path: Path, name: str) -> NDArray[np.float64]:
    try:
        with soundfile.SoundFile(path) as file:
            rate_hz, channels = file.samplerate, file.channels
            if not _RATE_LIMITS_HZ[0] <= rate_hz <= _RATE_LIMITS_HZ[1] or channels > _MAX_CHANNELS:
                raise SentenceError(
                    f"{name}: {channels} channels at {rate_hz} Hz are no recording of a voice"
                )
            # What the header says of the length need not be so.
            samples = file.read(MAX_RECORDING_S * rate_hz + 1, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise SentenceError(f"{name}: cannot be read: {error.error_string}") from error
    if len(samples) > MAX_RECORDING_S * rate_hz:
        raise SentenceError(f"{name}: is longer than {MAX_RECORDING_S} s, which no sentence is")
    if not len(samples):
        raise SentenceError(f"{name}: holds no sound")
    if not np.isfinite(samples).all():
        raise SentenceError(f"{name}: holds values that are no numbers")
    mono = samples.mean(axis=1, dtype=np.float64)
    peak = np.abs(mono).max()  # a file of floating point may go far beyond full scale
    return resampled(mono / peak if peak > 1 else mono, rate_hz)


def _convert(path: Path, demuxer: str, wav: Path, cancel: Event) -> None:
    if shutil.which("ffmpeg") is None:
        raise SentenceError(f"{path.name}: needs ffmpeg, which is not installed")
    # Demuxer and protocol are fixed, so that nothing in the file can make ffmpeg open anything else.
    source = ["-protocol_whitelist", "file", "-f", demuxer, "-i", f"file:{path.absolute()}"]
    wanted = ["-map", "0:a:0", "-t", str(MAX_RECORDING_S + 1), "-ac", "1", "-ar", str(SAMPLE_RATE_HZ)]
    target = ["-c:a", "pcm_f32le", "-f", "wav", f"file:{wav.absolute()}"]
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y", *source, *wanted, *target]
    try:
        run_command(command, "", cancel=cancel, timeout_s=_FFMPEG_TIMEOUT_S)
    except SentenceError as error:
        raise SentenceError(f"{path.name}: cannot be read: {error}") from error
