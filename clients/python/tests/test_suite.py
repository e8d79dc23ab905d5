"""How a suite is found, started, joined and ended."""

import os
import signal
import subprocess
import sys
import time

import pytest
from conftest import COMMAND, PATIENCE, running


def eventually(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "not within the time"
        time.sleep(0.02)


def test_a_suite_is_started_with_what_the_ini_file_says(project):
    project.test("""
        def test_it(mock_suite_session):
            told = mock_suite_session.control.get("/v1/suite")
            assert (told["services"], told["seed"], told["lanes"], told["strict_auth"]) == (["alert", "comms"], 7, 1, True)
            assert set(mock_suite_session.lane.urls) == {"alert", "comms"}
            assert mock_suite_session.env["ALERT_SERVICE_URL"] == mock_suite_session.url("alert")
            assert mock_suite_session.lane.now().isoformat() == "2026-01-17T09:15:30+00:00"
    """)
    settings = {
        "mock_suite_services": "alert comms",
        "mock_suite_seed": "3",
        "mock_suite_args": "--strict-auth --clock 2026-01-17T09:15:30Z",
    }
    project.run("--mock-suite-seed", "7", **settings).assert_outcomes(passed=1)


def test_a_running_suite_is_joined_and_left_running(project, monkeypatch):
    project.test("""
        def test_it(mock_suite_session, mock_suite):
            assert mock_suite_session.control.url == {url!r}
            assert [one.scenario for one in mock_suite.playing()] == ["alert-flapping"]
    """)
    file = project.root / "test_it.py"
    with running("--token", "a-token-of-ours", "--scenario", "alert-flapping") as suite:
        url = suite["control"]["url"]
        file.write_text(file.read_text().replace("{url!r}", repr(url)))
        monkeypatch.setenv("MOCK_SUITE_TOKEN", "a-token-of-ours")
        result = project.run("--mock-suite-url", url)
        result.assert_outcomes(passed=1)
        result.stdout.fnmatch_lines([f"mock-suite: joins {url}"])
        monkeypatch.setenv("MOCK_SUITE_URL", url)
        project.run().assert_outcomes(passed=1)
        monkeypatch.delenv("MOCK_SUITE_URL")
        project.run(mock_suite_url=url).assert_outcomes(passed=1)
        monkeypatch.setenv("MOCK_SUITE_TOKEN", "another")
        result = project.run("--mock-suite-url", url)
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines(["This is not the token of this suite."])


def test_what_plays_for_all_tests_plays_again_after_one_that_replaced_or_ended_it(project, monkeypatch):
    project.test("""
        import pathlib

        OTHER = "name: {}\\nstory: Another.\\nrules: [{{ when: {{ service: alert }}, inject: [{{ fault: status, code: 500 }}] }}]\\n"

        @pytest.fixture(scope="session", autouse=True)
        def session(mock_suite_session):
            mock_suite_session.lane.play(OTHER.format("of-the-session"), seed=5)

        @pytest.fixture
        def stories(mock_suite):
            told = {one.scenario: (one.seed, len(one.rules), one.rules[0].told) for one in mock_suite.playing()}
            first = pathlib.Path("first")
            if not first.exists():
                first.write_text(str(told))
            assert str(told) == first.read_text()
            assert list(told) == ["alert-flapping", "comms-slow", "of-the-session"]

        @pytest.mark.mock_suite(verify=False)
        @pytest.mark.parametrize("turn", [1, 2])
        def test_replaces(stories, mock_suite, turn):
            for name in ("alert-flapping", "of-the-session"):
                mock_suite.play(OTHER.format(name), seed=9)
            with mock_suite.play("comms-slow", seed=9):
                pass
            mock_suite.play("alert-down")

        def test_stops(stories, mock_suite):
            mock_suite.stop("of-the-session")
            assert [one.scenario for one in mock_suite.playing()] == ["alert-flapping", "comms-slow"]

        def test_sees_it(stories):
            pass
    """)
    with running("--scenario", "alert-flapping", "--scenario", "comms-slow") as suite:
        monkeypatch.setenv("MOCK_SUITE_URL", suite["control"]["url"])
        result = project.run()
        result.assert_outcomes(passed=4)


def test_nobody_at_the_address_is_told(project):
    project.test("def test_it(mock_suite): pass")
    result = project.run("--mock-suite-url", "http://127.0.0.1:9")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["could not ask the suite at http://127.0.0.1:9 for GET /v1/suite: *refused*"])


def test_without_a_program_it_is_told_what_was_tried(project, monkeypatch, tmp_path):
    project.test("def test_it(mock_suite): pass\ndef test_without(): pass")
    monkeypatch.delenv("MOCK_SUITE_COMMAND")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = project.run()
    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines(
        [
            "could not start a suite: the program mock-suite was not found. Tried were",
            f"*node_modules/.bin/mock-suite in {project.root} *",
            "*on PATH",
            "*npx*",
        ]
    )


