"""The rubrics for fit, situations, cases, deflections and closing questions, on 63 answers.

The answers were written before the cues. Those in READ were looked at while the cues were
written; those in HELD_BACK were rated for the first time when the cues stood (mean difference of
a mark .16 at that time). One person wrote answers, marks and cues, so these tests guard against
regressions: they do not say how well the cues travel to other speakers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import pytest

from trainer.analysis.patterns import check_classes, check_pattern
from trainer.analysis.rating import ChecklistRater
from trainer.analysis.scoring import score
from trainer.analysis.types import Rating
from trainer.bank.loading import load_library
from trainer.bank.types import Library, Mark, Rubric
from trainer.paths import shipped
from trainer.transcript.types import Transcript

CRITERIA = {
    "fit": ("claim", "example", "effect", "link"),
    "situational": ("recognise", "first_step", "others", "reason", "follow_up"),
    "case": ("presentation", "reasoning", "decision", "outcome", "learning"),
    "deflection": ("calm", "boundary", "redirect"),
    "closing": ("specific", "open", "interest"),
}
FLAGS = {
    "fit": ("generic", "boast"),
    "situational": ("passes_on", "harsh"),
    "case": ("lecture", "lone_hero"),
    "deflection": ("hostile", "overshare"),
    "closing": ("perks", "no_question"),
}

MOST_DIFFERENCE = 0.3  # of a mark (0..2), on average over all answers of a set
MOST_DIFFERENCE_OF_A_RUBRIC = 0.5
LEAST_MARGIN = 30  # points of the score between the worst good answer and the best empty one
LEAST_MARGIN_SPOKEN = 20  # without capitals there are no names of clinics or places

GOOD, MIDDLING, EMPTY, FLAGGED = "good", "middling", "empty", "flagged"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the marks that a careful person gives it, in the order of the criteria."""

    rubric: str
    question: str
    kind: str
    marks: str
    flags: str
    text: str


