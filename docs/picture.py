"""Take the picture of the README: the real program, its real banks, a made-up answer.

Run by `make picture`; writes docs/picture.svg.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from trainer.paths import Home
from trainer.services import Services, open_services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.editor import AnswerEditor

SIZE = (118, 40)
QUESTION = "low-score-step1-direct"
ANSWER = (
    "My Step 1 score was 209, and that is my own result. I read a lot, but I hardly tested "
    "myself, so I found my gaps too late. For Step 2 I did two timed blocks of forty questions "
    "every morning, I wrote each mistake into a log, and on Sundays a senior resident went "
    "through the log with me. My Step 2 CK score was 238. I still keep that log on the wards."
)
FONT_SOURCE = re.compile(r"@font-face\s*{.*?}", re.DOTALL)


async def take(services: Services) -> str:
    """Answer one question in the program and return the report's screen as SVG."""
    run = services.plan(question_ids=[QUESTION])
    app = TrainerApp(lambda: services, services.settings, run)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, PracticeScreen)
        app.screen.query_one(AnswerEditor).insert(ANSWER)
        await pilot.pause()
        await pilot.press("ctrl+s")
        while not isinstance(app.screen, ReportScreen):
            await pilot.pause(0.05)
        await app.workers.wait_for_complete()
        await pilot.pause()
        # A picture must not fetch fonts from anywhere: the reader's own will do.
        return FONT_SOURCE.sub("", app.export_screenshot(title="trainer"))


def main() -> None:
    """Write the picture beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        services = open_services(Home(Path(folder) / "home"))
        try:
            svg = asyncio.run(take(services))
        finally:
            services.close()
    Path(__file__).with_name("picture.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
