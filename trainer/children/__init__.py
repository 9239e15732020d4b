"""Child processes: what talks to C libraries lives in one, so that it can hang or crash alone.

A child reads nothing but the end of its standard input, which says that its parent is gone. It
writes JSON objects, one a line, to standard output; whatever it or a C library writes to
standard error goes to the log.
"""
