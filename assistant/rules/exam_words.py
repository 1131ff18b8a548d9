"""The values of exam units in words: those a question puts forward, those an answer tells, and what to ask next."""

from __future__ import annotations

from assistant.frames import Frame
from assistant.rules import sentences
from assistant.values import french, lasting, minutes

_YEARS = 1900  # "le coefficient de E5 en 2026" puts no coefficient forward


def proposal(frame: Frame, prop: str) -> str | None:
    """The value that a question puts forward ("coef 4 ?", "2h30 c'est ça ?"), in its canonical form."""
    if prop == "coefficient" and len(frame.numbers) == 1 and frame.numbers[0] < _YEARS:
        return f"{frame.numbers[0].normalize():f}"
    if prop == "duration" and (proposed := minutes(frame.question)) is not None:
        return str(proposed)
    if prop == "mode" and frame.mode and "/" not in frame.mode:
        return frame.mode
    return _regime(frame) if prop == "regime" else None


def _regime(frame: Frame) -> str | None:
    """The only way of being examined that a question names: "c'est en CCF ?"."""
    plain = f" {frame.text} "
    named = sentences("form")["named"]
    found = [value for value, forms in named.items() if any(f" {form} " in plain for form in forms)]
    return found[0] if len(found) == 1 else None


def worded(prop: str, value: str) -> str:
    """A canonical value as a person reads it."""
    if prop in ("coefficient", "credits"):
        return french(value)
    if prop in ("duration", "preparation"):
        return " + ".join(lasting(part) for part in value.split("+"))
    if prop == "regime":
        return str(sentences("exam")["regimes"].get(value, value))
    return value


def suggestions(prop: str, unit: str) -> tuple[str, ...]:
    """What one may ask next."""
    code = unit.removeprefix("unit:")
    return tuple(text.format(code=code) for text in sentences("exam")["suggestions"].get(prop, ()))
