"""What the corpus holds, in figures: `python -m tests.corpus.sums`.

With `--write` the hashes of its files and the list of runs of words that two authors share are
written anew. No text of an answer is shown, because some files must not be read.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.corpus.files import (
    CORPUS,
    HASHES,
    SHARED,
    Row,
    Shared,
    every_row,
    flag_head,
    rows,
    shared_runs,
    splits,
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.sums")
    parser.add_argument("--write", action="store_true", help=f"write {HASHES} and {SHARED} anew")
    options = parser.parse_args()
    shared = tuple(shared_runs(every_row()))
    for line in _table(shared):
        print(line)
    if options.write:
        (CORPUS / HASHES).write_text(hashes(), encoding="utf-8")
        listed = "".join(f"{pair.one}\t{pair.other}\t{pair.words}\n" for pair in shared)
        (CORPUS / SHARED).write_text(f"one\tother\twords\n{listed}", encoding="utf-8")


def hashes() -> str:
    """Return what `sha256sum *.jsonl` prints in the folder."""
    lines = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in splits())
    return "".join(lines)


def _table(shared: Iterable[Shared]) -> Iterator[str]:
    yield "file          answers  authors  voices  adversarial  marked twice"
    for file in splits():
        yield _line(file.stem, rows(file))
    answers = every_row()
    yield _line("all", answers)
    yield ""
    yield _counted("rubrics", Counter(row["rubric"] for row in answers))
    marks = Counter(str(mark) for row in answers for mark in row["marks"].values())
    yield _counted("marks", marks)
    flags = Counter(
        flag_head(row["rubric"], flag)
        for row in answers
        for flag, raised in row["flags"].items()
        if raised
    )
    yield _counted("flags raised", flags)
    lengths = sorted(len(row["text"].split()) for row in answers)
    middle = lengths[len(lengths) // 2]
    yield f"words: {lengths[0]} to {lengths[-1]}, half of the answers have at most {middle}"
    pairs = [f"{pair.one} {pair.other} ({pair.words})" for pair in shared]
    yield f"answers of two authors that share a run of words, {len(pairs)}: {', '.join(pairs)}"


def _line(name: str, answers: Iterable[Row]) -> str:
    found = tuple(answers)
    figures = (
        len(found),
        len({row["author"] for row in found}),
        len({row["speaker"] for row in found}),
        sum(row["kind"] == "adversarial" for row in found),
        sum(row.get("raters") == 2 for row in found),
    )
    widths = (7, 7, 6, 11, 12)
    columns = (f"{figure:>{width}}" for figure, width in zip(figures, widths, strict=True))
    return f"{name:<12}  {'  '.join(columns)}"


def _counted(what: str, counts: Counter[str]) -> str:
    return f"{what}: {', '.join(f'{name} {count}' for name, count in counts.most_common())}"


if __name__ == "__main__":
    main()
