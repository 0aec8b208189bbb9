-- The database: who reported what for which year, every version of it, and where each was seen.
-- Derived: `scrapy reparse` rebuilds it from the archive, `scrapy load` from JSON lines; so there are no migrations.
-- Moments are UTC in ISO 8601, dates are ISO, region codes GB/T 2260. Unless said otherwise NULL means "not told".

-- Where things come from -------------------------------------------------------------------------------------

CREATE TABLE portals (  -- 网站: the registry (crawler/portals.csv), and portals that only a loaded record names
    id INTEGER PRIMARY KEY,  -- row in this file only: another machine numbers otherwise
    portal TEXT NOT NULL UNIQUE,  -- id in the registry: "hangzhou"; the record's source.portal
    name TEXT,  -- 网站名称: whose portal it is
    region_code TEXT,  -- 行政区划代码, 6 digits
    level TEXT,  -- 层级: state, province, city, county, town, department, demo
    family TEXT,  -- publishing system (CMS), or "auto"
    start_url TEXT,  -- where a crawl begins
    hosts TEXT,  -- every host that belongs to it, separated by spaces, as host or host:port
    status TEXT,  -- untried, active, blocked, gone
    note TEXT  -- what a maintainer should know
);

CREATE TABLE issuers (  -- 发布主体: the reporting bodies; two are never merged on the strength of a number or a text
    id INTEGER PRIMARY KEY,  -- row in this file only: another machine numbers otherwise
    key TEXT NOT NULL UNIQUE,  -- canonical name: 浙江省/杭州市/民族宗教事务局, the same on every machine
    name TEXT NOT NULL,  -- the fullest of its names as printed
    region_code TEXT,  -- 行政区划代码 of its latest report
    code TEXT,  -- 组织机构代码 (9 characters) or 统一社会信用代码 (18): the checked one met most often
    subsequence TEXT NOT NULL  -- LIKE pattern of names that abbreviate to this one: %杭%州%民%宗%局%
);

CREATE INDEX issuers_by_region ON issuers (region_code);
CREATE INDEX issuers_by_name ON issuers (name);

CREATE TABLE issuer_names (  -- 名称: how pages print a body's name
    issuer INTEGER NOT NULL REFERENCES issuers (id),  -- whose name
    name TEXT NOT NULL,  -- as completed from page and portal
    PRIMARY KEY (issuer, name)
) WITHOUT ROWID;
CREATE INDEX issuer_names_by_name ON issuer_names (name);

-- What was reported ------------------------------------------------------------------------------------------

CREATE TABLE reports (  -- 政府信息公开工作年度报告: one row per body and year
    id INTEGER PRIMARY KEY,  -- row in this file only: another machine numbers otherwise
    report_id TEXT NOT NULL UNIQUE,  -- stable id of body and year, the same on every machine
    issuer INTEGER NOT NULL REFERENCES issuers (id),  -- 发布主体: who reports
    year INTEGER NOT NULL,  -- 年度: the year reported on
    current INTEGER REFERENCES revisions (id) DEFERRABLE INITIALLY DEFERRED  -- the revision published last
);
CREATE INDEX reports_by_issuer ON reports (issuer, year);
CREATE INDEX reports_by_year ON reports (year);
CREATE INDEX reports_by_current ON reports (current) WHERE current IS NOT NULL;

