"""Dialects of the tables' labels: numbering, brackets, quotes, blanks, other words."""

from dataclasses import replace
from random import Random

from tests.writing.markup import Sheet
from tests.writing.page import Page, dialect
from tests.writing.tables import Rows, change_labels, change_rows


@dialect("labels")
def labels_with_narrow_brackets(page: Page, rng: Random) -> Page:
    return change_labels(page, lambda text: text.translate(str.maketrans("（）：，", "():,")))


@dialect("labels")
def labels_without_numbers(page: Page, rng: Random) -> Page:
    """Neither 一、 nor （一） nor 1. before the labels of table 三."""

    def change(sheet: Sheet) -> Rows:
        if sheet.name != "requests":
            return sheet.rows
        return tuple(
            tuple(
                cell
                if cell.key
                else replace(
                    cell, text=cell.text.split("、", 1)[1] if cell.text[1:2] == "、" else _bare(cell.text)
                )
                for cell in row
            )
            for row in sheet.rows
        )

    return change_rows(page, change)


def _bare(text: str) -> str:
    if text[:1] == "（" and text[2:3] == "）":
        return text[3:]
    return text[2:] if text[1:2] == "." else text


@dialect("labels")
def labels_with_full_width_numbers(page: Page, rng: Random) -> Page:
    return change_labels(
        page, lambda text: f"{chr(ord(text[0]) + 0xFEE0)}．{text[2:]}" if text[1:2] == "." else text
    )


@dialect("labels")
def labels_with_commas(page: Page, rng: Random) -> Page:
    return change_labels(page, lambda text: f"{text[0]}、{text[2:]}" if text[1:2] == "." else text)


@dialect("labels")
def labels_with_other_quotes(page: Page, rng: Random) -> Page:
    left, right = rng.choice((('"', '"'), ("「", "」"), ("", "")))
    return change_labels(page, lambda text: text.replace("“", left).replace("”", right))


@dialect("labels")
def labels_with_blanks(page: Page, rng: Random) -> Page:
    def change(text: str) -> str:
        return text if len(text) < 4 else f" {text[:2]}　{text[2:4]} \u00a0{text[4:]} "

    return change_labels(page, change)


@dialect("labels")
def labels_cut_short(page: Page, rng: Random) -> Page:
    """Beginnings of the long labels only."""
    short = {
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.申请人无正当理由逾期不补正",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.申请人逾期未按收费通知要求缴纳费用",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）": "",
        "第二十条第（一）项": "第二十条（一）项",
    }
    return change_labels(page, lambda text: short.get(text, text))


@dialect("labels")
def labels_of_many_years(page: Page, rng: Random) -> Page:
    """本年（2023）制发件数, 本年度…"""
    year = page.truth.year
    return change_labels(
        page,
        lambda text: (
            text.replace("本年", rng.choice(("本年度", f"本年（{year}）")))
            if text[:3] in ("本年制", "本年废")
            else text
        ),
    )


@dialect("labels")
def labels_in_other_words(page: Page, rng: Random) -> Page:
    words = {
        "总计": "合计",
        "其他": "其它",
        "3.其他": "3.其它",
        "四、结转下年度继续办理": "四、结转下年继续办理",
        "一、本年新收政府信息公开申请数量": "一、本年度新收政府信息公开申请数量",
        "三、本年度办理结果": "三、本年办理结果",
        "行政规范性文件": "规范性文件",
        "第二十条第（一）项": "《条例》第二十条第（一）项",
        "（六）其他处理": "（六）其它处理",
        "本年处理决定数量": "本年度处理决定数量",
        "政府集中采购": "政府集中采购项目",
    }
    return change_labels(page, lambda text: words.get(text, text))
