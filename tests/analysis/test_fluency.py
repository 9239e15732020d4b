from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.analysis.delivery import measure
from trainer.analysis.fluency import POSSIBLE, SURE, count_fillers, count_inside
from trainer.analysis.measurable import LEAST_MEAN, MOST_UNSURE, unmeasurable
from trainer.analysis.tokens import read
from trainer.analysis.types import FillerCount
from trainer.transcript.measuring import NOISY_DB
from trainer.transcript.types import FilledPause, HeardWord, Sound, Source, Transcript, Word

LIKELY = (SURE + POSSIBLE) / 2


def spoken(
    text: str,
    gaps: dict[int, float] | None = None,
    filled: Sequence[FilledPause] | None = None,
    source: Source = "vosk",
    confidence: float = 1.0,
    snr_db: float | None = None,
) -> Transcript:
    """Return words of 0.3 s, with `gaps[k]` seconds of silence after word `k`, else none."""
    at_s, words, voiced = 1.0, [], [1.0]
    for k, word in enumerate(text.split()):
        words.append(HeardWord(word, at_s, at_s + 0.3, confidence))
        at_s += 0.3
        if k in (gaps or {}):
            voiced += [at_s, at_s + gaps[k]]  # type: ignore[index]
            at_s += gaps[k]  # type: ignore[index]
    stretches = tuple(zip(voiced[::2], [*voiced[1::2], at_s][: len(voiced[::2])], strict=True))
    sound = Sound(stretches, None if filled is None else tuple(filled), snr_db)
    return Transcript.heard(words, source, sound)


def um(start_s: float, chance: float) -> FilledPause:
    return FilledPause(start_s, start_s + 0.4, chance)


def count(transcript: Transcript) -> dict[str, tuple[int, int]]:
    return {c.what: (c.low, c.high) for c in count_fillers(transcript) or ()}


# Filled pauses


def test_the_sound_gives_a_range_of_filled_pauses() -> None:
    heard = spoken("i was late", filled=[um(1, SURE), um(3, LIKELY), um(5, POSSIBLE / 2)])
    assert count(heard) == {"um": (1, 2)}
    assert count(spoken("i was late", filled=[])) == {"um": (0, 0)}


def test_without_ears_no_filled_pause_is_counted() -> None:
    assert count(spoken("um i was late")) == {}
    assert count_fillers(spoken("um i was late"), words=False) is None


def test_a_pause_that_was_also_written_is_counted_once_and_sure() -> None:
    heard = spoken("um i was late", filled=[um(0.9, LIKELY)])
    assert count(heard) == {"um": (1, 1)}


def test_an_um_of_the_recogniser_alone_is_possible_and_one_of_the_speaker_is_sure() -> None:
    heard = spoken("i was um late", filled=[um(9, SURE)])
    assert count(heard) == {"um": (1, 2)}
    words = tuple(replace(w, confidence=None) for w in heard.words)
    assert count(replace(heard, words=words, source="corrected")) == {"um": (2, 2)}


def test_written_ones_without_times_stand_for_those_of_the_sound() -> None:
    typed = replace(Transcript.typed("um i um was um late", "corrected"), sound=Sound(None, ()))
    assert count(typed) == {"um": (3, 3)}
    listened = replace(typed, sound=Sound(None, (um(1, SURE), um(2, SURE), um(3, LIKELY))))
    assert count(listened) == {"um": (3, 3)}


def test_typed_fillers_count_as_typed() -> None:
    assert count(Transcript.typed("Um, it was, like, um, hard.")) == {"um": (2, 2), "like": (1, 1)}
    assert count_fillers(Transcript.typed("It was hard.")) == ()


def test_the_most_frequent_filler_comes_first() -> None:
    heard = spoken("it was like you know like really bad", filled=[])
    assert [c.what for c in count_fillers(heard) or ()] == ["um", "like", "you know"]


