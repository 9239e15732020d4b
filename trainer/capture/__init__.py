"""Sound onto disk: devices, the recorder, its files, and sound files from elsewhere."""
