"""What stands in the file of a shared answer, and how it is opened by somebody else."""

from __future__ import annotations

import base64
import json
import platform
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from tests.exchange.histories import START, answer, transcripts
from tests.exchange.shares import AT, LATER, MARKS, RUBRIC, full, recording, reviewed, shared
from tests.playback.recordings import noise
from trainer.audio.reading import open_flac
from trainer.bank.types import Mark
from trainer.coach.method import KEYWORDS, TRAINED, Method
from trainer.errors import UsageError
from trainer.exchange.schema import SHARE_FILE, build_share_schema
from trainer.exchange.share_reading import read_share
from trainer.exchange.share_reviewing import (
    add_comment,
    add_review,
    show_share,
    take_back,
    write_review,
)
from trainer.exchange.share_sound import write_sound
from trainer.exchange.share_writing import share_of, write_share
from trainer.recall import encode_rubric
from trainer.store.types import FillerReview, MarkedMoment, SharedRound
from trainer.transcript.types import Sound, Transcript

SECRET = "zanzibar"


def test_nothing_else_of_the_history_is_in_the_file(tmp_path: Path) -> None:
    """Every other field of a record says the secret, or a moment that would show in the text."""
    record = answer(1)
    old, rating = record.transcripts[0], record.ratings[0]
    attempt = replace(
        record.attempt,
        session_id=SECRET,
        bank_id=SECRET,
        bank_title=SECRET,
        started_at="2001-02-03T04:05:06Z",
        take=7,
        probe_of=SECRET,
        origin=f"/home/{SECRET}/{platform.node()}.m4a",
        recording="ab" * 16 + ".wav",
        starred=True,
        tags=(SECRET,),
    )
    sound = Sound(((0.0, 1.0),), None, 77.77)
    newest = replace(
        old,
        id="newest",
        corrects=old.id,
        created_at="2001-02-03T04:05:06Z",
        transcript=replace(Transcript.typed("I own it."), sound=sound),
    )
    record = replace(
        record,
        attempt=attempt,
        transcripts=(replace(old, transcript=Transcript.typed(SECRET)), newest),
        ratings=(
            rating,
            replace(rating, id="of-newest", transcript_id="newest", comment=SECRET),
            replace(
                rating,
                id="peer",
                transcript_id="newest",
                rating=replace(rating.rating, rater="peer"),
                rater_name=SECRET,
            ),
        ),
        follow_up_ids=(SECRET,),
        filler_reviews=(FillerReview(SECRET, "a1", AT, "self", 3),),
        notes=(replace(record.notes[0], transcript_id="newest", end=1, text=SECRET),),
        moments=(MarkedMoment(SECRET, "a1", "blame", 1.0, SECRET, SECRET),),
        shared=SharedRound("a1", SECRET, 1, "candidate", SECRET, SECRET),
    )
    words = share_of(record, RUBRIC, LATER)
    with_marks = share_of(record, RUBRIC, LATER, ratings=True)
    with_sound = share_of(record, RUBRIC, LATER, recording=recording(tmp_path))
    for share in (words, with_marks, with_sound):
        text = write_share(replace(share, sound=None))
        for secret in (SECRET, platform.node(), "2001-02-03", "abab", str(tmp_path), "starred"):
            assert secret not in text, secret
        assert "any" not in json.loads(text)["checklist"]["criteria"][0]
        assert all(cue.id not in text for c in RUBRIC.flags for cue in c.cues)
    assert "77.77" not in write_share(words)
    assert words.ratings == with_sound.ratings == ()
    assert [rating.id for rating in with_marks.ratings] == ["of-newest"]
    assert with_sound.sound
    flac = base64.b64decode(with_sound.sound.data)
    assert flac[4] == 0x80, "the block that tells the form of the sound is the only one"
    assert b"reference" not in flac
    assert b"abab" not in flac


@given(transcripts())
@settings(max_examples=40)
def test_what_is_written_is_read_the_same(tmp_path_factory: object, words: Transcript) -> None:
    record = answer(1)
    record = replace(
        record, transcripts=(replace(record.transcripts[0], transcript=words),), ratings=()
    )
    if not words.words:
        with pytest.raises(UsageError, match="no words"):
            share_of(record, None, AT)
        return
    folder = tmp_path_factory.mktemp("share")  # type: ignore[attr-defined]
    file = folder / "share.json"
    share = share_of(record, RUBRIC, AT)
    file.write_text(write_share(share), encoding="ascii")
    read = read_share(file)
    assert read.entry == share
    view = show_share(read)
    assert view.transcript.transcript == replace(words, sound=None)


