from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: Of the operations that a request may have been meant for, as many are told.
NEAREST = 2


def explained(explanation: Mapping[str, Any]) -> Iterator[str]:
    """Why a request was refused and what would have been taken, line by line."""
    yield f"  {explanation['told']}"
    for candidate in explanation["nearest"][:NEAREST]:
        yield f"  nearest: {candidate['service']}.{candidate['operation']}  {candidate['method']} {candidate['path']}"
        yield from map(_criterion, candidate["criteria"])
        yield from map(_difference, candidate["body"])
    if explanation["curl"]:
        yield "  this would have been answered:"
        yield from (f"    {line}" for line in explanation["curl"].splitlines())


def _criterion(one: Mapping[str, Any]) -> str:
    if one["met"]:
        return f"    ✓ {one['part']}: {one['expected'] if one['got'] is None else one['got']}"
    hint = f" ({one['hint']})" if one["hint"] else ""
    return f"    ✗ {one['part']}: wanted {one['expected']}, got {_or_nothing(one['got'])}{hint}"


def _difference(one: Mapping[str, Any]) -> str:
    wanted = "" if one["expected"] is None else f", wanted {one['expected']}"
    got = "" if one["got"] is None else f", got {one['got']}"
    return f"      {one['change']} {one['pointer'] or 'the whole body'}{wanted}{got}"


def _or_nothing(text: str | None) -> str:
    return "nothing" if text is None else text
