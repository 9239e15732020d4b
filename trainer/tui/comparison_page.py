"""What the page of a comparison holds: who stands beside whom, then part by part what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from trainer.display import visible
from trainer.lines.attempts import when
from trainer.review import telling
from trainer.review.aligning import (
    Chapter,
    FlagLine,
    MarkLine,
    align_parts,
    place_flags,
)
from trainer.review.comparing import Comparison
from trainer.review.facts import Fact
from trainer.review.sides import Side
from trainer.transcript.types import Transcript
from trainer.tui.widgets.checklist import MARKS
from trainer.tui.widgets.compared_words import (
    NOT_HEARD,
    Quoted,
    SaidWords,
    Stop,
    draw_said,
    labelled,
)
from trainer.tui.widgets.parts_bar import PartsBar

CHOSEN = "-chosen"
WORDS = "words"
"""The class of whole texts: a key shows and hides them."""
GAINED = ("▲", "bold $success")
LOST = ("▼", "bold $error")
SAME = ("=", "$quiet")
RAISED = ("!", "bold $warning")
NOTHING = "Neither has any words."
LEGEND = "▲ is gained or added, ▼ is lost or dropped, = is as before."
BY_TWO = "▲ the second mark is better, ▼ the first one is, = both are the same."

Unsure = Callable[[Transcript], Sequence[int]]


def title(before: Side, after: Side) -> str:
    """Return what the page is headed with."""
    if before.attempt_id != after.attempt_id:
        return "Compare two answers"
    one = "ratings" if before.version == after.version else "versions"
    return f"Compare two {one} of one answer"


def page(comparison: Comparison, unsure: Unsure) -> Iterator[Widget]:
    """Yield the whole page; `unsure` finds the words that the recogniser guessed."""
    yield from _head(comparison)
    labels = telling.labels_of(comparison)
    chapters = align_parts(comparison)
    if not chapters:
        yield Static(NOTHING, classes="section")
    elif comparison.marks or comparison.added or comparison.dropped:
        legend = BY_TWO if comparison.is_by_two else LEGEND
        yield Static(legend, classes="legend quiet", markup=False)
    sides = (comparison.before, comparison.after)
    guessed = [frozenset(unsure(side.transcript)) for side in sides]
    once = _side_for_both(comparison)
    for chapter in chapters:
        if chapter.tells or once is None or chapter.places.of(once):
            yield _chapter(chapter, comparison, guessed)
    if comparison.added is None:
        yield Static(telling.GUESSED, classes="section")
    flags = place_flags(comparison)
    if flags:
        yield Static("Could sound like", classes="section")
        yield from (_flag(line, labels) for line in flags)
    if comparison.figures and not comparison.is_rerated:
        yield Static("Delivery", classes="section")
        lines = "\n".join(map(telling.tell_figure, comparison.figures))
        yield Static(lines, markup=False)


def _head(comparison: Comparison) -> Iterator[Widget]:
    """Yield the question, the two sides with their stories over time, and what to know first."""
    yield Static(visible(comparison.after.prompt), classes="question", markup=False)
    rehearsed = telling.tell_same_words(comparison)
    if rehearsed:
        yield Static("\n".join(rehearsed), classes="note", markup=False)
    columns = [Vertical(*_side(number, comparison), classes="one side") for number in range(2)]
    yield Horizontal(*columns, classes="pair")
    standing = telling.tell_standing(comparison)
    if standing:
        yield Static("\n".join(standing), classes="standing", markup=False)


def _side(number: int, comparison: Comparison) -> Iterator[Widget]:
    side = (comparison.before, comparison.after)[number]
    other = (comparison.before, comparison.after)[1 - number]
    label = telling.labels_of(comparison)[number]
    about = [when(side.created_at if comparison.is_same_attempt else side.started_at)]
    if side.version > 1 or side.version != other.version:
        about.append(f"version {side.version}")
    if comparison.is_same_attempt and side.rating_number:
        about.append(f"rating {side.rating_number}")
    head = Content.assemble(
        (f"{number + 1} {label[:1].upper()}{label[1:]}", "bold $primary"),
        f"  {', '.join(about)}",
        (f"\n{telling.tell_rater(side)}", "$quiet") if comparison.is_same_attempt else "",
    )
    yield Static(head)
    if side.prompt != comparison.after.prompt:
        yield Static(f"Asked: {visible(side.prompt)}", classes="quiet", markup=False)
    story = comparison.stories[number]
    if story and story.parts:
        yield PartsBar(story, side.transcript)
    elif comparison.unclear[number]:
        yield Static("The parts of the story could not be told apart.", classes="quiet")


def _chapter(chapter: Chapter, comparison: Comparison, guessed: Sequence[frozenset[int]]) -> Widget:
    """Return one part of the story: how long, marks, facts, and the words."""
    blocks: list[Widget] = [_chapter_head(chapter, comparison)]
    labels = telling.labels_of(comparison)
    blocks += [_mark(line, labels) for line in chapter.marks]
    if chapter.added or chapter.dropped:
        dropped = _facts(chapter.dropped, LOST, "dropped")
        added = _facts(chapter.added, GAINED, "added")
        blocks.append(Horizontal(dropped, added, classes="pair facts"))
    before, after = comparison.before.transcript, comparison.after.transcript
    texts = (
        draw_said(before, chapter.before, chapter.dropped, LOST, guessed[0]),
        draw_said(after, chapter.after, chapter.added, GAINED, guessed[1]),
    )
    once = _side_for_both(comparison)
    if once is not None:
        said = SaidWords("", (before, after)[once], texts[once], once, is_for_both=True)
        blocks += [Stop(said, places=chapter.places, classes=WORDS)] if texts[once] else []
    elif any(texts):
        both = (
            SaidWords(labels[at], words, text, at)
            for at, (words, text) in enumerate(zip((before, after), texts, strict=True))
        )
        blocks.append(Stop(_pair(*both), places=chapter.places, classes=WORDS))
    return Vertical(*blocks, classes="chapter" if chapter.tells else f"chapter {WORDS}")


def _side_for_both(comparison: Comparison) -> int | None:
    """Return whose words are shown once for both; None where the two differ, or their parts do."""
    if not comparison.is_rerated:
        return None
    before, after = (story.runs if story else () for story in comparison.stories)
    if not before or before == after:
        return 1
    return None if after else 0


def _chapter_head(chapter: Chapter, comparison: Comparison) -> Widget:
    if chapter.lengths is None:
        name = "Not in any part of the story" if comparison.parts else "The whole answer"
        return Stop(Static(name, classes="section"), places=chapter.places)
    lengths = (chapter.lengths.before, chapter.lengths.after)
    told = [
        f"{telling.tell_length(length)} {label}"
        for label, length in zip(telling.BEFORE_AND_NOW, lengths, strict=True)
    ]
    if comparison.is_by_two:  # of the same words
        told = [telling.tell_length(lengths[0] or lengths[1])]
    line = Content.assemble(chapter.lengths.name.capitalize(), (f"  {', '.join(told)}", "not bold"))
    return Stop(Static(line, classes="section"), places=chapter.places)


def _mark(line: MarkLine, labels: tuple[str, str]) -> Widget:
    """Return one criterion on either side; with words where its mark differs."""
    pair = line.pair
    sign = GAINED if pair.step > 0 else LOST if pair.step < 0 else SAME
    before, after = MARKS[pair.before], MARKS[pair.after]
    pieces: list[str | tuple[str, str]] = [(f"{sign[0]} ", sign[1])]
    pieces.append((visible(pair.title), "bold" if pair.step else ""))
    pieces += ["  ", (before[0].rstrip(), before[1])]
    if pair.step:
        pieces += [" → ", (after[0].rstrip(), after[1])]
    doubt = telling.tell_doubt(pair)
    if doubt:
        pieces.append((f"\n  {doubt}", "$warning"))
    head = Static(Content.assemble(*pieces))
    if not pair.step:
        return Stop(head, places=line.places)
    return Stop(
        head,
        _quotes(
            (pair.quotes_before, pair.quotes_after), (bool(pair.before), bool(pair.after)), labels
        ),
        places=line.places,
    )


def _flag(line: FlagLine, labels: tuple[str, str]) -> Widget:
    """Return one flag that came, went or stayed."""
    pair = line.pair
    if pair.before and pair.after:
        sign, what = RAISED, "on both"
    else:
        sign, what = (RAISED, "new") if pair.after else (SAME, "gone")
    head = Static(
        Content.assemble((f"{sign[0]} ", sign[1]), (visible(pair.title), "bold"), f"  {what}")
    )
    said = _quotes((pair.quotes_before, pair.quotes_after), (pair.before, pair.after), labels)
    return Stop(head, said, places=line.places)


def _quotes(
    said: tuple[Sequence[str], Sequence[str]], heard: tuple[bool, bool], labels: tuple[str, str]
) -> Widget:
    """Return what either side is quoted with; people who rate name no words (`heard` alone)."""
    contents = [
        Content.styled(telling.tell_quote(quotes), "italic")
        if quotes
        else Content.styled("no quote" if holds else NOT_HEARD, "$quiet")
        for quotes, holds in zip(said, heard, strict=True)
    ]
    return _pair(*(Quoted(labelled(labels[at], one), at) for at, one in enumerate(contents)))


def _pair(before: Widget, after: Widget) -> Widget:
    return Horizontal(before, after, classes="pair")


def _facts(facts: Sequence[Fact], sign: tuple[str, str], what: str) -> Widget:
    lines = telling.tell_facts(facts)
    content = Content("\n").join(
        Content.assemble((f"{sign[0]} ", sign[1]), (f"{what}  ", "$quiet"), line) for line in lines
    )
    return Static(content, classes="one" if lines else "one nothing")
