"""Names as they are given here, drawn by a seeded chance. Whoever bears one of them is a coincidence."""

FAMILY = (
    ["Nguyễn"] * 38 + ["Trần"] * 11 + ["Lê"] * 9 + ["Phạm"] * 8 
    + ["Hoàng"] * 4 + ["Vũ"] * 6 + ["Đặng"] * 3 + ["Bùi"] * 4 + ["Đỗ"] * 4
    + ["Ngô", "Dương", "Đoàn", "Đào", "Trịnh", "Mai", "Lương", "Phùng", "Cao", "Đinh", "Tô", "Lã", "Khúc"]
)  # fmt: skip
MIDDLE = {
    "m": ["Văn"] * 5 + ["Đức", "Minh", "Quang", "Gia", "Hải", "Tuấn", "Bảo", "Thành", "Duy", "Đình", "Xuân", "Công", "Hữu"],
    "f": ["Thị"] * 5 + ["Ngọc", "Thu", "Phương", "Khánh", "Minh", "Bảo", "Thanh", "Hà", "Quỳnh", "Diệu", "Mai", "Hồng", "Thùy"],
}
GIVEN = {
    "m": [
        "Nam", "Anh", "Huy", "Khang", "Minh", "Dũng", "Phúc", "Khoa", "Long", "Đạt", "Hiếu", "Kiên", "Quân", "Bách", "Sơn",
        "Tùng", "Việt", "Hưng", "Thịnh", "An", "Bình", "Duy", "Phong", "Trung", "Tuấn", "Hoàng", "Lâm", "Nghĩa", "Toàn", "Vinh",
    ],
    "f": [
        "Hoa", "Linh", "Trang", "Chi", "Hà", "Hương", "Lan", "Mai", "Ngân", "Nhi", "Oanh", "Phương", "Quỳnh", "Thảo", "Thư",
        "Trâm", "Vy", "Yến", "An", "Anh", "Châu", "Diệp", "Giang", "Hân", "My", "Ngọc", "Như", "Hòa", "Hạnh", "Thủy",
    ],
}  # fmt: skip
STREETS = [
    "Trần Nhân Tông",
    "Lê Duẩn",
    "Hoàng Quốc Việt",
    "Trường Chinh",
    "Nguyễn Lương Bằng",
    "Phan Đăng Lưu",
    "Cựu Viên",
    "Quy Tức",
]
FICTITIOUS = "Dữ liệu minh họa, không phải người thật."
SHORT = "minh họa"


def full_name(rng, sex, family=None):
    """Family, middle and given name."""
    return f"{family or rng.choice(FAMILY)} {rng.choice(MIDDLE[sex])} {rng.choice(GIVEN[sex])}"


def identity_number(rng, province, sex, year):
    """Twelve digits of the legal form: province, century and sex, year of birth, six digits by chance."""
    return f"{province}{2 + (sex == 'f') if year >= 2000 else int(sex == 'f')}{year % 100:02d}{rng.randrange(10**6):06d}"


def phone(rng):
    """A number in a range that no operator gives out."""
    return f"0200{rng.randrange(10**6):06d}"