CREATE TABLE revisions (  -- 版本: what a report said at some time, one row per fingerprint; never deleted
    id INTEGER PRIMARY KEY,  -- row in this file only: another machine numbers otherwise
    report INTEGER NOT NULL REFERENCES reports (id),  -- of which this is a version
    fingerprint TEXT NOT NULL,  -- hash of issuer, year, section texts and figures
    source INTEGER REFERENCES sightings (id) DEFERRABLE INITIALLY DEFERRED,  -- the sighting whose record stands here
    previous INTEGER REFERENCES revisions (id) DEFERRABLE INITIALLY DEFERRED,  -- published before it; NULL: the first
    trusted INTEGER NOT NULL DEFAULT 0,  -- 1: seen on a government's own host; 0: on foreign mirrors only
    published_on TEXT,  -- 公开日期: the earliest that a (trusted) sighting prints
    first_seen TEXT,  -- moment of the first fetch that showed it (trusted sightings first)
    last_seen TEXT,  -- moment of the last fetch that showed it
    issuer TEXT NOT NULL,  -- 发布主体, as fully as the page tells it
    issuer_code TEXT,  -- from the index number, when its check character is right
    region_code TEXT,  -- 行政区划代码 of the portal
    title TEXT NOT NULL,  -- 标题
    template TEXT NOT NULL,  -- form of the tables: 2021, 2019, 2014, none
    period_start TEXT,  -- 统计期限, from
    period_end TEXT,  -- 统计期限, to
    text_hash TEXT,  -- hash of the prose without the body's name: finds one text under several names; NULL: too short
    UNIQUE (report, fingerprint)
);
CREATE INDEX revisions_by_text ON revisions (text_hash);
CREATE INDEX revisions_by_issuer_code ON revisions (issuer_code) WHERE issuer_code IS NOT NULL;
CREATE INDEX revisions_by_source ON revisions (source) WHERE source IS NOT NULL;
CREATE INDEX revisions_by_previous ON revisions (previous) WHERE previous IS NOT NULL;

CREATE TABLE sightings (  -- 出处: where a revision was seen; one row per revision and URL, with that page's own header
    id INTEGER PRIMARY KEY,  -- row in this file only: another machine numbers otherwise
    revision INTEGER NOT NULL REFERENCES revisions (id),  -- what stood there
    url TEXT NOT NULL,  -- final address
    trusted INTEGER NOT NULL,  -- 1: a host under gov.cn or of the registry; 0: a foreign mirror
    portal INTEGER REFERENCES portals (id),  -- whose crawl found it; NULL: read from a file
    family TEXT,  -- publishing system that listed it
    requested_url TEXT,  -- before redirects
    first_seen TEXT,  -- moment of the first fetch; NULL: read from a file
    last_seen TEXT,  -- moment of the last fetch that showed the same
    run INTEGER REFERENCES runs (id),  -- run of the first fetch; NULL: loaded or read again
    exported INTEGER NOT NULL DEFAULT 0,  -- 1: its line stands in the export of this machine's crawls
    status INTEGER,  -- HTTP status
    encoding TEXT,  -- as decoded; NULL for binary types
    media_type TEXT NOT NULL,  -- told by the bytes: text/html, application/pdf
    body_sha256 TEXT NOT NULL,  -- SHA-256 of the body as fetched first
    archive TEXT,  -- "<file>#<offset>" of the archived response of the first fetch
    record TEXT NOT NULL,  -- hash of the record as loaded: of two readings of one fetch the greater one stands
    index_number TEXT,  -- 索引号
    document_number TEXT,  -- 文号
    issued_by TEXT,  -- 发布机构 as printed: often the portal's office, not the reporting body
    published_on TEXT,  -- 公开日期
    written_on TEXT,  -- 成文日期
    topic TEXT,  -- 主题分类
    genre TEXT,  -- 体裁分类
    catalogue TEXT,  -- 信息分类, 组配分类
    disclosure_method TEXT,  -- 公开方式
    validity TEXT,  -- 有效性
    title TEXT,  -- 名称
    summary TEXT,  -- 内容概述
    keywords TEXT,  -- 主题词
    other TEXT NOT NULL,  -- JSON object: labels as printed → values, of fields that we do not know
    UNIQUE (revision, url)
);
CREATE INDEX sightings_by_url ON sightings (url);
CREATE INDEX sightings_by_requested_url ON sightings (requested_url);
CREATE INDEX sightings_by_portal ON sightings (portal, run);
CREATE INDEX sightings_by_run ON sightings (run);
CREATE INDEX sightings_by_index_number ON sightings (index_number) WHERE index_number IS NOT NULL;

-- The content of a revision ----------------------------------------------------------------------------------
-- `position` is the place in the record's array, from 0.

