"""The report of an answer line by line, and all that can be done with the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from trainer.errors import TrainerError
from trainer.lines.attempts import view_lines
from trainer.lines.own_marks import own_lines
from trainer.lines.ratings import report_lines
from trainer.lines.text import deletion
from trainer.lines.whys import why_lines
from trainer.plain.annotating import Annotating
from trainer.plain.beside import Beside
from trainer.plain.console import Console, Letter
from trainer.plain.correcting import correct_answer
from trainer.plain.playing import Playing
from trainer.plain.settling import count_ums, settle
from trainer.plain.writing import write_answers

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.session.hearing import Hearing
    from trainer.session.plan import Item, Run
    from trainer.store.types import Draft

_NEXT = Letter("n", "next question", "Go to the next question.")
_FOLLOW_UP = Letter("f", "follow-up", "Answer the follow-up question.")
_AGAIN = Letter("a", "again", "Answer the same question again.")
_REWORD = Letter("w", "other wording", "Answer the same question in another wording.")
_ALL = Letter("i", "the answer with its report", "Tell the whole answer with its report again.")
_SETTLE = Letter("u", "settle what is not sure", "Say what you said where a mark is not sure.")
_SETTLE_AGAIN = Letter("u", "settle again", "Change what you settled.")
_WHY = Letter("y", "why", "Tell why each mark came out as it did.")
_CORRECT = Letter("c", "correct the words", "Correct the words and have them rated again.")
_UMS = Letter("m", "ums", "Go through the filled pauses, or keep a count of them.")
_PLAY = Letter("p", "play", "Play the sound: from the beginning, a quote, or words of yours.")
_BEFORE = Letter("b", "compare with before", "Compare with your answer before to this question.")
_VERSIONS = Letter("v", "versions", "List versions of the words and their ratings; show one.")
_NOTES = Letter("o", "notes", "Read your notes on words; add, change or delete one.")
_TAGS = Letter("t", "tags", "Give the answer tags.")
_STAR = Letter("*", "star", "Star the answer, or take its star away.")
_RATE_AGAIN = Letter("r", "rate again", "The checklist or the rater has changed: rate again.")
_WRITE = Letter("x", "write to a file", "Write the answer to a file of yours.")
_DELETE = Letter("d", "delete", "Delete the answer. You can bring it back.")
_UNDO = Letter("z", "brings it back", "Bring the answer back with all that was deleted with it.")
_GO_ON = Letter("", "goes on", "Go on. In the history z brings it back until you quit.")
_LEAVE = Letter("q", "back", "Go back.")


class Reporting:
    """Shows answers. `view` is the one that was shown last, None where it was deleted."""

    def __init__(self, services: Services, console: Console) -> None:
        self._services = services
        self._console = console
        self.view: AttemptView | None = None

    def show(
        self,
        view: AttemptView,
        run: Run | None,
        hearing: Hearing | None = None,
        correction: Draft | None = None,
    ) -> Item | Literal["next", "back"]:
        """Show an answer until the user goes on.

        Return the question to ask, or that the next of the practice is wanted, or to go back.
        `run` is the practice it belongs to, None in the history. `hearing` tells how the question
        was taken in, where the answer was given just now; `correction` is one that was left.
        """
        self.view = view
        if correction:
            self._guarded(lambda: correct_answer(self._services, self._console, view, correction))
            self._renew()
        self._console.say("")
        if hearing:
            self._console.say(*report_lines(self.view.report))
            if self.view.own:
                self._console.say("", *own_lines(self.view))
            self._console.say(*self._drill_lines(hearing))
            self._tell_probe()
        else:
            self._tell_all()
        while self.view:
            key, _ = self._console.choose(self._letters(self.view, run))
            if key == _NEXT.key:
                return "next"
            if key == _LEAVE.key:
                return "back"
            if item := self._item(key, self.view):
                return item
            self._guarded(lambda key=key: self._obey(key))  # type: ignore[misc]
        return "back"

    def _drill_lines(self, hearing: Hearing) -> Sequence[str]:
        assert self.view
        words = self.view.transcript.transcript
        prompt = self.view.record.attempt.prompt
        return (
            ("", *told) if (told := self._services.reading.report(hearing, words, prompt)) else ()
        )

    def _tell_all(self) -> None:
        assert self.view
        self._console.say(*view_lines(self.view, commands=False))
        marks = Annotating(self._services, self._console, self.view)
        self._console.say(*marks.lines())

    def _tell_probe(self) -> None:
        if self.view and self.view.probe:
            self._console.say("")
            self._console.tell(self.view.probe.text, "The interviewer could ask next: ", "  ")

    def _letters(self, view: AttemptView, run: Run | None) -> list[Letter]:
        services, attempt = self._services, view.record.attempt
        words = view.transcript.transcript
        doubts = bool(services.doubts(view))
        offered: list[tuple[Letter, bool]] = [
            (_NEXT, run is not None),
            (_FOLLOW_UP, view.probe is not None),
            (_AGAIN, True),
            (_REWORD, attempt.probe_of is None),
            (_BEFORE, services.reviewing.earlier(attempt.id) is not None),
            (_ALL, True),
            (_SETTLE, doubts),
            (_SETTLE_AGAIN, not doubts and bool(services.doubts(view, settled=True))),
            (_WHY, bool(view.report.lines)),
            (_CORRECT, True),
            (_UMS, words.sound is not None),
            (_PLAY, view.recording is not None),
            (_VERSIONS, True),
            (_RATE_AGAIN, services.is_outdated(view)),
            (_NOTES, bool(words.words)),
            (_TAGS, True),
            (_STAR, True),
            (_WRITE, True),
            (_DELETE, True),
            (_LEAVE, True),
        ]
        return [letter for letter, leads in offered if leads]

    def _item(self, key: str, view: AttemptView) -> Item | None:
        if key == _AGAIN.key:
            return view.item
        if key == _REWORD.key:
            return view.item.reworded()
        if key == _FOLLOW_UP.key and view.probe:
            attempt_id = view.record.attempt.id
            return view.item.follow_up(attempt_id, view.probe.criterion_id, view.probe.text)
        return None

    def _obey(self, key: str) -> None:
        assert self.view
        services, console, view = self._services, self._console, self.view
        marks = Annotating(services, console, view)
        beside = Beside(services, console)
        quiet: dict[str, Callable[[], object]] = {
            _ALL.key: self._tell_all,
            _WHY.key: lambda: console.say(*why_lines(services.why(view))),
            _PLAY.key: lambda: Playing(services, console, view).choose(),
            _BEFORE.key: lambda: beside.compare_with_earlier(view),
            _WRITE.key: lambda: write_answers(services, console, (view.record.attempt.id,)),
        }
        changing: dict[str, Callable[[], object]] = {
            _TAGS.key: marks.set_tags,
            _STAR.key: marks.star,
            _NOTES.key: marks.go_through_notes,
        }
        telling: dict[str, Callable[[], bool]] = {
            _SETTLE.key: lambda: settle(services, console, view),
            _CORRECT.key: lambda: correct_answer(services, console, view),
            _UMS.key: lambda: count_ums(services, console, view),
            _RATE_AGAIN.key: lambda: self._rate_again(beside, view),
        }
        if key in quiet:
            quiet[key]()
        elif key in changing:
            changing[key]()
            self._renew()
        elif key in telling:
            if telling[key]():
                self._renew()
                self._console.say("")
                self._tell_all()
        elif key == _VERSIONS.key:
            chosen = beside.choose_version(view)
            if chosen:
                self.view = chosen
                self._console.say("")
                self._tell_all()
        elif key == _DELETE.key:
            self._delete(view)

    def _rate_again(self, beside: Beside, view: AttemptView) -> bool:
        attempt_id = view.record.attempt.id
        before = self._services.reviewing.side(attempt_id)
        self._services.rate_again(attempt_id)
        beside.compare(before, self._services.reviewing.side(attempt_id))
        return True

    def _delete(self, view: AttemptView) -> None:
        count = self._services.delete(view.record.attempt.id)
        self._console.say(deletion(count))
        self.view = None
        key, _ = self._console.choose([_UNDO, _GO_ON])
        if key == _UNDO.key and self._services.undo_delete():
            self.view = view
            self._console.say("It is back.")

    def _renew(self) -> None:
        """Show what is stored of the answer now."""
        assert self.view
        shown = self.view
        version = None if shown.is_newest else shown.version
        self.view = self._services.view(shown.record.attempt.id, version)

    def _guarded(self, act: Callable[[], object]) -> None:
        """Do something, and say it where it fails: the answer stays in view."""
        try:
            act()
        except TrainerError as error:
            self._console.complain(error)
