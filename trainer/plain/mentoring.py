"""A shared answer line by line: read, heard, marked, commented on, and sent back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from trainer.annotations import OpenText
from trainer.bank.types import Criterion, Mark
from trainer.errors import TrainerError
from trainer.lines.ratings import MARK_WORDS
from trainer.lines.shares import BY_NAME, given_lines, kept_line, shared_lines
from trainer.plain.annotating import ON_WHICH, WORDS, ask_kept
from trainer.plain.console import Console, Letter, number_in
from trainer.plain.playing import Playing
from trainer.plain.writing import ask_file

if TYPE_CHECKING:
    from trainer.exchange.desk import Desk
    from trainer.exchange.share_document import CommentEntry
    from trainer.services import Services

_RATE = Letter("r", "give marks", "Give a mark for each point of the checklist.")
_RATE_ANEW = Letter("r", "give marks anew", "Give all marks again, in place of those before.")
_UNMARK = Letter("z", "take your marks back", "Take your marks and your word on the whole back.")
_WHOLE = Letter("n", "say something of the whole", "Write what you want to say of the answer.")
_COMMENT = Letter("o", "comment on words", "Write something about some words of the answer.")
_CHANGE = Letter("c", "and a number changes", "Change a comment of yours: c 1", takes_more=True)
_DELETE = Letter("d", "and a number takes back", "Take a comment back: d 1", takes_more=True)
_PLAY = Letter("p", "play", "Play the sound: from the beginning, or from words.")
_ALL = Letter("i", "the answer again", "Tell the whole answer and what was given again.")
_REVEAL = Letter("v", "what others gave", "Show marks and comments of others before you marked.")
_WRITE = Letter("x", "write to another file", "Choose the file that goes back yourself.")
_QUIT = Letter("q", "quit", "End. What you gave is in its file.")
_NAME = "Any name will do, such as your first one. The program remembers it."
_ON_THE_WHOLE = (
    "Write what helps most: what was good, and one thing to change. Enter alone leaves it."
)
_ON_WORDS = "Write what you think of these words. Enter alone keeps nothing new."
_MARKS = {
    "1": (Mark.MET, "The answer says it fully."),
    "2": (Mark.PARTLY, "The answer says half of it."),
    "3": (Mark.MISSED, "The answer does not say it."),
}
_BACK = Letter("b", "back one", "Go to the point before.")
_LEAVE = Letter("q", "leave", "Leave without marks. Nothing is changed.")


class Mentoring:
    """Shows one shared answer, and keeps what is given to it in its file at once."""

    def __init__(self, services: Services, console: Console, desk: Desk) -> None:
        self._services = services
        self._console = console
        self._desk = desk

    def go(self) -> None:
        """Tell the answer, and do with it what is chosen, until the user quits."""
        desk, console = self._desk, self._console
        console.say("")
        if desk.goes_on:
            console.tell("You opened this answer before. What you gave is here.")
        if desk.problem:
            console.tell(desk.problem)
        self._tell_all()
        while True:
            key, rest = console.choose(self._letters())
            if key == _QUIT.key:
                if desk.is_kept or console.agree("What you gave is in no file. Leave it?"):
                    console.tell(kept_line(desk))
                    return
                continue
            try:
                self._obey(key, rest)
            except TrainerError as error:
                console.complain(error)

    def _letters(self) -> list[Letter]:
        desk = self._desk
        view, own, comments = desk.view(), desk.own, desk.comments()
        has_own = any(desk.is_own(comment) for comment in comments)
        offered = [
            (_RATE_ANEW if own and own.marks else _RATE, view.rubric is not None),
            (_UNMARK, own is not None),
            (_WHOLE, True),
            (_COMMENT, True),
            (_CHANGE, has_own),
            (_DELETE, has_own),
            (_PLAY, view.recording is not None),
            (_ALL, True),
            (_REVEAL, desk.hides),
            (_WRITE, True),
            (_QUIT, True),
        ]
        return [letter for letter, leads in offered if leads]

    def _tell_all(self) -> None:
        self._console.say(*shared_lines(self._desk), "")
        self._console.tell(kept_line(self._desk))

    def _obey(self, key: str, rest: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            _RATE.key: self._rate,
            _UNMARK.key: self._unmark,
            _WHOLE.key: self._say,
            _COMMENT.key: self._comment,
            _CHANGE.key: lambda: self._alter(_CHANGE.key, rest),
            _DELETE.key: lambda: self._alter(_DELETE.key, rest),
            _PLAY.key: lambda: Playing(self._services, self._console, self._desk.view()).choose(),
            _ALL.key: self._tell_all,
            _REVEAL.key: self._reveal,
            _WRITE.key: self._write,
        }
        acts[key]()

    # What is given

    def _has_name(self) -> bool:
        """Ask for a name where there is none: what is given carries it."""
        desk, console = self._desk, self._console
        if desk.name:
            return True
        console.tell("Whoever gave the answer sees your name beside what you give.")
        desk.call(console.ask("Your name (Enter gives nothing)", _NAME))
        self._services.remember_name(desk.name)
        return bool(desk.name)

    def _given(self, act: Callable[[], object], told: str) -> None:
        """Give something, and say where it is; what could not be written is said to be given."""
        try:
            act()
        finally:
            self._console.say(told)
            self._console.tell(kept_line(self._desk))

    def _rate(self) -> None:
        rubric = self._desk.view().rubric
        if rubric is None or not self._has_name():
            return
        marks: dict[str, Mark] = {}
        at = 0
        while at < len(rubric.criteria):
            criterion = rubric.criteria[at]
            mark = self._ask_mark(criterion, at, len(rubric.criteria))
            if mark == _LEAVE.key:
                self._console.say("No marks were given.")
                return
            if mark == _BACK.key:
                at -= 1
                continue
            marks[criterion.id] = _MARKS[mark][0]
            at += 1
        hid = self._desk.hides
        self._given(lambda: self._desk.rate(marks), "Your marks are given.")
        if hid:
            self._console.say(*given_lines(self._desk))
            self._console.tell(BY_NAME)

    def _ask_mark(self, criterion: Criterion, at: int, count: int) -> str:
        console = self._console
        console.say("")
        console.tell(f"Point {at + 1} of {count}: {criterion.title}")
        console.tell(criterion.asks, "An interviewer would ask: ", "  ")
        for key, (mark, _) in _MARKS.items():
            console.tell(criterion.marks.of(mark), f"{key} {MARK_WORDS[mark]}: ", "  ")
        letters = [Letter(key, MARK_WORDS[mark], told) for key, (mark, told) in _MARKS.items()]
        key, _ = console.choose([*letters, *([_BACK] if at else []), _LEAVE])
        return key

    def _unmark(self) -> None:
        if self._console.agree("Take your marks and what you said of the whole back?"):
            self._given(self._desk.take_marks_back, "They are taken back.")

    def _say(self) -> None:
        if not self._has_name():
            return
        before = self._desk.own.note if self._desk.own else ""
        prompt = "What you say of the whole (Enter leaves it)"
        self._ask(OpenText(self._desk.say, before), before, prompt, _ON_THE_WHOLE, "It is given.")

    def _ask(self, opened: OpenText, before: str, prompt: str, about: str, told: str) -> None:
        """Ask for a text, which is in the file while it is typed."""
        if before:
            self._console.tell(before, "Now: ")
        text = ask_kept(self._console, opened, prompt, about)
        if text:
            self._given(lambda: opened.finish(text), told)
        elif not before:
            self._console.say("Nothing was added.")

    def _ask_comment(self, place: tuple[int, int], before: str) -> None:
        opened = OpenText(partial(self._desk.put_comment, *place), before)
        prompt = "The comment (Enter leaves it)" if before else "The comment (? explains)"
        told = "The comment is changed." if before else "The comment is given."
        self._ask(opened, before, prompt, _ON_WORDS, told)

    def _comment(self) -> None:
        if not self._has_name():
            return
        words = self._console.ask(ON_WHICH, WORDS)
        place = self._services.locate(self._desk.view(), words) if words else None
        if place is None:
            if words:
                self._console.say("These words do not stand in the answer. Nothing was added.")
            return
        there = self._desk.own_comment(*place)
        self._ask_comment(place, there.text if there else "")

    def _alter(self, key: str, number: str) -> None:
        comment = self._named(number)
        if comment is None:
            self._console.say(f"Write {key} and the number of a comment of yours, such as: {key} 1")
            return
        if key == _DELETE.key:
            if self._console.agree("Take this comment back?"):
                change = lambda: self._desk.change_comment(comment.id, "")  # noqa: E731
                self._given(change, "The comment is taken back.")
            return
        self._ask_comment((comment.start, comment.end), comment.text)

    def _named(self, number: str) -> CommentEntry | None:
        comments = self._desk.comments()
        at = number_in(number, len(comments))
        return comments[at - 1] if at and self._desk.is_own(comments[at - 1]) else None

    def _reveal(self) -> None:
        if self._console.agree("Marks that are given first are freer. Show what others gave now?"):
            self._desk.reveal()
            self._console.say(*given_lines(self._desk))
            self._console.tell(BY_NAME)

    # The file that goes back

    def _write(self) -> None:
        console, desk = self._console, self._desk
        named = ask_file(console)
        if named is None:
            return
        file, replaces = named
        sound = desk.view().recording is not None and console.agree(
            "Put the sound in, too? Whoever spoke has it."
        )
        desk.write(file, replaces=replaces, with_sound=sound)
        console.tell(kept_line(desk))
