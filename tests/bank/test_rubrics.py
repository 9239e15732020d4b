"""Rubrics that extend others, and what their parts must agree on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.bank.files import (
    Data,
    Layers,
    addition,
    bank,
    criterion,
    cue,
    flag,
    lexicon,
    question,
    rubric,
    scoring,
    write,
)

PROBES = {"deed": "What?", "end": "How?", "more": "And?"}


def test_a_rubric_may_add_to_another(layers: Layers) -> None:
    child = addition(
        "longer",
        "story",
        criteria=[criterion("more"), criterion("deed", title="Another deed")],
        flags=[flag("loud", unless_met=["end"]), flag("vague", penalty=9)],
        topic=["story"],
        scoring=scoring(half_width=9),
    )
    write(layers.yours, child, "rubrics")
    library = layers.load()
    assert library.complaints == ()
    longer = library.rubrics["longer"]
    assert [c.title for c in longer.criteria] == ["Another deed", "The end", "The more"]
    assert [(f.id, f.penalty) for f in longer.flags] == [("vague", 9), ("loud", 5)]
    assert (longer.topic, longer.scoring.half_width) == (("story",), 9)
    assert (longer.title, longer.id) == ("More", "longer")
    assert [c.id for c in library.rubrics["story"].criteria] == ["deed", "end"]
    assert library.rubric_layers == {"story": "shipped", "longer": "yours"}


def test_a_user_may_add_one_criterion_to_a_shipped_rubric(layers: Layers) -> None:
    write(layers.yours, addition("story", "story", criteria=[criterion("more")]), "rubrics")
    write(layers.yours, bank("mine", question("a", probes=PROBES)))
    library = layers.load()
    # The shipped questions have no probe for it, and that is no mistake of theirs.
    assert library.complaints == ()
    assert [c.id for c in library.rubrics["story"].criteria] == ["deed", "end", "more"]
    assert library.rubric_layers == {"story": "yours"}


def test_questions_of_the_user_need_a_probe_for_an_added_criterion(layers: Layers) -> None:
    write(layers.yours, addition("story", "story", criteria=[criterion("more")]), "rubrics")
    write(layers.yours, bank("mine", question("a")))
    (complaint,) = layers.complaints()
    assert "questions[1].probes: there is no probe for more, add a question that" in complaint


def test_chains_work_in_any_order_of_names(layers: Layers) -> None:
    write(layers.yours, addition("a", "z", criteria=[criterion("of-a")]), "rubrics")
    write(layers.yours, addition("z", "m", criteria=[criterion("of-z")]), "rubrics")
    write(layers.yours, addition("m", "story", criteria=[criterion("of-m")]), "rubrics")
    library = layers.load()
    assert library.complaints == ()
    assert [c.id for c in library.rubrics["a"].criteria] == ["deed", "end", "of-m", "of-z", "of-a"]


def test_long_chains_do_not_exhaust_the_stack(layers: Layers) -> None:
    for n in range(1200):
        write(layers.yours, addition(f"r{n}", f"r{n + 1}" if n < 1199 else "story"), "rubrics")
    library = layers.load()
    assert library.complaints == ()
    assert len(library.rubrics) == 1201


def test_an_addition_follows_the_users_version_of_its_parent(layers: Layers) -> None:
    write(layers.shipped, addition("longer", "story"), "rubrics")
    write(layers.yours, addition("story", "story", criteria=[criterion("more")]), "rubrics")
    write(layers.yours, addition("mine", "story"), "rubrics")
    library = layers.load()
    assert [c.id for c in library.rubrics["mine"].criteria] == ["deed", "end", "more"]
    # What ships together stays together.
    assert [c.id for c in library.rubrics["longer"].criteria] == ["deed", "end"]


@pytest.mark.parametrize("circle", [["a", "b"], ["a", "b", "c"]])
def test_circles_are_told_in_each_of_their_files(layers: Layers, circle: list[str]) -> None:
    for name, above in zip(circle, [*circle[1:], circle[0]], strict=True):
        write(layers.yours, addition(name, above), "rubrics")
    write(layers.yours, addition("leads-in", "a"), "rubrics")
    complaints = layers.complaints()
    way = " > ".join([*circle, "a"])
    assert complaints == [
        *(
            f"yours/rubrics/{name}.yaml:5: extends: goes round in a circle: {way}, "
            "remove one of them"
            for name in circle
        ),
        'yours/rubrics/leads-in.yaml:5: extends: the rubric "a" has mistakes, mend its file first',
    ]
    assert set(layers.load().rubrics) == {"story"}


def test_a_rubric_of_which_nothing_is_shipped_cannot_extend_itself(layers: Layers) -> None:
    write(layers.shipped, addition("a", "a"), "rubrics")
    write(layers.yours, addition("b", "b"), "rubrics")
    problem = "names the rubric itself, and none of this id is shipped, remove it, or name another"
    assert layers.complaints() == [
        f"shipped/rubrics/a.yaml:5: extends: {problem}",
        f"yours/rubrics/b.yaml:5: extends: {problem}",
    ]


def test_an_unknown_parent_is_told_with_a_guess(layers: Layers) -> None:
    write(layers.yours, addition("mine", "storey"), "rubrics")
    assert layers.complaints() == [
        'yours/rubrics/mine.yaml:5: extends: there is no rubric "storey", did you mean story?'
    ]


def test_without_extends_scoring_and_criteria_are_needed(layers: Layers) -> None:
    half = rubric("half")
    del half["scoring"], half["criteria"], half["flags"]
    write(layers.yours, half, "rubrics")
    assert layers.complaints() == [
        "yours/rubrics/half.yaml:1: scoring: is missing, add it, or extend another rubric",
        "yours/rubrics/half.yaml:1: criteria: is missing, add it, or extend another rubric",
    ]


def test_where_the_users_rubric_is_bad_the_shipped_one_stays(layers: Layers) -> None:
    shipped = layers.load().rubrics["story"]
    bad = addition("story", "story", criteria=[criterion("more", levels={"partly": 2, "met": 1})])
    write(layers.yours, bad, "rubrics")
    write(layers.yours, bank("mine", question("a")))
    library = layers.load()
    assert library.rubrics["story"] == shipped
    assert library.rubric_layers == {"story": "shipped"}
    assert [b.bank.id for b in library.banks] == ["reasons", "mine"]
    assert len(library.complaints) == 1


def test_questions_of_a_bad_rubric_say_so(layers: Layers) -> None:
    write(layers.yours, rubric("mine", title=""), "rubrics")
    write(layers.yours, bank("mine", question("a", rubric="mine")))
    complaint = layers.complaints()[-1]
    assert 'questions[1].rubric: the rubric "mine" has mistakes, mend its file first' in complaint


def test_no_rubric_can_be_called_none(layers: Layers) -> None:
    write(layers.yours, rubric("none"), "rubrics")
    (complaint,) = layers.complaints()
    assert complaint.endswith('"none" means that a question has no rubric, choose another id')


MISTAKES: dict[str, tuple[Data, str]] = {
    "levels": (
        {"criteria": [criterion("deed", levels={"partly": 1.5, "met": 1})], "flags": []},
        "criteria[1].levels: ask for more evidence for partly than for met",
    ),
    "values": (
        {"scoring": scoring(values=[0, 1, 0.5])},
        "scoring.values: do not rise from missed over partly to met",
    ),
    "first band": (
        {"scoring": scoring(bands=[{"from_score": 5, "word": "x"}])},
        "scoring.bands[1].from_score: is 5 for the lowest band, write 0",
    ),
    "bands": (
        {"scoring": scoring(bands=[{"from_score": n, "word": "x"} for n in (0, 50, 50)])},
        "scoring.bands[3].from_score: is not above that of the band before it",
    ),
    "unless_met": (
        {"flags": [flag(unless_met=["ded"])]},
        'flags[1].unless_met[1]: there is no criterion "ded", did you mean deed?',
    ),
    "unless_partly": (
        {"flags": [flag(unless_partly=["end", "xyz"])]},
        'flags[1].unless_partly[2]: there is no criterion "xyz", known are: deed, end',
    ),
    "met_needs": (
        {"criteria": [criterion("deed", met_needs=["dit"])], "flags": []},
        'criteria[1].met_needs[1]: there is no cue "dit", did you mean did?',
    ),
    "twin criteria": (
        {"criteria": [criterion("deed"), criterion("end"), criterion("deed")]},
        'criteria[3].id: the id "deed" is already at ',
    ),
    "twin flags": (
        {"flags": [flag("a"), flag("a")]},
        'flags[2].id: the id "a" is already at ',
    ),
    "twin cues": (
        {"criteria": [criterion("deed", cues=[cue(), cue()])], "flags": []},
        'criteria[1].cues[2].id: the id "did" is already at ',
    ),
    "twin contrary cues": (
        {"flags": [flag(against=[cue(), cue()])]},
        'flags[1].against[2].id: the id "did" is already at ',
    ),
    "zone": (
        {"criteria": [criterion("deed", cues=[cue(zone=[0.5, 0.2])])], "flags": []},
        "criteria[1].cues[1].zone: goes from 0.5 to 0.2, write the smaller share first",
    ),
}


@pytest.mark.parametrize(("changes", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_parts_that_do_not_fit(layers: Layers, changes: Data, expected: str) -> None:
    write(layers.yours, rubric("mine", **changes), "rubrics")
    (complaint,) = layers.complaints()
    assert complaint.startswith("yours/rubrics/mine.yaml:")
    assert expected in complaint


def no_stars(pattern: str, classes: Mapping[str, tuple[str, ...]]) -> str | None:
    if pattern.startswith("{"):
        return None if pattern[1:-1] in classes else "there is no such class"
    return "a star\x1b stands\nhere" if "*" in pattern else None


def test_patterns_are_checked_wherever_they_stand(layers: Layers) -> None:
    mine = rubric(
        "mine",
        topic=["fine", "t*"],
        criteria=[criterion("deed", cues=[cue(any=["a*", "fine"], unless=["u*"])])],
        flags=[flag(cues=[cue(any=["f*"])], against=[cue(any=["g*"])])],
    )
    write(layers.yours, mine, "rubrics")
    write(layers.yours, lexicon(classes={"role": ["nurse", "n*"]}), "lexicons")
    complaints = layers.load(check_pattern=no_stars).complaints
    assert {complaint.path for complaint in complaints} == {
        "topic[2]",
        "criteria[1].cues[1].any[1]",
        "criteria[1].cues[1].unless[1]",
        "flags[1].cues[1].any[1]",
        "flags[1].against[1].any[1]",
        "classes.role[2]",
    }
    problem = '"t*" cannot be used: a star␛ stands here'
    assert problem in {complaint.problem for complaint in complaints}
    assert layers.load().complaints == ()


def test_patterns_see_the_classes_of_their_layer_and_those_below(layers: Layers) -> None:
    write(layers.shipped, lexicon(), "lexicons")
    write(layers.yours, lexicon("mine", classes={"own": ["x"]}), "lexicons")
    write(layers.yours, rubric("mine", topic=["{role}", "{own}"]), "rubrics")
    assert layers.load(check_pattern=no_stars).complaints == ()
    write(layers.shipped, rubric("below", topic=["{own}"]), "rubrics")
    (complaint,) = layers.load(check_pattern=no_stars).complaints
    assert complaint.file.endswith("below.yaml")


def test_a_bad_lexicon_is_left_out_and_told_once(layers: Layers) -> None:
    write(layers.shipped, lexicon(classes={"own": ["y"]}), "lexicons")
    write(layers.yours, lexicon("mine", classes={"own": ["x*"], "other": ["y"]}), "lexicons")
    write(layers.yours, rubric("mine", topic=["{own}", "{other}"]), "rubrics")
    library = layers.load(check_pattern=no_stars)
    assert [complaint.path for complaint in library.complaints] == ["classes.own[1]"]
    assert library.word_classes == {"own": ("y",)}
    assert set(library.rubrics) == {"story", "mine"}


def test_classes_are_checked_as_a_whole(layers: Layers) -> None:
    write(layers.yours, lexicon(), "lexicons")
    (complaint,) = layers.complaints(
        check_pattern=no_stars, check_classes=lambda classes: dict.fromkeys(classes, "too small")
    )
    assert complaint == (
        'yours/lexicons/people.yaml:5: classes.role: "role" cannot be used: too small, change it'
    )


def test_a_suspect_class_is_read_member_by_member(layers: Layers) -> None:
    write(layers.yours, lexicon(classes={"own": ["x", "x*"], "fine": ["y*"]}), "lexicons")
    (complaint,) = layers.load(
        check_pattern=no_stars, check_classes=lambda _: {"own": "has a bad member"}
    ).complaints
    assert complaint.path == "classes.own[2]"
