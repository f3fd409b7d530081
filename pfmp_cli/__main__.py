"""`python -m pfmp_cli`, and the `pfmp` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    from pfmp_cli.cli import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
