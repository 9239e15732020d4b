"""Listing by filters and orders; stars and tags."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Answered, Run


def ids(run: Run, *options: str, command: tuple[str, ...] = ("list",)) -> list[str]:
    result = run("history", *command, *options, "--json")
    assert result.code == 0, result.err
    return [attempt["id"] for attempt in result.json["attempts"]]


def test_each_filter_narrows_the_list_down(run: Run, answered: Answered) -> None:
    every = [answered.follow_up, answered.poor, answered.good]
    assert ids(run) == every
    for options, expected in (
        (["--bank", "low-score"], every),
        (["--mark", "acknowledge=met"], [answered.good]),
        (["--mark", "acknowledge=partly", "--flag", "blame"], [answered.poor]),
        (["--score", "99-0"], [answered.poor]),
        (["--since", "2999-01-01"], []),
        (["--until", "1999-01-01"], []),
        (["--until", "2999-01-01", "--rater", "machine"], every),
        (["--rater", "peer"], []),
        (["--spoken"], []),
        (["--typed"], every),
        (["--starred"], []),
        (["--not-starred", "--rubric", "ownership"], every),
        (["--session", "none"], []),
    ):
        assert ids(run, *options) == expected, options
    assert ids(run, "it", "--mark", "acknowledge=met", command=("search",)) == [answered.good]


def test_lists_are_put_in_order(run: Run, answered: Answered) -> None:
    newest = ids(run)
    assert ids(run, "--reverse") == newest[::-1]
    assert ids(run, "--sort", "score")[-1] == answered.poor
    assert ids(run, "--sort", "score", "--reverse")[0] == answered.poor


def test_stars_are_given_and_taken_away(run: Run, answered: Answered) -> None:
    assert (
        run("history", "star", answered.good[:8], answered.poor).out == "2 answers are starred.\n"
    )
    assert ids(run, "--starred") == [answered.poor, answered.good]
    run("history", "star", answered.good, "--off")
    assert ids(run, "--starred") == [answered.poor]
    assert run("history", "star", "nothing").code == 2


def test_tags_are_added_shown_counted_and_taken_away(run: Run, answered: Answered) -> None:
    assert "no tags yet" in run("history", "tag").err
    run("history", "tag", answered.good, "my best", "boston")
    assert run("history", "tag", answered.good, "cases").out == "Tags: boston, cases, my best\n"
    assert run("history", "tag", answered.good, "CASES", "--remove", "--json").json["tags"] == [
        "boston",
        "my best",
    ]
    run("history", "tag", answered.poor, "boston")
    assert run("history", "tag").out.split() == ["2", "boston", "1", "my", "best"]
    assert run("history", "tag", "--json").json["tags"][0] == {"name": "boston", "answers": 2}
    assert ids(run, "--tag", "My best") == [answered.good]
    assert "no tags" in run("history", "tag", answered.follow_up).err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--bank", "nothing"], "There is no bank 'nothing'"),
        (["--question", "nothing"], "There is no question 'nothing'"),
        (["--rubric", "nothing"], "There is no rubric 'nothing'"),
        (["--mark", "nothing=met"], "There are: acknowledge, change"),
        (["--mark", "change"], "write it as change=met"),
        (["--mark", "change=good"], "write it as change=met"),
        (["--flag", "nothing"], "No answer has the warning 'nothing'"),
        (["--tag", "nothing"], "No answer has a tag yet."),
        (["--score", "good"], "write it as 40-65"),
        (["--since", "yesterday"], "write it as 2026-03-01"),
        (["--sort", "luck"], "luck"),
    ],
)
def test_what_cannot_be_meant_is_told(
    run: Run, answered: Answered, options: list[str], said: str
) -> None:
    result = run("history", "list", *options)
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())