HELD_BACK = (
    Answer(
        "fit",
        "fit-strengths",
        GOOD,
        "2222",
        "",
        """
If I have to choose, I would say my strength is that I explain things slowly. In my house job in
Lagos there was one man of about fifty with new diabetes, and he was throwing his insulin away
because his neighbour told him it kills people. I sat with him three evenings and I drew the whole
thing on the back of a lab form. He came back to clinic after two months and his sugar was down
from fourteen to eight, and he brought his brother along so that I explain to him also. The matron
started sending the newly diagnosed people to me. I think with your clinic, where many patients
have little schooling, an intern who takes out a pen and draws will be useful from the first week.
""",
    ),
    Answer(
        "fit",
        "fit-stress",
        GOOD,
        "2222",
        "",
        """
What keeps me well is swimming, but I should be honest, it is more the people than the water. When
I was working in the covid ward in Quito I slept badly for some weeks, and a friend, an
anesthetist, he obligated me to go to the pool with him on Tuesdays and Saturdays before the
shift. I have kept it four years. My chief at that time told me that I was shouting less, and,
well, my notes were again complete, so it is working I think. For the night float month here I
already looked, there is a public pool at ten minutes, and I know I will ask a co-resident to come
because alone I do not go.
""",
    ),
    Answer(
        "fit",
        "img-us-experience",
        GOOD,
        "2222",
        "",
        """
In US I have four months, two hands-on in Ohio and two observer. The hands-on one, my job is
simple: every morning I see three patients before the round, I write the note, resident check it
and sign. One lady with heart failure, she say no to the water pill, everyone think she is
difficult. I ask her and she tell me she has to go to the toilet in the bus for her work, she is
cleaner, two buses. So I tell the attending and we move the pill to evening. She take it. Her
weight go down three kilo in the week and she say thank you by name. Attending wrote this in my
letter. Here your clinic also has many people with this kind of job, I will ask the bus question
on day one.
""",
    ),
    Answer(
        "fit",
        "fit-nurse-view",
        MIDDLING,
        "2111",
        "",
        """
I think the nurses would say that I am calm and I am available. In my internship I was always
reachable on the phone, and whenever they called me I used to come to the bedside and see the
patient by myself. So they were happy with me and the relation was good. One nurse even told me
that she likes when I am on duty. I believe in your hospital also I will maintain good relations
with nursing staff and respect their work.
""",
    ),
    Answer(
        "fit",
        "fit-bring",
        EMPTY,
        "1001",
        "generic",
        """
I would bring a lot of passion and dedication to your esteemed program. I am a very hard-working
person and I am also a perfectionist, I always give one hundred and ten percent in everything that
I do. I am a people person and a team player, I get along with everybody, and I have good
communication skills and leadership skills. I believe that diversity is very important and I will
bring a new perspective to the team. I am sure that I will be an asset for your hospital and I
will not disappoint you if you give me the opportunity.
""",
    ),
    Answer(
        "fit",
        "closing-one-sentence",
        FLAGGED,
        "1210",
        "boast",
        """
The sentence should be that I am the best candidate you will see this year. I was the first in my
class and no other intern in my university could do the procedures as fast as me. In one night in
the emergency I put nine central lines when the other doctors were afraid, only I could do it. The
professor said he never saw someone like me. So you will not find better than me for your program,
and I am sure the other applicants cannot bring what I bring.
""",
    ),
    Answer(
        "situational",
        "situational-unsafe-order",
        GOOD,
        "22222",
        "",
        """
First thing in my mind is the patient, because if this dose is really wrong, it's him who will be
hurt, not me and not my senior. So I would hold the medication for a few minutes and I would open
the chart and check the weight and the kidney function, maybe I am the one mistaken. Then I would
go back to my senior privately and say, I'm worried about this dose, can we look at it together
with the pharmacist. If he still says just give it, I will call the pharmacist myself and then the
attending, and I would tell my senior I am calling. Because in the end nobody is allowed to give
something he believes is dangerous, even an intern. After the shift I would write in the chart
what was decided and I'd talk to my senior again, so that there's no bad feeling.
""",
    ),
    Answer(
        "situational",
        "cultural-daughter-interprets",
        GOOD,
        "22222",
        "",
        """
Well, one minute of talk becomes one word, so something is lost, and what is lost can be the chest
pain or the medicine he stopped. I stop there, and I thank the daughter, and I say it is our habit
to take a hospital interpreter so she can just be the daughter today. I take the phone
interpreter, or the person if there is one in the building, and I look at the father when I speak.
Why I do it, because a relative sometimes protects the father, she leaves out the bad things, and
he has right to understand his own illness. At the end I ask him to tell me back with his words
how he takes the tablets. And I write in the chart that next visit an interpreter must be booked.
""",
    ),
    Answer(
        "situational",
        "no-match-if-again",
        GOOD,
        "22222",
        "",
        """
Honestly it would hurt, and it would tell me that my application has still a hole that I did not
see. On that Monday I would open the list of unfilled positions with my mentor, Dr. Farooq, he was
through this himself, and apply in SOAP the same afternoon. If SOAP also gives nothing, I would
write to two program directors who interviewed me and ask them what was missing in my file. I
would not leave clinical work, because skills get rusty and because I do not want to be anything
else than internist. So I would extend my job in the community clinic in Houston, where I am
already allowed to see patients with supervision, and take Step 3 before the summer. In September
I'd sit with my mentor again and see whether the application is really different, and if not I
would apply also in family medicine.
""",
    ),
    Answer(
        "situational",
        "situational-impaired-colleague",
        MIDDLING,
        "12110",
        "",
        """
This is a very difficult situation because he is my friend but also patients are there. I think I
would talk to my friend first and I would tell him that he cannot work like this. After that I
would inform someone senior about it, because patient safety is the most important thing for us as
doctors. I hope that he would understand me and that our friendship continues.
""",
    ),
    Answer(
        "situational",
        "situational-family-divided",
        EMPTY,
        "00000",
        "",
        """
This is a very good question. In such cases I think it is important to stay professional and to
have good communication with everybody. I always try to see the situation from every side. A good
doctor must be patient and must be able to work under pressure, and I am a person who can handle
these situations very well. I have seen many things in my career, so it would not be a problem for
me. I would do the best thing for everyone and everything would be fine.
""",
    ),
    Answer(
        "situational",
        "quality-unreported-error",
        FLAGGED,
        "12221",
        "harsh",
        """
I would be very angry with this co-resident, because he is hiding an error and this is not
acceptable. I would tell him in front of the nurses that he is dangerous and should be ashamed.
Then I would go straight to the program director the same night and I would demand that he is
punished, because people like this must not be doctors. And also I would file the report with his
name. Errors have to be reported because next time the patient can die.
""",
    ),
    Answer(
        "situational",
        "situational-two-calls",
        FLAGGED,
        "21210",
        "passes_on",
        """
There are two calls, both are serious, chest pain can be a heart attack and the pressure of eighty
is shock maybe. I am only the intern so I think it is not my decision. I would call my senior and
let him decide which patient he wants to see, and I would ask him to come and take over, it is his
responsibility and he knows much more than me. I would wait for him in the doctors room and after
that I do what he says.
""",
    ),
    Answer(
        "case",
        "case-most-challenging",
        GOOD,
        "22222",
        "",
        """
A woman, sixty two years, came to our emergency in Aleppo with confusion since two days and her
son said she is not herself. Everybody thought stroke because she is hypertensive. But she had no
weakness, and she was falling asleep and waking up, so for me it was more metabolic or infection.
Her sodium was 118 but also she had a small fever, so meningitis was still possible, the neck was
soft which was against it. CT was broken that week. I decided to do the lumbar puncture anyway
after I checked the eyes for pressure, and I called my attending and he agreed. It was clear. We
corrected the sodium slowly, and on the fourth day she asked me where is her handbag. It was the
diuretic that her GP doubled. What I took from it, I look at the medicine list before I look at
the scan, and I do this now on every confused patient.
""",
    ),
    Answer(
        "case",
        "uncertainty-treat-first",
        GOOD,
        "22222",
        "",
        """
Young man, twenty four, farmer, he come to district hospital with fever five days and yellow eyes.
Blood pressure low. In my head there are three things, leptospirosis because rice field, malaria
because he go to forest, and sepsis from gallbladder. Malaria smear negative two times, but one
negative smear not enough. Ultrasound machine is in the other town. I cannot wait, the pressure
eighty. So I take blood culture first, then I give penicillin and also artesunate, both, and I
tell my senior on the phone why, he say okay, look again after six hour. After two days the fever
go down and he pass urine again. Later the test from Hanoi come back, leptospirosis. Since this
patient I always write on paper what I think number one, number two, and what will make me change.
""",
    ),
    Answer(
        "case",
        "case-few-resources",
        MIDDLING,
        "11111",
        "",
        """
In my country many tests are not available, so we have to use our clinical skills. I remember a
patient with severe abdominal pain and we could not do the CT scan because the machine was in
another city. We were thinking about appendicitis or maybe typhoid perforation. We examined him
many times and in the end the surgeon operated him and it was a good outcome. This taught me that
the clinical examination is very important and that we should not depend on technology only.
""",
    ),
    Answer(
        "case",
        "uncertainty-approach",
        EMPTY,
        "00000",
        "lecture",
        """
Uncertainty in diagnosis is common in internal medicine. The differential diagnosis of chest pain
includes acute coronary syndrome, pulmonary embolism, aortic dissection, pneumothorax and
gastroesophageal reflux disease. According to the guidelines, the first step is always the history
and physical examination, and then an electrocardiogram should be performed within ten minutes.
Troponin is elevated in myocardial infarction. Pulmonary embolism is characterized by dyspnea and
tachycardia, and the gold standard is CT angiography. If the patient is unstable, he should be
managed according to ACLS protocol. So in this way the uncertainty is handled with evidence based
medicine.
""",
    ),
    Answer(
        "case",
        "case-most-challenging",
        EMPTY,
        "00001",
        "",
        """
I had so many challenging cases that it is difficult to choose. I was always able to manage them
because I like to think deeply about the patient. In general I take a complete history, I do a
good examination and I read the literature. Medicine is like being a detective and I love to solve
the puzzle. My seniors were always impressed with my approach. I think every case is a learning
opportunity and it makes me a better doctor every day.
""",
    ),
    Answer(
        "case",
        "case-small-clue",
        FLAGGED,
        "22222",
        "lone_hero",
        """
There was a man about seventy years in the medical ward, short of breath since one week, and all
the consultants were treating him for pneumonia. They all missed it, but I noticed that his neck
veins were very full and that his heart sounds were far away. Nobody believed me. So I took the
ultrasound by myself and I found a big effusion around the heart, tamponade, and not pneumonia,
because the lungs were clear and he had no fever. I alone drained it in the night, without anybody
helping. The pressure came up at once and he went home after nine days. Without me he would be
dead. After this case they called me the detective. Now I examine the neck veins in every
breathless patient.
""",
    ),
    Answer(
        "deflection",
        "improper-marital",
        GOOD,
        "222",
        "",
        """
Ha, that is a kind question. I like to keep my family life a little private if that is okay with
you. But if what you wonder is whether I will stay here for the three years, then I can say yes. I
have already visited the neighbourhood, I signed up with a doctor of my own here, and when I start
something I finish it, for example my four years in the district hospital where most people left
after one. So you can count on me for the night calls too.
""",
    ),
    Answer(
        "deflection",
        "improper-religion",
        GOOD,
        "222",
        "",
        """
Thank you for asking about it openly. I am happy to say I am Muslim, that's all there is to say,
and it has never stopped me from covering a shift. About the holidays, in my last hospital I
worked every Christmas so that the colleagues with small children could be home, and they took the
Eid for me. I would like to do the same here: whatever the schedule needs, I plan it with the
chief residents early.
""",
    ),
    Answer(
        "deflection",
        "motivation-other-specialties",
        GOOD,
        "222",
        "",
        """
That's a fair thing to wonder. I would rather keep the list of my applications to myself, I hope
you understand. What I can tell you is why I am sitting here: in my last two years I worked only
on internal medicine wards, my research is in heart failure, and I asked for a rotation in your
clinic because I want to follow the same patients for years. If I matched here, I would come with
my whole heart.
""",
    ),
    Answer(
        "deflection",
        "improper-children",
        MIDDLING,
        "220",
        "",
        """
I prefer not to talk about my children plans. It is personal for me. I hope that is fine.
""",
    ),
    Answer(
        "deflection",
        "improper-marital",
        EMPTY,
        "010",
        "",
        """
Oh, hmm, I don't know what to say. I, I did not expect this question. Well. I mean, maybe, it
depends. Sorry, I am a bit nervous now. I don't know if I have to answer this. My family is, well,
it is complicated. Can we go to the next question please, or if you want I can think about it, I
am sorry.
""",
    ),
    Answer(
        "deflection",
        "improper-age",
        FLAGGED,
        "000",
        "hostile",
        """
Excuse me, why do you ask this? You are not allowed to ask my age, it is illegal in this country
and I can report it to the NRMP or speak with a lawyer. I find this question discriminating. You
would not ask this to an American applicant.
""",
    ),
    Answer(
        "deflection",
        "improper-health",
        FLAGGED,
        "101",
        "overshare",
        """
Yes, to be sincere with you, two years ago when my father died I had a depression, I took
sertraline one year and I was seeing a psychologist every week, I could not get out of the bed and
I was crying at work and my fiancé left me also in this time, it was a horrible year, and then my
sister had the cancer. I was also with panic attacks, so I had to stop for my exam. Now I am
better, I still take a small dose and sometimes I don't sleep well but I am much better. I think I
can do the job.
""",
    ),
    Answer(
        "closing",
        "closing-ask-resident",
        GOOD,
        "222",
        "",
        """
Yes, thank you. When we walked past the workroom before, somebody said that you had a new night
float system since January. How is that for you, I mean, how do you feel after the third or fourth
night, and is somebody there when you need to ask? I am asking because at home I did thirty hour
calls and I noticed that after hour twenty I stopped to ask questions, and I don't want to be like
this again.
""",
    ),
    Answer(
        "closing",
        "closing-ask-faculty",
        GOOD,
        "222",
        "",
        """
I read that in your clinic on Jefferson Street half of the people speak Spanish, and you mentioned
the group visits for diabetes before. Could you tell me how the interns are involved in these
group visits and what you would want them to learn there? For me it matters much, my grandmother
lost a leg with diabetes and nobody explained her anything, so I would like to become good in this
kind of teaching.
""",
    ),
    Answer(
        "closing",
        "closing-ask-director",
        GOOD,
        "222",
        "",
        """
I have two. First: your board preparation, this weekly hour with the chief on Thursday, what
happens in it really, how do residents use it? Second: patients from the county jail, Dr. Lewis
told that you take care of them. What does an intern learn there that he does not learn on other
place? I worked in prison hospital one year, so I know this patients are forgotten and I would
like to do it again.
""",
    ),
    Answer(
        "closing",
        "closing-ask-director",
        MIDDLING,
        "121",
        "",
        """
Yes I have a question. What is your teaching like, and what are the strengths of the program? And
also, do you have research opportunities for the residents? I think research is important for my
future.
""",
    ),
    Answer(
        "closing",
        "closing-ask-director",
        EMPTY,
        "000",
        "no_question",
        """
No, thank you, I think everything was already answered today. All the people were so kind and the
presentation in the morning was very complete and very clear. I read also your website. I really
enjoyed the day, it is a wonderful program with wonderful people and I would be very honored to be
here. I don't have any questions for now, thank you very much for the opportunity.
""",
    ),
    Answer(
        "closing",
        "closing-ask-resident",
        EMPTY,
        "010",
        "",
        """
I think the program is amazing and I could see that everyone is like a family here. I would be a
very good fit for you. I was always dreaming about a program like this and I am ready to work very
hard. Do you like it here? I am sure you do. So thank you for your time and for the interview and
I hope to see you again.
""",
    ),
    Answer(
        "closing",
        "closing-ask-director",
        FLAGGED,
        "011",
        "perks",
        """
Thank you. I wanted to know how much is the salary in the first year and how many weeks of
vacation do we have. And is the parking free for residents? Also I would like to ask about
moonlighting, from which year is it possible, because I have to send money home.
""",
    ),
)

