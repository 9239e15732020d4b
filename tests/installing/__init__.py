"""Installing speech models, against a real server on the loopback."""
