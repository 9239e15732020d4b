"""Two programs, two homes, one session: three spoken questions, seats swapped, rated blind, kept.

And whatever is killed at whatever moment: nobody loses a word, and nothing is kept twice.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal, told
from tests.processes import programs_of
from tests.sound import SoundServer
from tests.speech.answers import LOW_SCORE
from tests.speech.listening import MODEL
from tests.speech.voices import say_to
from tests.waiting import wait_until
from trainer.calibration.word_errors import word_error_rate

pytestmark = [
    pytest.mark.audio,
    pytest.mark.e2e,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
]
LONG_S = 60.0
QUESTION = "Your Step 1 score is lower than most of our residents'."
SENTENCES = (LOW_SCORE.sentences[0], LOW_SCORE.sentences[4])
POINTS = 5


@dataclass
class Person:
    """Somebody at a terminal of their own, with a history of their own."""

    name: str
    home: Path
    server: SoundServer
    terminal: Terminal

    def rate(self, *keys: str) -> None:
        """Fill in the form, point by point, and send it."""
        for at, key in enumerate(keys, 1):
            self.terminal.wait_for(f"point {at} of {len(keys)}")
            self.terminal.press(key)
        self.terminal.wait_for("all points")
        self.terminal.press("Enter")
        self.terminal.wait_for("Your marks are sent")


@contextmanager
def sitting(name: str, home: Path, server: SoundServer, *arguments: str) -> Iterator[Person]:
    """Let somebody open the trainer; their microphone hears what is played."""
    home.mkdir(exist_ok=True)
    settings = {"model": str(MODEL), "model_offered": True, "answer": "voice"}
    (home / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    named = () if arguments == ("resume",) else ("--name", name)
    command = ("peer", *arguments, *named)
    with Terminal(home, (120, 40), command, environment=server.environment) as terminal:
        yield Person(name, home, server, terminal)


def code_of(host: Person) -> str:
    """Return the code as the host's screen tells it to others."""
    screen = host.terminal.wait_for("trainer peer join", timeout_s=LONG_S)
    found = re.search(r"trainer peer join (\S+)", screen)
    assert found
    return found[1]


def ask(asker: Person, speaker: Person) -> None:
    """Begin a round, choose the question and put it."""
    asker.terminal.wait_for("Enter begins it", f"{speaker.name} answers")
    asker.terminal.press("Enter")
    asker.terminal.wait_for("Not asked yet")
    speaker.terminal.wait_for(f"Wait for the question of {asker.name}")
    asker.terminal.press("c")
    asker.terminal.wait_for("Which question?")
    asker.terminal.type(QUESTION)
    asker.terminal.wait_for("Low exam score")
    asker.terminal.press("Enter")
    asker.terminal.wait_for("Read it to yourself first", QUESTION)
    assert QUESTION not in speaker.terminal.screen()
    asker.terminal.press("Enter")
    speaker.terminal.wait_for(QUESTION, "Nothing is kept until you press Space", timeout_s=LONG_S)
    asker.terminal.wait_for("The answer has not begun")


def answer(asker: Person, speaker: Person, clip: Path) -> None:
    """Speak into the microphone while the other one listens and marks, and accept the words."""
    speaker.terminal.press("Space")
    speaker.terminal.wait_for("Speak now")
    with speaker.server.playing(clip) as player:
        speaker.terminal.wait_for("failed step one", timeout_s=LONG_S)
        asker.terminal.press("g")
        asker.terminal.press("1")
        asker.terminal.wait_for("✓ asked")
        speaker.terminal.wait_for(f"{asker.name} asks:")
        player.wait()
        asker.terminal.press("f")
        asker.terminal.wait_for("~ filler          1")
    assert "filler" not in speaker.terminal.screen()
    speaker.terminal.press("Enter")
    speaker.terminal.wait_for("Are these your words?", "failed step 1", timeout_s=LONG_S)
    speaker.terminal.press("Enter")


