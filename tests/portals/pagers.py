"""Portals whose lists go on behind buttons, forms and numbers that only a script puts together."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from tests.portals.filings import Filing, below, filings, issuers
from tests.portals.server import Request, Response, as_json
from tests.portals.site import Portal, Skin, file_reports, frame, furnish, rows

TITLE = "政府信息公开年报"
SKIN = Skin(lambda key: f"/{key}/", lambda key, serial, day: f"/{key}/{day[:4]}/{serial}.html", metas=False)
A_PAGE = 2  # rows of one


def load_more(base: str) -> Portal:
    """点击加载更多: a button whose data-url is that of the next rows, which bring the next button with them."""
    portal, pages = _begin("load-more", "添溪县", partial(below, "/gk/nb/"))
    for number, part in enumerate(pages, start=1):
        following = f"<div class='more' data-url='/gk/nb/more_{number + 1}.html'>点击加载更多</div>"
        main = f"<ul>{part}</ul>{following if number < len(pages) else ''}"
        if number == 1:
            portal.add("/gk/nb/", frame(portal, SKIN, TITLE, main, TITLE))
        else:
            portal.add(f"/gk/nb/more_{number}.html", main)
    furnish(portal, SKIN, "/gk/nb/")
    return portal


def rows_on_demand(base: str) -> Portal:
    """加载更多 has a script ask for the rows from one on; the answer counts none, and has fewer at its end."""
    portal, pages = _begin("rows-on-demand", "续溪县", partial(below, "/gk/nb/"), a_page=5)
    lasts = [number * 5 for number in range(1, len(pages) + 1)]
    script = (
        "<button id='more'>加载更多</button><script>var shown=5;$('#more').click(function(){"
        "$.getJSON('/gk/nb/more?channel=nb&offset='+shown,function(r){$('ul').append(r.html);shown+=r.rows;});});</script>"
    )

    def more(request: Request) -> Response:
        rest = dict(zip(lasts, pages[1:], strict=False))
        return as_json({"html": rest.get(int(request.query.get("offset", "0")), ""), "rows": 5})

    portal.pages["/gk/nb/more"] = more
    portal.add("/gk/nb/", frame(portal, SKIN, TITLE, f"<ul>{pages[0]}</ul>{script}", TITLE))
    furnish(portal, SKIN, "/gk/nb/")
    return portal


def counted_down(base: str) -> Portal:
    """The newest page has no number and the oldest is number 1: a script subtracts, and loads bare rows."""
    script = (
        "<script>var maxPageNum7788 = {};function toPage(n){{if(n==1){{location.href='index.html';}}"
        "else{{$('#comp_7788').load('index_7788_'+(maxPageNum7788-n+1)+'.html');}}}}</script>"
    )
    return _numbered_from_the_oldest("counted-down", "减溪市", 7788, script.format)


def unnamed_pages(base: str) -> Portal:
    """The same, with the arithmetic in a file of its own: the pages have links without a word, for search engines."""

    def hidden(pages: int) -> str:
        links = "".join(f"<a href='index_9911_{number}.html'></a>" for number in range(1, pages))
        return f"<div style='display:none'>{links}</div><script src='/js/pager.js'></script>"

    return _numbered_from_the_oldest("unnamed-pages", "隐溪市", 9911, hidden)


def only_the_count(base: str) -> Portal:
    """The same once more, and nothing in the page but how many there are, under the list's number."""
    script = "<script>var maxPageNum3344='{}';</script><script src='/js/pager.js'></script>"
    return _numbered_from_the_oldest("only-the-count", "数溪市", 3344, script.format)


def _numbered_from_the_oldest(name: str, place: str, number: int, pager: Callable[[int], str]) -> Portal:
    portal, pages = _begin(name, place, lambda filing: f"/n20/n31/c{filing.serial}/content.html")
    main = f"<ul><span id='comp_{number}'>{pages[0]}</span></ul>{pager(len(pages))}"
    portal.add("/n20/n31/index.html", frame(portal, SKIN, TITLE, main, TITLE))
    for place_, part in enumerate(pages[1:], start=1):
        portal.add(f"/n20/n31/index_{number}_{len(pages) - place_}.html", part)
    furnish(portal, SKIN, "/n20/n31/index.html")
    return portal


def sent_by_onclick(base: str) -> Portal:
    """下一页 calls a function that writes the page's number into a form and sends it."""
    form = (
        "<form name='pager' method='post' action='/opennb/list.jhtml'><input type='hidden' name='pageNo' value='{0}'>"
        "<input type='hidden' name='channelId' value='77'></form>"
        "<script>function turn(n){{document.pager.pageNo.value=n;document.pager.submit();}}</script>{1}"
    )
    button = "<a href='#' onclick='turn({});return false;'>下一页</a>"
    return _sent("sent-by-onclick", "递溪市", "/opennb/list.jhtml", "pageNo", form, button)


