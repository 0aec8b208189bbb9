"""A writer of PDF for our own reports: paragraphs and ruled tables in the Song face that every reader knows."""

from collections.abc import Sequence

from tests.writing.markup import Cell

WIDTH, HEIGHT, MARGIN, LEADING = 595, 842, 60, 1.5
SMALL = 8  # size of the type in tables


def width_of(text: str, size: float) -> float:
    return sum(size / 2 if character.isascii() else size for character in text)


def wrapped(text: str, size: float, width: float) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and width_of(lines[-1] + character, size) > width:
            lines.append("")
        lines[-1] += character
    return lines


class Pdf:
    """Pages of text from top to bottom, page numbers below."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []
        self.y = 0.0

    def paragraph(self, text: str, size: float = 12, indent: int = 0) -> None:
        for line in wrapped("　" * indent + text, size, WIDTH - 2 * MARGIN):
            self._need(size * LEADING)
            self.y -= size * LEADING
            self._show(MARGIN, self.y, line, size)

    def table(self, rows: Sequence[Sequence[Cell | None]]) -> None:
        """Ruled; a row is never broken over two pages, a cell over several rows is closed at the end of the page."""
        widths = self._widths(rows)
        edges = [MARGIN + sum(widths[:x]) for x in range(len(widths) + 1)]
        heights = [self._height(row, edges) for row in rows]
        y = 0
        while y < len(rows):
            self._need(heights[y] + 4)
            end, room = y, self.y - MARGIN
            while end < len(rows) and heights[end] <= room:
                room -= heights[end]
                end += 1
            self._part(rows, edges, heights, y, max(end, y + 1))
            y = max(end, y + 1)

    def bytes(self) -> bytes:
        objects = [
            "<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Count {len(self.pages)}/Kids[{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(self.pages)))}]>>",
            "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
            "/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
            "/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>",
        ]
        for number, page in enumerate(self.pages):
            self._page_number(page, number + 1)
            stream = "\n".join(page)
            objects.append(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F 3 0 R>>>>"
                f"/Contents {6 + 2 * number} 0 R>>"
            )
            objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        body, places = "%PDF-1.4\n", []
        for number, text in enumerate(objects, start=1):
            places.append(len(body))
            body += f"{number} 0 obj\n{text}\nendobj\n"
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        return (
            f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
        ).encode("ascii")

    def _widths(self, rows: Sequence[Sequence[Cell | None]]) -> list[float]:
        """Columns that hold numbers are narrow, the others share what is left."""
        count = len(rows[0])
        numbers = {x for row in rows for x, cell in enumerate(row) if cell and cell.key and cell.colspan == 1}
        room = WIDTH - 2 * MARGIN
        if not numbers:
            return [room / count] * count
        narrow = min(38.0, (room - 60 * (count - len(numbers))) / len(numbers))
        left = (room - narrow * len(numbers)) / max(1, count - len(numbers))
        return [narrow if x in numbers else left for x in range(count)]

    def _height(self, row: Sequence[Cell | None], edges: Sequence[float]) -> float:
        lines = max(
            (
                len(wrapped(cell.text, SMALL, edges[x + cell.colspan] - edges[x] - 4))
                for x, cell in enumerate(row)
                if cell and cell.rowspan == 1
            ),
            default=1,
        )
        return (
            max(lines, 2) * SMALL * LEADING + 4
        )  # two: for the label of a group that a page break leaves one row

    def _part(
        self,
        rows: Sequence[Sequence[Cell | None]],
        edges: Sequence[float],
        heights: Sequence[float],
        first: int,
        end: int,
    ) -> None:
        tops = [self.y - sum(heights[first:y]) for y in range(first, end + 1)]
        for y in range(end):
            for x, cell in enumerate(rows[y]):
                if cell is None or y + cell.rowspan <= first:
                    continue
                top, bottom = tops[max(y, first) - first], tops[min(y + cell.rowspan, end) - first]
                left, right = edges[x], edges[min(x + cell.colspan, len(edges) - 1)]
                self.pages[-1].append(f"{left:.1f} {bottom:.1f} {right - left:.1f} {top - bottom:.1f} re S")
                if y >= first:
                    for place, line in enumerate(wrapped(cell.text, SMALL, right - left - 4), start=1):
                        self._show(left + 2, top - place * SMALL * LEADING, line, SMALL)
        self.y = tops[-1] - 6

    def _need(self, height: float) -> None:
        if not self.pages or self.y - height < MARGIN:
            self.pages.append([])
            self.y = HEIGHT - MARGIN

    def _show(self, x: float, y: float, text: str, size: float) -> None:
        if text.strip():
            self.pages[-1].append(
                f"BT /F {size} Tf {x:.1f} {y:.1f} Td <{text.encode('utf-16-be').hex()}> Tj ET"
            )

    def _page_number(self, page: list[str], number: int) -> None:
        page.append(f"BT /F 9 Tf {WIDTH / 2 - 15} 30 Td <{f'- {number} -'.encode('utf-16-be').hex()}> Tj ET")
