"""What is said of a test whose neighbours were not used as agreed."""

import shlex
import subprocess
import sys

from conftest import COMMAND

BROKEN = """\
name: alert-broken
story: Alert fails. A good client says so.
rules:
  - when: { service: alert, operation: createAlert }
    inject: [{ fault: status, code: 500 }]
"""


def test_a_passing_test_that_asked_for_what_there_is_not_fails_and_is_told_what_was_near(joining):
    joining.test("""
        def test_misspelt(mock_suite):
            assert send(mock_suite, path="/api/v1/alertz").status_code == 404
    """)
    result = joining.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "unmatched: no operation of alert takes POST /api/v1/alertz",
            "*nearest: alert.createAlert  POST /api/v1/alerts",
            "*✗ path: *",
            "*curl*/api/v1/alerts*",
            "The neighbours were not used as agreed. Where this is meant, say so: @pytest.mark.mock_suite(allow=[[]'unmatched:alert'[]])",
            "*- mock-suite -*",
            "  #1 POST /api/v1/alertz → 404  alert: no operation took it",
        ]
    )


def test_a_body_that_the_contract_does_not_allow_is_told_member_by_member(joining):
    joining.test("""
        def test_wrong(mock_suite):
            send(mock_suite, {**ALERT, "user_id": 7})
    """)
    result = joining.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["violation: alert.createAlert was sent what it does not take: body /user_id: *"])


def test_what_is_allowed_fails_no_test(joining):
    joining.test("""
        @pytest.mark.mock_suite(allow="unmatched:alert")
        class TestAlert:
            def test_class_says_so(self, mock_suite):
                send(mock_suite, path="/nowhere")

            @pytest.mark.mock_suite(allow=["violation:alert.createAlert"])
            def test_both_say_so(self, mock_suite):
                send(mock_suite, path="/nowhere")
                send(mock_suite, {})

            def test_nobody_says_so(self, mock_suite):
                send(mock_suite, {})

        @pytest.mark.mock_suite(verify=False)
        def test_is_not_verified(mock_suite):
            send(mock_suite, {})
    """)
    joining.run().assert_outcomes(passed=3, failed=1)


def test_a_test_allows_what_it_finds_out_to_be_meant_until_it_ends(joining):
    joining.test("""
        def test_before_and_after(mock_suite):
            send(mock_suite, {})
            mock_suite.allow("violation:alert.createAlert", "unmatched:alert")
            send(mock_suite, path="/nowhere")
            found = mock_suite.verify()
            assert [(one.fails, one.times, one.times_allowed) for one in found.findings] == [(False, 1, 1), (False, 1, 1)]

        def test_reset_of_its_own(mock_suite):
            mock_suite.allow("violation:alert")
            mock_suite.reset()
            send(mock_suite, {})

        def test_after_it(mock_suite):
            send(mock_suite, {})

        def test_mistyped(mock_suite):
            with pytest.raises(Exception, match='Did you mean "alert"'):
                mock_suite.allow("violation:alrt")
    """)
    result = joining.run("-v")
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["*::test_after_it FAILED*"])


def test_who_judges_the_whole_run_knows_what_its_tests_allow(project):
    project.test("""
        @pytest.mark.mock_suite(allow=["violation:alert.createAlert"])
        def test_says_so_by_its_marker(mock_suite):
            send(mock_suite, {})

        def test_says_so_in_passing(mock_suite):
            send(mock_suite, path="/nowhere")
            mock_suite.allow("unmatched:alert")

        @pytest.mark.mock_suite(verify=False, scenario="comms-slow")
        def test_is_not_verified(mock_suite):
            send(mock_suite, path="/elsewhere")
    """)
    run = [*shlex.split(COMMAND), "run", "--ports", "auto", "--", sys.executable, "-m", "pytest", "-q"]

    def judged():
        return subprocess.run([*run, "-p", "no:cacheprovider"], cwd=project.root, capture_output=True, text=True, timeout=120)

    good = judged()
    assert good.returncode == 0, good.stdout + good.stderr
    assert "verify: All as agreed" in good.stderr

    project.test("""
        @pytest.mark.xfail(reason="it fails before it is judged, and allows nothing")
        def test_fails(mock_suite):
            send(mock_suite, {})
            assert 0
    """, "test_more")
    bad = judged()
    assert bad.returncode == 1
    assert "1 finding fails: 1 violation" in bad.stderr
    assert "×2, 1 of them allowed" in bad.stderr


