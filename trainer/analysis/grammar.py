"""Closed word lists of English that the guards and the built-in classes need.

They belong to the language, not to a rubric: a rubric without any lexicon is still guarded.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())


FUNCTION_WORDS = word_set(
    """a about above after again against all also although always am an and another any are around
    as at be because been before being below between both but by can could did do does doing down
    during each even ever every few for from had has have having he her here him his how i if in
    into is it its just like made many may me might mine more most much must my myself never no
    not nothing now of off often on once one only or other our out over own said same she should
    since so some something such than that the their them then there these they this those through
    to too under until up upon us very was we were what when where which while who why will with
    without would yes yet you your"""
)
"""Words that running English is made of: about half of any speech, and rare in keyword lists."""

ASKING_STEMS = word_set(
    """about after again anyth becau befor chang compa compl decid descr every examp expla
    famil first going great handl happe hones hours ident impor learn liked longe match minut
    momen month morni needs never night nobod noth nothi other outsi peopl playe pleas quest
    reall secon share since somed somet somew speak speci start still tells thank thing think
    those three today tonig under wante weeke weeks where worke would years"""
)
"""First five letters of words that questions of every subject hold, and of words with two senses
("match"): an answer that has only them in common with its question is not yet on its subject."""

PRONOUNS = word_set("i me my mine myself we us our he she they him her them it you")

FILLERS = word_set(
    """um umm uh uhh er erm eh hmm hm mm mmm ah like so well yeah yes okay ok right basically
    actually you know i mean"""
)

FIRST = word_set("i me my mine myself")
WE = word_set("we us our ours ourselves")

MODALS = word_set("would will should could might must shall may can")
NEGATIONS = word_set("not never no none nobody nothing neither nor without hardly cannot")

HARMLESS_AFTER_NOT = word_set(
    """only just simply merely because give gave quit afraid forget forgotten forgot hesitate stop
    stopped longer matter sure"""
)
"""After a negation these do not deny the deed: "did not just work harder", "never gave up"."""

HARMLESS_AFTER_NEVER = word_set("went forgot stopped missed gave quit skipped again failed")

OPENERS = word_set(
    """and so but because then when while after before since although though however therefore
    also now later finally eventually afterwards meanwhile instead unfortunately fortunately
    luckily anyway actually basically honestly well um uh okay yes first second next which that
    if as until once again today still maybe plus"""
)
"""Words that stand before the subject of a clause without being it."""

PERSONS = word_set(
    """friend friends roommate brother sister cousin wife husband classmate classmates colleague
    colleagues someone somebody batchmate neighbor neighbour uncle aunt flatmate"""
)
"""Persons whose deeds are told in place of one's own. "Sister" is also a nurse: see `guards`."""

STATES = word_set(
    """was were had felt thought knew wanted believed seemed liked loved hoped wished needed
    understood remembered realized realised guessed supposed became happened tried decided noticed
    heard saw got did said used considered expected enjoyed preferred feared worried failed
    struggled suffered learned learnt lost could would should feared hated regretted
    appreciated found kept"""
)
"""Past forms that tell a state or a thought, or that are too general to be a deed."""

IRREGULAR_PASTS = word_set(
    """arose ate awoke beat became began bent bit blew bought bound broke brought built burnt came
    caught chose clung crept cut dealt did dived dove drank drew drove dug fed fell fled flew
    forgave forgot fought found froze gave got grew had hit held heard hid hung hurt kept knelt
    knew laid lay led left lent let lit lost made meant met overcame overheard oversaw paid put
    quit ran rang read redid rewrote rode rose sat said sang saw sent set sewed shook shot showed
    shut sold sought spent split spoke spread stood stole stuck swept swore taught thought threw
    took tore told undertook understood was went were withdrew woke won wore wrote"""
)

IRREGULAR_PARTICIPLES = word_set(
    """been become begun bitten broken chosen done drawn driven eaten fallen forgotten given gone
    grown hidden known ridden risen seen shaken shown spoken stolen sung sworn taken thrown torn
    woken worn written"""
)

NOT_PASTS = word_set(
    """need indeed hundred bed red feed speed exceed proceed succeed embed shed med meds weed seed
    bleed breed greed agreed-upon sacred naked kindred based supposed tired interested excited
    worried scared related limited united advanced so-called bored concerned embarrassed ashamed
    married unmatched"""
)
"""Words in -ed that are no past tense of a deed."""

BASE_DEEDS = word_set(
    """act add adjust admit advocate agree analyze analyse answer apologise apologize apply
    approach arrange ask assess assign assist attend audit book break bring build calculate call
    calm carry change chart check choose clarify clean collect come comfort compare complete
    confirm contact continue coordinate count cover create debrief decide delegate deliver
    describe design develop discuss divide document double drive draw email ensure enter escalate
    establish examine explain fill find finish fix flag focus follow gather get give go greet
    guide hand help hold identify implement inform insert insist intervene introduce investigate
    invite involve join keep kneel lead learn leave lift listen log look make manage measure meet
    mention monitor move note notice notify offer open order organise organize page participate
    perform pick place plan practice practise prepare present print prioritise prioritize propose
    provide pull push put raise reach read reassess reassure recheck recommend record redo reduce
    refer reflect rehearse remind remove repeat reply report request research respond restart
    review rewrite ring rotate round run schedule search see seek send separate set share show sit
    solve speak split stand start stay step stop study suggest summarise summarize supervise
    support switch take talk teach tell test thank titrate track train transfer translate treat
    try turn update use verify visit volunteer wait wake walk wash watch work write"""
)
"""Base forms of deeds, for stories told in the present and habits: "I move the screen"."""

ADVERBS = word_set(
    """also then just first immediately always often usually now still even only simply quickly
    quietly calmly politely finally eventually later again really actually personally slowly soon
    gently directly basically both all myself therefore initially once twice instead
    together regularly sometimes specifically deliberately"""
)
