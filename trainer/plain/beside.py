"""Answers beside each other, and the versions of one with their ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.lines.attempts import when
from trainer.lines.comparisons import comparison_lines
from trainer.plain.console import NUMBER, Console, Letter, number_in
from trainer.review.versions import tell_rater, tell_score, tell_words

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.review.sides import Side
    from trainer.services import Services

_COMPARE = Letter(
    "c", "and two numbers compares", "Compare two of them, such as: c 2 1", takes_more=True
)
_BACK = Letter("q", "back", "Go back.")


class Beside:
    """Compares answers, versions and ratings."""

    def __init__(self, services: Services, console: Console) -> None:
        self._services = services
        self._console = console

    def compare(self, before: Side, after: Side) -> None:
        """Tell what two sides differ in."""
        self._console.say("", *comparison_lines(self._services.reviewing.compare(before, after)))

    def compare_answers(self, before_id: str, after_id: str) -> None:
        """Tell what two answers differ in, each with its newest words and rating."""
        reviewing = self._services.reviewing
        self.compare(reviewing.side(before_id), reviewing.side(after_id))

    def compare_with_earlier(self, view: AttemptView) -> None:
        """Compare an answer with the one before it to the same question."""
        attempt_id = view.record.attempt.id
        before = self._services.reviewing.earlier(attempt_id)
        if before is None:
            self._console.say("There is no earlier answer to this question.")
        else:
            self.compare_answers(before, attempt_id)

    def choose_version(self, view: AttemptView) -> AttemptView | None:
        """List all versions and ratings; return the one that was chosen, None to go back."""
        attempt_id = view.record.attempt.id
        versions = self._services.versions(view)
        self._console.say("", "Versions of the words and their ratings, the newest first")
        for number, version in enumerate(versions, 1):
            told = (
                f"words {tell_words(version)}; {when(version.created_at)}; rated by "
                f"{tell_rater(version)}; {tell_score(version)}"
            )
            self._console.tell(told, f"{number:>2}  ")
        self._console.say("Give a number to show it.")
        while True:
            key, rest = self._console.choose([_COMPARE, _BACK], len(versions))
            if key == _BACK.key:
                return None
            if key == NUMBER:
                chosen = versions[int(rest) - 1].name
                return self._services.view(attempt_id, chosen.version, chosen.rating)
            numbers = two_numbers(rest, len(versions))
            if numbers is None:
                self._console.say("Write c and two numbers of the list, such as: c 2 1")
                continue
            before, after = (versions[number - 1].side for number in numbers)
            self.compare(before, after)


def two_numbers(text: str, most: int) -> tuple[int, int] | None:
    """Return two different numbers from 1 to `most`, None where the text holds something else."""
    match [number_in(piece, most) for piece in text.replace(",", " ").split()]:
        case [int(first), int(second)] if first != second:
            return first, second
    return None