CREATE TABLE sections (  -- 章节: prose; tables are not repeated in it, nor subsections in their section
    id INTEGER PRIMARY KEY,  -- row in this file only: another machine numbers otherwise
    revision INTEGER NOT NULL REFERENCES revisions (id),  -- that says it
    position INTEGER NOT NULL,  -- place in the record's array, from 0
    level INTEGER NOT NULL,  -- 1: 一、 2: （一）
    number TEXT,  -- 序号: 一; NULL before the first
    key TEXT,  -- overview, disclosure, requests, litigation, problems, other_matters, preamble
    title TEXT NOT NULL,  -- as printed, without its number
    text TEXT NOT NULL,  -- paragraphs separated by line feeds
    path TEXT NOT NULL,  -- 一（二）: number below its section's; the same in two revisions where they correspond
    UNIQUE (revision, position)
);

CREATE TABLE cells (  -- 表格单元: the cells of the statutory forms, met so far
    id INTEGER PRIMARY KEY,  -- row in this file only: another machine numbers otherwise
    "table" TEXT NOT NULL,  -- disclosure, requests, litigation, statistics_2014
    row TEXT NOT NULL,  -- key of the form's row: new_received 本年新收
    "column" TEXT NOT NULL,  -- key of the form's column: natural 自然人
    unit TEXT NOT NULL,  -- 件, 项, 元, 万元
    UNIQUE ("table", row, "column", unit)
);

CREATE TABLE figure_values (  -- 数据: view `figures` shows them with the names of their cells
    revision INTEGER NOT NULL REFERENCES revisions (id),  -- that says it
    cell INTEGER NOT NULL REFERENCES cells (id),  -- of which form, table, row, column, and in which unit
    position INTEGER NOT NULL,  -- place in the record's array, from 0
    value NUMERIC,  -- in the unit of its cell; NULL: the cell is blank, which is not 0
    raw TEXT,  -- as printed; NULL: exactly as `value`
    PRIMARY KEY (revision, cell, position)
) WITHOUT ROWID;

CREATE TABLE tables (  -- 原表: every table of the body as a rectangle
    revision INTEGER NOT NULL REFERENCES revisions (id),  -- that says it
    position INTEGER NOT NULL,  -- place in the record's array, from 0
    section TEXT,  -- number of the section in which it stands
    caption TEXT,  -- what stands above it as its name; NULL: nothing
    rows TEXT NOT NULL,  -- JSON array of arrays of cells as printed, spans expanded
    PRIMARY KEY (revision, position)
);

CREATE TABLE checks (  -- 勾稽关系: relations of the form, evaluated, never repaired
    revision INTEGER NOT NULL REFERENCES revisions (id),  -- that says it
    position INTEGER NOT NULL,  -- place in the record's array, from 0
    rule TEXT NOT NULL,  -- R1 …
    "table" TEXT,  -- key of the form's table; NULL: of several
    scope TEXT NOT NULL,  -- column, row or block for which it holds
    left NUMERIC,  -- value of one side
    right NUMERIC,  -- value of the other
    passed INTEGER,  -- 1, 0; NULL: a term is blank
    PRIMARY KEY (revision, position)
) WITHOUT ROWID;
CREATE INDEX checks_failed ON checks (rule, revision) WHERE passed = 0;

CREATE TABLE mentions (  -- 文中数字: numbers that the prose states
    revision INTEGER NOT NULL REFERENCES revisions (id),  -- that says it
    position INTEGER NOT NULL,  -- place in the record's array, from 0
    key TEXT NOT NULL,  -- table.row.column: requests.new_received.total
    value NUMERIC NOT NULL,  -- the number, in the unit of the cell that `key` names
    quote TEXT NOT NULL,  -- 原文
    section TEXT,  -- number of its section
    PRIMARY KEY (revision, position)
) WITHOUT ROWID;
CREATE INDEX mentions_by_key ON mentions (key);

CREATE TABLE unread (  -- 未识别: text of a statutory table, or a document, that found no place in the form
    revision INTEGER NOT NULL REFERENCES revisions (id),  -- that says it
    position INTEGER NOT NULL,  -- place in the record's array, from 0
    "table" TEXT,  -- key of the form's table; NULL: of none, or the whole document
    text TEXT NOT NULL,  -- as printed
    reason TEXT NOT NULL,  -- in words
    PRIMARY KEY (revision, position)
) WITHOUT ROWID;

