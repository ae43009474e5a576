"""The layout of the public structs and the numbers of the enumerations are
those of layout.txt: a change that breaks programs that were compiled before
does not pass unnoticed.

usage: layout.py CC INCLUDE_DIR             compares
       layout.py --update CC INCLUDE_DIR    writes layout.txt, after a field or
                                            a number was added:
    python3 tests/build/layout.py --update gcc include

Prints what the compiler says of each field that the header declares. A line
that changes or goes is a break of the ABI; a line that comes is none, if it is
a field at the end of a struct that begins with `size` (which makes the struct
itself longer), or a number behind the others. The list is of 64-bit systems; elsewhere the test says that nothing was
checked, and fails.
"""

import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

LIST = pathlib.Path(__file__).with_name("layout.txt")

PROGRAM = """#include <parcheck/parcheck.h>
#include <stdio.h>
#define FIELD(type, field) \\
    printf("%%s.%%s %%zu %%zu\\n", #type, #field, offsetof(type, field), \\
           sizeof(((type *)0)->field))
int main(void)
{
%s    return 0;
}
"""


def without_comments(text):
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)


def field_name(declaration):
    """Of "int (*read)(void *, size_t)", "char en[512]" or "const char *name"."""
    pointer = re.search(r"\(\*(\w+)\)\(", declaration)
    if pointer:
        return pointer.group(1)
    return re.search(r"(\w+)\s*(?:\[[^]]*\])?\s*$", declaration).group(1)


def statements(header):
    """C statements that print the layout."""
    code = without_comments(header)
    for name, body in re.findall(r"typedef struct \w+ \{(.*?)\} (\w+);", code,
                                 re.DOTALL):
        name, body = body, name
        yield 'printf("%s %%zu\\n", "%s", sizeof(%s));' % ("%s", name, name)
        for declaration in body.split(";"):
            if declaration.strip():
                yield "FIELD(%s, %s);" % (name, field_name(declaration))
    for body, name in re.findall(r"typedef enum \w+ \{(.*?)\} (\w+);", code,
                                 re.DOTALL):
        yield 'printf("%s %%zu\\n", "%s", sizeof(%s));' % ("%s", name, name)
        for constant in re.findall(r"\bPARCHECK_\w+(?=\s*(?:=|,|$))", body):
            yield 'printf("%s %%d\\n", "%s", (int)%s);' % ("%s", constant,
                                                          constant)


def layout(compiler, include):
    header = pathlib.Path(include, "parcheck", "parcheck.h").read_text(
        encoding="utf-8")
    lines = "".join("    %s\n" % each.replace("%%", "%")
                    for each in statements(header))
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "layout.c")
        source.write_text(PROGRAM % lines)
        program = pathlib.Path(folder, "layout")
        subprocess.run([compiler, "-std=c11", "-Wall", "-Werror",
                        "-I" + include, str(source), "-o", str(program)],
                       check=True)
        return subprocess.run([str(program)], check=True, text=True,
                              stdout=subprocess.PIPE).stdout


def main():
    arguments = sys.argv[1:]
    update = arguments[:1] == ["--update"]
    compiler, include = arguments[update:]
    found = layout(compiler, include)
    if len(found.splitlines()) < 50:
        print("the header declares hardly anything: it was not understood")
        return 1
    if sys.maxsize < 2**32:
        print("nothing was checked: the list is of 64-bit systems")
        return 1
    if update:
        LIST.write_text(found)
        return 0
    differences = list(difflib.unified_diff(
        LIST.read_text().splitlines(), found.splitlines(), str(LIST),
        "the header", n=0, lineterm=""))
    for each in differences:
        print(each)
    if differences:
        print("-: breaks programs that were compiled before; +: see the head "
              "of tests/build/layout.py")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
