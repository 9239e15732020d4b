"""Pages and tables: everything is there, and what people said can do nothing."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import fakes
from tests.exchange.histories import answer
from trainer.analysis.types import Span
from trainer.bank.types import Mark
from trainer.coach.own_marks import OwnMark, describe_own
from trainer.exchange.facts import moment_here, verdict_of
from trainer.exchange.markdown import escaped, write_markdown
from trainer.exchange.page import write_page
from trainer.exchange.sheet import COLUMNS, safe, write_sheet
from trainer.recall import AttemptView, show_attempt
from trainer.transcript.types import Transcript, Word

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \" onmouseover='x' </style> "
    "&lt;b&gt; javascript:x ]]> --> \x1b[31m\u202e [link](http://evil.example) ![i](http://e.x/i) "
    "`code` # head"
)


class Page(HTMLParser):
    """What a browser sees: tags with their attributes, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def view(text: str = "I acknowledge it. Then came the change.", **changes: object) -> AttemptView:
    record = answer(1, text)
    attempt = replace(record.attempt, **changes)  # type: ignore[arg-type]
    return show_attempt(replace(record, attempt=attempt), None, fakes.library())


def page(*views: AttemptView) -> Page:
    found = Page("".join(write_page(views)))
    assert found.open == []
    return found


def test_the_page_holds_words_parts_marks_delivery_and_notes() -> None:
    found = page(view(tags=("calm",), starred=True))
    for text in ("Why?", "calm", "I acknowledge it.", "situation", "met", "Slower here", "0:42"):
        assert text in found.text
    kinds = [attributes.get("class") or "" for _, attributes in found.tags]
    assert "part situation" in kinds
    assert "shows" in kinds
    assert ("blockquote", {}) in found.tags


def test_every_page_says_who_gave_the_marks() -> None:
    assert "keyword check" in page(view()).text
    assert "- Marks by: keyword check" in "".join(write_markdown([view()]))


def test_the_speakers_own_marks_stand_beside_the_machines() -> None:
    criterion = fakes.rubric().criteria[0]
    own = (OwnMark(criterion.id, criterion.title, Mark.PARTLY, Mark.MET),)
    shown = replace(view(), own=own)
    for text in ("Your own marks", *describe_own(own)):
        assert text in page(shown).text
        assert escaped(text) in "".join(write_markdown([shown]))


def test_a_number_stands_where_the_words_of_its_mark_end() -> None:
    record = answer(1)
    stored = record.ratings[0]
    first, second = list(stored.rating.marks)[:2]
    spans = (Span(0, 3, "criterion", first), Span(1, 5, "criterion", second))
    rating = replace(stored.rating, marks={**stored.rating.marks, second: Mark.PARTLY}, spans=spans)
    record = replace(record, ratings=(replace(stored, rating=rating),))
    text = "".join(write_page([show_attempt(record, None, fakes.library())]))
    body = re.sub(r"</?span[^>]*>", "", text)
    assert "I acknowledge it.<sup>1</sup> Then came<sup>2</sup> the change." in body


def test_unsure_words_are_marked() -> None:
    record = answer(1)
    words = tuple(
        Word(w.start, w.end, 1.0, 1.5, 0.2 if n == 4 else 0.95)
        for n, w in enumerate(record.transcripts[0].transcript.words)
    )
    transcript = Transcript(record.transcripts[0].transcript.text, words, "vosk")
    version = replace(record.transcripts[0], transcript=transcript)
    shown = show_attempt(replace(record, transcripts=(version,)), None, fakes.library())
    assert '<span class="unsure">came</span>' in "".join(write_page([shown]))


def test_hostile_text_is_shown_and_does_nothing() -> None:
    shown = view(HOSTILE, prompt=HOSTILE, bank_title=HOSTILE, origin=HOSTILE, tags=(HOSTILE,))
    found = page(shown)
    assert "<script>alert(1)</script>" in found.text
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "form", "a", "base"}
    for _, attributes in found.tags:
        assert not any(name.startswith("on") or name in ("src", "href") for name in attributes)
    assert not set("\x1b\u202e") & set(found.text)


