"""`python -m index.training --texts FOLDER --out FOLDER` makes the embedded encoder."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from index.training.folder import write
from index.training.recipe import Recipe, cook

_RECIPE = Recipe()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="the folder that holds text/ and pairs/")
    parser.add_argument("--out", type=Path, required=True, help="the encoder's folder, written anew")
    parser.add_argument("--seed", type=int, default=_RECIPE.seed)
    parser.add_argument("--steps", type=int, default=_RECIPE.schedule.steps, help="batches of the contrast")
    arguments = parser.parse_args()
    recipe = replace(_RECIPE, seed=arguments.seed, schedule=replace(_RECIPE.schedule, steps=arguments.steps))
    started = perf_counter()

    def log(words: str) -> None:
        sys.stderr.write(f"{perf_counter() - started:6.0f} s  {words}\n")

    log(str(recipe))
    tokenizer, table = cook(arguments.texts, recipe, log)
    write(arguments.out, tokenizer, table)
    log(f"écrit dans {arguments.out}")


if __name__ == "__main__":
    main()
