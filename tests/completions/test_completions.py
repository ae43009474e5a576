#!/usr/bin/env python3
"""Every command and option that --help names is completed, and no other.

usage: test_completions.py --parcheck PATH --root DIR

bash is asked itself; the files for zsh and fish are read, and their syntax is
looked at by their shells where they are there.
"""

import argparse
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

OPTIONS = None
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]*[a-z]|-o)(?![\w-])")
ALWAYS = {"--help", "-h", "--lang"}


def run(*command):
    return subprocess.run([str(part) for part in command], check=True,
                          stdout=subprocess.PIPE, timeout=60).stdout.decode()


def commands():
    """{command: its options} as the program tells them."""
    found = {}
    for line in run(OPTIONS.parcheck, "--help", "--lang", "en").splitlines():
        match = re.match(r"  ([a-z]+) ", line)
        if match:
            found[match[1]] = set()
    for command in found:
        if command != "version":
            text = run(OPTIONS.parcheck, command, "--help", "--lang", "en")
            found[command] = set(OPTION.findall(text))
            if "-o" in found[command]:
                found[command].add("--output")
        found[command] |= ALWAYS
    return found


class Completions(unittest.TestCase):
    def setUp(self):
        self.commands = commands()
        self.assertGreater(len(self.commands), 5)
        self.folder = Path(OPTIONS.root) / "completions"

    def bash(self, *words):
        """What bash proposes for the last word."""
        script = ('source "$1"; shift; COMP_WORDS=("$@"); '
                  'COMP_CWORD=$(($# - 1)); _parcheck; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        return set(run("bash", "-c", script, "bash",
                       self.folder / "parcheck.bash", OPTIONS.parcheck,
                       *words).split())

    def test_help_fits_a_screen(self):
        for command in [[], *([name] for name in self.commands
                              if name != "version")]:
            for language in ("vi", "en"):
                lines = run(OPTIONS.parcheck, *command, "--help", "--lang",
                            language).splitlines()
                self.assertLessEqual(len(lines), 23, command)
                self.assertLessEqual(max(map(len, lines)), 80, command)

    def test_bash_commands(self):
        self.assertEqual(set(self.commands), self.bash(""))

    def test_bash_options(self):
        for command, options in self.commands.items():
            self.assertEqual(options, self.bash(command, "-"), command)

    def test_bash_editions(self):
        listed = set(re.findall(r"^  ([a-z]+/[a-z0-9-]+):", run(
            OPTIONS.parcheck, "schema", "list", "--lang", "en"), re.M))
        self.assertGreater(len(listed), 2)
        for words in (["template", ""], ["check", "--edition", ""],
                      ["schema", "show", ""]):
            proposed = self.bash(*words)
            self.assertLessEqual(listed, proposed, words)
            self.assertIn("gia-lai-2022", proposed)

    def test_bash_values(self):
        self.assertEqual({"vi", "en"}, self.bash("check", "--lang", ""))
        self.assertEqual({"text", "json", "ndjson", "csv", "junit", "sarif",
                          "html"}, self.bash("check", "--format", ""))
        self.assertIn("row.duplicate", self.bash("explain", "row."))

    def test_zsh(self):
        text = (self.folder / "_parcheck").read_text()
        shared = {name: set(re.findall(r"(?<!-)--?[a-z][a-z-]*", body))
                  for name, body in re.findall(
                      r"^    (help|language|schema|output)=\((.*)\)$", text,
                      re.M)}
        reading = re.search(r"reading=\((.*?)\n    \)", text, re.S)[1]
        shared["reading"] = set(re.findall(r"'(--[a-z-]+)=", reading)) | \
            shared["language"] | shared["schema"]
        found = {}
        for command, body in re.findall(
                r"^    ([a-z]+)\)(.*?);;$", text, re.M | re.S):
            found[command] = set(re.findall(r"'\*?(--[a-z-]+)", body))
            for name in re.findall(r"\$([a-z]+)", body):
                found[command] |= shared[name]
        self.assertEqual(self.commands, found)
        self.look_at_syntax("zsh", "_parcheck")

    def test_fish(self):
        text = (self.folder / "parcheck.fish").read_text()
        lists = dict(re.findall(r"^set -l ([a-z]+) (.*)$", text, re.M))
        found = {command: set() for command in lists["commands"].split()}
        for line in re.findall(r"^complete -c parcheck (.*)$", text, re.M):
            options = {"--" + name
                       for name in re.findall(r" -l ([a-z-]+)", " " + line)}
            options |= {"-" + name
                        for name in re.findall(r" -s ([a-z])", " " + line)}
            where = re.match(r'-n "__fish_seen_subcommand_from ([^"]*)"', line)
            if "not __fish" in line:
                continue
            names = where[1] if where else lists["commands"]
            for name, words in lists.items():
                names = names.replace("$" + name, words)
            for command in set(names.split()) & set(found):
                found[command] |= options
        self.assertEqual(self.commands, found)
        self.look_at_syntax("fish", "parcheck.fish")

    def look_at_syntax(self, shell, name):
        if shutil.which(shell):
            run(shell, "-n", self.folder / name)


def main():
    global OPTIONS
    parser = argparse.ArgumentParser()
    for name in ("--parcheck", "--root"):
        parser.add_argument(name, required=True)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1])


if __name__ == "__main__":
    main()
