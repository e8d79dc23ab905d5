"""The alert service as the fleet's real one is described: routes under /alerts, everybody is `test_user`, FastAPI 0.115.0.

It was written from that description alone and shares nothing with the fake. README.md lists what release 2 does differently.
"""

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import Optional
from uuid import UUID

import httpx
import jwt
from alert_models import (
    CONDITIONS,
    Action,
    Alert,
    AlertCreate,
    AlertCreateNext,
    AlertList,
    AlertListNext,
    AlertNext,
    AlertUpdate,
    AlertUpdateNext,
    Deleted,
    Evaluation,
    PriceCondition,
    Status,
    StatusNext,
    Summary,
    TestResult,
)
from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from serving import RELEASES, Chance, name_release, options, serve

# Its own words for itself; the facts do not give them.
SERVICE = "alert_service"
ENVIRONMENT = "development"

# The routes know nobody else: the JWT dependency is wired to /auth/test alone.
USER = "test_user"

# The last prices that the ticker told; the facts do not say where the evaluator takes them from.
MARKET = {"NIFTY": 24812.05, "BANKNIFTY": 51240.6, "RELIANCE": 2941.15}


def main() -> None:
    parser = options(__doc__, port=8082)
    parser.add_argument("--jwks", default="http://localhost:8001/v1/auth/.well-known/jwks.json", help="the user service's keys")
    parser.add_argument("--evaluate-after", type=float, default=5.0, help="seconds until a new alert is first evaluated")
    chosen = parser.parse_args()
    serve(alert_service(chosen.version, Chance(chosen.seed), chosen.jwks, chosen.evaluate_after), chosen.port)


def now() -> datetime:
    """The facts do not say whether the zone is told; it is where times are kept in a database of the usual kind."""
    return datetime.now(timezone.utc)


class Memory:
    """The alerts, and what may be done with them."""

    def __init__(self, version: int, chance: Chance) -> None:
        self.version = version
        self.chance = chance
        self.alerts: dict[UUID, Alert] = {}

    def create(self, asked: AlertCreate) -> Alert:
        kind = asked.condition_config.get("type", asked.alert_type.value)
        check_condition(kind, asked.condition_config)
        created_at = now()
        alert = (Alert if self.version == 1 else AlertNext)(
            **asked.model_dump(),
            alert_id=self.chance.uuid(),
            user_id=USER,
            condition_type=kind,
            created_at=created_at,
            updated_at=created_at if self.version == 1 else None,
            created_by=USER,
        )
        self.alerts[alert.alert_id] = alert
        return alert

    def get(self, alert_id: UUID) -> Alert:
        alert = self.alerts.get(alert_id)
        if alert is None or alert.status == Status.deleted:
            raise HTTPException(404, f"Alert {alert_id} not found")
        return alert

    def update(self, alert_id: UUID, asked: AlertUpdate) -> Alert:
        alert = self.get(alert_id)
        if asked.condition_config is not None:
            check_condition(alert.condition_type, asked.condition_config)
        return self.change(alert, **asked.model_dump(exclude_unset=True))

    def change(self, alert: Alert, **members) -> Alert:
        # Validated anew, so that a member keeps its type whichever model it came by.
        changed = type(alert)(**{**alert.model_dump(), **members, "updated_at": now()})
        self.alerts[alert.alert_id] = changed
        return changed

    def move(self, alert_id: UUID, before: Status, after: Status) -> None:
        alert = self.alerts.get(alert_id)
        if alert is None or alert.status != before:
            raise HTTPException(404, f"Alert {alert_id} not found or not {before.value}")
        self.change(alert, status=after)

    def listed(self, status: Optional[str], alert_type: Optional[str], symbol: Optional[str]) -> list[Alert]:
        """The facts do not give an order; newest first, as such lists are."""
        return [
            alert
            for alert in reversed(self.alerts.values())
            if (alert.status == status if status else alert.status != Status.deleted)
            and alert_type in (None, alert.alert_type.value)
            and symbol in (None, alert.symbol)
        ]

    def evaluate_waiting(self, after: float) -> None:
        """What the background worker does with alerts that have never been evaluated."""
        for alert in list(self.alerts.values()):
            if alert.status == Status.active and alert.last_evaluated_at is None and now() - alert.created_at >= timedelta(seconds=after):
                result = evaluate(alert)
                alert.last_evaluated_at = result.evaluated_at
                alert.evaluation_count += 1
                if result.matched:
                    self.change(alert, status=Status.triggered, trigger_count=1, last_triggered_at=result.evaluated_at)


