"""The runtime client of the config service, and the boot that hangs on it."""

import httpx

from signal_service import http


class ConfigServiceError(Exception):
    pass


class ConfigServiceClient:
    def __init__(self, base_url, api_key, environment="production", on_response=None):
        if not base_url or not api_key:
            raise ConfigServiceError("CONFIG_SERVICE_URL and CONFIG_SERVICE_API_KEY are required")
        self.base_url = base_url
        self.identity = {"Authorization": f"Bearer {api_key}", "X-Service-Name": "signal_service"}
        self.headers = {**self.identity, "X-Environment": environment}
        self.hooks = {"response": [on_response] if on_response else []}

    def get_secret(self, key, required=True):
        return self._value(f"/api/v1/secrets/{key}", required)

    def get_config(self, key, required=False):
        return self._value(f"/api/v1/config/{key}", required)

    def get_service_url(self, service, host=None):
        reply = self._get(f"/api/v1/ports/{service}/url", params={"host": host} if host else None)
        if reply.status_code != 200:
            raise ConfigServiceError(f"{service}: {reply.status_code}")
        return reply.json()["url"]

    def health_check(self):
        try:
            return self._get("/health", headers=self.identity, timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    def _value(self, path, required):
        try:
            reply = self._get(path)
            if reply.status_code == 200:
                return reply.json().get("value")
            failure = f"{path}: {reply.status_code}"
        except (httpx.HTTPError, ValueError) as error:
            failure = f"{path}: {error}"
        if required:
            raise ConfigServiceError(failure)
        return None

    def _get(self, path, params=None, headers=None, timeout=30):
        # A client, and so a connection, for every call.
        with http.Client(timeout=timeout, event_hooks=self.hooks) as client:
            return client.get(self.base_url + path, params=params, headers=headers or self.headers)


BOOT_SEQUENCE = [
    "/health",
    "/api/v1/config/REDIS_SENTINEL_ENABLED",
    "/api/v1/config/REDIS_SENTINEL_HOSTS",
    "/api/v1/config/REDIS_SENTINEL_MASTER_NAME",
    "/api/v1/ports/ticker_service/url?host=ticker-service",
    "/api/v1/ports/marketplace_service/url?host=marketplace-service",
    "/api/v1/secrets/GATEWAY_SECRET",
    "/api/v1/secrets/INTERNAL_API_KEY",
    "/api/v1/secrets/MARKETPLACE_WEBHOOK_SECRET",
    "/api/v1/config/CACHE_TTL_SECONDS",
    "/api/v1/config/MAX_BATCH_SIZE",
    "/api/v1/config/MAX_CPU_CORES",
    "/api/v1/config/GREEKS_RISK_FREE_RATE",
    "/api/v1/config/REDIS_TICK_STREAM_PREFIX",
    "/api/v1/config/CONSUMER_GROUP_NAME",
    "/api/v1/config/CONSUMER_NAME",
    "/api/v1/config/WEBSOCKET_MAX_CONNECTIONS",
    "/api/v1/config/WEBSOCKET_HEARTBEAT_INTERVAL",
    "/api/v1/config/DEFAULT_SUBSCRIPTION_LEASE_SECONDS",
    "/api/v1/config/MAX_INDICATORS_PER_TIMEFRAME",
    "/api/v1/config/ACL_CACHE_ENABLED",
    "/api/v1/config/ACL_CACHE_TTL_SECONDS",
    "/api/v1/secrets/CELERY_BROKER_URL",
    "/api/v1/secrets/CELERY_RESULT_BACKEND",
    "/api/v1/config/ASYNC_COMPUTATION_ENABLED",
    "/api/v1/config/METRICS_ENABLED",
    "/api/v1/config/METRICS_PORT",
    "/api/v1/config/METRICS_UPDATE_INTERVAL_SECONDS",
    "/api/v1/config/USAGE_TRACKING_ENABLED",
    "/api/v1/config/USAGE_BATCH_SIZE",
    "/api/v1/config/SUBSCRIPTION_SERVICE_URL",
]


def boot(config, env):
    """The settings of a service that starts; SystemExit where the real one leaves with 1."""
    if not config.health_check():
        raise SystemExit(1)
    settings = {}

    def text(key, default):
        settings[key] = config.get_config(key) or default

    def whole(key, default):
        try:
            settings[key] = int(config.get_config(key) or default)
        except ValueError:
            settings[key] = default

    def flag(key, default):
        value = config.get_config(key)
        settings[key] = str(value).lower() in ("1", "true", "yes", "on") if value else default

    def neighbour(name, host, default):
        try:
            settings[name] = config.get_service_url(name, host)
        except ConfigServiceError:
            settings[name] = default

    def secret(key, default):
        settings[key] = config.get_secret(key, required=False) or default

    flag("REDIS_SENTINEL_ENABLED", False)
    text("REDIS_SENTINEL_HOSTS", "")
    text("REDIS_SENTINEL_MASTER_NAME", "signal-master")
    neighbour("ticker_service", "ticker-service", "http://ticker-service:8089")
    neighbour("marketplace_service", "marketplace-service", "http://marketplace-service:8091")
    settings["GATEWAY_SECRET"] = config.get_secret("GATEWAY_SECRET", required=False) or fallback_key(config)
    secret("INTERNAL_API_KEY", None)
    secret("MARKETPLACE_WEBHOOK_SECRET", None)
    whole("CACHE_TTL_SECONDS", 300)
    whole("MAX_BATCH_SIZE", 100)
    whole("MAX_CPU_CORES", 4)
    settings["GREEKS_RISK_FREE_RATE"] = float(config.get_config("GREEKS_RISK_FREE_RATE") or 0.06)
    text("REDIS_TICK_STREAM_PREFIX", "tick_stream:")
    text("CONSUMER_GROUP_NAME", "signal_processors")
    text("CONSUMER_NAME", "signal_processor_1")
    whole("WEBSOCKET_MAX_CONNECTIONS", 10000)
    whole("WEBSOCKET_HEARTBEAT_INTERVAL", 30)
    whole("DEFAULT_SUBSCRIPTION_LEASE_SECONDS", 300)
    whole("MAX_INDICATORS_PER_TIMEFRAME", 50)
    flag("ACL_CACHE_ENABLED", True)
    whole("ACL_CACHE_TTL_SECONDS", 300)
    secret("CELERY_BROKER_URL", env["REDIS_URL"])
    secret("CELERY_RESULT_BACKEND", env["REDIS_URL"])
    flag("ASYNC_COMPUTATION_ENABLED", False)
    flag("METRICS_ENABLED", True)
    whole("METRICS_PORT", int(env["PORT"]))
    whole("METRICS_UPDATE_INTERVAL_SECONDS", 60)
    flag("USAGE_TRACKING_ENABLED", True)
    whole("USAGE_BATCH_SIZE", 100)
    text("SUBSCRIPTION_SERVICE_URL", "")
    return settings


def fallback_key(config):
    try:
        return config.get_secret("INTERNAL_API_KEY")
    except ConfigServiceError:
        raise SystemExit(1) from None
