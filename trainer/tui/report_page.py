"""What the page of a report holds: its rating on one side, the answer on the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from trainer.bank.types import Mark
from trainer.coach.advice import Advice
from trainer.coach.hesitations import Hesitations
from trainer.coach.own_marks import describe_own, own_heading
from trainer.coach.people import comments_of, describe_round, listed, listeners_of
from trainer.display import one_line, visible
from trainer.recall import AttemptView
from trainer.transcript.types import Source
from trainer.tui.side_notes import side_notes
from trainer.tui.widgets.checklist import criterion_block, flag_block
from trainer.tui.widgets.legend import UNSURE_STYLE
from trainer.tui.widgets.marked_text import MarkedText
from trainer.tui.widgets.note_lines import moment_block, note_block
from trainer.tui.widgets.parts_bar import story_block
from trainer.tui.widgets.sureness import sureness_lines

TAKE_UP: dict[Source, str] = {
    "builtin": "Press C. Correct the words there, or press Enter to accept them.",
    "unheard": "Press C to write down what you said.",
}
TAKE_UP_GUESSED = "Press C to correct or accept the words."
OUTDATED = "An older checklist or rater gave these marks. R rates it again."
COMPARE = "B compares it with the answer before"
_MARGIN = 2  # cells beside the title
SOUND_GONE = "The sound of this answer is not kept any more. Its words stay."


def title(view: AttemptView, has_earlier: bool = False, width: int = 0) -> str:
    """Return what the page is headed with; `has_earlier` offers to compare with that answer.

    Where all of it is wider than so many cells, the bank's name is left out for the offer.
    """
    attempt = view.record.attempt
    kind = "Follow-up report" if attempt.probe_of else "Report"
    take = f" · take {attempt.take}" if attempt.take > 1 else ""
    version = f" · {_version(view)} (V lists all)" if view.versions > 1 else ""
    about = f"{take}{version}"
    offer = f" · {COMPARE}" if has_earlier else ""
    full = f"{kind} · {visible(attempt.bank_title)}{about}{offer}"
    return f"{kind}{about}{offer}" if offer and len(full) > width - _MARGIN else full


def which(view: AttemptView) -> str:
    """Return which version and rating it is, behind a comma; "" where there is no other."""
    version = f", {_version(view)}" if view.versions > 1 else ""
    return f"{version}, {_rating(view)}" if _is_other_rating(view) else version


def _version(view: AttemptView) -> str:
    return f"version {view.version} of {view.versions}"


def _rating(view: AttemptView) -> str:
    return f"rating {view.rating_number} of {len(view.record.ratings_of(view.transcript))}"


def _is_other_rating(view: AttemptView) -> bool:
    """Whether another rating is shown than the one that a report begins with."""
    return view.stored != view.record.rating_of(view.transcript)


def _which_rating(view: AttemptView) -> Iterator[Widget]:
    if _is_other_rating(view):
        told = f"{_rating(view).capitalize()} of these words. V lists all of them."
        yield Static(told, id="which-rating", classes="note", markup=False)


def _people(view: AttemptView) -> Iterator[Widget]:
    """Yield who else has rated, and what people wrote beside their marks."""
    stored = view.stored
    names = listeners_of(view.record)
    if names and (stored is None or stored.rating.rater != "peer"):
        told = f"Also rated by {listed(names)}. V shows their marks."
        yield Static(told, id="listeners", classes="quiet", markup=False)
    for who, comment in comments_of(view.record):
        yield Static(f"{who} wrote: {visible(comment)}", classes="note", markup=False)


def rating_side(view: AttemptView, drill: Sequence[str]) -> Iterator[Widget]:
    """Yield the question, how it was heard (`drill`), the band, what to change, marks and flags."""
    report, rating = view.report, view.rating
    words = view.transcript.transcript
    yield Static(visible(view.record.attempt.prompt), classes="question", markup=False)
    if view.record.attempt.origin:
        origin = one_line(view.record.attempt.origin, 120)
        yield Static(f"Imported from {origin}", id="origin", classes="quiet", markup=False)
    if view.record.shared:
        told = describe_round(view.record.shared)
        yield Static(told, id="round", classes="quiet", markup=False)
    if report.remark:
        yield Static(report.remark, id="band", markup=False)
        take_up = TAKE_UP.get(words.source if words.words else "unheard")
        if take_up and (words.words or view.record.attempt.recording):
            yield Static(take_up, classes="section")
    elif report.score and report.method:
        yield Static(
            Content.assemble(
                (visible(report.score.word).capitalize(), "bold $accent"),
                (f"  {report.score.low} to {report.score.high} of 100", "bold"),
                (f"  {report.method.inside}", "$quiet"),
            ),
            id="band",
        )
    else:
        unrated = report.unmeasurable or _unrated(view)
        yield Static(unrated, id="band", markup=False)
        if report.unmeasurable:
            yield Static(TAKE_UP_GUESSED, classes="section")
    yield from _which_rating(view)
    yield from _people(view)
    outdated = Static(OUTDATED, id="outdated", classes="quiet", markup=False)
    outdated.display = False
    yield outdated
    for note in report.notes:
        yield Static(note, classes="note", markup=False)
    yield from sureness_lines(view)
    if drill:
        yield Static("Listening drill", classes="section")
        yield Static(visible("\n".join(drill)), markup=False)
    if report.advice:
        yield _advice(report.advice)
    elif report.lines and all(line.mark is Mark.MET for line in report.lines):
        yield Static("Nothing is missing on this checklist.", markup=False)
    if view.own:
        told = "\n".join(describe_own(view.own, view.speaker))
        yield Static(own_heading(view.speaker), classes="section", markup=False)
        yield Static(visible(told), classes="own-marks", markup=False)
    if report.lines:
        hint = ("  press Y to see why", "not bold $quiet")
        yield Static(Content.assemble("Checklist", hint), classes="section")
        given = {one.id: one.mark for one in view.own}
        for line in report.lines:
            spans = rating.spans_of("criterion", line.id) if rating else ()
            yield criterion_block(line, spans, words, given.get(line.id), view.speaker)
    if report.flags:
        yield Static("Could sound like", classes="section")
        for flag in report.flags:
            spans = rating.spans_of("flag", flag.id) if rating else ()
            yield flag_block(flag, spans, words)


def answer_side(
    view: AttemptView, unsure: Sequence[int], hesitations: Hesitations
) -> Iterator[Widget]:
    """Yield what comes next, the words with all that is marked in them, story and delivery."""
    report = view.report
    if view.probe:
        yield Static("The interviewer could ask next", classes="section")
        yield Static(Content.assemble(visible(view.probe.text), ("  (press F)", "$quiet")))
    words = view.transcript.transcript
    told = report.source and (words.words or words.source == "unheard")
    source = (f"  {report.source}", "not bold $quiet") if told else ""
    owner = f"{view.speaker}'s" if view.speaker else "Your"
    yield Static(Content.assemble(f"{owner} words", source), classes="section")
    yield MarkedText(
        words,
        view.rating,
        unsure,
        report.parts,
        hesitations,
        tuple(side_notes(view)),
    )
    if view.record.attempt.recording and view.recording is None:
        yield Static(SOUND_GONE, classes="quiet")
    yield from note_block(view)
    yield from moment_block(view)
    if report.story:
        yield Static("Story, beside the rating", classes="section")
        yield from story_block(report.story, words)
    hint = ("  press M to count ums", "not bold $quiet") if words.sound else ""
    yield Static(Content.assemble("Delivery, beside the rating", hint), classes="section")
    yield Static("\n".join(report.delivery), markup=False)
    if view.record.follow_up_ids:
        count = len(view.record.follow_up_ids)
        yield Static("Follow-ups", classes="section")
        yield Static(f"{count} answered. Find them in the history.", markup=False)
    if report.lines and report.method:
        by_machine = view.rating is not None and view.rating.rater == "machine"
        about = (
            f"{report.method.note} ({report.scorer_version})"
            if by_machine
            else (report.method.note)
        )
        yield Static("About this rating", classes="section")
        yield Static(about, classes="quiet", markup=False)


def _advice(advice: Advice) -> Static:
    pieces: list[str | tuple[str, str]] = [(f"{visible(advice.title)}\n", "bold")]
    if advice.quote:
        pieces += ["You said: ", (f"“{one_line(advice.quote)}”", "italic")]
        if advice.doubt:
            pieces += [("  unsure: ", "$warning"), (one_line(advice.doubt), UNSURE_STYLE)]
        pieces.append("\n")
    pieces.append(visible(advice.missing))
    if advice.opener:
        pieces += ["\nYou could go on: ", (f"“{visible(advice.opener)} …”", "bold")]
    panel = Static(Content.assemble(*pieces), id="advice")
    panel.border_title = "One thing to change next"
    return panel


def _unrated(view: AttemptView) -> str:
    if view.record.attempt.superseded:
        return "An earlier take. It was kept and not rated. Press C to correct and rate it."
    if view.record.attempt.rubric_id:
        return "This answer could not be rated. Its words are kept. Press C to rate it again."
    return "This question has no checklist. Time and delivery are all that is reported."