CREATE TABLE attachments (  -- 附件: files that the page links to
    revision INTEGER NOT NULL REFERENCES revisions (id),  -- that says it
    position INTEGER NOT NULL,  -- place in the record's array, from 0
    url TEXT NOT NULL,  -- address of the file
    name TEXT NOT NULL,  -- as printed
    media_type TEXT,  -- told by the link's ending
    PRIMARY KEY (revision, position)
) WITHOUT ROWID;

-- What finds a revision by its prose; both are kept by `save` ---------------------------------------------------

CREATE VIRTUAL TABLE revisions_fts USING fts5 (  -- 全文检索: rowid is the revision; words as crawler/store/search.py writes them
    title,  -- body and title
    text,  -- titles and texts of the sections
    content = '',
    tokenize = 'unicode61'
);

CREATE TABLE shingles (  -- 雷同文字: a sample of the stretches of 16 characters, by which repeated passages are found
    shingle INTEGER NOT NULL,  -- hash of the stretch: see crawler/store/shingles.py
    revision INTEGER NOT NULL REFERENCES revisions (id),  -- in whose prose it stands
    PRIMARY KEY (shingle, revision)
) WITHOUT ROWID;

-- What the crawls did ----------------------------------------------------------------------------------------

CREATE TABLE runs (  -- 采集: one row per crawl
    id INTEGER PRIMARY KEY,  -- row in this file only: another machine numbers otherwise
    started_at TEXT NOT NULL,  -- moment of its beginning
    ended_at TEXT,  -- NULL: running, or killed
    arguments TEXT NOT NULL,  -- of the spider: "portal=hangzhou since=2021"; "" for the whole registry
    outcome TEXT  -- Scrapy's reason: finished, shutdown, …; NULL: running, or killed
);

CREATE TABLE run_portals (  -- what a run met on each portal
    run INTEGER NOT NULL REFERENCES runs (id),  -- the crawl
    portal INTEGER NOT NULL REFERENCES portals (id),  -- the portal that it visited
    outcome TEXT NOT NULL,  -- reached, blocked, unreachable, robots, failed
    reason TEXT,  -- what blocked it, in words
    family TEXT,  -- publishing system recognised
    requests INTEGER NOT NULL DEFAULT 0,  -- requests sent
    listings INTEGER NOT NULL DEFAULT 0,  -- list pages read
    pages INTEGER NOT NULL DEFAULT 0,  -- pages that looked like a report
    not_reports INTEGER NOT NULL DEFAULT 0,  -- … and turned out to be something else
    unreadable INTEGER NOT NULL DEFAULT 0,  -- … or could not be read
    new INTEGER NOT NULL DEFAULT 0,  -- reports stored for the first time
    revised INTEGER NOT NULL DEFAULT 0,  -- reports that say something else than before
    duplicate INTEGER NOT NULL DEFAULT 0,  -- revisions seen at a further address
    unchanged INTEGER NOT NULL DEFAULT 0,  -- revisions seen again
    gone INTEGER NOT NULL DEFAULT 0,  -- pages that answered 404, 410 or a soft 404
    errors INTEGER NOT NULL DEFAULT 0,  -- pages that did not come, or could not be listed
    seconds REAL NOT NULL DEFAULT 0,  -- from the first request to the end of the walk
    cells INTEGER NOT NULL DEFAULT 0,  -- figures read in revisions that this run saw first
    unread INTEGER NOT NULL DEFAULT 0,  -- … and what found no place in the form
    PRIMARY KEY (run, portal)
) WITHOUT ROWID;
CREATE INDEX run_portals_by_portal ON run_portals (portal, run);
CREATE INDEX run_portals_troubled ON run_portals (run, portal) WHERE outcome <> 'reached';
CREATE INDEX run_portals_reading ON run_portals (portal, run, cells, unread) WHERE cells + unread > 0;

