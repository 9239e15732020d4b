"""Transcripts of other programs: who said what, and when, in whichever form and encoding."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange import files
from trainer.errors import UsageError
from trainer.exchange.captions import read_captions
from trainer.exchange.passages import Passage, named, seconds_of
from trainer.exchange.problems import FileError, FormError
from trainer.exchange.said import MOST_WORDS, Said, read_passages, take_words
from trainer.exchange.scripts import read_script


def said(path: Path, text: str | bytes, name: str = "call.txt", **how: object) -> Said:
    file = path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return take_words(read_passages(file), **how)  # type: ignore[arg-type]


def times(found: Said) -> list[tuple[float | None, float | None]]:
    return [(word.start_s, word.end_s) for word in found.transcript.words]


def test_zoom_names_the_speaker_before_each_cue(tmp_path: Path) -> None:
    found = said(tmp_path, files.ZOOM, speaker="Omar Haddad")
    assert found.transcript.text == "Well: I like it. Really."
    assert found.transcript.source == "imported"
    assert found.speakers == ("Dr. Anna Kim", "Omar Haddad")
    assert times(found)[0][0] == 4.0
    assert times(found)[-1] == (8.5, 10.0)
    assert not found.interrupted


def test_teams_marks_voices(tmp_path: Path) -> None:
    found = said(tmp_path, files.TEAMS, speaker="kim, anna")
    assert found.transcript.text == "Why & where?"
    assert said(tmp_path, files.TEAMS, speaker="omar").transcript.text == "I like it."


def test_subrip_loses_its_tags_and_numbers(tmp_path: Path) -> None:
    found = said(tmp_path, files.SRT)
    assert found.transcript.text == "I did it. It was enough."
    assert (times(found)[0][0], times(found)[-1][1]) == (1.0, 4.0)


def test_sbv_has_a_pair_of_times(tmp_path: Path) -> None:
    assert said(tmp_path, files.SBV, speaker="omar").transcript.text == "hello"


def test_otter_says_when_a_turn_begins(tmp_path: Path) -> None:
    found = said(tmp_path, files.OTTER, speaker="Omar")
    assert found.transcript.text == "I like it. Note: it is so. More of it."
    assert (times(found)[0][0], times(found)[-1][1]) == (4.0, 20.0)


@pytest.mark.parametrize("program", files.TALKS)
def test_the_talk_is_the_same_by_whichever_program(tmp_path: Path, program: str) -> None:
    found = said(tmp_path, files.TALKS[program], speaker="omar")
    assert found.transcript.text == "I like it. Really."
    assert found.speakers == ("Anna Kim", "Omar Haddad")
    assert found.timed
    asked = said(tmp_path, files.TALKS[program], speaker="anna").transcript.text
    assert asked == "Why here? Thanks."


def test_a_title_before_the_talk_is_nobody_who_speaks(tmp_path: Path) -> None:
    found = said(tmp_path, "My talk\n1 March\n\nOmar  0:04\nI like it.\n\nOmar  0:09\nReally.\n")
    assert (found.speakers, found.transcript.text) == (("Omar",), "I like it. Really.")


def test_a_line_that_is_almost_a_head_costs_no_time(tmp_path: Path) -> None:
    began_s = process_time()
    for almost in ("Anna", "Anna 1 minute"):
        assert said(tmp_path, f"{almost}{' ' * 200_000}x\n").transcript.text.startswith(almost)
    assert process_time() - began_s < 0.5  # else sixty looks at each blank


def test_whisper_writes_ranges(tmp_path: Path) -> None:
    found = said(tmp_path, "[00:00.000 --> 00:03.000]  I like it.\n[00:03.000 --> 00:04.500] So.\n")
    assert found.transcript.text == "I like it. So."
    assert (times(found)[0][0], times(found)[-1]) == (0.0, (3.0, 4.5))


@pytest.mark.parametrize(
    "text",
    [
        "Omar Haddad\nI waited 5 minutes 3 seconds\nThen 5 minutes",
        "0:03 Yes\n0:05 No",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n(Applause)\nI like it.",
        "1\n00:01,000 --> 00:02,000\nNew York\nis far\n\n2\n00:02,000 --> 00:03,000\nSo is\nOhio",
        "Dear committee,\nMotivation: I like it.\nMotivation: I stay.",
    ],
)
def test_what_only_looks_like_a_name_stays_a_word(tmp_path: Path, text: str) -> None:
    (tmp_path / "call.txt").write_text(text)
    found = " ".join(one.text for one in read_passages(tmp_path / "call.txt"))
    words = re.sub(r"WEBVTT|\d\d:.*|^\d$|0:0\d|Motivation:", "", text, flags=re.M).split()
    assert found.split() == words


def test_a_last_turn_without_an_end_has_no_times(tmp_path: Path) -> None:
    found = said(tmp_path, files.OTTER, speaker="Anna Kim")
    assert found.transcript.text == "Why here? Thanks."
    assert not found.timed
    assert found.interrupted


def test_meet_has_times_to_choose_a_part_by(tmp_path: Path) -> None:
    assert said(tmp_path, files.MEET, speaker="omar").transcript.text == (
        "Because of the clinic. Then I would stay."
    )
    later = said(tmp_path, files.MEET, speaker="omar", from_s=300.0)
    assert later.transcript.text == "Then I would stay."
    assert later.speakers == ("Anna Kim", "Omar Haddad")


def test_lines_that_roll_up_are_said_once_and_words_keep_their_times(tmp_path: Path) -> None:
    found = said(tmp_path, files.ROLLING)
    assert found.transcript.text == "hello dear world too"
    assert times(found) == [(0.0, 0.5), (0.5, 2.0), (2.01, 3.0), (3.0, 4.0)]


def test_plain_words_stay_as_they_are(tmp_path: Path) -> None:
    text = "My point: I failed once.\n\nThen I woke at 6:30\nand studied."
    found = said(tmp_path, text)
    assert (found.transcript.text, found.speaker, found.timed) == (text, None, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = "I learned it from Dr. Müller, “slowly”."
    assert said(tmp_path, text.encode(encoding)).transcript.text == text


def test_the_western_code_page_and_old_line_ends_are_read(tmp_path: Path) -> None:
    found = said(tmp_path, "Dr. Müller\rsaid “no”".encode("cp1252"))
    assert found.transcript.text == "Dr. Müller\nsaid “no”"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04docx",
        b"\x00\x01\x02\xff",
        b"RIFF\x10\x01\x02WAVE",
        b"{\\rtf1 said",
        b"%PDF-1.7 said",
        b" <!DOCTYPE html><p>said",
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(FileError, match="no plain text"):
        said(tmp_path, data)


def test_nothing_said_is_refused(tmp_path: Path) -> None:
    for text in ("", " \n", "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n\n"):
        with pytest.raises(FileError, match="holds no words") as caught:
            said(tmp_path, text)
        assert "--" not in str(caught.value)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"gone\.vtt"):
        read_passages(tmp_path / "gone.vtt")
    with pytest.raises(FileError):
        read_passages(tmp_path / "a\0b")


@pytest.mark.parametrize(
    "timing",
    [
        "00:00:03.000 -->",
        "--> 00:00:03.000",
        "00:00:03.000 --> 00:00:01.000",
        "-00:00:03.000 --> 00:00:05.000",
        "00:61:03.000 --> 00:62:05.000",
        "999:00:00.000 --> 999:00:01.000",
        "99999999999999999999:00:00.000 --> 1:00:00.000",
        "a --> b",
    ],
)
def test_a_cue_that_is_not_whole_names_its_line(tmp_path: Path, timing: str) -> None:
    with pytest.raises(FileError, match=r"call\.txt, line 3") as caught:
        said(tmp_path, f"WEBVTT\n\n{timing}\nhello\n")
    assert caught.value.hint


def test_several_speakers_are_listed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Anna Kim \(2 words\).*--speaker"):
        said(tmp_path, files.ZOOM)
    with pytest.raises(UsageError, match="No speaker has the name 'Eve'"):
        said(tmp_path, files.ZOOM, speaker="Eve")
    with pytest.raises(UsageError, match="Several speakers have"):
        said(tmp_path, files.ZOOM, speaker="a")
    with pytest.raises(UsageError, match="names no speakers"):
        said(tmp_path, "I did it.", speaker="Omar")


def test_a_part_needs_times_and_words(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no times") as caught:
        said(tmp_path, "I did it.", from_s=3.0)
    assert "--" not in str(caught.value), "a screen says so too, where there are no options"
    with pytest.raises(UsageError, match="begins at 0:08"):
        said(tmp_path, files.ZOOM, speaker="omar", from_s=30.0)


def test_times_count_from_the_part(tmp_path: Path) -> None:
    found = said(tmp_path, files.ZOOM, speaker="omar", from_s=4.0, to_s=8.5)
    assert found.transcript.text == "Well: I like it."
    assert times(found)[0][0] == 0.0


def test_more_than_an_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="more than one answer") as caught:
        said(tmp_path, "word " * (MOST_WORDS + 1))
    assert "--" not in str(caught.value)


def test_overlapping_cues_give_times_that_never_go_back(tmp_path: Path) -> None:
    cues = "1\n00:00:01,000 --> 00:00:09,000\na b\n\n2\n00:00:02,000 --> 00:00:03,000\nc d\n"
    found = times(said(tmp_path, cues))
    assert found == sorted(found)


def test_a_word_before_a_colon_is_a_name_only_if_it_comes_again() -> None:
    once = named([Passage("Note: it was late.", 1), Passage("I went.", 2), Passage("So.", 3)])
    assert [p.speaker for p in once] == [None, None, None]
    assert once[0].text == "Note: it was late."


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_script(text)
    for kind in ("vtt", "srt", "sbv"):
        try:
            passages = read_captions(text, kind)  # type: ignore[arg-type]
        except FormError as error:
            assert 1 <= error.line <= text.count("\n") + 1
        else:
            assert all(p.text.strip() for p in passages)


line = st.sampled_from(
    [
        "WEBVTT",
        "",
        "00:00:01.000 --> 00:00:02.000",
        "00:00:00.500 --> 00:00:09.000",
        "00:00:01,000 --> 00:00:02,000",
        "0:00:01.000,0:00:02.000",
        "Omar: I did <v Eve>it</v><00:00:01.500> so",
        "Omar  0:12",
        "0:13",
        "NOTE x",
        "7",
        "<script>alert(1)</script>",
        "<i></i>",
    ]
)


@given(st.lists(line, max_size=14))
def test_words_have_all_their_times_in_order_or_none(lines: list[str]) -> None:
    text = "\n".join(lines)
    for passages in (read_captions(text, "vtt"), read_captions(text, "sbv"), read_script(text)):
        for speaker in {p.speaker for p in passages}:
            found = take_words([p for p in passages if p.speaker == speaker])
            transcript = found.transcript
            assert transcript.text.split() == [
                transcript.text[w.start : w.end] for w in transcript.words
            ]
            timed = [w for w in transcript.words if w.start_s is not None]
            assert len(timed) in (0, len(transcript.words))
            flat = [s for w in timed for s in (w.start_s, w.end_s) if s is not None]
            assert flat == sorted(flat)


@given(st.floats(0, 86_000))
def test_clocks_are_read_to_the_thousandth(seconds: float) -> None:
    thousandths = round(seconds * 1000)
    rest, milli = divmod(thousandths, 1000)
    clock = f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
    for mark in ".,":
        assert seconds_of(f"{clock}{mark}{milli:03d}") == pytest.approx(thousandths / 1000)
