"""The history line by line: searched, narrowed down, ordered, and every answer opened from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from trainer import narrowing
from trainer.coach.people import listed
from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.lines.attempts import asked, when
from trainer.lines.progress import progress_lines
from trainer.lines.text import deletion, wrapped
from trainer.plain.annotating import Annotating
from trainer.plain.beside import Beside, two_numbers
from trainer.plain.console import NUMBER, Console, Letter, number_in
from trainer.plain.filtering import choose_filter, choose_order
from trainer.plain.timing import tell_span
from trainer.plain.writing import write_answers
from trainer.store.types import LibraryQuery, LibraryRow

if TYPE_CHECKING:
    from trainer.plain.practice import Practice
    from trainer.services import Services
    from trainer.store.types import Hit

PAGE = 10
_MORE = Letter("", "shows more", "Tell the next answers of the list.")
_FIRST = Letter("-", "from the beginning", "Tell the list from its beginning.")
_SEARCH = Letter(
    "/",
    "and words searches",
    "Find words, such as: / night shift. / alone finds all.",
    takes_more=True,
)
_FILTER = Letter("f", "filter", "Narrow the list down: bank, checklist, mark, date, tag and more.")
_ORDER = Letter("o", "order", "Choose the order of the list.")
_COMPARE = Letter("c", "and two numbers compares", "Compare two answers: c 2 1", takes_more=True)
_STAR = Letter("*", "and a number stars", "Star an answer, or take its star: * 2", takes_more=True)
_TAGS = Letter("t", "and a number tags", "Give an answer tags: t 2", takes_more=True)
_DELETE = Letter(
    "d", "and a number deletes", "Delete an answer: d 2. z brings it back.", takes_more=True
)
_UNDO = Letter("z", "brings back", "Bring back what you deleted last, until you quit.")
_PROGRESS = Letter(
    "p", "progress", "Tell your answers over time: of the bank, checklist and days of the list."
)
_WRITE = Letter("x", "write to a file", "Write all answers of the list to a file of yours.")
_UNFINISHED = Letter("u", "unfinished answers", "Take up an answer that you left.")
_QUIT = Letter("q", "quit", "End the trainer.")
_ABOUT_NUMBER = "Give the number of an answer to open it."
_SHOWN_HITS = 3
_LONGEST_SEARCH = 40


class Review:
    """Lists answers in pages. Their numbers stay as long as the list does."""

    def __init__(self, services: Services, console: Console, practice: Practice) -> None:
        self._services = services
        self._console = console
        self._practice = practice
        self._query = LibraryQuery()
        self._rows: list[LibraryRow] = []
        self._has_more = False

    def open(self, attempt_id: str) -> None:
        """Show one answer, as long as the user stays with it. Raises `TrainerError`."""
        self._practice.report(self._services.view(attempt_id))

    def go(self) -> None:
        """List answers, and do with them what is chosen, until the user quits."""
        self._begin_anew()
        while True:
            key, rest = self._console.choose(self._letters(), len(self._rows))
            if key == _QUIT.key:
                return
            try:
                self._obey(key, rest)
            except TrainerError as error:
                self._console.complain(error)

    def _letters(self) -> list[Letter]:
        rows, services = self._rows, self._services
        offered = [
            (_MORE, self._has_more),
            (_FIRST, len(rows) > PAGE),
            (_SEARCH, True),
            (_FILTER, True),
            (_ORDER, True),
            (_COMPARE, len(rows) > 1),
            (_STAR, bool(rows)),
            (_TAGS, bool(rows)),
            (_DELETE, bool(rows)),
            (_UNDO, services.can_undo_delete),
            (_PROGRESS, True),
            (_WRITE, bool(rows)),
            (_UNFINISHED, bool(services.unfinished())),
            (_QUIT, True),
        ]
        return [letter for letter, leads in offered if leads]

    # The list

    def _begin_anew(self) -> None:
        self._rows = []
        count = self._services.count_answers(self._query)
        self._console.say("", self._state(count))
        self._show_more()
        if self._rows:
            self._console.say(_ABOUT_NUMBER)
        elif not self._query.search and not narrowing.is_narrowed(self._query):
            self._console.say("There are none yet. To answer a question: trainer practice --plain")

    def _show_more(self) -> None:
        after = self._rows[-1].place if self._rows else None
        found = self._services.answers(self._query, PAGE + 1, after=after)
        self._has_more = len(found) > PAGE
        for row in found[:PAGE]:
            self._rows.append(row)
            self._console.say(*self._row_lines(len(self._rows), row))
        if self._has_more:
            self._console.say("There are more.")

    def _state(self, count: int) -> str:
        services, query = self._services, self._query
        answers = "1 answer" if count == 1 else f"{count} answers"
        if query.search:
            answers += f" with “{one_line(query.search, _LONGEST_SEARCH)}”"
        pieces = [answers, narrowing.order_in_words(query)]
        if narrowing.is_narrowed(query):
            ways = services.narrowings(services.contents(), query)
            pieces.append(narrowing.in_words(query, ways))
        return f"{'. '.join(pieces)}."

    def _row_lines(self, number: int, row: LibraryRow) -> Iterator[str]:
        attempt = row.attempt
        facts = [when(attempt.started_at), self._services.band_word(row)]
        if row.answer_s is not None:
            facts.append(tell_span(row.answer_s))
        if row.peers:
            facts.append(f"with {listed([one_line(name) for name in row.peers])}")
        if attempt.starred:
            facts.append("starred")
        if attempt.tags:
            facts.append(f"tags {', '.join(attempt.tags)}")
        yield from wrapped(f"{', '.join(facts)}. {one_line(asked(row))}", f"{number:>2}  ")
        for hit in row.hits[:_SHOWN_HITS]:
            yield from wrapped(_marked(hit), "      ")
        if len(row.hits) > _SHOWN_HITS:
            yield f"      and {len(row.hits) - _SHOWN_HITS} more"

    # What is chosen

    def _obey(self, key: str, rest: str) -> None:
        if key == NUMBER:
            self._open(int(rest) - 1)
        elif key == _MORE.key:
            self._show_more()
        elif key == _FIRST.key:
            self._begin_anew()
        elif key == _SEARCH.key:
            self._search(rest)
        elif key == _FILTER.key:
            self._query = choose_filter(self._services, self._console, self._query)
            self._begin_anew()
        elif key == _ORDER.key:
            self._query = choose_order(self._console, self._query)
            self._begin_anew()
        elif key == _COMPARE.key:
            self._compare(rest)
        elif key in (_STAR.key, _TAGS.key, _DELETE.key):
            self._change(key, rest)
        elif key == _UNDO.key:
            brought = self._services.undo_delete()
            self._console.say("It is back." if brought else "It cannot be brought back any more.")
            self._begin_anew()
        elif key == _PROGRESS.key:
            self._tell_progress()
        elif key == _WRITE.key:
            chosen = self._services.exchange.chosen(self._query)
            write_answers(self._services, self._console, chosen)
        elif key == _UNFINISHED.key:
            self._practice.take_up()
            self._begin_anew()

    def _open(self, at: int) -> None:
        """Show an answer of the list, and go back to its place there if the list is the same."""
        self.open(self._rows[at].attempt.id)
        rows = self._services.answers(self._query, len(self._rows))
        if [row.attempt.id for row in rows] != [row.attempt.id for row in self._rows]:
            self._begin_anew()
            return
        self._rows = list(rows)
        self._console.say("", f"The list again, at {at + 1} of {len(rows)}.")
        self._console.say(*self._row_lines(at + 1, rows[at]))
        self._console.say(_ABOUT_NUMBER)

    def _search(self, words: str) -> None:
        if words and not any(character.isalnum() for character in words):
            self._console.say("There is no word to look for. Give one with a letter or digit.")
            return
        self._query = replace(self._query, search=words)
        self._begin_anew()

    def _compare(self, rest: str) -> None:
        numbers = two_numbers(rest, len(self._rows))
        if numbers is None:
            self._console.say("Write c and two numbers of the list, such as: c 2 1")
            return
        before, after = (self._rows[number - 1].attempt.id for number in numbers)
        Beside(self._services, self._console).compare_answers(before, after)

    def _change(self, key: str, rest: str) -> None:
        number = number_in(rest, len(self._rows))
        if number is None:
            self._console.say(f"Write {key} and a number of the list, such as: {key} 1")
            return
        at = number - 1
        services, attempt_id = self._services, self._rows[at].attempt.id
        if key == _DELETE.key:
            count = services.delete(attempt_id)
            self._console.say(f"{deletion(count)} z brings it back until you leave the trainer.")
            self._begin_anew()
            return
        marks = Annotating(services, self._console, services.view(attempt_id))
        if key == _STAR.key:
            marks.star()
        else:
            marks.set_tags()
        changed = services.view(attempt_id).record.attempt
        self._rows[at] = replace(self._rows[at], attempt=changed)
        self._console.say(*self._row_lines(at + 1, self._rows[at]))

    def _tell_progress(self) -> None:
        query = self._query
        since = date.fromisoformat(query.since[:10]) if query.since else None
        progress = self._services.reviewing.progress(query.bank_id, query.rubric_id, since)
        if progress.answers:
            self._console.say("", *progress_lines(progress, plain=True))
        else:
            self._console.say("There are no such answers yet.")


def _marked(hit: Hit) -> str:
    """Return a hit with the found words in brackets: a reader says them, and any font has them."""
    return f"{hit.text[: hit.start]}[{hit.text[hit.start : hit.end]}]{hit.text[hit.end :]}"
