"""Speech models on this machine: fetching, checking, unpacking, verifying and removing them."""
