"""A data folder in which there is one of everything that the program keeps."""

from __future__ import annotations

from pathlib import Path

from tests.keeping.stored import Stock
from tests.store.samples import draft
from trainer.config import Settings, save_settings
from trainer.paths import Home, write_private
from trainer.store.database import Store

SECRET = "zanzibar"
"""A word that is in an answer, a draft, a backup, the profile and a damaged file."""


def fill(home: Home) -> None:
    """Put one of everything into a home, in the names that the program gives."""
    home.prepare()
    with Store.open(home) as store:
        stock = Stock(home, store)
        stock.answer(1, f"I said {SECRET}.")
        stock.flac(1).write_bytes(b"fLaC")
        stock.draft(2)
        stock.record(3)
        store.save_draft(draft("typed", text=f"I am saying {SECRET}"))
    save_settings(home, Settings(questions=7))
    for folder in (
        home.logs,
        home.peer,
        home.recordings,
        home.models / "en",
        home.models / ".installing",
    ):
        folder.mkdir(parents=True, exist_ok=True)
    for path in (
        home.profile,
        home.calibration_file,
        home.root / "config.json.damaged-2",
        home.root / "profile.123.partial",
        home.root / "trainer.sqlite3.before-v3",
        home.root / "trainer.sqlite3.damaged-20260101T000000Z-2-wal",
        home.root / "trainer.sqlite3.new",
        home.logs / "trainer.log",
        home.logs / "trainer.log.1",
        home.locks / f"{'a' * 32}.lock",
        home.locks / f"{'b' * 32}-{'c' * 32}.shown",
        home.recordings / f"{'d' * 32}.wav.partial",
        home.recordings / f"{'d' * 32}.json.partial",
        home.peer / f"together-{'e' * 32}.jsonl",
        home.peer / f"hosted-{'e' * 32}.jsonl",
        home.peer / f"hosted-{'e' * 32}.jsonl.lock",
        home.peer / f"door-{'e' * 32}.json",
        home.peer / f"pass-{'f' * 16}.json",
        home.models / "en" / ".installed.json",
        home.models / "en" / "graph",
        home.models / ".installing" / "en.zip.partial",
        home.models / ".installing" / "en.lock",
    ):
        write_private(path, SECRET)


def paths_in(home: Home) -> set[str]:
    """Return the paths of all that is in a home, links not followed."""
    return {str(path.relative_to(home.root)) for path in home.root.rglob("*")}


def holds_secret(folder: Path) -> bool:
    """Tell whether the word is in any file below a folder."""
    return any(
        SECRET.encode() in path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
