"""The statutory forms as the notices print them, for pages of our own.

Kept apart from the readers' form files on purpose: a label that is wrong in one of them must not be wrong in both.
"""

from dataclasses import dataclass

Key = tuple[str, str, str]  # table, row, column

APPLICANTS = ("natural", "business", "research", "welfare", "legal", "other_org")
REQUEST_COLUMNS = (*APPLICANTS, "total")
APPLICANT_LABELS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
OUTCOME_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
PROCEDURES = ("review", "suit_direct", "suit_after_review")


@dataclass(frozen=True, slots=True)
class Block:
    """One item of article 20 in table 二: its head line, its columns and its rows, each (key, label)."""

    head: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]


_PROJECTS = (("items_last_year", "上一年项目数量"), ("change", "本年增/减"), ("decisions", "处理决定数量"))
_DECISIONS = (("decisions", "本年处理决定数量"),)

DISCLOSURE = {
    "2019": (
        Block(
            "第二十条第（一）项",
            (("made", "本年新制作数量"), ("published", "本年新公开数量"), ("total_open", "对外公开总数量")),
            (("rules", "规章"), ("normative_docs", "规范性文件")),
        ),
        Block(
            "第二十条第（五）项",
            _PROJECTS,
            (("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")),
        ),
        Block("第二十条第（六）项", _PROJECTS, (("penalty", "行政处罚"), ("coercion", "行政强制"))),
        Block("第二十条第（八）项", _PROJECTS[:2], (("fees", "行政事业性收费"),)),
        Block(
            "第二十条第（九）项",
            (("projects", "采购项目数量"), ("amount", "采购总金额")),
            (("procurement", "政府集中采购"),),
        ),
    ),
    "2021": (
        Block(
            "第二十条第（一）项",
            (("made", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")),
            (("rules", "规章"), ("normative_docs", "行政规范性文件")),
        ),
        Block("第二十条第（五）项", _DECISIONS, (("licensing", "行政许可"),)),
        Block("第二十条第（六）项", _DECISIONS, (("penalty", "行政处罚"), ("coercion", "行政强制"))),
        Block(
            "第二十条第（八）项", (("amount", "本年收费金额（单位：万元）"),), (("fees", "行政事业性收费"),)
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of table 三 that carries numbers: its key and the labels on the way to it, outermost first."""

    key: str
    path: tuple[str, ...]


_RESULT = "三、本年度办理结果"
_DENIED, _LACKING, _UNHANDLED, _OTHER = "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"

_BEFORE_OTHER = (
    Row("new_received", ("一、本年新收政府信息公开申请数量",)),
    Row("carried_in", ("二、上年结转政府信息公开申请数量",)),
    Row("granted", (_RESULT, "（一）予以公开")),
    Row("partial", (_RESULT, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）")),
    Row("deny_state_secret", (_RESULT, _DENIED, "1.属于国家秘密")),
    Row("deny_law", (_RESULT, _DENIED, "2.其他法律行政法规禁止公开")),
    Row("deny_security", (_RESULT, _DENIED, "3.危及“三安全一稳定”")),
    Row("deny_third_party", (_RESULT, _DENIED, "4.保护第三方合法权益")),
    Row("deny_internal", (_RESULT, _DENIED, "5.属于三类内部事务信息")),
    Row("deny_process", (_RESULT, _DENIED, "6.属于四类过程性信息")),
    Row("deny_enforcement_file", (_RESULT, _DENIED, "7.属于行政执法案卷")),
    Row("deny_admin_query", (_RESULT, _DENIED, "8.属于行政查询事项")),
    Row("na_not_held", (_RESULT, _LACKING, "1.本机关不掌握相关政府信息")),
    Row("na_need_making", (_RESULT, _LACKING, "2.没有现成信息需要另行制作")),
    Row("na_unclear", (_RESULT, _LACKING, "3.补正后申请内容仍不明确")),
    Row("np_petition", (_RESULT, _UNHANDLED, "1.信访举报投诉类申请")),
    Row("np_repeat", (_RESULT, _UNHANDLED, "2.重复申请")),
    Row("np_publication", (_RESULT, _UNHANDLED, "3.要求提供公开出版物")),
    Row("np_mass", (_RESULT, _UNHANDLED, "4.无正当理由大量反复申请")),
    Row("np_reissue", (_RESULT, _UNHANDLED, "5.要求行政机关确认或重新出具已获取信息")),
)
_AFTER_OTHER = (
    Row("result_total", (_RESULT, "（七）总计")),
    Row("carried_out", ("四、结转下年度继续办理",)),
)

REQUESTS = {
    "2019": (*_BEFORE_OTHER, Row("other", (_RESULT, _OTHER)), *_AFTER_OTHER),
    "2021": (
        *_BEFORE_OTHER,
        Row(
            "other_no_correction",
            (_RESULT, _OTHER, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ),
        Row(
            "other_fee_unpaid",
            (_RESULT, _OTHER, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ),
        Row("other_rest", (_RESULT, _OTHER, "3.其他")),
        *_AFTER_OTHER,
    ),
}
NOT_RESULTS = ("new_received", "carried_in", "result_total", "carried_out")
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the one-column statistics annex of 国办发〔2014〕32号. A line without unit carries no number."""

    label: str
    key: str = ""
    unit: str = ""


STATISTICS = (
    Line("一、主动公开情况"),
    Line("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "published", "条"),
    Line("其中：主动公开规范性文件数", "published_normative", "条"),
    Line("制发规范性文件总数", "normative_made", "件"),
    Line("（二）通过不同渠道和方式公开政府信息的情况"),
    Line("1.政府公报公开政府信息数", "by_gazette", "条"),
    Line("2.政府网站公开政府信息数", "by_website", "条"),
    Line("3.政务微博公开政府信息数", "by_microblog", "条"),
    Line("4.政务微信公开政府信息数", "by_wechat", "条"),
    Line("5.其他方式公开政府信息数", "by_other_means", "条"),
    Line("二、回应解读情况"),
    Line("（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "hot_topics", "次"),
    Line("（二）通过不同渠道和方式回应解读的情况"),
    Line("1.参加或举办新闻发布会总次数", "press_conferences", "次"),
    Line("其中：主要负责同志参加新闻发布会次数", "press_conferences_by_head", "次"),
    Line("2.政府网站在线访谈次数", "online_interviews", "次"),
    Line("其中：主要负责同志参加政府网站在线访谈次数", "online_interviews_by_head", "次"),
    Line("3.政策解读稿件发布数", "interpretations", "篇"),
    Line("4.微博微信回应事件数", "social_media_responses", "次"),
    Line("5.其他方式回应事件数", "other_responses", "次"),
    Line("三、依申请公开情况"),
    Line("（一）收到申请数", "received", "件"),
    Line("1.当面申请数", "received_in_person", "件"),
    Line("2.传真申请数", "received_by_fax", "件"),
    Line("3.网络申请数", "received_online", "件"),
    Line("4.信函申请数", "received_by_post", "件"),
    Line("（二）申请办结数", "concluded", "件"),
    Line("1.按时办结数", "concluded_on_time", "件"),
    Line("2.延期办结数", "concluded_extended", "件"),
    Line("（三）申请答复数", "answered", "件"),
    Line("1.属于已主动公开范围数", "already_public", "件"),
    Line("2.同意公开答复数", "granted", "件"),
    Line("3.同意部分公开答复数", "partial", "件"),
    Line("4.不同意公开答复数", "denied", "件"),
    Line("其中：涉及国家秘密", "denied_state_secret", "件"),
    Line("涉及商业秘密", "denied_trade_secret", "件"),
    Line("涉及个人隐私", "denied_privacy", "件"),
    Line("危及国家安全、公共安全、经济安全和社会稳定", "denied_security", "件"),
    Line("不是《条例》所指政府信息", "denied_not_government_information", "件"),
    Line("法律法规规定的其他情形", "denied_other", "件"),
    Line("5.不属于本行政机关公开数", "not_responsible", "件"),
    Line("6.申请信息不存在数", "not_existing", "件"),
    Line("7.告知作出更改补充数", "told_to_amend", "件"),
    Line("8.告知通过其他途径办理数", "told_other_way", "件"),
    Line("四、行政复议数量", "review", "件"),
    Line("（一）维持具体行政行为数", "review_upheld", "件"),
    Line("（二）被依法纠错数", "review_corrected", "件"),
    Line("（三）其他情形数", "review_other", "件"),
    Line("五、行政诉讼数量", "suit", "件"),
    Line("（一）维持具体行政行为或者驳回原告诉讼请求数", "suit_upheld", "件"),
    Line("（二）被依法纠错数", "suit_corrected", "件"),
    Line("（三）其他情形数", "suit_other", "件"),
    Line("六、举报投诉数量", "complaints", "件"),
    Line("七、依申请公开信息收取的费用", "fees", "万元"),
    Line("八、机构建设和保障经费情况"),
    Line("（一）政府信息公开工作专门机构数", "offices", "个"),
    Line("（二）设置政府信息公开查阅点数", "reading_points", "个"),
    Line("（三）从事政府信息公开工作人员数", "staff", "人"),
    Line("1.专职人员数（不包括政府公报及政府网站工作人员数）", "staff_full_time", "人"),
    Line("2.兼职人员数", "staff_part_time", "人"),
    Line(
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
        "budget",
        "万元",
    ),
    Line("九、政府信息公开会议和培训情况"),
    Line("（一）召开政府信息公开工作会议或专题会议数", "meetings_held", "次"),
    Line("（二）举办各类培训班数", "trainings_held", "次"),
    Line("（三）接受培训人员数", "people_trained", "人次"),
)
