"""The file of the profile: read strictly, written in one step, for the user alone."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace

from trainer.bank.document import Document, quote, suggest
from trainer.bank.types import MOST_SAID, Complaint
from trainer.display import one_line
from trainer.errors import TrainerError, UsageError
from trainer.paths import Home, write_private
from trainer.profile.types import KINDS, Kind, Profile

_LONGEST = 80  # characters of a name, as in the file
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_COMMENT = re.compile(r"(^|\s)#")


def load_profile(home: Home) -> tuple[Profile, tuple[Complaint, ...]]:
    """Return the profile, and what is wrong with its file; then the profile is empty.

    A missing file is an empty profile. Never raises.
    """
    if not os.path.lexists(home.profile):
        return Profile(), ()
    from trainer.bank.strict_yaml import read_file  # 10 ms
    from trainer.bank.validation import validate

    document = read_file(home.profile)
    profile = validate(document, Profile) if document.whole else None
    if profile is not None:
        _check(document, profile)
    if document.bad or profile is None:
        return Profile(), document.complaints
    return profile, ()


def add_name(home: Home, kind: Kind, name: str, sounds_like: tuple[str, ...] = ()) -> bool:
    """Add a name to the profile; return whether it is new, or said in a new way.

    Raises `UsageError` for a text that cannot be a name and for a file with mistakes, and
    `TrainerError` where the file cannot be written.
    """
    for text in (name, *sounds_like):
        _refuse(text)
    if len(sounds_like) > MOST_SAID:
        raise UsageError(f"{len(sounds_like)} ways to say it are too many.", f"Give {MOST_SAID}.")
    profile = _mendable(home)
    changed = profile
    if name not in profile.of(kind):
        changed = profile.with_names({kind: (*profile.of(kind), name)})
    if sounds_like:
        changed = replace(changed, sounds_like={**profile.sounds_like, name: sounds_like})
    if changed == profile:
        return False
    _write(home, changed)
    return True


def remove_name(home: Home, name: str) -> None:
    """Take a name out of the profile, wherever it stands. Raises as `add_name` does."""
    profile = _mendable(home)
    if not any(name in profile.of(kind) for kind in KINDS):
        raise UsageError(
            f"Your profile has no {one_line(name, _LONGEST)!r}.", "See: trainer profile show"
        )
    left = {kind: tuple(one for one in profile.of(kind) if one != name) for kind in KINDS}
    said = {key: value for key, value in profile.sounds_like.items() if key != name}
    _write(home, replace(profile.with_names(left), sounds_like=said))


def _check(document: Document, profile: Profile) -> None:
    names = [name for kind in KINDS for name in profile.of(kind)]
    for said in profile.sounds_like:
        if said not in names:
            problem = f"{quote(said)} stands in no list above"
            document.complain(("sounds_like", said), problem, suggest(said, names))


def _refuse(text: str) -> None:
    from trainer.bank.file_text import UNSEEN

    if not text.strip() or len(text) > _LONGEST or UNSEEN.search(text) or set("\t\n") & set(text):
        raise UsageError(
            f"{one_line(text, 40)!r} cannot be a name.",
            f"Give a text of 1 to {_LONGEST} characters on one line.",
        )


def _mendable(home: Home) -> Profile:
    """Return the profile to be changed; raise where its file would lose something by that."""
    profile, complaints = load_profile(home)
    if complaints:
        raise UsageError(f"Your profile has a mistake: {complaints[0]}", "Mend the file first.")
    try:
        written = home.profile.read_text(encoding="utf-8")
    except FileNotFoundError:
        return profile
    except OSError as error:
        raise TrainerError(
            f"{home.profile} cannot be read: {error.strerror}.", "Check its rights."
        ) from error
    if _COMMENT.search(_QUOTED.sub("", written)):
        raise UsageError(
            f"{home.profile} has comments, which this command would lose.",
            "Change the file in an editor, or take the comments out.",
        )
    return profile


def _write(home: Home, profile: Profile) -> None:
    home.prepare()
    try:
        write_private(home.profile, _text(profile))
    except OSError as error:
        raise TrainerError(
            f"Your profile cannot be saved in {home.profile}: {error.strerror}.",
            "Check the free space and the rights of that folder.",
        ) from error


def _text(profile: Profile) -> str:
    """Return the profile as YAML: text in double quotes, which every reader reads the same way."""
    lines = ["schema: 1"]
    for kind in KINDS:
        if profile.of(kind):
            lines += [f"{kind}:", *(f"  - {_quoted(name)}" for name in profile.of(kind))]
    if profile.sounds_like:
        lines.append("sounds_like:")
        for name, ways in profile.sounds_like.items():
            lines.append(f"  {_quoted(name)}: [{', '.join(map(_quoted, ways))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
