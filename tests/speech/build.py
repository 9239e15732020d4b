"""Build the test model: `python -m tests.speech.build FOLDER`. README.md says how long it takes."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=Path, default=HERE / "sentences.txt")
    parser.add_argument("--utterances", type=int, default=6000)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--hidden", type=int, nargs="+", default=[208, 208], metavar="SIZE")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()

    # Must be set before numpy is loaded. With more, the threads of several processes fight.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from tests.speech.answers import ANSWERS
    from tests.speech.recipe.building import Effort, build_model
    from tests.speech.recipe.text import read_sentences

    avoided = {sentence for answer in ANSWERS.values() for sentence in answer.sentences}
    for name in ("tuning.txt", "held-out.txt"):
        avoided.update(read_sentences(HERE / name))
    began = time.monotonic()
    build_model(
        options.folder,
        options.sentences,
        avoided,
        Effort(options.utterances, options.epochs, tuple(options.hidden), options.processes),
        report=lambda text: print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True),
    )


if __name__ == "__main__":
    main()
