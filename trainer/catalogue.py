"""Banks, rubrics and the machine's rating: all that works without a history.

Opening a catalogue makes no folder and no file, so that commands which only read or rate also
work where nothing can be written.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from trainer.analysis.types import Delivery, Rating, Score
from trainer.bank.types import Bank, Complaint, Library, Question, Rubric
from trainer.coach.report import Report
from trainer.display import one_line
from trainer.encoder.problems import EncoderError, no_numpy
from trainer.errors import UsageError
from trainer.paths import Home, find_home, shipped
from trainer.transcript.types import Transcript

if TYPE_CHECKING:
    from trainer.analysis.explaining import Why
    from trainer.bank.examples import WorkedExample
    from trainer.coach.why import Explained
    from trainer.encoder.reading import Reader

_log = logging.getLogger(__name__)

SchemaName = Literal["bank", "rubric", "lexicon", "terms", "example"]
_LONGEST_ID_SHOWN = 64


class Rater(Protocol):
    """Gives a rating of a transcript; pure, so that equal words get equal marks."""

    def rate(self, transcript: Transcript, rubric: Rubric, question: str) -> Rating:
        """Return the rating; `question` is the wording that was asked."""
        ...

    @property
    def scorer_version(self) -> str:
        """Which scorer the ratings name."""
        ...

    @property
    def shortfall(self) -> EncoderError | None:
        """Why it rates differently from a full install; None where it does not."""
        ...

    def explain(self, transcript: Transcript, rubric: Rubric, question: str) -> tuple[Why, ...]:
        """Return how the marks and flags of `rate` come about, in the rubric's order.

        Nothing where a remark says that there is no answer to look into.
        """
        ...


@dataclass(frozen=True, slots=True)
class Assessment:
    """An answer that was rated and not stored.

    Without a rubric, or with words that are too rough to rate, only the delivery is known. Words
    that are mostly guessed have marks and no score.
    """

    transcript: Transcript
    delivery: Delivery
    rubric: Rubric | None
    rating: Rating | None
    score: Score | None
    report: Report


class Catalogue:
    """The banks and rubrics, read once, and the machine's rater. Safe to call from threads."""

    def __init__(
        self,
        load_library: Callable[[], Library],
        make_rater: Callable[[Mapping[str, tuple[str, ...]]], Rater],
    ) -> None:
        self._load_library = load_library
        self._make_rater = make_rater
        self._library: Library | None = None
        self._rater: Rater | None = None
        self._library_lock = threading.Lock()
        self._rater_lock = threading.Lock()  # of its own: banks need not wait for the encoder

    def library(self) -> Library:
        """Return the banks and rubrics, read once."""
        with self._library_lock:
            if self._library is None:
                self._library = self._load_library()
            return self._library

    def bank(self, bank_id: str) -> Bank:
        """Return the bank of that id. Raises `UsageError`."""
        loaded = self.library().bank(bank_id)
        if loaded is None:
            raise UsageError(f"There is no bank {_named(bank_id)}.", "See: trainer banks list")
        return loaded.bank

    def question(self, question_id: str) -> tuple[Bank, Question]:
        """Return the question of that id with its bank. Raises `UsageError`."""
        found = self.library().find(question_id)
        if found is None:
            raise UsageError(
                f"There is no question {_named(question_id)}.", "See: trainer banks show BANK"
            )
        return found

    def rubric(self, rubric_id: str | None) -> Rubric | None:
        """Return the rubric of that id, None for None. Raises `UsageError`."""
        if rubric_id is None:
            return None
        rubric = self.library().rubrics.get(rubric_id)
        if rubric is None:
            hint = f"Rubrics: {', '.join(sorted(self.library().rubrics))}"
            if self.library().complaints:
                hint += ". Some files have mistakes, see: trainer banks check"
            raise UsageError(f"There is no rubric {_named(rubric_id)}.", hint)
        return rubric

    def example(self, rubric: Rubric) -> WorkedExample | None:
        """Return an answer with the right marks, to rate before the first session; None without.

        A rubric has one that fits it, or none.
        """
        from trainer.bank.examples import read_example

        return read_example(shipped("question_banks"), rubric)

    def rate(
        self, said: str | Transcript, rubric: Rubric, question: str
    ) -> tuple[Transcript, Rating, Score]:
        """Rate a text, or words as they are; nothing is stored."""
        transcript = Transcript.typed(said) if isinstance(said, str) else said
        rating = self.rater().rate(transcript, rubric, question)
        return transcript, rating, score(rating, rubric)

    def explain(
        self, transcript: Transcript, rubric: Rubric | None, question: str, rating: Rating | None
    ) -> Explained:
        """Return why the marks of `rating` came out as they did, in words; nothing is stored.

        It is worked out anew, so that of an old rating it explains what would be given now.
        """
        from trainer.coach.why import NO_MARKS, Explained, explain

        if rubric is None or rating is None:
            return Explained(note=NO_MARKS)
        rater = self.rater()
        whys = () if rating.remark else rater.explain(transcript, rubric, question)
        return explain(whys, rater.scorer_version, rubric, transcript, rating)

    def assess(
        self, said: str | Transcript, rubric: Rubric | None, question: Question | None = None
    ) -> Assessment:
        """Rate an answer, measure its delivery and write the report; nothing is stored.

        Spoken figures in heard words become figures. The words of the built-in recogniser are
        too rough to rate: they have a delivery and no marks.
        """
        from trainer.analysis.delivery import measure
        from trainer.analysis.figures import with_figures
        from trainer.analysis.versions import UNRATED_SOURCES
        from trainer.coach.report import compose

        transcript = Transcript.typed(said) if isinstance(said, str) else with_figures(said)
        lower_s, upper_s = question.answer_s if question else (0, 0)
        asked = question.prompt if question else ""
        delivery = measure(transcript, None, lower_s, upper_s)
        if rubric is None or transcript.source in UNRATED_SOURCES:
            report = compose(transcript, delivery, question=asked)
            return Assessment(transcript, delivery, rubric, None, None, report)
        _, rating, value = self.rate(transcript, rubric, asked)
        report = compose(transcript, delivery, rubric, rating, value, question=asked)
        measurable = "words" not in delivery.unmeasurable
        return Assessment(
            transcript, delivery, rubric, rating, value if measurable else None, report
        )

    def rater(self) -> Rater:
        """Return the machine's rater, made once."""
        with self._rater_lock:
            if self._rater is None:
                self._rater = self._make_rater(self.library().word_classes)
            return self._rater

    def shortfall(self, rubric: Rubric | None) -> EncoderError | None:
        """Return why `rubric` gives other marks here than on a full install; None if it does not.

        A rubric without trained heads is rated the same everywhere.
        """
        return self.rater().shortfall if rubric and rubric.heads else None


