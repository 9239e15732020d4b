"""Practice and review line by line: nothing is drawn, so any terminal, reader or pipe serves."""
