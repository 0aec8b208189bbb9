"""Below HTTP: TLS as strict as each portal allows, and names that resolve to private addresses refused."""

import logging
from typing import Any

from OpenSSL import SSL
from scrapy.core.downloader.contextfactory import _get_creator_context, _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.ssl import TLSVersion
from twisted.logger import globalLogBeginner
from twisted.web.client import BrowserLikePolicyForHTTPS

from crawler.navigation.addresses import is_private

logger = logging.getLogger(__name__)
# Twisted prints a traceback, twice, for a certificate that names nobody; the failed request says what is wrong.
globalLogBeginner.beginLoggingTo((), discardBuffer=True, redirectStandardIO=False)
logging.getLogger("twisted").addFilter(
    lambda record: "while verifying certificate" not in record.getMessage()
)
OP_LEGACY_SERVER_CONNECT = 0x4  # renegotiation as before RFC 5746, which OpenSSL 3 refuses
OLD_CIPHERS = b"DEFAULT:!DH:@SECLEVEL=0"  # weak Diffie-Hellman is avoided rather than accepted


class PortalHandler(HTTP11DownloadHandler):
    """HTTPS where the registry says per portal how lenient to be; it is strict for all others."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        portals = getattr(crawler.spider, "portals", ())
        lenient = {
            host.split(":")[0]: portal.tls for portal in portals for host in portal.own_hosts if portal.tls
        }
        self._contextFactory: Any = LenientTLS(self._contextFactory, lenient)


class LenientTLS(BrowserLikePolicyForHTTPS):
    """The policy of each host: strict, or what `lenient` names: host → "legacy" or "unverified"."""

    def __init__(self, strict: Any, lenient: dict[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._strict = strict
        self._lenient = lenient
        self._told: set[str] = set()
        self._old = {
            leniency: _ScrapyClientContextFactory(
                method=None,
                tls_min_version=TLSVersion.TLSv1_0,
                verify_certificates=leniency == "legacy",
            )
            for leniency in ("legacy", "unverified")
        }

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        host = hostname.decode("ascii")
        leniency = self._lenient.get(host)
        if leniency is None:
            return self._strict.creatorForNetloc(hostname, port)
        if host not in self._told:
            logger.warning("%s: TLS is lenient as the registry says: %s", host, leniency)
            self._told.add(host)
        creator = self._old[leniency].creatorForNetloc(hostname, port)
        context: SSL.Context = _get_creator_context(creator)
        context.set_cipher_list(OLD_CIPHERS)  # here, since Twisted keeps names of ciphers and drops the level
        context.set_options(OP_LEGACY_SERVER_CONNECT)
        return creator


class PublicResolver(CachingThreadedResolver):
    """DNS whose answers inside this machine's own network are refused, unless the registry names the host."""

    process: Any = None  # Scrapy makes one resolver for all the crawls of a process

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> "PublicResolver":
        resolver = super().from_crawler(crawler, reactor)
        resolver.process = crawler
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> "Deferred[str]":
        found = super().getHostByName(name, timeout)
        found.addCallback(self._checked, name)
        return found

    def _checked(self, address: str, name: str) -> str:
        if is_private(address) and name not in self._named():
            raise CannotResolveHostError(f"{name} resolves to the private address {address}")
        return address

    def _named(self) -> set[str]:
        spiders = [crawler.spider for crawler in getattr(self.process, "crawlers", ())]
        hosts = [host for spider in spiders for host in getattr(spider, "registry_hosts", ())]
        return {host.split(":")[0] for host in hosts}