# Pauses


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("i went to the | ward", 1),
        ("i saw a very | sick man", 1),
        ("we gave the | first dose early", 1),
        ("he was ill | and i called the nurse", 0),
        ("he was ill | because nobody had come", 0),
        ("i called the nurse | she came at once", 0),
        ("everyone went home | the nurse was alone", 0),
        ("i saw the patient | um and then i left", 0),
        ("i saw the | um patient", 1),
        ("it was you know | the first time", 1),
        ("the family left | in the morning i called them", 0),
        ("i called | Dr Khan", 1),
        ("He was ill. | Nobody knew.", 0),
        ("She was tired, | hungry and alone", 0),
        ("| i was late", 0),
        ("i was late |", 0),
    ],
)
def test_where_a_pause_lies(text: str, inside: int) -> None:
    words = text.split()
    at = words.index("|")
    heard = spoken(" ".join(w for w in words if w != "|"))
    middle_s = 1.0 + 0.3 * at
    assert count_inside(heard, [(middle_s - 0.05, middle_s + 0.05)]) == inside


def test_a_pause_does_not_prove_itself_a_boundary() -> None:
    heard = spoken("then in the end we gave the patients all of the tablets", {8: 0.6})
    delivery = measure(heard, None, 60, 120)
    assert (delivery.pauses, delivery.pauses_inside, delivery.pauses_between) == (1, 1, 0)


def test_a_long_pause_ends_a_sentence_where_the_words_allow_it() -> None:
    for text, at, inside in (("we called them nobody came", 2, 0), ("we called the nurse", 2, 1)):
        delivery = measure(spoken(text, {at: 1.2}), None, 60, 120)
        assert (delivery.pauses, delivery.pauses_inside) == (1, inside)


def test_without_times_of_words_the_place_of_a_pause_is_not_known() -> None:
    voiced = Sound(((0.0, 1.0), (2.0, 9.0)))
    typed = replace(Transcript.typed("one two three", "corrected"), sound=voiced)
    delivery = measure(typed, None, 60, 120)
    assert (delivery.pauses, delivery.pauses_inside, delivery.pauses_between) == (1, None, None)


# Pace


def test_articulation_leaves_out_the_time_of_pauses() -> None:
    delivery = measure(spoken("word " * 100, {9: 5.0, 19: 5.0}), None, 60, 120)
    assert delivery.answer_s == pytest.approx(40.0)
    assert delivery.pace_wpm == pytest.approx(150)
    assert delivery.articulation_wpm == pytest.approx(200)


def test_an_um_is_a_word_of_the_text_and_not_of_the_pace() -> None:
    plain, hesitant = spoken("word " * 50), spoken("word um " * 50)
    assert measure(hesitant, None, 60, 120).words == 100
    assert measure(hesitant, None, 60, 120).pace_wpm == pytest.approx(100)
    assert measure(plain, None, 60, 120).pace_wpm == pytest.approx(200)


# What is not measurable


