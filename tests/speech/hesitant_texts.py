"""What hesitant speakers say: answers about medical training, full of long steady sounds as traps.

`TUNING` is for choosing and fitting, `HELD_OUT` for measuring only. Long vowels and nasals ("more",
"home", "room", "time", "seem", "warm") sound much like a filled pause and are none.
"""

from __future__ import annotations

from tests.speech.answers import ANSWERS

_MORE_AT_HOME = (
    "at home my mum kept a room for people who had no more money",
    "i saw her calm them all the time and i wanted to do the same",
    "so i moved to a small town and i learned more about rural medicine",
    "the room was warm and the farm was far from the main road",
    "one morning a man came in with a swollen arm and a fever",
    "it seemed harmless to him but i asked him to stay and wait for the team",
    "by noon the same man was in the operating room",
    "i still see him and his son when i go home in summer",
)

_NIGHT_TEAM = (
    "i was alone on the night team for the first time in june",
    "the alarm rang and four more patients came from the emergency room",
    "i called my senior and she told me to stay calm and to name the problem",
    "we saw a small boy with a sore arm and a harmless rash",
    "his mum seemed more worried than him so i sat down with her",
    "i know now that time with a family is never time lost",
    "in the morning i wrote all of it down and we talked about it as a team",
    "i would phone for more help sooner if it came up again",
)

_RESEARCH = (
    "my research was about sleep and shame in young doctors from abroad",
    "we asked one hundred and four of them how they felt on the ward",
    "most of them said the same thing and some of them cried",
    "i drew a line through my first plan since the numbers were too small",
    "so we wrote to more programs and we waited for nine months",
    "the poster won a prize but the paper was turned down three times",
    "i learned how to hear no and to go on with the work",
    "these days i teach a class about it at our school each autumn",
)

_STORM = (
    "the storm took down the phones in our town and the clinic lost all power",
    "i ran from room to room with a lamp and a form for each patient",
    "an old farmer could hardly breathe and his oxygen was almost gone",
    "i asked a neighbour for his car and we drove the farmer to the main hospital",
    "it was warm inside the car and he held my arm the whole time",
    "four hours later the team phoned to tell me that he was calm and safe",
    "i was more tired than ever but i could not sleep at home",
    "from then on we keep a store of oxygen and a firm plan for storms",
)

_MENTOR = (
    "my mentor is a surgeon who never seems to raise her voice",
    "she asked me to own the small things before i own the large ones",
    "so i came in at four each morning and i learned all the names on the ward",
    "once i forgot a form and she let me tell the family by myself",
    "it was a hard hour but they thanked me for the honest words",
    "i aim to be the same kind of teacher for the people after me",
    "for the first time i could see the room through the eyes of a parent",
    "she still phones me on my birthday and she asks about my mum",
)


def _without_fillers(name: str) -> tuple[str, ...]:
    return tuple(sentence.removeprefix("um ") for sentence in ANSWERS[name].sentences)


TUNING: tuple[tuple[str, ...], ...] = (
    _MORE_AT_HOME,
    _NIGHT_TEAM,
    _RESEARCH,
    _without_fillers("internal medicine"),
    _without_fillers("low score"),
    _without_fillers("mistake"),
)
HELD_OUT: tuple[tuple[str, ...], ...] = (
    _STORM,
    _MENTOR,
    _without_fillers("teamwork"),
    _without_fillers("feedback"),
)
