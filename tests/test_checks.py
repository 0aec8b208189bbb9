"""The relations between figures: evaluated, never repaired."""

from parsers.checks import check, check_years
from parsers.figures import Reading, read_figures
from parsers.report import Check, Figure, Mention, Section
from tests.grids import BLOCK, FORMS, HEAD, LITIGATION, grid, placed, request_rows

COLUMNS = ("natural", "business", "research", "welfare", "legal", "other_org", "total")


def consistent(form: str = "2021", **changes: list[str]) -> Reading:
    """Three new requests and one old one: three granted, one carried over; all by natural persons."""
    filled = {"new_received": 3, "carried_in": 1, "granted": 3, "result_total": 3, "carried_out": 1}
    table = FORMS[form].table("requests")
    assert table is not None
    numbers = {
        row.key: [str(filled.get(row.key, 0)), *["0"] * 5, str(filled.get(row.key, 0))] for row in table.rows
    }
    numbers |= changes
    suits = [*"10001", *"00000", *"00022"]
    return read_figures(placed(grid(HEAD + request_rows(form, numbers)), grid([*LITIGATION, list(suits)])))


def by_rule(checks: tuple[Check, ...], rule: str) -> dict[str, bool | None]:
    return {one.scope: one.passed for one in checks if one.rule == rule}


def test_a_consistent_report_passes() -> None:
    for form, rows in (("2019", 23), ("2021", 25)):
        checks = check(consistent(form), (), ())
        assert {one.passed for one in checks} == {True}
        assert by_rule(checks, "R1") == dict.fromkeys(COLUMNS, True)
        assert by_rule(checks, "R2") == dict.fromkeys(COLUMNS, True)
        assert len(by_rule(checks, "R3")) == rows
        assert set(by_rule(checks, "R4")) == {"review", "suit_direct", "suit_after_review"}


def test_a_wrong_sum_fails_with_both_sides() -> None:
    checks = check(consistent(result_total=["4", *["0"] * 5, "3"]), (), ())
    assert Check("R1", "requests", "natural", 4, 5, False) in checks
    assert Check("R2", "requests", "natural", 4, 3, False) in checks
    assert Check("R3", "requests", "result_total", 3, 4, False) in checks
    assert by_rule(checks, "R1")["total"] is True


def test_a_blank_term_leaves_the_check_open() -> None:
    checks = check(consistent(result_total=["3", *["0"] * 5, ""]), (), ())
    assert Check("R1", "requests", "total", 4, None, None) in checks
    assert by_rule(checks, "R3")["result_total"] is None


def test_an_unread_row_leaves_the_sum_open() -> None:
    checks = check(consistent(partial=["0"] * 6), (), ())
    assert set(by_rule(checks, "R2").values()) == {None}
    assert "partial" not in by_rule(checks, "R3")


def test_figures_are_whole_and_not_negative() -> None:
    checks = check(consistent(granted=["3.5", "-1", *["0"] * 4, "3"]), (), ())
    wrong = [one for one in checks if one.rule == "R10" and one.table == "requests"]
    assert [(one.scope, one.left, one.passed) for one in wrong] == [
        ("granted.natural", 3.5, False),
        ("granted.business", -1, False),
    ]
    assert by_rule(check(read_figures(placed(grid(BLOCK["2019 rest"]))), (), ()), "R10") == {"*": True}


def test_prose_against_table() -> None:
    mentions = [
        Mention("requests.new_received.total", 3, "共收到3件", "一"),
        Mention("requests.new_received.total", 4, "收到4件", "三"),
        Mention("litigation.suit.total", 2, "行政诉讼2件", "四"),
        Mention("requests.nothing.total", 2, "", None),
    ]
    checks = [one for one in check(consistent(), mentions, ()) if one.rule == "R6"]
    assert checks == [
        Check("R6", "requests", "new_received.total", 3, 3, True),
        Check("R6", "requests", "new_received.total", 4, 3, False),
        Check("R6", "litigation", "suit.total", 2, 2, True),
    ]


def test_published_is_part_of_total() -> None:
    rows = [[*row] for row in BLOCK["2019"]]
    rows[2][2] = "600"
    checks = check(read_figures(placed(grid(rows))), (), ())
    assert by_rule(checks, "R8") == {"rules": False, "normative_docs": True}


def test_who_takes_fees_says_so_in_the_last_section() -> None:
    reading = read_figures(placed(grid(BLOCK["2021 rest"])))
    nothing = Section(1, "六", "other_matters", "其他需要报告的事项", "无。")
    told = Section(1, "六", "other_matters", "其他需要报告的事项", "本年度未收取信息处理费。")
    assert by_rule(check(reading, (), [nothing]), "R9") == {"fees.amount": False}
    assert by_rule(check(reading, (), [told]), "R9") == {"fees.amount": True}


def test_across_years() -> None:
    before, now = consistent().figures, consistent(carried_in=["1", *["0"] * 5, "2"]).figures
    checks = check_years(before, now)
    assert by_rule(checks, "R5") == {**dict.fromkeys(COLUMNS, True), "total": False}
    assert Check("R5", "requests", "total", 2, 1, False) in checks
    assert by_rule(checks, "R11") == {"review": True, "suit_direct": True, "suit_after_review": True}


def test_documents_in_force_across_years() -> None:
    def documents(made: int, repealed: int, in_force: int) -> list[Figure]:
        values = {"made": made, "repealed": repealed, "in_force": in_force}
        return [
            Figure("disclosure", "rules", column, value, str(value), "件") for column, value in values.items()
        ]

    assert check_years(documents(1, 0, 10), documents(3, 2, 11)) == (
        Check("R7", "disclosure", "rules", 11, 11, True),
    )
    assert check_years((), documents(3, 2, 11)) == ()
