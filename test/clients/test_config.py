"""Config: the runtime client at boot and after, the deployment scripts, and what the fleet's tests do."""

import pytest
import requests

from signal_service.config import BOOT_SEQUENCE, ConfigServiceClient, ConfigServiceError, boot


@pytest.fixture
def config(suite):
    return ConfigServiceClient(suite.url("config"), suite.env["CONFIG_SERVICE_API_KEY"], suite.env["ENVIRONMENT"])


def test_a_service_boots_with_31_requests_in_their_order_and_every_one_is_answered(suite, config):
    boot(config, suite.env)
    assert suite.targets("config") == [("GET", target) for target in BOOT_SEQUENCE]
    assert len(BOOT_SEQUENCE) == 31
    assert {entry["status"] for entry in suite.journal(service="config")} == {200}


def test_every_request_of_the_boot_comes_over_a_connection_of_its_own(suite):
    connections = []

    def note(reply):
        connections.append(reply.extensions["network_stream"].get_extra_info("client_addr"))

    boot(ConfigServiceClient(suite.url("config"), suite.env["CONFIG_SERVICE_API_KEY"], on_response=note), suite.env)
    assert len(connections) == len(set(connections)) == 31


def test_a_booted_service_has_usable_settings(suite, config):
    settings = boot(config, suite.env)
    assert settings["GATEWAY_SECRET"] == suite.env["GATEWAY_SECRET"]
    assert settings["INTERNAL_API_KEY"] == suite.env["INTERNAL_API_KEY"]
    assert len(settings["GATEWAY_SECRET"]) >= 16
    assert (settings["CACHE_TTL_SECONDS"], settings["GREEKS_RISK_FREE_RATE"]) == (300, 0.06)
    assert (settings["ACL_CACHE_ENABLED"], settings["ASYNC_COMPUTATION_ENABLED"]) == (True, False)


def test_a_service_discovers_its_neighbours_where_they_really_listen(suite, config):
    settings = boot(config, suite.env)
    assert settings["marketplace_service"] == suite.url("marketplace")
    assert settings["ticker_service"] == suite.urls.get("ticker", "http://ticker-service:8089")
    assert requests.get(f"{settings['marketplace_service']}/health", timeout=10).json()["status"] == "healthy"


def test_the_environment_that_the_suite_prints_points_at_the_fakes(suite):
    assert suite.env["CONFIG_SERVICE_URL"] == suite.url("config")
    assert suite.env["ALERT_SERVICE_URL"] == suite.url("alert")
    assert suite.env["MARKETPLACE_BASE_URL"] == suite.url("marketplace")


def test_a_missing_key_leaves_the_default(suite, config):
    suite.delete("world.settings", "CACHE_TTL_SECONDS")
    suite.put("world.settings", "MAX_BATCH_SIZE", value="250")
    settings = boot(config, suite.env)
    assert (settings["CACHE_TTL_SECONDS"], settings["MAX_BATCH_SIZE"]) == (300, 250)


def test_a_service_that_finds_nothing_but_its_key_starts_with_defaults_and_asks_for_the_key_twice(suite, config):
    tables = {"config": "world.settings", "secrets": "world.secrets", "ports": "world.ports"}
    for kind, key in (target.split("/")[3:5] for target in BOOT_SEQUENCE if target != "/health"):
        if key != "INTERNAL_API_KEY":
            suite.delete(tables[kind], key)
    settings = boot(config, suite.env)
    assert settings["GATEWAY_SECRET"] == suite.env["INTERNAL_API_KEY"]
    assert settings["CELERY_BROKER_URL"] == suite.env["REDIS_URL"]
    assert settings["ticker_service"] == "http://ticker-service:8089"
    assert settings["marketplace_service"] == "http://marketplace-service:8091"
    assert settings["REDIS_SENTINEL_MASTER_NAME"] == "signal-master"
    assert settings["METRICS_PORT"] == int(suite.env["PORT"])
    assert len(suite.journal(service="config")) == 32


def test_a_service_without_any_secret_gives_up_after_eight_requests(suite, config):
    suite.delete("world.secrets", "GATEWAY_SECRET")
    suite.delete("world.secrets", "INTERNAL_API_KEY")
    with pytest.raises(SystemExit) as exit_:
        boot(config, suite.env)
    assert exit_.value.code == 1
    assert len(suite.journal(service="config")) == 8


