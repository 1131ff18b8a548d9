"""The shapes of what programs send and get, as they stand in the API's own description."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from web.asking import LONGEST

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Empty = Literal[""]
Name = Annotated[str, Field(max_length=200)]


def _whole(given: object) -> object:
    """2027.0 is 2027 to JSON."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


Year = Annotated[int, Field(ge=1900, le=9999), BeforeValidator(_whole)]
WrittenYear = Annotated[str, Field(pattern=r"^(19|[2-9][0-9])[0-9]{2}$")]


_SOMETHING = r"[^\s\x1c-\x1f\x85]"  # more than what Python takes for blanks


class Shape(BaseModel):
    """What is given back holds these keys and no other."""

    model_config = ConfigDict(extra="forbid")


class Question(BaseModel):
    """Une question. Ce qui n'est pas dit vaut ce que le site est réglé pour dire."""

    question: Annotated[str, Field(max_length=LONGEST, pattern=_SOMETHING)] = Field(
        description="la question, en français"
    )
    history: list[Annotated[str, Field(max_length=LONGEST)]] | None = Field(
        None, description="les questions d'avant, de la plus ancienne à la dernière"
    )
    date: Day | Empty | None = Field(None, description="le jour de la question (vide : aujourd'hui)")
    school: Name | None = Field(None, description="l'établissement dont on parle")
    academy: Name | None = Field(None, description="l'académie dont on parle")
    session: Year | WrittenYear | Empty | None = Field(None, description="la session dont on parle")
    id: Any = Field(None, description="un texte ou un nombre entier, rendu avec la réponse")


Mark = Annotated[float, Field(ge=0, le=20, json_schema_extra={"multipleOf": 0.01})]


class Marks(BaseModel):
    """Des notes sur 20, par le code de leur épreuve ; deux décimales au plus."""

    model_config = ConfigDict(strict=True)
    marks: Annotated[dict[str, Mark], Field(min_length=1, max_length=100)] = Field(
        description='par exemple {"E1": 12.5}'
    )
    elsewhere: Mark | None = Field(None, description="la note de toutes les autres épreuves")
    target: Mark | None = Field(None, description="la moyenne visée, si ce n'est pas celle qu'il faut")
    diploma: Name | None = Field(None, description="le diplôme, s'il y en a plusieurs")
    academy: Name | None = Field(None, description="l'académie dont on parle")
    session: Year | None = Field(None, description="la session dont on parle")


class Restated(Shape):
    title: str
    issuer: str | None
    date: Day | None


class Cited(Shape):
    """Des mots exacts, et où ils se trouvent."""

    document: str
    title: str
    issuer: str | None
    date: Day | None
    session: int | None
    page: str | None
    section: str
    quote: str
    start: int
    end: int
    restates: Restated | None
    url: str = Field(description="la visionneuse, les mots cités surlignés")


class Given(Shape):
    value: str
    citation: Cited


class Contradiction(Shape):
    about: str
    values: list[Given]


class Scoped(Shape):
    """Pour qui cela vaut ; ce qui manque n'est pas dit."""

    diploma: str | None = None
    school: str | None = None
    city: str | None = None
    academies: list[str] = []
    session: int | None = None
    status: list[str] = []
    pathway: list[str] = []


class Dated(Shape):
    title: str
    start: Day
    end: Day


class Answered(Shape):
    """Une réponse ; la première ligne de « text » est le verdict."""

    id: str | int
    question: str
    kind: Literal["rule", "passages", "clarification", "abstention", "smalltalk"]
    rule: str | None
    text: str
    steps: list[str]
    citations: list[Cited]
    disagreements: list[Contradiction]
    scope: Scoped
    notices: list[str]
    suggestions: list[str]
    events: list[Dated]
    elapsed_ms: float


class Held(Shape):
    """Un document."""

    slug: str
    title: str
    kind: str | None
    issuer: str | None
    date: Day | None
    scope: Scoped
    restates: Restated | None
    url: str | None
    media_type: str
    sha256: str


class HeldPage(Shape):
    number: int
    label: str | None
    start: int
    end: int


class WholeDocument(Held):
    """Un document avec son texte, tel que Réglo l'a lu."""

    pages: list[HeldPage]
    text: str


class Documents(Shape):
    documents: list[Held]


class Paged(Shape):
    total: int = Field(description="combien il y en a en tout")


class HeldPassage(Shape):
    id: int
    document: str
    start: int
    end: int
    text: str
    page: str | None
    section: list[str]
    header: str = Field(description="l'en-tête du tableau, pour une ligne")
    url: str


class Passages(Paged):
    passages: list[HeldPassage]


class HeldFact(Shape):
    """Ce que dit un document ; « value » se compare, « shown » est ce qu'il imprime."""

    subject: str
    property: str
    value: str
    shown: str
    scope: Scoped
    evidence: list[Cited]


class FactsFound(Paged):
    facts: list[HeldFact]


class HeldEvent(Dated):
    """Une date d'un document ; « every_year » : elle revient chaque année, « by_month » : seul le mois est dit."""

    shown: str
    every_year: bool
    by_month: bool
    scope: Scoped
    evidence: list[Cited]


class Events(Paged):
    events: list[HeldEvent]


class Said(Shape):
    code: str = Field(description="stable, pour les programmes")
    message: str = Field(description="ce qui ne va pas")
    hint: str = Field(description="ce qu'on peut y faire")


class Failure(Shape):
    """La seule forme d'une erreur."""

    error: Said
