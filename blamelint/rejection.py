"""Sentences that turn blame down: they hold its words and none of its meaning (rule 21 of the annotation guide)."""

from __future__ import annotations

from blamelint.pattern import compile_pattern

_REJECTS = compile_pattern(
    r"\b(?:(?:been |were |are |is |was )?tempted to (?:file|call|blame|put|say|write|stop)|(?:none of )?this is "
    r"(?:not |n't )?to say|not to say|to say (?:that|so) [^.]{1,120} (?:is|would be|"
    r"misses)|it (?:is|would be) (?:easy|tempting|wrong|unfair|"
    r"unjust|a mistake) to (?:say|blame|call|claim|conclude|write|think)|(?:rather|instead) (?:than|of) (?:to "
    r")?(?:blam|fault|ask who|point)\w*|"
    r"(?:no one|nobody|nothing here|none of them|no individual|no person) (?:is|was|are|were) (?:to blame|at "
    r"fault|responsible)|not (?:your|their|his|her|"
    r"anyone.s|anybody.s|somebody.s|the \w+.s) (?:fault|mistake)|do(?:es)? not (?:blame|fault|accept the "
    r"(?:suggestion|claim))|without (?:blame|blaming)|"
    r"blameless|reject\w* the (?:suggestion|idea|claim|wording|label)|is never a (?:root )?cause|is not a "
    r"(?:root )?cause|is no (?:remedy|cause|explanation)|"
    r"(?:asking|telling|reminding|urging|training|retraining) [^.]{1,100} (?:would|will|does) not "
    r"(?:have )?help(?:ed)?)\b",
)

#: What a rejection is no excuse for: a name is a name.
STILL = frozenset({"named", "hero"})


def rejects_blame(text: str) -> bool:
    """Whether a sentence rejects blame; rules of the categories in STILL look at it all the same."""
    return _REJECTS.search(text) is not None
