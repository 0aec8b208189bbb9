"""Dialects of whole pages: how the article page of each vendor's system is put together."""

import json
from dataclasses import replace
from html import escape
from random import Random

from tests.writing.page import Page, dialect
from tests.writing.surroundings import FOOTER, NAVIGATION, POSITION


def _shell(page: Page, layout: str, container: str, scripts: str = "") -> Page:
    """The page in a layout with places for {header}, {title}, {source} and {article}."""

    def write(page: Page, article: str) -> str:
        parts = {
            "{header}": page.header,
            "{title}": page.title_markup(page.printed_title),
            "{source}": page.source_line,
            "{article}": article,
        }
        text = layout
        for place, part in parts.items():
            text = text.replace(place, part)
        return text

    return replace(
        page,
        layout=write,
        container=lambda body: container.replace("{}", body),
        scripts=page.scripts + scripts,
    )


@dialect("container")
def hanweb_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f"<div id='barrierfree_container'>{NAVIGATION}{POSITION}"
        '<table id="c" width="100%"><tr><td>{header}</td></tr><tr><td class="title" align="center">'
        "<!--<$[信息标题]>begin-->{title}<!--<$[信息标题]>end--></td></tr><tr><td>{source}</td></tr>"
        f'<tr><td>{{article}}</td></tr></table></div>{FOOTER}<div class="tech">大汉版通发布系统</div>',
        '<!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart"><div id="zoom">{}</div>'
        '<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end-->',
        '<meta content="1229233089" name="i_columnid"><meta content="4327349" name="i_articleid">\n',
    )


@dialect("container")
def trs_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'{NAVIGATION}{POSITION}<div class="content"><div class="index_box">{{header}}</div><div class="xl_title">{{title}}</div>'
        '<div class="xl_date">{source}<span class="share">分享到<a href="#">微信</a></span></div>{article}'
        f"<div class='fj'></div><div class='xg'>相关链接</div></div>{FOOTER}",
        '<div class="view TRS_UEDITOR trs_paper_default trs_web"><div class="TRS_Editor">'
        '<style type="text/css">.TRS_Editor P{line-height:1.5}</style>{}</div></div>',
    )


@dialect("container")
def gkmlpt_page(page: Page, rng: Random) -> Page:
    detail = {
        "DETAIL": {"title": page.truth.title, "publisher": page.truth.issuer},
        "SID": 755001,
        "TREE": [],
    }
    return _shell(
        page,
        f'<div class="header">{NAVIGATION}</div><div class="article"><div class="classify">{{header}}</div>{{title}}'
        '<div class="date-row">{source}</div>{article}<div class="attachments"></div></div>'
        f'<div class="footer">{FOOTER}</div>',
        '<div class="article-content">{}</div>',
        f"<script>window._CONFIG = {json.dumps(detail)};</script>\n",
    )


@dialect("container")
def nfcms_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'{NAVIGATION}<div class="zx_con">{POSITION}{{title}}<div class="zx_info"><span class="pubDate">{{source}}</span></div>'
        f"{{header}}{{article}}<p class='print'>打印 | 关闭</p></div>{FOOTER}",
        '<div class="news_cont_d_wrap" id="zoomcon">{}</div>',
        '<meta name="NFCMS_SITE_ID" content="200001">\n<meta name="NFCMS_POST_ID" content="9469010">\n',
    )


@dialect("container")
def ucap_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'{NAVIGATION}{POSITION}<div class="detail_xxgk_info">{{header}}</div><ucaptitle>{{title}}</ucaptitle>'
        f'<div class="listtopbox">{{source}}</div>{{article}}<div class="fx">扫一扫在手机打开当前页</div>{FOOTER}',
        '<ucapcontent><div class="article_content" id="UCAP-CONTENT">{}</div></ucapcontent>',
        '<meta name="channelId" content="0a1b2c3d4e5f60718293a4b5c6d7e8f9">\n',
    )


