"""The real thing: a FastAPI application whose refusals mock-suite has to match, word for word.

test/contracts/fastapi-oracle.ts holds the same operations, written with our builders.
"""

from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Dict, List, Literal, Optional, Union
from uuid import UUID

from fastapi import Body, Depends, FastAPI, Header, HTTPException, Path, Query
from fastapi.security import APIKeyHeader, HTTPBearer
from pydantic import BaseModel, ConfigDict, EmailStr, Field, field_validator, model_validator

app = FastAPI()


# Each list of values is judged in one request: every refused one is an item of the reply.


class Colour(str, Enum):
    red = "red"
    green = "green"
    blue = "blue"


@app.post("/values/int")
def ints(values: List[int]):
    return values


@app.post("/values/float")
def floats(values: List[float]):
    return values


@app.post("/values/bool")
def bools(values: List[bool]):
    return values


@app.post("/values/str")
def strs(values: List[str]):
    return values


@app.post("/values/datetime")
def datetimes(values: List[datetime]) -> List[datetime]:
    return values


@app.post("/values/date")
def dates(values: List[date]) -> List[date]:
    return values


@app.post("/values/uuid")
def uuids(values: List[UUID]) -> List[UUID]:
    return values


@app.post("/values/email")
def emails(values: List[EmailStr]):
    return values


@app.post("/values/literal")
def literals(values: List[Literal["a", "b", "it's", 1, None, True]]):
    return values


@app.post("/values/single-literal")
def single_literals(values: List[Literal["only"]]):
    return values


@app.post("/values/enum")
def enums(values: List[Colour]):
    return values


@app.post("/values/nullable")
def nullables(values: List[Optional[int]]):
    return values


@app.post("/values/any")
def anything(values: List[Any]):
    return values


# Constraints, one member each, so that one request can break them all.


class Constrained(BaseModel):
    short: str = Field("xx", min_length=2, max_length=4)
    one: str = Field("x", min_length=1, max_length=1)
    pattern: str = Field("AB-1", pattern=r"^[A-Z]{2}-\d+$")
    at_least: int = Field(1, ge=1)
    at_most: int = Field(1, le=100)
    above: int = Field(1, gt=0)
    below: int = Field(1, lt=100)
    between: float = Field(1, gt=0.5, lt=1.5)
    ratio: float = Field(1, ge=0, le=1)
    five: int = Field(5, multiple_of=5)
    ten: int = Field(10, multiple_of=10, ge=20)
    pair: List[int] = Field([1, 2], min_length=2, max_length=3)
    some: List[str] = Field(["x"], min_length=1)
    few: List[int] = Field([1], max_length=1)
    maybe: Optional[int] = Field(None, ge=1)
    counts: Dict[str, int] = {}


@app.post("/constrained")
def constrained(body: Constrained):
    return body


# A model as services have it: nested, optional, forbidding, validating.


class Line(BaseModel):
    sku: str
    quantity: int = Field(ge=1)


class Order(BaseModel):
    user_id: str
    priority: Literal["low", "high"] = "low"
    colour: Colour = Colour.red
    lines: List[Line]
    address: Optional["Address"] = None
    metadata: Optional[Dict[str, Any]] = None
    note: Optional[str] = None


class Address(BaseModel):
    street: str
    zip: Annotated[str, Field(min_length=5)]


Order.model_rebuild()


@app.post("/orders")
def create_order(order: Order):
    return order


@app.get("/orders")
def list_orders():
    return []


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    size: int = 1


@app.put("/strict")
def strict(body: Strict):
    return body


class Validated(BaseModel):
    name: str
    start: int
    end: int

    @field_validator("name")
    @classmethod
    def no_blanks(cls, value: str) -> str:
        if " " in value:
            raise ValueError("must not contain blanks")
        return value

    @model_validator(mode="after")
    def in_order(self):
        if self.end < self.start:
            raise ValueError("end lies before start")
        return self


@app.post("/validated")
def validated(body: Validated):
    return body


# Unions.


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"]
    name: str


