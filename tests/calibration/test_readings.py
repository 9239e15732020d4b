"""The texts to read aloud: long enough, wide in sounds, and read strictly."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from trainer.calibration.readings import find_reading, load_readings
from trainer.calibration.wording import words_of
from trainer.catalogue import open_catalogue
from trainer.errors import TrainerError, UsageError
from trainer.paths import Home, shipped

SHIPPED = shipped("models") / "readings.yaml"
LETTERS = {"ck"}


def test_the_shipped_texts_take_about_a_minute() -> None:
    readings = load_readings()
    assert len(readings) >= 3
    for reading in readings:
        assert 140 <= len(reading.text.split()) <= 160
        assert 140 <= len(words_of(reading.text)) <= 160
        assert all(6 <= len(sentence.split()) <= 20 for sentence in reading.sentences)
        assert reading.text.isascii()


@pytest.mark.skipif(not find_spec("pocketsphinx"), reason="its word list is read")
def test_every_sound_of_english_is_in_every_text_and_every_word_is_known() -> None:
    import pocketsphinx

    listed = Path(pocketsphinx.get_model_path("en-us"), "cmudict-en-us.dict")
    sounds: dict[str, set[str]] = {}
    for line in listed.read_text(encoding="utf-8").splitlines():
        word, *spoken = line.split()
        sounds.setdefault(re.sub(r"\(\d\)", "", word), set()).update(spoken)
    every = set().union(*sounds.values())
    assert len(every) == 39
    for reading in load_readings():
        words = set(words_of(reading.text)) - LETTERS
        assert words <= set(sounds)
        assert set().union(*(sounds[word] for word in words)) == every


def test_no_bank_is_made_of_them(tmp_path: Path) -> None:
    library = open_catalogue(Home(tmp_path)).library()
    assert not library.complaints
    assert not {r.id for r in load_readings()} & {loaded.bank.id for loaded in library.banks}


def test_a_text_is_found_by_its_id() -> None:
    readings = load_readings()
    assert find_reading(readings, readings[1].id) == readings[1]
    with pytest.raises(UsageError, match=r"no text 'nothing'.*clinic, ward, team"):
        find_reading(readings, "nothing")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("schema: 1", "schema: 2", ":6: schema"),
        ("title: A village clinic", "titel: A village clinic", ":9: .*is no known field"),
        ("id: ward", "id: clinic", r":22: readings\[2\].id: this id is already at .*:8"),
        ("id: clinic", "id: A b", r":8: readings\[1\].id"),
        ("      - After Step 1 I", "      - [After]\n      - I", r":13: .*sentences\[3\]"),
        ("readings:", "texts:", "is no known field"),
    ],
)
def test_a_file_with_a_mistake(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    file = tmp_path / "readings.yaml"
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TrainerError, match=complaint):
        load_readings(file)