@dialect("container")
def lonsun_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'{NAVIGATION}<div class="wzcon j-fontContent"><div class="xxgk_suoyin">{{header}}</div>{{title}}'
        f'<div class="wzbjxx">{{source}}</div>{{article}}</div><div class="xgyd"><h3>相关阅读</h3></div>{FOOTER}',
        '<div class="gkwz_contnet j-fontContent minh500">{}</div>',
        '<meta name="SiteId" content="6789">\n<meta name="ColumnType" content="信息公开年报">\n',
    )


@dialect("container")
def epoint_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'<div class="ewb-head">{NAVIGATION}</div><div class="ewb-main">{POSITION}<div class="ewb-article">{{title}}'
        f'<div class="ewb-article-sources">{{source}}</div><div id="symbol">{{header}}</div>{{article}}</div></div>{FOOTER}',
        '<div class="ewb-article-info" id="zoom" data-role="content">{}</div>',
        '<script src="/js/webBuilderCommon.js"></script>\n',
    )


@dialect("container")
def eportal_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'<div class="portlet">{NAVIGATION}</div><div class="portlet" id="a1f0">{{header}}{{title}}{{source}}{{article}}'
        f'</div><div class="portlet"><div class="portletEmpty"></div></div>{FOOTER}',
        '<div class="easysite-news-text" id="easysiteText">{}</div>',
        '<script src="/eportal/uiFramework/huilan-jquery-ui/js/huilan-jquery-ui.js"></script>\n',
    )


@dialect("container")
def jeecms_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'{NAVIGATION}<div class="w1200">{POSITION}<div class="article">{{title}}<div class="msgbar">{{source}}</div>{{header}}'
        f"{{article}}<div>上一篇：无</div><div>下一篇：无</div></div></div>{FOOTER}",
        '<div class="content" id="content">{}</div>',
    )


@dialect("container")
def vsb_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'{NAVIGATION}{POSITION}<form name="_newscontent_fromname"><table class="winstyle"><tr><td class="titlestyle">{{title}}</td></tr>'
        "<tr><td>{source}</td></tr><tr><td>{header}</td></tr><tr><td>{article}</td></tr></table></form>"
        f'<div class="pre">上一条：没有了</div>{FOOTER}',
        '<div id="vsb_content"><div class="v_news_content">{}</div></div>',
    )


@dialect("container")
def shanghai_page(page: Page, rng: Random) -> Page:
    """No standard metas; the title is repeated above the text."""
    page = replace(page, metas=())
    return _shell(
        page,
        f'<div class="container">{POSITION}<div class="Article">{{title}}<p class="Article-date">{{source}}</p>{{header}}'
        f'{{article}}</div><div class="Article_share">分享：</div></div>{FOOTER}',
        '<div class="Article_content" id="ivs_content">{}</div>',
    )


@dialect("container")
def hebei_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'{NAVIGATION}<div class="xl_nr"><div class="xl_tb">{{header}}</div><div class="xl_bt">{{title}}</div>'
        f'<div class="xl_ly">{{source}}</div>{{article}}</div>{FOOTER}',
        '<div class="xl_con" id="detailContent"><div class="con"><div class="con">{}</div></div></div>',
    )


@dialect("container")
def webplus_page(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        f'<div class="wp_header">{NAVIGATION}</div><div class="article" frag="窗口3" portletmode="simpleArticleAttri">{{title}}'
        f'<p class="arti_metas">{{source}}</p>{{header}}<div class="entry">{{article}}</div></div>{FOOTER}',
        "<div class='wp_articlecontent'>{}</div>",
    )


@dialect("container")
def bare_frame_of_old_times(page: Page, rng: Random) -> Page:
    return _shell(
        page,
        '<center><table width=760 border=0><tr><td bgcolor="#eeeeee"><font size=2>首页 | 机构 | 公开 | 服务</font></td></tr>'
        f"<tr><td align=center><font size=5>{{title}}</font></td></tr><tr><td>{{source}}{{header}}</td></tr>"
        f"<tr><td>{{article}}</td></tr><tr><td align=center>Copyright {escape('宁江市')} 版权所有</td></tr></table></center>",
        "<font id=Zoom style='LINE-HEIGHT:150%'>{}</font>",
    )
