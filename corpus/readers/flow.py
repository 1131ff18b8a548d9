"""Lines that belong to one sentence, put back together."""

from __future__ import annotations

import re

_OPEN_END = re.compile(
    r"(?:(?<=\s)|^)(?:de|du|des|d['’]|l['’]|la|le|les|à|au|aux|et|ou|en|un|une|par|pour|sur|sous|dans|avec|sans|est|sont|"
    r"que|qu['’]|qui|dont|leur|leurs|son|sa|ses|ce|cette|ces|et/ou|n°|–|-|:|,|>)$",
    re.IGNORECASE,
)
_MONTH_END = re.compile(
    r"\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)$", re.I
)
_YEAR = re.compile(r"^(?:19|20)\d\d\b")
_ENDED = (".", "!", "?", ";", ":", "…")
_CUT_NUMBER = re.compile(r"\d-$")


def continues(before: str, after: str) -> bool:
    """Whether a line goes on with the sentence of the line before it, though a gap stands between them."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after:
        return False
    if before.count("(") > before.count(")") and len(before) < 200:
        return True
    if before.endswith(_ENDED):
        return before.endswith(";") and after[0].islower()
    if after[0].islower() and not after.startswith(("www.", "http")) and "@" not in after.split()[0]:
        return True
    if _MONTH_END.search(before) and _YEAR.match(after):
        return True
    if _CUT_NUMBER.search(before) and after[0].isdigit():
        return True
    return after[0] not in "•-–*" and bool(_OPEN_END.search(before)) and before[-1] != ":"