class Unions(BaseModel):
    int_or_str: Union[int, str] = 1
    str_or_int: Union[str, int] = 1
    str_or_list: Union[str, List[str]] = "x"
    int_or_bool: Union[int, bool] = 1
    bool_or_int: Union[bool, int] = 1
    float_or_int: Union[float, int] = 1
    maybe: Optional[Union[int, List[int]]] = None
    bounded: Union[Annotated[int, Field(ge=10)], Annotated[str, Field(max_length=3)]] = 10
    models: Union[Cat, Dog, None] = None
    pet: Optional[Annotated[Union[Cat, Dog], Field(discriminator="kind")]] = None
    words: Union[Literal["a", "b"], Colour, None] = None
    nested: Union[Dict[str, int], List[Cat], None] = None
    when: Union[datetime, date, UUID, None] = None
    items: Union[List[Union[int, Literal["all"]]], None] = None


@app.post("/unions")
def unions(body: Unions):
    # Member by member: a model's serializer would turn some values once more.
    return dict(body)


@app.post("/pets")
def pets(pet: Union[Cat, Dog] = Body(discriminator="kind")):
    return pet


# Bodies which are no models.


@app.post("/bodies/dict")
def dict_body(body: Dict[str, int]):
    return body


@app.post("/bodies/str")
def str_body(body: str = Body()):
    return body


@app.post("/bodies/any")
def any_body(body: Any = Body()):
    return body


@app.post("/bodies/optional")
def optional_body(body: Optional[Line] = None):
    return {"body": body}


# Parameters.


@app.get("/items/{item_id}")
def get_item(
    item_id: int = Path(ge=1),
    limit: int = Query(10, ge=1, le=100),
    q: Optional[str] = Query(None, min_length=2),
    tags: List[int] = Query([]),
    flag: bool = False,
    since: Optional[datetime] = None,
    colour: Optional[Colour] = None,
    ratio: Optional[float] = None,
    x_count: Optional[int] = Header(None, ge=0),
):
    return {
        "item_id": item_id,
        "limit": limit,
        "q": q,
        "tags": tags,
        "flag": flag,
        "since": since and since.isoformat(),
        "colour": colour,
        "ratio": ratio,
        "x_count": x_count,
    }


@app.get("/required")
def required(q: str, page: int, ids: Annotated[List[int], Query()], x_token: Annotated[str, Header()]):
    return {"q": q, "page": page, "ids": ids, "x_token": x_token}


@app.put("/all/{item_id}")
def all_places(item_id: int, line: Line, page: int, x_token: Annotated[str, Header(min_length=3)]):
    return {"item_id": item_id, "line": line, "page": page, "x_token": x_token}


# Who may ask.


@app.post("/bearer/{item_id}")
def bearer(item_id: int, line: Line, token: Any = Depends(HTTPBearer())):
    return {"item_id": item_id}


@app.post("/key/{item_id}")
def key(item_id: int, line: Line, token: str = Depends(APIKeyHeader(name="X-API-Key"))):
    return {"item_id": item_id}


def gate(authorization: Annotated[Optional[str], Header()] = None) -> str:
    if authorization != "Bearer open":
        raise HTTPException(401, "Could not validate credentials", headers={"WWW-Authenticate": "Bearer"})
    return authorization


@app.post("/gate/{item_id}")
def gated(item_id: int, line: Line, page: int, token: str = Depends(gate)):
    return {"item_id": item_id}


def needs_header(x_key: Annotated[str, Header()]) -> str:
    if x_key != "open":
        raise HTTPException(403, "Invalid key")
    return x_key


@app.post("/header-gate/{item_id}")
def header_gated(item_id: int, line: Line, page: int, token: str = Depends(needs_header)):
    return {"item_id": item_id}


@app.get("/raise/{status}")
def raise_status(status: int):
    raise HTTPException(status)


# Paths.


@app.get("/words/{word}")
def get_word(word: str):
    return {"word": word}


@app.post("/words/{word}")
def post_word(word: str):
    return {"word": word}


@app.delete("/words/{word}", status_code=204)
def delete_word(word: str) -> None:
    return None


@app.get("/files/{path:path}")
def get_file(path: str):
    return {"path": path}


@app.get("/slash/")
def slash():
    return {"slash": True}


@app.get("/static/known")
def known():
    return {"known": True}


@app.get("/static/{name}")
def unknown(name: str):
    return {"name": name}
