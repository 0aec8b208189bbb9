"""Sentences of our own, varied by a seed: plain, short, and true to the figures beside them."""

from collections.abc import Callable
from random import Random

Count = int | float | None
Writer = Callable[[Random, int, Count, Count], str]


def preamble(rng: Random, body: str, year: int) -> tuple[str, ...]:
    period = rng.choice(
        (
            f"本报告所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。",
            f"报告中的数据统计期限为{year}年1月1日至{year}年12月31日。",
            f"本年度报告的统计期限为{year}年1月1日至12月31日。",
        )
    )
    opening = rng.choice(
        (
            f"按照《中华人民共和国政府信息公开条例》的规定，现向社会公布{body}{year}年政府信息公开工作年度报告。",
            f"依据《中华人民共和国政府信息公开条例》，{body}编制了本年度报告。",
            "根据《中华人民共和国政府信息公开条例》第四十九条和第五十条，编制本报告。",
        )
    )
    contact = rng.choice(
        (
            "如对本报告有疑问，可与本机关办公室联系。",
            "本报告的电子版可在本机关网站查阅和下载。",
            "读者对本报告内容有意见的，请来信或来电告知。",
        )
    )
    return (opening + period + contact,)


def overview(rng: Random, short: str, year: int) -> tuple[str, ...]:
    subject = rng.choice(("财政资金", "民生保障", "营商环境", "生态环境", "公共服务"))
    return (f"{year}年，{short}把公开贯穿办事全过程，{subject}领域的信息做到了应公开尽公开。",)


def _disclosed(rng: Random, year: int, received: Count, carried: Count) -> str:
    return (
        f"全年通过门户网站发布各类信息{rng.randint(30, 2000)}条，通过政务新媒体发布{rng.randint(10, 900)}条。"
    )


def _applied(rng: Random, year: int, received: Count, carried: Count) -> str:
    if received is None:
        return "申请渠道保持畅通，收到的申请都在法定期限内答复。"
    return (
        f"{year}年新收政府信息公开申请{received}件，结转下年度继续办理{carried}件，答复均在法定期限内作出。"
    )


def _managed(rng: Random, year: int, received: Count, carried: Count) -> str:
    return rng.choice(
        ("文件起草时同步确定公开属性，发布前逐件审查。", "对已经公开的信息定期清理，失效的及时标注。")
    )


def _published(rng: Random, year: int, received: Count, carried: Count) -> str:
    return rng.choice(("网站专栏按统一格式改版，检索更加方便。", "政务新媒体由专人管理，内容每周更新。"))


def _supervised(rng: Random, year: int, received: Count, carried: Count) -> str:
    return f"全年组织业务培训{rng.randint(1, 6)}次，公开工作列入年度考核，未发生责任追究的情形。"


SUBSECTIONS: tuple[tuple[str, Writer], ...] = (
    ("主动公开", _disclosed),
    ("依申请公开", _applied),
    ("政府信息管理", _managed),
    ("政府信息公开平台建设", _published),
    ("监督保障", _supervised),
)
PROBLEMS = (
    "存在的问题：一些公开内容更新不够及时，解读形式比较单一。",
    "工作中的不足主要是基层人员变动较多，对条例的理解还不够深入。",
    "从全年情况看，信息检索不够方便，群众参与的渠道还不够多。",
)
REMEDIES = (
    "下一步将增加培训场次，逐月检查公开内容，并改进解读方式。",
    "改进措施：明确每个栏目的负责人，完善发布前的审查流程。",
    "今后将听取群众意见，优化网站检索，按季度通报公开情况。",
)
