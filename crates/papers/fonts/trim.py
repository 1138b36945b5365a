"""Makes the two faces that papers embeds out of Inter's OpenType files.

    pip install fonttools && python trim.py Inter-Regular.otf Inter-SemiBold.otf

Keeps Latin, Greek, Cyrillic and the signs a clinic prints; turns the cubic outlines into TrueType ones; makes the
figures of equal width the ordinary ones, so that columns of amounts line up without any shaping.
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

KEPT = [
    (0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2FF), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF),
    (0x2000, 0x206F), (0x2070, 0x209C), (0x20A0, 0x20C0), (0x2100, 0x214F), (0x2190, 0x2199), (0x2212, 0x2215),
    (0x2248, 0x2265), (0x2713, 0x2717), (0xFFFD, 0xFFFD),
]  # fmt: skip


def equal_width_figures(font):
    swaps = {}
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for subtable in font["GSUB"].table.LookupList.Lookup[index].SubTable:
                    swaps.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    # Two encodings may share one mapping, so each is read from the best one and not from itself.
    best = dict(font.getBestCmap())
    for table in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if code in table.cmap:
                table.cmap[code] = swaps[best[code]]
    # In one weight the 4 is a hair narrower than the rest.
    figures = [swaps[best[code]] for code in range(ord("0"), ord("9") + 1)]
    widest = max(font["hmtx"][name][0] for name in figures)
    for name in figures:
        font["hmtx"][name] = (widest, font["hmtx"][name][1])


def to_truetype(font):
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 2000, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for field in (
        "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements "
        "maxSizeOfInstructions maxComponentElements maxPoints maxContours maxCompositePoints "
        "maxCompositeContours maxComponentDepth"
    ).split():
        setattr(font["maxp"], field, 0)
    font["maxp"].maxZones = 1
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\000\001\000\000"


for source in map(Path, sys.argv[1:]):
    font = TTFont(source, recalcTimestamp=False)
    equal_width_figures(font)
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14])
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    trimmer = Subsetter(options)
    trimmer.populate(unicodes=[code for first, last in KEPT for code in range(first, last + 1)])
    trimmer.subset(font)
    to_truetype(font)
    font.save(source.with_suffix(".ttf").name)
