"""The user service as the fleet's real one is described: routes under /v1, FastAPI 0.104.1, pydantic 2.5.0.

It was written from that description alone and shares nothing with the fake but its test people. README.md lists what release 2 does differently.
The facts name more routes than they describe: Google's OAuth, /v1/organizations, /v1/mfa and /v1/audit are left out.
"""

import time
from datetime import datetime
from typing import Optional

import jwt
import user_access
from fastapi import Cookie, Depends, FastAPI, HTTPException, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from one_time_code import one_time_code
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from serving import RELEASES, Chance, name_release, options, serve
from tokens import LIFETIME, Tokens
from user_memory import Memory, Person, Session
from user_models import (
    AssignRole,
    Deactivate,
    Login,
    Me,
    MfaVerify,
    PasswordResetRequest,
    Preferences,
    Register,
    RegisterNext,
    Role,
    Search,
)
from user_replies import Replies

COOKIE = "__Secure-refresh_token"

# The facts give the waits (15 minutes, one hour), not how many are too many.
FAILED_LOGINS = 5
REGISTRATIONS = 5


def main() -> None:
    chosen = options(__doc__, port=8011).parse_args()
    serve(UserService(chosen.version, chosen.seed).app(), chosen.port)


class UserService:
    def __init__(self, version: int, seed: int) -> None:
        self.version = version
        self.memory = Memory()
        self.replies = Replies(version)
        self.chance = Chance(seed)
        self.tokens = Tokens(seed)

    def app(self) -> FastAPI:
        app = FastAPI(title="User Service", version=RELEASES[self.version])
        name_release(app, self.version)
        if self.version == 2:
            tell_problems(app)
        self.about(app)
        self.auth(app)
        self.users(app)
        user_access.add_routes(app, self)
        return app

    # Who asks.

    def session_of(self, bearer: HTTPAuthorizationCredentials) -> Session:
        try:
            session = self.memory.sessions[self.tokens.read(bearer.credentials)["sid"]]
        except (jwt.PyJWTError, KeyError):
            raise not_validated() from None
        if session.over:
            raise not_validated()
        return session

    def person_of(self, session: Session) -> Person:
        person = self.memory.people[session.user_id]
        if person.status == "deactivated":
            raise HTTPException(403, "Account has been deactivated")
        if person.status != "active":
            raise HTTPException(403, f"Account status is {person.status}. Active status required.")
        return person

    @property
    def asking(self):
        def person(bearer: HTTPAuthorizationCredentials = Depends(HTTPBearer())) -> Person:
            return self.person_of(self.session_of(bearer))

        return Depends(person)

    @property
    def admin(self):
        def person(bearer: HTTPAuthorizationCredentials = Depends(HTTPBearer())) -> Person:
            """The facts do not say who may; nor in which words the others are refused."""
            found = self.person_of(self.session_of(bearer))
            if "admin" not in found.roles:
                raise HTTPException(403, "Role required: admin")
            return found

        return Depends(person)

    def found(self, user_id: int) -> Person:
        person = self.memory.people.get(user_id)
        if person is None:
            raise HTTPException(404, f"User {user_id} not found")
        return person

    # What it says of itself.

    def about(self, app: FastAPI) -> None:
        registry = CollectorRegistry()
        self.logins = Counter("user_logins", "Logins", ["outcome"], registry=registry)

        @app.get("/")
        def root():
            return {"service": "user_service", "version": RELEASES[self.version], "status": "running"}

        @app.get("/health")
        def health():
            return {"status": "healthy", "version": RELEASES[self.version], "checks": {"database": "healthy", "redis": "healthy"}}

        @app.get("/metrics")
        def metrics():
            return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    # Coming and going.

    def auth(self, app: FastAPI) -> None:
        memory, replies = self.memory, self.replies
        Registering = Register if self.version == 1 else RegisterNext

        @app.post("/v1/auth/register", status_code=201)
        def register(asked: Registering):
            if too_many(memory.registrations, REGISTRATIONS, 3600):
                raise HTTPException(429, "Too many registration attempts. Please try again later.", headers={"Retry-After": "3600"})
            memory.registrations.append(time.monotonic())
            if memory.named(asked.email):
                raise HTTPException(409, "Email already registered")
            if asked.password.isalpha() or asked.password.lower() == asked.password:
                raise HTTPException(400, "Password must contain upper and lower case letters and a digit")
            number = max(max(memory.people), 1000) + 1
            person = Person(number, asked.email.lower(), asked.name, asked.password, asked.phone, asked.timezone, "pending_verification")
            person.created_at = datetime.utcnow()
            memory.people[number] = person
            return replies.registered(person)

        @app.post("/v1/auth/login")
        def login(asked: Login, response: Response):
            failures = memory.failures.setdefault(asked.email.lower(), [])
            if too_many(failures, FAILED_LOGINS, 900):
                raise HTTPException(429, "Too many login attempts. Please try again later.", headers={"Retry-After": "900"})
            person = memory.named(asked.email)
            if person is None or person.password != asked.password:
                failures.append(time.monotonic())
                self.logins.labels("refused").inc()
                raise HTTPException(401, "Invalid email or password")
            if person.status in ("suspended", "deactivated"):
                raise HTTPException(403, f"Account has been {person.status}")
            if person.mfa_secret:
                token = self.chance.hex(32)
                memory.mfa_waiting[token] = person.user_id
                return {"status": "mfa_required", "session_token": token, "methods": ["totp"], "message": "MFA verification required"}
            return self.open_session(person, response, mfa=False)

        @app.post("/v1/auth/mfa/verify")
        def verify(asked: MfaVerify, response: Response):
            """The facts name the route; here it answers as login does."""
            user_id = memory.mfa_waiting.get(asked.session_token)
            if user_id is None:
                raise HTTPException(401, "Invalid or expired session token")
            person = memory.people[user_id]
            if asked.code != one_time_code(person.mfa_secret, time.time()):
                raise HTTPException(401, "Invalid MFA code")
            del memory.mfa_waiting[asked.session_token]
            return self.open_session(person, response, mfa=True)

        @app.post("/v1/auth/refresh")
        def refresh(refresh_token: Optional[str] = Cookie(None, alias=COOKIE)):
            if refresh_token is None:
                raise HTTPException(401, "Refresh token missing")
            session = next((each for each in memory.sessions.values() if each.refresh_token == refresh_token and not each.over), None)
            if session is None:
                raise HTTPException(401, "Invalid refresh token")
            return replies.refreshed(self.token_of(session), LIFETIME)

        @app.post("/v1/auth/logout", status_code=200 if self.version == 1 else 204)
        def logout(response: Response, bearer: HTTPAuthorizationCredentials = Depends(HTTPBearer())):
            self.session_of(bearer).over = True
            response.delete_cookie(COOKIE, path="/v1/auth", secure=True, httponly=True, samesite="strict")
            return {"message": "Logged out successfully"} if self.version == 1 else None

        @app.get("/v1/auth/sessions")
        def sessions(bearer: HTTPAuthorizationCredentials = Depends(HTTPBearer())):
            present = self.session_of(bearer)
            own = [each for each in memory.sessions.values() if each.user_id == present.user_id and not each.over]
            return {"sessions": [replies.session(each, present.session_id) for each in own], "total": len(own)}

        @app.delete("/v1/auth/sessions/{session_id}")
        def end_session(session_id: str, bearer: HTTPAuthorizationCredentials = Depends(HTTPBearer())):
            session = memory.sessions.get(session_id)
            if session is None or session.user_id != self.session_of(bearer).user_id:
                raise HTTPException(404, "Session not found")
            session.over = True
            return {"message": "Session revoked"}

        @app.post("/v1/auth/password/reset-request")
        def reset_password(asked: PasswordResetRequest):
            """The same for everybody, so that nobody learns who has an account."""
            return {"message": "If the email exists, a password reset link has been sent"}

        @app.get("/v1/auth/.well-known/jwks.json")
        def jwks():
            return self.tokens.jwks()

    def open_session(self, person: Person, response: Response, mfa: bool) -> dict:
        session = Session(f"sid_{self.chance.hex(16)}", person.user_id, self.chance.hex(64), mfa, datetime.utcnow())
        self.memory.sessions[session.session_id] = session
        self.memory.failures.pop(person.email, None)
        self.logins.labels("in").inc()
        response.set_cookie(COOKIE, session.refresh_token, max_age=90 * 86400, path="/v1/auth", secure=True, httponly=True, samesite="strict")
        return self.replies.logged_in(person, self.token_of(session), LIFETIME)

    def token_of(self, session: Session) -> str:
        accounts = [account.trading_account_id for account in self.memory.accounts_of(session.user_id)]
        return self.tokens.issue(self.memory.people[session.user_id], session, accounts)

    # People.

    def users(self, app: FastAPI) -> None:
        memory, replies = self.memory, self.replies

        @app.get("/v1/users/me")
        def me(person: Person = self.asking):
            return replies.me(person)

        @app.patch("/v1/users/me")
        def change_me(asked: Me, person: Person = self.asking):
            for member, value in asked.model_dump(exclude_unset=True).items():
                setattr(person, member, value)
            return replies.me(person)

        @app.get("/v1/users/me/preferences")
        def preferences(person: Person = self.asking):
            return replies.preferences(person)

        @app.put("/v1/users/me/preferences")
        def change_preferences(asked: Preferences, person: Person = self.asking):
            account_id = asked.default_trading_account_id
            if account_id is not None:
                if not memory.rights(person.user_id, memory.accounts.get(account_id)):
                    raise HTTPException(404, f"Trading account {account_id} not found")
                person.default_trading_account_id = account_id
            person.preferences = merged(person.preferences, asked.preferences or {})
            return replies.preferences(person)

        @app.get("/v1/users/me/accounts")
        def my_accounts(person: Person = self.asking):
            return replies.held(memory, person.user_id)

        @app.post("/v1/users/search")
        def search(asked: Search, person: Person = self.admin):
            """The facts name the route; who may ask, and for what, is open."""
            found = [each for each in memory.people.values() if asked.query.lower() in f"{each.name} {each.email}".lower()]
            return {"users": [replies.profile(each) for each in found[: asked.limit]], "total": len(found)}

        @app.get("/v1/users/{user_id}")
        def profile(user_id: int, person: Person = self.asking):
            return replies.profile(self.found(user_id))

        @app.get("/v1/users/statistics")
        def statistics(person: Person = self.admin):
            """Shadowed by the route above, as in the real one."""
            return {"total_users": len(memory.people)}

        @app.post("/v1/users/{user_id}/deactivate")
        def deactivate(user_id: int, asked: Deactivate, person: Person = self.admin):
            found = self.found(user_id)
            found.status = "deactivated"
            lasting = [each for each in memory.sessions.values() if each.user_id == user_id and not each.over] if asked.revoke_sessions else []
            for session in lasting:
                session.over = True
            return replies.deactivated(found, asked.reason, len(lasting))

        @app.post("/v1/users/{user_id}/roles")
        def assign(user_id: int, asked: AssignRole, person: Person = self.admin):
            found = self.found(user_id)
            if asked.role.value not in found.roles:
                found.roles.append(asked.role.value)
            return replies.roles(found)

        @app.delete("/v1/users/{user_id}/roles/{role}")
        def revoke(user_id: int, role: Role, person: Person = self.admin):
            found = self.found(user_id)
            if role is Role.user:
                raise HTTPException(400, "The role user cannot be revoked")
            found.roles = [each for each in found.roles if each != role.value]
            return replies.roles(found)


def not_validated() -> HTTPException:
    return HTTPException(401, "Could not validate credentials", headers={"WWW-Authenticate": "Bearer"})


def too_many(times: list[float], most: int, within: float) -> bool:
    times[:] = [at for at in times if at > time.monotonic() - within]
    return len(times) >= most


def merged(old: dict, new: dict) -> dict:
    """Objects member by member, arrays replaced, null removes."""
    result = dict(old)
    for member, value in new.items():
        if value is None:
            result.pop(member, None)
        elif isinstance(value, dict) and isinstance(result.get(member), dict):
            result[member] = merged(result[member], value)
        else:
            result[member] = value
    return result


def tell_problems(app: FastAPI) -> None:
    """What is not found is told as RFC 9457 has it, from release 2 on."""

    @app.exception_handler(HTTPException)
    async def refused(request, error: HTTPException):
        if error.status_code != 404:
            return JSONResponse({"detail": error.detail}, error.status_code, headers=error.headers)
        problem = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": error.detail}
        return JSONResponse(problem, 404, media_type="application/problem+json")


if __name__ == "__main__":
    main()
