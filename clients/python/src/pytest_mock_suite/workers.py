from __future__ import annotations

from typing import Any, Union

import pytest

from .control import Control
from .error import MockSuiteError
from .keeper import Keeper
from .settings import Settings
from .suite import Suite

#: What the controller of pytest-xdist hands to a worker, under this name.
NAME = "mock_suite"
Ticket = dict[str, Union[str, int, None, dict[str, Any]]]


class Workers:
    """In the controller of pytest-xdist: one suite for all workers, and a lane for each. A worker that takes the place of a dead
    one has a new name, and the dead one's lane."""

    def __init__(self, keeper: Keeper, first_lane: int) -> None:
        self._keeper = keeper
        self._first_lane = first_lane
        #: By the name of a worker; counted from the first lane of this run.
        self._seats: dict[str, int] = {}

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        workers = len(node.nodemanager.specs)
        seat = min(set(range(workers)) - set(self._seats.values()), default=workers)
        self._seats[node.gateway.id] = seat
        node.workerinput[NAME] = self._ticket(seat, max(workers, seat + 1))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self._seats.pop(node.gateway.id, None)

    def _ticket(self, seat: int, lanes: int) -> Ticket:
        try:
            control = self._keeper.open(lanes)
        except MockSuiteError as error:
            if self._keeper.joins:
                raise pytest.UsageError(str(error)) from None
            # Whoever uses no fake must not suffer: it is told to the first test that does.
            return {"code": error.code, "error": str(error)}
        lane = self._first_lane + seat
        return {
            "url": control.url,
            "token": control.token,
            "lane": lane,
            "standing": dict(self._keeper.standing(lane)),
        }


def suite_of_worker(ticket: Any, settings: Settings) -> Suite:
    """In a worker: what the controller has for it."""
    if "error" in ticket:
        raise MockSuiteError(ticket["code"], ticket["error"])
    suite = Suite(Control(ticket["url"], ticket["token"]), ticket["lane"], settings.root, ticket["standing"])
    suite.lane.clear()
    return suite
