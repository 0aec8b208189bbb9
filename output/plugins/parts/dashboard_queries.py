"""The dashboards' questions in SQL, each answered from narrow tables within milliseconds on 100,000 reports.

Each takes the same parameters, "" meaning all: level, province, region (six digits), year (the one looked at closely).
A page links to its queries in Datasette, so that whoever doubts a chart can take the same numbers as CSV or JSON.
"""

from outcomes import OUTCOMES

CHOSEN = "(:level = '' OR level = :level) AND (:province = '' OR province = :province)"
LAST_YEAR = "SELECT max(year) FROM reports"
DEFAULT_LEVEL = "SELECT level FROM report_totals WHERE level IS NOT NULL GROUP BY level ORDER BY count(*) DESC, level LIMIT 1"

QUERIES = {
    # how many reports and bodies there are
    "reports": f"SELECT level, year, count(*) AS reports FROM report_totals WHERE {CHOSEN} GROUP BY level, year",
    "bodies": "SELECT level, count(DISTINCT issuer) AS bodies FROM report_totals GROUP BY level",
    # sums within one level; reports of the form of 2014 count other things and are left out
    "requests": f"""
        SELECT year, count(new_received) AS reports, sum(new_received) AS new_received, sum(carried_in) AS carried_in,
            {", ".join(f"sum({name}) AS {name}" for name in OUTCOMES)}, sum(carried_out) AS carried_out
        FROM report_totals WHERE {CHOSEN} AND new_received IS NOT NULL GROUP BY year ORDER BY year
    """,
    "requests_by_region": f"""
        SELECT CASE WHEN :province = '' THEN province ELSE substr(region_code, 1, 4) || '00' END AS region,
            count(new_received) AS reports, sum(new_received) AS new_received,
            {", ".join(f"sum({name}) AS {name}" for name in OUTCOMES)}
        FROM report_totals WHERE {CHOSEN} AND year = CAST(:year AS INTEGER) AND new_received IS NOT NULL
        GROUP BY region ORDER BY region
    """,
    # shares; a report counts only where no term of the share is blank
    "rates": f"""
        SELECT level, year,
            count(CASE WHEN granted + partial + result_total > 0 THEN 1 END) AS disclosing,
            100.0 * sum(CASE WHEN result_total IS NOT NULL THEN granted + partial END)
                / nullif(sum(CASE WHEN granted + partial IS NOT NULL THEN result_total END), 0) AS disclosed,
            sum(review_decided) AS reviews, 100.0 * sum(CASE WHEN review_decided IS NOT NULL THEN review_corrected END)
                / nullif(sum(CASE WHEN review_corrected IS NOT NULL THEN review_decided END), 0) AS review_corrected,
            sum(suit_decided) AS suits, 100.0 * sum(CASE WHEN suit_decided IS NOT NULL THEN suit_corrected END)
                / nullif(sum(CASE WHEN suit_corrected IS NOT NULL THEN suit_decided END), 0) AS suit_corrected
        FROM report_totals WHERE {CHOSEN} AND result_total IS NOT NULL GROUP BY level, year
    """,
    # relations that do not hold, of current revisions
    "checks": f"""
        SELECT rule, year, sum(report_failures.failed) AS failed, count(*) AS reports
        FROM report_failures JOIN report_totals USING (report) WHERE {CHOSEN} GROUP BY rule, year
    """,
    "most_failed": f"""
        SELECT report_id, issuers.name AS issuer, failed, unread FROM report_totals JOIN reports ON reports.id = report
        JOIN issuers ON issuers.id = report_totals.issuer
        WHERE {CHOSEN} AND report_totals.year = CAST(:year AS INTEGER) AND failed > 0
        ORDER BY failed DESC, report LIMIT 20
    """,
    # who reported for which year
    "coverage": f"""
        SELECT CASE WHEN :province = '' THEN province ELSE region_code END AS region, year, count(*) AS reports
        FROM report_totals WHERE {CHOSEN} GROUP BY region, year ORDER BY region, year
    """,
    "coverage_bodies": f"""
        SELECT CASE WHEN :province = '' THEN province ELSE region_code END AS region, count(DISTINCT issuer) AS bodies
        FROM report_totals WHERE {CHOSEN} GROUP BY region
    """,
    "coverage_of_region": f"""
        SELECT issuers.key, issuers.name AS issuer, report_totals.year, report_id
        FROM report_totals JOIN issuers ON issuers.id = report_totals.issuer JOIN reports ON reports.id = report
        WHERE report_totals.region_code = :region AND {CHOSEN} ORDER BY issuers.key, report_totals.year
        LIMIT 6000
    """,
    # lateness against the legal date, by the date that the page prints
    "lateness": f"""
        SELECT year, sum(days_late <= 0) AS in_time, sum(days_late BETWEEN 1 AND 7) AS week,
            sum(days_late BETWEEN 8 AND 30) AS month, sum(days_late BETWEEN 31 AND 90) AS quarter,
            sum(days_late > 90) AS later, sum(days_late IS NULL) AS undated
        FROM report_totals WHERE {CHOSEN} GROUP BY year ORDER BY year
    """,
    "latest": f"""
        SELECT report_id, issuers.name AS issuer, published_on, days_late FROM report_totals
        JOIN reports ON reports.id = report JOIN issuers ON issuers.id = report_totals.issuer
        WHERE {CHOSEN} AND report_totals.year = CAST(:year AS INTEGER) AND days_late > 0
        ORDER BY days_late DESC, report LIMIT 20
    """,
    # the crawl
    "attention": "SELECT portal, name, why, evidence FROM needs_attention",
    "runs": """
        SELECT runs.id AS run, started_at, ended_at, runs.arguments, runs.outcome, count(portal) AS portals,
            sum(v.outcome = 'reached') AS reached, sum(v.outcome = 'blocked') AS blocked,
            sum(v.outcome IN ('unreachable', 'failed', 'robots')) AS not_reached, sum(requests) AS requests,
            sum(new) AS new, sum(revised) AS revised, sum(unchanged + duplicate) AS known, sum(errors) AS errors
        FROM (SELECT * FROM runs ORDER BY id DESC LIMIT 7) AS runs LEFT JOIN run_portals AS v ON v.run = runs.id
        GROUP BY runs.id ORDER BY runs.id DESC
    """,
    "portals": """
        SELECT portals.portal, portals.name, v.run, v.outcome, v.reason
        FROM (
            SELECT portal FROM run_portals WHERE outcome <> 'reached'
                AND run IN (SELECT id FROM runs ORDER BY id DESC LIMIT 7)
            GROUP BY portal ORDER BY count(*) DESC, portal LIMIT 100
        ) AS troubled
        JOIN portals ON portals.id = troubled.portal
        JOIN run_portals AS v ON v.portal = portals.id AND v.run IN (SELECT id FROM runs ORDER BY id DESC LIMIT 7)
    """,
}
