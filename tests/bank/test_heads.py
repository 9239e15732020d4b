"""The trained heads that rubrics name for their criteria and flags."""

from __future__ import annotations

import json

import pytest

from tests.bank.files import Layers, addition, criterion, flag, write
from trainer.bank import stored
from trainer.bank.types import Library, Rubric
from trainer.catalogue import open_catalogue
from trainer.paths import Home

SHARING = ("star", "teamwork", "resilience")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_catalogue(Home(tmp_path_factory.mktemp("home"))).library()


def heads(rubric: Rubric) -> dict[str, str | None]:
    return {part.id: part.head for part in (*rubric.criteria, *rubric.flags)}


def test_every_shipped_criterion_and_flag_names_the_head_of_its_family(library: Library) -> None:
    families = dict.fromkeys(SHARING, "star") | {"person": "fit"}
    for name, rubric in library.rubrics.items():
        family = families.get(name, name)
        assert heads(rubric) == {part: f"{family}/{part}" for part in heads(rubric)}


def test_parts_that_share_a_head_mean_the_same(library: Library) -> None:
    meanings: dict[str | None, set[object]] = {}
    for rubric in library.rubrics.values():
        for part in rubric.criteria:
            meanings.setdefault(part.head, set()).add(part.marks)
    assert [head for head, marks in meanings.items() if len(marks) > 1] == []


def test_a_head_that_no_encoder_knows_is_no_mistake(layers: Layers) -> None:
    part, mistake = criterion("more", head="later/more"), flag("loud", head="later/loud")
    write(layers.yours, addition("story", "story", criteria=[part], flags=[mistake]), "rubrics")
    library = layers.load()
    assert library.complaints == ()
    assert heads(library.rubrics["story"])["more"] == "later/more"
    assert heads(library.rubrics["story"])["loud"] == "later/loud"


@pytest.mark.parametrize("head", ["deed", "story/", "/deed", "Story/deed", "a/b/c", "../deed"])
def test_a_head_is_a_family_and_an_id(layers: Layers, head: str) -> None:
    part = criterion("more", head=head)
    write(layers.yours, addition("mine", "story", criteria=[part]), "rubrics")
    (complaint,) = layers.complaints()
    assert complaint.endswith(
        f'criteria[1].head: "{head}" cannot be a head, '
        "write a family and an id in small letters, such as star/situation"
    )


def test_what_is_taken_over_keeps_its_head_and_what_is_replaced_does_not(layers: Layers) -> None:
    trained = [criterion("deed", head="story/deed"), criterion("end", head="story/end")]
    write(layers.yours, addition("first", "story", criteria=trained), "rubrics")
    write(layers.yours, addition("second", "first", criteria=[criterion("end")]), "rubrics")
    library = layers.load()
    assert library.complaints == ()
    assert heads(library.rubrics["second"]) == {"deed": "story/deed", "end": None, "vague": None}


def test_a_rubric_that_was_stored_before_there_were_heads_is_read_without(
    library: Library,
) -> None:
    kept = json.loads(stored.encode(library.rubrics["star"]))
    for part in (*kept["criteria"], *kept["flags"]):
        del part["head"]
    old = stored.decode(json.dumps(kept))
    assert old is not None
    assert set(heads(old).values()) == {None}
    assert stored.decode(stored.encode(library.rubrics["star"])) == library.rubrics["star"]
