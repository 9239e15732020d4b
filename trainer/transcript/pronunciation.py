"""How a written English word sounds, roughly: rules from letters to sounds, without a dictionary.

Good enough to compare what was heard with what could have been said; not to speak. Sounds are
single letters:

    p b t d k g f v s z h m n l r w y   as written
    T D S Z C J N                       THin, THis, SHip, viSIon, CHip, Job, siNG
    i I e a o u c q U @                 sEE, sIt, sEt, sAt, sOt, sUn, sAW, bOOk, tOO, About
    A Y O W X                           sAY, mY, sO, nOW, bOY
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

VOWELS = "iIeaoucqU@AYOWX"
_MOST_LETTERS = 40  # of a word; what is longer is no word

_LETTERS = {
    "a": "A", "b": "bi", "c": "si", "d": "di", "e": "i", "f": "ef", "g": "Ji", "h": "AC",
    "i": "Y", "j": "JA", "k": "kA", "l": "el", "m": "em", "n": "en", "o": "O", "p": "pi",
    "q": "kyU", "r": "or", "s": "es", "t": "ti", "u": "yU", "v": "vi", "w": "dubly@",
    "x": "eks", "y": "wY", "z": "zi",
}  # fmt: skip

_DIGITS = {
    "0": "zirO", "1": "wun", "2": "tU", "3": "Tri", "4": "fcr", "5": "fYv", "6": "sIks",
    "7": "sev@n", "8": "At", "9": "nYn", "10": "ten", "11": "Ilev@n", "12": "twelv",
}  # fmt: skip

# Common words that the rules below get wrong by more than a vowel or so.
_EXCEPTIONS = """
the=D@ of=uv to=tU two=tU too=tU one=wun once=wuns won=wun you=yU your=ycr yours=ycrz i=Y eye=Y
eyes=Yz buy=bY guy=gY they=DA their=Der there=Der where=wer were=w@r was=wuz are=or our=Wr hour=Wr
hours=Wrz who=hU whom=hUm whose=hUz do=dU does=duz done=dun gone=gcn some=sum come=kum comes=kumz
love=luv above=@buv other=uD@r mother=muD@r brother=bruD@r money=muni month=munT months=munTs
son=sun ton=tun none=nun said=sed says=sez again=@gen been=bIn being=biIN have=hav had=had has=haz
give=gIv gave=gAv live=lIv lives=lIvz any=eni many=meni friend=frend friends=frendz people=pip@l
woman=wqm@n women=wIm@n could=kqd would=wqd should=Sqd put=pqt push=pqS pull=pql full=fql good=gqd
book=bqk look=lqk took=tqk foot=fqt know=nO knew=nU known=nOn knows=nOz knowledge=nolIJ how=hW
now=nW down=dWn town=tWn brown=brWn power=pWr allow=@lW though=DO although=clDO through=TrU
thought=Tct brought=brct bought=bct caught=kct taught=tct daughter=dct@r enough=Inuf rough=ruf
tough=tuf cough=kcf laugh=laf eight=At weight=wAt height=hYt great=grAt break=brAk heart=hort
early=@rli learn=l@rn heard=h@rd earth=@rT word=w@rd words=w@rdz work=w@rk worked=w@rkt
world=w@rld worse=w@rs want=wcnt wanted=wcnt@d war=wcr warm=wcrm water=wct@r watch=woC what=wut
wall=wcl walk=wck talk=tck half=haf calm=kom island=Yl@nd answer=ans@r listen=lIs@n often=cf@n
castle=kas@l doctor=dokt@r doctors=dokt@rz hospital=hospIt@l patient=pAS@nt patients=pAS@nts
medicine=med@s@n medical=medIk@l physician=fIzIS@n resident=rezId@nt residents=rezId@nts
residency=rezId@nsi disease=dIziz surgery=s@rJ@ri nurse=n@rs idea=Ydi@ ideas=Ydi@z area=eri@
real=ril really=rili usual=yUZU@l usually=yUZU@li sure=Sqr sugar=Sqg@r busy=bIzi business=bIzn@s
minute=mIn@t minutes=mIn@ts ocean=OS@n machine=m@Sin police=p@lis course=kcrs four=fcr door=dcr
floor=flcr blood=blud flood=flud school=skUl stomach=stum@k choir=kwYr shoe=SU only=Onli over=Ov@r
both=bOT most=mOst post=pOst host=hOst move=mUv prove=prUv lose=lUz color=kul@r colour=kul@r
country=kuntri young=yuN touch=tuC double=dub@l trouble=trub@l group=grUp soup=sUp youth=yUT
route=rUt shoulder=SOld@r soul=sOl own=On owner=On@r show=SO low=lO slow=slO grow=grO throw=TrO
blow=blO row=rO bowl=bOl follow=folO window=wIndO key=ki quay=ki quite=kwYt quiet=kwY@t
science=sY@ns society=s@sY@ti client=klY@nt diet=dY@t tie=tY die=dY lie=lY pie=pY died=dYd
tried=trYd cried=krYd lies=lYz high=hY sign=sYn design=dIzYn reign=rAn foreign=fcrIn vein=vAn
rein=rAn either=iD@r neither=niD@r receive=r@siv be=bi he=hi me=mi we=wi she=Si a=@ an=an and=and
in=In on=on it=It is=Iz this=DIs that=Dat these=Diz those=DOz then=Den than=Dan them=Dem with=wID
without=wIDWt my=mY by=bY why=wY no=nO so=sO go=gO going=gOIN ago=@gO also=clsO oh=O as=az if=If
us=us use=yUz used=yUzd all=cl always=clwAz call=kcl small=smcl ball=bcl fall=fcl hall=hcl old=Old
told=tOld cold=kOld for=fcr from=frum or=cr more=mcr before=b@fcr after=aft@r every=evri ever=ev@r
never=nev@r very=veri bury=beri sorry=sori worry=w@ri honest=on@st honor=on@r heir=er time=tYm
life=lYf like=lYk mind=mYnd find=fYnd kind=kYnd behind=b@hYnd child=CYld wild=wYld able=Ab@l
table=tAb@l family=fam@li chronic=kronIk tea=ti sea=si see=si pea=pi bee=bi gee=Ji jay=JA kay=kA
dee=di cee=si tee=ti em=em en=en el=el ex=eks ay=A aye=Y zee=zi emily=em@li mike=mYk mayo=mAO
iris=Yr@s era=er@ eras=er@z bronze=bronz knee=ni president=prezId@nt iron=Y@rn juice=JUs
fruit=frUt suit=sUt build=bIld built=bIlt guide=gYd guess=ges yeah=ya ah=o um=um up=up uh=u hm=hm
hmm=hm away=@wA get=get gets=gets getting=getIN girl=g@rl gives=gIvz giving=gIvIN given=gIv@n
doing=dUIN everyone=evriwun someone=sumwun anyone=eniwun ones=wunz everywhere=evriwer
somewhere=sumwer open=Op@n opened=Op@nd together=t@geD@r hear=hir year=yir years=yirz near=nir
clear=klir fear=fir dear=dir new=nU even=iv@n evening=ivnIN father=foD@r others=uD@rz
another=@nuD@r already=clredi studied=studid pressure=preS@r exam=Igzam exams=Igzamz july=JulY
okay=OkA ok=OkA mr=mIst@r mrs=mIsIz dr=dokt@r whole=hOl wednesday=wenzdA tuesday=tUzdA
february=febrUeri ninety=nYnti nineteen=nYntin crying=krYIN laughed=laft girls=g@rlz hiv=ACYvi
houston=hyUst@n research=ris@rC senior=siny@r clinic=klInIk clinical=klInIk@l general=Jen@r@l
program=prOgram director=d@rekt@r
"""
_CONTRACTIONS = {"s": "z", "d": "d", "m": "m", "ll": "l", "ve": "v", "re": "r", "t": "t"}

# Letters, what must stand before and after them (as in a regular expression), and their sounds.
# The first that fits counts. V stands for a vowel letter, C for a consonant letter.
_RULES = (
    # whole endings and beginnings
    ("tion|ssion|cian|tian", "(?<=..)", "", "S@n"), ("sion", "", "", "Z@n"),
    ("tious|cious|xious|ceous", "", "", "S@s"), ("cial|tial", "", "", "S@l"),
    ("cient|tient", "", "", "S@nt"), ("cia", "", "$", "S@"), ("ture", "", "$", "C@r"),
    ("itis", "", "$", "Yt@s"), ("osis", "", "$", "Os@s"), ("asis", "", "$", "@s@s"),
    ("ology", "", "$", "ol@Ji"), ("ologist", "", "", "ol@JIst"), ("otomy", "", "$", "ot@mi"),
    ("emia|aemia", "", "$", "imi@"), ("icine", "", "$", "@s@n"), ("ville", "", "$", "vIl"),
    ("able|ible", "", "$", "@b@l"), ("le", "(?<=C)", "$", "@l"), ("les", "(?<=C)", "$", "@lz"),
    ("ism", "", "$", "Iz@m"), ("age", "(?<=..)", "$", "IJ"), ("ate", "(?<=...)", "$", "At"),
    ("ine", "(?<=...)", "$", "in"), ("ide", "(?<=...)", "$", "Yd"), ("ous", "", "$", "@s"),
    ("ful", "(?<=..)", "$", "f@l"), ("ness", "(?<=..)", "$", "n@s"),
    ("less", "(?<=..)", "$", "l@s"), ("ally", "(?<=C)", "$", "@li"),
    ("al", "(?<=...)", "$", "@l"), ("ing", "(?<=.)", "$", "IN"), ("ed", "(?<=[td])", "$", "@d"),
    ("ed", "(?<=[pkfsxh])", "$", "t"), ("ed", "(?<=V.)", "$", "d"), ("ed", "(?<=V..)", "$", "d"),
    ("'s", "", "$", "z"), ("es", "(?:(?<=[szx])|(?<=[cs]h))", "$", "@z"),
    ("es", "(?<=V.)", "$", "z"), ("ps|psy", "^", "", "s"), ("pn", "^", "", "n"),
    ("pt", "^", "", "t"), ("kn|gn|mn", "^", "", "n"), ("wr|rh", "^", "", "r"),
    ("x", "^", "", "z"), ("who", "^", "", "hU"), ("wh", "^", "", "w"),
    # several letters, one sound
    ("eau", "", "", "O"), ("eigh|aigh", "", "", "A"), ("igh", "", "", "Y"), ("augh", "", "", "c"),
    ("ough", "", "", "O"), ("tch", "", "", "C"), ("ch", "", "[rlnt]", "k"),
    ("ch", "(?<=[so])", "", "k"), ("ch", "", "", "C"), ("sch", "", "", "sk"),
    ("sc", "", "[eiy]", "s"), ("sh", "", "", "S"), ("ph", "", "", "f"), ("th", "", "", "T"),
    ("gh", "^", "", "g"), ("gh", "", "", ""), ("dge|dg", "", "$|[ei]", "J"), ("ck", "", "", "k"),
    ("qu", "", "", "kw"), ("que", "", "$", "k"), ("gue", "", "$", "g"), ("gu", "", "[eiy]", "g"),
    ("gn", "", "$|s$|e?d$", "n"), ("mb", "", "$|s$", "m"), ("mn", "", "$", "m"),
    ("ng", "", "$|[sc]|th", "N"), ("n", "", "[kqx]|g[lr]", "N"), ("ng", "", "e[ds]?$", "nJ"),
    ("ng", "", "", "Ng"), ("cc", "", "[eiy]", "ks"), ("gg", "", "", "g"), ("ss", "", "ure", "S"),
    ("s", "", "ure$|ual", "Z"), ("ss", "", "", "s"), ("zz", "", "", "z"), ("tz", "", "", "ts"),
    # vowels
    ("air|aer|ear", "", "$|e$|s$", "er"), ("are", "", "$", "er"), ("eer|ere|ier", "", "$", "ir"),
    ("ar", "(?<=w)", "", "cr"), ("ar", "", "[bcdfghklmnpstvz]|$", "or"),
    ("or", "(?<=w)", "", "@r"), ("ear", "", "[nltc]", "@r"),
    ("er|ir|ur|yr", "", "[bcdfghjklmnpqstvwxz]|$", "@r"), ("or", "(?<=..[td])", "$|s$", "@r"),
    ("oor|our|oar|ore", "", "$|[cst]", "cr"), ("or", "", "", "cr"), ("ai|ay", "", "", "A"),
    ("au|aw", "", "", "c"), ("a", "", "l[lkdt]", "c"), ("ae", "", "", "i"), ("ee", "", "", "i"),
    ("ea", "", "d$|th|lth|s[ut]|v[ey]", "e"), ("ea", "", "", "i"), ("ei", "", "", "i"),
    ("eu|ew", "(?<=[rljscd])", "", "U"), ("eu|ew", "", "", "yU"), ("ey", "", "$|s$", "i"),
    ("ey", "", "", "A"), ("eo", "", "", "iO"), ("ie", "", "[dst]?$|ld|f|v|c", "i"),
    ("ia", "", "", "i@"), ("io", "", "", "iO"), ("iu", "", "", "i@"), ("oa|oe", "", "", "O"),
    ("oo", "", "", "U"), ("oi|oy", "", "", "X"), ("ou", "", "", "W"), ("ow", "", "$|[nle]", "O"),
    ("ow", "", "", "W"), ("ui|ue", "(?<=[rljscd])", "", "U"), ("ue|ui", "", "$|s$|d$", "yU"),
    ("ya", "(?<=C)", "", "i@"), ("a", "", "$", "@"), ("a", "", "[bcdfgklmnpqrstvz]e[sd]?$", "A"),
    ("a", "", "[bcdfgklmnpstvz][io][aounrs]", "A"), ("a", "", "ste$|nge$|bl", "A"),
    ("a", "(?<=w)", "[^gkx]", "o"), ("a", "^", "[bcdfglmnprst][eiou]", "@"), ("a", "", "", "a"),
    ("e", "(?:(?<=V.)|(?<=V..)|(?<=V...))", "$", ""), ("e", "", "$", "i"),
    ("e", "", "[bcdfgklmnpstvz]e$", "i"), ("e", "(?<=V.)", "m?ent|nce", "@"), ("e", "", "r", "e"),
    ("e", "", "", "e"), ("i", "", "[bcdfgklmnpqrstvz]e[sd]?$", "Y"),
    ("i", "", "nd$|ld$|gn|[cf]y$", "Y"), ("i", "", "$", "i"),
    ("i", "(?:(?<=^[bdl])|(?<=^[tcq][rlu]))", "[ao]|et|en", "Y"), ("i", "", "[aou]", "i"),
    ("i", "", "", "I"), ("o", "", "$|s$", "O"), ("o", "", "[bcdfgklmnpqstvxz]e[sd]?$", "O"),
    ("o", "", "l[dlt]|st$|[bcdmnptv]i[aou]", "O"),
    ("o", "(?<=V[bcdfgklmnprstvz])", "[mn]$|n[st]", "@"), ("o", "", "[aei]", "O"),
    ("o", "", "", "o"), ("u", "^", "n[^i]|[plrstmg][^aeiou]|s", "u"), ("u", "^", "", "yU"),
    ("u", "", "[bcdfgklmnprstvz][aeio]", "yU"), ("u", "", "$", "U"),
    ("u", "(?<=[pb])", "ll|sh", "q"), ("u", "", "[aeio]", "U"), ("u", "", "", "u"),
    ("y", "^", "V", "y"), ("y", "(?:(?<=V.)|(?<=V..)|(?<=V...)|(?<=V....))", "$", "i"),
    ("y", "", "$", "Y"), ("y", "", "[pclnt]?[cpst]?[aeo]", "Y"), ("y", "", "V", "y"),
    ("y", "", "", "I"),
    # consonants
    ("c", "", "[eiy]", "s"), ("g", "", "[eiy]", "J"), ("s", "(?<=V)", "V", "z"),
    ("s", "(?<=[bdgmnlrwvy])", "$", "z"), ("x", "", "", "ks"), ("j", "", "", "J"),
    ("q|c", "", "", "k"), ("h", "", "$|[^V]", ""), ("bb|b", "", "", "b"), ("dd|d", "", "", "d"),
    ("ff|f", "", "", "f"), ("g", "", "", "g"), ("h", "", "", "h"), ("kk|k", "", "", "k"),
    ("ll|l", "", "", "l"), ("mm|m", "", "", "m"), ("nn|n", "", "", "n"), ("pp|p", "", "", "p"),
    ("rrh|rr|r", "", "", "r"), ("s", "", "", "s"), ("tt|t", "", "", "t"), ("vv|v", "", "", "v"),
    ("w", "", "V", "w"), ("w", "", "", ""), ("z", "", "", "z"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def sounds_of(word: str) -> str:
    """Return the sounds of one word, of a letter its name; nothing where there is none."""
    plain = word.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = "".join(c for c in plain if c.isascii() and (c.isalnum() or c == "'"))[:_MOST_LETTERS]
    plain = plain.strip("'")
    stem, _, rest = plain.partition("'")
    if rest in _CONTRACTIONS:
        return sounds_of(stem) + _CONTRACTIONS[rest]
    if plain in _exceptions():
        return _exceptions()[plain]
    if plain in _DIGITS:
        return _DIGITS[plain]
    if any(c.isdigit() for c in plain):
        return "".join(_DIGITS.get(c) or _LETTERS.get(c, "") for c in plain)
    if len(plain) == 1 or not any(c in "aeiouy" for c in plain):
        return "".join(_LETTERS.get(c, "") for c in plain)
    return "".join(
        _sounds[match.lastindex - 1] for match in _rules().finditer(plain) if match.lastindex
    )


def letter_sounds(letters: str) -> str:
    """Return the sounds of a word that is said letter by letter."""
    return "".join(_LETTERS.get(c) or _DIGITS.get(c, "") for c in letters.casefold())


_sounds = tuple(sounds for _, _, _, sounds in _RULES)


@cache
def _exceptions() -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in _EXCEPTIONS.split())


@cache
def _rules() -> re.Pattern[str]:
    """Return the rules as one pattern: the number of the group that fits is that of the rule."""
    return re.compile(
        "|".join(
            f"{_classes(before)}({letters}){f'(?={_classes(after)})' if after else ''}"
            for letters, before, after, _ in _RULES
        )
    )


def _classes(context: str) -> str:
    inside = context.replace("[^V]", "[^aeiouy]")
    return inside.replace("V", "[aeiouy]").replace("C", "[^aeiouy]")