def test_the_ini_file_allows_for_every_test_and_switches_off(joining):
    joining.test("""
        def test_nowhere(mock_suite):
            send(mock_suite, path="/nowhere")
    """)
    joining.run(mock_suite_allow="unmatched:alert").assert_outcomes(passed=1)
    joining.run(mock_suite_verify="false").assert_outcomes(passed=1)
    joining.run("--no-mock-suite-verify").assert_outcomes(passed=1)
    joining.run().assert_outcomes(failed=1)


def test_a_rule_that_was_never_met_fails_the_test_that_played_it_and_no_other(joining):
    (joining.root / "broken.yaml").write_text(BROKEN)
    joining.test("""
        @pytest.mark.mock_suite(scenario="broken.yaml")
        def test_plays_it_and_never_asks(mock_suite):
            assert [one.scenario for one in mock_suite.playing()] == ["alert-broken"]

        @pytest.mark.mock_suite(scenario="broken.yaml")
        def test_plays_it_and_asks():
            pass

        def test_has_nothing_to_do_with_it(mock_suite):
            assert mock_suite.playing() == []
    """)
    result = joining.run()
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        ["rule-never-met: rule 1 of alert-broken was never met: *", "lane 0 plays alert-broken, seed 42:"]
    )


def test_a_rule_that_plays_for_all_tests_need_not_be_met_in_each(project):
    (project.root / "broken.yaml").write_text(BROKEN)
    project.test("""
        def test_asks(mock_suite):
            assert send(mock_suite).status_code == 500

        def test_does_not(mock_suite):
            assert [one.scenario for one in mock_suite.playing()] == ["alert-broken"]
    """)
    project.run(mock_suite_scenarios="broken.yaml").assert_outcomes(passed=2)


def test_a_test_that_fails_for_its_own_reasons_is_told_what_happened_too(joining):
    joining.test("""
        def test_wrong(mock_suite):
            for _ in range(12):
                send(mock_suite)
            send(mock_suite, path="/nowhere")
            assert 1 == 2
    """)
    result = joining.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E       assert 1 == 2",
            "*- mock-suite -*",
            "unmatched: no operation of alert takes POST /nowhere",
            "lane 0, 13 exchanges, the last 10:",
            "  #4 POST /api/v1/alerts → 201  alert.createAlert",
            "  #13 POST /nowhere → 404  alert: no operation took it",
        ]
    )
    result.stdout.no_fnmatch_line("  #3 POST*")


def test_a_test_that_fails_as_expected_and_one_that_is_skipped_are_left_alone(joining):
    joining.test("""
        @pytest.mark.xfail(strict=True)
        def test_fails_as_expected(mock_suite):
            send(mock_suite, {})

        def test_is_skipped(mock_suite):
            send(mock_suite, {})
            pytest.skip("not today")

        def test_uses_no_fake():
            pass
    """)
    joining.run().assert_outcomes(passed=1, skipped=1, xfailed=1)


def test_a_marker_is_refused_with_the_name_that_was_meant(joining):
    joining.test("""
        @pytest.mark.mock_suite(scenaro="alert-down")
        def test_misspelt():
            pass

        @pytest.mark.mock_suite("alert-down")
        def test_without_a_name():
            pass

        @pytest.mark.mock_suite(scenario="alert-dwn")
        def test_no_such_scenario():
            pass

        @pytest.mark.mock_suite(allow=["violaton"])
        def test_no_such_kind():
            pass
    """)
    result = joining.run("--strict-markers")
    result.assert_outcomes(errors=4)
    result.stdout.fnmatch_lines(
        [
            "@pytest.mark.mock_suite has no 'scenaro'. Did you mean 'scenario'? It has allow, verify, scenario, seed, freeze.",
            "@pytest.mark.mock_suite takes names only, and was given 'alert-down'. Write scenario='alert-down'.",
            '*Did you mean "alert-down"?',
            '*Did you mean "violation"?',
        ]
    )


def test_the_marker_sets_the_stage(joining):
    joining.test("""
        @pytest.mark.mock_suite(freeze="2026-01-17T09:15:30Z", scenario=["alert-flapping", "comms-slow"], seed=7, verify=False)
        def test_stage(mock_suite):
            assert mock_suite.now().isoformat() == "2026-01-17T09:15:30+00:00"
            assert [(one.scenario, one.seed) for one in mock_suite.playing()] == [("alert-flapping", 7), ("comms-slow", 7)]
    """)
    joining.run().assert_outcomes(passed=1)


def test_fakes_are_as_new_before_other_fixtures_of_the_test_ask_them(joining):
    joining.test("""
        @pytest.fixture
        def sent(mock_suite_session):
            return send(mock_suite_session.lane)

        @pytest.mark.parametrize("turn", [1, 2])
        def test_once(sent, mock_suite, turn):
            assert len(mock_suite.journal()) == 1
    """)
    joining.run().assert_outcomes(passed=2)