CREATE TABLE pages (  -- what is known of an address, for conditional requests
    url TEXT PRIMARY KEY,  -- as requested; that of a POST ends in # and a hash of its body
    etag TEXT,  -- ETag of its last full answer
    last_modified TEXT,  -- Last-Modified of its last full answer
    checked_at TEXT NOT NULL,  -- moment of the last answer
    status INTEGER NOT NULL,  -- of the last answer; 304 leaves the status of the full answer
    kind TEXT NOT NULL,  -- report, listing, neither
    listed_date TEXT,  -- date that the listing printed beside the link
    links TEXT,  -- JSON: what was taken up from a listing, for the next answer 304
    rows_hash TEXT,  -- hash of a listing's rows and of the numbers of rows and pages that it declares
    rows_since TEXT,  -- first moment at which the listing showed these rows
    family TEXT,  -- publishing system that a listing was taken for
    revision INTEGER REFERENCES revisions (id) ON DELETE SET NULL  -- what stood there
) WITHOUT ROWID;
CREATE INDEX pages_by_revision ON pages (revision);

CREATE TABLE absences (  -- 下线: addresses that answered "not here", never inferred from a portal that did not answer
    url TEXT NOT NULL,  -- the address asked for
    first_gone TEXT NOT NULL,  -- first moment of that answer
    last_gone TEXT NOT NULL,  -- last moment of that answer
    evidence TEXT NOT NULL,  -- 404, 410, soft 404
    run INTEGER REFERENCES runs (id),  -- crawl that met it first
    PRIMARY KEY (url, first_gone)
) WITHOUT ROWID;
CREATE INDEX absences_by_run ON absences (run);

CREATE TABLE unread_files (  -- 未能读取的文件: files that stand where a report should, and that no reader opens: .doc, .wps, .ofd, scans
    url TEXT PRIMARY KEY,  -- address of the file
    portal INTEGER NOT NULL REFERENCES portals (id),  -- on which it was met
    page TEXT,  -- address of the page that links to it or shows it; NULL: a listing gives the file itself
    title TEXT,  -- 标题, as the listing prints it
    issuer TEXT,  -- 发布主体, as fully as title and portal tell it
    year INTEGER,  -- 年度, as the title tells it
    report_id TEXT,  -- that of `reports`, where body and year are known
    index_number TEXT,  -- 索引号, as the listing prints it
    listed_on TEXT,  -- date that the listing prints
    media_type TEXT NOT NULL,  -- told by the bytes
    size INTEGER NOT NULL,  -- bytes
    body_sha256 TEXT NOT NULL,  -- SHA-256 of the body as fetched last
    reason TEXT NOT NULL,  -- why it is not read, in words
    first_seen TEXT NOT NULL,  -- moment at which it was met first
    last_seen TEXT NOT NULL,  -- moment at which it was met last
    run INTEGER REFERENCES runs (id)  -- run of the first fetch
) WITHOUT ROWID;
CREATE INDEX unread_files_by_report ON unread_files (report_id);

-- What a person opens ----------------------------------------------------------------------------------------
-- report_panel, one wide row per report, and year_over_year are made by crawler/store/panel.py, since their columns follow
-- from the forms.

CREATE VIEW figures AS
-- 数据: every cell of the statutory tables in the long form of the record
SELECT v.revision, v.position, c."table", c.row, c."column", v.value, coalesce(v.raw, CAST(v.value AS TEXT)) AS raw, c.unit
FROM figure_values AS v LEFT JOIN cells AS c ON c.id = v.cell;

CREATE VIEW current_reports AS
-- 现行年报: each report with its current revision and the page that shows it. Columns are looked up rather than joined,
-- so that a query which counts or filters reports by year does not touch what it does not ask for
SELECT reports.id, report_id, issuers.name AS issuer, year,
    (SELECT title FROM revisions AS r WHERE r.id = current) AS title,
    (SELECT template FROM revisions AS r WHERE r.id = current) AS template,
    (SELECT region_code FROM revisions AS r WHERE r.id = current) AS region_code,
    (SELECT s.index_number FROM revisions AS r JOIN sightings AS s ON s.id = r.source WHERE r.id = current) AS index_number,
    (SELECT published_on FROM revisions AS r WHERE r.id = current) AS published_on,
    (SELECT s.url FROM revisions AS r JOIN sightings AS s ON s.id = r.source WHERE r.id = current) AS url,
    (SELECT s.archive FROM revisions AS r JOIN sightings AS s ON s.id = r.source WHERE r.id = current) AS archive,
    reports.issuer AS issuer_id, current AS revision
