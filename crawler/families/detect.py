"""Which family a page belongs to: the first whose fingerprint it bears, the most telling first."""

from types import ModuleType

from crawler.families import (
    Link,
    ListPage,
    epoint,
    eportal,
    generic,
    gkmlpt,
    hanweb,
    hanweb_xxgk,
    hebei,
    ilist,
    jeecms,
    jpaas,
    loaddata,
    lonsun,
    nfcms,
    shanghai,
    trs,
    trs_search,
    truecms,
    ucap,
    vsb,
)

FAMILIES: tuple[ModuleType, ...] = (
    gkmlpt,
    nfcms,
    jpaas,
    hanweb_xxgk,
    truecms,
    hanweb,
    lonsun,
    ucap,
    trs_search,
    trs,
    epoint,
    eportal,
    jeecms,
    loaddata,
    ilist,
    hebei,
    shanghai,
    vsb,
    generic,
)


def detect(page: ListPage, family: str = "auto") -> ModuleType:
    """The family's module; the one that the registry names goes first where it recognises the page."""
    named = [module for module in FAMILIES if family == module.NAME]
    return next(module for module in (*named, *FAMILIES) if module.recognises(page))


def links_of(page: ListPage, family: str = "auto") -> tuple[ModuleType, list[Link]]:
    """The page's family and its links; where the family that the registry names has none, those of the fingerprint.

    Two systems of one vendor stand side by side on many portals, and their pages link to each other. Where no vendor's
    habit leads on, the interface that the page's script asks does.
    """
    module = detect(page, family)
    links = list(module.links(page))
    if not links and (other := detect(page)) is not module:
        module, links = other, list(other.links(page))
    if module is not generic and all(link.kind in ("column", "frame") for link in links):
        links += generic.asked_elsewhere(page)
    return module, links
