"""Correcting words line by line: an editor whose every step is one line of input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trainer.coach.report import ROUGH_DRAFT
from trainer.display import clock_time, one_line
from trainer.errors import TrainerError
from trainer.plain.console import NUMBER, PROMPT, Console, Letter, number_in
from trainer.plain.reader import InputEndedError
from trainer.records import may_go_unmarked

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.store.types import Draft
    from trainer.transcript.types import Transcript

UNHEARD = "No words were heard in your recording. Type what you said: a and the words."
_SAVE = Letter("", "keeps the words and has them rated", "Take these words, and rate them.")
_REPLACE = Letter(
    "s", "old = new replaces", "Replace words, such as: s you smell ee = USMLE", takes_more=True
)
_APPEND = Letter("a", "and words adds at the end", "Add words at the end.", takes_more=True)
_DELETE = Letter("d", "and a number deletes a line", "Delete a line, such as: d 3", takes_more=True)
_UNSURE = Letter("u", "unsure words", "Go through the words that the recogniser was not sure of.")
_TELL = Letter("w", "tells all lines", "Tell all lines with their numbers.")
_TAKE_BACK = Letter("z", "takes the last change back", "Take the last change back.")
_UNMARKED = Letter("o", "without marks", "Store time, pace and pauses only, and no marks.")
_LEAVE = Letter("q", "leaves all as it was", "Go back. What you changed here is thrown away.")
_LINE = "Write the whole line anew. Enter alone leaves it as it is."
_DOUBTFUL = (
    "Enter keeps the words, other words are written in their place, q ends. What you changed can "
    "be taken back with z."
)
_ABOUT_NUMBER = "Give the number of a line to write it anew."
_MARKS = '.,;:!?()"“”'
_LINE_LENGTH = 70
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the speaker made of the words. Not `accepted`: to be stored without marks."""

    text: str
    accepted: bool = True


