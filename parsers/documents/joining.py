"""Lines that were broken for lack of room, joined again."""

from collections.abc import Sequence


def join_lines(lines: Sequence[str]) -> str:
    """The text of the lines: Chinese needs no space where a line ends, Latin words do.

    >>> join_lines(["本年新", "制作数量"]), join_lines(["open", "data"]), join_lines(["电话0517-", "8360"])
    ('本年新制作数量', 'open data', '电话0517-8360')
    """
    joined = ""
    for line in filter(None, (line.strip() for line in lines)):
        ends = joined[-1:] + line[0]
        apart = len(ends) == 2 and ends.isascii() and ends.isalpha()
        joined += f" {line}" if apart else line
    return joined
