"""From words to a rating and delivery figures: pure functions, no clock, no disk."""