def sent_by_button(base: str) -> Portal:
    """下一页 is a button of a form in which a visitor may write a page's number himself."""
    form = (
        "<form name='f1' method='get' action='/info/nb.asp'><input type='hidden' name='cid' value='9'>"
        "转到第<input name='page' size='3' value='{0}'>页{1}</form>"
        "<script>function go(n){{document.f1.page.value=n;document.f1.submit();}}</script>"
    )
    button = "<input type='button' value='下一页' onclick='go({})'>"
    return _sent("sent-by-button", "钮溪州", "/info/nb.asp", "page", form, button)


def _sent(name: str, place: str, path: str, field: str, form: str, button: str) -> Portal:
    family = "jeecms" if path.endswith(".jhtml") else "generic"
    address = path.replace("list", "show") + "?id={}"
    # What is POSTed for is asked for whole each time: it must be little beside the reports.
    portal, pages = _begin(name, place, lambda filing: address.format(filing.serial), family, 3)

    def listing(request: Request) -> Response:
        told = {**request.query, **request.form}.get(field, "1")
        number = min(int(told), len(pages))
        following = button.format(number + 1) if number < len(pages) else ""
        main = f"<ul>{pages[number - 1]}</ul>{form.format(number, following)}"
        return Response(frame(portal, SKIN, TITLE, main, TITLE), lasting=True)

    portal.pages[path] = listing
    furnish(portal, SKIN, path)
    return portal


def page_in_the_query(base: str) -> Portal:
    """A library draws the pager: the page tells it how many rows there are, and what address a number makes."""
    portal, pages = _begin("page-query", "问溪区", partial(below, "/gk/nb/"))
    script = (
        "<script>laypage.render({{elem:'page',count:{0},limit:{1},curr:{2},jump:function(obj,first)"
        "{{if(!first){{location.href='list.html?page='+obj.curr;}}}}}});</script>"
    )

    def listing(request: Request) -> Response:
        number = int(request.query.get("page", "1"))
        told = script.format(len(portal.reports), A_PAGE, number)
        main = f"<ul>{pages[number - 1]}</ul><div id='page'></div>{told}"
        return Response(frame(portal, SKIN, TITLE, main, TITLE), lasting=True)

    portal.pages["/gk/nb/list.html"] = listing
    furnish(portal, SKIN, "/gk/nb/list.html")
    return portal


def rows_counted(base: str) -> Portal:
    """The same with pages that are files, of which the second is number 1."""
    portal, pages = _begin("rows-counted", "计溪县", partial(below, "/gk/nb/"))
    script = (
        "<script>$('#pager').pagination({{total:{0},pageSize:{1},pageNumber:{2},onSelectPage:function(n)"
        "{{location.href=n==1?'index.html':'index_'+(n-1)+'.html';}}}});</script>"
    )
    for number, part in enumerate(pages):
        told = script.format(len(portal.reports), A_PAGE, number + 1)
        main = f"<ul>{part}</ul><div id='pager'></div>{told}"
        name = f"index_{number}.html" if number else "index.html"
        portal.add(f"/gk/nb/{name}", frame(portal, SKIN, TITLE, main, TITLE))
    furnish(portal, SKIN, "/gk/nb/index.html")
    return portal


def arrows(base: str) -> Portal:
    """The pager's links are signs that a style sheet draws: nothing but their classes says where they lead."""
    portal, pages = _begin("arrows", "矢溪区", partial(below, "/gk/nb/"))
    for number, part in enumerate(pages, start=1):
        ways = {
            "first": 1,
            "prev": max(number - 1, 1),
            "next": min(number + 1, len(pages)),
            "last": len(pages),
        }
        links = "".join(
            f"<a href='list_{to}.html'><i class='icon-{way}'></i></a>" for way, to in ways.items()
        )
        main = f"<ul>{part}</ul><div class='pager'>{links}</div>"
        portal.add(f"/gk/nb/list_{number}.html", frame(portal, SKIN, TITLE, main, TITLE))
    furnish(portal, SKIN, "/gk/nb/list_1.html")
    return portal


def _begin(
    name: str, place: str, address: Callable[[Filing], str], family: str = "generic", a_page: int = A_PAGE
) -> tuple[Portal, Sequence[str]]:
    """The portal with its reports, and the rows of each page of the list: a year's."""
    portal = Portal(name, f"{place}人民政府", family, place, region_code="139951")
    filed = filings(issuers(place, a_page), range(2022, 2025))
    file_reports(portal, SKIN, filed, address, header="list")
    parts = [filed[first : first + a_page] for first in range(0, len(filed), a_page)]
    portal.listings = len(parts)
    return portal, [rows((address(f), f.title, f.published) for f in part) for part in parts]


PAGERS: Mapping[str, Callable[[str], Portal]] = {
    "load-more": load_more,
    "rows-on-demand": rows_on_demand,
    "counted-down": counted_down,
    "unnamed-pages": unnamed_pages,
    "only-the-count": only_the_count,
    "page-query": page_in_the_query,
    "rows-counted": rows_counted,
    "arrows": arrows,
    "sent-by-onclick": sent_by_onclick,
    "sent-by-button": sent_by_button,
}
