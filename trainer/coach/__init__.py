"""What to do next: the one thing to change, the follow-up probe, the next questions."""
