"""A transcript with the parts of the story named beside it and the evidence marked in it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from trainer.analysis.types import Rating, Span
from trainer.display import visible
from trainer.transcript.types import Transcript

EVIDENCE_STYLE = "bold underline $success"
FLAG_STYLE = "bold reverse $warning"
LEGEND = Content.assemble(
    ("underlined", EVIDENCE_STYLE),
    (": earned a mark   ", "$quiet"),
    ("reversed", FLAG_STYLE),
    (": could sound wrong", "$quiet"),
)


class MarkedText(Vertical):
    """One row for each part of the story: its name, then its words."""

    def __init__(self, transcript: Transcript, rating: Rating | None) -> None:
        super().__init__()
        self._transcript = transcript
        self._spans = rating.spans if rating and not rating.remark else ()

    def compose(self) -> ComposeResult:
        """Yield a row for each run of words, and the legend where anything is marked."""
        parts = [span for span in self._spans if span.kind == "part"]
        for name, start, end in _runs(parts, len(self._transcript.words)):
            with Horizontal(classes="part-row"):
                if parts:
                    yield Static(visible(name), classes="part-name", markup=False)
                yield Static(self._marked(start, end), classes="part-words")
        if self._spans:
            yield Static(LEGEND, classes="legend")

    def _marked(self, start: int, end: int) -> Content:
        text, words = self._transcript.text, self._transcript.words
        styles = ["" for _ in range(start, end)]
        for kind, style in (("criterion", EVIDENCE_STYLE), ("flag", FLAG_STYLE)):
            for span in self._spans:
                if span.kind == kind:
                    for at in range(max(span.start, start), min(span.end, end)):
                        styles[at - start] = style
        pieces: list[str | tuple[str, str]] = []
        for at in range(start, end):
            style = styles[at - start]
            pieces.append((visible(text[words[at].start : words[at].end]), style))
            if at + 1 < end:
                gap = visible(text[words[at].end : words[at + 1].start])
                pieces.append((gap, style if style == styles[at + 1 - start] else ""))
        return Content.assemble(*pieces)


def _runs(parts: list[Span], words: int) -> list[tuple[str, int, int]]:
    """Return (part, start, end) that cover all words in order; words of no part have no name."""
    names = [""] * words
    for span in parts:
        names[span.start : span.end] = [span.name] * (span.end - span.start)
    runs: list[tuple[str, int, int]] = []
    for at, name in enumerate(names):
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1], at + 1)
        else:
            runs.append((name, at, at + 1))
    return runs
