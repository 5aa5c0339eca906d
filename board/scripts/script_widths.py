#!/usr/bin/env python3
"""Derives how wide the letters are that the board's font does not draw, from the Noto fonts.

Run from the repository's top, in any place with Python 3.10 or newer, only to derive anew. `noto`
and `package` are those of `measure_widths.py`; what that one measures is left out here.

    pip install uharfbuzz
    python3 board/scripts/script_widths.py noto package && cargo fmt -p board

It writes board/src/text_layout/scripts.rs. Letters of the scripts that many people write get widths
of their own, others the mean of their block; marks are as wide as they make what stands before them
in texts of the language, and conjuncts are counted by factors fitted to those texts.
"""

import html
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import uharfbuzz as hb

OUT = Path("board/src/text_layout/scripts.rs")
# Widths are kept in parts of a font size; this many make one.
UNITS = 16
# Neighbours are kept as one run when their widths differ by no more than this from the middle.
FINE, COARSE = 0.1, 0.15
ETHIOPIC = range(0x1200, 0x13A0)
# Fractions of a width are kept in parts of it; this many make a whole.
PARTS = 8
LAST = 0x1FFFF
# Begins a long run.
LONG = 255
# As canvases have it: no kerning, no ligatures that a script could do without.
FEATURES = {"kern": False, "liga": False, "clig": False}
# The beginning of each declaration is measured; what is learnt comes from behind it, in characters.
MEASURED = 2000
ZWJ = "\u200d"
EMOJI = [(0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF)]

# What hardly anybody writes costs more bytes than it is worth: scripts of the past, marks of music.
RARE = [(0x2100, 0x25FF), (0x27C0, 0x2AFF), (0x10000, 0x1D3FF), (0x1D800, 0x1EFFF)]
USUAL = 0.6

# Blocks with a width for every letter: first, last, font, texts, first and last consonant, virama, ra.
SCRIPTS = [
    (0x0530, 0x058F, "SansArmenian", [], None),
    (0x0600, 0x06FF, "SansArabic", [], None),
    (0x0750, 0x077F, "SansArabic", [], None),
    (0x08A0, 0x08FF, "SansArabic", [], None),
    (0x0900, 0x097F, "SansDevanagari", ["hin", "mar", "nep", "san", "bho", "mai", "mag"],
     (0x915, 0x939, 0x94D, 0x930)),
    (0x0980, 0x09FF, "SansBengali", ["ben"], (0x995, 0x9B9, 0x9CD, 0x9B0)),
    (0x0A00, 0x0A7F, "SansGurmukhi", ["pan"], (0xA15, 0xA39, 0xA4D, 0xA30)),
    (0x0A80, 0x0AFF, "SansGujarati", ["guj"], (0xA95, 0xAB9, 0xACD, 0xAB0)),
    (0x0B00, 0x0B7F, "SansOriya", [], (0xB15, 0xB39, 0xB4D, 0xB30)),
    (0x0B80, 0x0BFF, "SansTamil", ["tam", "tam_LK"], (0xB95, 0xBB9, 0xBCD, 0xBB0)),
    (0x0C00, 0x0C7F, "SansTelugu", ["tel"], (0xC15, 0xC39, 0xC4D, 0xC30)),
    (0x0C80, 0x0CFF, "SansKannada", ["kan"], (0xC95, 0xCB9, 0xCCD, 0xCB0)),
    (0x0D00, 0x0D7F, "SansMalayalam", ["mal_chillus", "mal"], (0xD15, 0xD39, 0xD4D, 0xD30)),
    (0x0D80, 0x0DFF, "SansSinhala", ["sin"], (0xD9A, 0xDC6, 0xDCA, 0xDBB)),
    (0x0E00, 0x0E7F, "SansThai", ["tha2"], (0xE01, 0xE2E, None, None)),
    (0x0E80, 0x0EFF, "SansLao", ["lao"], (0xE81, 0xEAE, None, None)),
    (0x0F00, 0x0FFF, "SerifTibetan", ["bod", "dzo"], (0xF40, 0xF6C, None, None)),
    (0x1000, 0x109F, "SansMyanmar", ["mya", "shn", "mnw"], (0x1000, 0x1020, 0x1039, 0x101B)),
    (0x10A0, 0x10FF, "SansGeorgian", [], None),
    (0x1200, 0x139F, "SansEthiopic", [], None),
    (0x1780, 0x17FF, "SansKhmer", ["khm"], (0x1780, 0x17A2, 0x17D2, 0x179A)),
    (0x2D30, 0x2D7F, "SansTifinagh", [], None),
]