def open_catalogue(home: Home | None = None) -> Catalogue:
    """Build the real parts. Nothing is read before it is asked for."""
    return Catalogue(library_loader(home or find_home()), make_rater)


def library_loader(home: Home) -> Callable[[], Library]:
    """Return what reads the shipped banks and those of `home`."""

    def load() -> Library:
        from trainer.analysis.patterns import check_classes, check_pattern
        from trainer.bank.loading import load_library  # pydantic: 100 ms

        return load_library(shipped("question_banks"), home.banks, check_pattern, check_classes)

    return load


def check_files(paths: Sequence[Path], home: Home | None = None) -> tuple[Complaint, ...]:
    """Return the mistakes in files of banks, rubrics and the like, wherever they stand."""
    from trainer.analysis.patterns import check_classes, check_pattern
    from trainer.bank.loading import check_files as check

    yours = (home or find_home()).banks
    return check(paths, shipped("question_banks"), yours, check_pattern, check_classes)


def check_examples(library: Library) -> tuple[Complaint, ...]:
    """Return the mistakes in the worked examples of shipped rubrics.

    A rubric of the user's in the place of one has none.
    """
    from trainer.bank.examples import check_file, example_file

    found: list[Complaint] = []
    for name, layer in library.rubric_layers.items():
        file = example_file(Path(library.rubric_files.get(name, "")).parent.parent, name)
        if layer == "shipped" and file.is_file():
            found += check_file(file, library.rubrics)
    return tuple(found)


def schema(kind: SchemaName) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file."""
    from trainer.bank.schema import build_schemas

    return build_schemas()[kind]


def make_rater(word_classes: Mapping[str, tuple[str, ...]]) -> Rater:
    """Return the rater: cues and the shipped encoder, cues alone where that cannot be opened."""
    from trainer.analysis.rating import ChecklistRater

    try:
        return ChecklistRater(word_classes, open_encoder())
    except EncoderError as error:
        _log.info("rating by cues alone: %s", error)  # whoever asks for a rating is told
        return ChecklistRater(word_classes, shortfall=error)


def open_encoder() -> Reader:
    """Return the shipped encoder, loaded once a process (0.1 s). Raises `EncoderError`."""
    from trainer.encoder.loading import open_reader

    try:
        return open_reader()  # numpy: 60 ms
    except (ImportError, RuntimeError) as error:
        raise no_numpy(error) from error


def score(rating: Rating, rubric: Rubric) -> Score:
    """Return the score of a rating by its rubric's formula."""
    from trainer.analysis.scoring import score as by_formula

    return by_formula(rating, rubric)


def _named(identifier: str) -> str:
    return repr(one_line(identifier, _LONGEST_ID_SHOWN))
