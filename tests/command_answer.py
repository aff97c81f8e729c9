"""What a command answered, for the tests of every command."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line that went wrong, without the usage that may stand before it."""
        assert "Traceback" not in self.err
        lines = [line for line in self.err.splitlines() if line.startswith("sleepcalm")]
        assert len(lines) == 1, self.err
        return lines[0]

    @property
    def error(self) -> str:
        """The one line on standard error, without the program's name."""
        (line,) = self.err.splitlines()
        assert line.startswith("sleepcalm: ")
        return line.removeprefix("sleepcalm: ")
