"""`trainer profile`: show, add, remove, path."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from trainer.paths import Home


def test_without_names_it_says_how_to_add_one(run: Run, home: Home) -> None:
    result = run("profile", "show")
    assert (result.code, result.err) == (0, "")
    assert "trainer profile add programs NAME" in result.out
    assert not home.root.exists()


def test_names_are_added_shown_and_removed(run: Run, home: Home) -> None:
    assert run("profile", "add", "programs", " [b]Montefiore[/] ").code == 0
    added = run("profile", "add", "people", "Dr. Nguyen", "--sounds-like", "doctor win")
    assert added.out.startswith("Added to")
    assert run("profile", "add", "people", "Dr. Nguyen").out == "It is there already.\n"
    assert run("profile", "show").out == (
        "programs  [b]Montefiore[/]\npeople    Dr. Nguyen (sounds like: doctor win)\n"
    )
    assert run("profile", "remove", "Dr. Nguyen").code == 0
    value = run("profile", "show", "--json").json
    assert value == {
        "schema_version": 1,
        "file": str(home.profile),
        "programs": ["[b]Montefiore[/]"],
        "places": [],
        "schools": [],
        "people": [],
        "words": [],
        "sounds_like": {},
        "complaints": [],
    }


def test_the_path_is_told_before_there_is_a_file(run: Run, home: Home) -> None:
    assert run("profile", "path").out == f"{home.profile}\n"


def test_mistakes_of_the_file_are_told_with_their_line(run: Run, home: Home) -> None:
    home.prepare()
    home.profile.write_text("schema: 1\nprograms: \x1b[31m\n")
    result = run("profile", "show")
    assert (result.code, result.out) == (2, "")
    assert f"{home.profile}:2:" in result.err
    assert "\x1b" not in result.err
    value = run("profile", "show", "--json").json
    assert value["complaints"][0]["line"] == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "drugs", "x"), "'drugs' is not one of"),
        (("add", "words", "  "), "cannot be a name"),
        (("add", "words", "\x1b[31m"), "cannot be a name"),
        (("add", "words", "x", *("--sounds-like", "y") * 6), "too many"),
        (("remove", "x"), "has no 'x'"),
        (("add", "words"), "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, arguments: tuple[str, ...], told: str) -> None:
    result = run("profile", *arguments)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert "\x1b" not in result.err


def test_the_help_names_every_field_of_the_json(run: Run) -> None:
    told = run("profile", "show", "--help").out
    assert all(name in told for name in run("profile", "show", "--json").json)
