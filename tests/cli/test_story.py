"""The story of an answer on the command line."""

from tests.cli.conftest import Run
from trainer.coach.storyline import UNCLEAR

STORY = (
    "In March 2022, on the medical ward in Lahore, a man of seventy came with chest pain at night. "
    "I was the only doctor there and it was my job to decide about the transfer. "
    "I took an ECG within five minutes, I called the cardiologist, and I asked the nurse to repeat "
    "the pressure every ten minutes. We wrote the times on the board. "
    "He reached the cath lab in forty minutes and went home on the fifth day. "
    "I learned to say the time aloud, and since then I do it in every emergency."
)
VOLUNTEERED = (
    "I am from Lahore and I like long walks. My Step 1 was 204. I want to be an internist."
)


def test_the_story_is_told_in_json(run_real: Run) -> None:
    value = run_real("score", "-", "--rubric", "star", "--json", stdin=STORY).json
    story = value["report"]["story"]
    assert [part["name"] for part in story["parts"]] == [
        "situation",
        "task",
        "action",
        "result",
        "reflection",
    ]
    assert sum(part["share"] for part in story["parts"]) <= 1
    assert story["parts"][2]["verdict"] in ("short", "as usual", "long", "not heard")
    assert story["parts"][0]["usual"]["advised"] == 0.2
    assert story["parts"][0]["seconds"] is None
    assert [run["start"] for run in story["runs"]] == sorted(run["start"] for run in story["runs"])
    assert story["unclear"] is False
    assert story["i_words"] >= 3
    assert story["owned"] is story["volunteered"] is story["repeated"] is None
    assert story["lines"]


def test_the_story_is_told_in_lines(run_real: Run) -> None:
    result = run_real("score", "-", "--rubric", "star", stdin=STORY)
    assert "Story:    Situation" in result.out
    assert "Coaches advise about 60 %." in result.out
    assert max(map(len, result.out.splitlines())) <= 80


def test_too_little_for_parts_is_said(run_real: Run) -> None:
    result = run_real("score", "-", "--rubric", "star", stdin="I called the nurse on the ward.")
    assert UNCLEAR in result.out


def test_a_score_that_nobody_asked_for_is_quoted(run_real: Run) -> None:
    by_question = ("--question", "opening-about-yourself")
    value = run_real("score", "-", *by_question, "--json", stdin=VOLUNTEERED).json
    story = value["report"]["story"]
    assert "Step 1 was 204" in story["volunteered"]
    assert story["parts"] == []
    assert "Nobody asked about your exams" in story["lines"][0]


def test_a_question_without_a_rubric_is_listened_to_as_well(run_real: Run) -> None:
    by_question = ("--question", "opening-panel-thirty-seconds")
    result = run_real("score", "-", *by_question, stdin=VOLUNTEERED)
    assert "Nobody asked about your exams" in result.out


def test_an_answer_that_tells_no_story_has_none(run_real: Run) -> None:
    text = "I would like to know how interns are supervised at night, and by whom."
    value = run_real("score", "-", "--rubric", "closing", "--json", stdin=text).json
    assert value["report"]["story"] is None