def guessed(share: float, sure: float = 1.0, unsure: float = 0.5, words: int = 20) -> Transcript:
    count = round(share * words)
    heard = spoken("i was like really tired " * (words // 5), {3: 0.7}, [um(1, 1.0)])
    mixed = [unsure] * count + [sure] * (words - count)
    return replace(
        heard,
        words=tuple(replace(w, confidence=c) for w, c in zip(heard.words, mixed, strict=True)),
    )


def test_many_unsure_words_are_not_measurable() -> None:
    assert unmeasurable(guessed(MOST_UNSURE)) == ("words",)
    assert unmeasurable(guessed(MOST_UNSURE - 0.05)) == ()
    assert unmeasurable(guessed(0.2, sure=LEAST_MEAN, unsure=0.1)) == ("words",)


@pytest.mark.parametrize(("source", "found"), [("typed", ()), ("corrected", ()), ("unheard", ())])
def test_words_of_people_are_measurable(source: Source, found: tuple[()]) -> None:
    assert unmeasurable(replace(guessed(1.0), source=source)) == found


def test_guessed_words_have_no_pace_and_no_fillers_but_those_of_the_sound() -> None:
    delivery = measure(guessed(0.8), None, 60, 120)
    assert delivery.unmeasurable == ("words",)
    assert (delivery.pace_wpm, delivery.articulation_wpm) == (None, None)
    assert (delivery.pauses, delivery.pauses_inside, delivery.pauses_between) == (1, None, None)
    assert delivery.fillers == (FillerCount("um", 1, 1),)
    assert delivery.answer_s == pytest.approx(6.7)


def test_the_words_of_the_built_in_recogniser_have_a_rough_pace_only() -> None:
    delivery = measure(replace(guessed(0.0), source="builtin"), None, 60, 120)
    assert delivery.unmeasurable == ("words",)
    assert delivery.pace_wpm
    assert (delivery.articulation_wpm, delivery.pauses_inside) == (None, None)


def test_in_noise_the_clock_and_the_words_are_left() -> None:
    heard = guessed(0.0)
    assert heard.sound
    noisy = replace(heard, sound=replace(heard.sound, snr_db=NOISY_DB - 1))
    delivery = measure(noisy, 30.0, 60, 120)
    assert delivery.unmeasurable == ("sound",)
    assert (delivery.answer_s, delivery.pace_wpm) == (30.0, 40.0)
    assert (delivery.first_word_s, delivery.pauses, delivery.articulation_wpm) == (None,) * 3
    assert [c.what for c in delivery.fillers or ()] == ["like"]
    quiet = replace(heard, sound=replace(heard.sound, snr_db=NOISY_DB))
    assert measure(quiet, 30.0, 60, 120).unmeasurable == ()


# Whatever is said


WORDS = st.sampled_from(
    [
        "i",
        "um",
        "the",
        "like",
        "you",
        "know",
        "mean",
        "kind",
        "of",
        "and",
        "so",
        "was",
        "nurse,",
        "three.",
        "because",
        "patient",
    ]
)


@st.composite
def answers(draw: st.DrawFn) -> Transcript:
    words = draw(st.lists(WORDS, max_size=30))
    gaps = draw(st.dictionaries(st.integers(0, 29), st.floats(0.1, 3.0), max_size=6))
    inner = {k: gap for k, gap in gaps.items() if k < len(words) - 1}
    starts = st.floats(0, 20)
    chances = st.floats(0, 1)
    filled = draw(st.none() | st.lists(st.builds(um, starts, chances), max_size=5))
    if not words:
        return Transcript("", (), "unheard", Sound((), None if filled is None else tuple(filled)))
    return spoken(" ".join(words), inner, filled)


@settings(deadline=None)  # the first example imports
@given(answers())
def test_figures_agree_with_each_other(transcript: Transcript) -> None:
    delivery = measure(transcript, 40.0, 60, 120)
    tokens = len(read(transcript).tokens)
    filled = (transcript.sound.filled if transcript.sound else None) or ()
    for one in delivery.fillers or ():
        assert 0 <= one.low <= one.high <= tokens + (len(filled) if one.what == "um" else 0)
    if delivery.pauses_inside is not None and delivery.pauses_between is not None:
        assert delivery.pauses_inside + delivery.pauses_between == delivery.pauses
        assert min(delivery.pauses_inside, delivery.pauses_between) >= 0
    if delivery.articulation_wpm is not None and delivery.pace_wpm is not None:
        assert delivery.articulation_wpm >= delivery.pace_wpm - 1e-9


@settings(deadline=None)
@given(answers(), st.floats(0.0, 60.0))
def test_a_later_beginning_changes_the_first_word_only(transcript: Transcript, by_s: float) -> None:
    before, after = (measure(t, None, 60, 120) for t in (transcript, _moved(transcript, by_s)))
    if before.first_word_s is None or after.first_word_s is None:
        assert before.first_word_s == after.first_word_s
    else:
        assert after.first_word_s == pytest.approx(before.first_word_s + by_s)
    for name in ("fillers", "words", "pauses", "pauses_inside", "pauses_between"):
        assert getattr(before, name) == getattr(after, name)
    for name in ("answer_s", "pace_wpm", "articulation_wpm", "paused_s"):
        assert getattr(before, name) == pytest.approx(getattr(after, name), abs=1e-5)


def _moved(transcript: Transcript, by_s: float) -> Transcript:
    def moved(word: Word) -> Word:
        assert word.start_s is not None
        assert word.end_s is not None
        return replace(word, start_s=word.start_s + by_s, end_s=word.end_s + by_s)

    sound = transcript.sound
    assert sound
    voiced = tuple((a + by_s, b + by_s) for a, b in sound.voiced or ())
    filled = None
    if sound.filled is not None:
        filled = tuple(
            FilledPause(f.start_s + by_s, f.end_s + by_s, f.chance) for f in sound.filled
        )
    return replace(
        transcript,
        words=tuple(map(moved, transcript.words)),
        sound=replace(sound, voiced=voiced, filled=filled),
    )
