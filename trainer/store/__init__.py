"""Attempts, transcripts and ratings on disk."""
