"""What is asked now: the plan of a practice and the clock of one answer."""
