"""Spoken answers for tests: whole interview answers, none of whose sentences the model trained on.

Every word is in the model's vocabulary. A speaker pauses between the sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What a candidate says to a question: its sentences, as a recogniser writes them."""

    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole answer in one line."""
        return " ".join(self.sentences)


INTERNAL_MEDICINE = Answer(
    (
        "i chose internal medicine for two reasons",
        "i like to find the cause when a patient has many problems",
        "and i like to see the same people for years",
        "in my third year i met an old man with fever and pain in his chest",
        "for three days nobody knew the cause",
        "i sat with him every evening and i asked about his work and his home",
        "then i found an infection in his blood",
        "he went home after two weeks",
        "since then i have worked in a free clinic every month",
        "after my training i want to work in primary care in a small town",
        "i speak three languages and i can help many families",
    )
)

LOW_SCORE = Answer(
    (
        "yes i failed step one on my first attempt",
        "that was my mistake and nobody else is to blame",
        "i read my books for four months but i did very few questions",
        "um i did not ask anyone for help",
        "then i changed my plan",
        "i did forty questions every day and i wrote down every mistake",
        "i also met a study partner three times a week",
        "as a result i passed the exam on the second attempt",
        "my score on step two is now two forty nine",
        "i still use the same plan and my supervisor checks my notes every month",
    )
)

MISTAKE = Answer(
    (
        "last year i was a student on a busy ward",
        "it was my job to check the lab results of six patients",
        "one evening i was tired and i missed a high number",
        "the nurse saw it an hour later and she called me",
        "i went to the patient right away and i told my supervisor the truth",
        "we gave him the right medicine and i said sorry to him and to his wife",
        "he was safe and he went home after three days",
        "i learned that i must not trust my memory",
        "since then i write a list and i read it again before i leave the ward",
    )
)

TEAMWORK = Answer(
    (
        "two years ago i worked in a small hospital with a team of five",
        "a nurse and i did not agree about the plan for a young woman",
        "i was responsible for her care and i felt angry",
        "first i asked the nurse to talk with me in a quiet room",
        "she said that the family was afraid and that nobody had listened to them",
        "so i called the daughter and i explained the plan in simple words",
        "then we changed the time of the medicine",
        "in the end the patient was happy and the nurse thanked me",
        "now i ask the nurse first before i change a plan",
    )
)

FEEDBACK = Answer(
    (
        "in my first month on the ward my supervisor told me that i speak too fast",
        "um it was hard to hear",
        "i asked her for one example and she gave me two",
        "so i changed how i talk with families",
        "after three sentences i stop and i ask the patient to tell me the plan again",
        "i practiced with a friend for six weeks",
        "as a result my patients ask more questions and they take the right medicine",
        "my supervisor saw the change and she asked me to teach the new students",
        "i still ask for feedback every week",
    )
)

ANSWERS: Mapping[str, Answer] = {
    "internal medicine": INTERNAL_MEDICINE,
    "low score": LOW_SCORE,
    "mistake": MISTAKE,
    "teamwork": TEAMWORK,
    "feedback": FEEDBACK,
}
