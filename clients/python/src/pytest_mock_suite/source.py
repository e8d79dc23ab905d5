from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Union

#: A scenario: its name in the library, a path, the text of one, or data.
Source = Union[str, "PathLike[str]", Mapping[str, Any]]


def scenario_source(source: Source, root: Path) -> dict[str, Any]:
    """As the control API takes it. A text has more than one line; a path ends in .yaml, .yml or .json, and is looked up from
    where pytest runs and from its root."""
    if isinstance(source, Mapping):
        return {"scenario": dict(source)}
    if isinstance(source, str) and "\n" in source:
        return {"text": source}
    path = Path(source)
    if isinstance(source, str) and path.suffix not in (".yaml", ".yml", ".json"):
        return {"name": source}
    found = next((place for place in (path, root / path) if place.is_file()), path)
    return {"text": found.read_text(encoding="utf-8"), "file": str(path)}
