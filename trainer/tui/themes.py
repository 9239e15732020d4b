"""The two themes. All colours of the program stand here; styles use their variables only."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="trainer-dark",
    dark=True,
    primary="#7cc4c9",
    secondary="#a7b8d8",
    accent="#f0c987",
    success="#8fcf9f",
    warning="#f0c987",
    error="#f09a8a",
    foreground="#e6e9ef",
    background="#14181f",
    surface="#1b212b",
    panel="#252d3a",
    variables={"quiet": "#9aa5b4"},
)

LIGHT = Theme(
    name="trainer-light",
    dark=False,
    primary="#0f6b73",
    secondary="#43557a",
    accent="#8a5a00",
    success="#1f6f3a",
    warning="#8a5a00",
    error="#a83a26",
    foreground="#1c222b",
    background="#faf8f4",
    surface="#f1eee7",
    panel="#e4dfd4",
    variables={"quiet": "#5d6672"},
)

THEMES = {"dark": DARK, "light": LIGHT}
