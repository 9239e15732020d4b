"""Settings: changed by key, used and saved at once."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.validation import Integer
from textual.widgets import Button, Input, Label, Select, Static, Switch

from trainer.config import MOST_QUESTIONS, Settings
from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.tui.model_lines import ENGLISHES, NO_JUDGEMENT, accent_of
from trainer.tui.screens.sound_settings import SoundSettings
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.reading_rows import ReadingRows
from trainer.tui.widgets.sound_rows import SoundRows
from trainer.voice import engine_name

_STILL = "Reduced: nothing blinks or glides."
_BLIND = "Each point, before you see the report."


class SettingsScreen(SoundSettings, Screen[None]):
    """A short form. There is no Save: what is chosen counts."""

    CSS_PATH = "../styles/settings.tcss"
    HELP = """\
# Settings

Tab goes from one setting to the next. Each change counts at once and is saved; a number
counts when you press Enter or leave it.

Answers are typed or spoken. The button beside "Microphone" opens the sound check, where you try
and choose it. The recogniser writes down what you say: its button shows which there are, with
speech models to install. What you say of your English only helps to choose one of them. With
"Your voice" you read a text aloud, and see how well each recogniser hears you.

With "Reduced" motion the cursor stands still, lists jump where they would glide, and the level of
the microphone is drawn once a second. The variable TEXTUAL_ANIMATIONS=none does the same.

With "Mark answers yourself" you give each point of a finished answer a mark before you see its
report. The report then shows both, and the progress tells how far they lie apart.

A question can be read aloud to you, always before the recording. In a listening drill its text is
hidden until you ask for it, and the report tells whether you restated the question.

