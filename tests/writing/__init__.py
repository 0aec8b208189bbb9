"""Pages of our own with known truth: reports in many dialects, and pages that are not reports."""

from html import escape

from tests.writing.markup import render_body, render_header
from tests.writing.truth import Truth, write_truth

__all__ = ["Truth", "render_body", "render_header", "render_html", "write_truth"]


def render_html(truth: Truth) -> str:
    """A whole page in the plain dialect: breadcrumb, metadata header, title, source line, report, footer."""
    title = escape(truth.title)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{truth.published_on} 09:00">
<meta name="ContentSource" content="{escape(truth.issuer)}">
<meta name="ColumnName" content="政府信息公开年报">
</head>
<body>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zfxxgk/">政府信息公开</a> &gt; 政府信息公开年报</div>
{render_header(truth.header)}
<h1>{title}</h1>
<div class="info">发布时间：{truth.published_on} 来源：{escape(truth.issuer)} 浏览次数：<span>128</span></div>
<div id="zoom">
{render_body(truth)}
</div>
<div class="footer">主办：{escape(truth.issuer)} <a href="/wzdt/">网站地图</a> 网站标识码：0000000001</div>
</body>
</html>
"""
