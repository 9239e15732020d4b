"""Sessions of people who do not exist, and all that they could do next."""

from collections.abc import Iterator
from dataclasses import replace

from trainer.bank.types import Mark, MarkMeanings
from trainer.exchange.document import AttemptEntry, DeliveryEntry, RatingEntry, TranscriptEntry
from trainer.peer import events
from trainer.peer.applying import apply, open_session
from trainer.peer.refusing import RefusedError
from trainer.peer.types import Answer, Asked, FormLine, Phase, Planned, Session

PEOPLE = ("ann", "ben", "cat", "dan")
MEANINGS = MarkMeanings("It is there.", "Some of it.", "Nothing of it.")


def moment(second: int) -> str:
    """Return a moment of a day, second by second."""
    return f"2026-03-01T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000Z"


def asked(number: int, *, form: bool = True) -> Asked:
    """Return a question in which every word that may be hidden can be told again."""
    return Asked(
        bank_id="bank",
        question_id=f"question-{number}",
        prompt=f"prompt-{number}",
        rubric_id=f"rubric-{number}" if form else None,
        bank_title="About teams",
        rubric_version=f"version-{number}" if form else "",
        intent=f"intent-{number}",
        pitfalls=(f"pitfall-{number}",),
        probes={"c1": f"probe-{number}"},
        form=(FormLine("c1", f"line-{number}", "Is it there?", MEANINGS),) if form else (),
    )


def answer(question: Asked, attempt_id: str) -> Answer:
    """Return an answer of three words."""
    delivery = DeliveryEntry(words=3, lower_s=10, upper_s=20, i_words=1, we_words=0)
    words = TranscriptEntry(f"{attempt_id}-t", moment(1), "typed", "I asked again", delivery)
    entry = AttemptEntry(
        id=attempt_id,
        session_id="own",
        bank_id=question.bank_id,
        bank_title=question.bank_title,
        question_id=question.question_id,
        prompt=question.prompt,
        started_at=moment(1),
        lower_s=10,
        upper_s=20,
        transcripts=(words,),
        rubric_id=question.rubric_id,
    )
    return Answer(attempt_id, 12.5, entry)


def machine_entry(question: Asked, attempt_id: str) -> RatingEntry:
    """Return what a machine could give such an answer."""
    return RatingEntry(
        id=f"{attempt_id}-r",
        transcript_id=f"{attempt_id}-t",
        created_at=moment(2),
        rater="machine",
        rubric_id=question.rubric_id or "",
        rubric_version=question.rubric_version,
        scorer_version="scorer-secret",
        score=50.0,
        marks={"c1": 1},
        flags={},
        spans=(),
    )


def begun(*people: str) -> Session:
    """Return a session that the first of these hosts, and all have joined; nobody sits yet."""
    session = open_session(events.Opened(people[0], moment(0), "session"))
    for one in people:
        session = apply(session, events.Joined(one, moment(0), one.title(), "observer", token(one)))
    return session


def token(one: str) -> str:
    """Return what a host keeps of a token."""
    return one.encode().hex().ljust(64, "0")


def seated() -> Session:
    """Return a session of four in which Ann, the host, interviews Ben."""
    return after(begun(*PEOPLE), events.SeatsSet("ann", moment(0), "ben", "ann"))


def after(session: Session, *happened: events.Event) -> Session:
    """Return the session after these events."""
    for event in happened:
        session = apply(session, event)
    return session


def at_phase(phase: Phase, question: Asked | None = None) -> Session:
    """Return a session of four whose first round has come to this phase; nobody has rated."""
    question = question or asked(1)
    way: tuple[tuple[Phase, events.Event], ...] = (
        (Phase.PLANNED, events.RoundBegun("ann", moment(1))),
        (Phase.PLANNED, events.QuestionChosen("ann", moment(2), question)),
        (Phase.ASKING, events.QuestionAsked("ann", moment(3))),
        (Phase.ANSWERING, events.AnswerBegun("ben", moment(4))),
        (Phase.ANSWERED, events.AnswerEnded("ben", moment(16), 12.5)),
        (Phase.RATING, events.AnswerGiven("ben", moment(17), answer(question, "attempt-1"))),
        (Phase.REVEALED, events.Revealed("ann", moment(18))),
    )
    session = seated()
    for reached, event in way:
        session = apply(session, event)
        following = way[way.index((reached, event)) + 1 :]
        if reached is phase and not any(later is phase for later, _ in following):
            return session
    raise AssertionError(phase)


def thinkable(session: Session, second: int) -> Iterator[events.Event]:
    """Yield something of every kind for everybody, whether it is allowed or not."""
    at = moment(second)
    new = f"id-{second}"
    current = session.round
    question = current.asked if current and current.asked else asked(second)
    attempt = f"attempt-{len(session.rounds)}"
    own_form = {line.id: Mark(second % 3) for line in question.form}
    yield events.Opened("ann", at, "other")
    yield events.Resumed("ann", at)
    for number, by in enumerate(PEOPLE):
        other = PEOPLE[(number + 1) % 4]
        secret = f"-of-{by}-in-{len(session.rounds)}-"
        entry = Planned(new, by, other, asked(second, form=second % 4 > 0))
        yield events.Joined(by, at, "Ann", ("candidate", "interviewer")[second % 2], token(by))
        yield events.Joined(by, at, "Eve", "observer", "00")
        yield events.Left(by, at)
        yield events.SeatTaken(by, at, "candidate")
        yield events.SeatTaken(by, at, "interviewer")
        yield events.SeatsSet(by, at, by, other)
        yield events.PlanAdded(by, at, (entry,), second % 3)
        yield events.PlanAdded(by, at, (Planned(new),))
        for planned in session.plan[:1]:
            yield events.PlanMoved(by, at, planned.id, 1)
            yield events.PlanDropped(by, at, planned.id)
        yield events.RoundBegun(by, at)
        yield events.QuestionChosen(by, at, asked(second, form=second % 4 > 0))
        yield events.QuestionAsked(by, at)
        yield events.ProbeAsked(by, at, "And then?")
        yield events.AnswerBegun(by, at)
        yield events.AnswerPaused(by, at)
        yield events.AnswerResumed(by, at)
        yield events.AnswerRestarted(by, at)
        yield events.AnswerEnded(by, at, 12.5)
        yield events.AnswerGiven(by, at, answer(question, attempt))
        yield events.AnswerGiven(by, at, replace(answer(question, attempt), attempt_id="other"))
        yield events.RatingBegun(by, at)
        yield events.RoundSkipped(by, at)
        yield events.MomentMarked(by, at, new, "filler", 3.0, f"moment{secret}")
        yield events.MomentMarked(by, at, f"n{new}", "note", 3.0, f"moment{secret}")
        for made in current.moments[:1] if current else ():
            yield events.MomentTakenBack(by, at, made.id)
            yield events.MomentReworded(by, at, made.id, f"moment{secret}")
        yield events.Rated(by, at, own_form, f"rating{secret}")
        yield events.Rated(by, at, {"other": Mark.MET}, f"rating{secret}")
        yield events.MachineRated(by, at, machine_entry(question, attempt))
        yield events.Abstained(by, at)
        yield events.MachineRated(by, at)
        yield events.Revealed(by, at)
        yield events.RoundKept(by, at, max(1, second % 7))
        yield events.Ended(by, at)


def allowed(session: Session, second: int) -> list[tuple[events.Event, Session]]:
    """Return which of all that are possible now, and what each makes of the session."""
    found = []
    for event in thinkable(session, second):
        try:
            found.append((event, apply(session, event)))
        except RefusedError:
            continue
    return found
