"""The bodies of the alert service, in both releases."""

from datetime import datetime, time
from enum import Enum
from typing import Any, Dict, List, Literal, Optional, Union
from uuid import UUID

from pydantic import BaseModel, Field


class AlertType(str, Enum):
    price = "price"
    indicator = "indicator"
    position = "position"
    greek = "greek"
    order = "order"
    time = "time"
    custom = "custom"
    strategy = "strategy"


class Priority(str, Enum):
    low = "low"
    medium = "medium"
    high = "high"
    critical = "critical"


class PriorityNext(str, Enum):
    low = "low"
    medium = "medium"
    high = "high"
    critical = "critical"
    urgent = "urgent"


class Status(str, Enum):
    active = "active"
    paused = "paused"
    triggered = "triggered"
    expired = "expired"
    deleted = "deleted"


class StatusNext(str, Enum):
    active = "active"
    paused = "paused"
    triggered = "triggered"
    expired = "expired"
    deleted = "deleted"
    snoozed = "snoozed"


class Channel(str, Enum):
    telegram = "telegram"
    fcm = "fcm"
    apns = "apns"
    email = "email"
    sms = "sms"
    webhook = "webhook"


class AlertCreate(BaseModel):
    name: str = Field(min_length=1, max_length=255)
    alert_type: AlertType
    condition_config: Dict[str, Any]
    priority: Priority = Priority.medium
    description: Optional[str] = None
    symbol: Optional[str] = Field(None, max_length=50)
    symbols: Optional[List[str]] = None
    exchange: Optional[str] = Field(None, max_length=10)
    notification_channels: List[Channel] = [Channel.telegram]
    notification_config: Optional[Dict[str, Any]] = None
    notification_template: Optional[str] = None
    evaluation_interval_seconds: int = Field(60, ge=10, le=3600)
    evaluation_window_start: Optional[time] = None
    evaluation_window_end: Optional[time] = None
    max_triggers_per_day: Optional[int] = Field(None, ge=1)
    cooldown_seconds: int = Field(300, ge=0)
    expires_at: Optional[datetime] = None
    metadata: Optional[Dict[str, Any]] = None
    account_id: Optional[str] = None
    strategy_id: Optional[UUID] = None


class AlertCreateNext(AlertCreate):
    priority: PriorityNext = PriorityNext.medium
    symbol: str = Field(max_length=50)
    tags: List[str] = []


class AlertUpdate(BaseModel):
    """The facts do not say which members a PUT takes: here those that say nothing about what the alert is."""

    name: Optional[str] = Field(None, min_length=1, max_length=255)
    condition_config: Optional[Dict[str, Any]] = None
    priority: Optional[Priority] = None
    description: Optional[str] = None
    symbol: Optional[str] = Field(None, max_length=50)
    symbols: Optional[List[str]] = None
    exchange: Optional[str] = Field(None, max_length=10)
    notification_channels: Optional[List[Channel]] = None
    notification_config: Optional[Dict[str, Any]] = None
    notification_template: Optional[str] = None
    evaluation_interval_seconds: Optional[int] = Field(None, ge=10, le=3600)
    evaluation_window_start: Optional[time] = None
    evaluation_window_end: Optional[time] = None
    max_triggers_per_day: Optional[int] = Field(None, ge=1)
    cooldown_seconds: Optional[int] = Field(None, ge=0)
    expires_at: Optional[datetime] = None
    metadata: Optional[Dict[str, Any]] = None


class AlertUpdateNext(AlertUpdate):
    priority: Optional[PriorityNext] = None


class Alert(AlertCreate):
    alert_id: UUID
    user_id: str
    condition_type: str
    status: Status = Status.active
    trigger_count: int = 0
    last_triggered_at: Optional[datetime] = None
    last_evaluated_at: Optional[datetime] = None
    evaluation_count: int = 0
    created_at: datetime
    updated_at: Optional[datetime]
    created_by: str


class AlertNext(AlertCreateNext, Alert):
    status: StatusNext = StatusNext.active
    last_triggered_at: Optional[datetime] = Field(None, serialization_alias="triggered_at")


class PriceCondition(BaseModel):
    """The facts give members and operators; they do not say which of them must be there."""

    type: Literal["price"] = "price"
    symbol: str
    operator: Literal["gt", "gte", "lt", "lte", "eq", "between"]
    threshold: Optional[float] = None
    min_threshold: Optional[float] = None
    max_threshold: Optional[float] = None
    comparison: Literal["last_price", "bid", "ask", "vwap"] = "last_price"

    def holds(self, value: float) -> bool:
        if self.operator == "between":
            return (self.min_threshold or 0) <= value <= (self.max_threshold or 0)
        threshold = self.threshold or 0
        return {"gt": value > threshold, "gte": value >= threshold, "lt": value < threshold, "lte": value <= threshold, "eq": value == threshold}[
            self.operator
        ]


class IndicatorCondition(BaseModel):
    type: Literal["indicator"] = "indicator"
    symbol: str
    indicator: str
    operator: Literal["gt", "gte", "lt", "lte", "eq", "between", "crossover", "crossunder"]
    threshold: Optional[float] = None
    timeframe: str = "5min"
    lookback: int = Field(14, ge=1)


class PositionCondition(BaseModel):
    type: Literal["position"] = "position"
    metric: Literal["pnl", "day_pnl", "quantity", "pnl_percentage"]
    operator: Literal["gt", "gte", "lt", "lte", "eq", "between"]
    threshold: float


# The facts name greek, time, composite and script conditions without their members: they are taken as they come.
CONDITIONS = {"price": PriceCondition, "indicator": IndicatorCondition, "position": PositionCondition}


class AlertList(BaseModel):
    status: Literal["success"] = "success"
    count: int
    alerts: List[Alert]
    total: None = None
    page: int
    page_size: int


class AlertListNext(AlertList):
    alerts: List[AlertNext]
    total: int


class Deleted(BaseModel):
    status: Literal["success"] = "success"
    message: str
    alert_id: UUID


class Action(BaseModel):
    """The facts give the members for pause and resume; acknowledge and snooze are assumed to share the model."""

    status: Literal["success"] = "success"
    alert_id: UUID
    action: str
    message: str
    timestamp: datetime


class Evaluation(BaseModel):
    matched: bool
    current_value: Optional[float] = None
    threshold: Optional[float] = None
    details: Dict[str, Any] = {}
    error: Optional[str] = None
    evaluated_at: datetime


class TestedAlert(BaseModel):
    """The facts do not say which members of the alert come along."""

    alert_id: UUID
    name: str
    alert_type: AlertType
    condition_type: str
    status: StatusNext


class TestResult(BaseModel):
    status: Literal["success"] = "success"
    message: str
    alert: TestedAlert
    evaluation: Evaluation


class Summary(BaseModel):
    status: Literal["success"] = "success"
    user_id: str
    total_alerts: int
    active_alerts: int
    paused_alerts: int
    triggered_alerts: int
    total_triggers: int
    # A number of seconds since 1970 in release 2.
    last_trigger_time: Union[datetime, float, None] = None
