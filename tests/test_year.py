"""The year of a title, and the year of which a text speaks."""

import pytest

from parsers.year import read_year, year_of_text
from tests.subjects import PERIOD


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("某局2023年政府信息公开工作年度报告", 2023),
        ("２０２３年度某局政府信息公开工作年度报告", 2023),
        ("某局二〇二三年政府信息公开年报", 2023),
        ("某局二○二三年政府信息公开年报", 2023),
        ("某局二零二三年政府信息公开年报", 2023),
        ("某局二0二三年政府信息公开年报", 2023),
        ("某局2020政府信息公开工作年报", 2020),
        ("2O23年某局政府信息公开工作年度报告", 2023),
        ("某局政府信息公开工作年度报告（2023）", 2023),
        ("2023年度某局2023年度政府信息公开工作年度报告", 2023),
        ("某局2022年政府信息公开工作年度报告（2023年1月20日）", 2022),
        ("2024年发布的某局2023年政府信息公开年报", 2023),
        ("2019年、2020年政府信息公开年报", None),
        ("2008-2012年政府信息公开年报", None),
        ("政府信息公开工作年度报告", None),
        ("某局201年政府信息公开年报", None),
        ("电话12023年报", None),
    ],
)
def test_year_of_a_title(title: str, year: int | None) -> None:
    assert read_year(title) == year


def test_year_of_the_text() -> None:
    assert year_of_text(["报告", PERIOD]) == 2022
    assert year_of_text(["数据统计期限为2021年1月1日—12月31日。"]) == 2021
    assert (
        year_of_text(["2020年，本机关依照条例开展工作。", "2021年，将继续努力。", "2020年共公开。"]) == 2020
    )
    assert year_of_text(["依照2007年颁布的条例。"]) is None
    announced = "按照2024年要点，现将我局2023年度政府信息公开主要工作报告如下："
    assert year_of_text(["2024年印发要点。", announced, "2024年，将继续努力。"]) == 2023
    contents = "本报告由某局编制。2017年度某局政府信息公开年度报告包括概述。"
    assert year_of_text([contents, "2018年，将继续努力。"]) == 2017
    assert year_of_text(["2018年发布2017年政府信息公开年度报告。"]) == 2017
    named = "某局2022年政府信息公开工作年度报告（以下简称年报）是根据条例编制的。"
    assert year_of_text([named, "2024年，将继续努力。"]) == 2022
    assert year_of_text(["按照省厅2022年政府信息公开工作年度报告的要求，认真编制。"]) is None
    assert year_of_text(["（一）主动公开情况。2022年，我局公开信息5条。"]) == 2022
