"""Answers, ratings and what is made of them, as lines of text and as JSON, for views of lines."""
