"""Compares what was heard with what should have been."""

from __future__ import annotations

import numpy as np
import soundfile

RATE_HZ = 48_000


def offset_of(piece: np.ndarray, sound: np.ndarray) -> tuple[int, float]:
    """Where `piece` lies in `sound` by cross-correlation, and how alike the two are there (0 to 1)."""
    size = 1 << int(np.ceil(np.log2(len(sound) + len(piece))))
    product = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(piece, size))
    correlation = np.fft.irfft(product)[: len(sound) - len(piece) + 1]
    energy = np.concatenate([[0.0], np.cumsum(sound.astype(np.float64) ** 2)])
    energy = np.sqrt(energy[len(piece) :] - energy[: -len(piece)])
    likeness = correlation / np.maximum(energy, 1e-6) / np.sqrt(np.sum(piece.astype(np.float64) ** 2))
    place = int(np.argmax(likeness))
    return place, float(likeness[place])


def assert_same_sound(heard: np.ndarray, wanted: np.ndarray, cues: list[dict]) -> dict[str, float]:
    """Each cue within 20 ms of the timeline relative to the first, and no gap or lost block between.

    `heard` begins before the first cue. Gives what was measured.
    """
    heard, wanted = heard[:, 0], wanted[:, 0]
    spoken = [cue for cue in cues if cue["clip"]]
    starts = [round(cue["start_s"] * RATE_HZ) for cue in spoken]
    pieces = [wanted[start : start + RATE_HZ] for start in starts]
    first, likeness = offset_of(pieces[0], heard[: 40 * RATE_HZ])
    assert likeness > 0.99, f"the first cue was not found ({likeness:.3f})"
    zero = first - starts[0]
    errors_ms = []
    compared = 0
    for start, piece in zip(starts, pieces, strict=True):
        from_frame = zero + start - RATE_HZ // 2
        window = heard[max(from_frame, 0) : zero + start + 3 * RATE_HZ // 2]
        if zero + start + 3 * RATE_HZ // 2 > len(heard):
            break
        place, likeness = offset_of(piece, window)
        assert likeness > 0.99, f"the cue at {start / RATE_HZ:.2f} s sounds different ({likeness:.3f})"
        errors_ms.append((max(from_frame, 0) + place - zero - start) / RATE_HZ * 1000)
        compared += 1
    assert max(map(abs, errors_ms)) <= 20, errors_ms
    residual_dbfs = _loudest_residual_dbfs(heard, wanted, zero)
    assert residual_dbfs < -70, f"between the cues something else was heard ({residual_dbfs:.0f} dBFS)"
    return {
        "cues": compared,
        "largest_error_ms": max(map(abs, errors_ms)),
        "residual_dbfs": residual_dbfs,
        "seconds": (min(len(heard) - zero, len(wanted))) / RATE_HZ,
    }


def _loudest_residual_dbfs(heard: np.ndarray, wanted: np.ndarray, zero: int) -> float:
    """What remains when the wanted sound is taken from the heard one, in its loudest 10 ms."""
    begin = RATE_HZ // 20  # the player's own soft start
    frames = min(len(heard) - zero, len(wanted))
    residual = heard[zero + begin : zero + frames] - wanted[begin:frames]
    windows = residual[: len(residual) // 480 * 480].reshape(-1, 480)
    loudest = float(np.sqrt(np.mean(windows.astype(np.float64) ** 2, axis=1)).max())
    return 20 * float(np.log10(max(loudest, 1e-9)))


def read_sound(path: str) -> np.ndarray:
    return soundfile.read(path, dtype="float32", always_2d=True)[0]
