"""An evaluation as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.agreement.types import Figure, Share
from trainer.display import one_line
from trainer.evaluation.types import Agreement, Condition, Coverage, Evaluation, FlagFigures, Part
from trainer.lines.text import table, wrapped

_DECIMALS = 4
_NAME_WIDTH = 17
_TITLES = {
    "typed": "as typed",
    "errors_5": "5% wrong words",
    "errors_10": "10% wrong words",
    "errors_15": "15% wrong words",
    "majority": "usual mark",
    "word_count": "number of words",
}
_MARKS_HEADER = ("kappa", "missed as met", "met as missed")


def evaluation_json(evaluation: Evaluation) -> dict[str, object]:
    """Return all figures. What cannot be told is null."""
    sureness = evaluation.sureness
    return {
        "scorer": evaluation.scorer,
        "answers": evaluation.answers,
        "speakers": evaluation.speakers,
        "clusters": evaluation.clusters,
        "resamples": evaluation.resamples,
        "seed": evaluation.seed,
        "conditions": [_condition_json(condition) for condition in evaluation.conditions],
        "baselines": [_part_json(part) for part in evaluation.baselines],
        "rubrics": [
            {**_part_json(part), "criteria": [_part_json(inner) for inner in part.parts]}
            for part in evaluation.rubrics
        ],
        "flags": [_flags_json(flag) for flag in evaluation.flags],
        "sureness": {
            "sure": _agreement_json(sureness.sure),
            "unsure": _agreement_json(sureness.unsure),
            "by_unsure": _curve_json(sureness.by_unsure),
            "by_confidence": _curve_json(sureness.by_confidence) or None,
        },
        "by_speaker": [_part_json(part) for part in evaluation.by_speaker],
    }


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield the report as lines for people."""
    yield from wrapped(_opening(evaluation))
    yield ""
    yield from wrapped("Marks. Kappa is weighted: 0 is chance, 1 is perfect.")
    rows = [
        (_title(whole.name), *_agreement_cells(whole.marks))
        for wholes in (evaluation.conditions, evaluation.baselines)
        for whole in wholes
    ]
    yield from table(("", *_MARKS_HEADER), rows)
    yield ""
    yield "Flags"
    header = ("", "raised rightly", "found")
    yield from table(header, [_flag_cells(_title(c.name), c.flags) for c in evaluation.conditions])
    yield ""
    yield "Quotes, and the score beside the overall impression (Pearson)"
    yield from table(
        ("", "on the evidence", "correlation"),
        [(_title(c.name), _share(c.evidence), _figure(c.overall)) for c in evaluation.conditions],
    )
    yield ""
    if len(evaluation.conditions) > 1:
        yield from wrapped(
            "plain: without case and punctuation, as a recogniser writes. Wrong words: in plain "
            "text, 60 of 100 errors put a similar word of this file in the place of a word, 25 "
            "leave one out, 15 add one."
        )
    yield from wrapped(
        "usual mark: the most frequent mark of the criterion. number of words: a mark by the "
        f"length of the answer alone. Both learn from the other {_drawn(evaluation)} of this file."
    )
    yield ""
    yield "All that follows is of the text as typed."
    yield ""
    yield from table(("rubric", "marks", *_MARKS_HEADER), list(_rubric_rows(evaluation.rubrics)))
    if evaluation.flags:
        yield ""
        header = ("flag", "raised rightly", "found")
        yield from table(header, [_flag_cells(_named(f.name), f) for f in evaluation.flags])
    yield ""
    yield from _sureness_lines(evaluation)
    if evaluation.by_speaker:
        yield ""
        yield from table(
            ("speaker", "answers", *_MARKS_HEADER),
            [
                (_named(part.name), f"{part.answers}", *_agreement_cells(part.marks))
                for part in evaluation.by_speaker
            ],
        )
        yield from wrapped("Kappa says little of a speaker whose marks are nearly all the same.")


def _opening(evaluation: Evaluation) -> str:
    who = f" by {_count(evaluation.speakers, 'speaker')}" if evaluation.speakers else ""
    marks = evaluation.conditions[0].marks.marks
    return (
        f"{_count(evaluation.answers, 'answer')}{who}, {_count(marks, 'mark')}. "
        f"Rater: {evaluation.scorer}. In brackets the interval in which 95 of 100 such figures "
        f"lie when {_drawn(evaluation)} are drawn again ({evaluation.resamples} times). Without "
        "brackets there are too few, or they do not differ. - means that nothing can be told."
    )


