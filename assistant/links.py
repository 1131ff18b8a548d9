"""The words that join others."""

from __future__ import annotations

# They carry no meaning of their own in a name.
LINKS = frozenset(
    "a au aux avec c ce ces cet cette d dans de des du elle en est et il ils je j l la le les leur leurs lui m ma mes"
    " mon n ne nos notre nous on ou par pas pour qu que qui s sa se ses son sur t ta te tes ton tu un une vos votre"
    " vous y".split()
)
