"""A recogniser that never answers."""

import threading

if __name__ == "__main__":
    threading.Event().wait()
