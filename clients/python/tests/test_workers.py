"""Under pytest-xdist: one suite, a lane for each worker."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import running

SUITES = Path(__file__).parent / "suites"

#: How often the two hundred are run in a row.
RUNS = int(os.environ.get("RUNS", "2"))

#: Two hundred, where nothing else is asked.
TURNS = int(os.environ.get("TURNS", "200"))

#: Every worker on the first lane: what is not isolated any more must be seen.
ONE_LANE = """
import pytest

@pytest.hookimpl(trylast=True)
def pytest_configure_node(node):
    node.workerinput["mock_suite"]["lane"] = 0
"""


@pytest.fixture
def two_hundred(joining):
    shutil.copy(SUITES / "two_hundred.py", joining.root / "test_two_hundred.py")
    return joining


@pytest.mark.parametrize("run", range(RUNS))
def test_two_hundred_tests_that_write_break_and_reset_disturb_nobody(two_hundred, run):
    two_hundred.run_apart("-q", "-n", "4").assert_outcomes(passed=TURNS)


def test_they_would_be_seen_to_disturb_each_other_on_one_lane(two_hundred, monkeypatch):
    monkeypatch.setenv("TURNS", "40")
    (two_hundred.root / "conftest.py").write_text(ONE_LANE)
    outcomes = two_hundred.run_apart("-q", "-n", "4", "--tb=no").parseoutcomes()
    assert outcomes["failed"] >= 10


@pytest.mark.parametrize("dist", ["load", "loadfile", "worksteal", "each"])
def test_every_way_of_handing_out_tests_does(joining, dist):
    lanes_of(joining)
    if dist == "worksteal" and "worksteal" not in joining.pytester.runpytest_subprocess("--help").stdout.str():
        pytest.skip("this pytest-xdist has no worksteal")
    joining.run_apart("-n", "3", "--dist", dist, *(["--tx", "3*popen"] if dist == "each" else [])).assert_outcomes(
        passed=24 if dist == "each" else 8
    )


def test_each_worker_has_its_own_lane_of_one_suite(project):
    lanes_of(project)
    project.run_apart("-n", "3").assert_outcomes(passed=8)
    told = [line.split() for line in (project.root / "lanes").read_text().splitlines()]
    assert {(worker, lane) for worker, lane, _ in told} == {("gw0", "0"), ("gw1", "1"), ("gw2", "2")}
    assert len({pid for _, _, pid in told}) == 1


def test_a_worker_that_takes_the_place_of_a_dead_one_takes_its_lane_and_nothing_plays_there(joining):
    joining.test("""
        import os
        import time

        @pytest.mark.parametrize("turn", range(40))
        def test_it(mock_suite, turn):
            with open("lanes", "a") as file:
                file.write(f"{os.environ['PYTEST_XDIST_WORKER']} {mock_suite.number}\\n")
            assert mock_suite.playing() == []
            time.sleep(0.05)
            if turn in (2, 7):
                mock_suite.play("alert-down")
                os._exit(1)
    """)
    result = joining.run_apart("-n", "2")
    outcomes = result.parseoutcomes()
    assert (outcomes["failed"], outcomes["passed"]) == (2, 38)
    lanes = dict(line.split() for line in (joining.root / "lanes").read_text().splitlines())
    assert set(lanes) == {"gw0", "gw1", "gw2", "gw3"}
    assert set(lanes.values()) == {"0", "1"}


def test_a_suite_with_fewer_lanes_than_workers_is_not_joined(project):
    lanes_of(project)
    with running("--lanes", "2") as suite:
        url = suite["control"]["url"]
        project.run_apart("-n", "2", "--mock-suite-url", url).assert_outcomes(passed=8)
        result = project.run_apart("-n", "3", "--mock-suite-url", url)
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines(
            [
                f"ERROR: could not join the suite at {url}: it has 2 lanes for 3 workers. Start it with --lanes 3, or let fewer workers run."
            ]
        )


def test_a_run_may_have_the_lanes_from_another_on(project, monkeypatch):
    lanes_of(project)
    monkeypatch.setenv("MOCK_SUITE_LANE", "1")
    with running("--lanes", "3") as suite:
        monkeypatch.setenv("MOCK_SUITE_URL", suite["control"]["url"])
        project.run_apart("-n", "2").assert_outcomes(passed=8)
        assert {line.split()[1] for line in (project.root / "lanes").read_text().splitlines()} == {"1", "2"}
        project.test("def test_it(mock_suite): assert mock_suite.number == 1")
        project.run_apart().assert_outcomes(passed=1)
        result = project.run_apart("-n", "3")
        result.stderr.fnmatch_lines(
            [
                "ERROR: *: it has 3 lanes for 3 workers from lane 1 on. Start it with --lanes 4, or let fewer workers run."
            ]
        )
    monkeypatch.setenv("MOCK_SUITE_LANE", "one")
    project.run_apart().stderr.fnmatch_lines(["ERROR: MOCK_SUITE_LANE is 'one', which is no lane: they count from 0"])


def test_who_uses_no_fake_needs_no_program(project):
    project.test("def test_without(): pass\ndef test_with(mock_suite): pass")
    result = project.run_apart("-n", "2", "--mock-suite-command", "sh -c 'echo no fakes today >&2; exit 3'")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["no fakes today"])


def test_a_failure_in_a_worker_is_told_as_elsewhere(joining):
    joining.test("""
        def test_misspelt(mock_suite):
            send(mock_suite, path="/api/v1/alertz")
    """)
    result = joining.run_apart("-n", "2")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "unmatched: no operation of alert takes POST /api/v1/alertz",
            "*- mock-suite -*",
            "  #1 POST /api/v1/alertz → 404*",
        ]
    )


def test_no_worker_is_the_same_as_no_xdist(joining):
    joining.test("def test_it(mock_suite): assert mock_suite.number == 0")
    joining.run("-n", "0").assert_outcomes(passed=1)


def lanes_of(project):
    """Eight tests that note who ran them, and where."""
    project.test("""
        import os
        import time

        @pytest.mark.parametrize("turn", range(8))
        def test_it(mock_suite, mock_suite_session, turn):
            pid = mock_suite_session.control.get("/v1/suite")["pid"]
            with open("lanes", "a") as file:
                file.write(f"{os.environ['PYTEST_XDIST_WORKER']} {mock_suite.number} {pid}\\n")
            time.sleep(0.1)
    """)
