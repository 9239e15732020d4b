"""Files of terms: shipped ones, the user's own, and hostile ones."""

from __future__ import annotations

import pytest

from tests.bank.files import Layers, question, write
from tests.bank.files import bank as bank_file
from trainer.bank.loading import check_files, load_library
from trainer.bank.types import MOST_TERMS, Term
from trainer.paths import shipped
from trainer.transcript.pronunciation import sounds_of


def terms(**changes: object) -> dict[str, object]:
    return {
        "schema": 1,
        "id": "mine",
        "about": "Names of mine.",
        "kind": "name",
        "terms": {"Kowalska": ["co valska"], "Step 4": []},
        **changes,
    }


def test_the_shipped_terms_have_no_mistake_and_none_stands_twice() -> None:
    library = load_library(shipped("question_banks"), shipped("question_banks") / "nowhere")
    assert library.complaints == ()
    assert len(library.terms) > 250
    written = [term.text.casefold() for term in library.terms]
    assert sorted(written) == sorted(set(written))
    assert {bank.bank.id for bank in library.banks}.isdisjoint({"drugs", "exams"})


def test_every_shipped_term_can_be_said() -> None:
    library = load_library(shipped("question_banks"), shipped("question_banks") / "nowhere")
    for term in library.terms:
        for said in term.said:
            assert said.isascii(), term
            assert all(sounds_of(word) for word in said.split()), term


def test_terms_of_ones_own_come_first(layers: Layers) -> None:
    write(layers.shipped, terms(id="common", terms={"sepsis": []}), "terms")
    write(layers.yours, terms(), "terms")
    library = layers.load()
    assert library.complaints == ()
    assert library.terms == (
        Term("Kowalska", ("co valska",), "name"),
        Term("Step 4", (), "name"),
        Term("sepsis", (), "name"),
    )


def test_a_bank_names_terms_of_its_own(layers: Layers) -> None:
    write(
        layers.yours, bank_file("mine", question("a", rubric="none", probes={}), terms=["Kowalska"])
    )
    loaded = layers.load().bank("mine")
    assert loaded
    assert loaded.bank.terms == ("Kowalska",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("terms: {a: [], a: []}", "stands here twice"),
        ('terms: {"\\e[31m": []}', "escape for an invisible character"),
        ("terms: {a: b}", "write a list"),
        ("terms: {}", "write at least 1"),
        ("terms: {12: []}", "is not text"),
        ('terms: {"": []}', "is empty"),
        (f"terms: {{{'x' * 90}: []}}", "use at most 80"),
        ("terms: {a: [b, c, d, e, f, g]}", "write at most 5"),
        ("terms: [a]", "write a group"),
    ],
)
def test_a_bad_file_is_left_out_and_told(layers: Layers, text: str, problem: str) -> None:
    folder = layers.yours / "terms"
    folder.mkdir(parents=True)
    file = folder / "mine.yaml"
    file.write_text(f"schema: 1\nid: mine\nabout: x\nkind: name\n{text}\n")
    library = layers.load()
    assert library.terms == ()
    (complaint, *_) = library.complaints
    assert problem in str(complaint)
    assert complaint.line == 5


def test_a_list_too_long_is_refused(layers: Layers) -> None:
    many = {f"name {number}": [] for number in range(MOST_TERMS + 1)}
    write(layers.yours, terms(terms=many), "terms")
    assert "write at most 1000" in str(layers.load().complaints[0])


def test_markup_stays_text(layers: Layers) -> None:
    write(layers.yours, terms(terms={"[red]sepsis[/]": []}), "terms")
    assert layers.load().terms[0].text == "[red]sepsis[/]"


def test_a_list_of_terms_among_the_banks_is_told_where_it_belongs(layers: Layers) -> None:
    file = write(layers.yours, terms())
    (complaint,) = check_files([file], layers.shipped, layers.yours)
    assert "is a list of terms where a bank belongs, move it into the folder terms" in str(
        complaint
    )
