"""`trainer doctor`: what works on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from trainer.cli.output import say, say_json
from trainer.errors import ExitCode
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.doctor import Check

_COLUMN = 9  # the longest state and its gap


@click.command(short_help="Show what works on this machine and what does not.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def doctor(as_json: bool) -> ExitCode:
    """Show what works on this machine, what does not, and how to mend it.

    Nothing is changed. The exit code is 1 if something is broken that practice by keyboard
    needs. What only spoken answers need does not count.

    In JSON: schema_version, ok and checks. A check has id, title, state (ok, missing or broken),
    detail, remedy and group (practice or voice).
    """
    from trainer.doctor import examine
    from trainer.log import keep_quiet

    keep_quiet()
    checks = examine()
    works = not any(check.group == "practice" and check.state == "broken" for check in checks)
    if as_json:
        say_json({"ok": works, "checks": [asdict(check) for check in checks]})
    else:
        say(*_lines(checks))
    return ExitCode.OK if works else ExitCode.FAILED


def _lines(checks: Sequence[Check]) -> Iterator[str]:
    from trainer.doctor import GROUPS

    for number, (group, heading) in enumerate(GROUPS.items()):
        if number:
            yield ""
        yield from wrapped(heading)
        for check in checks:
            if check.group != group:
                continue
            yield from wrapped(f"{check.title}: {check.detail}", check.state.ljust(_COLUMN))
            if check.remedy:
                yield f"{'':{_COLUMN}}To mend it: {check.remedy}"  # whole, so that it can be copied
