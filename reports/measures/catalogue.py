"""Which indicators are counted from the facts, how, and what their zero means. The words are in the table of indicators.

A measure is a numerator and perhaps a denominator, each the name of a count that `population`, `people`, `incidents` or `flows`
makes; "year:…" is a general figure of the unit in the year, typed with its source. What is not here is typed by hand (manual).
"""

from dataclasses import dataclass

CHILD, INCIDENT, INCIDENT_CHILD, SUPPORT, ACTIVITY, OBLIGATION, SUM, CASE, SERVICE, STAFF, UNIT, BODY, RECORD, DEED = (
    "child", "incident", "incident_child", "support", "activity", "obligation", "sum", "case", "service", "staff", "unit",
    "body", "record", "deed",
)  # fmt: skip
EVALUATION = "evaluation"


@dataclass(frozen=True)
class Measure:
    """How one indicator is counted. `official`: a figure typed from another sector wins over the count of the registry."""

    numerator: str
    denominator: str = ""
    multiplier: int = 1
    of: str = CHILD
    official: bool = False
    note: str = ""


def rate(numerator, denominator, multiplier=100, **more):
    return Measure(numerator, denominator, multiplier, **more)


def counted(*codes, of=CHILD, **more):
    return {code: Measure(code, of=of, **more) for code in codes}


NO_REFERRAL = "Mẫu số là mọi trẻ em nhóm này trong sổ, chưa xét chỉ định của cơ quan y tế."
BY_LAW = "Xét theo thời hạn của văn bản; việc còn trong hạn vào ngày chốt chưa tính."
IN_TIME = (
    "Kịp thời: can thiệp khẩn cấp trong 12 giờ khi cần, còn lại trong 07 ngày làm việc từ giờ nhận tin (chưa có hồ sơ: từ ngày "
    "xảy ra, phát hiện); trẻ còn trong hạn vào ngày chốt chưa tính."
)
NO_55A = "Mẫu số là mọi trẻ em bệnh tim bẩm sinh trong sổ, chưa xét đối tượng QĐ 55a."
OWN_LIST = "Theo công trình và trường, cơ sở ghi trong hệ thống; chưa xét tiêu chuẩn của ngành giáo dục."
IN_POST = "Tính trên người đang làm vào ngày chốt; mỗi người một lần."
MEASURED = {
    # children by residence at the end of the cut-off day
    **counted("DS-01", "DS-03", "DS-05", "DS-06", "DS-07", "DS-08", "DS-09", "DS-10", "DS-14", "DL-03"),
    "DS-02": rate("DS-01", "year:population"),
    "DS-04": rate("DS-03", "year:population"),
    "DS-13": rate("DS-13", "DS-13 all"),
    "YT-09": rate("YT-09", "DS-03"),
    "DL-01": rate("DL-01", "year:children_official"),
    "DL-02": rate("DL-02", "DL-01"),
    # children by circumstance and support
    **counted("HC-01", "HC-03", "HC-05", "HC-16", "HC-17", "HC-18", "HC-19", "HC-20", "HC-22", "HC-23", "HC-25", "HC-27"),
    **counted("HC-29", "HC-30", "HC-32", "LD-02", "LD-03", "LD-04", "XH-13"),
    "HC-02": rate("HC-01", "DS-01"),
    "HC-04": rate("HC-03", "HC-01"),
    "HC-06": rate("HC-05", "DS-01"),
    "HC-07": rate("HC-07", "HC-05"),
    "HC-08": rate("HC-08", "HC-08 all"),
    "HC-09": rate("HC-09", "HC-09 all"),
    "HC-10": rate("HC-10", "HC-10 all"),
    "HC-11": rate("HC-11", "HC-11 all", official=True, note=NO_REFERRAL),
    "HC-13": rate("HC-13", "HC-13 all"),
    "HC-15": rate("HC-15", "HC-01"),
    "HC-21": rate("HC-21", "HC-21 all", official=True, note=NO_55A),
    # incidents
    **counted("XH-01", "XH-07", "TN-01", "TN-03", "TN-05", "TN-06", "TN-07", of=INCIDENT_CHILD),
    **counted("XH-03", "XH-08", of=INCIDENT),
    "XH-06": rate("XH-06", "XH-06 all", note=IN_TIME),
    "XH-11": Measure("XH-11", of=INCIDENT, official=True),
    **counted("HS-07", "HS-08", "HS-09", of=INCIDENT),
    # case files
    **counted("HS-01", "HS-05", "HS-06", of=CASE),
    "HS-02": rate("HS-02", "HS-02 all", of=CASE, note=BY_LAW),
    "HS-03": rate("HS-03", "HS-03 all", of=CASE, note=BY_LAW),
    "HS-04": rate("HS-04", "HS-04 all", of=CASE, note=BY_LAW),
    "XH-10": rate("XH-10", "XH-10 all", of=CASE, note=BY_LAW),
    "XH-12": rate("XH-12", "XH-12 all", of=CASE, note=BY_LAW),
    "HC-12": rate("HC-12", "HC-12 all", of=SERVICE, note="Dịch vụ trong kế hoạch can thiệp đã phê duyệt."),
    "XH-02": rate("XH-01", "DS-01", of=INCIDENT_CHILD),
    "HS-10": Measure("HS-10", of=INCIDENT_CHILD),
    "XH-04": rate("XH-04", "XH-04 all", of=INCIDENT_CHILD, note=IN_TIME),
    "XH-05": rate("XH-05", "XH-05 all", of=INCIDENT_CHILD),
    "XH-09": rate("XH-01", "XH-01", of=INCIDENT_CHILD),
    "VP-01": Measure("VP-01", of=INCIDENT, official=True),
    "VP-02": Measure("VP-02", of=INCIDENT_CHILD, official=True),
    "TH-01": Measure("TH-01", of=INCIDENT, official=True),
    "TH-02": rate("TH-01", "TH-01", of=INCIDENT),
    "HC-24": rate("HC-24", "HC-24 all", of=INCIDENT_CHILD),
    "TN-02": rate("TN-01", "DS-01", 100000, of=INCIDENT_CHILD),
    "TN-04": rate("TN-03", "DS-01", 100000, of=INCIDENT_CHILD),
    # activities, supports given, reports
    **counted("TG-04", "TG-05", "TG-06", "TG-08", "TR-02", "TR-04", of=ACTIVITY),
    **counted("NL-05", "TR-03", of=SUM),
    **counted("NL-06", of=SUPPORT),
    # persons whom activities reached, money spent of plans
    "TR-01": rate("TR-01", "year:audience", of=DEED),
    "TG-01": rate("TG-01", "TG-01 all", of=DEED),
    "TG-02": rate("TG-02", "DS-01", of=DEED, official=True),
    "TG-03": rate("TG-03", "DS-01", of=DEED),
    "NL-07": Measure("NL-07", of=DEED, official=True, note="Các khoản đã chi ghi ở kinh phí của kế hoạch."),
    # who works with children
    "NL-01": rate("NL-01", "NL-01 all", of=STAFF, note=IN_POST),
    "NL-02": rate("NL-02", "NL-02 all", of=STAFF, note=IN_POST),
    "NL-03": Measure("NL-03", of=UNIT),
    "NL-04": rate("NL-04", "NL-04 all", of=UNIT),
    # their bodies, places and works
    "NL-13": rate("NL-13", "NL-13 all", of=UNIT),
    "TG-07": Measure("TG-07", of=BODY),
    "VH-01": rate("VH-01", "NL-04 all", of=UNIT),
    "VH-02": rate("VH-02", "VH-02 all", of=UNIT),
    "VH-03": rate("VH-03", "VH-03 all", of=UNIT),
    **counted("TN-11", "NL-08", "NL-09", "NL-10", "NL-11", "NL-12", of=RECORD),
    "GD-06": rate("GD-06", "GD-06 all", of=RECORD, official=True, note=OWN_LIST),
    "BC-01": rate("BC-01", "BC-01 all", of=OBLIGATION),
    # recognised communes; until the first of them is judged here, the figure is typed from the decision
    "PH-01": rate("PH-01", "PH-01 judged", of=EVALUATION, official=True),
    "PH-02": Measure("PH-02", of=DEED),  # points, not rows
}
# A zero of these is printed only after "Xác nhận không phát sinh"; before that the figure is missing.
SENSITIVE = frozenset(
    {"XH-01", "XH-03", "XH-07", "XH-08", "XH-13", "VP-01", "VP-02", "LD-02", "LD-03", "TN-03", "TN-05", "TH-01"}
)  # fmt: skip
# Numbers below five of these are masked on a screen of somebody who may not see every row behind them.
MASKED_CODES = frozenset(
    code for code in MEASURED if code.startswith(("XH-", "VP-", "HS-")) or code in ("LD-02", "LD-03", "HC-12")
)
# Zero results of incidents are zero only where the incidents themselves are known.
RESULTS = {"HS-07": "referred", "HS-08": "criminal", "HS-09": "administrative"}
OF_INCIDENTS = frozenset({*RESULTS, "XH-11"})
OF_ABUSED = frozenset({"HS-10", "XH-04"})  # the same of abused children
MASKED_GROUPS = frozenset("N05 N06 N07 N09 N10 N11 N12 L05 L07 L10 L20 L21 R01 R02 R04 R13 R14 R16 R25".split())
LAW_GROUPS = tuple(f"N{number:02d}" for number in range(1, 15))
LOCAL_GROUPS = "L00"
RISK_OF_HARM = ("R01", "R02", "R03")
AGES = (("age=0-5", 6), ("age=6-10", 11), ("age=11-15", 16))  # key, first birthday no longer in the band

