"""The user's settings, kept as JSON in the home folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from itertools import count
from pathlib import Path
from typing import Any, Literal

from trainer.display import one_line
from trainer.errors import ConfigError
from trainer.paths import Home, write_private

THEMES = ("dark", "light")
ANSWERS = ("typed", "voice")
ACCENTS = ("american", "indian", "british", "other")
READINGS = ("off", "read", "drill")
READING_SPEEDS: tuple[Literal["slow", "normal", "fast"], ...] = ("slow", "normal", "fast")
SOUNDS = ("flac", "transcript")
MOTIONS = ("full", "reduced")
MOST_DAYS = 3650
LONGEST_NAME = 40
_CHOICES = {
    "theme": THEMES,
    "answer": ANSWERS,
    "reading": READINGS,
    "reading_speed": READING_SPEEDS,
    "sound": SOUNDS,
    "motion": MOTIONS,
}
MOST_QUESTIONS = 50


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can choose.

    `questions` is how many questions a practice asks; `preparation` whether the preparation
    time is shown before each answer. `answer` is how answers are given. `device` is the name of
    the microphone, None for the system's choice; `model` the folder of a speech model or
    "builtin", None for the first that is found.

    `accent` is what the user says of their own English, None if nobody asked; `model_offered`
    whether a speech model was offered before the first spoken answer. `reading` tells whether a
    question is read aloud, in a drill with its text hidden, and `reading_speed` how fast. `sound`
    tells what is kept of a spoken answer, and `sound_days` for how long; None: without an end.

    With `self_rating` the speaker marks an answer before its report is shown. Where `motion` is
    reduced nothing blinks or glides. `name` is what the user is called in a session with others,
    empty until it was asked for. `examples_offered` names the checklists of which a worked example
    was offered.
    """

    theme: str = "dark"
    questions: int = 5
    preparation: bool = True
    answer: Literal["typed", "voice"] = "typed"
    device: str | None = None
    model: str | None = None
    accent: Literal["american", "indian", "british", "other"] | None = None
    model_offered: bool = False
    reading: Literal["off", "read", "drill"] = "off"
    reading_speed: Literal["slow", "normal", "fast"] = "normal"
    sound: Literal["flac", "transcript"] = "flac"
    sound_days: int | None = None
    self_rating: bool = False
    motion: Literal["full", "reduced"] = "full"
    name: str = ""
    examples_offered: tuple[str, ...] = ()

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with these values, in plain English."""
        found = []
        if type(self.questions) is not int or not 1 <= self.questions <= MOST_QUESTIONS:
            found.append(f"questions must be a whole number from 1 to {MOST_QUESTIONS}")
        found += [
            f"{name} must be true or false"
            for name in ("preparation", "model_offered", "self_rating")
            if type(getattr(self, name)) is not bool
        ]
        found += [
            f"{name} must be one of: {', '.join(values)}"
            for name, values in _CHOICES.items()
            if getattr(self, name) not in values
        ]
        if self.accent is not None and self.accent not in ACCENTS:
            found.append(f"accent must be one of: {', '.join(ACCENTS)}, or null")
        days = self.sound_days
        if days is not None and (type(days) is not int or not 1 <= days <= MOST_DAYS):
            found.append(f"sound_days must be a whole number from 1 to {MOST_DAYS}, or null")
        if not isinstance(self.name, str) or self.name != one_line(self.name, LONGEST_NAME):
            found.append(f"name must be one line of {LONGEST_NAME} characters at most")
        offered = self.examples_offered
        if type(offered) is not tuple or not all(isinstance(one, str) for one in offered):
            found.append("examples_offered must be a list of names")
        for name in ("device", "model"):
            value = getattr(self, name)
            if value is not None and not _is_name(value):
                found.append(f"{name} must be a text that is not empty, or null")
        return tuple(found)


def load_settings(home: Home) -> tuple[Settings, str | None]:
    """Return the settings, and a complaint where the file could not be used as it stands.

    A missing file means the defaults. Where single values are wrong the others still count.
    """
    try:
        stored = _read(home)
    except ConfigError as error:
        return Settings(), str(error)
    settings = Settings()
    wrong: list[str] = []
    for field in fields(Settings):
        if field.name in stored:
            value: Any = stored[field.name]
            if isinstance(value, list):
                value = tuple(value)
            changed = replace(settings, **{field.name: value})
            problems = changed.problems()
            wrong.extend(problems)
            settings = settings if problems else changed
    complaint = f"{home.config_file}: {'; '.join(wrong)}. The default is used." if wrong else None
    return settings, complaint


def save_settings(home: Home, settings: Settings) -> None:
    """Write the settings in one step, keeping fields of other versions.

    A file that cannot be read as settings is kept beside the new one, as config.json.damaged.
    Raises `ConfigError` when the file cannot be written; the old one then stays as it was.
    """
    problems = settings.problems()
    if problems:
        raise ConfigError(f"These settings do not fit: {'; '.join(problems)}.", "Choose again.")
    try:
        kept = _read(home)
        damaged = False
    except ConfigError:
        kept, damaged = {}, home.config_file.is_file()
    home.prepare()
    text = json.dumps({**kept, **asdict(settings)}, indent=2) + "\n"

    def keep_damaged() -> None:
        if damaged:
            home.config_file.rename(_free_name(home))

    try:
        write_private(home.config_file, text, keep_damaged)
    except OSError as error:
        raise ConfigError(
            f"The settings cannot be saved in {home.config_file}: {error.strerror}.",
            "Check the free space and the rights of that folder.",
        ) from error


def _is_name(value: object) -> bool:
    """Whether it can be the name of a device or folder: what a child process can be handed."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        return False
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return False
    return True


def _free_name(home: Home) -> Path:
    name = f"{home.config_file.name}.damaged"
    names = (home.config_file.with_name(f"{name}{f'-{n}' * (n > 1)}") for n in count(1))
    return next(path for path in names if not path.exists())


def _read(home: Home) -> dict[str, Any]:
    hint = "Mend the file or delete it; the defaults are used until then."
    try:
        stored = json.loads(home.config_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{home.config_file}: {error.strerror}.", hint) from error
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ConfigError(f"{home.config_file}:{line}: this is not JSON.", hint) from error
    if not isinstance(stored, dict):
        raise ConfigError(f"{home.config_file}:1: this is not a JSON object.", hint)
    return stored
