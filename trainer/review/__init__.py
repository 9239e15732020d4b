"""What answers show together: two of them side by side, and all of them over time. Pure."""
