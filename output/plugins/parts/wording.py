"""How the pages of reports and bodies word the forms' relations and set numbers."""

RULES = {  # the forms' relations in words
    "R1": ("received + carried in = results + carried out", "第一项加第二项之和，等于第三项加第四项之和"),
    "R2": ("all results add up to their total", "各项办理结果之和等于总计"),
    "R3": ("all kinds of applicants add up to the total", "各类申请人之和等于总计"),
    "R4": ("the four outcomes add up to the total", "四种结果之和等于总计"),
    "R5": ("carried in = last year's carried out", "上年结转等于上年度的结转下年度"),
    "R6": ("the number in the prose is the number in the table", "正文数字与表格一致"),
    "R7": ("in force = last year's + made - repealed", "现行有效等于上年加制发减废止"),
    "R8": (
        "published is not more than open in total; items follow from last year's",
        "公开数不超过总数；项目数与上年衔接",
    ),
    "R9": ("fees are accounted for in the last section", "收取信息处理费情况应在第六部分说明"),
    "R10": ("figures are whole and not negative", "数据应为非负整数"),
    "R11": ("what was pending reappears in the next year", "上年尚未审结的应计入本年"),
}


def number(value: int | float | None) -> str:
    """
    >>> number(3), number(25.5), number(1234567), number(None)
    ('3', '25.5', '1,234,567', '')
    """
    return "" if value is None else f"{value:,}"
