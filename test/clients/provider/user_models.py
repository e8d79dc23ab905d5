"""What may be sent to the user service."""

from datetime import datetime
from enum import Enum
from typing import Any, Dict, List, Optional

from pydantic import BaseModel, EmailStr, Field


class Role(str, Enum):
    user = "user"
    admin = "admin"
    compliance = "compliance"


class Permission(str, Enum):
    view = "view"
    trade = "trade"
    manage = "manage"


class MemberRole(str, Enum):
    """The facts give the permissions, not the names of the memberships."""

    viewer = "viewer"
    trader = "trader"
    manager = "manager"


class Tier(str, Enum):
    free = "free"
    standard = "standard"
    premium = "premium"
    unlimited = "unlimited"


class Register(BaseModel):
    """The facts give the answer and the refusals, not the body."""

    email: EmailStr
    password: str = Field(min_length=8, max_length=128)
    name: str = Field(min_length=1, max_length=255)
    phone: Optional[str] = Field(None, pattern=r"^\+\d{10,15}$")
    timezone: str = "UTC"


class RegisterNext(Register):
    phone: str = Field(pattern=r"^\+\d{10,15}$")


class Login(BaseModel):
    email: EmailStr
    password: str


class MfaVerify(BaseModel):
    session_token: str
    code: str = Field(min_length=6, max_length=6)


class PasswordResetRequest(BaseModel):
    email: EmailStr


class Me(BaseModel):
    name: Optional[str] = Field(None, min_length=1, max_length=255)
    phone: Optional[str] = Field(None, pattern=r"^\+\d{10,15}$")
    timezone: Optional[str] = Field(None, max_length=50)


class Preferences(BaseModel):
    default_trading_account_id: Optional[int] = None
    preferences: Optional[Dict[str, Any]] = None


class Deactivate(BaseModel):
    reason: str = Field(min_length=10, max_length=500)
    revoke_sessions: bool = True


class Search(BaseModel):
    query: str = Field(min_length=1)
    limit: int = Field(20, ge=1, le=100)


class AssignRole(BaseModel):
    role: Role


class Check(BaseModel):
    subject: str
    action: str
    resource: str
    context: Optional[Dict[str, Any]] = None


class BulkCheck(BaseModel):
    checks: List[Check] = Field(min_length=1, max_length=100)


class PermissionCheck(BaseModel):
    user_id: int
    trading_account_id: int
    permission: Permission


class Invalidate(BaseModel):
    subject: Optional[str] = None
    resource: Optional[str] = None
    action: Optional[str] = None
    invalidate_all: bool = False


class Link(BaseModel):
    broker: str
    broker_user_id: str
    account_name: str = "Primary"
    credentials: Dict[str, str]


class Rotate(BaseModel):
    credentials: Dict[str, str]


class Member(BaseModel):
    user_id: int
    role: MemberRole


class AccessCheck(BaseModel):
    trading_account_id: int
    required_permissions: List[str]


class NewKey(BaseModel):
    name: str = Field(min_length=1, max_length=100)
    scopes: List[str] = ["read"]
    rate_limit_tier: Tier = Tier.free
    expires_at: Optional[datetime] = None


class ChangedKey(BaseModel):
    name: Optional[str] = Field(None, min_length=1, max_length=100)
    scopes: Optional[List[str]] = None
