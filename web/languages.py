"""The interface in another language: under its own prefix, from the same templates, their own words translated.

What a template says itself is interface, and is looked up in the language's TOML; what it is given to show (answers,
quotes, documents) is French, and marked so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, MutableMapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, has_request_context, request
from flask.templating import Environment
from jinja2 import Environment as BaseEnvironment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from jinja2 import Template

LANGUAGE: Final = "en"
PREFIX: Final = f"/{LANGUAGE}"
_PIECE = re.compile(r"<!--.*?-->|<[^>]*>?|[^<]+", re.DOTALL)
_TAG = re.compile(r"[^>]*>?", re.DOTALL)
_READ_OUT = re.compile(r'((?:aria-label|title|placeholder|alt|content|data-say-[a-z]+)=")([^"]*)')
_UNFINISHED = re.compile(_READ_OUT.pattern + r"\Z")
_DAYS = re.compile(r"[0-9]+ jours?")
_PARTS = re.compile(r"\{\w*\}|[^{]+")  # of a message
_HELD = re.compile(r"\{\w*\}")  # where a sentence holds what it was asked with
_LONGEST: Final = 1_000  # characters of a sentence of ours
_ADDRESS = re.compile(r'((?:href|action)=")(/(?!static/|api/|v1/|manifest|en/)[^"]*)')
_OPENS = re.compile(r"<(\w+)(?=[\s>])([^>]*)")
_LEADS = re.compile(r'(?:href|action|cite)="\Z')
_KEPT: Final = ("variable_begin", "variable_end")
_FILTERED: Final = (("rparen", ")"), ("pipe", "|"), ("name", "in_language"))
_WORDS = re.compile(r"[^\W\d_]{2}.*\s|[^\W\d_a-zA-Z]")  # a string that is no mere name: spaces, accents
_LAST = re.compile(r"(?:<\w+[^<>]*|\A[^<>]*)(?<!/)>\Z")


@cache
def strings() -> dict[str, str]:
    """English for each piece of French that a template says, spaces at both ends apart."""
    return dict(_sheet()["strings"])


@cache
def messages() -> dict[str, str]:
    """English for the sentences of ours that a template may be given to show."""
    return dict(_sheet()["messages"])


@cache
def same() -> frozenset[str]:
    """What templates say that is the same in both languages."""
    return frozenset(_sheet()["same"])


@cache
def _sheet() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "english.toml").read_text("utf-8"))


@cache
def _holding() -> list[tuple[re.Pattern[str], str]]:
    """The messages that hold something of what was asked: how each is known again, and its English."""
    return [
        (re.compile("".join(map(_known_again, _PARTS.findall(said))), re.DOTALL), _HELD.sub("{}", english))
        for said, english in messages().items()
        if _HELD.search(said)
    ]


def _known_again(part: str) -> str:
    """The expression of one part of a message: its own words, days, or anything that it may hold."""
    if not _HELD.fullmatch(part):
        return re.escape(part)
    return f"({_DAYS.pattern})" if part == "{days}" else "(.+?)"


def translated(said: str) -> str:
    """The English of a piece, the spaces around it kept; the piece itself where there is none."""
    core = said.strip()
    return said.replace(core, strings().get(" ".join(core.split()), core)) if core else said


class Translation(Extension):
    """Translates what a template says itself, while it is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        reader, tokens = Markup(), list(stream)
        is_address = False
        for token, *following in zip(tokens, [*tokens[1:], None], [*tokens[2:], None, None], strict=False):
            if token.type == "data":
                said = "".join(map(_piece, reader.pieces(token.value)))
                is_address = bool(_LEADS.search(said))
                yield Token(token.lineno, "data", _before_french(said) if _shows_french(*following) else said)
            elif token.type == "string":
                yield Token(token.lineno, "string", translated(token.value))
            elif is_address and token.type in _KEPT:
                yield from _kept_in_language(token)
            else:
                yield token


def _kept_in_language(bound: Token) -> Iterator[Token]:
    """The bound of an expression that gives an address: the whole of it goes through our filter."""
    if bound.type == "variable_begin":
        yield from (bound, Token(bound.lineno, "lparen", "("))
    else:
        yield from (Token(bound.lineno, kind, value) for kind, value in _FILTERED)
        yield bound


def _shows_french(begin: Token | None, first: Token | None) -> bool:
    """Whether an expression follows that shows what the template was given."""
    if begin is None or first is None or begin.type != "variable_begin":
        return False
    return first.type == "name" and first.value not in _sheet()["ours"]


def _before_french(said: str) -> str:
    """The tag that ends these words, if one does, marked as French."""
    return _LAST.sub(lambda tag: tag[0] if "lang=" in tag[0] else f'{tag[0][:-1]} lang="fr">', said)


