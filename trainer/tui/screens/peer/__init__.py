"""The screens of a session that people share."""
