"""Names as they come from a keyboard: Telex or VNI that Unikey did not turn into Vietnamese, syllables run together.

Everything is about folded words (small letters without marks), because that is how names are compared.
"""

import re
from functools import lru_cache

from childcare.lib.vietnamese import fold

ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
RHYMES = """
a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot
u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uych uyen uyet uynh uyt
y yem yen yet yeu
""".split()
ALONE = ("quynh", "quyt", "quych", "khuya", "khuyu")  # rhymes of one beginning only
SYLLABLES = frozenset((*(onset + rhyme for onset in ("", *ONSETS) for rhyme in RHYMES), *ALONE))
BEGINNINGS = frozenset(syllable[:end] for syllable in SYLLABLES for end in range(1, len(syllable) + 1))
LONGEST = max(map(len, SYLLABLES))
VOWELS = "aeiouy"
TELEX = re.compile(r"dd|[a-z]*[aeiouyw][a-z]*")
VNI = re.compile(r"[a-z]+[0-9][a-z0-9]*")
MOST = 60  # letters run together that are still taken apart


def readings(word):
    """The folded words that a typed word may stand for, as it is typed first: "Nguyeexn" → ("nguyeexn", "nguyen").

    A reading must be a Vietnamese syllable or the beginning of one: "Alex" has no other reading.
    """
    typed = fold(word)
    others = (telex(typed), vni(typed))
    return tuple(dict.fromkeys((typed, *(other for other in others if other in BEGINNINGS))))


def telex(word):
    """The letters of a folded word typed in Telex, marks taken off: "nguwowif" → "nguoi". Half-typed words too."""
    if not TELEX.fullmatch(word):
        return word
    kept = ""
    for letter in word:
        vowel = next((place for place, one in enumerate(kept) if one in VOWELS), None)
        if letter == "w":
            kept += "" if kept and kept[-1] in "aou" or vowel is not None and kept[-1] not in VOWELS else "u"
        elif vowel is not None and letter in "sfrxjz":
            continue  # a tone: no syllable has these letters after its vowel
        elif letter == "d" and (kept == "d" or vowel is not None):
            continue  # dd, or the stroke typed after the vowel
        elif letter in "aeo" and vowel is not None and letter in kept[vowel:] and kept + letter not in BEGINNINGS:
            continue  # aa, ee, oo, or the hat typed after the last consonant
        elif letter in "aeo" and kept[-1:] == letter:
            continue
        else:
            kept += letter
    return kept


def vni(word):
    """The letters of a folded word typed in VNI: "nguye6n4" → "nguyen"."""
    return re.sub(r"[0-9]", "", word) if VNI.fullmatch(word) else word


def parted(text):
    """The words of a text whose spaces are missing or misplaced: "nguyenthihoa", "ngu yen thihoa" → nguyen, thi, hoa.

    The fewest syllables, the earlier ones the longer; the last may be only begun. Nothing when the letters are no syllables.
    """
    joined = fold(text).replace(" ", "")
    if len(joined) > MOST or not joined.isascii() or not joined.isalpha():
        return ()
    return _parted(joined) or ()


@lru_cache(maxsize=4096)
def _parted(joined):
    """The best division of the letters, or None: few parts, a whole syllable at the end, long parts first."""
    best = [None] * (len(joined) + 1)
    best[len(joined)] = (0, False, ())
    for start in reversed(range(len(joined))):
        for end in range(min(len(joined), start + LONGEST), start, -1):
            part, last = joined[start:end], end == len(joined)
            if best[end] is None or part not in (BEGINNINGS if last else SYLLABLES):
                continue
            number, begun, parts = best[end]
            division = (number + 1, begun or part not in SYLLABLES, (part, *parts))
            if best[start] is None or division[:2] < best[start][:2]:
                best[start] = division
    return best[0] and best[0][2]
