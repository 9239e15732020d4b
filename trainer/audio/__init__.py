"""What recording and playing share: the form of a recording, and the way to PortAudio."""
