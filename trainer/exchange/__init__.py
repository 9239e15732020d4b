"""The history outside the program: pages, figures, subtitles and JSON; transcripts of others."""