def _drawn(evaluation: Evaluation) -> str:
    if not evaluation.speakers:
        return "answers"
    whole = evaluation.clusters == evaluation.speakers
    return "speakers" if whole else "speakers (or answers without a speaker)"


def _sureness_lines(evaluation: Evaluation) -> Iterator[str]:
    sureness = evaluation.sureness
    yield '"Not sure"'
    rows = [
        (name, f"{marks.marks}", *_agreement_cells(marks))
        for name, marks in (("sure", sureness.sure), ("not sure", sureness.unsure))
    ]
    yield from table(("", "marks", *_MARKS_HEADER), rows)
    yield ""
    curves = [("by sure or not", sureness.by_unsure)]
    if sureness.by_confidence:
        curves.append(("by confidence", sureness.by_confidence))
    kappas = [
        (f"{100 * points[0].kept:.0f}%", *(_figure(point.kappa) for point in points))
        for points in zip(*(curve for _, curve in curves), strict=True)
    ]
    yield from table(("surest marks", *(f"kappa {name}" for name, _ in curves)), kappas)
    if not sureness.by_confidence:
        yield from wrapped(
            "This rater says only whether it is sure, and gives no confidence. So nothing tells "
            "which of its sure marks are the surest."
        )


def _rubric_rows(rubrics: Sequence[Part]) -> Iterator[tuple[str, ...]]:
    for rubric in rubrics:
        yield _named(rubric.name), f"{rubric.marks.marks}", *_agreement_cells(rubric.marks)
        for part in rubric.parts:
            name = f"- {one_line(part.name, _NAME_WIDTH - 2)}"
            yield name, f"{part.marks.marks}", *_agreement_cells(part.marks)


def _agreement_cells(marks: Agreement) -> tuple[str, str, str]:
    return _figure(marks.kappa), _share(marks.missed_as_met), _share(marks.met_as_missed)


def _flag_cells(name: str, flags: FlagFigures) -> tuple[str, str, str]:
    return name, _share(flags.precision), _share(flags.recall)


def _title(name: str) -> str:
    return _TITLES.get(name, name)


def _named(name: str) -> str:
    return one_line(name, _NAME_WIDTH)


def _figure(figure: Figure) -> str:
    if figure.value is None:
        return "-"
    if figure.low is None or figure.high is None:
        return _short(figure.value)
    return f"{_short(figure.value)} ({_short(figure.low)} to {_short(figure.high)})"


def _short(value: float) -> str:
    """Return two decimals, without the zero before the point."""
    near = round(value, 2) + 0.0  # no minus before a zero
    return f"{near:.2f}".replace("0.", ".", 1) if abs(near) < 1 else f"{near:.0f}"


def _share(share: Share) -> str:
    if share.value is None:
        return "-"
    text = f"{share.hits}/{share.of} {share.value:.0%}"
    if share.low is None or share.high is None:
        return text
    return f"{text} ({100 * share.low:.0f}-{100 * share.high:.0f})"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _condition_json(condition: Condition) -> dict[str, object]:
    return {
        "name": condition.name,
        **_agreement_json(condition.marks),
        "flags": _flags_json(condition.flags),
        "evidence": _share_json(condition.evidence),
        "overall": _figure_json(condition.overall),
    }


def _part_json(part: Part) -> dict[str, object]:
    return {"name": part.name, "answers": part.answers, **_agreement_json(part.marks)}


def _agreement_json(marks: Agreement) -> dict[str, object]:
    return {
        "marks": marks.marks,
        "kappa": _figure_json(marks.kappa),
        "missed_as_met": _share_json(marks.missed_as_met),
        "met_as_missed": _share_json(marks.met_as_missed),
    }


def _flags_json(flags: FlagFigures) -> dict[str, object]:
    return {
        "name": flags.name,
        "precision": _share_json(flags.precision),
        "recall": _share_json(flags.recall),
    }


def _curve_json(curve: Sequence[Coverage]) -> list[dict[str, object]]:
    return [{"kept": point.kept, "kappa": _figure_json(point.kappa)} for point in curve]


def _figure_json(figure: Figure) -> dict[str, object]:
    return {
        "value": _rounded(figure.value),
        "low": _rounded(figure.low),
        "high": _rounded(figure.high),
    }


def _share_json(share: Share) -> dict[str, object]:
    return {
        "hits": share.hits,
        "of": share.of,
        "value": _rounded(share.value),
        "low": _rounded(share.low),
        "high": _rounded(share.high),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
