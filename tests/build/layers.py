"""The C files keep to the layers, and use no function they must not use.

usage: layers.py SOURCE_DIR
       layers.py --self-test

Proves, with comments and strings taken out:
  - an #include "..." of lib/ points to the same layer or to one below it;
  - csv.h is included in lib/csv only, utf8proc.h and iconv.h in lib/text only;
  - cli/ and examples/ see parcheck/parcheck.h, and nothing else of ours but
    the headers beside them;
  - names of BANNED do not occur where they are banned.
"""

import pathlib
import re
import sys
import tempfile

# From the bottom up, as in CMakeLists.txt.
LAYERS = ["base", "finding", "text", "csv", "value", "rewrite", "schema",
          "submission", "rule", "sample", "explain", "archive", "report",
          "api"]

# Written by CMake into the build folder, and the layer each belongs to.
GENERATED = {"version.h": "base"}

# The one layer that may include a library's header.
OWNERS = {"csv.h": "csv", "utf8proc.h": "text", "iconv.h": "text"}

PUBLIC = "parcheck/parcheck.h"

# Numbers are read by lib/value alone; strings have a length.
BANNED_EVERYWHERE = set("""
    strtod strtof strtold atof atoi atol atoll sscanf
    strtol strtoll strtoul strtoull strtoimax strtoumax
    sprintf vsprintf strcpy strcat gets strtok
""".split())

# A library does not print, does not end the process, has no environment, no
# locale and no binary fractions.
BANNED_IN_LIB = BANNED_EVERYWHERE | set("""
    printf fprintf vprintf vfprintf puts fputs putchar perror
    abort exit _Exit quick_exit assert
    setlocale getenv float double
""".split())

# Allocation goes through the allocator of the caller (lib/base).
BANNED_ABOVE_BASE = BANNED_IN_LIB | set("""
    malloc calloc realloc free strdup strndup
""".split())

# One pass, so that a quote in a comment and "/*" in a string mean nothing.
NOT_CODE = re.compile(
    r"""//(?:\\\n|[^\n])*
      | /\*.*?\*/
      | "(?:\\.|[^"\\\n])*"
      | '(?:\\.|[^'\\\n])*'""", re.DOTALL | re.VERBOSE)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]',
                     re.MULTILINE)
# A name. What stands before a member (allocator->free) or in the attribute
# format(printf, 1, 2) belongs to the match, so that it is not taken for one.
NAME = re.compile(r"(?:->\s*|\.\s*|\bformat\s*\(\s*)?\b[A-Za-z_]\w*")


