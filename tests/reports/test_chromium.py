#!/usr/bin/env python3
"""The page in a real browser: nothing runs, the style is let in, it fits.

usage: test_chromium.py --parcheck PATH --root DIR

Needs Chromium; without it nothing is tested here, and that is said. What the
page is made of is tested without it, too (test_hostile.py).

Each hostile page is opened twice: as it is, and without its policy, so that
the escaping has to hold alone. What is in the payloads would leave a mark in
the page if it ran; a page that does run shows that such a mark is seen.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import hostile
import test_formats

WIDTHS = [390, 1280]
MARK = 'data-ran="1"'
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
# Asks the page in a frame of a given width how wide it really is.
FRAME = """<!DOCTYPE html><html><body>
<iframe id="f" src="%s" style="width:%dpx;height:800px;border:0"></iframe>
<script>
window.onload = function () {
    var page = document.getElementById("f").contentDocument;
    var root = page.documentElement;
    var skip = page.querySelector(".skip");
    document.body.setAttribute("data-width", root.scrollWidth);
    document.body.setAttribute("data-room", root.clientWidth);
    document.body.setAttribute("data-style",
        page.defaultView.getComputedStyle(skip).position);
};
</script></body></html>
"""


def browser():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    return None


def open_page(program, path, scratch, more=()):
    """The page's tree after all has run, and what the browser complained
    of."""
    profile = tempfile.mkdtemp(dir=scratch)
    done = subprocess.run(
        [program, "--headless", "--no-sandbox", "--disable-gpu",
         "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--user-data-dir=" + profile,
         "--enable-logging=stderr", "--dump-dom", *more,
         Path(path).as_uri()],
        capture_output=True, timeout=120)
    return (done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"))


class Test:
    def __init__(self, options, scratch):
        self.tool = test_formats.Tool(options)
        self.scratch = scratch
        self.program = browser()
        self.count = 0
        self.wrong = []

    def expect(self, condition, what):
        self.count += 1
        if not condition:
            self.wrong.append(what)
            print("FAIL " + what)

    def page(self, name, arguments):
        """A page of this submission."""
        _, out = self.tool.run(self.scratch, [
            "check", "--format", "html", "--lang", "vi"] + arguments)
        path = os.path.join(self.scratch, name + ".html")
        Path(path).write_text(out, encoding="utf-8")
        return path

    def control(self):
        """A mark that is left is seen, and the policy stops a script."""
        path = self.page("control", [
            str(self.tool.root / "tests/data/hoa-an-2023-q1.csv")])
        text = Path(path).read_text("utf-8")
        script = "<script>%s</script></body>" % hostile.RAN
        for name, page, runs in (
                ("stopped", text.replace("</body>", script), False),
                ("runs", POLICY.sub("", text.replace("</body>", script)),
                 True)):
            other = Path(self.scratch, name + ".html")
            other.write_text(page, encoding="utf-8")
            dom, _ = open_page(self.program, other, self.scratch)
            self.expect((MARK in dom) == runs,
                        "a script in the page %s" % name)

    def hostile_pages(self):
        schemas = str(self.tool.root / "tests/cases/schemas")
        for name, payload in hostile.PAYLOADS.items():
            arguments = ["--schema", schemas, "--encoding", "UTF-8"]
            file = os.path.join(self.scratch, name + ".csv")
            Path(file).write_bytes(hostile.form(payload))
            path = self.page(name, arguments + [file])
            bare = Path(self.scratch, name + "-bare.html")
            text = Path(path).read_text("utf-8")
            bare.write_text(POLICY.sub("", text, count=1), encoding="utf-8")
            self.expect(bare.read_text("utf-8") != text,
                        "%s: there is no policy to take away" % name)
            dom, log = open_page(self.program, bare, self.scratch)
            self.expect("<article" in dom, "%s: no page" % name)
            self.expect(MARK not in dom, "%s: it ran" % name)
            self.expect("example.invalid" not in log,
                        "%s: it went elsewhere" % name)

    def real_pages(self):
        data = self.tool.root / "tests/data"
        for names in (["hoa-an-2023-q1.csv", "hoa-an-2023-q1-dossiers.csv"],
                      ["kong-chro-2022-h1.csv"], ["dak-po-2015-2020.csv"]):
            path = self.page(names[0], [str(data / name) for name in names])
            dom, log = open_page(self.program, path, self.scratch)
            self.expect("<article" in dom, "%s: no page" % names[0])
            self.expect("Content Security Policy" not in log,
                        "%s: the policy forbids what the page needs: %s" % (
                            names[0], log[-300:]))
            for width in WIDTHS:
                self.fits(path, width)

    def fits(self, path, width):
        frame = Path(self.scratch, "frame.html")
        frame.write_text(FRAME % (Path(path).as_uri(), width),
                         encoding="utf-8")
        dom, _ = open_page(self.program, frame, self.scratch,
                           ["--allow-file-access-from-files"])
        got = dict(re.findall(r'data-(width|room|style)="([^"]*)"', dom))
        self.expect(got.get("style") == "absolute",
                    "%s: the style sheet does not count: %s" % (path, got))
        self.expect(got.get("width") == got.get("room") and
                    int(got.get("room", 0)) > width - 20,
                    "%s at %d pixels: %s" % (path, width, got))


def main():
    parser = argparse.ArgumentParser(description="The page in a browser.")
    parser.add_argument("--parcheck", required=True)
    parser.add_argument("--root", required=True)
    options = parser.parse_args()
    if browser() is None:
        print("chromium: NOT RUN, there is no Chromium here "
              "(apt-get install chromium)")
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        test = Test(options, scratch)
        test.control()
        test.real_pages()
        test.hostile_pages()
    print("%d passed, %d failed" % (test.count - len(test.wrong),
                                    len(test.wrong)))
    return 1 if test.wrong or test.count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
