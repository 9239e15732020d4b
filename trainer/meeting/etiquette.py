"""What an interviewer may say and do, in a line for a friend who has never interviewed anybody."""

from __future__ import annotations

from trainer.peer.types import Phase, RoundView

_ASKS = {
    Phase.PLANNED: "Read the question to yourself first. Then ask it in these words, calm and "
    "friendly.",
    Phase.ASKING: "Let {name} think. Silence is allowed. If asked, say the question again, and do "
    "not explain it.",
    Phase.ANSWERING: 'Listen. A nod is fine, "good" is not. Do not help, and do not finish a '
    "sentence for {name}.",
    Phase.PAUSED: "{name} has paused. Wait, or ask further. Say nothing about the answer.",
    Phase.ANSWERED: 'Say "thank you" and no more. What you think comes after all have rated.',
}
_NO_QUESTION = "There is no question yet. Choose one from the banks, or write one of your own."
_WATCHES = {
    Phase.PLANNED: "{interviewer} prepares. You see what {name} does not see yet: say nothing "
    "about it.",
    Phase.ASKING: "Stay silent, and do not react. You mark what you hear as soon as {name} speaks.",
}
_WATCHES_ON = "Stay silent, and do not react. Mark what you hear; nobody sees it before the reveal."


def advice(current: RoundView, name: str, interviewer: str, *, leads: bool) -> str:
    """Return how to behave now; `name` answers, and `leads` tells whether the reader asks."""
    if not leads:
        text = _WATCHES.get(current.phase, _WATCHES_ON)
    elif current.phase is Phase.PLANNED and current.asked is None:
        text = _NO_QUESTION
    else:
        text = _ASKS.get(current.phase, _ASKS[Phase.ANSWERED])
    return text.replace("{interviewer}", interviewer).replace("{name}", name)