With "Words only" the sound of an answer is deleted once its words are safe, when the trainer ends
or starts. You are asked before older sound goes.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next", tooltip="Go to the next setting"),
        Binding("shift+tab", "app.focus_previous", "Before", tooltip="Go to the setting before"),
        Binding("escape", "leave", "Back", tooltip="Go back"),
    ]

    def compose(self) -> ComposeResult:
        """Yield the form and where everything is kept."""
        settings = self.services.settings
        yield Static("Settings", classes="title-bar")
        with VerticalScroll(id="page", can_focus=False):
            with Horizontal(classes="setting"):
                yield Label("Theme")
                yield Select(
                    [("Dark", "dark"), ("Light", "light")],
                    value=settings.theme,
                    allow_blank=False,
                    id="theme",
                )
            with Horizontal(classes="setting"):
                yield Label("Motion")
                yield Select(
                    [("As usual", "full"), ("Reduced", "reduced")],
                    value=settings.motion,
                    allow_blank=False,
                    id="motion",
                )
                yield Static(_STILL, classes="remark", markup=False)
            with Horizontal(classes="setting"):
                yield Label("Questions in a practice")
                yield Input(
                    str(settings.questions),
                    type="integer",
                    validators=[Integer(1, MOST_QUESTIONS)],
                    id="questions",
                )
            yield Static("", id="problem", markup=False)
            with Horizontal(classes="setting"):
                yield Label("Answer")
                yield Select(
                    [("By keyboard", "typed"), ("By voice", "voice")],
                    value=settings.answer,
                    allow_blank=False,
                    id="answer",
                )
            with Horizontal(classes="setting"):
                yield Label("Microphone")
                yield Button(self._microphone(), id="microphone")
            with Horizontal(classes="setting"):
                yield Label("Recogniser")
                yield Button(self._recogniser(), id="recogniser")
            with Horizontal(classes="setting"):
                yield Label("Your English")
                yield Select(
                    [(title, value or "") for title, value in ENGLISHES],
                    value=settings.accent or "",
                    allow_blank=False,
                    id="accent",
                )
                yield Static(NO_JUDGEMENT, classes="remark")
            with Horizontal(classes="setting"):
                yield Label("Your voice")
                yield Button("read aloud for one minute", id="voice")
            yield ReadingRows(settings, self.services.reading.available())
            yield SoundRows(settings)
            with Horizontal(classes="setting"):
                yield Label("Show preparation time")
                yield Switch(settings.preparation, id="preparation")
                yield Label(_on_or_off(settings.preparation), id="preparation-state")
            with Horizontal(classes="setting"):
                yield Label("Mark answers yourself")
                yield Switch(settings.self_rating, id="self-rating")
                yield Label(_on_or_off(settings.self_rating), id="self-rating-state")
                yield Static(_BLIND, classes="remark", markup=False)
            yield Static(self._places(), id="places")
        yield KeyLine()

    def on_screen_resume(self) -> None:
        """Name the microphone and the recogniser that are chosen now."""
        self.query_one("#microphone", Button).label = self._microphone()
        self.query_one("#recogniser", Button).label = self._recogniser()

    def _microphone(self) -> Content:
        device = self.services.settings.device
        name = one_line(device, 24) if device else "the system's choice"
        return Content(f"{name} · sound check")

    def _recogniser(self) -> Content:
        return Content(f"{one_line(engine_name(self.services.engine()), 32)} · models")

    def on_button_pressed(self, message: Button.Pressed) -> None:
        """Try the microphone, or choose another; or see the speech models."""
        if message.button.id == "recogniser":
            from trainer.tui.screens.models import ModelsScreen

            self.app.push_screen(ModelsScreen())
            return
        if message.button.id == "voice":
            from trainer.tui.screens.calibration import CalibrationScreen

            self.app.push_screen(CalibrationScreen())
            return
        from trainer.tui.screens.sound_check import SoundCheckScreen

        self.app.push_screen(SoundCheckScreen())

    def on_select_changed(self, message: Select.Changed) -> None:
        """Use another theme, move less, or answer in another way."""
        if message.select.id == "answer" and message.value != self.services.settings.answer:
            answer: Literal["voice", "typed"] = "voice" if message.value == "voice" else "typed"
            self.trainer.voice = None
            self._change(replace(self.services.settings, answer=answer))
        if message.select.id == "accent":
            accent = accent_of(str(message.value))
            self._change(replace(self.services.settings, accent=accent))
        if message.select.id == "motion":
            motion: Literal["full", "reduced"] = "reduced" if message.value == "reduced" else "full"
            self._change(replace(self.services.settings, motion=motion))
            self.trainer.apply_looks(self.services.settings)
        if message.select.id == "theme":
            self._change(replace(self.services.settings, theme=str(message.value)))
            self.trainer.apply_looks(self.services.settings)

    def on_reading_rows_changed(self, message: ReadingRows.Changed) -> None:
        """Read questions, or leave them silent."""
        if message.reading != self.services.settings.reading:
            self.trainer.asked_reading = None
        self._change(
            replace(self.services.settings, reading=message.reading, reading_speed=message.speed)
        )

    def on_input_changed(self, message: Input.Changed) -> None:
        """Say at once whether the number fits."""
        fits = message.validation_result is None or message.validation_result.is_valid
        problem = "" if fits else f"Questions: a whole number from 1 to {MOST_QUESTIONS}."
        place = self.query_one("#problem", Static)
        place.update(problem)
        place.set_class(not fits, "-shown")

    def on_input_submitted(self) -> None:
        """Use the number, at Enter."""
        self._use_number()

    def on_input_blurred(self) -> None:
        """Use the number, once it is left."""
        self._use_number()

    def _use_number(self) -> None:
        number = self.query_one("#questions", Input)
        if number.is_valid and number.value:
            self._change(replace(self.services.settings, questions=int(number.value)))
        else:
            number.value = str(self.services.settings.questions)

    def on_switch_changed(self, message: Switch.Changed) -> None:
        """Show or hide the preparation time, or the form before the report."""
        name = message.switch.id
        self.query_one(f"#{name}-state", Label).update(_on_or_off(message.value))
        settings = self.services.settings
        if name == "self-rating":
            self._change(replace(settings, self_rating=message.value))
        else:
            self._change(replace(settings, preparation=message.value))

    def action_leave(self) -> None:
        """Go back."""
        self._use_number()
        self.dismiss()

    def _change(self, settings: Settings) -> None:
        if settings == self.services.settings:
            return
        try:
            self.services.change_settings(settings)
        except TrainerError as error:
            self.complain(error)

    def _places(self) -> Content:
        home = self.services.home
        return Content.assemble(
            ("Where everything is kept\n", "bold $primary"),
            f"Answers    {visible(str(home.database))}\n",
            f"Sound      {visible(str(home.recordings))}\n",
            f"Your banks {visible(str(home.banks))}\n",
            f"Settings   {visible(str(home.config_file))}\n",
            f"Logs       {visible(str(home.logs))} (never your words)\n\n",
            ("Only you can read these. Nothing is ever sent.", "$quiet"),
        )


def _on_or_off(value: bool) -> str:
    return "on" if value else "off"
