"""This program's part in a session that people share: on one keyboard, as host, or as a guest."""
