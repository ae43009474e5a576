"""Every kind of explanation is explained, and no other.

usage: kinds.py PARCHECK SOURCE_DIR

Compares the kinds that lib/explain gives its hypotheses with those that
`parcheck explain` lists and those that docs/EXPLANATIONS.md describes.
"""

import pathlib
import re
import subprocess
import sys


def given(root):
    text = (root / "lib/explain/hypothesis.c").read_text(encoding="utf-8")
    names = re.search(r"names\[\] = \{(.*?)\};", text, re.DOTALL)[1]
    return re.findall(r'"([a-z-]+)"', names)


def listed(parcheck):
    out = subprocess.run([parcheck, "explain", "--lang", "en"], check=True,
                         capture_output=True, text=True,
                         encoding="utf-8").stdout
    return re.findall(r"^([a-z-]+) \(explanation\)$", out, re.MULTILINE)


def described(root):
    text = (root / "docs/EXPLANATIONS.md").read_text(encoding="utf-8")
    section = text.split("\n## The kinds\n")[1].split("\n## ")[0]
    return re.findall(r"^### ([a-z-]+)$", section, re.MULTILINE)


def main():
    parcheck, root = sys.argv[1], pathlib.Path(sys.argv[2])
    kinds = given(root)
    assert len(kinds) > 10, kinds
    assert listed(parcheck) == kinds, "parcheck explain: " + str(
        set(listed(parcheck)) ^ set(kinds))
    assert sorted(described(root)) == sorted(kinds), "EXPLANATIONS.md: " + str(
        set(described(root)) ^ set(kinds))


if __name__ == "__main__":
    main()
