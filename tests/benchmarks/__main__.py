"""``make bench``: every benchmark once, printed as a table and written as ``benchmarks.json``."""

from __future__ import annotations

import json
from pathlib import Path

import tests.quiet  # noqa: F401  # before the pages
from tests.benchmarks import bench_edit, bench_figures, bench_ngram, bench_training, bench_web
from tests.benchmarks.rows import Row

BENCHMARKS = (bench_edit, bench_figures, bench_ngram, bench_training, bench_web)
RESULT = Path(__file__).parents[2] / "benchmarks.json"


def main() -> None:
    print(f"{'name':36} {'ours':>12} {'peer':>12} {'ratio':>8}  unit")
    rows: list[Row] = []
    for benchmark in BENCHMARKS:
        for row in benchmark.rows():
            rows.append(row)
            ours, peer = _short(row["ours"]), _short(row["peer"])
            print(
                f"{row['name']:36} {ours:>12} {peer:>12} {_short(row['ratio']):>8}  {row['unit']}"
            )
    RESULT.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    print(f"written to {RESULT.name}")


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}"


if __name__ == "__main__":
    main()