def test_the_program_that_a_project_has_installed_is_found_from_its_folders(project, monkeypatch):
    project.test("def test_it(mock_suite): pass")
    monkeypatch.delenv("MOCK_SUITE_COMMAND")
    installed = project.root.parent / "node_modules" / ".bin" / "mock-suite"
    installed.parent.mkdir(parents=True)
    installed.write_text(f'#!/bin/sh\nexec {COMMAND} "$@"\n')
    installed.chmod(0o755)
    project.run().assert_outcomes(passed=1)


def test_the_program_on_the_path_is_found(project, monkeypatch, tmp_path):
    project.test("def test_it(mock_suite): pass")
    monkeypatch.delenv("MOCK_SUITE_COMMAND")
    program = tmp_path / "mock-suite"
    program.write_text(f'#!/bin/sh\nexec {COMMAND} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    project.run().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (
            "sh -c 'echo no fakes today >&2; exit 3'",
            ["could not start a suite by sh -c *: it ended with 3. It said:", "no fakes today"],
        ),
        (
            "sh -c 'echo hello'",
            ["could not start a suite by *: it said 'hello', which is no announcement. It said nothing."],
        ),
        ("/no/such/program", ["could not start a suite by /no/such/program *No such file*"]),
    ],
)
def test_a_start_that_fails_tells_why(project, command, told):
    project.test("def test_it(mock_suite): pass\ndef test_again(mock_suite): pass\ndef test_without(): pass")
    result = project.run("--mock-suite-command", command)
    result.assert_outcomes(errors=2, passed=1)
    result.stdout.fnmatch_lines(told)


def test_a_suite_that_nobody_uses_is_not_started(project):
    project.test("def test_without(): pass")
    result = project.run("--mock-suite-command", "sh -c 'echo > started'")
    result.assert_outcomes(passed=1)
    assert not (project.root / "started").exists()


def test_the_suite_ends_with_pytest(project, gone):
    project.test("""
        from pathlib import Path

        def test_it(mock_suite_session):
            Path("pid").write_text(str(mock_suite_session.control.get("/v1/suite")["pid"]))
            assert 0
    """)
    project.run().assert_outcomes(failed=1)
    assert gone(int((project.root / "pid").read_text()))


@pytest.mark.parametrize("by", ["SIGINT", "SIGTERM", "SIGKILL", "SIGHUP"])
def test_the_suite_ends_with_a_pytest_that_is_ended(project, gone, by):
    project.test("""
        import time
        from pathlib import Path

        def test_it(mock_suite_session):
            Path("new").write_text(str(mock_suite_session.control.get("/v1/suite")["pid"]))
            Path("new").rename("pid")
            time.sleep(60)
    """)
    (project.root / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider")
    ended_by = getattr(signal, by)
    command = [sys.executable, "-m", "pytest", "-q"]
    # Who is run in the background may have been told to ignore it.
    heed = (lambda: signal.signal(ended_by, signal.SIG_DFL)) if by != "SIGKILL" else None
    pytest_run = subprocess.Popen(command, cwd=project.root, stdout=subprocess.DEVNULL, preexec_fn=heed)
    try:
        eventually((project.root / "pid").exists)
        pytest_run.send_signal(ended_by)
        pytest_run.wait(PATIENCE)
    finally:
        pytest_run.kill()
        pytest_run.wait(PATIENCE)
    pid = int((project.root / "pid").read_text())
    eventually(lambda: gone(pid))


def test_a_suite_that_dies_under_a_test_is_told_of(project):
    project.test("""
        import os
        import signal
        import time

        def test_it(mock_suite_session, mock_suite):
            pid = mock_suite_session.control.get("/v1/suite")["pid"]
            os.kill(pid, signal.SIGKILL)
            while True:
                mock_suite.journal()
                time.sleep(0.01)
    """)
    result = project.run()
    result.assert_outcomes(failed=1, errors=0)
    result.stdout.fnmatch_lines(["*could not ask the suite at http://127.0.0.1:* for GET /v1/journal: *"])


def test_settings_that_are_read_at_import_see_the_fakes(joining):
    (joining.root / "service.py").write_text("import os\nALERTS = os.environ['ALERT_SERVICE_URL']\n")
    joining.test("""
        @pytest.fixture(scope="session")
        def service(mock_suite_session_env):
            import service
            return service

        def test_it(service, mock_suite):
            assert service.ALERTS == mock_suite.url("alert")
    """)
    joining.run().assert_outcomes(passed=1)
