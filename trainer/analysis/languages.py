"""Whether an answer is in another language than English.

What tells a language is its glue: the short words that every sentence needs. An answer that goes
to and fro between English and another language has the glue of both and is English enough; a
list of English keywords has no glue at all, and no foreign one either.
"""

from __future__ import annotations

from collections.abc import Sequence

from trainer.analysis.grammar import FILLERS, FUNCTION_WORDS, word_set

_FEWEST_WORDS = 5  # fewer are too few to tell a language
_MOST_LETTERS = 20_000  # looked at for the script: more than the longest words of an answer hold
_FEWEST_LETTERS = 4
_SCRIPT_SHARE = 0.6  # of the letters; an English answer with an aside in another script has less
_LAST_LATIN = "\u024f"
_VIETNAMESE = ("\u1e00", "\u1eff")  # the only other block with whole alphabets of Latin letters

_FOREIGN_SHARE = 0.12  # of the words; running text of the languages below has .25 and more
_ENGLISH_TO_FOREIGN = 0.3  # English glue words for each foreign one; half and half has .5 and more
_LEAST_ENGLISH = 0.1  # of the words; English, however broken, has over .2 and mostly .4
_FEWEST_UNKNOWN = 8  # words of a language that is not listed below

_SHARED = word_set(
    """a all am an are as at can do down for has have he her him his i in is it may me most my no
    of on once or own she so the to too under us was we were will with you"""
)
"""English words that are written like frequent words of other languages, in Latin letters."""

FOREIGN_GLUE = (
    word_set(
        # Spanish, Portuguese, Italian, French, Romanian
        """que de la el en y los del las un una por con para su se lo mi es está yo pero más muy sin
    sobre también hay ser este esta eso porque entre todo todos fue era estaba tenía tengo nos le
    les ella ellos nosotros desde hasta donde cuando como después entonces siempre bueno sí hice
    não uma um os das dos na em mas eu ele ela nós foi meu minha muito também isso isto ao está
    estava tinha depois até mais sou il di che per non sono si ho è della nel alla anche più
    quando perché questo questa mio mia gli des du une et est dans qui pas pour sur avec ce cette
    elle nous vous je mon ma mes mais au aux ne sont était comme très parce après leur cest jai
    și nu este cu pe din sunt pentru să mai
    der das und ist ich nicht ein eine einen einem mit auf für von dem den zu sich es auch dass
    wir sie er hat habe haben hatte wie bei nach aus wenn oder aber mein meine als nur noch schon
    dann weil wurde sehr mir mich het een ik niet dat zijn voor ook maar naar
    hai hain tha thi mein maine mujhe mera meri mere ka ki ke ko aur nahi nahin kya bhi ek hum ham
    woh wo yeh ye phir lekin kyunki kyonki jab tab kar karta karti karna kiya kiye raha rahe rahi
    gaya gayi hota hoti liye sab koi apna apni apne uska uski usne usse bahut bohat theek kuch toh
    tum aap hoon unhone unka
    ami amar kore kintu mero cha chha haru thiyo ani
    ana al wa fi fe min ala aala mesh mish bas kan kont kanet elly illi da henna huwa howa heya
    lazem kaman ashan
    ya chto kak ona oni eto bylo byl byla potom tak dlya iz ot po za ego mne menya vse nas
    ang ng sa mga ko ako siya ay hindi kasi kami nang ito iyon yung kung lang naman din rin si ni
    namin niya nila noong
    bir ve bu için çok ben ile ama gibi daha sonra kadar olan oldu değil
    i nie się w z że jest był była było bo mój moja ja przez ale czy od już tylko je sam nije bio
    kwa katika kama yangu sana wangu yake lakini baada kabla mimi sisi yeye alikuwa nilikuwa moja
    saya yang dan itu ini tidak untuk dengan dari ada akan pada adalah karena mereka dia tetapi
    setelah lebih sudah bisa juga sangat
    tôi là và của có không một người được các trong với này khi đã đến rất nhiều thì mà ở như"""
    )
    - FUNCTION_WORDS
    - FILLERS
)


def is_other_language(text: str, tokens: Sequence[str]) -> bool:
    """Tell whether most of an answer is in another script, or in a language listed here.

    `tokens` are the words of `text`.
    """
    if _is_other_script(text):
        return True
    plainly = sum(token in FUNCTION_WORDS and token not in _SHARED for token in tokens)
    foreign = sum(token in FOREIGN_GLUE for token in tokens)
    return (
        len(tokens) >= _FEWEST_WORDS
        and foreign >= _FOREIGN_SHARE * len(tokens)
        and plainly < _ENGLISH_TO_FOREIGN * foreign
    )


def lacks_english(tokens: Sequence[str]) -> bool:
    """Tell whether there is next to nothing of English: a list of words, or any other language."""
    english = sum(token in FUNCTION_WORDS for token in tokens)
    return len(tokens) >= _FEWEST_UNKNOWN and english < _LEAST_ENGLISH * len(tokens)


def _is_other_script(text: str) -> bool:
    letters = [c for c in text[:_MOST_LETTERS] if c.isalpha()]
    if len(letters) < _FEWEST_LETTERS:
        return False
    latin = sum(c <= _LAST_LATIN or _VIETNAMESE[0] <= c <= _VIETNAMESE[1] for c in letters)
    return len(letters) - latin >= _SCRIPT_SHARE * len(letters)
