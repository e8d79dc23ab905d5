from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .control import Control
from .lane import Lane


class Suite:
    """A running suite, as one worker sees it: through its own lane."""

    def __init__(self, control: Control, lane: int, root: Path, standing: Mapping[str, Any]) -> None:
        self.control = control
        #: This worker's.
        self.lane = Lane(control, lane, root, standing)

    @property
    def env(self) -> Mapping[str, str]:
        """The variables that the service under test must read to find the fakes of this worker's lane."""
        return self.lane.env

    def url(self, service: str, path: str = "") -> str:
        """The address of a fake of this worker's lane."""
        return self.lane.url(service, path)