def rate_and_reveal(asker: Person, speaker: Person, *, listens: bool = False) -> None:
    """Rate without seeing each other's marks, then show all to both; the speaker may listen."""
    speaker.terminal.wait_for("Rated: the program", timeout_s=LONG_S)
    speaker.rate("1", "1", "2", "3", "1")
    screen = asker.terminal.wait_for(f"Rated: {speaker.name}, the program. Still to come: you.")
    assert "●" not in screen.replace("1 ● met", "")
    asker.rate("1", "2", "3", "3", "1")
    asker.terminal.press("r")
    for one in (asker, speaker):
        one.terminal.wait_for("The marks differ in", "Machine")
    if listens:
        speaker.terminal.press("2")
        speaker.terminal.wait_for("+ good moment", "■ Sound")
        speaker.terminal.press("Enter")
        speaker.terminal.wait_for("▶", "0:01 of")
    for one in (asker, speaker):
        one.terminal.press("n")


def swap(person: Person) -> None:
    person.terminal.wait_for("Enter begins it")
    person.terminal.press("s")


def test_three_spoken_questions_are_asked_rated_blind_and_kept_by_both(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    clip = tmp_path / "clip.wav"
    speech = say_to(clip, SENTENCES)
    with ExitStack() as open_terminals:
        enter = open_terminals.enter_context
        amina = enter(sitting("Amina", tmp_path / "a", sound_server, "host"))
        ben = enter(sitting("Ben", tmp_path / "b", sound_server, "join", code_of(amina)))
        seats = ((ben, amina), (amina, ben), (ben, amina))
        for number, (asker, speaker) in enumerate(seats, 1):
            ask(asker, speaker)
            answer(asker, speaker, clip)
            rate_and_reveal(asker, speaker, listens=number == 1)
            if number < len(seats):
                swap(speaker)
        for one in (ben, amina):
            one.terminal.wait_for("3 rounds are done")
            one.terminal.press("C-q")
            one.terminal.wait_for_end()
    for one in (amina, ben):
        wait_until(lambda one=one: not programs_of(one.home), "a child is left")

    of_amina, of_ben = (told(one.home, "history", "list")["attempts"] for one in (amina, ben))
    assert [(a["id"], a["score"]) for a in of_amina] == [(a["id"], a["score"]) for a in of_ben]
    for attempts, other in ((of_amina, ben), (of_ben, amina)):
        assert [a["peers"] for a in attempts] == [[other.name]] * len(seats)
    for (asker, speaker), attempt in zip(reversed(seats), of_amina, strict=True):
        attempt_id = attempt["id"]
        assert set(attempt["raters"]) == {"machine", "self", "peer"}
        ours = told(speaker.home, "history", "show", attempt_id)
        theirs = told(asker.home, "history", "show", attempt_id)
        assert word_error_rate(speech.text, ours["text"]) <= 0.1
        assert ours["text"] == theirs["text"]
        assert Path(ours["recording"]).parent == speaker.home / "recordings"
        assert theirs["recording"] is None, "sound stays with the candidate"


def test_who_is_killed_comes_back_to_the_same_answer_and_the_same_marks(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    clip = tmp_path / "clip.wav"
    say_to(clip, SENTENCES)
    with ExitStack() as open_terminals:
        enter = open_terminals.enter_context
        ben = enter(sitting("Ben", tmp_path / "b", sound_server, "host", "--role", "interviewer"))
        join = ("join", code_of(ben), "--role", "candidate")
        amina = enter(sitting("Amina", tmp_path / "a", sound_server, *join))
        ask(ben, amina)
        amina.terminal.press("Space")
        amina.terminal.wait_for("Speak now")
        ben.terminal.wait_for("still short")
        ben.terminal.press("g")
        ben.terminal.wait_for("+ good moment     1")
        sound_server.play(clip)
        amina.terminal.wait_for("failed step one", timeout_s=LONG_S)

        ben.terminal.kill()
        amina.terminal.wait_for("The host has been away")
        ben = enter(sitting("Ben", ben.home, sound_server, "resume"))
        ben.terminal.wait_for("+ good moment     1", timeout_s=LONG_S)

        amina.terminal.kill()
        amina = enter(sitting("Amina", amina.home, sound_server, *join))
        amina.terminal.wait_for("failed step one", "Space", timeout_s=LONG_S)
        amina.terminal.press("Enter")
        amina.terminal.wait_for("Are these your words?", "failed step 1", timeout_s=LONG_S)
        amina.terminal.press("Enter")
        rate_and_reveal(ben, amina)
        for one in (ben, amina):
            one.terminal.wait_for("1 round is done")
    (ours,), (theirs,) = (told(one.home, "history", "list")["attempts"] for one in (amina, ben))
    assert ours["id"] == theirs["id"]
