"""YAML and TOML front matter: only its title and its summary are prose."""

from __future__ import annotations

import re
import tomllib

import yaml

from blamelint.markup.prose import Fragment, Prose, Text, lines_of

_FENCES = {"---": re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*\r?$"), "+++": re.compile(r"(?m)^\+\+\+[ \t]*\r?$")}
_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)")
_PROSE_KEYS = frozenset(("title", "summary", "description"))
_TOML = re.compile(
    r"""(?m)^[ \t]*"?(?:title|summary|description)"?[ \t]*=[ \t]*("{3}|'{3}|"|')""",
)
_LOOSE = re.compile(r"[A-Za-z_][\w -]*:(?:\s|\Z)|[ \t#-]|\Z")
_LOOSE_KEY = re.compile(r"\s*[A-Za-z_][\w -]*:\s")
_LOOSE_TITLE = re.compile(r"(?m)^(?:title|summary|description):[ \t]+(?P<value>\S.*?)[ \t]*$")
_LARGEST = 65536


def read_front_matter(source: str, start: int) -> tuple[int, list[Text]]:
    """The offset behind the front matter at `start` and its prose; `start` where there is none that can be read."""
    opening = _OPENING.match(source, start)
    if opening is None:
        return start, []
    # Only a window is searched, so that a long document without a closing fence costs nothing.
    window = source[opening.end() : opening.end() + _LARGEST].replace("\r\n", " \n").replace("\r", "\n")
    closing = _FENCES[opening[1]].search(window)
    if closing is None:
        return start, []
    inner, base = window[: closing.start()], opening.end()
    try:
        spans = _yaml_spans(inner) if opening[1] == "---" else _toml_spans(inner)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        # Many generators read "title: Outage: part two", which is no YAML, line by line.
        loose = _LOOSE_KEY.match(inner) and all(_LOOSE.match(line) for line in inner.splitlines())
        if opening[1] == "+++" or not loose:
            return start, []
        spans = [match.span("value") for match in _LOOSE_TITLE.finditer(inner)]
    texts = [_scalar(source, base + low, base + high) for low, high in spans]
    end = base + closing.end()
    end += len(re.match(r"(?:\r\n|\n|\r)?", source[end : end + 2])[0])  # type: ignore[index]
    return end, [text for text in texts if text is not None]


def _yaml_spans(text: str) -> list[tuple[int, int]]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("front matter is a mapping")
    return [
        (value.start_mark.index, value.end_mark.index)
        for key, value in root.value
        if isinstance(key, yaml.ScalarNode) and key.value.lower() in _PROSE_KEYS and isinstance(value, yaml.ScalarNode)
    ]


def _toml_spans(text: str) -> list[tuple[int, int]]:
    tomllib.loads(text)
    table = re.search(r"(?m)^[ \t]*\[", text)
    spans: list[tuple[int, int]] = []
    for match in _TOML.finditer(text, 0, table.start() if table else len(text)):
        end = text.find(match[1], match.end())
        while end > 0 and match[1] == '"' and text[end - 1] == "\\":
            end = text.find(match[1], end + 1)
        if end > 0:
            spans.append((match.start(1), end + len(match[1])))
    return spans


def _scalar(source: str, start: int, end: int) -> Text | None:
    """A quoted, plain or block scalar, its lines joined by blanks."""
    raw = source[start:end]
    escapes = raw.startswith('"')
    header = re.match(r"[|>][^\n\r]*", raw)
    quotes = re.match(r"\"\"\"|'''|\"|'", raw)
    if header:
        start += header.end()
    elif quotes and raw.endswith(quotes[0]) and len(raw) >= 2 * len(quotes[0]):
        start, end = start + len(quotes[0]), end - len(quotes[0])
    lines = [(low + len(line) - len(line.lstrip()), low + len(line.rstrip()))
             for low, high in lines_of(source, start, end) if (line := source[low:high]).strip()]  # fmt: skip
    fragment = Fragment(source, lines)
    prose = Prose()
    pattern = (
        r"\n|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.|''|[^\n\\']+|."
        if escapes or (quotes and quotes[0] == "'")
        else r"\n|[^\n]+"
    )
    for match in re.finditer(pattern, fragment.text):
        low, high = fragment.at(match.start()), fragment.at(match.end())
        if match[0] == "\n":
            prose.soft(low, high)
        elif escapes and len(match[0]) > 2 and match[0][:2] in ("\\x", "\\u"):
            prose.put(chr(int(match[0][2:], 16)), low, high)
        elif escapes and match[0].startswith("\\") and len(match[0]) == 2:
            prose.put({"n": "\n", "t": "\t"}.get(match[0][1], match[0][1]), low, high)
        elif not escapes and match[0] == "''":
            prose.put("'", low, high)
        else:
            prose.copy(match[0], low)
    return prose.finish()