def test_the_page_allows_nothing_but_its_own_style() -> None:
    text = "".join(write_page([view()]))
    style = re.search(r"<style>(.*?)</style>", text, re.S)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    (policy,) = (
        attributes["content"]
        for tag, attributes in page(view()).tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in text
    assert "url(" not in text
    for needed in ("@media print", "prefers-color-scheme: dark", "color-scheme: light dark"):
        assert needed in style[1]


def test_several_answers_are_listed_and_linked() -> None:
    about = f"{moment_here(view().record.attempt.started_at)}, {verdict_of(view())}"
    found = page(view(), view())
    targets = {a["href"] for tag, a in found.tags if tag == "a"}
    ids = {f"#{a['id']}" for tag, a in found.tags if tag == "article"}
    assert targets == ids == {"#answer-1", "#answer-2"}
    assert "".join(write_page([view(), view()])).count(f"<small>{about}</small>") == 2


def test_an_answer_without_words_or_rating_is_a_page_too() -> None:
    record = replace(answer(1, ""), ratings=(), notes=())
    shown = show_attempt(record, None, fakes.library())
    assert "(no words)" in page(shown).text
    assert "not rated" in "".join(write_markdown([shown]))
    assert write_sheet([shown]).count("\n") == 2


@given(st.text(max_size=80), st.text(max_size=40))
def test_no_text_opens_a_tag(said: str, asked: str) -> None:
    shown = view(said or "x y z", prompt=asked) if len(said.split()) >= 3 else view(prompt=said)
    allowed = {"html", "head", "meta", "title", "style", "body", "article", "h2", "h3", "h4", "dl"}
    allowed |= {"dt", "dd", "p", "div", "span", "sup", "ol", "ul", "li", "strong", "blockquote"}
    assert {tag for tag, _ in page(shown).tags} <= allowed | {"footer"}


def test_markdown_holds_the_same_and_escapes_it() -> None:
    text = "".join(write_markdown([view(), view(HOSTILE, prompt=HOSTILE)]))
    for part in ("# Why?", "## Marks", "**met**", "**situation**", "Slower here", "\n---\n"):
        assert part in text
    assert "\\<script\\>" in text
    assert "\\[link\\](http\\:" in text
    assert not re.search(r"(?<!\\)(<|`|!\[|\]\()", text)
    assert "\x1b" not in text


@pytest.mark.parametrize("text", ["- item", "1. one", "+ x", "    - y", "a\n# b", "a\n===", "> q"])
def test_no_line_of_an_answer_begins_a_block(text: str) -> None:
    for line in escaped(text).splitlines():
        assert not re.match(r"\s*([-+*>#=]|\d+[.)])(\s|=|$)", line)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_has_a_row_an_answer_and_a_column_a_criterion() -> None:
    text = write_sheet([view(), view()])
    first, second = rows(text)
    assert first == second
    assert list(first)[: len(COLUMNS)] == list(COLUMNS)
    criteria = {name: mark for name, mark in first.items() if "/" in name}
    assert set(criteria.values()) == {"0", "2"}
    assert all(name.startswith("ownership/") for name in criteria)
    assert (first["answer_s"], first["prompt"], first["score_word"]) != ("", "", "")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", " =", "|", "\uff1d"])
def test_no_cell_is_a_formula(sign: str) -> None:
    hostile = f'{sign}HYPERLINK("http://evil.example","x")'
    (row,) = rows(write_sheet([view(prompt=hostile, origin=hostile, tags=(hostile,))]))
    for name in ("prompt", "origin", "tags"):
        assert row[name].startswith("'")
    assert safe(-3.5) == -3.5


@given(st.text(max_size=40))
def test_cells_stay_in_their_column(text: str) -> None:
    (row,) = rows(write_sheet([view(prompt=text)]))
    assert None not in row
    assert row["id"] == "a1"
    assert row["prompt"][:1] not in set("=+-@\t\r\n")
