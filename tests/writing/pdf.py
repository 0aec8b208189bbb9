"""Prints reports of our own as PDF, by hand: what is on the page is exactly what is written here."""

from collections.abc import Iterable, Sequence

from tests.writing.markup import Cell, Line, Sheet

LEFT, RIGHT, TOP, BOTTOM = 74, 522, 770, 80  # of an A4 page, in points from its lower left corner
SIZE, LEADING = 16, 28
SMALL, ROW = 9, 14


class Printer:
    """Text and rules on pages, as a PDF in a Chinese font that every reader knows and no file carries."""

    centred = False  # what the cells print: else it begins at their upper left corner

    def __init__(self, attributes: str = "", opening: str = "") -> None:
        self.attributes, self.opening = attributes, opening  # of each page, and of what stands on it
        self.pages: list[list[str]] = [[]]
        self.y = float(TOP)
        self.further: list[bytes] = []  # objects, of which the first has the number 6 and twice that of pages

    def text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        code = text.encode("utf-16-be").hex()
        self.pages[-1].append(f"BT /F {size} Tf {x:.1f} {y:.1f} Td <{code}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pages[-1].append(f"0.5 w {x0:.1f} {y0:.1f} m {x1:.1f} {y1:.1f} l S")

    def new_page(self) -> None:
        self.text(290, 40, f"- {len(self.pages)} -", 12)
        self.pages.append([])
        self.y = float(TOP)

    def title(self, *lines: str) -> None:
        for line in lines:
            self.text((LEFT + RIGHT - width(line, 22)) / 2, self.y, line, 22)
            self.y -= 36

    def paragraph(self, text: str) -> None:
        for line in wrapped("\u3000\u3000" + text, SIZE, RIGHT - LEFT):
            if self.y < BOTTOM:
                self.new_page()
            indent = 2 * SIZE if line.startswith("\u3000\u3000") else 0
            self.text(LEFT + indent, self.y, line.strip(), SIZE)
            self.y -= LEADING

    def sheet(self, sheet: Sheet, columns: Sequence[float] = (), head: int = 0) -> None:
        """A table with rules round every cell; `head` rows are printed again on each new page."""
        places = placed(sheet)
        columns = columns or column_widths(places)
        heights = [row_height(places, row, columns) for row in range(len(sheet.rows))]
        row = 0
        while row < len(heights):
            space, end = self.y - BOTTOM, row
            while end < len(heights) and sum(heights[row : end + 1]) <= space:
                end += 1
            if end == row:
                self.new_page()
                if head and row:
                    self._rows(places, heights, columns, 0, head)
                continue
            self._rows(places, heights, columns, row, end)
            row = end
        self.y -= LEADING

    def _rows(
        self,
        places: Sequence[tuple[int, int, Cell]],
        heights: Sequence[float],
        columns: Sequence[float],
        start: int,
        end: int,
    ) -> None:
        for y, x, cell in places:
            first, last = max(y, start), min(y + cell.rowspan, end)
            if first >= last:
                continue
            x0, x1 = LEFT + sum(columns[:x]), LEFT + sum(columns[: x + cell.colspan])
            top, bottom = self.y - sum(heights[start:first]), self.y - sum(heights[start:last])
            for corners in (
                (x0, top, x1, top),
                (x0, bottom, x1, bottom),
                (x0, top, x0, bottom),
                (x1, top, x1, bottom),
            ):
                self.rule(*corners)
            before = room(sum(heights[y:first]))  # lines of the label that stand on the page before
            lines = wrapped(cell.text, SMALL, x1 - x0 - 6)[before : before + room(top - bottom)]
            down = 11 + (self.centred and (top - bottom - 4 - len(lines) * ROW) / 2)
            for number, line in enumerate(lines):
                right = (x1 - x0 - width(line, SMALL)) / 2 if self.centred else 3
                self.text(x0 + right, top - down - number * ROW, line, SMALL)
        self.y -= sum(heights[start:end])

    def bytes(self) -> bytes:
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Count {len(self.pages)}/Kids[{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(self.pages)))}]>>".encode(),
            b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]/FontDescriptor 5 0 R"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
            b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
            b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
        ]
        for number, page in enumerate(self.pages):
            content = "\n".join((self.opening, *page)).encode()
            attributes = self.attributes.encode() or b"/MediaBox[0 0 595 842]"
            objects.append(
                b"<</Type/Page/Parent 2 0 R%s/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
                % (attributes, 7 + 2 * number)
            )
            objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        return pdf_file([*objects, *self.further])


