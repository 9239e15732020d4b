"""Widgets that more than one screen uses, or that a screen is better read without."""
