"""Two releases of real FastAPI services behind our relay: what the second does otherwise is found, dated and blamed on whom it should be."""

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from suite import PATIENCE, PROGRAM

HERE = Path(__file__).parent
COMMITTED = HERE.parents[1] / "contracts" / "recordings"

# So that pseudonyms are those of the committed recordings.
KEY = {"MOCK_SUITE_REDACTION_KEY": "mock-suite-committed-recordings"}

pytestmark = pytest.mark.skipif("PROVIDERS" not in os.environ, reason="the environments of test/clients/provider could not be made")


@pytest.fixture(autouse=True)
def suite():
    """No fakes are needed here."""


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """A recording of each release, by its number; both at once, so that none is the later one."""
    folders = {version: tmp_path_factory.mktemp(f"release-{version}") for version in (1, 2)}
    runs = [record(version, folder) for version, folder in folders.items()]
    for run in runs:
        output, _ = run.communicate(timeout=120)
        assert run.returncode == 0, output
    return folders


def record(version, folder):
    command = ["sh", str(HERE / "provider/record.sh"), "--version", str(version), "--out", str(folder)]
    env = {**os.environ, "PYTHON_CLIENT": sys.executable, "MOCK_SUITE_BIN": str(PROGRAM)}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def mock_suite(*words):
    return subprocess.run(["node", str(PROGRAM), *map(str, words)], env={**os.environ, **KEY}, capture_output=True, text=True, timeout=2 * PATIENCE)


def drift(*folders):
    """The report on recordings, and the findings that are more than information, by their ids."""
    run = mock_suite("drift", "--service", "alert", "--service", "user", *(word for folder in folders for word in ("--recordings", folder)), "--json")
    assert run.returncode in (0, 1), run.stderr
    report = json.loads(run.stdout)
    return report, {finding["id"]: finding for finding in report["findings"] if finding["severity"] != "information"}


# What README.md in test/clients/provider says of release 2, as drift names it.
CHANGED = [
    "alert.createStandingAlert request body /symbol insists",
    "alert.getAlert 200 body /last_triggered_at removed",
    "alert.createStandingAlert 201 body /updated_at null",
    "alert.listAlerts 200 body /total type",
    "alert.deleteAlert 204 status 204 status",
    "alert.getAlert 200 body /status value",
    "alert.summarizeAlerts 200 body /last_trigger_time type",
    "alert.getAlert 404 body /detail removed",
    "alert.updateAlert request body /priority accepts",
    "user.getUserV1 200 body /user_id type",
    "user.getUserV1 200 body /status value",
    "user.register request body /phone insists",
    "user.login 200 body /user/roles removed",
    "user.refresh 200 body /expires_in null",
    "user.logout 204 status 204 status",
    "user.checkAuthorization 200 body /reason null",
    "user.listMyAccounts 200 body /accounts removed",
    "user.getKey 404 content-type content-type content-type",
]


# The first release snoozes what it does not know, so that nothing says how its 404 would have looked.
NEVER_SEEN_BEFORE = "alert.snoozeAlert 404 body /detail removed"


def test_the_committed_recordings_are_what_the_services_say_today(releases):
    report, findings = drift(COMMITTED, releases[1])
    assert findings == {}
    assert report["counts"]["unanswered"] == 0


def test_a_provider_that_changed_between_two_recordings_is_caught_with_the_dates(releases):
    report, findings = drift(COMMITTED, releases[2])
    assert [name for name in CHANGED if name not in findings] == []
    last_of_first = {service: last_at(report, COMMITTED, service) for service in ("alert", "user")}
    assert findings.pop(NEVER_SEEN_BEFORE)["verdict"] == "contract-wrong"
    for finding in findings.values():
        assert finding["verdict"] == "provider-changed", finding["id"]
        assert finding["versions"] == {"before": "1.0.0", "after": "2.0.0"}, finding["id"]
        assert finding["lastAgreed"] <= last_of_first[finding["service"]] < finding["firstSeen"], finding["id"]


def test_what_a_release_merely_adds_is_information(releases):
    report, _ = drift(COMMITTED, releases[2])
    added = {finding["id"] for finding in report["findings"] if finding["severity"] == "information"}
    assert {"alert.getAlert 200 body /tags added", "user.getMe 200 body /locale added"} <= added


def test_where_only_the_second_release_was_ever_recorded_the_contract_is_wrong(releases):
    _, findings = drift(releases[2])
    assert [name for name in CHANGED if name not in findings] == []
    assert {finding["verdict"] for finding in findings.values()} == {"contract-wrong"}


def test_the_text_says_who_must_act_and_between_which_days(releases):
    run = mock_suite("drift", "--service", "alert", "--recordings", COMMITTED, "--recordings", releases[2])
    assert run.returncode == 1
    assert "The provider changed: ask the team of alert" in run.stdout
    assert re.search(r"version +1\.0\.0 → 2\.0\.0", run.stdout)
    assert re.search(rf"first {DAY}T\S+, last agreed {DAY}T", run.stdout)


def test_fakes_are_trusted_on_the_first_release_and_not_on_the_second(releases):
    assert mock_suite("trust", "alert", "--max-age", "1d", "--recordings", releases[1]).returncode == 0
    assert mock_suite("trust", "alert", "--max-age", "1d", "--recordings", COMMITTED, "--recordings", releases[2]).returncode == 1


DAY = r"\d{4}-\d\d-\d\d"


def last_at(report, folder, service):
    return max(one["lastAt"] for one in report["recordings"] if one["file"].startswith(str(folder)) and service in one["services"])
