#!/usr/bin/env python3
"""Whatever is to be read on the page can be read: WCAG 2 contrast of colours.

usage: test_contrast.py --parcheck PATH --root DIR

The colours are those of a page that was written, in the light, in the dark
and on paper. Text has 4.5 to 1 on every ground it stands on, and what bounds
a marked cell or shows the focus has 3 to 1 on what is around it. A colour of
the style sheet that no pair names fails the test, so a new one is noticed.
"""

import argparse
import decimal
import re
import subprocess
import sys
from decimal import Decimal

TEXT = Decimal("4.5")
EDGE = Decimal(3)
# What is written in a colour, and the grounds on which it is.
TEXTS = {
    "ink": "bg card head eb wb nb ob",
    "dim": "bg card head eb wb nb ob",
    "link": "bg card",
    "e": "eb card ob wb nb",  # a proposal stands in cells marked otherwise
    "w": "wb card ob",
    "n": "nb card ob",
}
EDGES = {
    "e": "card bg eb",
    "w": "card bg wb",
    "n": "card bg nb",
    "link": "bg card head eb wb nb ob",
    "dim": "card head",
}
# The rules between cells that hold nothing by themselves.
FREE = {"line"}
MODES = {
    "light": ":root{color-scheme:light dark;",
    "dark": "@media (prefers-color-scheme:dark){:root{",
    "print": "@media print{:root{",
}


def colours(style, start):
    block = style[style.index(start) + len(start):]
    block = block[:block.index("}")]
    return dict(re.findall(r"--([a-z]+):(#[0-9a-f]+)", block))


def linear(pair):
    share = Decimal(int(pair, 16)) / 255
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")


def luminance(colour):
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(c + c for c in digits)
    red, green, blue = (linear(digits[i:i + 2]) for i in (0, 2, 4))
    return (Decimal("0.2126") * red + Decimal("0.7152") * green +
            Decimal("0.0722") * blue)


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + Decimal("0.05")) / (dark + Decimal("0.05"))


class Test:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def expect(self, condition, what):
        self.count += 1
        if not condition:
            self.failed += 1
            print("FAIL " + what)

    def pairs(self, mode, of, pairs, least):
        for front, grounds in pairs.items():
            for ground in grounds.split():
                got = contrast(of[front], of[ground])
                self.expect(got >= least, "%s: %s %s on %s %s is %.2f, not "
                            "%s" % (mode, front, of[front], ground,
                                    of[ground], got, least))

    def every_colour_is_named(self, style, known):
        named = set(TEXTS) | set(EDGES) | FREE
        for grounds in list(TEXTS.values()) + list(EDGES.values()):
            named |= set(grounds.split())
        for name in sorted(known | set(re.findall(r"var\(--([a-z]+)\)",
                                                  style))):
            self.expect(name in named, "no pair has --%s" % name)
        rest = re.sub(r"--[a-z]+:#[0-9a-f]+", "", style)
        self.expect(not re.search(r":[^;{}]*#[0-9a-f]{3}", rest),
                    "a colour stands outside the table of colours")


def self_test(test):
    test.expect(contrast("#000", "#fff") == 21, "black on white is not 21")
    test.expect(contrast("#fff", "#fff") == 1, "white on white is not 1")
    # The known neighbours of 4.5 on white.
    test.expect(contrast("#767676", "#fff") >= TEXT, "#767676 on white")
    test.expect(contrast("#777777", "#fff") < TEXT, "#777777 on white")


def page_style(options):
    done = subprocess.run(
        [options.parcheck, "check", "--format", "html",
         options.root + "/tests/data/kong-chro-2022-h1.csv"],
        stdout=subprocess.PIPE, check=False)
    page = done.stdout.decode("utf-8")
    return page[page.index("<style>") + 7:page.index("</style>")]


def main():
    parser = argparse.ArgumentParser(description="The contrast of colours.")
    parser.add_argument("--parcheck", required=True)
    parser.add_argument("--root", required=True)
    style = page_style(parser.parse_args())
    decimal.getcontext().prec = 40
    test = Test()
    self_test(test)
    light = colours(style, MODES["light"])
    for mode, start in MODES.items():
        of = {**light, **colours(style, start)}
        test.pairs(mode, of, TEXTS, TEXT)
        test.pairs(mode, of, EDGES, EDGE)
    test.every_colour_is_named(style, set(light))
    print("%d passed, %d failed" % (test.count - test.failed, test.failed))
    return 1 if test.failed else 0


if __name__ == "__main__":
    sys.exit(main())
