"""The one table of settings: name, default, help. Nothing else reads the environment (prefix REGLO_)."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.documents import Scope

_PREFIX = "REGLO_"
_SITE = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9.-]+(?::[0-9]{1,5})?")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class WrongSetting(Exception):
    """A setting that cannot be used; the message says which, why, and what is expected."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(name) from None
    return name


def _sites(given: str) -> str:
    if not all(_SITE.fullmatch(site) for site in listed(given)):
        raise ValueError(given)
    return given


def listed(setting: str) -> list[str]:
    """The values of a setting that holds several."""
    return [value for one in setting.split(",") if (value := one.strip())]


class Settings(BaseSettings):
    """Every setting, from its argument, else from the environment (REGLO_PORT...), else its default."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    home: Path = Field(Path("instance"), description="dossier de la base, de l'index et des fichiers ingérés")
    database: str | None = Field(None, description="adresse SQLAlchemy d'une autre base (vide : SQLite dans « home »)")
    host: str = Field("127.0.0.1", description="adresse sur laquelle le site écoute")
    port: int = Field(8000, ge=0, le=65535, description="port du site, de 0 à 65535 (0 : un port libre)")
    hosts: str = Field(
        "", description="noms sous lesquels le site répond, séparés par des virgules (en plus de « host »)"
    )
    frames: Annotated[str, AfterValidator(_sites)] = Field(
        "",
        description="sites qui peuvent montrer Réglo dans leurs pages (https://www.lycee.example), avec des virgules",
    )
    proxies: int = Field(
        0, ge=0, le=8, description="serveurs placés devant le site, dont l'en-tête X-Forwarded-For est cru"
    )
    threads: int = Field(
        3,
        ge=1,
        le=64,
        description="questions traitées en même temps, de 1 à 64 (1 vaut 2 : un PDF à contrôler ne les arrête pas)",
    )
    queue: int = Field(
        32, ge=1, le=512, description="demandes qui attendent leur tour, de 1 à 512 ; au-delà, le site dit de revenir"
    )
    patience: int = Field(10, ge=1, le=120, description="secondes au plus pour une réponse, de 1 à 120")
    rate: int = Field(300, ge=0, le=100_000, description="demandes par minute et par adresse (0 : sans limite)")
    journal: bool = Field(False, description="vrai : les questions sont gardées, sans ce qui dit qui les pose")
    journal_days: int = Field(
        30, ge=1, le=366, description="jours pendant lesquels les questions sont gardées, de 1 à 366"
    )
    school: str | None = Field(None, description="établissement du site, si la question n'en nomme pas")
    academy: str | None = Field(None, description="académie du site, si la question n'en nomme pas")
    session: int | None = Field(None, ge=1900, le=2999, description="session (année) du site, par exemple 2027")
    upload: int = Field(
        10, ge=1, le=100, description="taille d'un PDF à contrôler, en Mo, de 1 à 100 ; il reste en mémoire"
    )
    timezone: Annotated[str, AfterValidator(_known_zone)] = Field(
        "Europe/Paris", description="fuseau horaire qui donne la date du jour, par exemple Europe/Paris"
    )
    encoder: str | None = Field(None, description="nom ou dossier d'un autre modèle (vide : l'encodeur livré)")
    download: bool = Field(False, description="vrai : le modèle nommé par « encoder » peut être téléchargé")

    exact: int = Field(
        100_000,  # index.vectors.EXACT_UP_TO: its module brings numpy, which must wait for `one_thread_each`
        ge=0,
        description="passages jusqu'auxquels une question est comparée à tous ; au-delà, aux groupes de passages"
        " les plus proches (98 % des mêmes, six fois plus vite)",
    )

    def scope(self) -> Scope:
        """The scope that holds where a question says nothing."""
        return Scope(school=self.school, academies=(self.academy,) if self.academy else (), session=self.session)

    def at_once(self) -> int:
        """How many requests are at work together: while one looks into files, another answers questions."""
        return max(2, self.threads)

    def host_names(self) -> set[str]:
        """The names under which the site answers: this machine's own, the address it listens on, those that are set."""
        return {name.strip("[]").lower() for name in (*_LOOPBACK, self.host, *listed(self.hosts))}

    def today(self) -> date:
        return datetime.now(ZoneInfo(self.timezone)).date()


def one_thread_each() -> None:
    """Have each calculation stay on the thread of its request, unless the environment says how many it may take.

    Requests already run side by side: threads that a matrix product starts beside them would only wait for each other.
    To be called before numpy is imported.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def read_settings(**given: object) -> Settings:
    """The settings, those given first; one sentence about the first that is wrong."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0])
        expected = Settings.model_fields[name].description
        raise WrongSetting(
            f"« {first['input']} » n'est pas accepté pour {name} ({_PREFIX}{name.upper()}) ; attendu : {expected}."
        ) from None


def table() -> list[tuple[str, str, str]]:
    """Every setting as (variable, default, help), in the order of the class."""
    return [
        (_PREFIX + name.upper(), "" if field.default is None else str(field.default), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
