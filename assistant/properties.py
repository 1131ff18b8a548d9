"""The properties that facts have: how each is read, named and compared (properties.toml says the same for people)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from assistant.sheets import Place, Shape, read, text_of


@dataclass(frozen=True, slots=True)
class Property:
    """How a property is read, named and compared (assistant/properties.toml says the same for people)."""

    name: str
    type: str
    label: str
    headers: tuple[str, ...]
    depends: tuple[str, ...]
    by_pathway: bool = False


@cache
def properties() -> dict[str, Property]:
    """The declared properties, in the order in which headers are tried."""
    return parse(text_of("properties.toml"), "properties.toml")


def parse(text: str, name: str) -> dict[str, Property]:
    """The properties of a TOML text; `name` is said in errors. Raises BadSheet."""
    table = read(text, name)
    for title, entry in table.items():
        _SHAPE.check(entry, Place(name, text, title))
    return {
        title: Property(
            title,
            entry["type"],
            entry["label"],
            tuple(entry["headers"]),
            tuple(entry["depends"]),
            entry.get("by_pathway", False),
        )
        for title, entry in table.items()
    }


_SHAPE = Shape({"type": "text", "label": "text", "headers": "texts", "depends": "texts"}, {"by_pathway": "flag"})