FROM reports LEFT JOIN issuers ON issuers.id = reports.issuer;

CREATE VIEW failed_checks AS
-- 勾稽关系不成立: sums of current revisions that do not add up, with the page
SELECT report_id, current_reports.issuer, year, rule, "table", scope, left, right, url, archive
FROM checks JOIN current_reports USING (revision) WHERE passed = 0;

CREATE VIEW revision_changes AS
-- 修改: what changed from one revision to the next, figure by figure and section by section; NULL: not there
WITH pairs AS (
    SELECT report, previous AS old, id AS new, published_on FROM revisions WHERE previous IS NOT NULL
), changes AS (
    SELECT report, old, new, published_on, 'figure' AS kind, c."table" || '.' || c.row || '.' || c."column" AS place,
        o.value AS was, n.value AS is_now, o.raw AS raw_was, n.raw AS raw_is, o.cell IS NULL AS came, n.cell IS NULL AS went
    FROM pairs JOIN cells AS c
    LEFT JOIN figure_values AS o ON o.revision = old AND o.cell = c.id
    LEFT JOIN figure_values AS n ON n.revision = new AND n.cell = c.id
    WHERE (o.cell IS NULL) <> (n.cell IS NULL) OR o.value IS NOT n.value
    UNION ALL
    SELECT report, old, new, published_on, 'section', n.path || ' ' || n.title, o.text, n.text, o.title, n.title,
        o.id IS NULL, 0
    FROM pairs JOIN sections AS n ON n.revision = new LEFT JOIN sections AS o ON o.revision = old AND o.path = n.path
    WHERE o.id IS NULL OR o.text <> n.text OR o.title <> n.title
    UNION ALL
    SELECT report, old, new, published_on, 'section', o.path || ' ' || o.title, o.text, NULL, o.title, NULL, 0, 1
    FROM pairs JOIN sections AS o ON o.revision = old
    WHERE NOT EXISTS (SELECT 1 FROM sections AS n WHERE n.revision = new AND n.path = o.path)
)
SELECT report_id, issuers.name AS issuer, year, changes.published_on, kind, place,
    CASE WHEN came THEN 'added' WHEN went THEN 'removed' ELSE 'changed' END AS change,
    was AS old_value, is_now AS new_value, changes.old AS old_revision, changes.new AS new_revision
FROM changes JOIN reports ON reports.id = changes.report JOIN issuers ON issuers.id = reports.issuer;

CREATE VIEW gone_reports AS
-- 已下线: addresses that said they are no longer there, and the two moments between which that happened
SELECT report_id, current_reports.issuer, year, s.url, s.last_seen AS seen_until, min(a.first_gone) AS gone_by,
    a.evidence, s.archive,
    (SELECT count(*) FROM sightings AS other WHERE other.revision = s.revision AND other.url <> s.url) AS other_addresses
FROM absences AS a JOIN sightings AS s ON a.url IN (s.url, s.requested_url) AND a.first_gone > s.last_seen
JOIN revisions AS r ON r.id = s.revision JOIN current_reports ON current_reports.id = r.report
GROUP BY s.id;

CREATE VIEW file_only_reports AS
-- 仅有文件的年报: reports of which there is nothing but a file that no reader opens, listed itself, or on a page without a
-- text of its own
SELECT u.issuer, u.year, u.title, u.media_type, u.reason, u.url, u.page, p.portal, u.last_seen
FROM unread_files AS u JOIN portals AS p ON p.id = u.portal
WHERE NOT EXISTS (SELECT 1 FROM reports WHERE reports.report_id = u.report_id)
UNION ALL
SELECT issuers.name, reports.year, r.title, coalesce(a.media_type, s.media_type), coalesce(n.reason, 'attached to a page without a text'),
    coalesce(a.url, s.url), CASE WHEN s.media_type = 'text/html' THEN s.url END, p.portal, s.last_seen
