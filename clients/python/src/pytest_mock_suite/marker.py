from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

import pytest

from .error import MockSuiteError
from .source import Source
from .verification import KINDS

NAME = "mock_suite"
DECLARED = (
    f"{NAME}(allow=[], verify=True, scenario=None, seed=None, freeze=None): use the fakes; findings that do not fail the test, "
    "whether it is verified, what plays, its seed, where the fakes' clock stands still"
)
_NAMES = ("allow", "verify", "scenario", "seed", "freeze")


@dataclass(frozen=True)
class Marker:
    """What the markers of a test say together: the nearest has the last word, what is allowed adds up."""

    allow: tuple[str, ...]
    verify: bool
    scenarios: tuple[Source, ...]
    seed: int | None
    freeze: str | datetime | None


def marker_of(item: pytest.Item, allow: tuple[str, ...], verify: bool) -> Marker:
    """Of a test, where the ini file has said so much.

    :raises MockSuiteError: ``bad-marker``
    """
    said: dict[str, Any] = {}
    allowed = list(allow)
    for mark in reversed(list(item.iter_markers(NAME))):
        if mark.args:
            raise _bad(f"takes names only, and was given {mark.args[0]!r}. Write {_meant(mark.args[0])}.")
        for name in mark.kwargs:
            if name not in _NAMES:
                raise _bad(f"has no {name!r}.{_did_you_mean(name, _NAMES)} It has {', '.join(_NAMES)}.")
        said.update(mark.kwargs)
        allowed += _several(mark.kwargs.get("allow", ()))
    if said.get("verify") is False:
        # Who judges the whole run is to know of it too.
        allowed += KINDS
    return Marker(
        tuple(allowed),
        bool(said.get("verify", verify)),
        tuple(_several(said.get("scenario"))),
        said.get("seed"),
        said.get("freeze"),
    )


def _several(given: Any) -> Iterable[Any]:
    if given is None:
        return ()
    return given if isinstance(given, (list, tuple, set, frozenset)) else (given,)


def _meant(given: Any) -> str:
    return f"scenario={given!r}" if isinstance(given, str) else "e.g. verify=False"


def _did_you_mean(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, list(names), 1)
    return f" Did you mean {near[0]!r}?" if near else ""


def _bad(told: str) -> MockSuiteError:
    return MockSuiteError("bad-marker", f"@pytest.mark.{NAME} {told}")
