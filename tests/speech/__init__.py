"""Speech for tests: voices, spoken answers, and a small real Vosk model that understands them."""