class Correcting:
    """An editor over the words of a draft; each change goes to `save` with the whole text."""

    def __init__(
        self,
        services: Services,
        console: Console,
        draft: Draft,
        words: Transcript,
        save: Callable[[str], object],
    ) -> None:
        self._services = services
        self._console = console
        self._draft = draft
        self._words = words
        self._save = save
        self._text = words.text
        self._before: list[str] = []

    def correct(self) -> Corrected | None:
        """Let the user change the words; return them, None where all is to stay as it was."""
        if self._words.is_rough:
            self._console.tell(ROUGH_DRAFT)
        if not self._words.words and self._draft.recording:
            self._console.tell(UNHEARD)
        self._tell_lines()
        while True:
            self._tell_unsure()
            lines = split_lines(self._text)
            if lines:
                self._console.say(_ABOUT_NUMBER)
            key, rest = self._console.choose(self._letters(), len(lines))
            if key == _SAVE.key:
                if self._text.strip():
                    return Corrected(self._text)
                self._console.say("There are no words here. Add some, or leave with q.")
            elif key == _UNMARKED.key:
                return Corrected(self._text, accepted=False)
            elif key == _LEAVE.key:
                return None
            else:
                self._obey(key, rest, lines)

    def _letters(self) -> list[Letter]:
        letters = [_SAVE, _REPLACE, _APPEND, _DELETE]
        if self._unsure():
            letters.append(_UNSURE)
        letters.append(_TELL)
        if self._before:
            letters.append(_TAKE_BACK)
        if may_go_unmarked(self._draft, self._words):
            letters.append(_UNMARKED)
        return [*letters, _LEAVE]

    def _obey(self, key: str, rest: str, lines: list[tuple[int, int]]) -> None:
        if key == _REPLACE.key:
            self._replace(rest)
        elif key == _APPEND.key:
            if rest:
                self._change(f"{self._text.rstrip()} {rest}".lstrip())
            else:
                self._console.say("Write a and the words, such as: a and I changed it.")
        elif key == _DELETE.key:
            if number := number_in(rest, len(lines)):
                self._put(lines[number - 1], "")
            else:
                self._console.say("Write d and the number of a line, such as: d 1")
        elif key == _UNSURE.key:
            self._go_through_unsure()
        elif key == _TELL.key:
            self._tell_lines()
        elif key == _TAKE_BACK.key:
            self._text = self._before.pop()
            self._save(self._text)
            self._tell_lines()
        elif key == NUMBER:
            start, end = lines[int(rest) - 1]
            self._console.tell(self._text[start:end], "Now: ", "  ")
            written = self._console.ask("The line (Enter leaves it)", _LINE)
            if written:
                self._put((start, end), written)

    # Changes

    def _change(self, text: str) -> None:
        if text == self._text:
            return
        self._before.append(self._text)
        self._text = text
        self._save(text)

    def _put(self, span: tuple[int, int], words: str) -> None:
        before, after = self._text[: span[0]], self._text[span[1] :]
        if not words:  # without the blank that stood between
            before, after = before.rstrip(), after if before.strip() else after.lstrip()
        self._change(before + words + after)
        self._tell_lines()

    def _replace(self, rest: str) -> None:
        old, sign, new = (piece.strip() for piece in rest.partition("="))
        if not sign or not old:
            self._console.say("Write s, the words, an = and the new words: s tree = three")
            return
        place = self._place(old)
        if place is None:
            self._console.say(f"“{one_line(old, _LONGEST_SHOWN)}” does not stand in these words.")
        else:
            self._put(place, new)

    def _place(self, wanted: str) -> tuple[int, int] | None:
        """Return the characters where whole words stand first, whatever their case."""
        from trainer.analysis.settling import locate

        transcript = self._transcript()
        place = locate(transcript, wanted)
        if place is not None:
            start, end = transcript.words[place[0]].start, transcript.words[place[1] - 1].end
            said = self._text[start:end]
            begins = len(said) - len(said.lstrip(_MARKS)) if wanted[0] not in _MARKS else 0
            ends = len(said) - len(said.rstrip(_MARKS)) if wanted[-1] not in _MARKS else 0
            return start + begins, end - ends
        at = self._text.casefold().find(wanted.casefold())
        found = at >= 0 and len(self._text.casefold()) == len(self._text)
        return (at, at + len(wanted)) if found else None

    # Unsure words

    def _transcript(self) -> Transcript:
        if self._text == self._words.text:
            return self._words
        return self._services.aligned(self._words, self._text)

    def _unsure(self) -> tuple[int, ...]:
        return self._services.unsure(self._transcript()) if self._words.is_heard else ()

    def _tell_unsure(self) -> None:
        count = len(self._unsure())
        if count:
            words = "1 word is" if count == 1 else f"{count} words are"
            self._console.say(f"{words} unsure.")

    def _go_through_unsure(self) -> None:
        """Ask about each unsure word, with what else could have been said there."""
        kept = self._draft.recording or self._draft.corrects or self._draft.id
        offers = self._services.suggestions.offers(self._words, self._draft.question_id, kept)
        at = 0
        while True:
            words = self._transcript()
            likely = next((one for one in offers.standing(words) if one.start >= at), None)
            index = next((one for one in self._unsure() if one >= at), None)
            if likely and (index is None or likely.start <= index):
                span, perhaps = (likely.start, likely.end), likely.text
            elif index is not None:
                span, perhaps = (index, index + 1), ""
            else:
                return
            first, last = words.words[span[0]], words.words[span[1] - 1]
            around = words.quote(max(0, span[0] - 4), min(len(words.words), span[1] + 4))
            heard = words.quote(*span)
            time = f" at {clock_time(first.start_s)}" if first.start_s is not None else ""
            self._console.tell(f"“{heard}”{time}, in: “{around}”")
            takes = f" y writes {perhaps}." if perhaps else ""
            if perhaps:
                self._console.tell(f"Perhaps: {perhaps}")
            self._console.say(f"Enter keeps it.{takes} Other words replace it. q ends.")
            written = self._console.ask(PROMPT, _DOUBTFUL)
            if written.casefold() == "q":
                return
            if perhaps and written.casefold() == "y":
                written = perhaps
            if written:
                text = self._text[: first.start] + written + self._text[last.end :]
                self._change(text)
                at = span[0] + max(1, len(written.split()))
            else:
                if likely and perhaps:
                    offers.decline(words, likely)
                at = span[1]

    def _tell_lines(self) -> None:
        for number, (start, end) in enumerate(split_lines(self._text), 1):
            self._console.tell(self._text[start:end], f"{number:>2}  ")


def split_lines(text: str) -> list[tuple[int, int]]:
    """Return where the lines of a text stand that are told: its own, and none too long."""
    lines = []
    at = 0
    for paragraph in text.split("\n"):
        begin = at
        for word in paragraph.split(" "):
            end = at + len(word)
            if end - begin > _LINE_LENGTH and at > begin:
                lines.append((begin, at - 1))
                begin = at
            at = end + 1
        lines.append((begin, at - 1))
    return [(start, end) for start, end in lines if text[start:end].strip()]


def correct_answer(
    services: Services, console: Console, view: AttemptView, left: Draft | None = None
) -> bool:
    """Correct the words of a stored answer; return whether they were rated again.

    `left` is a correction that was left before. What is changed is on disk at once: if the input
    ends in the middle, or the program does, it is taken up under unfinished answers. Raises
    `TrainerError` where nothing can be stored.
    """
    attempt_id = view.record.attempt.id
    draft = left or services.correction_draft(attempt_id)
    is_kept = left is not None

    def save(text: str) -> None:
        nonlocal is_kept
        try:
            services.save_draft(replace(draft, text=text))
            is_kept = True
        except TrainerError as error:
            console.tell(f"Not saved. {error}")

    words = services.words_of(draft)
    try:
        made = Correcting(services, console, draft, words, save).correct()
    except (InputEndedError, KeyboardInterrupt):
        if is_kept:
            console.say("", "Your changes are kept, under unfinished answers.")
        raise
    if made is None:
        services.discard_draft(draft.id)
        console.say("All stays as it was.")
        return False
    console.say("Rating your answer.")
    services.correct(attempt_id, made.text, draft.id)
    return True