@pytest.mark.parametrize("falsy", [False, 0, "", None])
def test_a_falsy_value_arrives_as_json_and_is_taken_for_a_missing_one(suite, config, falsy):
    suite.put("world.settings", "ACL_CACHE_ENABLED", value=falsy)
    assert config.get_config("ACL_CACHE_ENABLED") == falsy
    assert boot(config, suite.env)["ACL_CACHE_ENABLED"] is True


def test_the_word_false_switches_off(suite, config):
    suite.put("world.settings", "ACL_CACHE_ENABLED", value="false")
    assert boot(config, suite.env)["ACL_CACHE_ENABLED"] is False


def test_words_where_numbers_belong_leave_the_default_except_for_the_risk_free_rate(suite, config):
    suite.put("world.settings", "MAX_CPU_CORES", value="several")
    assert boot(config, suite.env)["MAX_CPU_CORES"] == 4
    suite.put("world.settings", "GREEKS_RISK_FREE_RATE", value="a little")
    with pytest.raises(ValueError, match="could not convert"):
        boot(config, suite.env)


def test_an_object_is_kept_as_an_object(suite, config):
    suite.put("world.settings", "ENTITLEMENT_TIER_GOLD_CONFIG", value={"rate_limit": 900, "features": ["₹"]})
    assert config.get_config("ENTITLEMENT_TIER_GOLD_CONFIG") == {"rate_limit": 900, "features": ["₹"]}


def test_a_changed_value_is_read_at_once_and_a_reset_brings_the_old_one_back(suite, config):
    suite.put("world.settings", "CACHE_TTL_SECONDS", value="60")
    assert config.get_config("CACHE_TTL_SECONDS") == "60"
    suite.reset()
    assert config.get_config("CACHE_TTL_SECONDS") == "300"


def test_an_unknown_key_raises_only_where_it_is_required(config):
    assert config.get_config("NOBODY_KNOWS") is None
    assert config.get_config("cache_ttl_seconds") is None
    with pytest.raises(ConfigServiceError, match="404"):
        config.get_secret("NOBODY_KNOWS")
    with pytest.raises(ConfigServiceError, match="404"):
        config.get_service_url("nobody")


def test_a_wrong_key_is_no_key(suite):
    stranger = ConfigServiceClient(suite.url("config"), "guess")
    assert stranger.get_config("CACHE_TTL_SECONDS") is None
    with pytest.raises(ConfigServiceError, match="401"):
        stranger.get_secret("INTERNAL_API_KEY")
    assert stranger.health_check() is True


def test_a_deployment_script_finds_health_secret_and_origins(suite):
    def get(path, **headers):
        return requests.get(suite.url("config", path), headers={**suite.internal_key, **headers}, timeout=10)

    assert get("/api/v1/health").status_code == 200
    assert get("/api/v1/secrets/DATABASE_PASSWORD/value?environment=production").status_code == 200
    assert get("/api/v1/config/CORS_ALLOWED_ORIGINS", **{"X-Environment": "production"}).json()["value"].split(",")


def test_the_fleet_creates_reads_changes_lists_and_deletes_a_secret(suite):
    def ask(method, path, **request):
        reply = requests.request(method, suite.url("config", path), headers=suite.internal_key, timeout=15, **request)
        return reply.status_code, reply.json()

    secret = {"secret_key": "NEW_KEY", "secret_value": "one", "secret_type": "other", "environment": "dev"}
    assert ask("POST", "/api/v1/secrets", json=secret)[0] == 201
    assert ask("POST", "/api/v1/secrets", json=secret)[0] == 409
    assert ask("PUT", "/api/v1/secrets/NEW_KEY?environment=dev", json={"secret_value": "two"})[1]["success"] is True
    status, read = ask("GET", "/api/v1/secrets/NEW_KEY/value?environment=dev")
    assert (status, read["secret_value"]) == (200, "two")
    assert "NEW_KEY" in [one["secret_key"] for one in ask("GET", "/api/v1/secrets?environment=dev")[1]]
    assert ask("DELETE", "/api/v1/secrets/NEW_KEY?environment=dev")[0] == 200
    assert ask("GET", "/api/v1/secrets/NEW_KEY/value?environment=dev")[0] == 404


def test_every_generation_reads_the_same_secret_under_the_name_it_knows(suite, config):
    fleet = requests.get(suite.url("config", "/api/v1/secrets/GATEWAY_SECRET/value?environment=test"), headers=suite.internal_key, timeout=10)
    assert config.get_secret("GATEWAY_SECRET") == fleet.json()["secret_value"] == suite.env["GATEWAY_SECRET"]
