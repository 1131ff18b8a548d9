"""Ratios measured in one run: each figure against a reference taken beside it, on the same machine, in turns."""