PLACED = ("S24", "S25", "S26", "S28")  # what a placement is counted as, from its hand-over to its end
CARE = (*PLACED, "S01", "S29")
TREATMENT = tuple(f"S{number:02d}" for number in range(7, 16))
SERVICES = (*TREATMENT, "S16", "S02", "S40")
# Kinds of support that are counted for every child, in special circumstances or not.
OF_EVERYBODY = ("S01", "S03", "S04", "S05", "S08", "S12", "S13", "S29", "S37", *PLACED)

CONFIRM = "Chưa xác nhận không phát sinh."
NO_SOURCE = "Chưa có nguồn: nhập tử số, mẫu số kèm nguồn và ngày."
NO_DATA = "Chưa có dữ liệu trong sổ."
NO_DENOMINATOR = {
    "population": "Chưa nhập dân số của năm.",
    "audience": "Chưa nhập tổng số đối tượng.",
    "children_official": "Chưa nhập số trẻ em theo Công an hoặc Thống kê.",
}


def is_measured(code):
    """True when the facts can tell; else the figure is typed by hand."""
    return code in MEASURED


def group_of(breakdown):
    """The group in a breakdown: "N11" of "group=N11.2&sex=f"; "" without one."""
    part = next((part for part in breakdown.split("&") if part.startswith("group=")), "group=")
    return part.removeprefix("group=").split(".")[0]


def is_masked_kind(code, breakdown=""):
    """True for a figure about abuse, offences, hazardous labour, HIV and the like."""
    return code in MASKED_CODES or group_of(breakdown) in MASKED_GROUPS
