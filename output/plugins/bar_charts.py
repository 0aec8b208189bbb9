"""Small bar charts by year as SVG, drawn by the server; the same numbers stand in a table beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, HEIGHT = 340, 170
LEFT, RIGHT, TOP, BOTTOM = 6, 6, 20, 22  # margins: the total stands above its bar, the year below it


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of the bars."""

    label: str
    values: Mapping[int, float | None]  # by year; None: blank


def bar_chart(title: str, series: Sequence[Series], years: Sequence[int]) -> Markup:
    """Stacked bars, one for each year. A year without any figure has no bar, which is not a bar of 0."""
    totals = {year: _total(series, year) for year in years}
    highest = max((total for total in totals.values() if total), default=1)
    step = (WIDTH - LEFT - RIGHT) / max(len(years), 1)
    bars = Markup("").join(
        _bar(series, year, total, LEFT + place * step, step, highest)
        for place, (year, total) in enumerate(totals.items())
    )
    said = ", ".join(
        f"{year}: {'no figure' if total is None else f'{total:,}'}" for year, total in totals.items()
    )
    return Markup(
        '<svg class="nb-chart" viewBox="0 0 {} {}" role="img" aria-label="{}. {}">{}'
        '<line class="nb-axis" x1="{}" y1="{}" x2="{}" y2="{}"/></svg>'
    ).format(WIDTH, HEIGHT, title, said, bars, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM)


def _total(series: Sequence[Series], year: int) -> float | None:
    values = [value for one in series if (value := one.values.get(year)) is not None]
    return sum(values) if values else None


def _bar(
    series: Sequence[Series], year: int, total: float | None, left: float, step: float, highest: float
) -> Markup:
    width = min(step * 0.7, 42)
    x, middle = left + (step - width) / 2, left + step / 2
    scale = (HEIGHT - TOP - BOTTOM) / highest
    y = float(HEIGHT - BOTTOM)
    parts = []
    for place, one in enumerate(series):
        if value := one.values.get(year):
            height = max(0.0, value * scale)
            y -= height
            parts.append(
                Markup(
                    '<rect class="nb-bar-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{} {}: {:,}</title></rect>'
                ).format(place + 1, x, y, width, height, year, one.label, value)
            )
    if total is not None:
        parts.append(
            Markup('<text class="nb-total" x="{:.1f}" y="{:.1f}">{:,}</text>').format(middle, y - 4, total)
        )
    name = year if step >= 30 else f"’{year % 100:02}"
    parts.append(Markup('<text class="nb-year" x="{:.1f}" y="{}">{}</text>').format(middle, HEIGHT - 7, name))
    return Markup("").join(parts)
