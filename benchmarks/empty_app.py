"""The smallest Textual program: what every Textual program costs at least."""

from textual.app import App

if __name__ == "__main__":
    App[None]().run()
