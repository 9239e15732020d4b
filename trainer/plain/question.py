"""The question as it is asked: its lines, its hint, and its voice."""

from __future__ import annotations

from collections.abc import Iterator
from time import sleep
from typing import TYPE_CHECKING

from trainer.errors import TrainerError
from trainer.lines.text import wrapped
from trainer.reading import RESTATE, at_other_speed
from trainer.session.hearing import Hearing

if TYPE_CHECKING:
    from trainer.plain.console import Console
    from trainer.services import Services
    from trainer.session.plan import Item, Run
    from trainer.store.types import Draft

_LOOK_S = 0.05


def question_lines(run: Run, take: int, hearing: Hearing) -> Iterator[str]:
    """Yield the place in the practice and the question, as far as it may be seen."""
    number = f"Question {run.index + 1} of {len(run.items)}"
    kind = "Follow-up" if run.item.probe_of else number
    takes = f", take {take}" if take > 1 else ""
    yield ""
    if not hearing.shows_text:
        yield f"{kind}{takes}. Listening drill."
        yield f"The text is hidden. {RESTATE}"
        return
    yield from wrapped(f"{kind}{takes}. {run.item.bank_title}.")
    yield from wrapped(run.item.wording, "  ")


def hint_lines(services: Services, item: Item) -> Iterator[str]:
    """Yield what a good answer holds, and what to avoid."""
    question = item.question
    rubric = services.rubric_for(question.rubric, item.criterion_id)
    yield "What they want to know"
    yield from wrapped(question.intent, "  ")
    if rubric:
        yield "A good answer holds"
        for criterion in rubric.criteria:
            yield from wrapped(f"{criterion.title}: {criterion.asks}", "- ")
    yield "Take care"
    for pitfall in question.pitfalls:
        yield from wrapped(pitfall, "- ")


def earlier_takes(services: Services, draft: Draft) -> tuple[Draft, ...]:
    """Return the takes that a redo set aside before this one. Raises `TrainerError`."""
    same = (draft.session_id, draft.question_id, draft.probe_of, draft.criterion_id)
    return tuple(
        one
        for one in services.unfinished()
        if one.set_aside
        and (one.session_id, one.question_id, one.probe_of, one.criterion_id) == same
    )


def read_question(services: Services, console: Console, item: Item, hearing: Hearing) -> Hearing:
    """Read the question aloud, until its end or until Enter; return how it was heard.

    Nothing else goes on meanwhile, so that nothing of it can be in a recording.
    """
    from trainer.playback.reading import ReadingPhase

    try:
        voice = services.reading.begin(item.wording, services.settings.reading_speed)
    except TrainerError as error:
        console.complain(error)
        return hearing.show()
    console.say("The question is read to you. Enter stops it.")
    hearing = hearing.read()
    try:
        while (state := voice.state()).phase is not ReadingPhase.ENDED:
            # Lines of a pipe are the next answers: nobody typed them to stop a voice.
            if not console.is_terminal:
                sleep(_LOOK_S)
            elif console.glance(_LOOK_S) is not None:
                voice.stop()
        if state.sounded:
            hearing = hearing.sounds()
        if state.problem:
            console.complain(state.problem)
            hearing = hearing.show()
    finally:
        voice.close()
    return hearing.end(services.clock())


def change_speed(services: Services, console: Console, step: int) -> None:
    """Let questions be read slower or faster from now on."""
    settings, told = at_other_speed(services.settings, step)
    if settings is not services.settings:
        try:
            services.change_settings(settings)
        except TrainerError as error:
            console.complain(error)
    console.say(told)
