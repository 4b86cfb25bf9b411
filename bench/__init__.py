"""Speed and cost, measured in one run: `python -m bench`. docs/benchmarks.md says what each figure means."""
