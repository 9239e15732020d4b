from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.bank.types import Term
from trainer.errors import TrainerError, UsageError
from trainer.paths import Home
from trainer.profile import storing
from trainer.profile.storing import add_name, load_profile, remove_name
from trainer.profile.types import KINDS, Profile


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.prepare()
    return made


def test_a_missing_file_is_an_empty_profile(home: Home) -> None:
    assert load_profile(home) == (Profile(), ())
    assert not home.profile.exists()


def test_names_are_added_and_removed(home: Home) -> None:
    assert add_name(home, "programs", "Montefiore")
    assert add_name(home, "people", "Dr. Nguyễn: #1", ("doctor win",))
    assert not add_name(home, "programs", "Montefiore")
    profile, complaints = load_profile(home)
    assert complaints == ()
    assert profile.terms() == (
        Term("Montefiore", (), "program"),
        Term("Dr. Nguyễn: #1", ("doctor win",), "person"),
    )
    remove_name(home, "Dr. Nguyễn: #1")
    assert load_profile(home)[0] == Profile(programs=("Montefiore",))


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
def test_the_file_is_for_the_user_alone(home: Home) -> None:
    add_name(home, "words", "x")
    assert stat.S_IMODE(home.profile.stat().st_mode) == 0o600
    assert [path.name for path in home.root.iterdir() if "profile" in path.name] == ["profile.yaml"]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("schema: 1\nprograms: [a]\nprograms: [b]\n", 3, "stands here twice"),
        ('schema: 1\npeople: ["\\e[31mred"]\n', 2, "escape for an invisible character"),
        ("schema: 1\npeople: [\x1b[31m]\n", 2, "invisible character"),
        ("schema: 1\nprograms: Montefiore\n", 2, "write a list"),
        ("schema: 1\nprogrammes: [a]\n", 2, "did you mean programs?"),
        ("schema: 2\n", 1, "write 1"),
        ("schema: 1\nplaces: [2019]\n", 2, "put quotes around it"),
        ("schema: 1\nplaces: [no]\n", 2, "put quotes around it"),
        ("schema: 1\nplaces: [&a x, *a]\n", 2, "anchor"),
        ("schema: 1\nplaces: [a]\nsounds_like: {b: [c]}\n", 3, "stands in no list above"),
        (f"schema: 1\nplaces: [{'x' * 90}]\n", 2, "at most 80"),
        (f"schema: 1\nplaces: [{', '.join(['x'] * 1001)}]\n", 2, "at most 1000"),
        ("x" * 1_100_000, 1, "more than 1,000,000"),
        ("", 1, "is empty"),
    ],
    ids=range(14),
)
def test_a_bad_file_is_told_and_never_used(home: Home, text: str, line: int, problem: str) -> None:
    home.profile.write_text(text)
    profile, complaints = load_profile(home)
    assert profile == Profile()
    assert complaints[0].line == line
    assert any(problem in str(complaint) for complaint in complaints)
    with pytest.raises(UsageError, match="Your profile has a mistake"):
        add_name(home, "words", "y")
    assert home.profile.read_text() == text


def test_a_folder_or_a_dead_link_in_its_place_is_told(home: Home) -> None:
    home.profile.symlink_to(home.root / "nowhere")
    assert "is a link to a file that does not exist" in str(load_profile(home)[1][0])
    home.profile.unlink()
    home.profile.mkdir()
    assert "is a folder" in str(load_profile(home)[1][0])


def test_comments_are_not_lost(home: Home) -> None:
    text = "schema: 1\nplaces: [a]  # where I grew up\n"
    home.profile.write_text(text)
    with pytest.raises(UsageError, match="has comments"):
        add_name(home, "places", "b")
    assert home.profile.read_text() == text


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb", "a\tb", "\x1b[31m", "a\u202eb"])
def test_what_cannot_be_a_name_is_refused(home: Home, name: str) -> None:
    with pytest.raises(UsageError):
        add_name(home, "words", name)
    with pytest.raises(UsageError):
        add_name(home, "words", "x", (name,))
    assert not home.profile.exists()


def test_a_name_that_is_not_there_cannot_be_removed(home: Home) -> None:
    with pytest.raises(UsageError, match="has no 'x'"):
        remove_name(home, "x")


def test_where_it_cannot_be_saved_the_old_one_stays(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_name(home, "words", "x")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing.os, "fsync", fail)
    with pytest.raises(TrainerError, match="No space left"):
        add_name(home, "words", "y")
    assert load_profile(home)[0].words == ("x",)
    assert list(home.root.glob("*.partial")) == []


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.text(max_size=90)), max_size=5))
def test_what_is_taken_comes_back(
    tmp_path_factory: pytest.TempPathFactory, names: list[tuple[str, str]]
) -> None:
    home = Home(tmp_path_factory.mktemp("home"))
    kept = set()
    for kind, name in names:
        try:
            add_name(home, kind, name)  # type: ignore[arg-type]
        except UsageError:
            continue
        kept.add((kind, name))
    profile, complaints = load_profile(home)
    assert complaints == ()
    assert {(kind, name) for kind in KINDS for name in profile.of(kind)} == kept
