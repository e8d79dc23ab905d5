"""What pytest finds: hooks, options and fixtures."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import Any

import pytest

from .error import MockSuiteError
from .keeper import Keeper
from .lane import Lane
from .marker import DECLARED, NAME, Marker, marker_of
from .report import told_findings, told_lane
from .settings import Settings, add_settings
from .suite import Suite
from .workers import NAME as TICKET
from .workers import Workers, suite_of_worker

_settings = pytest.StashKey[Settings]()
_keeper = pytest.StashKey[Keeper]()
_lane = pytest.StashKey[Lane]()
_marker = pytest.StashKey[Marker]()
_failed = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    add_settings(parser)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", DECLARED)
    settings = config.stash[_settings] = Settings(config)
    if hasattr(config, "workerinput"):
        return
    keeper = config.stash[_keeper] = Keeper(settings)
    config.add_cleanup(keeper.close)
    if config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(Workers(keeper, settings.first_lane), "mock-suite-workers")


def pytest_report_header(config: pytest.Config) -> str | None:
    url = config.stash[_settings].url
    return f"mock-suite: joins {url}" if url else None


@pytest.fixture(scope="session")
def mock_suite_session(pytestconfig: pytest.Config) -> Suite:
    """The suite that runs beside these tests, joined or started, and this worker's lane of it: env, url(service), lane."""
    settings = pytestconfig.stash[_settings]
    try:
        if hasattr(pytestconfig, "workerinput"):
            return suite_of_worker(pytestconfig.workerinput[TICKET], settings)
        keeper = pytestconfig.stash[_keeper]
        return Suite(keeper.open(1), settings.first_lane, settings.root, keeper.standing(settings.first_lane))
    except MockSuiteError as error:
        raise _plainly(error) from None


@pytest.fixture
def mock_suite(request: pytest.FixtureRequest, mock_suite_session: Suite) -> Iterator[Lane]:
    """This worker's fakes, as new: url(service), play(), journal(), inbox(), advance(), world … What the test plays ends with it."""
    item = request.node
    settings = request.config.stash[_settings]
    lane = mock_suite_session.lane
    try:
        marker = marker_of(item, settings.allow, settings.verify)
        lane.begin()
        if marker.allow:
            lane.allow(*marker.allow)
        if marker.freeze is not None:
            lane.freeze(marker.freeze)
        for scenario in marker.scenarios:
            lane.play(scenario, seed=marker.seed)
    except MockSuiteError as error:
        raise _plainly(error) from None
    item.stash[_lane], item.stash[_marker] = lane, marker
    try:
        yield lane
    finally:
        lane.end()


@pytest.fixture(autouse=True)
def _mock_suite_first(request: pytest.FixtureRequest) -> None:
    """Fakes are as new before any other fixture of the test asks them; a marker alone is enough to have them."""
    if NAME in request.fixturenames or request.node.get_closest_marker(NAME) is not None:
        request.getfixturevalue(NAME)


@pytest.fixture
def mock_suite_env(mock_suite: Lane, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """The variables that lead to the fakes, set in os.environ for one test."""
    for name, value in mock_suite.env.items():
        monkeypatch.setenv(name, value)
    return mock_suite.env


@pytest.fixture(scope="session")
def mock_suite_session_env(mock_suite_session: Suite) -> Iterator[Mapping[str, str]]:
    """The same for the whole session: for settings that are read once, when they are imported."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in mock_suite_session.env.items():
            patch.setenv(name, value)
        yield mock_suite_session.env


@pytest.hookimpl(trylast=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """The last of what makes up a call: whoever gets here has passed."""
    lane, marker = item.stash.get(_lane, None), item.stash.get(_marker, None)
    if lane is None or marker is None or not marker.verify:
        return
    try:
        failures = [one for one in lane.findings() if one.fails]
    except MockSuiteError as error:
        raise _plainly(error) from None
    if failures:
        item.stash[_failed] = True
        raise _plainly(told_findings(failures))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    outcome = yield
    report: pytest.TestReport = outcome.get_result()
    lane, marker = item.stash.get(_lane, None), item.stash.get(_marker, None)
    if report.failed and lane is not None and marker is not None:
        # What the test fails by is told already.
        untold = marker.verify and not item.stash.get(_failed, False)
        report.sections.append(("mock-suite", told_lane(lane, lambda: lane.findings() if untold else ())))


def _plainly(told: object) -> BaseException:
    """A failure that says this, and shows no code of ours."""
    return pytest.fail.Exception(str(told), pytrace=False)
