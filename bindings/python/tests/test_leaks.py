"""Under AddressSanitizer: nothing of the library's is left behind."""

from __future__ import annotations

import ctypes
import gc
import os
import re
import tempfile
import threading
import unittest

import parcheck
from parcheck import _run
from parcheck._native import library
from support import SUBMISSIONS


@unittest.skipUnless("asan" in os.environ.get("LD_PRELOAD", ""),
                     "only with AddressSanitizer")
class Leaks(unittest.TestCase):
    def lost(self) -> list[str]:
        """The blocks of the library that nothing points to any more.

        Python itself loses some, which are none of ours.
        """
        gc.collect()
        with tempfile.TemporaryFile() as told:
            stderr = os.dup(2)
            os.dup2(told.fileno(), 2)
            try:
                ctypes.CDLL(None)["__lsan_do_recoverable_leak_check"]()
            finally:
                os.dup2(stderr, 2)
                os.close(stderr)
            told.seek(0)
            text = told.read().decode("utf-8", "replace")
        return [block for block in text.split("\n\n")
                if re.search(r"parcheck|\bpc_", block)]

    def test_the_look_sees_what_is_left(self) -> None:
        """Without this, the other test could not fail.

        Python keeps the address in pieces, so that it is no pointer, and
        what the stack still held of it ends with the thread.
        """
        addresses = []

        def load() -> None:
            made = _run.load(
                lambda out, error: library().schema_load_builtin(
                    out, None, error), release=lambda _: None)
            addresses.append(made.pointer)

        thread = threading.Thread(target=load)
        thread.start()
        thread.join()
        seen = self.lost()
        library().schema_free(addresses[0])
        self.assertTrue(seen)

    def test_nothing_is_left(self) -> None:
        for files in SUBMISSIONS.values():
            with parcheck.Schema.builtin() as schema:
                schema.lint().render()
                report = schema.validate(*files)
                self.assertTrue(report.findings and report.verdicts)
                report.to_json()
                schema.validate(*[file.read_bytes() for file in files])
                with self.assertRaises(parcheck.ReadError):
                    schema.validate("no/such.csv")
            del schema, report
        with self.assertRaises(parcheck.ReadError):
            parcheck.Schema.folder("no/such/folder")
        parcheck.builtin().close()
        self.assertEqual(self.lost(), [])


if __name__ == "__main__":
    unittest.main()
