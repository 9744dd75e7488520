"""``python -m generator``: the same as ``gongshi``."""

from generator.cli import main

main()
