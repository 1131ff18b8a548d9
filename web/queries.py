"""What may stand in an address of the API: which part of a list is wanted."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from web.shapes import Name, Year


class Slice(BaseModel):
    """Which part of a list is wanted."""

    model_config = ConfigDict(extra="forbid")
    document: Name | None = Field(None, description="le nom d'un document")
    limit: Annotated[int, Field(ge=1, le=500)] = Field(100, description="combien au plus, de 1 à 500")
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = Field(0, description="combien en passer, à partir de 0")


class Place(Slice):
    school: Name | None = Field(None, description="un établissement")
    academy: Name | None = Field(None, description="une académie")
    session: Year | None = Field(None, description="une session, par exemple 2027")


class FactQuery(Place):
    subject: Name | None = Field(None, description="un sujet, par exemple « diploma » ou « unit: » suivi d'un code")
    property: Name | None = Field(None, description="une propriété, par exemple « coefficient »")


class EventQuery(Place):
    since: date | None = Field(None, description="ce qui finit ce jour ou après, ainsi : 2026-11-20")
    until: date | None = Field(None, description="ce qui commence ce jour ou avant, ainsi : 2026-11-20")