FROM revisions AS r JOIN reports ON reports.current = r.id JOIN issuers ON issuers.id = reports.issuer
JOIN sightings AS s ON s.id = r.source LEFT JOIN portals AS p ON p.id = s.portal
LEFT JOIN attachments AS a ON a.revision = r.id AND a.position = 0 AND s.media_type = 'text/html'
LEFT JOIN unread AS n ON n.revision = r.id AND n.position = 0
WHERE r.template = 'none' AND coalesce(a.revision, n.revision) IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM sections WHERE sections.revision = r.id AND sections.number IS NOT NULL);

CREATE VIEW deadlines AS
-- 法定期限: Regulation (Decree 711) art. 49: a department by 31 January, a government by 31 March of the next year;
-- a township's government is given the later date, so that nobody is called late who need not be
SELECT id AS issuer, name,
    CASE WHEN name LIKE '%政府' OR name LIKE '%行政公署' OR name LIKE '%行署' THEN '-03-31' ELSE '-01-31' END AS day
FROM issuers;

CREATE VIEW late_reports AS
-- 迟报: first published after the legal date, as the pages print it; reports without a printed date are not judged
SELECT reports.report_id, d.name AS issuer, t.year, t.published_on, (t.year + 1) || d.day AS due_on, t.days_late
FROM report_totals AS t LEFT JOIN reports ON reports.id = t.report LEFT JOIN deadlines AS d ON d.issuer = t.issuer
WHERE t.days_late > 0;

CREATE VIEW missing_reports AS
-- 缺报: years since a body's first report for which none was seen although it is due; not proof that there is none,
-- least of all where the last run did not reach the portal
WITH RECURSIVE years (issuer, year) AS (
    SELECT issuer, min(year) FROM reports GROUP BY issuer
    UNION ALL
    SELECT issuer, year + 1 FROM years WHERE year < CAST(strftime('%Y', 'now') AS INTEGER) - 1
)
SELECT d.name AS issuer, y.year, (y.year + 1) || d.day AS due_on, p.portal, (
        SELECT outcome FROM run_portals WHERE run_portals.portal = p.id ORDER BY run DESC LIMIT 1
    ) AS last_visit
FROM years AS y JOIN deadlines AS d USING (issuer)
LEFT JOIN portals AS p ON p.id = (
    SELECT s.portal FROM reports JOIN revisions AS r ON r.id = current JOIN sightings AS s ON s.id = r.source
    WHERE reports.issuer = y.issuer ORDER BY year DESC LIMIT 1
)
WHERE (y.year + 1) || d.day < date('now')
    AND NOT EXISTS (SELECT 1 FROM reports WHERE reports.issuer = y.issuer AND reports.year = y.year);

CREATE VIEW uncertain_pairs AS
-- 待人工判断: two bodies that may be one, or reports that may be mistaken for each other; kept apart until somebody looks
SELECT 'same index number, other body' AS why, a.index_number AS evidence, ra.issuer AS one, rb.issuer AS other,
    a.url AS one_url, b.url AS other_url
FROM sightings AS a JOIN sightings AS b ON b.index_number = a.index_number
JOIN revisions AS ra ON ra.id = a.revision JOIN revisions AS rb ON rb.id = b.revision
JOIN reports AS pa ON pa.id = ra.report JOIN reports AS pb ON pb.id = rb.report
WHERE pa.issuer <> pb.issuer AND rb.issuer > ra.issuer
UNION ALL
SELECT 'same text, other body', ra.text_hash, ra.issuer, rb.issuer, a.url, b.url
FROM revisions AS ra JOIN revisions AS rb ON rb.text_hash = ra.text_hash AND rb.issuer > ra.issuer
JOIN reports AS pa ON pa.id = ra.report JOIN reports AS pb ON pb.id = rb.report
JOIN sightings AS a ON a.id = ra.source JOIN sightings AS b ON b.id = rb.source
WHERE pa.issuer <> pb.issuer
UNION ALL
SELECT 'similar names in one region', a.region_code, a.name, b.name, NULL, NULL
FROM issuers AS a JOIN issuers AS b ON b.region_code = a.region_code AND b.id <> a.id
WHERE b.name LIKE a.subsequence;

