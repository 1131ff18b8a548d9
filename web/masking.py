"""What tells who asks, taken out of a question before it is written down."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from assistant.dates import find

_YOUNGEST: Final = 10  # years: a day further back than that is someone's birth, not an exam
_GAP = r"[ .\u00a0\u202f-]?"
_DIGIT = rf"(?:\d{_GAP})"
_NAME = r"(?:[^\W\d_]\.(?=\s)|[^\W\d_][\w'’-]*)"
_LINKS = r"(?:de|du|des|la|le|el|al|ben|van|von|d'|l')"
# Words that no name goes on with.
_ENDS = (
    r"(?:et|ou|mais|je|j|il|elle|on|nous|mon|ma|mes|ne|née?|suis|ai|a|à|au|en|pour|avec|dans|qui|que|est|étudiante?|"
    r"[jmtsnc]['’]\w+|un|une|dit|dis|élève|candidate?|inscrite?|habite|voudrais|aimerais|cherche|bonjour|merci|"
    r"numéro|tel|tél|mail)"
)
_OTHERS = r"(?:fil[sl]e?|enfant|frère|s(?:œ|oe)ur|amie?|copine?|élève|mari|femme|conjointe?)"
_NAMED = (
    rf"(?:je m['’ ]?ap+el+e|m['’ ]?ap+el+e|{_OTHERS} s['’ ]ap+el+e|"
    r"(?:mon|ma|son|sa|le|notre) (?:nom(?: de famille)?|prénom)(?: (?:est|c['’]est)| ?:)?|moi c['’]est|"
    r"(?:nom|prénom) ?:|\b(?:m\.|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle))"
)
_PART = rf"(?!{_ENDS}\b)(?:{_LINKS}\s*){{0,3}}{_NAME}"
# In this order: the most exact first, any long number last.
_PATTERNS: Final = (
    (r"[\w.!#$%&'*+/=?^`{|}~-]+ ?(?:@|\(at\)|\[at\]|\barobase\b) ?[\w-]+(?:(?: ?\. ?| point )[\w-]+)+", "[e-mail]"),
    (r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", "[IBAN]"),
    # Social security: sex, year, month, department (2A and 2B too), commune, order, perhaps the key.
    (
        rf"(?<!\d)[1-478]{_GAP}\d\d{_GAP}\d\d{_GAP}(?:\d\d|2[AB]){_GAP}\d{{3}}{_GAP}\d{{3}}(?:{_GAP}\d\d)?(?!\d)",
        "[numéro de sécurité sociale]",
    ),
    (rf"(?:(?:\+|00){_GAP}33{_GAP}(?:\(0\){_GAP})?|(?<!\d)0){_GAP}[1-9](?:{_GAP}\d\d){{4}}(?!\d)", "[téléphone]"),
    (rf"\+{_DIGIT}{{8,15}}", "[téléphone]"),
    # A national student number: ten digits and a letter, nine and two, or letters among the digits.
    (rf"(?<![\w-]){_DIGIT}{{9}}(?:{_DIGIT}|[A-Z]){_GAP}[A-Z](?!\w)", "[INE]"),
    (r"(?<!\w)\d{4}[A-Z0-9]{2}\d{4}[A-Z](?!\w)", "[INE]"),
    (r"(?<![\w,.])(?:\d{8,}|\d{1,3}(?:[ .\u00a0\u202f]\d{3}){2,})(?!\d)", "[numéro]"),
    (rf"({_NAMED})\s+{_PART}(?:\s+{_PART}){{0,2}}", r"\1 [nom]"),
    (r"\b(née?(?:\(e\))? (?:en|l['’]année)) (?:19|20)\d\d\b", r"\1 [date de naissance]"),
)
_MASKS: Final = tuple((re.compile(pattern, re.IGNORECASE), mask) for pattern, mask in _PATTERNS)


def masked(question: str, today: date) -> str:
    """The question without mail addresses, numbers of persons, birth dates and the names that people give."""
    question = _births(question, today)
    for pattern, mask in _MASKS:
        question = pattern.sub(mask, question)
    return question


def _births(question: str, today: date) -> str:
    for when in reversed(find(question, today.year)):
        if not when.by_month and when.first.year <= today.year - _YOUNGEST:
            question = f"{question[: when.start]}[date de naissance]{question[when.end :]}"
    return question
