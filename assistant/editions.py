"""Editions: which documents, in which state, an answer was given from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from corpus.documents import Document


def edition(documents: Mapping[str, Document]) -> str:
    """A short name that changes when a document comes, goes, is no longer the same or is said to hold for others."""
    held = [documents[slug] for slug in sorted(documents)]
    told = [f"{d.slug} {d.sha256} {d.title} {d.issuer} {d.date} {d.scope} {d.restates}" for d in held]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]
