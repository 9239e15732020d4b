"""The user's data, and the banks."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

from trainer.bank.types import Complaint, Library
from trainer.calibration.storing import read_calibration
from trainer.catalogue import Catalogue, open_catalogue
from trainer.config import load_settings
from trainer.display import one_line
from trainer.doctor.types import Check, State
from trainer.encoder.problems import EncoderMissingError
from trainer.errors import ConfigError, StoreError
from trainer.notices import exposure, left_over
from trainer.paths import PRIVATE_FILE_MODE, Home, folder_hint, nearest
from trainer.store import opening
from trainer.store.connection import connect, plain_errors, suspicion, transaction
from trainer.system import private_hint

LEAST_FREE_BYTES = 10_000_000  # some thousand typed answers with their index
_MADE_LATER = "It is made at the first start"
_REINSTALL = "Install the trainer again."


def examine_home(home: Home) -> tuple[Check, ...]:
    """Look at the folder of the user's data, the disk it is on, and the settings."""
    return (_folder(home), _space(home), _settings(home), *_calibration(home))


def _folder(home: Home) -> Check:
    title, root = "Your data", home.root
    there = nearest(root)
    if not there.is_dir():
        return Check("home", title, "broken", f"{there} is not a folder.", folder_hint(root))
    if not os.access(there, os.W_OK | os.X_OK):
        return Check("home", title, "broken", f"{there} cannot be written to.", folder_hint(root))
    if there != root:
        return Check("home", title, "ok", f"{_MADE_LATER}: {root}")
    if exposed := exposure(home):
        return Check("home", title, "broken", exposed, private_hint(root))
    return Check("home", title, "ok", str(root))


def _space(home: Home) -> Check:
    free = shutil.disk_usage(nearest(home.root)).free
    detail = f"{free / 1e9:,.1f} GB free"
    if free >= LEAST_FREE_BYTES:
        return Check("space", "Disk space", "ok", detail)
    remedy = f"Free at least {LEAST_FREE_BYTES // 1_000_000} MB on the disk of {home.root}."
    return Check("space", "Disk space", "broken", detail, remedy)


def _settings(home: Home) -> Check:
    _, complaint = load_settings(home)
    if complaint:
        remedy = f"Mend {home.config_file}, or delete it."
        return Check("settings", "Settings", "broken", complaint, remedy)
    detail = str(home.config_file) if home.config_file.exists() else "The defaults are used."
    return Check("settings", "Settings", "ok", detail)


def _calibration(home: Home) -> tuple[Check, ...]:
    """Say nothing of what everybody has to begin with: no figures at all."""
    title, file = "Your voice", home.calibration_file
    try:
        if read_calibration(home) is None:
            return ()
    except ConfigError as error:
        return (Check("calibration", title, "broken", error.message, error.hint),)
    return (Check("calibration", title, "ok", str(file)),)


def examine_history(home: Home) -> tuple[Check, ...]:
    """Read the whole database, look for damage, and try whether it can be written."""
    left = left_over(home)
    more = (Check("history-damaged", "Damaged history", "ok", left),) if left else ()
    return (_history(home), *more)


def _history(home: Home) -> Check:
    path = home.database
    try:
        with plain_errors(path):
            state = opening.examine(path)
            answers = _count_answers(path) if state is opening.State.READY else None
    except StoreError as error:
        return Check("history", "History", "broken", error.message, error.hint)
    if state is opening.State.MISSING:
        detail = f"{_MADE_LATER}: {path}"
    elif state is opening.State.OLD:
        detail = f"The next start brings it to this version, after a backup: {path}"
    elif answers is None:
        remedy = "Start the trainer: it keeps the damaged file and rescues what can be read."
        return Check("history", "History", "broken", f"{path} is damaged.", remedy)
    else:
        detail = f"{answers} {'answer' if answers == 1 else 'answers'} in {path}"
    return Check("history", "History", "ok", detail)


def _count_answers(path: Path) -> int | None:
    """Return how many answers there are, or None where the file is damaged.

    Raises `sqlite3.Error` where nothing can be written.
    """
    with closing(connect(path)) as connection:
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            suspicion(path).touch(PRIVATE_FILE_MODE)  # a start checks only small files by itself
            return None
        answers: int = connection.execute("SELECT count(*) FROM attempts").fetchone()[0]
        with transaction(connection):  # SQLite begins it on a read-only file too
            connection.execute("DELETE FROM drafts WHERE 0")
        return answers


def examine_banks(home: Home) -> tuple[Check, ...]:
    """Load every bank and rubric, and make the machine's rater with its trained reader."""
    catalogue = open_catalogue(home)
    library = catalogue.library()
    yours = one_line(str(home.banks))
    own = [c for c in library.complaints if c.file.startswith(yours)]
    shipped = [c for c in library.complaints if not c.file.startswith(yours)]
    return (_shipped_banks(library, shipped), _own_banks(library, own, home), _rater(catalogue))


def _shipped_banks(library: Library, complaints: list[Complaint]) -> Check:
    banks = [loaded.bank for loaded in library.banks if loaded.layer == "shipped"]
    rubrics = [layer for layer in library.rubric_layers.values() if layer == "shipped"]
    questions = sum(len(bank.questions) for bank in banks)
    detail = f"{len(banks)} banks, {questions} questions, {len(rubrics)} rubrics"
    title = "Question banks"
    if complaints:
        return Check("banks", title, "broken", f"{detail}; {complaints[0]}", _REINSTALL)
    if not banks:
        return Check("banks", title, "missing", detail, _REINSTALL)
    return Check("banks", title, "ok", detail)


def _own_banks(library: Library, complaints: list[Complaint], home: Home) -> Check:
    title = "Your own banks"
    if complaints:
        detail = f"{len(complaints)} mistakes, the first: {complaints[0]}"
        return Check("own-banks", title, "broken", detail, "Run: trainer banks check")
    banks = sum(loaded.layer == "yours" for loaded in library.banks)
    return Check("own-banks", title, "ok", f"{banks or 'none'} in {home.banks}")


def _rater(catalogue: Catalogue) -> Check:
    rater, title = catalogue.rater(), "Rating"
    lacking = rater.shortfall
    if lacking:
        state: State = "missing" if isinstance(lacking, EncoderMissingError) else "broken"
        return Check("rating", title, state, lacking.message, lacking.hint)
    detail = f"The trained reader is ready: {rater.scorer_version}."
    return Check("rating", title, "ok", detail)
