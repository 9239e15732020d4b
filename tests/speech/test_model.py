"""The test model: real Vosk understands every voice with it, as it would with a downloaded one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from tests.speech.answers import ANSWERS, LOW_SCORE, MISTAKE, TEAMWORK
from tests.speech.listening import MODEL, Heard, HeardWord, listen
from tests.speech.measurement import HELD_OUT, add_noise, speak_sentences
from tests.speech.recipe.text import list_words, read_sentences
from tests.speech.voices import VOICES, Speech, speak
from trainer.calibration.word_errors import pooled_error_rate, word_error_rate

# One worker: Vosk is started once for what several tests look at.
pytestmark = pytest.mark.xdist_group("speech-model")

PROJECT = Path(__file__).parents[2]
SENTENCES = Path(__file__).parent / "sentences.txt"
LARGEST_MODEL_BYTES = 600_000
WORST_RATE = 0.05

# A word's edge against the true one: espeak-ng's sounds fade in and out, and frames last 30 ms.
EDGE_S = 0.15


@pytest.fixture(scope="module")
def paused() -> Speech:
    return speak(MISTAKE.sentences[:5], pause_s=[0.6, 0.9, 1.5, 3.0])


@pytest.fixture(scope="module")
def noisy() -> Speech:
    return speak(TEAMWORK.sentences[:4], "en-gb-scotland")


STRANGE = ("the zebra painted a purple bicycle", "photosynthesis requires chlorophyll")
SILENT_S = (0.0, 0.02, 5.0)


@pytest.fixture(scope="module")
def clips(paused: Speech, noisy: Speech) -> Mapping[str, Heard]:
    """Several clips, each heard from the beginning."""
    sounds = {
        "paused": paused.pcm,
        "noisy": add_noise(noisy.pcm),
        "strange": speak(STRANGE).pcm,
        "figures": speak(LOW_SCORE.sentences[-2:]).pcm,
        **{f"silent {seconds}": bytes(32 * round(1000 * seconds)) for seconds in SILENT_S},
    }
    return dict(zip(sounds, listen(list(sounds.values())), strict=True))


@pytest.fixture
def heard(clips: Mapping[str, Heard]) -> Heard:
    return clips["paused"]


def test_the_model_is_small() -> None:
    files = [file for file in MODEL.rglob("*") if file.is_file()]
    assert {"final.mdl", "HCLG.fst", "model.conf"} <= {file.name for file in files}
    assert sum(file.stat().st_size for file in files) <= LARGEST_MODEL_BYTES


def test_what_it_is_tried_on_is_not_what_it_learned() -> None:
    learned = read_sentences(SENTENCES)
    answered = [sentence for answer in ANSWERS.values() for sentence in answer.sentences]
    tried = read_sentences(HELD_OUT) + answered
    assert len(read_sentences(HELD_OUT)) >= 40
    assert not set(tried) & set(learned)
    assert set(list_words(tried)) <= set(list_words(learned))
    assert all(60 <= len(answer.text.split()) <= 120 for answer in ANSWERS.values())


@pytest.mark.audio
def test_every_voice_is_understood() -> None:
    """Each voice says a quarter, all of them each sentence twice; `tests.speech.measurement` lets
    each say all."""
    said = read_sentences(HELD_OUT)
    texts = {voice: said[at % 4 :: 4] for at, voice in enumerate(VOICES)}
    sounds = [sound for voice in VOICES for sound in speak_sentences(texts[voice], voice)]
    heard = iter(listen(sounds))
    for voice in VOICES:
        pairs = [(text, next(heard).text) for text in texts[voice]]
        wrong = [pair for pair in pairs if pair[0] != pair[1]]
        assert pooled_error_rate(pairs) <= WORST_RATE, (voice, wrong)


@pytest.mark.audio
def test_whole_answers_are_understood_at_any_level() -> None:
    levels_db = (0.0, -6.0, -12.0, -20.0, 0.0)
    spoken = [
        speak(answer.sentences, voice, level_db=level_db)
        for answer, voice, level_db in zip(ANSWERS.values(), VOICES, levels_db, strict=False)
    ]
    assert len(spoken) == len(ANSWERS)
    for speech, heard in zip(spoken, listen([speech.pcm for speech in spoken]), strict=True):
        assert word_error_rate(speech.text, heard.text) <= WORST_RATE, heard.text


@pytest.mark.audio
def test_noise_does_little_harm(noisy: Speech, clips: Mapping[str, Heard]) -> None:
    heard = clips["noisy"].text
    assert word_error_rate(noisy.text, heard) <= 2 * WORST_RATE, heard


@pytest.mark.audio
def test_a_pause_gives_a_result(paused: Speech, heard: Heard) -> None:
    """Half a second of silence after a sentence ends a phrase; 0.6 s may be too short for it."""
    assert 4 <= len(heard.phrases) <= 5
    assert word_error_rate(paused.text, heard.text) <= WORST_RATE
    for phrase, (_, end_s) in zip(heard.phrases[::-1], paused.spans[::-1], strict=False):
        assert end_s - EDGE_S < phrase.at_s < end_s + 1.2


@pytest.mark.audio
def test_words_have_the_times_at_which_they_sound(paused: Speech, heard: Heard) -> None:
    words = iter(heard.words)
    for sentence, (begin_s, end_s) in zip(paused.sentences, paused.spans, strict=True):
        spoken = [next(words) for _ in sentence.split()]
        assert spoken[0].start_s == pytest.approx(begin_s, abs=EDGE_S)
        assert spoken[-1].end_s == pytest.approx(end_s, abs=EDGE_S)
    assert all(word.start_s < word.end_s for word in heard.words)
    assert all(one.end_s <= other.start_s + 0.03 for one, other in pairwise(heard.words))


@pytest.mark.audio
def test_a_phrase_is_heard_while_it_is_spoken(paused: Speech, heard: Heard) -> None:
    begin_s, end_s = paused.spans[0]
    partials = [partial for partial in heard.partials if partial.at_s < end_s]
    assert begin_s < partials[0].at_s < begin_s + 0.8
    lengths = [len(partial.text.split()) for partial in partials]
    assert len(set(lengths)) >= 4
    assert heard.phrases[0].text.startswith(partials[len(partials) // 2].text.split()[0])


@pytest.mark.audio
def test_right_words_are_surer_than_wrong_ones(clips: Mapping[str, Heard], heard: Heard) -> None:
    unknown = clips["strange"]
    assert unknown.words
    assert mean_confidence(heard.words) > 0.9
    assert mean_confidence(unknown.words) < mean_confidence(heard.words) - 0.1
    assert all(0 < word.confidence <= 1.001 for word in [*heard.words, *unknown.words])


@pytest.mark.audio
def test_figures_are_spoken_as_words(clips: Mapping[str, Heard]) -> None:
    assert "two forty nine" in clips["figures"].text


@pytest.mark.audio
def test_silence_has_no_words(clips: Mapping[str, Heard]) -> None:
    assert [clips[f"silent {seconds}"].words for seconds in SILENT_S] == [()] * len(SILENT_S)


@pytest.mark.audio
def test_the_build_makes_a_model_that_vosk_runs(tmp_path: Path) -> None:
    """A build in small: too little sound to understand much, but every step and every file."""
    sentences = tmp_path / "sentences.txt"
    text = "i passed the exam\nwe changed the plan\n"
    sentences.write_text(text, encoding="utf-8")
    speech = speak(text.splitlines())
    folder = tmp_path / "model"
    command = [sys.executable, "-m", "tests.speech.build", str(folder), "--utterances", "120"]
    command += ["--epochs", "8", "--hidden", "48", "--sentences", str(sentences)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    heard = listen([speech.pcm], folder)[0]
    assert word_error_rate(speech.text, heard.text) <= 0.5


def mean_confidence(words: tuple[HeardWord, ...]) -> float:
    return sum(word.confidence for word in words) / len(words)
