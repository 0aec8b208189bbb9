"""A document of so many lines, and what it is recognised as."""

from parsers.blocks import Document, Paragraph
from parsers.header import read_header
from parsers.recognise import Subject, recognise

SECTIONS = (
    "一、总体情况",
    "本机关按时公开各类信息，栏目及时更新，政策同步解读。" * 8,
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
    "无。",
)
PERIOD = "所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
TITLE = "苍溪县水利局2022年政府信息公开工作年度报告"


def subject(*front: str, body: tuple[str, ...] = SECTIONS, place: str = "", **parts: object) -> Subject:
    document = Document(
        front=tuple(map(Paragraph, front)),
        body=tuple(map(Paragraph, body)),
        back=(),
        media_type="text/html",
        **parts,  # type: ignore[arg-type]
    )
    return recognise(document, read_header(document), place)