READ = (
    Answer(
        "fit",
        "fit-value",
        GOOD,
        "2222",
        "",
        """
I keep one rule, I do not write in the chart what I did not see with my own eyes. It cost me once.
In Shiraz, in my second year, the chief was in hurry and asked me to copy the exam of yesterday
for twelve patients. I said I will go and examine, and I came forty minutes late to the conference
and he was not happy in front of everyone. But in bed seven I found a cold leg, and the vascular
team took him the same morning and he kept the leg. Later the chief asked the whole group to
examine first and write after. On your wards, where the note is copied so easily by computer, I
will keep to it, I'll examine first and type second.
""",
    ),
    Answer(
        "fit",
        "fit-learning",
        GOOD,
        "2222",
        "",
        """
I learn when I do the thing and someone corrects me right after, small corrections, not a lecture.
For example in my rotation in Miami the attending, Dr. Ortiz, gave me one minute after each
presentation, only one point. The first day it was that my one-liner had no age and no reason for
coming. I wrote it in a small notebook and next morning I asked him to look only at that. By the
third week he told to the resident that my presentations are the shortest of the group, and he let
me run the family meeting for one patient. So what I'd ask from your seniors is this: one minute,
one point, and then check me tomorrow.
""",
    ),
    Answer(
        "fit",
        "opening-not-in-file",
        GOOD,
        "2222",
        "",
        """
In the file you will not see that I repair old radios. My grandfather taught me, in Kharkiv, I was
eleven. In the winter of 2022 the electricity was off for three weeks and I made from two broken
radios one that works on a car battery, and in the shelter every evening forty people came to
listen the news. An old lady, she had not spoken for days, she started to explain me the songs.
From this I learned I can be quiet and patient with a thing that does not work, I look for the
fault piece by piece. I suppose that is how I will be with a patient at four in the morning when
nothing is clear: I will go piece by piece and not throw it away.
""",
    ),
    Answer(
        "fit",
        "img-two-systems",
        MIDDLING,
        "2200",
        "",
        """
The most important difference I think is the insurance. In my country, Sudan, the family pays
everything from the pocket. I had a woman with kidney failure who came for dialysis only once a
week because the family sold their cow for it. Here I saw in Detroit that social worker and case
manager are working on this from the first day of admission. So the care is more organized here.
""",
    ),
    Answer(
        "fit",
        "record-volunteer",
        MIDDLING,
        "2111",
        "",
        """
I volunteered in a free clinic in Queens for eight months. I was helping with the registration and
blood pressure and sometimes I translated for Nepali patients. It was a very good experience and
the people were very grateful to me. I learned a lot about the community. I think it will help me
in residency because you also have many immigrant patients.
""",
    ),
    Answer(
        "fit",
        "fit-strengths",
        EMPTY,
        "1001",
        "generic",
        """
My biggest strengths are that I am motivated, responsible, punctual and I am a fast learner. I
always like to help people and I work well in a team and also alone. Everyone who knows me says I
am very kind and optimistic person. I never give up and I am always looking to improve myself as a
doctor and as a human. I believe these strengths will make me a great resident and I am very
committed with medicine.
""",
    ),
    Answer(
        "situational",
        "situational-own-error",
        GOOD,
        "22222",
        "",
        """
The first thing is not me, it is the sugar of this man, because insulin works for hours and he can
go into coma while he sleeps. So I go to the bed, I wake him up, I check the glucose now and then
every half hour, and I give him something to eat or a glucose drip. At the same time I ask the
nurse to hold the next dose and I order the insulin for the right patient. Then I call my senior
and say it straight: I made an error. In the morning I tell the patient also, with the attending,
he has a right to know what went into his body. I fill the incident report, and I'd look with the
pharmacist why two names were so close on the screen, so it does not happen to the next intern.
""",
    ),
    Answer(
        "situational",
        "situational-chart-favor",
        GOOD,
        "22222",
        "",
        """
I understand she is worried, and it looks like a small thing, but it is somebody's private record
and I am not treating this person. I would tell her, I am sorry, I can't open it, even though I'd
like to help you. I would not blame her. I would suggest that the neighbor herself asks her own
doctor, or the nurse on that floor can explain how to get results, there's the portal also. The
reason is simple, if my mother was in that bed I'd want only her own team to look. If she keeps
asking I would maybe speak to the charge nurse, just to get advice. And after some days I would
ask her how the neighbor is doing, so she knows I was not angry.
""",
    ),
    Answer(
        "situational",
        "situational-leaving-early",
        GOOD,
        "22222",
        "",
        """
For him this is not about the lungs, it is about the rent. If he loses the job he maybe loses also
the insurance. So I would sit down, before any paper, and ask him what exactly happens tomorrow at
work and who could call the boss. I'd explain in simple words that without oxygen he can collapse
on the way, and ask him to tell me what he understood. I would bring the social worker and also
the case manager, they can write a letter for the employer tonight. If he understands and still
wants to go, he is free to, it is his body, and I prefer that he goes with antibiotics than
without. I'd give him the pills in the hand, a finger oximeter if we have, an appointment in two
days, and I would call him tomorrow evening myself.
""",
    ),
    Answer(
        "situational",
        "low-score-in-training-exam",
        MIDDLING,
        "12210",
        "",
        """
If it happens, I will first look at the report and see in which subjects I was weak. Then I will
make a study plan and I will do more questions. I will also talk with my program director or with
my mentor to get advice. I know that the boards are important for the program so I will take it
seriously. I am sure that I will improve.
""",
    ),
    Answer(
        "situational",
        "situational-two-calls",
        EMPTY,
        "00000",
        "",
        """
I would stay calm because in medicine we always must be calm. I think every problem has a solution
if we work together as a team. I'm a flexible person and I would try to adapt to whatever comes.
Communication is the key in this type of situations, and also empathy. So I would use my
experience and my knowledge, and I would give my best for the patient as I always do.
""",
    ),
    Answer(
        "situational",
        "situational-patient-refuses-you",
        FLAGGED,
        "01200",
        "passes_on",
        """
I would tell the nurse to find another doctor for her. If she does not want me it's not my
problem, I have other patients. The charge nurse can deal with this, and the attending can decide.
I would not go in that room again.
""",
    ),
    Answer(
        "case",
        "case-competing-illnesses",
        GOOD,
        "22222",
        "",
        """
It was a man of seventy four with heart failure and kidney disease, in the internal medicine ward
in Cali. He came swollen to the knees, and every time that we gave furosemide the creatinine
jumped, from two to three point one. One option was that we were drying him too much, the other
that the kidney was suffering because of the congestion. For the first was the creatinine, against
it that he was still full of water, the neck veins up, and the weight was not going down. I
proposed to my attending to increase the diuretic and not to stop it, knowing that the kidney
could get worse for two days. We wrote with the nurses a limit: if the urine drops under a certain
amount, we stop and call nephrology. By the third day he lost six kilos and creatinine went back
to two. He went home walking. Since then, when two organs fight, I write down before what number
will make me change my mind.
""",
    ),
    Answer(
        "case",
        "case-poor-outcome",
        GOOD,
        "22222",
        "",
        """
She was 29, postpartum day ten, came to our unit in Dhaka with breathlessness. I thought pulmonary
embolism at first, since she had delivered recently and her leg was a bit swollen, but peripartum
cardiomyopathy was also in my mind as she could not lie flat and there were crackles. Echo was
only in the morning. I was not sure, so I discussed with the registrar and started heparin and
also gave a small dose of diuretic. Echo showed an ejection fraction of twenty. She arrested on
the second night and we could not bring her back. I spoke with the husband together with my
consultant. What I'd do different: I did not ask for ICU in the evening because she looked better.
Now if a young patient cannot lie flat I ask for the ICU bed before midnight, not after.
""",
    ),
    Answer(
        "case",
        "uncertainty-approach",
        GOOD,
        "22222",
        "",
        """
I try to make the uncertainty small and I tell people about it. For example a boy, well, nineteen,
in Omdurman with weight loss and fever for a month. TB was top of my list as his cousin had it and
he was sweating at night, but he also had a big spleen and lymph nodes in the groin, which made me
think of lymphoma, and also kala azar because of where he came from. The sputum was negative. I
did not want to start TB drugs just to feel better, because then everything gets blurred. I talked
with my consultant and we agreed to wait for four days for the node biopsy and the rk39, unless he
became worse. I explained the mother that we don't know yet and when we'd know. It was kala azar.
He finished treatment and gained nine kilos. So I keep a habit from him: I say to the patient a
date when we will decide.
""",
    ),
    Answer(
        "case",
        "case-present-on-rounds",
        MIDDLING,
        "20110",
        "",
        """
Mr. K is a 55 year old man with diabetes who presented to our hospital with fever and cough of
three days. On examination he had crackles on the right base and oxygen saturation was 91. The
chest x-ray showed a right lower lobe infiltrate. The diagnosis was community acquired pneumonia.
He was started on ceftriaxone and azithromycin and he was admitted in the ward. He improved and he
was discharged.
""",
    ),
    Answer(
        "case",
        "uncertainty-treat-first",
        EMPTY,
        "00000",
        "lecture",
        """
Sepsis is defined as life threatening organ dysfunction caused by a dysregulated response to
infection. The most common causes are pneumonia and urinary infection. The treatment consists of
fluids thirty milliliters per kilo, antibiotics in the first hour and vasopressors if the mean
pressure is under sixty five. Mortality is high. It is very important to recognise it early.
Doctors should always think about sepsis when the patient has fever and confusion.
""",
    ),
    Answer(
        "case",
        "case-most-challenging",
        FLAGGED,
        "10210",
        "lone_hero",
        """
Once I saved a patient with heart attack. All the doctors were in a meeting and I was alone in the
emergency. The ECG was difficult and everyone else would have missed it. I gave aspirin and
heparin by my own decision. I did everything by myself and he survived thanks to me.
""",
    ),
    Answer(
        "deflection",
        "improper-origin",
        GOOD,
        "222",
        "",
        """
I get this question a lot, and I don't mind. My family is from Eritrea, that is where the accent
comes from. What I like about it is that at the free clinic in Oakland the Tigrinya speaking
patients look so relieved when I say hello, and I took their history without waiting for the
phone. So I hope your patients can get something out of it.
""",
    ),
    Answer(
        "deflection",
        "improper-children",
        GOOD,
        "222",
        "",
        """
I understand why you ask, the nights have to be covered. My family plans are something I keep to
myself, but I can tell you about my reliability: in three years of internship and medical officer
I missed one single day, and my co-interns called me when someone was sick because I lived near. I
would be glad to talk about the call schedule.
""",
    ),
    Answer(
        "deflection",
        "improper-health",
        GOOD,
        "222",
        "",
        """
That's okay to ask, I know the work here is hard. My health is a personal matter, so I'd rather
leave it there, but I can do all duties of a resident. I worked 24 hour calls for two years in a
surgical ward and I was on my feet until the end of each one. If you want, ask my attending in
Cleveland, she saw me at six in the morning.
""",
    ),
    Answer(
        "deflection",
        "improper-marital",
        MIDDLING,
        "111",
        "",
        """
Yes, I am married. My husband is an engineer, he will move here with me. So there's no problem for
the residency, I can work without problem.
""",
    ),
    Answer(
        "deflection",
        "improper-children",
        FLAGGED,
        "000",
        "hostile",
        """
With all respect, this has nothing to do with medicine and you have no right to ask it. How can
you ask a woman this question? I will complain to your hospital about discrimination.
""",
    ),
    Answer(
        "deflection",
        "improper-marital",
        FLAGGED,
        "100",
        "overshare",
        """
Actually yes, I have been divorced since last year, it was very hard, he did not accept that I
study so much and he took the apartment and we have still a process in the court for our daughter.
She is five and she has asthma, she lives with my mother in Manila and I cry when I call her. My
mother is also sick with blood pressure. I am trying to bring them but the visa is difficult and
the money too. So it is hard but I am strong.
""",
    ),
    Answer(
        "closing",
        "closing-ask-director",
        GOOD,
        "222",
        "",
        """
One thing I could not find on the website: you started the rural track in Millbrook last year. How
do the residents live there during this month, and how does the supervision work when the
attending is forty miles away? It interests me because I grew up in a village with one health
post, and I'm thinking about going back to this kind of practice.
""",
    ),
    Answer(
        "closing",
        "closing-ask-director",
        GOOD,
        "222",
        "",
        """
You said in the morning that the residents choose their own quality project in second year. Which
project of the last years made a real difference on the wards, and what made it work when others
stop after the poster? I did an audit about blood cultures at home and it died when I left, so I
want to learn how to make something that stays.
""",
    ),
    Answer(
        "closing",
        "closing-ask-resident",
        MIDDLING,
        "111",
        "",
        """
Do you have a good relationship between residents and attendings? And is there a simulation
center? I like simulation very much because I learn by doing.
""",
    ),
    Answer(
        "closing",
        "closing-ask-director",
        EMPTY,
        "021",
        "",
        """
I would like to ask what do you look for in a candidate and how can I increase my chances to match
here? I am very interested in this program, it is my number one.
""",
    ),
    Answer(
        "closing",
        "closing-ask-faculty",
        EMPTY,
        "000",
        "no_question",
        """
Not really, you covered everything in the presentation. It was great to meet you all. I have no
further questions.
""",
    ),
    Answer(
        "closing",
        "closing-ask-resident",
        FLAGGED,
        "010",
        "perks",
        """
How many days off do you get in a month? And is the food free on call? I heard that you can do
moonlighting in third year, how much do they pay?
""",
    ),
)