CREATE VIEW portal_health AS
-- 网站状况: what the last run met on each portal, and when it last gave anything
SELECT p.portal, p.name, p.status, v.run, runs.started_at, v.outcome, v.reason, v.requests, v.pages,
    v.new + v.revised + v.duplicate + v.unchanged AS reports, v.not_reports, v.unreadable, v.gone,
    (SELECT max(last_seen) FROM sightings WHERE sightings.portal = p.id) AS last_report_seen
FROM portals AS p LEFT JOIN run_portals AS v ON v.portal = p.id AND v.run = (
    SELECT max(run) FROM run_portals WHERE portal = p.id
) LEFT JOIN runs ON runs.id = v.run;

CREATE VIEW needs_attention AS
-- 需要人看: what a maintainer must look at, one line a portal and reason, as of the last run that visited it
WITH visits AS MATERIALIZED (  -- the last visit of each portal, and the last that found anything new to read;
    -- CROSS: portal by portal, not through all visits there ever were
    SELECT p.id, p.portal, p.name, p.level, v.outcome, v.reason, v.requests, date(runs.started_at) AS visited_on,
        v.new + v.revised + v.duplicate + v.unchanged AS reports,
        (SELECT outcome FROM run_portals WHERE portal = p.id AND run < v.run ORDER BY run DESC LIMIT 1) AS before,
        (SELECT max(year) FROM report_totals WHERE report_totals.portal = p.id) AS last_year,
        (SELECT max(run) FROM run_portals WHERE portal = p.id AND cells + unread > 0) AS reading
    FROM portals AS p CROSS JOIN run_portals AS v ON v.portal = p.id AND v.run = (
        SELECT max(run) FROM run_portals WHERE portal = p.id
    ) JOIN runs ON runs.id = v.run
    WHERE p.status IS NOT 'gone'
)
SELECT portal, name, 'blocked' AS why, reason AS evidence, visited_on FROM visits WHERE outcome = 'blocked'
UNION ALL  -- one bad night is none of anybody's business
SELECT portal, name, 'not reached twice', coalesce(reason, outcome), visited_on FROM visits
WHERE outcome IN ('unreachable', 'robots', 'failed') AND before <> 'reached'
UNION ALL
SELECT portal, name, 'gone silent', 'gave reports up to ' || last_year || ', and none at the last visit', visited_on
FROM visits WHERE outcome = 'reached' AND reports = 0 AND last_year IS NOT NULL
UNION ALL  -- nor any before
SELECT portal, name, 'no report found', requests || ' requests led to none', visited_on
FROM visits WHERE outcome = 'reached' AND reports = 0 AND last_year IS NULL
UNION ALL  -- two months after 31 March; the years of demo portals stand still
SELECT portal, name, 'gone silent', 'its last report is for ' || last_year, visited_on FROM visits
WHERE outcome = 'reached' AND reports > 0 AND level IS NOT 'demo'
    AND last_year < CAST(strftime('%Y', visited_on, '-150 days') AS INTEGER) - 1
UNION ALL  -- the share of unread cells: over 5 in 100, and three times what it was
SELECT visits.portal, name, 'template drift',
    n.unread || ' of ' || (n.cells + n.unread) || ' cells unread; before, ' || sum(o.unread) || ' of ' || sum(o.cells + o.unread),
    visited_on
FROM visits JOIN run_portals AS n ON n.portal = visits.id AND n.run = reading
JOIN run_portals AS o ON o.portal = visits.id AND o.run < reading AND o.cells + o.unread > 0
WHERE n.unread >= 10
GROUP BY visits.id HAVING 20 * n.unread > n.cells + n.unread
    AND n.unread * 1.0 / (n.cells + n.unread) > 3.0 * sum(o.unread) / sum(o.cells + o.unread);
