"""A question as a speech program is to be handed it: plain words, and nothing that it obeys.

espeak-ng and `say` take what stands between [[ and ]] for sounds or orders, markup changes the
voice, and control characters are orders too. Only letters, figures and plain punctuation are left.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2000
"""Characters that are read: over two minutes. The longest shipped question has 150."""

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u2013": "-", "\u2014": ", "})
_PLAIN = frozenset(" .,;:?!'()%&/+-")
# Speech programs say these as words, such as "um's-ull" for USMLE.
_SPELLED = re.compile(r"\b(USMLE|ECFMG|NRMP|ABIM|PGY|IMG|ICU|EHR|EMR)(s?)\b")


def utterance(text: str) -> str:
    """Return the words to speak; empty where the text has none."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_APOSTROPHES)
    plain = "".join(c if c in _PLAIN or unicodedata.category(c)[0] in "LMN" else " " for c in text)
    spelled = _SPELLED.sub(lambda found: " ".join(found[1]) + found[2], plain)
    words = " ".join(spelled.split())
    return words if any(c.isalnum() for c in words) else ""
