"""Whether sealed editions are still what was sealed. Pure, and shipped to readers as one file, ``verify.py``."""

from __future__ import annotations

from generator.verifying.checking import may_leave, present, redacted, summary, verify, versions
from generator.verifying.findings import Finding
from generator.verifying.packing import archive, program

__all__ = ["Finding", "archive", "may_leave", "present", "program", "redacted", "summary", "verify", "versions"]
