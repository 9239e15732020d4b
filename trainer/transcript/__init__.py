"""Words with times: what was said, and where in the sound."""
