"""Sound out of the machine: an attempt heard again, in a child process."""
