"""What the speaker decides of an answer: marks that are not sure, filled pauses, own marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer.analysis.settling import Decision
from trainer.bank.types import Mark
from trainer.display import clock_time, one_line
from trainer.errors import TrainerError
from trainer.lines.fillers import filler_lines
from trainer.lines.ratings import MARK_WORDS
from trainer.marking import MOST_FILLERS
from trainer.plain.console import NUMBER, Console, Letter, number_in

if TYPE_CHECKING:
    from trainer.bank.types import Criterion
    from trainer.coach.doubts import Choice, Doubt
    from trainer.coach.fillers import Moment
    from trainer.recall import AttemptView
    from trainer.services import Services

_FULLY = Letter("1", "fully", "You said it fully.")
_HALF = Letter("2", "half", "You said half of it.")
_NOT = Letter("3", "not said", "You did not say it.")
_MARKS = {_FULLY.key: Mark.MET, _HALF.key: Mark.PARTLY, _NOT.key: Mark.MISSED}
_SKIP = Letter("", "leaves it", "Leave it as it is, and go on.")
_BACK_ONE = Letter("b", "the one before", "Go back to the one before.")
_END = Letter("q", "ends", "End. What you have decided is kept.")
_HEAR = Letter("p", "plays it", "Play the moment with a second before and after.")
_YES = Letter("y", "counts it", "Count it: it is a filled pause.")
_NO = Letter("n", "does not count it", "Do not count it.")
_LISTENER = Letter("t", "a listener's count", "Keep the number that somebody else counted.")
_AROUND_S = 1.0
_TALLY = "Somebody listened and counted every um and uh: write that number. Enter alone keeps none."


def settle(services: Services, console: Console, view: AttemptView) -> bool:
    """Ask about each mark that is not sure, else about what was settled; return what changed.

    What was decided is stored, however this ends. Raises `TrainerError` where that fails.
    """
    doubts = services.doubts(view) or services.doubts(view, settled=True)
    decisions: dict[str, Decision] = {}
    try:
        _ask_all(console, doubts, decisions)
    finally:
        if decisions:
            services.settle(view.record.attempt.id, decisions, view.transcript.id)
            console.say("Your answer counts, and is kept.")
    return bool(decisions)


def _ask_all(console: Console, doubts: Sequence[Doubt], decisions: dict[str, Decision]) -> None:
    at = 0
    while at < len(doubts):
        doubt = doubts[at]
        _tell_doubt(console, doubt, f"Point {at + 1} of {len(doubts)}")
        back = [_BACK_ONE] if at else []
        key, _ = console.choose([_FULLY, _HALF, _NOT, _SKIP, *back, _END])
        if key == _END.key:
            return
        if key == _BACK_ONE.key:
            at -= 1
            continue
        if key == _SKIP.key:
            decisions.pop(doubt.criterion_id, None)
        else:
            decision = _decide(console, doubt, _MARKS[key])
            if decision is None:
                continue
            decisions[doubt.criterion_id] = decision
        at += 1


def _tell_doubt(console: Console, doubt: Doubt, place: str) -> None:
    console.say("")
    console.tell(f"{place}: {doubt.title}. {'Settled by you' if doubt.settled else 'Not sure'}.")
    console.tell(doubt.asks, "An interviewer would ask: ", "  ")
    if doubt.found:
        missed = doubt.mark is Mark.MISSED
        console.tell(
            f"“{one_line(doubt.found[0].quote)}”",
            "The nearest words: " if missed else f"Now {MARK_WORDS[doubt.mark]}, in: ",
            "  ",
        )
    for key, mark in _MARKS.items():
        console.tell(doubt.meanings.of(mark), f"{key}  {MARK_WORDS[mark]}: ", "   ")


def _decide(console: Console, doubt: Doubt, mark: Mark) -> Decision | None:
    """Return the decision; a mark above missed needs its words, which are asked for."""
    if mark is Mark.MISSED:
        return Decision(mark)
    choices: tuple[Choice, ...] = (*doubt.found, *doubt.others)
    if not choices:
        console.say("There are no words that could show it.")
        return None
    console.say("Which words say it?")
    for at, choice in enumerate(choices, 1):
        unsure = f" (unsure: {one_line(choice.unsure)})" if choice.unsure else ""
        console.tell(f"“{one_line(choice.quote)}”{unsure}", f"{at:>2}  ")
    first = Letter("", "takes the first", "Take the first of these words.")
    key, number = console.choose(
        [first, Letter("b", "back", "Go back to the question.")], len(choices)
    )
    if key == "b":
        return None
    chosen = choices[int(number) - 1] if key == NUMBER else choices[0]
    if doubt.mark is not Mark.MISSED and doubt.found and chosen == doubt.found[0]:
        return Decision(mark)  # all words that the machine has quoted stay
    return Decision(mark, (chosen.start, chosen.end))


def count_ums(services: Services, console: Console, view: AttemptView) -> bool:
    """Go through the filled pauses one by one, or take a count; return whether one was kept."""
    moments = services.moments(view)
    console.say("", *filler_lines(view, moments))
    go = Letter("", "goes through them", "Hear them one by one, and count them right.")
    letters = [*([go] if moments and view.recording else []), _LISTENER, _END]
    key, _ = console.choose(letters)
    attempt_id = view.record.attempt.id
    if key == _LISTENER.key:
        return _keep_tally(services, console, attempt_id)
    if key == _END.key:
        return False
    counted = _go_through(services, console, view, moments)
    if counted is None:
        console.say("Your count before stays.")
        return False
    kept = [(moment.start_s, moment.end_s) for moment in counted]
    services.count_fillers(attempt_id, len(kept), kept)
    console.say(f"Your count is kept: {len(kept)}.")
    return True


def _keep_tally(services: Services, console: Console, attempt_id: str) -> bool:
    typed = console.ask("How many did the listener count (? explains)", _TALLY)
    count = 0 if typed == "0" else number_in(typed, MOST_FILLERS)
    if count is None:
        console.say(f"Nothing was kept. Give a number from 0 to {MOST_FILLERS}.")
        return False
    services.count_fillers(attempt_id, count, rater="peer")
    console.say("The listener's count is kept.")
    return True


def _go_through(
    services: Services, console: Console, view: AttemptView, moments: Sequence[Moment]
) -> list[Moment] | None:
    counted: list[Moment] = []
    for number, moment in enumerate(moments, 1):
        now = "counted" if moment.counted else "not counted"
        words = one_line(f"{moment.before} ... {moment.after}")
        console.say("")
        at = clock_time(moment.start_s)
        console.tell(f"{number} of {len(moments)}, at {at}, {now}: {words}")
        while True:
            key, _ = console.choose([_HEAR, _YES, _NO, _SKIP, _END])
            if key != _HEAR.key:
                break
            _play_moment(services, console, view, moment)
        if key == _END.key:
            return None
        if key == _YES.key or (key == _SKIP.key and moment.counted):
            counted.append(moment)
    return counted


def _play_moment(services: Services, console: Console, view: AttemptView, moment: Moment) -> None:
    from trainer.plain.playing import Playing

    begin_s = max(0.0, moment.start_s - _AROUND_S)
    Playing(services, console, view).play_between(begin_s, moment.end_s + _AROUND_S)


def rate_own(services: Services, console: Console, view: AttemptView) -> AttemptView:
    """Ask for the speaker's own marks, before anything of the rating is told.

    Return the answer with them. They are stored where every point has one; until then they are kept
    as begun, and who opens the answer again goes on. Raises `InputEndedError`.
    """
    words = view.transcript.transcript
    rubric = services.checklist_of(view.record, view.transcript.id)
    if rubric is None or not (words.words or view.recording):
        return view
    console.say("")
    console.tell(
        "Your own marks first. Your answer is stored. Then the report shows both. Your marks "
        "change nothing of it."
    )
    skip = Letter("q", "skips it", "Go to the report without marks of your own.")
    try:
        begun = services.begun_marks(view)
        points = rubric.criteria
        marks = {point.id: begun[point.id] for point in points if point.id in begun}
        if marks:
            console.tell(f"You began before: {len(marks)} of {len(points)} points have a mark.")
        for number, criterion in enumerate(points, 1):
            if criterion.id in marks:
                continue
            _tell_criterion(console, criterion, f"{number} of {len(points)}")
            key, _ = console.choose([_FULLY, _HALF, _NOT, skip])
            if key == skip.key:
                services.begin_marks(view, {})
                return view
            marks[criterion.id] = _MARKS[key]
            services.begin_marks(view, marks)
        services.rate_self(view.record.attempt.id, marks, view.transcript.id)
        return services.view(view.record.attempt.id)
    except TrainerError as error:
        console.complain(error)
        return view


def _tell_criterion(console: Console, criterion: Criterion, place: str) -> None:
    console.say("")
    console.tell(f"{place}: {criterion.title}. {criterion.asks}")
    for key, mark in _MARKS.items():
        console.tell(criterion.marks.of(mark), f"{key}  {MARK_WORDS[mark]}: ", "   ")
