"""A speech program speaks into a private file, and whatever it does ends in time."""

from __future__ import annotations

import stat
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.playback import programs
from tests.processes import is_gone
from tests.waiting import wait_until
from trainer.children.parent import Child
from trainer.doctor.reading import examine_reader
from trainer.paths import Home
from trainer.playback import reading, synthesis
from trainer.playback.chunks import NotASpeech, speech_in
from trainer.playback.reading import try_speech
from trainer.reading import Reader
from trainer.system import find_speech_program, speech_commands


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return tmp_path / "programs"


class Spoken:
    """The child, told to speak a text, and what it answered."""

    def __init__(self, program: Path, text: str = "hello") -> None:
        self.messages: list[dict[str, str]] = []
        self.child: Child = reading._begin(str(program), 160, self.messages.append)
        self.child.tell({"text": text})

    @property
    def answer(self) -> dict[str, str]:
        wait_until(lambda: bool(self.messages), "it answers")
        return self.messages[0]


@pytest.fixture
def speak() -> Iterator[type[Spoken]]:
    """Children that end with the test."""
    made: list[Spoken] = []

    class Kept(Spoken):
        def __init__(self, *args: object) -> None:
            super().__init__(*args)  # type: ignore[arg-type]
            made.append(self)

    yield Kept
    for spoken in made:
        spoken.child.close(0.0)


def test_the_file_is_private_whole_and_gone_with_its_parent(box: Path, speak: type[Spoken]) -> None:
    spoken = speak(programs.stand_in(box, programs.SPEAKS))
    file = Path(spoken.answer["file"])
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 16_000)
        assert sound.getnframes() == 8000
    assert spoken.child.close() == 0
    assert not file.parent.exists()


def test_a_parent_that_is_killed_leaves_neither_file_nor_program(
    box: Path, speak: type[Spoken]
) -> None:
    spoken = speak(programs.stand_in(box, programs.HANGS))
    wait_until(lambda: (box / "folder").exists(), "it works")
    folder, pid = Path((box / "folder").read_text()), int((box / "pid").read_text())
    assert folder.is_dir()
    spoken.child._close_input()  # as the end of the parent does
    wait_until(lambda: is_gone(pid), "the program is ended")
    wait_until(lambda: not folder.exists(), "the folder is removed")


def test_a_child_that_is_ended_by_force_leaves_neither_either(
    box: Path, speak: type[Spoken]
) -> None:
    spoken = speak(programs.stand_in(box, programs.HANGS))
    wait_until(lambda: (box / "folder").exists(), "it works")
    folder, pid = Path((box / "folder").read_text()), int((box / "pid").read_text())
    spoken.child._process.terminate()
    wait_until(lambda: is_gone(pid) and not folder.exists(), "both are gone")


@pytest.mark.parametrize("text", ["-x --stdout", "$(touch x); `touch x`", "[[h@l@U]] \x1b[2J"])
def test_the_text_never_comes_near_the_command_line(
    box: Path, speak: type[Spoken], text: str
) -> None:
    assert "file" in speak(programs.stand_in(box, programs.SPEAKS), text).answer
    assert (box / "text").read_text() == text
    arguments = (box / "arguments").read_text().splitlines()
    assert arguments[:7] == ["-v", "en-us", "--stdin", "-b", "1", "-s", "130"]
    assert len(arguments) == 9


def test_a_length_that_is_not_true_means_the_rest(box: Path, speak: type[Spoken]) -> None:
    spoken = speak(programs.stand_in(box, programs.LIES_ABOUT_ITS_LENGTH))
    with wave.open(spoken.answer["file"]) as sound:
        assert sound.getnframes() == 8000


