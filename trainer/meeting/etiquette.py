"""What an interviewer may say and do, in a line for a friend who has never interviewed anybody."""

from __future__ import annotations

from trainer.peer.types import Phase, RoundView

_ASKS = {
    Phase.PLANNED: "Read it to yourself first. Then ask it in these words, calm and friendly.",
    Phase.ASKING: "Let {name} think. Silence is allowed. Say it again if asked, explain nothing.",
    Phase.ANSWERING: 'Listen. A nod is fine, "good" is not. Do not help or end sentences.',
    Phase.PAUSED: "{name} has paused. Wait, or ask further. Say nothing about the answer.",
    Phase.ANSWERED: 'Say "thank you" and no more. What you think comes after all have rated.',
}
_NO_QUESTION = "Choose a question from the banks, or write one of your own."
_WATCHES = {
    Phase.PLANNED: "{interviewer} prepares. {name} does not see this yet: say nothing about it.",
    Phase.ASKING: "Stay silent and do not react. You can mark as soon as {name} speaks.",
}
_WATCHES_ON = "Stay silent and do not react. Mark what you hear. Nobody sees it before the reveal."


_GONE = "The program of {name} is not here. Wait: what was said is safe there."
_GONE_ASKS = f"{_GONE} Ctrl+E ends the answer."


def advice(
    current: RoundView, name: str, interviewer: str, *, leads: bool, here: bool = True
) -> str:
    """Return how to behave now.

    `name` answers, and is `here` or not; `leads` tells whether the reader asks.
    """
    if not here:
        runs = current.phase in (Phase.ANSWERING, Phase.PAUSED)
        text = _GONE_ASKS if leads and runs else _GONE
    elif not leads:
        text = _WATCHES.get(current.phase, _WATCHES_ON)
    elif current.phase is Phase.PLANNED and current.asked is None:
        text = _NO_QUESTION
    else:
        text = _ASKS.get(current.phase, _ASKS[Phase.ANSWERED])
    return text.replace("{interviewer}", interviewer).replace("{name}", name)
