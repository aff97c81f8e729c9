"""A folder of the user's own recordings as a voice: which file is which sentence (see docs/narration.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sleepcalm.audio.voices.clip_names import clip_stem, has_words, short_slug, slug
from sleepcalm.audio.voices.engine import VoiceError
from sleepcalm.audio.voices.recording_reader import SUFFIXES
from sleepcalm.foreign_files import parsed_toml, printable, read_regular_file
from sleepcalm.relaxation.strict_values import shown

LIST_NAME = "sentences.toml"
_MAX_LIST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class FoundRecordings:
    """The recording of each sentence that has one, and a line for each file that is of no use."""

    files: Mapping[str, Path]
    problems: tuple[str, ...]


def find_recordings(folder: Path, sentences: Collection[str]) -> FoundRecordings:
    """Match the files of `folder` with the sentences, by the list file, else by their names.

    Raises VoiceError when the folder or its list cannot be read.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise VoiceError(f"{folder}: cannot be read: {error.strerror}") from error
    listed = _read_list(folder / LIST_NAME)
    by_name = _sentences_by_name(sentences)
    wanted = frozenset(sentences)
    files: dict[str, Path] = {}
    problems = [f"{LIST_NAME} lists {shown(name)}, which is not there" for name in _absent(listed, paths)]
    for path in paths:
        if path.name == LIST_NAME:
            continue
        name = printable(path.name)
        if path.suffix.lower() not in SUFFIXES:
            problems.append(f"{name}: is none of {', '.join(SUFFIXES)}")
            continue
        if not path.is_file():  # nor a pipe, which would be waited for
            problems.append(f"{name}: is not a file")
            continue
        if path.name in listed:
            meant = wanted & {listed[path.name]}
        else:
            meant = by_name.get(path.stem.lower(), frozenset()) or by_name.get(slug(path.stem), frozenset())
        if not meant:
            problems.append(f"{name}: no sentence has this name")
        for sentence in sorted(meant):
            if sentence in files:
                problems.append(f"{name}: {printable(files[sentence].name)} is that sentence already")
            else:
                files[sentence] = path
    return FoundRecordings(files, tuple(problems))


def fingerprint(path: Path) -> str:
    """What tells a recording from another one, whatever its name. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _absent(listed: Mapping[str, str], paths: Collection[Path]) -> list[str]:
    return sorted(listed.keys() - {path.name for path in paths})


def _sentences_by_name(sentences: Collection[str]) -> Mapping[str, frozenset[str]]:
    """File names without their endings: the clip's own, all the words, or the first words where they are
    no other sentence's first. Sentences of the same words share a recording.
    """
    spoken = [sentence for sentence in sentences if has_words(sentence)]
    names: dict[str, set[str]] = {}
    for sentence in spoken:
        for name in {clip_stem(sentence), slug(sentence)} - {""}:
            names.setdefault(name, set()).add(sentence)
    firsts: dict[str, set[str]] = {}
    for sentence in spoken:
        firsts.setdefault(short_slug(sentence), set()).add(sentence)
    for name, meant in firsts.items():
        if name and name not in names and len({slug(sentence) for sentence in meant}) == 1:
            names[name] = meant
    return {name: frozenset(meant) for name, meant in names.items()}


def _read_list(path: Path) -> dict[str, str]:
    try:
        if not path.exists():
            return {}
        table = parsed_toml(read_regular_file(path, _MAX_LIST_BYTES).decode("utf-8-sig"))
    except OSError as error:
        raise VoiceError(f"{path.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise VoiceError(f"{path.name}: cannot be read: not UTF-8 text") from error
    except ValueError as error:
        raise VoiceError(f"{path.name}: {error}") from error
    for name, sentence in table.items():
        if not isinstance(sentence, str):
            raise VoiceError(f'{path.name}: {shown(name)} must be written as "FILE" = "SENTENCE"')
    return table
