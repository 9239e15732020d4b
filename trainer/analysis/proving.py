"""The words that earned a mark or raised a flag, the ones to quote first."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.analysis.cues import Evidence
from trainer.analysis.guards import Standing
from trainer.analysis.quoting import CUE_GAIN, quotable, strongest
from trainer.analysis.types import MOST_CANDIDATES, Span, SpanKind
from trainer.analysis.weighing import enough, starts_early
from trainer.bank.types import Criterion, Mark
from trainer.encoder.types import Impression

_MOST_SPANS = 5  # of one criterion: more is noise on a screen
_CANDIDATE_WORDS = 15
_LEAST_EVIDENCE = 0.3  # of a word, for a further clause of cues to be quoted


def prove(
    criterion: Criterion,
    mark: Mark,
    proof: list[Evidence],
    trained: Impression | None,
    standings: Sequence[Standing],
) -> list[Span]:
    """Return the words that earned a mark, the ones to quote first."""
    count = standings[-1].clause.end
    if criterion.within and mark is Mark.MET:
        # What made the mark is that it came early: quote that, not a later repetition.
        proof.sort(key=lambda item: not starts_early(criterion, item, count))
    return show("criterion", criterion.id, enough(criterion, mark, proof), trained, standings)


def show(
    kind: SpanKind,
    name: str,
    found: Sequence[Evidence],
    trained: Impression | None,
    standings: Sequence[Standing],
) -> list[Span]:
    """Return the words of most trained evidence, and the clauses of cues that lie elsewhere."""
    by_cues = [Span(item.start, item.end, kind, name, item.cues) for item in found]
    if trained is None:
        return by_cues[:_MOST_SPANS]
    words = list(trained.words[: standings[-1].clause.end])
    for item in found:
        for k in range(item.start, item.end):
            words[k] += CUE_GAIN * min(item.mass, 1.0)
    start, end = quotable(words, standings)
    inside = [item for item in found if item.start < end and start < item.end]
    reasons = tuple(dict.fromkeys(cue for item in inside for cue in item.cues))
    others = [
        span
        for span in by_cues
        if (span.end <= start or end <= span.start)
        and max(trained.words[span.start : span.end], default=0.0) >= _LEAST_EVIDENCE
    ]
    return [Span(start, end, kind, name, reasons), *others][:_MOST_SPANS]


def find_candidates(name: str, words: Sequence[float]) -> list[Span]:
    """Return the words that come nearest to a criterion that was not heard."""
    left = list(words)
    spans: list[Span] = []
    while len(spans) < MOST_CANDIDATES and any(left):
        start, end = strongest(left, _CANDIDATE_WORDS)
        spans.append(Span(start, end, "candidate", name))
        left[start:end] = [0.0] * (end - start)
    return spans
