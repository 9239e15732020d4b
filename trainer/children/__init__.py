"""Child processes: what talks to C libraries lives in one, so that it can hang or crash alone.

A child reads JSON objects, one a line, from its standard input, and their end says that its
parent is gone. It writes JSON objects, one a line, to standard output; whatever it or a C library
writes to standard error goes to the log.
"""
