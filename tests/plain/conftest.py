"""The services of the screens' tests: real store, fake banks, rater, clock and microphone."""

from tests.tui.conftest import aloud, clock, installer, loudspeaker, microphone, services, utc

__all__ = ["aloud", "clock", "installer", "loudspeaker", "microphone", "services", "utc"]
