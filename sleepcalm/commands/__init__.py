"""The subcommands of `sleepcalm`, one module each: `add_parser` and `run`."""
