"""Sound onto disk. So far: what this machine offers to record with."""
