"""Fit the encoder on the whole development corpus and write its files.

python -m training.fit --base FOLDER --out FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training import base
from training.corpus import CORPUS, find_heads, read_answers
from training.export import export
from training.fitting import fit
from training.settings import add_settings, read_settings


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m training.fit", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="all-MiniLM-L6-v2, unpacked")
    parser.add_argument("--out", type=Path, required=True, help="where the files go")
    parser.add_argument("--corpus", type=Path, nargs="+", default=[CORPUS])
    parser.add_argument("--version", default="encoder-1")
    add_settings(parser)
    options = parser.parse_args()
    try:
        settings = read_settings(options.set)
        base.check_base(options.base)
    except ValueError as error:
        parser.error(str(error))
    answers = read_answers(*options.corpus)
    heads = find_heads(answers)
    print(f"{len(answers)} answers, {len(heads)} heads, {settings}", flush=True)
    fitted = fit(answers, heads, options.base, settings, lambda line: print(line, flush=True))
    export(fitted, answers, options.base, options.out, options.version)


if __name__ == "__main__":
    main()
