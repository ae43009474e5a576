#!/usr/bin/env python3
"""Writes the manual pages: the reference of the library from the comments of
its header, that of the command line from a template and from --help.

usage: man.py 3 --version V --date D --header FILE -o OUTPUT
       man.py 1 --version V --date D --parcheck PROGRAM --template FILE
                -o OUTPUT

A comment of the header belongs to the declarations behind it, up to the next
comment or an empty line; a declaration without one is an error. In it, `text` in backquotes is a name, a line that is indented by two
spaces and has two more behind its first word begins an entry of a list, and
lines that are indented by four are shown as they are.
"""

import argparse
import re
import subprocess
import sys

# ---- roff -----------------------------------------------------------------


def escape(text):
    """Text for a line of its own or a part of one."""
    out = []
    for char in text:
        if char == "\\":
            out.append("\\e")
        elif char == "-":
            out.append("\\-")
        elif char in "^~`'":
            out.append({"^": "\\(ha", "~": "\\(ti", "`": "\\(ga",
                        "'": "\\(aq"}[char])
        elif ord(char) > 126:
            out.append("\\[u%04X]" % ord(char))
        else:
            out.append(char)
    return "".join(out)


def line(text):
    """A whole line, which must not look like a request."""
    return ("\\&" if text.startswith((".", "'")) else "") + text


def prose(text):
    """`x` in italics."""
    parts = text.split("`")
    return "".join(escape(part) if i % 2 == 0 else
                   "\\fI%s\\fP" % escape(part)
                   for i, part in enumerate(parts))


def paragraph(lines):
    return [line(prose(each.strip())) for each in lines]


def shown(lines):
    """Lines as they are."""
    return [".nf", *(line(escape(each)) for each in lines), ".fi"]


ENTRY = re.compile(r"^  (\w[\w-]*) +(\S.*)$")


def blocks(lines):
    """Splits at empty lines."""
    block = []
    for each in [*lines, ""]:
        if each.strip():
            block.append(each)
        elif block:
            yield block
            block = []


def entries(block):
    """The list that a block is: (word, lines), or None if it is none."""
    found = []
    for each in block:
        match = ENTRY.match(each)
        if match:
            found.append((match.group(1), [match.group(2)]))
        elif found and each.startswith("    "):
            found[-1][1].append(each.strip())
        else:
            return None
    return found


def comment_text(text):
    """The comment's text as roff, each block behind a .PP or .TP."""
    lines = [each.rstrip() for each in text.split("\n")]
    out = []
    for block in blocks(lines):
        items = entries(block)
        if items:
            for word, body in items:
                out += [".TP", "\\fB%s\\fP" % escape(word), *paragraph(body)]
        elif all(each.startswith("    ") for each in block):
            out += [".PP", *shown(block)]
        else:
            out += [".PP", *paragraph(block)]
    return out

# ---- the header -----------------------------------------------------------


def uncomment(comment):
    """What stands in a comment, without the stars."""
    body = comment[2:-2]
    lines = body.split("\n")
    if len(lines) == 1:
        return lines[0].strip()
    cut = [lines[0][1:] if lines[0].startswith(" ") else lines[0]]
    for each in lines[1:]:
        each = re.sub(r"^\s*\* ?", "", each)
        cut.append(each)
    return "\n".join(cut).strip("\n")


COMMENT_OR_CODE = re.compile(r"/\*.*?\*/", re.DOTALL)
SECTION = re.compile(r"^/\* -{4} (.*?) -+ \*/$")


def pieces(text):
    """The parts of the header at its outermost level: ("comment", text) and
    ("code", text). The comments inside a struct or enum are code."""
    at = 0
    depth = 0
    code = ""
    while at < len(text):
        if text.startswith("/*", at):
            end = text.index("*/", at) + 2
            if depth == 0:
                if code.strip():
                    yield "code", code.strip("\n")
                code = ""
                yield "comment", text[at:end]
            else:
                code += text[at:end]
            at = end
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        code += text[at]
        at += 1
    if code.strip():
        yield "code", code.strip("\n")


