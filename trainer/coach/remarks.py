"""The plain words for remarks, which take the place of the marks, and notes, which stand beside."""

from __future__ import annotations

from trainer.analysis.tokens import MOST_WORDS
from trainer.analysis.types import Note, Remark

REMARKS = {
    Remark.EMPTY: "There are no words to rate here yet.",
    Remark.QUESTION_REPEATED: (
        "This is the question itself, not an answer to it. Answer it in your own words."
    ),
    Remark.OFF_QUESTION: (
        "I could not hear the subject of the question in this answer. "
        "Did you answer another question? Read the question again and begin with its subject."
    ),
    Remark.KEYWORDS: (
        "This reads as a list of words, not as sentences. "
        "An interviewer hears a story, so say who did what, in full sentences."
    ),
    Remark.OTHER_LANGUAGE: (
        "Most of this is not in English, so it cannot be rated. "
        "The interview is held in English. Say the same in English; short sentences are enough."
    ),
    Remark.RECITED: (
        "This sounds like a song, a poem or a prayer. It does not tell of you. "
        "Say in your own words what you did or why you want this."
    ),
    Remark.CHECKLIST_READ: (
        "These are the words of the checklist, and nothing happens in them. "
        "Say what you did yourself: where it was, when, and with whom."
    ),
}

PERHAPS = "Not sure. Perhaps: "
"""What the words on a mark begin with that is a guess: they would be false if it is wrong."""

NOTES = {
    Note.PASTED_TWICE: "The same words stand here twice. They are rated once.",
    Note.SOMEBODY_ELSE: (
        "Most of this is what somebody else did, so it does not count as yours. "
        "The interviewer wants to know you. Say what you did yourself."
    ),
    Note.CONDITIONAL: (
        "Most of this is what you would do, and it is not known whether you did it. "
        "Tell one time when it happened."
    ),
    Note.TOO_SHORT: (
        "This is too short to rate well. A point that is missed here may only be unsaid. "
        "Say more, then look at the marks."
    ),
    Note.CUT: (
        f"Only the first {MOST_WORDS} words are rated, and the score stays low. "
        "An interviewer hears about 300 words in two minutes, and not much more."
    ),
    Note.NOTHING_HEARD: (
        "I heard nothing of what this checklist asks for. Read the question again. "
        "Answer it in your own words, and be exact: name a place, a person, a time or a reason."
    ),
}