def test_another_english_voice_is_taken_where_there_is_no_american_one(
    box: Path, speak: type[Spoken]
) -> None:
    assert "file" in speak(programs.stand_in(box, programs.KNOWS_ONLY_ENGLISH)).answer
    voices = [line for line in (box / "arguments").read_text().splitlines() if line[:2] == "en"]
    assert voices[:2] == ["en-us", "en"]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (programs.CRASHES, "exit code -6"),
        (programs.FAILS, "exit code 3"),
        (programs.WRITES_GARBAGE, "its file is no sound"),
        (programs.WRITES_SILENCE, "its file is no sound"),
        (programs.WRITES_NOTHING, "No such file"),
    ],
)
def test_each_way_to_fail_is_told_and_leaves_nothing(box: Path, code: str, told: str) -> None:
    problem = try_speech(str(programs.stand_in(box, code)))
    assert problem
    assert problem.message.startswith("The question cannot be read aloud.")
    assert told in problem.message
    assert problem.hint
    folder = Path((box / "folder").read_text())
    wait_until(lambda: not folder.exists(), "the folder is removed")


def test_a_program_that_is_not_there_any_more_is_told(box: Path) -> None:
    problem = try_speech(str(box / "gone"))
    assert problem
    assert "The speech program is missing." in problem.message


def test_a_program_that_hangs_is_ended_with_what_it_started(
    box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthesis, "LIMIT_S", 0.5)
    made = synthesis.Synthesis()
    program = programs.stand_in(
        box,
        "print(subprocess.Popen(['sleep', '60']).pid, "
        "file=open(here / 'grandchild', 'w')); time.sleep(60)",
    )
    with pytest.raises(synthesis.Problem) as raised:
        made.speak("hello", str(program), 160)
    assert raised.value.kind == "slow"
    wait_until(lambda: is_gone(int((box / "pid").read_text())), "it is ended")
    wait_until(lambda: is_gone(int((box / "grandchild").read_text())), "what it started is too")
    made.end()
    assert not made._scratch.folder.exists()


def test_a_speech_that_is_too_long_is_no_question(
    box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthesis, "MOST_BYTES", 1000)
    made = synthesis.Synthesis()
    with pytest.raises(synthesis.Problem) as raised:
        made.speak("hello", str(programs.stand_in(box, programs.SPEAKS)), 160)
    made.end()
    assert raised.value.detail == "its file is too long"


@pytest.mark.parametrize(
    "file",
    [b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEdata\4\0\0\0abcd", b"OggS" + bytes(90)],
)
def test_what_is_no_speech_is_refused(file: bytes) -> None:
    with pytest.raises(NotASpeech):
        speech_in(file)


# Which program, on which system


def test_a_missing_program_is_named_with_its_command(
    box: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.only_on_path(monkeypatch, box)
    missing = Reader().available()
    assert missing
    assert "A speech program is missing." in missing.message
    assert "espeak-ng" in missing.hint
    (check,) = examine_reader(home)
    assert (check.state, check.group, check.remedy) == ("missing", "voice", missing.hint)


def test_the_doctor_lets_the_program_speak(
    box: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = programs.stand_in(box, programs.SPEAKS)
    programs.only_on_path(monkeypatch, box)
    assert Reader().available() is None
    (check,) = examine_reader(home)
    assert (check.state, check.detail) == ("ok", str(program))
    programs.stand_in(box, programs.FAILS)
    (check,) = examine_reader(home)
    assert check.state == "broken"
    assert check.remedy


def test_old_espeak_does_where_there_is_no_new_one(
    box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = programs.stand_in(box, programs.SPEAKS, "espeak")
    programs.only_on_path(monkeypatch, box)
    assert find_speech_program() == str(program)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_on_every_system_the_text_comes_by_standard_input(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    commands = speech_commands("/bin/program", Path("/tmp/o'neill/spoken.wav"), 160)
    assert all(command[0] == "/bin/program" for command in commands)
    joined = [" ".join(command) for command in commands]
    if platform == "darwin":
        assert all("-f -" in line and "-r 160" in line for line in joined)
        assert "-v Samantha" in joined[0]
        assert "-v" not in commands[-1]
    if platform == "win32":
        import base64

        ((*_, encoded),) = commands
        script = base64.b64decode(encoded).decode("utf-16-le")
        assert "SetOutputToWaveFile('/tmp/o''neill/spoken.wav'" in script
        assert "$voice.Rate = -1\n" in script
        assert "{" not in script.replace("{ }", "").replace("{ $voice", "")