def blank_out(text, keep):
    """text with each match that keep() rejects as spaces, lines unchanged."""
    def spaces(match):
        if keep(match.group()):
            return match.group()
        return re.sub(r"[^\n]", " ", match.group())
    return NOT_CODE.sub(spaces, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def includes(text):
    """(line, '"' or '<', target) of each #include that is not a comment."""
    text = blank_out(text, keep=lambda part: part.startswith('"'))
    for match in INCLUDE.finditer(text):
        yield line_of(text, match.start()), match.group(1), match.group(2)


def names(text):
    """(line, name) of each identifier, members and #includes left out."""
    text = INCLUDE.sub("", blank_out(text, keep=lambda part: False))
    for match in NAME.finditer(text):
        if match.group().isidentifier():
            yield line_of(text, match.start()), match.group()


class Check:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.problems = []
        self.files = 0

    def run(self):
        for path in self.sources("lib"):
            self.check_lib(path)
        for folder in ["cli", "examples"]:
            for path in self.sources(folder):
                self.check_client(path)
        return self.problems

    def sources(self, folder):
        for path in sorted((self.root / folder).rglob("*")):
            if path.suffix in {".c", ".h"}:
                self.files += 1
                yield path

    def report(self, path, line, what):
        place = path.relative_to(self.root).as_posix()
        self.problems.append(f"{place}:{line}: {what}")

    def check_lib(self, path):
        layer = path.relative_to(self.root / "lib").parts[0]
        if layer not in LAYERS:
            self.report(path, 1, "is in no layer")
            return
        text = path.read_text(encoding="utf-8")
        for line, quote, target in includes(text):
            if OWNERS.get(target, layer) != layer:
                self.report(path, line, f"{target} is for lib/"
                            f"{OWNERS[target]} only")
            elif quote == '"' and target != PUBLIC:
                self.check_layer(path, line, layer, target)
        banned = BANNED_IN_LIB if layer == "base" else BANNED_ABOVE_BASE
        self.check_names(path, text, banned)

    def check_layer(self, path, line, layer, target):
        below = GENERATED.get(target, target.split("/")[0])
        if below not in LAYERS or not (
                target in GENERATED
                or (self.root / "lib" / target).is_file()):
            self.report(path, line, f'"{target}" is no file of a layer')
        elif LAYERS.index(below) > LAYERS.index(layer):
            self.report(path, line, f"{layer} includes {below}, above it")

    def check_client(self, path):
        text = path.read_text(encoding="utf-8")
        for line, quote, target in includes(text):
            ours = (self.root / "lib" / target).is_file() \
                or target in GENERATED or target.startswith("parcheck/")
            beside = quote == '"' and "/" not in target \
                and (path.parent / target).is_file()
            if target in OWNERS:
                self.report(path, line, f"{target} is for lib/"
                            f"{OWNERS[target]} only")
            elif target != PUBLIC and not beside and (ours or quote == '"'):
                self.report(path, line, f"{target} is not for clients")
        self.check_names(path, text, BANNED_EVERYWHERE)

    def check_names(self, path, text, banned):
        for line, name in names(text):
            if name in banned:
                self.report(path, line, f"{name} is banned here")


# A tree without fault, then for each row: file, text, the one complaint it
# must raise when it replaces or joins that tree (None: no complaint).
GOOD = {
    "lib/base/memory.h": "void *pc_alloc(void);\n",
    "lib/base/memory.c": '#include "base/memory.h"\n#include <stdlib.h>\n'
                         "void *pc_alloc(void) { return malloc(1); }\n",
    "lib/text/text.h": '#include "base/memory.h"\n',
    "lib/text/text.c": '#include "text/text.h"\n#include <utf8proc.h>\n',
    "lib/csv/reader.c": "#include <csv.h>\n",
    "lib/api/api.c": '#include "version.h"\n#include "text/text.h"\n'
                     "#include <parcheck/parcheck.h>\n",
    "cli/cli.h": "",
    "cli/main.c": '#include "cli.h"\n#include <parcheck/parcheck.h>\n'
                  "int main(void) { printf(0); return 0; }\n",
    "examples/a/a.c": "#include <parcheck/parcheck.h>\n",
}
SELF_TEST = [
    ("lib/base/x.c", '#include "text/text.h"\n',
     "base includes text, above it"),
    ("lib/base/x.c", '\n # include  "api/api.c"\n',
     "lib/base/x.c:2: base includes api, above it"),
    ("lib/text/x.c", '/* */ \n#include "../api/api.c"\n', "no file of a layer"),
    ("lib/text/x.c", '#include "text/none.h"\n', "no file of a layer"),
    ("lib/text/x.c", '#include "parcheck/other.h"\n', "no file of a layer"),
    ("lib/text/x.c", '#include "parcheck/parcheck.h"\n', None),
    ("lib/extra/x.c", "", "is in no layer"),
    ("lib/x.c", "", "is in no layer"),
    ("lib/rule/x.h", "#include <csv.h>\n", "csv.h is for lib/csv only"),
    ("lib/csv/x.c", "#include <utf8proc.h>\n",
     "utf8proc.h is for lib/text only"),
    ("lib/csv/x.c", '#include "iconv.h"\n', "iconv.h is for lib/text only"),
    ("cli/x.c", '#include "text/text.h"\n', "is not for clients"),
    ("cli/x.c", "#include <text/text.h>\n", "is not for clients"),
    ("cli/x.c", "#include <version.h>\n", "is not for clients"),
    ("cli/x.c", "#include <parcheck/other.h>\n", "is not for clients"),
    ("cli/x.c", '#include "../lib/text/text.h"\n', "is not for clients"),
    ("cli/x.c", "#include <csv.h>\n", "csv.h is for lib/csv only"),
    ("examples/b/b.c", '#include "base/memory.h"\n', "is not for clients"),
    ("cli/x.c", "int a = atoi (b);\n", "atoi is banned here"),
    ("lib/api/x.c", "\n\nint x(void) { return strtol(0, 0, 0); }\n",
     "lib/api/x.c:3: strtol is banned here"),
    ("lib/api/x.c", "static const double d;\n", "double is banned here"),
    ("lib/api/x.c", "#define E getenv\n", "getenv is banned here"),
    ("lib/api/x.c", "char c = '\"'; float f; char d = '\"';\n",
     "float is banned here"),
    ("lib/api/x.c", 'char *s = "\\\\"; float f; // "\n',
     "float is banned here"),
    ("lib/api/x.c", "/* // */ assert(1); /* */\n", "assert is banned here"),
    ("lib/api/x.c", "void x(void) { free(0); }\n", "free is banned here"),
    ("lib/base/x.c", "void x(void) { exit(0); }\n", "exit is banned here"),
    ("lib/api/x.c", "/* exit(double) */ // free(\\\nfree(\n", None),
    ("lib/api/x.c", 'char *s = "free(\\"double"; char c = \'"\';\n', None),
    ("lib/api/x.c", "void x(A *a) { a->free(a . free); snprintf(0, 0); }\n",
     None),
    ("lib/api/x.c", "int x() __attribute__((format(printf, 1, 2)));\n", None),
    ("lib/api/x.c", "int x(void) { return pc_format(a.b, printf); }\n",
     "printf is banned here"),
    ("lib/api/x.c", "_Static_assert(1, \"\"); static_assert(1);\n", None),
    ("lib/api/x.c", '/*\n#include "api/none.h"\n*/\n', None),
]


def self_test():
    wrong = 0
    for file, text, expected in [("cli/cli.h", "", None)] + SELF_TEST:
        with tempfile.TemporaryDirectory() as root:
            for name, content in {**GOOD, file: text}.items():
                path = pathlib.Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
            problems = Check(root).run()
        if len(problems) != (expected is not None) or (
                expected is not None and expected not in problems[0]):
            print(f"{file}: {text!r}\n  expected {expected}, got {problems}")
            wrong += 1
    return wrong


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    check = Check(sys.argv[1])
    for problem in check.run():
        print(problem)
    print(f"{check.files} files, {len(check.problems)} problems")
    return 1 if check.problems or check.files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
