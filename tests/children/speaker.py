"""A child for the tests: does what its arguments say."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading

from trainer.children.child import end_with_parent, leave, listen, say

GRANDCHILD_S = 12.0


def main(task: str, port: str = "") -> None:
    if task == "speak":
        say({"word": "hello", "accent": "é\u2028"})
        print("a library prints to standard output")
        print("[1, 2]")
        print("a complaint", file=sys.stderr)
        say({"word": "bye"})
        leave(3)
    if task == "hang":
        say({"word": "here"})
        if port:
            telephone = socket.create_connection(("127.0.0.1", int(port)))
            telephone.sendall(b"here")
        threading.Event().wait()
    if task == "refuse":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        say({"word": "here"})
        threading.Event().wait()
    if task == "grandchild":
        code = f"import threading; threading.Event().wait({GRANDCHILD_S})"
        subprocess.Popen([sys.executable, "-c", code])
        leave()
    if task == "echo":
        listen(say, on_end=lambda: say({"word": "bye"}))
        threading.Event().wait()
    if task == "break off":
        sys.stdout.write('{"words": ["my secret')
        leave()
    if task == "crash":
        raise RuntimeError("crashed")


if __name__ == "__main__":
    if sys.argv[1] not in ("refuse", "echo"):
        end_with_parent()
    main(*sys.argv[1:])
