"""`python -m pfmp_cli`, and the `pfmp` command."""

import gc
import os
import sys


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    gc.set_threshold(20_000)  # a school makes many objects and drops few
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it is closed: nobody reads it, and the work goes on
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    from pfmp_cli.cli import run
    from pfmp_cli.output.interrupts import end_in_order

    with end_in_order() as caught:
        code = run()
    raise SystemExit(128 + caught[0] if caught else code)


if __name__ == "__main__":
    main()