NOT_SHOWN = re.compile(
    r'^\s*#\s*(?:if|elif|else|endif|include|ifndef|ifdef)\b.*$|'
    r'^\s*#\s*define (?:PARCHECK_API|PARCHECK_PARCHECK_H)\b.*$|'
    r'^extern "C" \{$|^\}$', re.MULTILINE)


def public_part(text):
    """Without the parts for the preprocessor alone, whose braces would count
    as an outer level."""
    text = re.sub(r'#ifdef __cplusplus\n.*?#endif\n', "", text,
                  flags=re.DOTALL)
    return NOT_SHOWN.sub("", text)


def declaration(text):
    """A function on lines of at most 78 columns."""
    text = re.sub(r"\s+", " ", text.replace("PARCHECK_API ", "")).strip()
    text = re.sub(r"(\*+) (?=\w)", r"\1", text.replace("( ", "("))
    if len(text) <= 76:
        return [text]
    head, arguments = re.match(r"(.*?\()(.*)$", text).groups()
    lines = [head]
    for argument in re.split(r"(?<=,) ", arguments):
        if len(lines[-1]) + len(argument) > 74:
            lines.append("    ")
        lines[-1] += argument if lines[-1].endswith(("(", "    ")) \
            else " " + argument
    return [each.rstrip() for each in lines]


def declarations(code):
    """The lines of each declaration of a piece of code."""
    define = []
    statement = ""
    depth = 0
    for each in code.split("\n"):
        if not each.strip() and not statement:
            continue
        if each.startswith("#define") or define:
            define.append(re.sub(r"\s*\\$", " \\\\", each))
            if not each.endswith("\\"):
                yield define
                define = []
            continue
        statement += each + "\n"
        bare = COMMENT_OR_CODE.sub("", each)
        depth += bare.count("{") - bare.count("}")
        if depth == 0 and bare.rstrip().endswith(";"):
            if "{" in statement:
                yield statement.rstrip("\n").split("\n")
            else:
                yield declaration(statement)
            statement = ""
    if statement.strip():
        raise SystemExit("not understood: " + statement)


def groups(code):
    """The declarations that one comment is for: up to an empty line, which in
    a struct does not count."""
    group = ""
    for each in code.split("\n"):
        if not each.strip() and group.count("{") == group.count("}"):
            if group.strip():
                yield group
            group = ""
        else:
            group += each + "\n"
    if group.strip():
        yield group


def bold(lines):
    return [".nf", *("\\fB%s\\fP" % line(escape(each)) if each.strip()
                     else "\\&" for each in lines), ".fi"]


def page_of_library(options):
    with open(options.header, encoding="utf-8") as file:
        found = list(pieces(public_part(file.read())))
    if not found or found[0][0] != "comment":
        raise SystemExit("the header does not begin with a comment")
    out = ['.TH PARCHECK 3 %s "parcheck %s" "Library functions"' % (
        options.date, options.version),
        ".SH NAME",
        "parcheck \\- checks official statistics for internal consistency",
        ".SH SYNOPSIS", ".nf",
        "\\fB#include <parcheck/parcheck.h>\\fP", "",
        "\\fBcc program.c $(pkg\\-config \\-\\-cflags \\-\\-libs "
        "parcheck)\\fP", ".fi", ".SH DESCRIPTION"]
    head = uncomment(found[0][1]).split("\n")
    # The title and the licence stand in NAME and AUTHORS.
    out += comment_text("\n".join(each for each in head[1:]
                                  if "SPDX-" not in each))[1:]
    pending = None
    for kind, text in found[1:]:
        section = SECTION.match(text) if kind == "comment" else None
        if section:
            out.append(".SH " + escape(section.group(1).upper()))
        elif kind == "comment":
            pending = text
        else:
            for group in groups(text):
                if pending is None:
                    raise SystemExit("no comment: " + group)
                for lines in declarations(group):
                    out += [".PP", *bold(lines)]
                out += [".RS 4", *comment_text(uncomment(pending))[1:], ".RE"]
                pending = None
    out += [".SH SEE ALSO", "\\fBparcheck\\fP(1)"]
    return out

# ---- the command line -----------------------------------------------------


