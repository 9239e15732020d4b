"""What the settings do about the sound that is kept: count it, ask, and tidy."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual import work
from textual.message import Message

from trainer.config import Settings
from trainer.errors import TrainerError
from trainer.keeping.saying import outcome, recordings
from trainer.keeping.types import Plan, Tidied, amount
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.sound_rows import SoundRows


class SoundSettings(TrainerScreen):
    """The part of the settings with `SoundRows`. What reads the folder happens in a thread."""

    @dataclass
    class Counted(Message):
        """How much sound there is, in words."""

        size: str

    @dataclass
    class Planned(Message):
        """What these settings would delete at once."""

        settings: Settings
        plan: Plan

    @dataclass
    class SoundTidied(Message):
        """What was deleted after the user had agreed."""

        done: Tidied

    @dataclass
    class SoundFailed(Message):
        """The sound could not be counted, or the history not be read."""

        error: TrainerError

    def on_mount(self) -> None:
        """Count the sound."""
        self._count()

    @work(thread=True, exclusive=True, group="sound-size", exit_on_error=False)
    def _count(self) -> None:
        try:
            count = self.services.sounds.count()
        except TrainerError as error:
            self.post_message(self.SoundFailed(error))
        else:
            self.post_message(self.Counted(recordings(count.whole)))

    def on_sound_settings_counted(self, message: Counted) -> None:
        """Say how much sound there is."""
        self.query_one(SoundRows).show_size(f"{message.size[0].upper()}{message.size[1:]}.")

    def on_sound_rows_changed(self, message: SoundRows.Changed) -> None:
        """Look first what this would delete."""
        settings = replace(self.services.settings, sound=message.sound, sound_days=message.days)
        if settings != self.services.settings:
            self._plan(settings)

    @work(thread=True, exclusive=True, group="sound-plan", exit_on_error=False)
    def _plan(self, settings: Settings) -> None:
        try:
            self.post_message(self.Planned(settings, self.services.sounds.plan(settings)))
        except TrainerError as error:
            self.post_message(self.SoundFailed(error))

    def on_sound_settings_planned(self, message: Planned) -> None:
        """Use the settings; where that deletes sound, only after a yes."""
        from trainer.tui.screens.confirm import ConfirmScreen

        if not message.plan.delete:
            self._use_sound(message.settings)
            return

        def decided(yes: bool | None) -> None:
            if yes:
                self._use_sound(message.settings)
                self._tidy()
            else:
                self.query_one(SoundRows).take_back(self.services.settings)

        waiting = len(message.plan.waiting)
        stays = f" Kept for now: {waiting}, whose words are not safe yet." if waiting else ""
        self.app.push_screen(
            ConfirmScreen(
                f"Delete {recordings(amount(message.plan.delete))}?",
                f"This setting deletes this sound now, for good. Words and ratings stay.{stays}",
                "Delete",
            ),
            decided,
        )

    def _use_sound(self, settings: Settings) -> None:
        changed = replace(
            self.services.settings, sound=settings.sound, sound_days=settings.sound_days
        )
        try:
            self.services.change_settings(changed)
        except TrainerError as error:
            self.complain(error)

    @work(thread=True, exclusive=True, group="sound-tidy", exit_on_error=False)
    def _tidy(self) -> None:
        try:
            self.post_message(self.SoundTidied(self.services.sounds.tidy(most=0)))
        except TrainerError as error:
            self.post_message(self.SoundFailed(error))

    def on_sound_settings_sound_tidied(self, message: SoundTidied) -> None:
        """Say what went, and count again."""
        if message.done.problem:
            self.complain(message.done.problem)
        self.notify("\n".join(outcome(message.done)), markup=False)
        self._count()

    def on_sound_settings_sound_failed(self, message: SoundFailed) -> None:
        """Say why; the settings stay."""
        self.query_one(SoundRows).take_back(self.services.settings)
        self.complain(message.error)
