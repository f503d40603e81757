"""The lake at scale: nightly commits, bulk load and questions, as ratios taken in one run; `make bench-lake`."""
