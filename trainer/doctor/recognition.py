"""The recognisers and their models, what reads other sound files, and the space for recordings."""

from __future__ import annotations

import shutil

from trainer.audio.format import BYTES_A_SECOND
from trainer.capture.recorder import RESERVE_BYTES
from trainer.config import load_settings
from trainer.doctor.types import Check, voice_check
from trainer.paths import Home, nearest
from trainer.system import ffmpeg_hint, package_hint
from trainer.transcript import choosing
from trainer.transcript.choosing import (
    choose,
    install_command,
    known_models,
    model_folders,
    other_models,
)
from trainer.transcript.lookup import try_engine

# A small model is tried within 1 s. A big one on a slow disk is no reason to wait longer here.
TRY_TIMEOUT_S = 20.0
_ROUGH = "Its words are rough: about two in five are wrong."


def examine_packages(_home: Home) -> tuple[Check, ...]:
    """Look for the packages of the two recognisers."""
    return (
        _package("vosk", "Package vosk", "It is not installed."),
        _package(
            "pocketsphinx",
            "Built-in recogniser",
            "The package pocketsphinx is not installed. It is used where there is no Vosk model.",
        ),
    )


def examine_models(home: Home) -> tuple[Check, ...]:
    """Look for speech models, in the user's folder and beside the program."""
    title = "Speech models"
    known = known_models(home)
    settings, _ = load_settings(home)
    found = [str(model.folder) for model in known if model.complete]
    found += [str(folder) for folder in other_models(home, settings)]
    if found:
        return (voice_check("model", title, "ok", ", ".join(found)),)
    partly = next((model for model in known if model.folder), None)
    if partly:
        remedy = f"Run: {install_command(partly.model.name)}"
        problem = f"{partly.folder} is not complete."
        return (voice_check("model", title, "broken", problem, remedy),)
    folders = " or ".join(str(folder) for folder in model_folders(home))
    remedy = f"Run: {install_command()}"
    return (voice_check("model", title, "missing", f"None in {folders}.", remedy),)


def examine_recogniser(home: Home) -> tuple[Check, ...]:
    """Try the recogniser that is used on a short clip, in a child."""
    title = "Recogniser in use"
    settings, _ = load_settings(home)
    choice = choose(home, settings)
    if choice.engine is None:
        detail = f"None. {choice.reason} Answers can be recorded, without words."
        return (voice_check("recogniser", title, "missing", detail, package_hint("pocketsphinx")),)
    engine = choice.engine
    problem = try_engine(engine, TRY_TIMEOUT_S)
    if problem:
        return (voice_check("recogniser", title, "broken", problem.message, problem.hint),)
    rough = "" if engine.folder else f" {_ROUGH}"
    detail = f"{engine.model} ({engine.name}). {choice.reason} It works on a test sentence.{rough}"
    return (voice_check("recogniser", title, "ok", detail),)


def examine_files(home: Home) -> tuple[Check, ...]:
    """Look for what reads sound files of other kinds, and for space to record."""
    return (_ffmpeg(), _space(home))


def _package(package: str, title: str, absent: str) -> Check:
    version = choosing.package_version(package)
    if version:
        shown = version if package == "vosk" else f"{package} {version}"
        return voice_check(package, title, "ok", shown)
    return voice_check(package, title, "missing", absent, package_hint(package))


def _ffmpeg() -> Check:
    title = "Program ffmpeg"
    program = shutil.which("ffmpeg")
    if program:
        return voice_check("ffmpeg", title, "ok", program)
    detail = "It was not found. Only m4a, aac and webm files need it."
    return voice_check("ffmpeg", title, "missing", detail, ffmpeg_hint())


def _space(home: Home) -> Check:
    title = "Space for recordings"
    usable = shutil.disk_usage(nearest(home.root)).free - RESERVE_BYTES
    if usable < 0:
        detail = f"A recording stops when {RESERVE_BYTES // 1_000_000} MB are left."
        remedy = f"Free at least {-usable // 1_000_000 + 1} MB on the disk of {home.root}."
        return voice_check("recording-space", title, "missing", detail, remedy)
    hours = usable / (BYTES_A_SECOND * 3600)
    detail = f"{hours:,.0f} hours" if hours >= 2 else f"{hours * 60:.0f} minutes"
    return voice_check("recording-space", title, "ok", detail)
