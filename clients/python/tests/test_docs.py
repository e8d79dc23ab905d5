"""docs/pytest.md: its examples are run, its tables compared with the code."""

import inspect
import re
from pathlib import Path

import pytest

from pytest_mock_suite import Lane

PAGE = (Path(__file__).parents[3] / "docs" / "pytest.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```python\n# (\w+\.py)\n(.*?)```", PAGE, re.DOTALL))


def test_every_example_is_a_file_that_is_run():
    assert len(EXAMPLES) == PAGE.count("```python") == 5


@pytest.mark.parametrize("workers", ["0", "2"])
def test_the_examples_pass(joining, workers):
    for name, code in EXAMPLES.items():
        (joining.root / name).write_text(code)
    tests = sum(code.count("\ndef test_") for code in ["\n" + code for code in EXAMPLES.values()])
    result = joining.run_apart("-n", workers, pythonpath=".")
    result.assert_outcomes(passed=tests)
    assert tests == 8


def test_every_option_is_told(project):
    declared = project.run("--help").stdout.str()
    names = re.findall(r"^  (mock_suite_\w+)", declared, re.MULTILINE)
    assert len(names) == 8
    assert [name for name in names if f"| `{name}` |" not in PAGE] == []
    assert set(re.findall(r"--(?:no-)?mock-suite-\w+", declared)) == set(re.findall(r"--(?:no-)?mock-suite-\w+", PAGE))


def test_every_fixture_is_told(project):
    declared = re.findall(r"^(mock_suite\w*)", project.run("--fixtures").stdout.str(), re.MULTILINE)
    assert len(declared) == 4
    assert [name for name in declared if f"| `{name}` |" not in PAGE] == []


def test_everything_that_a_lane_does_is_told():
    table = PAGE.partition("### What a lane does")[2].partition("## Verification")[0]
    internal = {"begin", "end", "clear", "findings"}
    public = {name for name, _ in inspect.getmembers(Lane) if not name.startswith("_")} - internal
    assert [name for name in sorted(public) if f"`{name}" not in table] == []
