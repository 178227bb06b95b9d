"""TM., Q., KT., TL., TUQ.: does the line over a signature fit the office of who signs (NĐ 30/2020/NĐ-CP, Phụ lục I)?"""

from childcare.accounts.models import Appointment
from childcare.documents.issuers import authorities
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold

NO_MANDATE = "Ký thừa ủy quyền (TUQ.) phải có văn bản ủy quyền. Hãy ghi số, ngày và thời hạn của văn bản đó."
NO_POSITION = "Hãy ghi chức vụ của người ký: ký thừa lệnh hoặc thừa ủy quyền thì chức vụ đứng dưới dòng “{}”."
CHOOSE = "Người ký giữ chức vụ “{}” {}. Hãy chọn “{}”."


def head_title(unit, office=None):
    """ "CHỦ TỊCH", "TRƯỞNG PHÒNG" … of the issuer."""
    return authorities(unit, office)[0].split("\n")[-1]


def empowered(unit, office=None):
    """The first lines of who signs by order or by mandate: the office of the signer stands below."""
    return (f"TL. {head_title(unit, office)}", f"TUQ. {head_title(unit, office)}")


def ways(unit, office=None):
    """Every way to sign as one line each: "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH" …, then TL. and TUQ."""
    return [way.replace("\n", " / ") for way in authorities(unit, office)] + list(empowered(unit, office))


def lines_of(way, position=""):
    """The lines over the signature of a chosen way."""
    lines = way.split(" / ")
    return [*lines, clean_text(position).upper()] if lines[0].startswith(("TL.", "TUQ.")) and position else lines


def position_of(name, unit, on):
    """The office that a person of this name holds in the unit by his appointment on the day; "" when that is not known."""
    rows = Appointment.objects.filter(unit=unit, officer__full_name=clean_text(name)).on(on).exclude(position="")
    found = set(rows.values_list("position", flat=True))
    return found.pop() if len(found) == 1 else ""


def rank_of(position, unit, office=None):
    """ "head", "deputy", "acting" (Quyền …) of the issuer, "other", or "" when no office is told."""
    plain, head = fold(clean_text(position)), fold(head_title(unit, office))
    if not plain:
        return ""
    if plain.startswith(f"pho {head}"):
        return "deputy"
    if plain.startswith((f"quyen {head}", f"q. {head}", f"q.{head}")):
        return "acting"
    return "head" if plain.startswith(head) else "other"


def require_fitting(lines, *, name, position, unit, office, mandate, on):
    """Refused, with what to choose, when the lines do not fit the office that was typed, and the one of the appointment.

    An office that nobody knows holds nobody up.
    """
    told = dict.fromkeys([position_of(name, unit, on), clean_text(position or "")])
    for one in [one for one in told if one] or [""]:
        _require(lines, one, unit, office, mandate)


def _require(lines, position, unit, office, mandate):
    lines = [clean_text(line).upper() for line in lines if clean_text(line)]
    by_order = bool(lines) and lines[0].startswith(("TL.", "TUQ."))
    if by_order and (len(lines) < 2 or not lines[1]):
        raise Refusal(NO_POSITION.format(lines[0]))
    rank = rank_of(position, unit, office)
    usual = {_rank(way): way.replace("\n", " / ") for way in authorities(unit, office)}
    if rank in usual and lines != usual[rank].split(" / "):
        raise Refusal(CHOOSE.format(clean_text(position), WHY[rank].format(head_title(unit, office).capitalize()), usual[rank]))
    if rank == "other" and not by_order and any(way in usual for way in ("deputy", "acting")):
        order, mandated = empowered(unit, office)
        why = "không phải người đứng đầu hay cấp phó, chỉ ký thừa lệnh hoặc thừa ủy quyền"
        raise Refusal(CHOOSE.format(clean_text(position), why, f"{order}” hoặc, khi có văn bản ủy quyền, “{mandated}"))
    if by_order and lines[0].startswith("TUQ.") and not clean_text(mandate):
        raise Refusal(NO_MANDATE)


WHY = {"head": "ký trực tiếp", "deputy": "ký thay {}", "acting": "ký với quyền {}"}


def _rank(way):
    marks = [line.split(" ")[0] for line in way.split("\n")]
    return "deputy" if "KT." in marks else "acting" if "Q." in marks else "head"
