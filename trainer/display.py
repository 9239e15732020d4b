"""Text from a file or a mouth, made safe to show: data, never an escape for the terminal."""

from __future__ import annotations

import re

# C0 and C1 controls except tab and line feed, DEL, and the marks that reorder a line of text.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def visible(text: str) -> str:
    """Return `text` with every control and reordering character made visible.

    C0 controls become their pictures (U+2400 block), everything else unsafe U+FFFD. Line feeds
    and tabs stay; a carriage return before a line feed goes. Letters of right-to-left scripts
    stay as they are.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub(_REPLACEMENT, _UNSAFE.sub(_picture, unified))


def one_line(text: str, limit: int | None = None) -> str:
    """Return `text` on one line, safe to show, shortened to `limit` characters with an ellipsis."""
    line = " ".join(visible(text).split())
    if limit is None or len(line) <= limit:
        return line
    return line[: limit - 1].rstrip() + "…"


def going_on(sentence: str) -> str:
    """Return a sentence as it stands behind a colon."""
    return sentence[:1].lower() + sentence[1:]


def clock_time(seconds: float) -> str:
    """Return seconds as minutes and seconds: 75 is `1:15`."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else _REPLACEMENT
