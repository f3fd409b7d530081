"""The side-by-side runs: `python -m benchmarks.run`."""
