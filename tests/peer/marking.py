"""A host that marks moments until somebody ends it: says the number of each that is kept."""

import sys
from itertools import count
from pathlib import Path

from trainer.peer import events
from trainer.peer.holding import HeldSession

if __name__ == "__main__":
    held = HeldSession.resume(Path(sys.argv[1]))
    held.do(events.Joined("ann", "", "Ann"))
    for number in count(1):
        held.do(events.PlanMoved("ann", "", "entry", 0), number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