def test_the_sound_comes_out_as_it_went_in(tmp_path: Path) -> None:
    read = shared(tmp_path, recording=recording(tmp_path))
    assert read.sound
    folder = tmp_path / "scratch"
    folder.mkdir()
    file = write_sound(read.sound, folder)
    assert file.stat().st_mode & 0o077 == 0
    samples = open_flac(file)
    assert samples.read(0, samples.count) == noise(1.0)
    samples.close()
    assert show_share(read, file).recording_s == pytest.approx(1.0)


def test_a_shared_answer_is_shown_like_a_stored_one(tmp_path: Path) -> None:
    blind = show_share(shared(tmp_path, intent="To see if you own it."))
    assert (blind.rating, blind.report.score) == (None, None)
    assert blind.rubric is not None
    assert [c.title for c in blind.rubric.criteria] == [c.title for c in RUBRIC.criteria]
    assert [c.marks for c in blind.rubric.criteria] == [c.marks for c in RUBRIC.criteria]
    assert blind.item.question.intent == "To see if you own it."
    assert blind.transcript.delivery.answer_s == 42.0
    rated = show_share(shared(tmp_path, ratings=True))
    assert rated.report.score
    assert [line.mark for line in rated.report.lines] == [Mark.MET, Mark.MISSED]
    assert START.date().isoformat() not in str(rated.record.attempt)


@pytest.mark.parametrize(("head", "method"), [("ownership/change", TRAINED), (None, KEYWORDS)])
def test_a_shared_answer_tells_what_has_rated_it(
    tmp_path: Path, head: str | None, method: Method
) -> None:
    record = answer(1)
    rubric = replace(RUBRIC, criteria=tuple(replace(c, head=head) for c in RUBRIC.criteria))
    stored = record.ratings[0]
    stored = replace(
        stored,
        rating=replace(stored.rating, scorer_version="cues-2+encoder-1"),
        rubric_json=encode_rubric(rubric),
    )
    given = shared(tmp_path, replace(record, ratings=(stored,)), ratings=True)
    assert show_share(given).report.method == method


def test_what_a_mentor_adds_stands_in_the_file_that_goes_back(tmp_path: Path) -> None:
    given = reviewed(shared(tmp_path, recording=recording(tmp_path)))
    file = tmp_path / "back.json"
    file.write_text(write_review(given))
    back = read_share(file)
    assert back.sound is None
    assert (back.entry.reviews, back.entry.comments) == (given.entry.reviews, given.entry.comments)
    view = show_share(back)
    peer = view.record.rating_of(view.transcript, "peer")
    assert peer
    assert (peer.rating.marks, peer.rater_name) == (MARKS, "Dr. Amal Haddad")
    assert peer.comment == "Calm, says Dr. Amal Haddad."
    assert [(n.start, n.end, n.rater_name) for n in view.notes] == [(0, 2, "Dr. Amal Haddad")]
    without = take_back(take_back(back, peer.id), view.notes[0].id)
    assert (without.entry.reviews, without.entry.comments) == ((), ())


def test_what_says_nothing_cannot_be_added(tmp_path: Path) -> None:
    given = shared(tmp_path)
    count = len(show_share(given).transcript.transcript.words)
    for start, end in ((0, 0), (-1, 1), (0, count + 1), (count, count + 1)):
        with pytest.raises(UsageError, match="no words"):
            add_comment(given, "Amal", LATER, start, end, "Why?")
    with pytest.raises(UsageError, match="says nothing"):
        add_comment(given, "Amal", LATER, 0, 1, " \n")
    with pytest.raises(UsageError, match="says nothing"):
        add_review(given, "Amal", LATER)
    with pytest.raises(UsageError, match="name is missing"):
        add_review(given, " ", LATER, MARKS)
    with pytest.raises(UsageError, match="no mark yet"):
        add_review(given, "Amal", LATER, {"change": Mark.MET})
    with pytest.raises(UsageError, match="characters"):
        add_comment(given, "Amal", LATER, 0, 1, "x" * 4001)


def test_the_shipped_schema_is_that_of_the_types(tmp_path: Path) -> None:
    shipped = json.loads(SHARE_FILE.read_text(encoding="utf-8"))
    assert shipped == build_share_schema(), "run: python -m trainer.exchange.schema"
    jsonschema.Draft202012Validator.check_schema(shipped)
    jsonschema.Draft202012Validator(shipped).validate(full(tmp_path))