def help_of(program, *command):
    """The lines of a help, none if the command has no help of its own."""
    done = subprocess.run([program, *command, "--help", "--lang", "en"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          timeout=60)
    if done.returncode != 0 and not command:
        raise SystemExit("--help: exit code %d" % done.returncode)
    return (done.stdout.decode("utf-8").split("\n")
            if done.returncode == 0 else [])


def column_of(block):
    """Where the descriptions of a list of options begin."""
    starts = [match.end() for match in
              (re.match(r"  \S.*?\s{2,}(?=\S)|\s{6,}(?=\S)", each)
               for each in block) if match]
    return max(set(starts), key=starts.count) if starts else 0


def joined(block):
    """The lines; one that ends with a comma and has nothing but options goes on
    in the next."""
    lines = []
    for each in block:
        if lines and re.fullmatch(r"  (-[\w-]+, )*-[\w-]+,", lines[-1]):
            lines[-1] += " " + each.strip()
        else:
            lines.append(each)
    return lines


def option_list(block):
    """"  --name VALUE   what it does": [(option, [line of text])]"""
    column = column_of(block)
    found = []
    for each in joined(block):
        if each.startswith(" " * column) and column > 2:
            found[-1][1].append(each.strip())
            continue
        gap = re.match(r"  (\S.*?)\s{2,}(\S.*)$", each)
        if gap and gap.end(1) <= column:
            found.append((gap.group(1), [gap.group(2)]))
        elif 2 < column < len(each) and each[column - 1] == " ":
            found.append((each[2:column].strip(), [each[column:].strip()]))
        elif gap:
            found.append((gap.group(1), [gap.group(2)]))
        else:
            found.append((each.strip(), []))
    return found


def tag(text):
    """Options and commands bold, what they take in italics."""
    words = []
    for word in text.split(" "):
        font = "I" if re.fullmatch(r"[\[\]|.A-Z_0-9]*[A-Z][\[\]|.A-Z_0-9]*",
                                   word) else "B"
        words.append("\\f%s%s\\fP" % (font, escape(word)))
    return " ".join(words)


def help_text(lines):
    """Usage, paragraphs and lists of options."""
    out = []
    for block in blocks(lines):
        if block[0].startswith("Usage: "):
            text = [each.replace("Usage: ", "", 1) if i == 0 else each[7:]
                    for i, each in enumerate(block)]
            out += [".PP", *bold(text)]
        elif block[0].startswith("  "):
            for option, text in option_list(block):
                out += [".TP", tag(option), *paragraph(text)]
                if not text:
                    out.append("\\&")
        else:
            out += [".PP", *paragraph(block)]
    return out


def commands_of(program):
    """The names of the commands that `parcheck --help` lists."""
    names = []
    for block in blocks(help_of(program)):
        if block[0].startswith("  ") and not block[0].startswith("  -"):
            names += [name for name, _ in option_list(block)]
    if not names:
        raise SystemExit("parcheck --help lists no command")
    return [name.split()[0] for name in names]


def page_of_command(options):
    with open(options.template, encoding="utf-8") as file:
        template = file.read()
    out = []
    for each in template.rstrip("\n").split("\n"):
        if each == "@COMMANDS@":
            out += help_text([text for text in help_of(options.parcheck)
                              if not text.startswith("More: ")])
            for name in commands_of(options.parcheck):
                text = help_of(options.parcheck, name)
                if text:
                    out += [".SS parcheck " + escape(name), *help_text(text)]
        else:
            out.append(each.replace("@VERSION@", options.version)
                       .replace("@DATE@", options.date))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("section", choices=["1", "3"])
    parser.add_argument("--version", required=True)
    parser.add_argument("--date", required=True)
    parser.add_argument("--header")
    parser.add_argument("--parcheck")
    parser.add_argument("--template")
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args()
    page = (page_of_library if options.section == "3"
            else page_of_command)(options)
    # The first paragraph of a section needs no request.
    page = [each for before, each in zip([""] + page, page)
            if each != ".PP" or not before.startswith((".SH", ".SS"))]
    with open(options.output, "w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(page) + "\n")


if __name__ == "__main__":
    sys.exit(main())
