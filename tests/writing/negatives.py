"""Pages that are no annual report, although they look like one: each must be refused with a reason."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from random import Random

from tests.writing.markup import render_header, render_sheet, requests_sheet
from tests.writing.surroundings import FOOTER, NAVIGATION, POSITION
from tests.writing.truth import Truth, write_truth

BODIES = ("宁江市民政局", "云溪县人民政府", "南屏区教育局", "白塔镇人民政府", "宁江市水务局")


def _page(title: str, body: str, truth: Truth | None = None) -> bytes:
    header = render_header(truth.header) if truth else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title></head><body>{NAVIGATION}{POSITION}'
        f'{header}<h1>{escape(title)}</h1><div>发布时间：2024-01-22 来源：办公室</div><div id="zoom">{body}</div>{FOOTER}</body></html>'
    ).encode()


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def website_report(truth: Truth, rng: Random) -> bytes:
    """政府网站工作年度报表"""
    rows = "".join(
        f"<tr><td>{label}</td><td>{rng.randint(0, 90000)}</td></tr>"
        for label in (
            "独立用户访问总量（单位：个）",
            "网站总访问量（单位：次）",
            "信息发布总数（单位：条）",
            "概况类信息更新量",
            "政务动态信息更新量",
            "信息公开目录信息更新量",
        )
    )
    return _page(
        f"政府网站工作年度报表（{truth.year}年度）",
        f"<table><tr><td>填报单位</td><td>{truth.issuer}</td></tr><tr><td>政府网站标识码</td><td>3301000001</td></tr>{rows}</table>",
        truth,
    )


def rule_of_law_report(truth: Truth, rng: Random) -> bytes:
    """法治政府建设年度报告"""
    return _page(
        f"{truth.issuer}{truth.year}年法治政府建设年度报告",
        _paragraphs(
            f"现将{truth.year}年法治政府建设情况报告如下。",
            "一、总体情况",
            "全年办理行政许可和行政处罚案件均符合法定程序，政府信息公开工作有序推进。",
            "二、存在的主要问题",
            "执法人员的培训还不够。",
            "三、下一步工作安排",
            "继续加强行政执法监督。",
        ),
        truth,
    )


def final_accounts(truth: Truth, rng: Random) -> bytes:
    """部门决算"""
    return _page(
        f"{truth.issuer}{truth.year}年度部门决算",
        _paragraphs("第一部分 部门概况", "第二部分 决算报表")
        + f"<table><tr><td>项目</td><td>金额（万元）</td></tr><tr><td>政府采购支出总额</td><td>{rng.randint(1, 900)}.50</td></tr>"
        f"<tr><td>行政事业性收费</td><td>{rng.randint(1, 90)}</td></tr></table>",
        truth,
    )


def explanation(truth: Truth, rng: Random) -> bytes:
    """年报解读"""
    received = truth.figures["requests", "new_received", "total"]
    return _page(
        f"图解：{truth.issuer}{truth.year}年政府信息公开工作年度报告",
        _paragraphs(f"一张图看懂{truth.issuer}年报。", f"新收申请{received}件。")
        + '<img src="/images/1.png"><img src="/images/2.png">',
        truth,
    )


def explanation_in_words(truth: Truth, rng: Random) -> bytes:
    return _page(
        f"《{truth.issuer}{truth.year}年政府信息公开工作年度报告》解读",
        _paragraphs(
            "为方便公众了解年报内容，现作如下解读。",
            "一、年报编制的依据",
            "年报按照条例第五十条编制。",
            "二、年报的主要内容",
            "年报包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分。",
        ),
        truth,
    )


def news(truth: Truth, rng: Random) -> bytes:
    return _page(
        f"{truth.issuer[:3]}召开{truth.year}年政府信息公开工作年度报告编制培训会",
        _paragraphs(
            "昨日，全市政府信息公开工作年度报告编制培训会召开，各部门负责人参加。",
            "会议讲解了总体情况、主动公开和依申请公开各部分的写法。",
        ),
    )


def published_notice(truth: Truth, rng: Random) -> bytes:
    return _page(
        f"{truth.issuer[:3]}各部门{truth.year}年政府信息公开工作年度报告全部公布",
        _paragraphs(
            f"截至1月31日，各部门{truth.year}年政府信息公开工作年度报告已在网站专栏公布，欢迎公众查阅并提出意见。"
        ),
    )


def call_for_reports(truth: Truth, rng: Random) -> bytes:
    """A notice that asks for reports and annexes the empty form."""
    empty = render_sheet(requests_sheet(replace(truth, figures=dict.fromkeys(truth.figures))))
    return _page(
        f"关于做好{truth.year}年政府信息公开工作年度报告编制和发布工作的通知",
        _paragraphs(
            "各镇人民政府、街道办事处，各部门：",
            "为做好年度报告工作，现将有关事项通知如下。",
            "一、报告内容",
            "报告应当包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项。",
            "二、时间要求",
            "请于1月20日前报送。",
            "附件：年度报告格式",
        )
        + empty,
        truth,
    )


def listing(truth: Truth, rng: Random) -> bytes:
    rows = "".join(
        f'<li><a href="/art/{year}/{place}.html">{body}{year}年政府信息公开工作年度报告</a><span>{year + 1}-01-2{place}</span></li>'
        for year in (truth.year, truth.year - 1, truth.year - 2)
        for place, body in enumerate(BODIES)
    )
    return _page("政府信息公开年报", f"<ul class='list'>{rows}</ul><div>共3页 首页 上一页 下一页 尾页</div>")


def listing_in_a_table(truth: Truth, rng: Random) -> bytes:
    rows = "".join(
        f'<tr><td>{place}</td><td><a href="{place}.html">{body}{truth.year}年政府信息公开工作年度报告</a></td><td>{truth.year + 1}-01-22</td></tr>'
        for place, body in enumerate(BODIES, start=1)
    )
    return _page(
        f"{truth.year}年政府信息公开工作年度报告",
        f"<table><tr><td>序号</td><td>标题</td><td>发布日期</td></tr>{rows}</table>",
    )


def topic_page_of_a_year(truth: Truth, rng: Random) -> bytes:
    groups = "".join(
        f"<h3>{level}</h3><p>"
        + " ".join(f'<a href="/{rng.randint(1, 999)}.html">{body[2:]}</a>' for body in BODIES)
        + "</p>"
        for level in ("市政府部门", "县（市、区）", "乡镇街道")
    )
    return _page(f"宁江市{truth.year}年政府信息公开工作年度报告专题", groups)


def error_page(truth: Truth, rng: Random) -> bytes:
    words = rng.choice(
        ("您访问的页面不存在", "404 Not Found", "抱歉，您要查看的页面已被删除或移动", "系统繁忙，请稍后再试")
    )
    return f"<html><head><meta charset=utf-8><title>{words}</title></head><body><h2>{words}</h2><a href='/'>返回首页</a></body></html>".encode()


def challenge(truth: Truth, rng: Random) -> bytes:
    return (
        "<html><head><meta charset='utf-8'><script>document.cookie='__jsl_clearance_s=1|0|x;';location.href=location.pathname</script>"
        "</head><body><noscript>请开启JavaScript并刷新该页</noscript></body></html>"
    ).encode()


def firewall(truth: Truth, rng: Random) -> bytes:
    return "<html><head><title>访问被拦截</title></head><body>您的访问请求可能对网站造成安全风险，已被拦截。请求编号：78aa</body></html>".encode()


def empty_shell(truth: Truth, rng: Random) -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{truth.title}</title></head><body><div id="app"></div>'
        '<script src="/static/js/app.7f3e.js"></script></body></html>'
    ).encode()


def placeholder(truth: Truth, rng: Random) -> bytes:
    return (
        "<html><head><meta charset='utf-8'><title>{{title}}</title></head><body><h1>{{title}}</h1><div id='zoom'>{{content}}</div>"
        "<div>政府信息公开年报</div></body></html>"
    ).encode()


def search_results(truth: Truth, rng: Random) -> bytes:
    rows = "".join(
        f"<div><a href='/{place}'>{body}{truth.year}年政府<em>信息公开</em>工作<em>年度报告</em></a><p>一、总体情况 … 二、主动公开政府信息情况 …</p></div>"
        for place, body in enumerate(BODIES)
    )
    return _page("站内搜索：信息公开年度报告", f"<p>共找到{rng.randint(20, 900)}条结果</p>{rows}")


def guide(truth: Truth, rng: Random) -> bytes:
    return _page(
        f"{truth.issuer}政府信息公开指南",
        _paragraphs(
            "一、主动公开的范围和方式",
            "本机关通过门户网站主动公开政府信息。",
            "二、依申请公开的办理",
            "申请人可以当面、邮寄或在线提交申请。",
            "三、监督和救济",
            "公民可以依法申请行政复议或者提起行政诉讼。",
        ),
        truth,
    )


def work_plan(truth: Truth, rng: Random) -> bytes:
    return _page(
        f"{truth.issuer}{truth.year}年政务公开工作要点",
        _paragraphs(
            "一、深化主动公开",
            "按季度更新重点领域信息。",
            "二、规范依申请公开",
            "完善答复文书，编好政府信息公开年度报告。",
        ),
        truth,
    )


def institution_report(truth: Truth, rng: Random) -> bytes:
    return _page(
        f"事业单位法人年度报告书（{truth.year}年度）",
        "<table><tr><td>单位名称</td><td>宁江市少年宫</td></tr><tr><td>开办资金</td><td>120万元</td></tr><tr><td>从业人数</td><td>23</td></tr></table>",
        truth,
    )


def collected_figures(truth: Truth, rng: Random) -> bytes:
    rows = "".join(
        f"<tr><td>{body}</td><td>{rng.randint(0, 99)}</td><td>{rng.randint(0, 20)}</td></tr>"
        for body in BODIES
    )
    return _page(
        f"{truth.year}年全市政府信息公开申请办理情况统计",
        f"<table><tr><td>单位</td><td>新收申请</td><td>上年结转</td></tr>{rows}</table>",
    )


def evaluation(truth: Truth, rng: Random) -> bytes:
    return _page(
        f"关于{truth.year}年度政府信息公开工作年度报告质量评估情况的通报",
        _paragraphs(
            "各部门：",
            "现将年报评估情况通报如下。",
            "一、总体情况",
            "多数单位按时发布年报。",
            "二、存在的问题",
            "个别单位表格勾稽关系有误。",
        ),
    )


def application_form(truth: Truth, rng: Random) -> bytes:
    return _page(
        "政府信息公开申请表",
        "<table><tr><td rowspan=2>申请人信息</td><td>公民</td><td>姓名</td><td></td></tr><tr><td>法人或其他组织</td><td>名称</td><td></td></tr>"
        "<tr><td>所需信息内容</td><td colspan=3></td></tr></table>",
    )


def home_page(truth: Truth, rng: Random) -> bytes:
    links = "".join(
        f'<li><a href="/{place}.html">{body}{truth.year}年政府信息公开年报</a></li>'
        for place, body in enumerate(BODIES)
    )
    return f"<html><head><meta charset=utf-8><title>宁江市人民政府</title></head><body>{NAVIGATION}<div><h2>最新公开</h2><ul>{links}</ul></div>{FOOTER}</body></html>".encode()


def statistics_bulletin(truth: Truth, rng: Random) -> bytes:
    return _page(
        f"宁江市{truth.year}年国民经济和社会发展统计公报",
        _paragraphs("一、综合", "全年地区生产总值增长5.1%。")
        + "<table><tr><td>指标</td><td>单位</td><td>数量</td></tr><tr><td>常住人口</td><td>万人</td><td>88.1</td></tr></table>",
        truth,
    )


def login(truth: Truth, rng: Random) -> bytes:
    return "<html><head><meta charset=utf-8><title>统一身份认证</title></head><body><form>用户名<input>密码<input type=password></form></body></html>".encode()


def half_a_sentence(truth: Truth, rng: Random) -> bytes:
    """Our body text is there, but it is another kind of report."""
    return _page(
        f"{truth.issuer}{truth.year}年工作总结",
        _paragraphs("一、主要工作", "二、存在问题", "三、下年打算"),
        truth,
    )


def empty_file(truth: Truth, rng: Random) -> bytes:
    return rng.choice((b"", b" ", b"\n\n", b"<html></html>"))


def report_only_quoted(truth: Truth, rng: Random) -> bytes:
    """A news page whose sidebar copies the table of somebody's report."""
    return _page(
        "我市举办政务公开日活动",
        _paragraphs("活动现场发放宣传册三百余份，市民就近了解办事流程。") + "<div class='side'></div>",
    )


NEGATIVES: Mapping[str, Callable[[Truth, Random], bytes]] = {
    function.__name__: function
    for function in (
        website_report,
        rule_of_law_report,
        final_accounts,
        explanation,
        explanation_in_words,
        news,
        published_notice,
        call_for_reports,
        listing,
        listing_in_a_table,
        topic_page_of_a_year,
        error_page,
        challenge,
        firewall,
        empty_shell,
        placeholder,
        search_results,
        guide,
        work_plan,
        institution_report,
        collected_figures,
        evaluation,
        application_form,
        home_page,
        statistics_bulletin,
        login,
        half_a_sentence,
        empty_file,
        report_only_quoted,
    )
}


def write_negative(name: str, seed: int) -> bytes:
    """One page of that name, varied by the seed."""
    rng = Random(f"{name}|{seed}")
    truth = write_truth(rng.choice(BODIES), rng.randint(2019, 2025), rng.choice(("2019", "2021")), seed)
    return NEGATIVES[name](truth, rng)
