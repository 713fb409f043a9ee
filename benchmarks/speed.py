"""How much time the linter takes beside bare spaCy on the same prose: `python benchmarks/speed.py [FILES]`.

Both run in this process, in turns, and the best of several rounds counts, so that the ratio says something on any
machine while the seconds only say something about this one. Without files, the examples are linted.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from blamelint import Config, Linter
from blamelint.config import People
from blamelint.files import read
from blamelint.markup import format_of, read_blocks

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.md"))


def timed(work: Callable[[], object]) -> float:
    """The seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Prints one line of figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, default=EXAMPLES)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sources = [(str(path), read(path, 10_000_000)) for path in options.files]
    prose = [[block.text for block in read_blocks(text, format_of(path))] for path, text in sources]
    words = sum(len(text.split()) for texts in prose for text in texts)

    linter = Linter(Config(people=People(git=False, codeowners=False, mailmap=False)))
    start = timed(lambda: linter.lint_text("The disk was full.", format="markdown"))
    nlp = linter._model.nlp  # the same pipeline, so that both read the same weights

    def lint() -> None:
        for path, text in sources:
            linter.lint_text(text, path=path)

    def bare() -> None:
        for texts in prose:
            for _ in nlp.pipe(texts, batch_size=64):
                pass

    bare()  # the first time costs more than any other
    rounds = [(timed(lint), timed(bare)) for _ in range(options.rounds)]
    ours, theirs = min(pair[0] for pair in rounds), min(pair[1] for pair in rounds)
    print(f"{len(sources)} documents, {words} words; first text after {start:.1f} s (model, rules, names)")
    print(
        f"blamelint {ours:.3f} s = {words / ours:,.0f} words/s; spaCy alone {theirs:.3f} s; ratio {ours / theirs:.2f}"
    )


if __name__ == "__main__":
    main()
