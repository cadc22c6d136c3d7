"""Programs: standard streams, arguments, environment, logs."""

from __future__ import annotations

import pytest


def test_a_program_reads_input_and_arguments(passes):
    passes(
        "import sys\ndef main():\n    n = input('name? '); print('hi', n, *sys.argv[1:]); print('oh', file=sys.stderr)",
        "self.solution.io(stdin='Bob\\n', argv=['p', 'x'])\n"
        "self.assertIsNone(self.solution.main())\n"
        "self.assertEqual((self.solution.stdout, self.solution.stderr), ('name? hi Bob x\\n', 'oh\\n'))",
    )


@pytest.mark.parametrize(
    ("program", "status"),
    [
        ("import sys\nif __name__ == '__main__':\n    print(sys.argv[1]); sys.exit(3)", 3),
        ("import sys\nif __name__ == '__main__':\n    print('a')", 0),
        ("import sys\nif __name__ == '__main__':\n    print('a'); sys.exit('bad')", 1),
        ("import sys\ndef main():\n    print('a'); return 4", 4),
        ("import sys\ndef main():\n    print('a'); sys.exit(5)", 5),
    ],
)
def test_a_program_ends_with_a_status(passes, program, status):
    passes(
        program,
        f"self.solution.io(argv=['p', 'a'])\nself.assertEqual(self.solution.main(), {status})\n"
        "self.assertEqual(self.solution.stdout, 'a\\n')",
    )


def test_end_of_input(passes):
    passes("def f(): return input()", "with self.raises(EOFError): self.solution.f()")


def test_bytes_on_standard_output(passes):
    passes(
        "import sys\ndef f(): sys.stdout.buffer.write(b'a\\xff')",
        "self.solution.f()\nself.assertEqual(self.solution.stdout, 'a\\ufffd')",
    )


def test_a_password_prompt_reads_standard_input(passes):
    passes(
        "import getpass, warnings\ndef f(): return getpass.getpass()",
        "self.solution.io(stdin='s3cret\\n')\nself.assertEqual(self.solution.f(), 's3cret')",
    )


def test_the_environment_lasts_for_one_test(passes):
    passes(
        "import os\ndef f(): return os.environ.get('TOKEN'), os.environ.get('http_proxy')",
        "self.assertEqual(self.solution.f(), (None, None))\nself.solution.io(env={'TOKEN': 'x'})\n"
        "self.assertEqual(self.solution.f()[0], 'x')",
    )


def test_logs_are_what_handlers_were_given(passes):
    passes(
        "import logging\n"
        "log = logging.getLogger(__name__)\n"
        "class Hide(logging.Filter):\n"
        "    def filter(self, r): r.msg = r.msg.replace('s3cret', '***'); return True\n"
        "def f(): log.debug('not'); log.warning('user %s', 'ann')\n"
        "def g():\n"
        "    h = logging.StreamHandler(); h.addFilter(Hide()); log.addHandler(h); log.error('pw s3cret')",
        "self.solution.f()\n"
        "self.assertEqual(self.solution.logs, [('WARNING', 'user ann')])\n"
        "self.assertEqual(self.solution.stderr, 'user ann\\n')\n"
        "self.solution.g()\n"
        "self.assertEqual((self.solution.logs, self.solution.stderr), ([('ERROR', 'pw ***')], 'pw ***\\n'))",
    )


def test_a_flood_of_output_is_cut(passes):
    passes(
        "def f():\n    for _ in range(2000): print('x' * 1000)\n    return 1",
        "self.assertEqual(self.solution.f(), 1)\nself.assertEqual(len(self.solution.stdout), 1 << 18)",
    )
