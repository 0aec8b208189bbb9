"""Names that lead into this machine's own network: refused, unless the registry names the host."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import dnscache
from twisted.python.failure import Failure

from crawler.network import PublicResolver


@pytest.mark.parametrize(
    ("name", "address", "allowed"),
    [
        ("www.yunxi.gov.cn", "203.0.113.9", False),  # set aside for documents
        ("www.yunxi.gov.cn", "114.114.114.114", True),
        ("www.yunxi.gov.cn", "10.1.2.3", False),
        ("www.yunxi.gov.cn", "169.254.169.254", False),
        ("inside.yunxi.gov.cn", "10.1.2.3", True),  # the registry names it
    ],
)
def test_a_name_may_not_lead_inside(
    monkeypatch: pytest.MonkeyPatch, name: str, address: str, allowed: bool
) -> None:
    monkeypatch.setitem(dnscache, name, address)
    resolver = PublicResolver(SimpleNamespace(), 100, 1)  # type: ignore[arg-type]
    spider = SimpleNamespace(registry_hosts=("inside.yunxi.gov.cn:8080",))
    resolver.process = SimpleNamespace(crawlers=[SimpleNamespace(spider=spider)])
    answers: list[Any] = []
    resolver.getHostByName(name).addBoth(answers.append)
    if allowed:
        assert answers == [address]
    else:
        assert isinstance(answers[0], Failure)
        assert answers[0].check(CannotResolveHostError)
        assert answers[0].getErrorMessage() == f"{name} resolves to the private address {address}"
