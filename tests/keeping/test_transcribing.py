"""A compressed recording is heard like the plain one."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import pytest

from tests.keeping.stored import Stock
from tests.speech.listening import MODEL
from tests.speech.voices import say
from trainer.keeping.keeping import Keeping
from trainer.transcript.engines import Engine
from trainer.transcript.measuring import measure_sound
from trainer.transcript.transcribing import transcribe


@pytest.mark.audio
@pytest.mark.skipif(find_spec("vosk") is None, reason="Vosk has no package here")
def test_the_same_words_and_measures_come_from_either_form(
    stock: Stock, keeping: Callable[..., Keeping]
) -> None:
    pcm = np.zeros(8_000, "<i2").tobytes() + say("then i changed my plan and passed the exam")
    stock.answer(pcm=pcm)
    engine = Engine("vosk", "tiny", MODEL)
    words, sound = transcribe(stock.wav(), engine), measure_sound(stock.wav())
    assert words
    keeping().tidy()
    assert not stock.wav().exists()
    for file in (stock.flac(), stock.wav()):
        assert transcribe(file, engine) == words
        assert measure_sound(file) == sound
