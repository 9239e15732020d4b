"""A small trained network that reads an answer: what it says for each point of a checklist."""
