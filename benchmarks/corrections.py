"""Likely corrections: what they find, what they offer in vain, and what they cost.

Mishearings are written by hand or spoken by espeak-ng to the built-in recogniser: neither is a
person's voice before a large Vosk model, which is not here. See `tests.transcript.misheard`.
"""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.ratio import Amount, Ratio
from tests.speech.voices import say_to
from tests.transcript.misheard import (
    TUNING,
    UNSEEN,
    Answer,
    answers,
    holds,
    in_sentences,
    mishearings,
    transcript,
)
from trainer.bank.types import Term
from trainer.calibration.word_errors import pooled_error_rate
from trainer.catalogue import open_catalogue
from trainer.evaluation.conditions import without_case_and_punctuation
from trainer.transcript.engines import Engine
from trainer.transcript.likely import find_likely
from trainer.transcript.transcribing import transcribe
from trainer.transcript.types import Transcript

WORDS, TERMS = 320, 400
LONGEST_MS = 50.0
FALSE_WORDS = 300.0
RECALL = 60.0
TIMES = 15
VOICES = ("en-us", "en-gb")
SPOKEN = (
    "I passed Step 2 CK and then I applied through ERAS.",
    "My USMLE score was lower than I wanted.",
    "ECFMG certified me before the match.",
    "We started metformin and insulin.",
    "The patient took warfarin for atrial fibrillation.",
    "I gave ceftriaxone and azithromycin for pneumonia.",
    "He came with septic shock and needed norepinephrine.",
    "She had diabetic ketoacidosis and hyponatremia.",
    "The troponin was high, so it was a myocardial infarction.",
    "A pulmonary embolism was missed at first.",
    "He had cirrhosis with ascites.",
    "I did an observership in cardiology at Cleveland Clinic.",
    "My attending at Mount Sinai wrote a letter.",
    "The program director asked the chief resident.",
    "I want to do nephrology in Pittsburgh.",
    "I worked with a hospitalist in Cincinnati.",
    "I would like a fellowship in gastroenterology.",
    "We treated tuberculosis and meningitis every week.",
    "The creatinine rose after vancomycin.",
    "I need a J-1 visa to train in Massachusetts.",
    "Furosemide and lisinopril helped her heart failure.",
    "I rotated in endocrinology at Johns Hopkins.",
    "We saw endocarditis and pancreatitis in one night.",
    "I live in Philadelphia and my sister lives in Milwaukee.",
)


def measure() -> Iterator[Ratio | Amount | str]:
    """Measure harm, use and time."""
    terms = open_catalogue().library().terms
    yield from _harm(terms)
    yield from _precision(terms)
    yield from _use(terms)
    yield from _spoken(terms)
    yield from _time(terms)


def _harm(terms: Sequence[Term]) -> Iterator[Amount | str]:
    """What is offered in answers that hold none of the terms: all of it is wrong."""
    for name, half in (("for tuning", TUNING), ("unseen", UNSEEN)):
        for rough in (False, True):
            heard = list(answers(terms, half, rough=rough))
            found = [find_likely(answer.heard, terms) for answer in heard]
            words, false = sum(len(a.heard.words) for a in heard), sum(map(len, found))
            what = "built-in, 41 % wrong, all unsure" if rough else "15 % wrong"
            what = f"{len(heard)} answers without terms, {name}, {what}"
            least = None if rough else FALSE_WORDS
            shown = f"to a false suggestion, {what}"
            yield Amount(shown, words / max(1, false), "words", None, least)
            said = [" ".join(answer.right) for answer in heard]
            before = pooled_error_rate((s, a.heard.text) for s, a in zip(said, heard, strict=True))
            taken = (a.accepted(f) for a, f in zip(heard, found, strict=True))
            after = pooled_error_rate(zip(said, taken, strict=True))
            yield f"  {100 * before:.2f} % of words wrong, if all are taken {100 * after:.2f} %"


