"""Where everything lives: the user's own folders, and the files that come with the program."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from trainer.errors import TrainerError

HOME_VARIABLE = "TRAINER_HOME"
PRIVATE_FOLDER_MODE = 0o700
PRIVATE_FILE_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Home:
    """The user's data folder. Nothing is created until `prepare` or `ensure` is called."""

    root: Path

    @property
    def config_file(self) -> Path:
        """The settings (JSON)."""
        return self.root / "config.json"

    @property
    def calibration_file(self) -> Path:
        """How well each recogniser hears this voice (JSON)."""
        return self.root / "calibration.json"

    @property
    def banks(self) -> Path:
        """The user's own question banks; their rubrics stand in `banks/rubrics`."""
        return self.root / "banks"

    @property
    def profile(self) -> Path:
        """The applicant's own names (YAML)."""
        return self.root / "profile.yaml"

    @property
    def models(self) -> Path:
        """Speech models, one folder a model."""
        return self.root / "models"

    @property
    def database(self) -> Path:
        """The history."""
        return self.root / "trainer.sqlite3"

    @property
    def recordings(self) -> Path:
        """Recorded answers."""
        return self.root / "recordings"

    @property
    def logs(self) -> Path:
        """Log files. Answer text never goes there."""
        return self.root / "logs"

    @property
    def locks(self) -> Path:
        """One lock file for each running program, so that a dead one's drafts can be told."""
        return self.root / "locks"

    @property
    def peer(self) -> Path:
        """Sessions with others: their journals, their codes, and passes to those of others."""
        return self.root / "peer"

    @property
    def deleting(self) -> Path:
        """A mark that everything is being deleted: see `trainer.erasing`."""
        return self.root / ".deleting"

    def prepare(self) -> None:
        """Create the root and the folder for the user's banks, for the user alone.

        Raises `TrainerError` when the root cannot be made or is not a folder. Where the banks
        cannot be, their loader complains: that is no reason to stop.
        """
        self.ensure(self.root)
        with suppress(TrainerError):
            self.ensure(self.banks)

    def ensure(self, folder: Path) -> Path:
        """Create `folder` (of this home) if needed, with mode 0700, and return it.

        One that exists keeps the rights that its owner gave it: `notices` tells of them.
        """
        try:
            folder.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
        except OSError as error:
            raise TrainerError(
                f"The folder {folder} cannot be used: {error.strerror or error}.",
                folder_hint(folder, error.errno),
            ) from error
        return folder


def write_private(path: Path, text: str, before: Callable[[], object] = lambda: None) -> None:
    """Write a file for the user alone in one step: it is the old one or the new one, and whole.

    `before` is called once the new text is on disk, before it takes its place; what it raises
    leaves the old file. Raises `OSError`.
    """
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        before()
        partial.replace(path)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


def nearest(path: Path) -> Path:
    """Return the path, or the nearest one above it that exists and can be seen."""
    return next((p for p in (path, *path.parents) if os.path.exists(p)), path)  # noqa: PTH110


def folder_hint(folder: Path, error: int | None = None) -> str:
    """Return what to do about a folder that cannot be made or written to; `error` is an errno."""
    from trainer.system import quoted  # asyncio: 30 ms

    elsewhere = f"set {HOME_VARIABLE} to a folder that you can write to"
    there = nearest(folder)
    if error in (errno.ENOSPC, errno.EDQUOT):
        return f"Free some space on its disk, or {elsewhere}."
    if not there.is_dir():
        return f"Move {there} away, which is not a folder, or {elsewhere}."
    if error == errno.EROFS or os.name != "posix":
        return f"Check that its disk can be written to and your rights, or {elsewhere}."
    command = "chmod u+rwx" if there.stat().st_uid == os.geteuid() else 'sudo chown "$USER"'
    return f"{elsewhere[0].upper()}{elsewhere[1:]}, or run: {command} {quoted(str(there))}"


def find_home() -> Home:
    """Return the user's home: `$TRAINER_HOME`, else the system's place for user data."""
    override = os.environ.get(HOME_VARIABLE)
    if override:
        return Home(expanded(override).absolute())
    from platformdirs import user_data_path  # 8 ms

    return Home(user_data_path("interview-trainer", appauthor=False))


def expanded(name: str) -> Path:
    """Return a path with `~` replaced by a user's home; as it is where no user has that name."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def shipped(name: str) -> Path:
    """Return a folder that comes with the program, such as `question_banks` or `models`.

    An installed wheel carries it inside the package, a checkout beside it.
    """
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
