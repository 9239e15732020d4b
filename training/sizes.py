"""The sizes of MiniLM."""

SIZE, INNER, LAYERS = 384, 1536, 6
PARTS = 12
"""How many parts of a vector attend side by side."""
VOCABULARY, LONGEST, TYPES = 30522, 512, 2