def _precision(terms: Sequence[Term]) -> Iterator[Amount | str]:
    """Answers that hold terms, with wrong words that are alike in spelling: few sound alike."""
    right = offered = 0
    for answer in answers(terms, UNSEEN, with_terms=True):
        for likely in find_likely(answer.heard, terms):
            offered += 1
            right += holds(answer.right_words(likely), likely.term.text)
    yield Amount(
        f"of {offered} suggestions right in answers with terms", 100 * right / offered, "%"
    )


def _use(terms: Sequence[Term]) -> Iterator[Amount]:
    for name, half in (("for tuning", TUNING), ("unseen", UNSEEN)):
        around = list(answers(terms, half))
        pairs = mishearings(half)
        for all_unsure in (False, True):
            hits = wrong = cases = 0
            for term, first, last, words in in_sentences(pairs, around, all_unsure=all_unsure):
                here = [
                    one for one in find_likely(words, terms) if one.start < last and first < one.end
                ]
                cases += 1
                hits += bool(here) and here[0].term.text == term
                wrong += bool(here) and here[0].term.text != term
            how = "all words unsure" if all_unsure else "56 % of their words unsure"
            what = f"{len(pairs)} mishearings, {name}, {how}"
            least = RECALL if half == UNSEEN else None
            yield Amount(f"found first (recall), {what}", 100 * hits / cases, "%", None, least)
            yield Amount(
                f"of what is offered there right, {what}", 100 * hits / (hits + wrong), "%"
            )


def _spoken(terms: Sequence[Term]) -> Iterator[Amount | str]:
    """Sentences with terms, spoken by espeak-ng and heard by the built-in recogniser."""
    if not shutil.which("espeak-ng") or not importlib.util.find_spec("pocketsphinx"):
        yield "not measured with spoken sentences: espeak-ng or pocketsphinx is missing"
        return
    lost = offered = right = heard_right = 0
    pairs = []
    with tempfile.TemporaryDirectory() as folder:
        for voice in VOICES:
            for sentence in SPOKEN:
                file = Path(folder) / "said.wav"
                say_to(file, sentence, voice)
                words = Transcript.heard(transcribe(file, Engine("builtin", "")), "builtin")
                pairs.append((without_case_and_punctuation(sentence), words.text))
                said = {t.text for t in terms if holds(sentence, t.text)}
                missed = {text for text in said if not holds(words.text, text)}
                heard_right += len(said) - len(missed)
                lost += len(missed)
                found = {one.term.text for one in find_likely(words, terms)}
                offered += len(found)
                right += len(found & missed)
    yield Amount(
        "word error rate of the built-in recogniser there", 100 * pooled_error_rate(pairs), "%"
    )
    yield f"  {lost} terms of {lost + heard_right} were misheard in {len(pairs)} spoken sentences"
    yield Amount("of them found (recall), voice and recogniser by machine", 100 * right / lost, "%")
    yield Amount(f"of {offered} suggestions right", 100 * right / max(1, offered), "%")


def _time(terms: Sequence[Term]) -> Iterator[Ratio | Amount]:
    few = terms[:TERMS]
    for name, share in (("every tenth word unsure", 10), ("every word unsure", 1)):
        words = _words(list(answers(terms, TUNING, most=20)), share)
        find_likely(words, few)  # prepares the terms, once
        times = []
        for _ in range(TIMES):
            before = time.process_time()
            find_likely(words, few)
            times.append(time.process_time() - before)
        what = f"likely corrections of {WORDS} words with {TERMS} terms, {name}"
        yield Ratio.of(
            what, times, "1000 splits into words", [_splits(words) for _ in range(TIMES)]
        )
        yield Amount(what, 1000 * sorted(times)[TIMES // 2], "ms", LONGEST_MS)


def _words(heard: Sequence[Answer], share: int) -> Transcript:
    words = " ".join(answer.heard.text for answer in heard).split()[:WORDS]
    return transcript([(word, at % share == 0) for at, word in enumerate(words)])


def _splits(words: Transcript) -> float:
    before = time.process_time()
    for _ in range(1000):
        words.text.split()
    return time.process_time() - before
