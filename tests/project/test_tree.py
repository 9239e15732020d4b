"""What the files of the project say of themselves, and what they must not say."""

from __future__ import annotations

import re
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

import trainer

PROJECT = Path(__file__).parents[2]
# Paths of one machine, and where packages come from: that is the user's choice.
FORBIDDEN = re.compile(rb"(?<![\w.>])/(?:root|work|farm|Users)/|pypi\.org|pythonhosted|index-url")
SUSPECT = (b"/root/", b"/work/", b"/farm/", b"/Users/", b"pypi.org", b"pythonhosted", b"index-url")


def kept_files() -> list[Path]:
    """Return the files that belong to the project, new ones included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [PROJECT / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_one_machine_or_a_registry() -> None:
    for path in kept_files():
        if path != Path(__file__) and path.is_file():
            content = path.read_bytes()
            found = any(word in content for word in SUSPECT) and FORBIDDEN.search(content)
            assert not found, f"{path}: {found.group()!r}"


def test_the_changelog_begins_with_this_version() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d[^\]]*)\]", changelog, re.MULTILINE)
    assert released[0] == trainer.__version__


def test_every_dependency_is_pinned() -> None:
    """Whatever is installed here for this project has its tested version in constraints.txt."""
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {re.split(r"[= ;]", line)[0].lower() for line in lines if line[:1] not in ("", "#")}
    assert all("==" in line for line in lines if line[:1] not in ("", "#"))
    wanted = {"hatchling"}
    for requirement in metadata.requires("interview-trainer") or ():
        wanted.add(re.split(r"[^A-Za-z0-9_.-]", requirement)[0].lower())
    assert wanted - {"interview-trainer"} <= pinned


def test_every_make_target_is_listed() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    listed = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    assert sorted(phony.split()) == sorted(listed)
    contributing = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in ("run", "test", "check", "bench", "picture", "clean"):
        assert f"make {target}" in contributing