def check_condition(kind: str, config: dict) -> None:
    if kind in CONDITIONS:
        CONDITIONS[kind](**config)


def evaluate(alert: Alert) -> Evaluation:
    evaluated_at = now()
    if alert.condition_type != "price":
        return Evaluation(matched=False, error=f"No data to evaluate a condition of type {alert.condition_type}", evaluated_at=evaluated_at)
    condition = PriceCondition(**alert.condition_config)
    value = MARKET.get(condition.symbol)
    if value is None:
        return Evaluation(matched=False, threshold=condition.threshold, error=f"No market data for {condition.symbol}", evaluated_at=evaluated_at)
    details = {"symbol": condition.symbol, "operator": condition.operator, "comparison": condition.comparison}
    return Evaluation(matched=condition.holds(value), current_value=value, threshold=condition.threshold, details=details, evaluated_at=evaluated_at)


class Keys:
    """The public keys of the user service, asked for once an hour."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.known: dict = {}
        self.asked_at = float("-inf")

    def named(self, kid: Optional[str]):
        if time.monotonic() - self.asked_at > 3600:
            answer = httpx.get(self.url, timeout=5, trust_env=False).json()
            self.known = {key["kid"]: jwt.PyJWK(key).key for key in answer["keys"]}
            self.asked_at = time.monotonic()
        if kid not in self.known:
            raise unauthorized(f"Key ID '{kid}' not found in JWKS")
        return self.known[kid]


def claims_in(token: str, keys: Keys) -> dict:
    try:
        key = keys.named(jwt.get_unverified_header(token).get("kid"))
        return jwt.decode(token, key, algorithms=["RS256"], audience="trading_platform", issuer="user_service")
    except jwt.ExpiredSignatureError:
        raise unauthorized("Token expired") from None
    except jwt.InvalidAudienceError:
        raise unauthorized("Invalid token audience") from None
    except jwt.InvalidIssuerError:
        raise unauthorized("Invalid token issuer") from None
    except jwt.PyJWTError as error:
        # The facts give no words for what is no token at all.
        raise unauthorized(f"Invalid token: {error}") from None


def unauthorized(detail: str) -> HTTPException:
    return HTTPException(401, detail, headers={"WWW-Authenticate": "Bearer"})


def alert_service(version: int, chance: Chance, jwks: str, evaluate_after: float) -> FastAPI:
    memory = Memory(version, chance)
    keys = Keys(jwks)
    New, Changed, Told, Listed, Known = (
        (AlertCreate, AlertUpdate, Alert, AlertList, Status) if version == 1 else (AlertCreateNext, AlertUpdateNext, AlertNext, AlertListNext, StatusNext)
    )

    registry = CollectorRegistry()
    created = Counter("alerts_created", "Alerts created", ["alert_type"], registry=registry)

    @asynccontextmanager
    async def working(app: FastAPI):
        async def evaluator() -> None:
            while True:
                await asyncio.sleep(evaluate_after / 5)
                memory.evaluate_waiting(evaluate_after)

        worker = asyncio.create_task(evaluator())
        yield
        worker.cancel()

    app = FastAPI(title="Alert Service", version=RELEASES[version], lifespan=working)
    name_release(app, version)

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception):
        return JSONResponse({"status": "error", "message": "Internal server error", "detail": str(error)}, 500)

    @app.exception_handler(ValueError)
    async def unacceptable(request: Request, error: ValueError):
        return JSONResponse({"detail": str(error)}, 400)

    if version == 2:

        @app.exception_handler(HTTPException)
        async def refused(request: Request, error: HTTPException):
            body = {"error": {"code": "not_found", "message": error.detail}} if error.status_code == 404 else {"detail": error.detail}
            return JSONResponse(body, error.status_code, headers=error.headers)

    @app.get("/")
    async def root():
        return {"service": SERVICE, "version": RELEASES[version], "status": "running", "docs": "/docs"}

    @app.get("/health")
    async def health():
        return {
            "status": "ok",
            "timestamp": now(),
            "service": SERVICE,
            "version": RELEASES[version],
            "environment": ENVIRONMENT,
            "database": "connected",
        }

    @app.get("/metrics")
    async def metrics():
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    @app.get("/auth/test")
    def who_am_i(bearer: HTTPAuthorizationCredentials = Depends(HTTPBearer())):
        """The facts give the refusals; the members of the answer are open."""
        return {"status": "success", "message": "Authentication successful", "user_id": claims_in(bearer.credentials, keys)["sub"]}

    @app.post("/alerts", response_model=Told, status_code=201)
    async def create_alert(asked: New):
        alert = memory.create(asked)
        created.labels(alert.alert_type.value).inc()
        return alert

    @app.get("/alerts", response_model=Listed)
    async def list_alerts(
        status: Optional[Known] = None,
        alert_type: Optional[str] = None,
        symbol: Optional[str] = None,
        limit: int = Query(100, ge=1, le=500),
        offset: int = Query(0, ge=0),
    ):
        found = memory.listed(status, alert_type, symbol)
        shown = found[offset : offset + limit]
        return Listed(
            count=len(shown),
            alerts=[alert.model_dump() for alert in shown],
            total=None if version == 1 else len(found),
            page=offset // limit + 1,
            page_size=limit,
        )

    @app.get("/alerts/stats/summary", response_model=Summary)
    async def summarize_alerts():
        alerts = memory.listed(None, None, None)
        last = max((alert.last_triggered_at for alert in alerts if alert.last_triggered_at), default=None)
        return Summary(
            user_id=USER,
            total_alerts=len(alerts),
            active_alerts=sum(alert.status == Status.active for alert in alerts),
            paused_alerts=sum(alert.status == Status.paused for alert in alerts),
            triggered_alerts=sum(alert.status == Status.triggered for alert in alerts),
            total_triggers=sum(alert.trigger_count for alert in alerts),
            last_trigger_time=last.timestamp() if last and version == 2 else last,
        )

    @app.get("/alerts/{alert_id}", response_model=Told)
    async def get_alert(alert_id: UUID):
        return memory.get(alert_id)

    @app.put("/alerts/{alert_id}", response_model=Told)
    async def update_alert(alert_id: UUID, asked: Changed):
        return memory.update(alert_id, asked)

    @app.delete("/alerts/{alert_id}", status_code=200 if version == 1 else 204, response_model=Deleted if version == 1 else None)
    async def delete_alert(alert_id: UUID):
        memory.change(memory.get(alert_id), status=Status.deleted)
        return Deleted(message=f"Alert {alert_id} deleted successfully", alert_id=alert_id) if version == 1 else None

    @app.post("/alerts/{alert_id}/pause", response_model=Action)
    async def pause_alert(alert_id: UUID):
        memory.move(alert_id, Status.active, Status.paused)
        return done(alert_id, "pause", "Alert paused successfully")

    @app.post("/alerts/{alert_id}/resume", response_model=Action)
    async def resume_alert(alert_id: UUID):
        memory.move(alert_id, Status.paused, Status.active)
        return done(alert_id, "resume", "Alert resumed successfully")

    @app.post("/alerts/{alert_id}/acknowledge", response_model=Action)
    async def acknowledge_alert(alert_id: UUID):
        """Does nothing, for alerts that nobody knows too: so the facts have it."""
        return done(alert_id, "acknowledge", "Alert acknowledged")

    @app.post("/alerts/{alert_id}/snooze", response_model=Action)
    async def snooze_alert(alert_id: UUID, duration_seconds: int = Query(3600, ge=60, le=86400)):
        """Does nothing either, until release 2."""
        if version == 2:
            memory.change(memory.get(alert_id), status=StatusNext.snoozed)
        return done(alert_id, "snooze", f"Alert snoozed for {duration_seconds} seconds")

    @app.post("/alerts/{alert_id}/test", response_model=TestResult)
    async def test_alert(alert_id: UUID):
        alert = memory.get(alert_id)
        return TestResult(message="Alert test completed", alert=alert.model_dump(), evaluation=evaluate(alert))

    return app


def done(alert_id: UUID, action: str, message: str) -> Action:
    return Action(alert_id=alert_id, action=action, message=message, timestamp=now())


if __name__ == "__main__":
    main()
