"""Run every benchmark and print its ratios: `make bench`."""

from __future__ import annotations

import importlib

NAMES = ("first_paint", "rating", "encoder", "voice", "installing", "calibration", "corrections")


def main() -> None:
    for name in NAMES:
        print(f"\n{name}", flush=True)
        for ratio in importlib.import_module(f"benchmarks.{name}").measure():
            print(f"  {ratio}", flush=True)


if __name__ == "__main__":
    main()
