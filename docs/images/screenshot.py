"""Draws docs/images/check.png from what `blamelint check` really prints: needs Chromium, for the README only.

python docs/images/screenshot.py
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).resolve().parent
COMMAND = "blamelint check examples/postmortem.md --select BL404,BL421,BL202,BL512"

THEME = TerminalTheme(
    (24, 27, 33),
    (214, 219, 227),
    [(24, 27, 33), (240, 113, 120), (145, 200, 120), (235, 190, 100), (110, 165, 245), (190, 150, 240), (95, 195, 205),
     (214, 219, 227)],
    [(92, 99, 112), (255, 135, 140), (165, 220, 140), (250, 210, 125), (135, 185, 255), (210, 175, 255),
     (120, 215, 225), (255, 255, 255)],
)  # fmt: skip

PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: transparent; font: 15px/1.38 "DejaVu Sans Mono", monospace; }}
.window {{ width: max-content; background: #181b21; border-radius: 9px; overflow: hidden; }}
.bar {{ background: #272b33; padding: 10px 14px; display: flex; gap: 8px; }}
.bar i {{ width: 12px; height: 12px; border-radius: 50%; background: #4a505c; }}
pre {{ margin: 0; padding: 14px 20px 18px; color: #d6dbe3; font: inherit; }}
b.prompt {{ color: #91c878; }}
</style><div class="window"><div class="bar"><i></i><i></i><i></i></div>
<pre><b class="prompt">$</b> {command}\n{output}</pre></div>"""


def main() -> None:
    """Runs the command and has the browser draw what it prints."""
    run = [sys.executable, "-m", *COMMAND.split(), "--isolated", "--color", "always"]
    text = subprocess.run(run, cwd=HERE.parents[1], capture_output=True, text=True, check=False).stdout.rstrip()
    console = Console(record=True, width=104, force_terminal=True, file=io.StringIO())
    console.print(Text.from_ansi(text), end="")
    html = console.export_html(theme=THEME, code_format="{code}", inline_styles=True)
    lines = text.count("\n") + 2
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(PAGE.format(command=COMMAND, output=html), encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
             "--force-device-scale-factor=1.5", "--default-background-color=00000000", f"--user-data-dir={folder}/user",
             f"--window-size=944,{round(lines * 20.7) + 88}", f"--screenshot={HERE / 'check.png'}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
