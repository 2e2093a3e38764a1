"""``make bench``: every benchmark once, printed as a table and written as ``benchmarks.json``."""

from __future__ import annotations

import json
from pathlib import Path

import tests.quiet  # noqa: F401  # before the pages
from tests.benchmarks import (
    bench_cache,
    bench_edit,
    bench_figures,
    bench_merges,
    bench_ngram,
    bench_open,
    bench_recipe,
    bench_scrub,
    bench_training,
    bench_vectors,
    bench_web,
)
from tests.benchmarks.rows import printed

BENCHMARKS = (
    bench_cache,
    bench_edit,
    bench_figures,
    bench_merges,
    bench_ngram,
    bench_open,
    bench_recipe,
    bench_scrub,
    bench_training,
    bench_vectors,
    bench_web,
)
RESULT = Path(__file__).parents[2] / "benchmarks.json"


def main() -> None:
    rows = printed(row for benchmark in BENCHMARKS for row in benchmark.rows())
    RESULT.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    print(f"written to {RESULT.name}")


if __name__ == "__main__":
    main()
