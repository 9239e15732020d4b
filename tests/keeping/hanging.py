"""A child that never does anything."""

import threading

from trainer.children.child import end_with_parent

if __name__ == "__main__":
    end_with_parent()
    threading.Event().wait()
