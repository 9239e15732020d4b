"""From sentences to a model folder, step by step."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.speech.recipe.acoustic_model import train
from tests.speech.recipe.graph import build_graph, number_words
from tests.speech.recipe.kaldi_files import write_model
from tests.speech.recipe.language_model import LanguageModel
from tests.speech.recipe.lexicon import collect_lexicon
from tests.speech.recipe.phone_table import PhoneTable
from tests.speech.recipe.recordings import cast, record_all
from tests.speech.recipe.synthesis import SILENCE
from tests.speech.recipe.text import compose_utterances, list_words, read_sentences

TEXT_SEED, VOICE_SEED, TRAINING_SEED = 1, 7, 0


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is put into a model: spoken texts, rounds over them, sizes of hidden layers."""

    utterances: int
    epochs: int
    hidden: tuple[int, ...]
    processes: int


def build_model(
    folder: Path,
    sentences_file: Path,
    avoided: Collection[str],
    effort: Effort,
    report: Callable[[str], None],
) -> None:
    """Build a model of the sentences' words in a folder. None of the `avoided` texts is said."""
    sentences = read_sentences(sentences_file)
    vocabulary = list_words(sentences)
    texts = compose_utterances(sentences, effort.utterances, avoided, TEXT_SEED)
    recordings = record_all(cast(texts, VOICE_SEED), effort.processes)
    frames = sum(len(recording.phones) for recording in recordings)
    report(f"{len(recordings)} utterances spoken, {frames / 360000:.1f} hours")

    heard = {phone for recording in recordings for phone in recording.phones}
    sounds = [SILENCE, *sorted(heard - {SILENCE})]
    index = {sound: number for number, sound in enumerate(sounds)}
    acoustic_model = train(
        [recording.features for recording in recordings],
        [np.array([index[phone] for phone in recording.phones]) for recording in recordings],
        len(sounds),
        effort.hidden,
        effort.epochs,
        TRAINING_SEED,
        report,
    )

    readings = (reading for recording in recordings for reading in recording.readings)
    lexicon = collect_lexicon(readings, vocabulary)
    phones = PhoneTable(sounds)
    graph = build_graph(LanguageModel(sentences, vocabulary), lexicon, phones)
    write_model(folder, acoustic_model, graph, number_words(vocabulary), phones)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    report(f"{len(vocabulary)} words, {len(sounds)} sounds, {size} bytes in {folder}")
