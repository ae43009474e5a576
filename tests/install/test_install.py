#!/usr/bin/env python3
"""What `cmake --install` puts somewhere can be used from there.

usage: test_install.py --cmake PATH --build-dir DIR --root DIR --cc PATH
                       [--flags FLAGS]

Installs to a temporary prefix, once directly and once through DESTDIR, and
compares the two trees. Then builds tests/install/consumer against the prefix
with CMake and with pkg-config, with the shared and with the static library,
runs all four programs on a real submission and compares what they print with
what the command line finds.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

OPTIONS = None
CONSUMER = Path(__file__).resolve().parent / "consumer"

EXAMPLES = ("one_call", "facts", "own_schema", "stream_report")


def run(command, env=None, cwd=None):
    done = subprocess.run([str(part) for part in command], cwd=cwd, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, **(env or {})}, timeout=300)
    if done.returncode != 0:
        raise AssertionError("%s: exit code %d\n%s" % (
            shlex.join(map(str, command)), done.returncode, done.stdout))
    return done.stdout


def install(prefix, destdir=None):
    run([OPTIONS.cmake, "--install", OPTIONS.build_dir, "--prefix", prefix],
        env={"DESTDIR": str(destdir)} if destdir else None)


def soversion(version):
    """The number of the ABI, as docs/API-STABILITY.md has it."""
    major, minor, _ = version.split(".")
    return f"0.{minor}" if major == "0" else major


def tree(folder):
    """{relative path: what the file is} of all files below the folder."""
    return {path.relative_to(folder).as_posix():
            os.readlink(path) if path.is_symlink() else path.read_bytes()
            for path in folder.rglob("*")
            if path.is_symlink() or path.is_file()}


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = Path(tempfile.mkdtemp(prefix="parcheck-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.scratch)
        cls.prefix = cls.scratch / "prefix"
        install(cls.prefix)
        cls.libdir = next(cls.prefix.glob("**/libparcheck.a")).parent
        cls.submission = (Path(OPTIONS.root) / "examples" / "hoa-an" /
                          "hoa-an-2023-q1-dossiers.csv")

    def command_line(self):
        """What the installed command finds, told as the consumer tells it."""
        done = subprocess.run(
            [self.prefix / "bin" / "parcheck", "check", self.submission,
             "--format", "json"], stdout=subprocess.PIPE, timeout=60)
        self.assertEqual(1, done.returncode)
        report = json.loads(done.stdout)
        lines = ["parcheck " + report["parcheck"]]
        for finding in report["findings"]:
            cells = finding["cells"]
            lines.append("%s %s %s" % (
                finding["code"], cells[0]["address"] if cells else "-",
                finding["message"]["en"]))
        self.assertGreater(len(lines), 3)
        return "\n".join(lines) + "\n"

    def check(self, program, **env):
        self.assertEqual(self.command_line(),
                         run([program, self.submission], env))

    def needs_shared(self, program):
        """Whether the program loads libparcheck.so when it starts."""
        return "libparcheck.so" in run(["ldd", program], self.loader())

    def loader(self):
        return {"LD_LIBRARY_PATH": str(self.libdir)}

    def test_destdir_gives_the_same_tree(self):
        # The prefix is the same, so that every file has to be, too.
        destdir = self.scratch / "destdir"
        install(self.prefix, destdir)
        staged = destdir / self.prefix.relative_to("/")
        self.assertEqual(tree(self.prefix), tree(staged))

    def test_holds_what_is_needed(self):
        names = set(tree(self.prefix))
        libdir = self.libdir.relative_to(self.prefix).as_posix()
        version = self.command_line().split()[1]
        for name in ["bin/parcheck", "include/parcheck/parcheck.h",
                     f"{libdir}/libparcheck.a", f"{libdir}/libparcheck.so",
                     f"{libdir}/libparcheck.so.{version}",
                     f"{libdir}/libparcheck.so.{soversion(version)}",
                     f"{libdir}/pkgconfig/parcheck.pc",
                     f"{libdir}/cmake/parcheck/parcheck-config.cmake",
                     "share/parcheck/schemas/cchc/rules.csv",
                     "share/doc/parcheck/docs/SCHEMA.md"]:
            self.assertIn(name, names)

    def test_names_no_folder_of_the_build(self):
        for name, content in tree(self.prefix).items():
            if name.endswith((".pc", ".cmake", ".h", ".md")):
                for folder in (OPTIONS.root, OPTIONS.build_dir):
                    self.assertNotIn(str(folder).encode(), content, name)

    def test_cmake(self):
        build = self.scratch / "cmake"
        flags = ["-DCMAKE_C_COMPILER=" + OPTIONS.cc,
                 "-DCMAKE_C_FLAGS=" + OPTIONS.flags]
        run([OPTIONS.cmake, "-S", CONSUMER, "-B", build, *flags,
             "-DCMAKE_PREFIX_PATH=" + str(self.prefix)])
        run([OPTIONS.cmake, "--build", build])
        self.assertTrue(self.needs_shared(build / "shared"))
        self.assertFalse(self.needs_shared(build / "static"))
        self.check(build / "shared")
        self.check(build / "static")

    def pkg_config(self, *options):
        env = {"PKG_CONFIG_PATH": str(self.libdir / "pkgconfig")}
        return shlex.split(run(["pkg-config", *options, "parcheck"], env))

    def compile(self, program, *flags, source=CONSUMER / "main.c"):
        run([OPTIONS.cc, *shlex.split(OPTIONS.flags), "-o", program, source,
             *flags])

    def test_pkg_config_shared(self):
        program = self.scratch / "pc-shared"
        self.compile(program, *self.pkg_config("--cflags", "--libs"))
        self.assertTrue(self.needs_shared(program))
        self.check(program, **self.loader())

    def archive_only(self, name):
        """The flags for a prefix without the shared library: the linker takes
        the archive."""
        prefix = self.scratch / name
        install(prefix)
        for path in prefix.glob("**/libparcheck.so*"):
            path.unlink()
        env = {"PKG_CONFIG_PATH": str(
            prefix / self.libdir.relative_to(self.prefix) / "pkgconfig")}
        return shlex.split(run(["pkg-config", "--static", "--cflags", "--libs",
                                "parcheck"], env))

    def test_pkg_config_static(self):
        flags = self.archive_only("archive-only")
        self.assertIn("-lcsv", flags)
        program = self.scratch / "pc-static"
        self.compile(program, *flags)
        self.assertFalse(self.needs_shared(program))
        self.check(program)

    # The programs of examples/c, in the four ways in which they can be built.

    def check_examples(self, programs, shared, **env):
        for name in EXAMPLES:
            self.assertEqual(shared,
                             self.needs_shared(programs / f"example_{name}"))
        run([sys.executable, Path(OPTIONS.root) / "tests" / "examples" /
             "test_c.py", "--programs", programs, "--root", OPTIONS.root], env)

    def test_examples_cmake(self):
        for shared in (True, False):
            build = self.scratch / ("examples-%d" % shared)
            run([OPTIONS.cmake, "-S", Path(OPTIONS.root) / "examples" / "c",
                 "-B", build, "-DCMAKE_C_COMPILER=" + OPTIONS.cc,
                 "-DCMAKE_C_FLAGS=" + OPTIONS.flags,
                 "-DEXAMPLES_STATIC=" + ("OFF" if shared else "ON"),
                 "-DCMAKE_PREFIX_PATH=" + str(self.prefix)])
            run([OPTIONS.cmake, "--build", build])
            self.check_examples(build, shared)

    def compile_examples(self, programs, flags):
        programs.mkdir()
        for name in EXAMPLES:
            self.compile(programs / f"example_{name}", *flags,
                         source=Path(OPTIONS.root) / "examples" / "c" /
                         f"{name}.c")

    def test_examples_pkg_config(self):
        shared = self.scratch / "pc-examples"
        self.compile_examples(shared, self.pkg_config("--cflags", "--libs"))
        self.check_examples(shared, True, **self.loader())
        static = self.scratch / "pc-examples-static"
        self.compile_examples(static, self.archive_only("examples-archive"))
        self.check_examples(static, False)

    def test_version(self):
        env = {"PKG_CONFIG_PATH": str(self.libdir / "pkgconfig")}
        version = run(["pkg-config", "--modversion", "parcheck"], env).strip()
        self.assertEqual("parcheck %s\n" % version, run(
            [self.prefix / "bin" / "parcheck", "version"]))
        self.assertIsNone(self.finds("%s EXACT" % version))
        major, minor, _ = version.split(".")
        self.assertIn("not accepted", self.finds(
            "%s.%d" % (major, int(minor) + 1)))

    def finds(self, wanted):
        """None if find_package() finds the version, else what CMake says."""
        source = self.scratch / re.sub(r"\W", "-", "find-" + wanted)
        source.mkdir()
        (source / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(find C)\n"
            "find_package(parcheck %s CONFIG REQUIRED)\n"
            "if(TARGET parcheck::static)\n"
            "  message(FATAL_ERROR \"static was not asked for\")\nendif()\n"
            % wanted)
        try:
            run([OPTIONS.cmake, "-S", source, "-B", source / "build",
                 "-DCMAKE_C_COMPILER=" + OPTIONS.cc,
                 "-DCMAKE_PREFIX_PATH=" + str(self.prefix)])
        except AssertionError as error:
            return " ".join(str(error).split())
        return None


def main():
    global OPTIONS
    parser = argparse.ArgumentParser()
    for name in ("--cmake", "--build-dir", "--root", "--cc"):
        parser.add_argument(name, required=True)
    parser.add_argument("--flags", default="")
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1], verbosity=1)


if __name__ == "__main__":
    main()