class Dotted(Printer):
    """Rules of dots, each an object of its own, as browsers print them."""

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        apart = 1.5
        dots = int(max(abs(x1 - x0), abs(y1 - y0)) / apart) + 1
        for dot in range(dots):
            x, y = (x0 + dot * apart, y0) if y0 == y1 else (x0, max(y0, y1) - dot * apart)
            self.pages[-1].append(f"{x:.2f} {y:.2f} .75 .75 re f")


class Dashed(Printer):
    """A printer which draws each rule as one row of small boxes: as browsers print dashed borders."""

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        count = int(max(abs(x1 - x0), abs(y1 - y0)) / 1.6)
        across, down = (x1 - x0) / count, (y1 - y0) / count
        boxes = (f"{x0 + across * at:.2f} {y0 + down * at:.2f} 0.8 0.8 re" for at in range(count))
        self.pages[-1].append(f"{' '.join(boxes)} f")


class RuledInPart(Printer):
    """Only the level rules, only the upright ones, or none."""

    def __init__(self, *, level: bool = False, upright: bool = False, centred: bool = False) -> None:
        super().__init__()
        self.level, self.upright, self.centred = level, upright, centred

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if (self.level and y0 == y1) or (self.upright and x0 == x1):
            super().rule(x0, y0, x1, y1)


def pdf_file(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, the first being the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )


def width(text: str, size: float) -> float:
    """Points that a text takes: a Chinese character is square, a Latin one half as wide."""
    return sum(size * (0.5 if character.isascii() else 1) for character in text)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """The lines that the text takes in so much room."""
    lines = [""]
    for character in text:
        if width(lines[-1] + character, size) > room:
            lines.append("")
        lines[-1] += character
    return lines


def room(height: float) -> int:
    """The lines for which a cell of this height has room."""
    return max(int((height - 4) // ROW), 0)


def placed(sheet: Sheet) -> list[tuple[int, int, Cell]]:
    """Each cell with the row and column where it begins."""
    taken: set[tuple[int, int]] = set()
    places = []
    for y, row in enumerate(sheet.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            taken.update(
                (y + down, x + right) for down in range(cell.rowspan) for right in range(cell.colspan)
            )
            places.append((y, x, cell))
    return places


def row_height(places: Iterable[tuple[int, int, Cell]], row: int, columns: Sequence[float]) -> float:
    """The height that the cells of this row alone need."""
    lines = [
        len(wrapped(cell.text, SMALL, sum(columns[x : x + cell.colspan]) - 6))
        for y, x, cell in places
        if y == row and cell.rowspan == 1
    ]
    return max(lines, default=1) * ROW + 4


def column_widths(places: Sequence[tuple[int, int, Cell]]) -> list[float]:
    """Columns that hold numbers are narrow, the others share what is left."""
    count = max(x + cell.colspan for _, x, cell in places)
    numbers = {x for _, x, cell in places if cell.key and cell.colspan == 1}
    whole: float = RIGHT - LEFT
    if not numbers:
        return [whole / count] * count
    narrow = min(38.0, (whole - 50 * (count - len(numbers))) / len(numbers))
    left = (whole - narrow * len(numbers)) / max(1, count - len(numbers))
    return [narrow if x in numbers else left for x in range(count)]


COLUMNS = {
    "disclosure": [148.0, 100.0, 100.0, 100.0],
    "requests": [44.0, 60.0, 134.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0],
    "litigation": [29.8] * 15,
    "statistics_2014": [300.0, 60.0, 88.0],
}


def printed_pdf(
    title: Sequence[str], pieces: Iterable[Line | Sheet], head: int = 0, printer: Printer | None = None
) -> bytes:
    """A report as a PDF; `head` rows of table 3 are repeated on each page."""
    printer = printer or Printer()
    printer.title(*title)
    for piece in pieces:
        if isinstance(piece, Sheet):
            printer.sheet(piece, COLUMNS[piece.name], head if piece.name == "requests" else 0)
        else:
            printer.paragraph(piece.text)
    printer.text(290, 40, f"- {len(printer.pages)} -", 12)
    return printer.bytes()
