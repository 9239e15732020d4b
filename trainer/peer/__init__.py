"""A session that people share: one interviews, one answers, others watch, and all rate blind."""
