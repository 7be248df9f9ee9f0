"""Makes the chart fonts from the web fonts of Inter 3.19 (npm package inter-ui 3.19.3).

    python make-fonts.py INTER_UI_FOLDER OUTPUT_FOLDER        (needs fonttools)

Java cannot switch OpenType features on, so tabular figures are made the default: every character whose
glyph has a `tnum` alternative is mapped to that alternative. The fonts are cut down to Latin, Greek, Cyrillic,
figures, arrows and mathematical signs, and get a family name of their own, because a font named "Inter" that is
installed on the machine would have other figures.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Assay Inter"
RANGES = [
    (0x0020, 0x024F), (0x02B0, 0x036F), (0x0370, 0x03FF), (0x0400, 0x045F), (0x1E00, 0x1EFF),
    (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218F),
    (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x25A0, 0x25FF), (0x2600, 0x27BF),
]


def make(source: pathlib.Path, style: str, target: pathlib.Path) -> None:
    font = TTFont(source, recalcTimestamp=False)
    table = font["GSUB"].table
    alternatives: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for sub in table.LookupList.Lookup[index].SubTable:
                    alternatives.update(getattr(getattr(sub, "ExtSubTable", sub), "mapping", {}))
    for sub in font["cmap"].tables:
        for code, glyph in list(sub.cmap.items()):
            if glyph in alternatives:
                sub.cmap[code] = alternatives[glyph]

    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], name_IDs=["*"], hinting=False)
    options.drop_tables += ["DSIG", "meta"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[c for a, b in RANGES for c in range(a, b + 1)])
    cutter.subset(font)

    names = font["name"]
    family = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    for name_id, text in {
        1: family, 2: "Regular", 3: f"{FAMILY} {style} 3.19", 4: f"{FAMILY} {style}",
        6: f"{FAMILY} {style}".replace(" ", "") if style == "Regular" else f"{FAMILY.replace(' ', '')}-{style}",
        16: FAMILY, 17: style,
    }.items():
        names.removeNames(nameID=name_id)
        names.setName(text, name_id, 3, 1, 0x409)
        names.setName(text, name_id, 1, 0, 0)
    font.flavor = None
    font.save(target)


if __name__ == "__main__":
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    for weight in ("Regular", "SemiBold"):
        make(folder / "Inter (web)" / f"Inter-{weight}.woff", weight, output / f"AssayInter-{weight}.ttf")
