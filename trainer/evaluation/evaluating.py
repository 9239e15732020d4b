"""A whole evaluation: every form of the text, the baselines, and the parts of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from trainer.agreement.resampling import Resampler
from trainer.catalogue import Catalogue
from trainer.evaluation.baselines import by_length, by_majority
from trainer.evaluation.conditions import FORMS, TYPED, Form, Spoiler
from trainer.evaluation.figures import agree, judge_flags, sum_up
from trainer.evaluation.observing import cluster_numbers, observe
from trainer.evaluation.sureness import tell_sureness
from trainer.evaluation.types import Evaluation, FlagFigures, MarkedAnswer, Part, Seen, SeenMark


def evaluate(
    answers: Sequence[MarkedAnswer],
    catalogue: Catalogue,
    forms: Sequence[Form] = FORMS,
    resampler: Resampler | None = None,
    on_progress: Callable[[float], None] = lambda share: None,
) -> Evaluation:
    """Return how far the machine agrees with the marks of `answers`.

    `forms` begin with the text as typed, on which all parts are measured. Each answer is rated
    once for each form; `on_progress` is told the share that is done, in 0..1.
    """
    assert forms[0] == TYPED
    resampler = resampler or Resampler()
    spoiler = Spoiler(answer.text for answer in answers)
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        on_progress(done / (len(forms) * len(answers)))

    seen, scorer = observe(answers, TYPED, catalogue, spoiler, count)
    conditions = [sum_up(TYPED.name, seen, resampler)]
    for form in forms[1:]:
        other, _ = observe(answers, form, catalogue, spoiler, count)
        conditions.append(sum_up(form.name, other, resampler))
    clusters = cluster_numbers(answers)
    return Evaluation(
        scorer=scorer,
        answers=len(answers),
        speakers=len({answer.speaker for answer in answers if answer.speaker}),
        clusters=len(set(clusters)),
        resamples=resampler.resamples,
        seed=resampler.seed,
        conditions=tuple(conditions),
        baselines=_baselines(answers, seen.marks, resampler),
        rubrics=_by_rubric(answers, seen.marks, resampler),
        flags=_by_flag(seen, resampler),
        sureness=tell_sureness(seen.marks, resampler),
        by_speaker=_by_speaker(answers, clusters, seen.marks, resampler),
    )


def _baselines(
    answers: Sequence[MarkedAnswer], marks: Sequence[SeenMark], resampler: Resampler
) -> tuple[Part, ...]:
    lengths = [
        len(answer.text.split())
        for answer in answers
        for given in answer.marks.values()
        if given is not None
    ]
    usual = agree(by_majority(marks), resampler)
    length = agree(by_length(marks, dict(enumerate(lengths))), resampler)
    return Part("majority", len(answers), usual), Part("word_count", len(answers), length)


def _by_rubric(
    answers: Sequence[MarkedAnswer], marks: Sequence[SeenMark], resampler: Resampler
) -> tuple[Part, ...]:
    parts = []
    for rubric in {answer.rubric.id: answer.rubric for answer in answers}.values():
        own = [mark for mark in marks if mark.rubric == rubric.id]
        held = [answer for answer in answers if answer.rubric.id == rubric.id]
        criteria = []
        for criterion in rubric.criteria:
            seen = [mark for mark in own if mark.criterion == criterion.id]
            if seen:
                criteria.append(Part(criterion.id, len(seen), agree(seen, resampler)))
        if own:
            parts.append(Part(rubric.id, len(held), agree(own, resampler), tuple(criteria)))
    return tuple(sorted(parts, key=lambda part: part.name))


def _by_flag(seen: Seen, resampler: Resampler) -> tuple[FlagFigures, ...]:
    return tuple(
        judge_flags(name, [flag for flag in seen.flags if flag.flag == name], resampler)
        for name in _sorted(flag.flag for flag in seen.flags)
    )


def _by_speaker(
    answers: Sequence[MarkedAnswer],
    clusters: Sequence[int],
    marks: Sequence[SeenMark],
    resampler: Resampler,
) -> tuple[Part, ...]:
    """Return the agreement on each speaker, lowest kappa first; a speaker has no interval."""
    names = {c: a.speaker for a, c in zip(answers, clusters, strict=True) if a.speaker}
    parts = [
        Part(
            name,
            sum(answer.speaker == name for answer in answers),
            agree([mark for mark in marks if mark.cluster == cluster], resampler),
        )
        for cluster, name in names.items()
    ]

    def order(part: Part) -> tuple[bool, float, str]:
        value = part.marks.kappa.value
        return value is None, value or 0.0, part.name

    return tuple(sorted(parts, key=order))


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(set(names))
