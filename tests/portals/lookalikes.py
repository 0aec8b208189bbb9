"""Pages that carry a year and the words 年度报告 or 信息公开, and are no annual reports."""

WEBSITE_FORM = (
    "<table><tr><td>网站名称</td><td colspan='2'>人民政府门户网站</td></tr><tr><td>独立用户访问总量（单位：个）</td><td>812345</td></tr>"
    "<tr><td>信息发布（单位：条）</td><td>总数</td><td>6021</td></tr><tr><td>概况类信息更新量</td><td>31</td></tr>"
    "<tr><td>留言办理</td><td>收到留言数量</td><td>129</td></tr></table>"
)
RULE_OF_LAW = (
    "<p>{year}年，我市深入推进依法行政，现将法治政府建设情况报告如下。</p><p>一、主要举措和成效</p>"
    "<p>推进政府信息公开，办理行政复议案件12件，行政诉讼案件5件。</p><p>二、存在的不足</p><p>三、下一步安排</p>"
) * 3
ACCOUNTS = (
    "<table><tr><th>项目</th><th>2022年</th><th>2023年</th><th>总计</th></tr>"
    "<tr><td>一般公共预算</td><td>100</td><td>120</td><td>220</td></tr><tr><td>其他</td><td>0</td><td>1</td><td>1</td></tr></table>"
) * 4
EXPLANATION = (
    "<p>一、编制背景</p><p>根据条例规定，每年1月31日前发布上一年度报告。</p><p>二、主要内容</p>"
    "<p>报告分为总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六部分，全年收到申请18件。</p>"
) * 2
NOTICE = (
    "<p>各单位：</p><p>请于2025年1月31日前发布本单位2024年政府信息公开工作年度报告，报告应包括总体情况、主动公开、"
    "依申请公开、行政复议和行政诉讼、存在问题、其他事项六部分。</p>"
)


def look_alikes(place: str) -> dict[str, list[tuple[str, str]]]:
    """Column → titles and texts."""
    return {
        "wznb": [(f"{place}人民政府网站工作年度报表（{year}年度）", WEBSITE_FORM) for year in (2022, 2023)],
        "statutory": [
            (f"{place}{year}年法治政府建设情况年度报告", RULE_OF_LAW.format(year=year))
            for year in (2022, 2023)
        ],
        "juesuan": [(f"{place}民政局2023年度部门决算公开", ACCOUNTS)],
        "jiedu": [
            (
                f"一图读懂：{place}2023年政府信息公开工作年度报告",
                "<p><img src='/i/tujie.jpg' alt='图解'></p>" * 3,
            ),
            (f"《{place}2023年政府信息公开工作年度报告》解读", EXPLANATION),
        ],
        "data": [(f"{place}统计年鉴2024", ACCOUNTS)],
        "notices": [("关于做好2024年政府信息公开工作年度报告编制发布工作的通知", NOTICE)],
    }
