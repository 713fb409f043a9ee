"""`blamelint calibrate`: a profile from a team's good postmortems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blamelint.cli.options import config_options, configs_for
from blamelint.cli.output import write

if TYPE_CHECKING:
    from blamelint.calibration import Calibration
    from blamelint.config import Config

FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command("calibrate", short_help="Learn a profile from good postmortems.")
@click.argument("good", metavar="GOOD_FOLDER", type=FOLDER)
@click.option("--bad", type=FOLDER, help="Postmortems with blame in them: what finds it there stays on.")
@click.option(
    "--share", type=click.FloatRange(0, 0.5, min_open=True), default=0.01, show_default=True,
    help="The share of sentences like those in GOOD_FOLDER that may be flagged.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where the profile goes.")
@config_options
def command(
    good: Path, bad: Path | None, share: float, out: Path | None, config_file: Path | None, isolated: bool
) -> int:
    """Read a team's published good postmortems and write a small profile that `check` uses.

    It holds the people, systems and roles that turn up there, the rules that are noisy on such text, and how sure the
    classifier must be. Review it, commit it, and say `profile: .blamelint-profile.yaml` in the configuration.
    """
    from blamelint.calibration import calibrate
    from blamelint.profile import FILE, write_profile

    config = configs_for(config_file, isolated).of(good)
    made = calibrate(config, list(_sources(good, config)), list(_sources(bad, config)) if bad else [], share)
    path = out or Path(FILE)
    write_profile(made.profile, path)
    write("".join(f"{line}\n" for line in _told(made, path)))
    return 0


def _sources(folder: Path, config: Config) -> Iterator[tuple[str, str]]:
    from blamelint.files import read

    for path in sorted(folder.rglob("*")):
        if path.is_file() and config.matches(config.include, path, anywhere=True):
            yield str(path), read(path, config.max_file_size)


def _told(made: Calibration, path: Path) -> Iterator[str]:
    profile = made.profile
    yield f"{profile.documents} documents; the bar was chosen on {profile.sentences} sentences of half of them."
    yield f"Flagged in the good ones: before {made.before}, after {made.after}."
    if made.bad_before is not None:
        yield f"Flagged in the bad ones: before {made.bad_before}, after {made.bad_after}."
    for code, count in made.switched_off:
        yield f"Made a hint: {code}, which warned of {count} sentences of the good ones (`blamelint rule {code}`)."
    bar = "never warns" if profile.bar > 1 else f"warns of nothing below a probability of {profile.bar:.2f}"
    yield f"The classifier {bar if profile.bar >= 0.5 else 'keeps its own bars, which are high enough'}."
    yield f"Learned: {len(profile.people)} people, {len(profile.systems)} systems, {len(profile.roles)} roles."
    most = f"{profile.share:.1%}"
    if made.reached:
        yield f"If new sentences are like those measured on, at most {most} of them will be flagged, on average."
    else:
        yield f"{most} can't be promised: the rules alone flag more, or there are too few sentences to tell."
    yield f"Written to {path}. Review it, then add `profile: {path}` to the configuration."