class Markup:
    """Cuts a template's own words into tags and texts; a tag may go on from one piece to the next, and what an
    attribute reads out too."""

    def __init__(self) -> None:
        self._in_tag = self._read_out = False

    def pieces(self, data: str) -> Iterator[tuple[str, bool]]:
        """Each piece, and whether it is a tag or a part of one."""
        start = 0
        if self._read_out:
            said, ended, _ = data.partition('"')
            yield said, False
            start, self._read_out = len(said), not ended
        if self._in_tag and (rest := _TAG.match(data, start)):
            yield self._tag(rest[0])
            start = rest.end()
        for match in _PIECE.finditer(data, start):
            yield self._tag(match[0]) if match[0].startswith("<") else (match[0], False)

    def _tag(self, part: str) -> tuple[str, bool]:
        self._in_tag = not part.endswith(">") if part else self._in_tag
        self._read_out = self._read_out or bool(_UNFINISHED.search(part))
        return part, True


def _piece(piece: tuple[str, bool]) -> str:
    text, is_tag = piece
    if not is_tag:
        return translated(text)
    text = _READ_OUT.sub(lambda said: said[1] + translated(said[2]), text)
    text = _ADDRESS.sub(rf"\1{PREFIX}\2", text)
    return _OPENS.sub(_in_its_language, text, count=1)


def _in_its_language(tag: re.Match[str]) -> str:
    """The tag, marked as French where what stands in it is a document's or an answer's words."""
    name, rest = tag[1], tag[2]
    if name == "html":
        return f"<html{rest.replace('fr', LANGUAGE)}"
    names = {name, *(f"{name}.{one}" for one in re.findall(r'class="([\w -]*)', rest) for one in one.split())}
    return f'<{name} lang="fr"{rest}' if names & set(_sheet()["french"]) and "lang=" not in rest else tag[0]


def shown(value: object) -> object:
    """What a template is given: our own messages are translated, and nothing else, for it may be a document's words."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return value
    said = value.replace("\u00a0", " ")  # of French punctuation
    if said in messages():
        return messages()[said]
    matches = ((found.fullmatch(said), english) for found, english in _holding())
    return next((english.format(*map(_counted, match.groups())) for match, english in matches if match), value)


def _counted(held: str) -> str:
    """A count of days in English ("12 jours"); what else a message holds as it is."""
    return held.replace("jour", "day") if _DAYS.fullmatch(held) else held


def _day(when: date) -> str:
    """1 December 2025."""
    return f"{when.day} {_sheet()['months'][when.month - 1]} {when.year}"


def in_language(address: str) -> str:
    """An address of ours, under the language's prefix."""
    ours = address.startswith("/") and not address.startswith((f"{PREFIX}/", "/static/"))
    return PREFIX + address if ours else address


class LanguageEnvironment(Environment):
    """Gives each request the templates of its language."""

    @cached_property
    def _other(self) -> BaseEnvironment:
        other = self.overlay(extensions=[Translation], finalize=shown)
        other.filters = {**other.filters, "in_language": in_language, "day": _day}  # not those of the French pages
        return other

    def _load_template(self, name: str, given: MutableMapping[str, Any] | None) -> Template:
        asked = has_request_context() and request.script_root.endswith(PREFIX)
        if not asked or self.overlayed:
            return super()._load_template(name, given)
        return self._other._load_template(name, given)


def add_to(app: Flask) -> None:
    app.jinja_environment = LanguageEnvironment


def prefixed(site: WSGIApplication) -> WSGIApplication:
    """The site, also under the language's prefix."""

    def answer(wsgi: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = wsgi["PATH_INFO"]
        if path == PREFIX or path.startswith(f"{PREFIX}/"):
            root = wsgi.get("SCRIPT_NAME", "") + PREFIX
            wsgi = {**wsgi, "SCRIPT_NAME": root, "PATH_INFO": path[len(PREFIX) :] or "/"}
        return site(wsgi, start)

    return answer


def said_by_templates(sources: Iterable[str]) -> Iterator[str]:
    """Every piece of text that these templates say themselves, in expressions too: what a translation must hold."""
    environment = Environment(Flask("languages"))
    for source in sources:
        reader = Markup()
        for _, kind, value in environment.lex(source):
            if kind == "data":
                yield from _words(reader.pieces(value))
            elif kind == "string" and _WORDS.search(value[1:-1]):
                yield " ".join(value[1:-1].split())


def _words(pieces: Iterable[tuple[str, bool]]) -> Iterator[str]:
    for text, is_tag in pieces:
        for said in [match[2] for match in _READ_OUT.finditer(text)] if is_tag else [text]:
            if re.search(r"[^\W\d_]{2}", re.sub(r"&\w+;", "", said)):
                yield " ".join(said.split())
