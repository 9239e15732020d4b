"""What can be asked, and what a good answer holds."""
