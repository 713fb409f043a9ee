"""Regular expressions of rules: RE2, which takes linear time whatever a pack from elsewhere asks of it."""

from __future__ import annotations

from typing import Any

import re2

#: What one compiled expression may take, in bytes.
_MEMORY = 64 << 20


class PatternError(ValueError):
    """Not a regular expression of RE2, or too large; the message says what is wrong in RE2's words."""


def compile_pattern(text: str) -> Any:
    """The expression, compiled, in any case; PatternError where it is none."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(text, options=options)
    except re2.error as problem:
        reason = problem.args[0] if problem.args else "it can't be read"
        words = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise PatternError(words) from problem
