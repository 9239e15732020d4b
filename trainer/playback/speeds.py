"""How fast a recording can be played, with its pitch kept: 1 is as it was spoken."""

SPEEDS = (0.75, 1.0, 1.25, 1.5)
