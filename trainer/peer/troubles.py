"""What a guest is told when it cannot get in, or back in."""

from __future__ import annotations

from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.peer.messages import Bye, GarbledError, VersionError

_ASK = "Ask the host for the code that is on the screen now."


def not_in(error: Exception, *, came_in: bool) -> TrainerError:
    """Return what to say of a try to come in, or back in, that failed."""
    if isinstance(error, VersionError):
        return TrainerError(
            "The host's program has another version.", "Use the same version of trainer on both."
        )
    if came_in:
        return silent() if isinstance(error, TimeoutError) else lost()
    if isinstance(error, ConnectionRefusedError):
        return TrainerError(
            "No session is open under this code on this machine.",
            "It may have ended. Ask the host, and join from the machine where the host is.",
        )
    if isinstance(error, TimeoutError):
        return TrainerError("The host does not answer.", "Try again, or look at the host's screen.")
    if isinstance(error, GarbledError):
        return broken()
    return TrainerError("The host hung up.", "Try again, or look at the host's screen.")


def sent_away(bye: Bye) -> TrainerError:
    """Return what to say of a host that says goodbye."""
    match bye.reason:
        case "closed":
            return closed(bye.wait_s)
        case "wrong":
            return TrainerError(
                "This is the code of another session than the one that is open here.",
                f"It may be of an earlier one. {_ASK}",
            )
        case "refused":
            return TrainerError(one_line(bye.message, 500), one_line(bye.hint, 500))
        case "elsewhere":
            return TrainerError(
                "You came into this session from another program.",
                "Go on there, or close it and join again.",
            )
        case "ended":
            return TrainerError("The session has ended.", "What was revealed is in your history.")
        case "busy":
            return TrainerError("There is no free place in this session.", "Try again later.")
    return stale()


def closed(wait_s: int) -> TrainerError:
    """Return what to say of a door that wrong codes have closed."""
    return TrainerError(
        "Too many wrong codes: nobody new gets in at the moment.",
        f"Try again in {max(1, wait_s)} seconds. {_ASK}",
    )


def foreign() -> TrainerError:
    """Return what to say of a port at which no trainer speaks."""
    return TrainerError(
        "Where this session was, another program answers now, or nothing does.",
        f"The session may have ended, or its machine sleeps. {_ASK}",
    )


def stale() -> TrainerError:
    """Return what to say of a session that is not the one that was open here."""
    return TrainerError("The session that you were in is not open any more.", _ASK)


def impostor() -> TrainerError:
    """Return what to say of a program that plays the host and does not know the code."""
    return TrainerError(
        "A program that does not know the code answers in the host's place.",
        f"Nothing was said to it. {_ASK}",
    )


def silent() -> TrainerError:
    """Return what to say of a host that is connected and says nothing."""
    return TrainerError(
        "The host does not answer.", "It may sleep. This program comes back by itself."
    )


def lost() -> TrainerError:
    """Return what to say of a connection that broke."""
    return TrainerError(
        "The host's program is gone.", "When it is open again, this program comes back by itself."
    )


def left() -> TrainerError:
    """Return what to say after leaving."""
    return TrainerError("You have left this session.", "Join again with the same code.")


def too_long() -> TrainerError:
    """Return what to say of an event that no line may carry."""
    return TrainerError("This is too long to be shared.", "Make it shorter.")


def too_many() -> TrainerError:
    """Return what to say while too much waits for a host that is away."""
    return TrainerError("The host is away, and no more can wait for it.", "Go on when it is back.")


def broken() -> TrainerError:
    """Return what to say of a talk that went wrong by nobody's doing."""
    return TrainerError(
        "Host and guest do not understand each other.",
        "Use the same version of trainer on both, and join again.",
    )
