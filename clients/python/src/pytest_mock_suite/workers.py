from __future__ import annotations

from typing import Any, Dict, List, Union

import pytest

from .control import Control
from .error import MockSuiteError
from .keeper import Keeper
from .settings import Settings
from .suite import Suite

#: What the controller of pytest-xdist hands to a worker, under this name.
NAME = "mock_suite"
Ticket = Dict[str, Union[str, int, None, List[str]]]


class Workers:
    """In the controller of pytest-xdist: one suite for all workers, and a lane for each. A worker that takes the place of a dead
    one has a new name, and the dead one's lane."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._lanes: dict[str, int] = {}

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        workers = len(node.nodemanager.specs)
        lane = min(set(range(workers)) - set(self._lanes.values()), default=workers)
        self._lanes[node.gateway.id] = lane
        node.workerinput[NAME] = self._ticket(lane, max(workers, lane + 1))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self._lanes.pop(node.gateway.id, None)

    def _ticket(self, lane: int, lanes: int) -> Ticket:
        try:
            control = self._keeper.open(lanes)
        except MockSuiteError as error:
            if self._keeper.joins:
                raise pytest.UsageError(str(error)) from None
            # Whoever uses no fake must not suffer: it is told to the first test that does.
            return {"code": error.code, "error": str(error)}
        return {"url": control.url, "token": control.token, "lane": lane, "baseline": self._keeper.baseline}


def suite_of_worker(ticket: Any, settings: Settings) -> Suite:
    """In a worker: what the controller has for it."""
    if "error" in ticket:
        raise MockSuiteError(ticket["code"], ticket["error"])
    suite = Suite(Control(ticket["url"], ticket["token"]), ticket["lane"], settings.root)
    suite.lane.clear(ticket["baseline"])
    return suite
