"""Departures from Scrapy's defaults, each with its reason, and settings of our own."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crawler.politeness import ADDRESS, AGENT

try:
    VERSION = version("nianbao")
except PackageNotFoundError:  # run from a checkout that was not installed
    VERSION = "0"

BOT_NAME = AGENT
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"

# Our own.
PORTALS_FILE = str(Path(__file__).parent / "portals.csv")
DATABASE = "output/reports.db"
ARCHIVE_DIR = "output/archive"
BACKOFF = 60.0  # seconds to wait after a 429 or 503 that does not say for how long; less on loopback only

# Many machines, see cluster.py.
# The engine's own settings, over ours: {"broker_url": "redis://10.0.0.5:6379/0"}
CELERY: dict[str, object] = {}
# where workers lay JSON lines and WARC: a directory, or s3://… and what else feeds know
RESULTS = "output/results"
WORK_DIR = "output/work"  # a worker's crawls that have not ended
PORTAL_SECONDS = 8 * 3600  # after which a crawl ends in order; what is left comes with the next
CLAIM_SECONDS = 60  # of silence from a worker, after which its portal may be given to another

# Who we are: an honest name, and where to complain.
USER_AGENT = f"{AGENT}/{VERSION} (+{ADDRESS})"
ROBOTSTXT_USER_AGENT = AGENT
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh",  # portals with an English twin answer in the language asked for
}

# A polite visitor: one request at a time per host and a pause; many hosts side by side.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 256
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 2  # a report and the next request come from a page; Scrapy makes so many tasks for each
DOWNLOAD_DELAY = 2.0  # never 0: Scrapy 2.19 then starts a host's whole queue at once
DOWNLOAD_DELAY_JITTER = 0.0  # two seconds are at least two seconds
DOWNLOAD_TIMEOUT = 60
RETRY_TIMES = 2
RETRY_HTTP_CODES = [408, 500, 502, 504, 522, 524]  # 429 and 503 are waited for, see politeness
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 10
# the first cookie would fetch the public suffix list over the network; see OwnCookieMiddleware
COOKIES_ENABLED = False
REFERRER_POLICY = "same-origin"  # no host learns from us about another

# Limits: a page of 60 MB or a compression bomb is no report.
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0

# Nothing that listens, nothing but http.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_HANDLERS = {
    "https": "crawler.network.PortalHandler",  # TLS as lenient as the registry says for a portal, strict otherwise
    "data": None,
    "file": None,
    "s3": None,
    "ftp": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True
TWISTED_DNS_RESOLVER = "crawler.network.PublicResolver"

HTTPERROR_ALLOWED_CODES = [304]  # an answer to a conditional request, not an error

DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.AddressMiddleware": 20,  # before all others, so that each hop of a redirect is checked
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.ManneredRobotsMiddleware": 100,
    "crawler.middlewares.OwnCookieMiddleware": 610,  # sees a redirect before it is followed
    "crawler.middlewares.PolitenessMiddleware": 120,  # sees answers after they are decompressed and redirects done
}
ITEM_PIPELINES = {
    "crawler.pipelines.ParsePipeline": 100,
    "crawler.pipelines.ArchivePipeline": 200,
    "crawler.pipelines.StorePipeline": 300,
}
FEEDS = {
    "output/reports.jsonl": {"format": "jsonlines", "encoding": "utf8", "overwrite": False},
}
# All of Scrapy's names for JSON lines, as -o FILE.jsonl gives one; its own exporter takes half of a crawl's time.
FEED_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "crawler.feed.ReportLines")
FEED_STORAGES = {"": "crawler.feed.UnbufferedFile", "file": "crawler.feed.UnbufferedFile"}

LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []  # ten lines before the one that matters
LOG_FORMATTER = "crawler.runs.QuietLogFormatter"
EXTENSIONS = {"crawler.runs.RunExtension": 500}
STATS_DUMP = False