class Font:
    def __init__(self, file):
        face = hb.Face(hb.Blob.from_file_path(str(file)))
        self.font, self.upem = hb.Font(face), face.upem
        self.known = {}

    def has(self, code):
        return self.font.get_nominal_glyph(code) is not None

    def shape(self, text):
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self.font, buffer, FEATURES)
        return buffer

    def width(self, text):
        if text not in self.known:
            advances = (place.x_advance for place in self.shape(text).glyph_positions)
            self.known[text] = sum(advances) / self.upem
        return self.known[text]

    def glyphs(self, text):
        return [glyph.codepoint for glyph in self.shape(text).glyph_infos]


def is_mark(code):
    return unicodedata.category(chr(code)) in ("Mn", "Me", "Cf")


def text_of(package, names):
    pages = ((package / "declaration" / f"{name}.html").read_text() for name in names)
    return "".join(html.unescape(re.sub(r"<[^>]+>", " ", page))[MEASURED:] for page in pages)


def letters(font, first, last, text, consonants):
    """The width of every letter of a block, and of every mark by what it adds."""
    before = {}
    for (a, b), count in Counter(zip(text, text[1:])).items():
        if a in consonants:
            before.setdefault(b, []).append((a, count))
    found = {}
    for code in filter(font.has, range(first, last + 1)):
        letter, category = chr(code), unicodedata.category(chr(code))
        if category == "Cf" and code > 0x605:
            found[code] = 0
        elif category[0] == "M" and consonants:
            seen = before.get(letter, []) + [(a, 5 / len(consonants)) for a in consonants]
            adds = sum((font.width(a + letter) - font.width(a)) * count for a, count in seen)
            found[code] = max(0, adds / sum(count for _, count in seen))
        else:
            found[code] = 0 if category in ("Mn", "Me") else font.width(letter)
    return found


def conjunct(font, text, consonants, virama, ra):
    """What two consonants keep of their width when a virama joins them: first, second; first and
    second when they are ra."""
    inside = f"[{consonants[0]}-{consonants[-1]}]"
    pairs = Counter(re.findall(f"(?=({inside}){virama}({ZWJ}?)({inside}))", text))
    joiner = ZWJ if virama == "\u0dca" else ""
    for a in consonants:
        for b in consonants:
            pairs[(a, joiner, b)] += 0.02
    measured = [
        (font.width(a), font.width(b), font.width(a + virama + z + b), a == ra, b == ra, count)
        for (a, z, b), count in pairs.items()
    ]
    steps = [part / PARTS for part in range(PARTS + 2)]
    plain = [m for m in measured if not m[3] and not m[4]]
    error = lambda x, y: sum(n * (x * p + y * q - w) ** 2 for p, q, w, _, _, n in plain)
    first, second = min(((x, y) for x in steps for y in steps), key=lambda pair: error(*pair))
    reph = min(steps, key=lambda x: sum(n * (x * p + q - w) ** 2 for p, q, w, r, _, n in measured if r))
    under = min(steps, key=lambda x: sum(n * (p + x * q - w) ** 2 for p, q, w, r, u, n in measured if u and not r))
    return [round(part * PARTS) for part in (first, second, reph, under)]


def arabic(font):
    """Initial, medial and final width of every letter that joins; 0 where it does not join on."""
    forms = {}
    for code in [*range(0x620, 0x700), *range(0x750, 0x780), *range(0x8A0, 0x8C8)]:
        letter = chr(code)
        if not font.has(code) or unicodedata.category(letter) != "Lo":
            continue
        alone, joiner = font.glyphs(letter), font.glyphs(ZWJ)
        on = font.glyphs(letter + ZWJ) not in (alone + joiner, joiner + alone)
        back = font.glyphs(ZWJ + letter) not in (alone + joiner, joiner + alone)
        if not back:
            continue
        shapes = [letter + ZWJ, ZWJ + letter + ZWJ] if on else []
        wide = [quantised(font.width(shape)) for shape in shapes] or [0, 0]
        forms[code] = (*wide, quantised(font.width(ZWJ + letter)))
    return forms


