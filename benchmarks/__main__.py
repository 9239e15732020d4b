"""Run benchmarks and print their ratios: `make bench`, or some by name as arguments."""

from __future__ import annotations

import importlib
import sys

NAMES = (
    "first_paint",
    "rating",
    "encoder",
    "voice",
    "hearing",
    "installing",
    "calibration",
    "corrections",
    "library",
    "library_screen",
    "progress",
    "first_sound",
    "peer",
)


def main() -> None:
    for name in sys.argv[1:] or NAMES:
        print(f"\n{name}", flush=True)
        for ratio in importlib.import_module(f"benchmarks.{name}").measure():
            print(f"  {ratio}", flush=True)


if __name__ == "__main__":
    main()