UNEARNED = (
    (
        "fit",
        """My friend Ahmed is the calmest doctor I know. In his internship in Cairo one woman came
        with bleeding and he put two lines and called the surgeon, and she survived. The nurses
        told everybody about him. He would be very good in your clinic. I am also like him.""",
    ),
    (
        "fit",
        """I will be calm with everybody. One day I will have a patient who is afraid, and I will
        explain him everything. He will thank me and the nurses will tell the director.""",
    ),
    (
        "situational",
        """pharmacist attending senior check dose kidney chart because safety risk harm document
        incident report debrief follow up next day""",
    ),
    (
        "situational",
        """I respect my seniors a lot. I think that communication between the doctors is the base
        of everything in the hospital, and I always had good relations with my seniors because I
        am a humble person and I like to learn from everybody.""",
    ),
    (
        "case",
        """fever cough differential pneumonia tuberculosis sputum negative because decided started
        antibiotics improved discharged learned since then""",
    ),
    (
        "case",
        """The most challenging case for me are the patients who do not listen. I explained many
        times that they need to take the medicine but they did not want. It is very frustrating.
        I was always patient with them. I learned that patience is important.""",
    ),
    ("deflection", "No."),
    ("deflection", "What do you mean? Married? I don't understand why it matters. Next question."),
    ("closing", "Is the hospital big? Do you like your work? Are the residents happy?"),
    (
        "closing",
        """What a great day. I learned what I wanted to know, how you work, and which patients you
        see. I have nothing to ask.""",
    ),
)
"""A friend's deeds, plans, bare keywords and empty talk: nothing in them is worth a `met`."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    nothing = tmp_path_factory.mktemp("home")
    return load_library(shipped("question_banks"), nothing, check_pattern, check_classes)


@pytest.fixture(scope="module")
def rater(library: Library) -> ChecklistRater:
    return ChecklistRater(library.word_classes)


def rate(
    library: Library, rater: ChecklistRater, answer: Answer, *, spoken: bool = False
) -> Rating:
    """Rate an answer; `spoken` as a recogniser gives it, with no capitals and no punctuation."""
    found = library.find(answer.question)
    assert found is not None
    text = " ".join(answer.text.split())
    if spoken:
        text = re.sub(r"[^\w\s']", "", text.lower())
    rubric = library.rubrics[answer.rubric]
    return rater.rate(Transcript.typed(text), rubric, found[1].prompt)


def differences(library: Library, rater: ChecklistRater, answer: Answer) -> list[int]:
    rating = rate(library, rater, answer)
    marks = zip(CRITERIA[answer.rubric], answer.marks, strict=True)
    return [abs(rating.marks[name] - int(mark)) for name, mark in marks]


def mean(numbers: list[int]) -> float:
    return sum(numbers) / len(numbers)


def name_of(answer: Answer) -> str:
    return f"{answer.rubric}-{answer.question}-{answer.kind}"


# ---- the files


@pytest.mark.parametrize("name", CRITERIA)
def test_the_rubric_loads_with_its_ids(library: Library, name: str) -> None:
    files = (f"{name}.yaml", "own_rubrics.yaml")
    assert [str(c) for c in library.complaints if c.file.endswith(files)] == []
    rubric = library.rubrics[name]
    assert tuple(criterion.id for criterion in rubric.criteria) == CRITERIA[name]
    assert tuple(flag.id for flag in rubric.flags) == FLAGS[name]


@pytest.mark.parametrize("name", CRITERIA)
def test_every_pattern_can_be_read(library: Library, name: str) -> None:
    rubric = library.rubrics[name]
    cues = [cue for criterion in rubric.criteria for cue in criterion.cues]
    cues += [cue for flag in rubric.flags for cue in flag.cues]
    cues += [cue for flag in rubric.flags for cue in flag.against]
    problems = {
        pattern: check_pattern(pattern, library.word_classes)
        for cue in cues
        for pattern in (*cue.any, *cue.unless)
    }
    assert {pattern: problem for pattern, problem in problems.items() if problem} == {}


def texts(rubric: Rubric) -> list[str]:
    said = [rubric.title, rubric.about]
    for criterion in rubric.criteria:
        feedback, marks = criterion.feedback, criterion.marks
        said += [criterion.title, criterion.asks, marks.met, marks.partly, marks.missed]
        said += [feedback.met, feedback.partly, feedback.missed, feedback.opener]
    for flag in rubric.flags:
        said += [flag.title, flag.says, flag.remedy]
    return said


@pytest.mark.parametrize("name", CRITERIA)
def test_the_words_are_plain_and_the_openers_open(library: Library, name: str) -> None:
    rubric = library.rubrics[name]
    assert not [text for text in texts(rubric) if "!" in text]
    assert not [c.id for c in rubric.criteria if not c.asks.endswith("?")]
    for criterion in rubric.criteria:
        assert not criterion.feedback.opener.endswith(".")
        assert len(criterion.feedback.opener.split()) <= 10
    for flag in rubric.flags:
        assert flag.says[0].islower()
        assert not flag.says.endswith(".")


# ---- the marks


@pytest.mark.parametrize("answers", [READ, HELD_BACK], ids=["read", "held_back"])
def test_marks_are_near_those_of_a_person(
    library: Library, rater: ChecklistRater, answers: tuple[Answer, ...]
) -> None:
    by_rubric: dict[str, list[int]] = defaultdict(list)
    for answer in answers:
        by_rubric[answer.rubric] += differences(library, rater, answer)
    assert set(by_rubric) == set(CRITERIA)
    assert mean([gap for gaps in by_rubric.values() for gap in gaps]) <= MOST_DIFFERENCE
    for name, gaps in by_rubric.items():
        assert mean(gaps) <= MOST_DIFFERENCE_OF_A_RUBRIC, name


@pytest.mark.parametrize("answer", READ + HELD_BACK, ids=name_of)
def test_what_was_not_said_is_never_met(
    library: Library, rater: ChecklistRater, answer: Answer
) -> None:
    rating = rate(library, rater, answer)
    marks = zip(CRITERIA[answer.rubric], answer.marks, strict=True)
    praised = [n for n, mark in marks if mark == "0" and rating.marks[n] is Mark.MET]
    assert praised == []


@pytest.mark.parametrize("answer", READ + HELD_BACK, ids=name_of)
def test_flags_are_those_of_a_person(
    library: Library, rater: ChecklistRater, answer: Answer
) -> None:
    rating = rate(library, rater, answer)
    assert {name for name, raised in rating.flags.items() if raised} == set(answer.flags.split())


@pytest.mark.parametrize("spoken", [False, True], ids=["written", "spoken"])
@pytest.mark.parametrize("name", CRITERIA)
def test_good_answers_stand_clear_of_empty_ones(
    library: Library, rater: ChecklistRater, name: str, spoken: bool
) -> None:
    values: dict[str, list[float]] = defaultdict(list)
    for answer in READ + HELD_BACK:
        if answer.rubric == name:
            rating = rate(library, rater, answer, spoken=spoken)
            values[answer.kind].append(score(rating, library.rubrics[name]).value)
    margin = LEAST_MARGIN_SPOKEN if spoken else LEAST_MARGIN
    assert min(values[GOOD]) >= max(values[EMPTY]) + margin


@pytest.mark.parametrize(
    "answer",
    [a for a in READ + HELD_BACK if a.kind == EMPTY and a.marks.count("2") == 0],
    ids=name_of,
)
def test_empty_talk_meets_nothing(library: Library, rater: ChecklistRater, answer: Answer) -> None:
    for spoken in (False, True):
        rating = rate(library, rater, answer, spoken=spoken)
        assert [n for n, mark in rating.marks.items() if mark is Mark.MET] == []


@pytest.mark.parametrize(("name", "text"), UNEARNED)
def test_praise_must_be_earned(
    library: Library, rater: ChecklistRater, name: str, text: str
) -> None:
    rubric = library.rubrics[name]
    rating = rater.rate(Transcript.typed(" ".join(text.split())), rubric, "Tell me more.")
    assert [n for n, mark in rating.marks.items() if mark is Mark.MET] == []
    assert score(rating, rubric).value <= 45


@pytest.mark.parametrize("answer", READ + HELD_BACK, ids=name_of)
def test_every_mark_and_flag_is_quoted(
    library: Library, rater: ChecklistRater, answer: Answer
) -> None:
    rating = rate(library, rater, answer)
    for name, mark in rating.marks.items():
        assert bool(rating.spans_of("criterion", name)) is (mark > Mark.MISSED)
    for name, raised in rating.flags.items():
        assert bool(rating.spans_of("flag", name)) is raised