def quantised(width):
    return max(0, min(LONG - 1, round(width * UNITS)))


def means(noto, widths):
    """Letters of all other blocks by the mean of their block in the first font that has them."""
    files = sorted((noto / "usr/share/fonts/truetype/noto").glob("NotoS*-Regular.ttf"))
    files = [f for f in files if re.match(r"Noto(Sans(?!Display|Mono)|SerifTangut|SerifNyia|SerifAhom|SerifDogra|SerifYezidi|SerifBalinese)", f.name)]
    chinese = Font(noto / "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    chunks, taken = {}, drawn_by_the_board_font()
    for font in [chinese, *map(Font, files)]:
        for code in filter(font.has, range(0x700 if font is chinese else 0x80, LAST + 1)):
            if code in widths or code in taken or is_mark(code):
                continue
            mathematical = 0x1D400 <= code < 0x1D800
            chunk = (code - 0x1D400) // 26 if mathematical else code >> 7
            chunks.setdefault((mathematical, chunk), {}).setdefault(code, font.width(chr(code)))
    for chunk in chunks.values():
        mean = sum(chunk.values()) / len(chunk)
        for code, width in chunk.items():
            # What stands in a square does so exactly.
            widths[code] = width if width in (1, 0.5, 0.92) else mean


def all_widths(noto, package):
    widths, conjuncts, forms = {}, [], {}
    for first, last, name, names, rule in SCRIPTS:
        font = Font(noto / f"usr/share/fonts/truetype/noto/Noto{name}-Regular.ttf")
        text = text_of(package, names)
        within = range(rule[0], rule[1] + 1) if rule else []
        consonants = [chr(code) for code in within if font.has(code)]
        widths |= letters(font, first, last, text, consonants)
        if rule and rule[2]:
            parts = conjunct(font, text, consonants, chr(rule[2]), chr(rule[3]))
            conjuncts.append((*rule, *parts))
        if name == "SansArabic" and not forms:
            forms = arabic(font)
            alefs = [font.width(f"ل{alef}") - font.width(f"ل{ZWJ}") for alef in "آأإا"]
            lam_alef = quantised(sum(alefs) / len(alefs))
    means(noto, widths)
    for code in range(0x80, LAST + 1):
        if is_mark(code) and not 0x600 <= code <= 0x605 and code not in widths:
            widths[code] = 0
        if any(first <= code <= last for first, last in RARE):
            widths[code] = USUAL
        if any(first <= code <= last for first, last in EMOJI):
            widths[code] = 1.25
        if 0x1F1E6 <= code <= 0x1F1FF:
            widths[code] = 0.625
        if 0x1F3FB <= code <= 0x1F3FF or 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:
            widths[code] = 0
    return widths, conjuncts, forms, lam_alef


def drawn_by_the_board_font():
    rows = re.findall(r"\((0x[0-9a-f]+), (\d+), \d+\),", (OUT.parent / "table.rs").read_text())
    return {code for first, count in rows for code in range(int(first, 16), int(first, 16) + int(count))}


def width_runs(widths):
    """Runs of letters that are nearly as wide as one another: how many, and their common width."""
    taken, found = drawn_by_the_board_font(), []
    count, low, high = 0, None, None
    for code in range(LAST + 1):
        width = None if code in taken else widths.get(code)
        # Codes without a width go with what stands before them.
        if width is not None and low is not None:
            least, most = min(low, width), max(high, width)
            coarse = COARSE if code in ETHIOPIC else FINE
            if (least == 0) == (most == 0) and most - least <= coarse * (most + least):
                low, high = least, most
            else:
                found.append((count, quantised((low + high) / 2)))
                count, low, high = 0, width, width
        elif width is not None:
            low = high = width
        count += 1
    return [*found, (count, quantised((low + high) / 2))]


def class_runs():
    found = []
    for code in range(LAST + 1):
        now = direction(code)
        if found and now in (None, found[-1][1]):
            found[-1][0] += 1
        else:
            found.append([1, now or 0])
    return found


def coded(runs):
    """Short runs letter by letter; longer ones as LONG, length with seven bits to a byte, value."""
    out = []
    for length, value in runs:
        if length < 4:
            out += [value] * length
            continue
        out.append(LONG)
        while length > 127:
            out.append(length % 128 | 128)
            length //= 128
        out += [length, value]
    return out


# As `Class` in bidi.rs.
CLASSES = ["L", "R", "AL", "EN", "AN", "ES", "ET", "CS", "WS", "ON"]


def direction(code):
    character = chr(code)
    category = unicodedata.category(character)
    if code in (0x200E, 0x200F, 0x61C):
        return CLASSES.index(unicodedata.bidirectional(character))
    # What has no width goes with what stands before it, and is not asked.
    if category in ("Mn", "Me", "Cf", "Cn", "Co", "Cs"):
        return 1 if 0x10800 <= code < 0x11000 else None
    name = unicodedata.bidirectional(character)
    return CLASSES.index({"B": "WS", "S": "WS", "BN": "WS"}.get(name, name))


def array(name, note, kind, rows):
    body = "\n".join("    " + " ".join(f"{v}," for v in rows[i : i + 24]) for i in range(0, len(rows), 24))
    return f"/// {note}\n#[rustfmt::skip]\npub(super) const {name}: [{kind}; {len(rows)}] = [\n{body}\n];\n"


def write(widths, conjuncts, forms, lam_alef):
    shapes = [(0, 0, 0), *sorted(set(forms.values()))]
    first, last = min(forms), max(forms)
    index = [shapes.index(forms.get(code, (0, 0, 0))) for code in range(first, last + 1)]
    wide, ways = coded(width_runs(widths)), coded(class_runs())
    rows = "".join(
        f"    Conjunct {{ consonants: (0x{a:x}, 0x{b:x}), virama: 0x{v:x}, ra: 0x{r:x}, first: {f}, second: {s}, ra_first: {rf}, ra_second: {rs} }},\n"
        for a, b, v, r, f, s, rf, rs in conjuncts
    )
    OUT.write_text(
        "//! How wide letters are that the board's font does not draw, and which way they run.\n//!\n"
        "//! Generated by `board/scripts/script_widths.py` from the Noto fonts and the Unicode character\n"
        f"//! database {unicodedata.unidata_version}; not to be edited.\n\n"
        "use super::advances::Conjunct;\n\n"
        "/// Parts of a font size that the widths here count in.\n"
        f"pub(super) const UNITS: f64 = {UNITS}.0;\n"
        "/// Parts of a width that the factors here count in.\n"
        f"pub(super) const PARTS: f64 = {PARTS}.0;\n\n"
        + array("WIDTHS", "Widths from character 0 on, as `runs.rs` reads them.", "u8", wide)
        + "\n"
        + array("CLASSES", "Bidirectional classes in the same way.", "u8", ways)
        + f"\n/// The first letter of [`FORM_OF`].\npub(super) const FIRST_FORM: u32 = 0x{first:x};\n"
        + array("FORM_OF", "Which of [`FORMS`] a letter has; 0 is for what does not join.", "u8", index)
        + f"\n/// Initial, medial and final widths; 0 where a letter does not join the next.\npub(super) const FORMS: [[u8; 3]; {len(shapes)}] = [\n"
        + "".join(f"    [{a}, {b}, {c}],\n" for a, b, c in shapes)
        + f"];\n/// What an alef adds to a lam.\npub(super) const LAM_ALEF: u8 = {lam_alef};\n\n"
        + "/// How consonants are joined, script by script.\n#[rustfmt::skip]\n"
        + f"pub(super) const CONJUNCTS: [Conjunct; {len(conjuncts)}] = [\n{rows}];\n"
    )
    print(f"{len(forms)} letters join in {len(shapes)} ways; {len(wide)} and {len(ways)} bytes")


def main():
    write(*all_widths(Path(sys.argv[1]), Path(sys.argv[2])))


main()
