"""Starting programs: the judge knows what they do, the pipes and pids are real."""

from __future__ import annotations

import pytest

WAYS = {
    "run": "import subprocess\ndef f(h): return subprocess.run(['ping', h], capture_output=True, text=True).stdout",
    "run path": "import subprocess\ndef f(h): return subprocess.run(['/bin/ping', h], stdout=-1).stdout.decode()",
    "check_output shell": "import subprocess\ndef f(h): return subprocess.check_output(f'ping {h}', shell=True, text=True)",
    "Popen": (
        "from subprocess import Popen, PIPE\n"
        "def f(h):\n"
        "    with Popen(['ping', h], stdout=PIPE, stderr=PIPE, text=True) as p: return p.communicate()[0]"
    ),
    "popen": "import os\ndef f(h):\n    with os.popen('ping ' + h) as p: return p.read()",
    "asyncio": (
        "import asyncio\n"
        "async def f(h):\n"
        "    p = await asyncio.create_subprocess_exec('ping', h, stdout=asyncio.subprocess.PIPE)\n"
        "    return (await p.communicate())[0].decode() if not p.returncode else None"
    ),
    "asyncio shell": (
        "import asyncio\n"
        "async def f(h):\n"
        "    p = await asyncio.create_subprocess_shell('ping ' + h, stdout=asyncio.subprocess.PIPE)\n"
        "    return (await p.stdout.read()).decode()"
    ),
    "spawn": "import os\ndef f(h): return 'ok' if os.spawnlp(os.P_WAIT, 'ping', 'ping', h) == 0 else 'no'",
    "posix_spawn": (
        "import os\n"
        "def f(h):\n"
        "    pid = os.posix_spawnp('ping', ['ping', h], os.environ)\n"
        "    return 'ok' if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0 else 'no'"
    ),
    "system": "import os\ndef f(h): return 'ok' if os.system('ping ' + h) == 0 else 'no'",
    "fork and exec": (
        "import os\n"
        "def f(h):\n"
        "    pid = os.fork()\n"
        "    if not pid: os.execlp('ping', 'ping', h)\n"
        "    return 'ok' if os.waitpid(pid, 0)[1] == 0 else 'no'"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_start_a_program_meets_the_double(passes, way):
    passes(
        WAYS[way],
        "self.world.shell.program('ping', 'ok')\n"
        "self.assertEqual(self.solution.f('up.example'), 'ok')\n"
        "self.assertEqual([argv[1:] for argv in self.world.shell.ran('ping')], [['up.example']])",
        ["shell"],
    )


def test_input_goes_through_a_pipe(passes):
    passes(
        "import subprocess\n"
        "def f(s):\n"
        "    p = subprocess.Popen(['sort'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)\n"
        "    return p.communicate(s)[0], p.returncode",
        "self.world.shell.program('sort', lambda argv, i: (3, b''.join(sorted(i.splitlines(True))), ''))\n"
        "self.assertEqual(self.solution.f('b\\na\\n'), ('a\\nb\\n', 3))",
        ["shell"],
    )


def test_a_program_that_is_not_there(passes):
    passes(
        "import subprocess, os, shutil\n"
        "def f(): subprocess.run(['nope', 'x'])\n"
        "def g(): return os.system('nope') >> 8, shutil.which('nope'), shutil.which('ping')",
        "self.world.shell.program('ping', 'ok')\n"
        "with self.raises(FileNotFoundError): self.solution.f()\n"
        "self.assertEqual(self.solution.g(), (127, None, '/usr/bin/ping'))",
        ["shell"],
    )


def test_environment_and_folder_reach_the_program(passes):
    passes(
        "import subprocess, os\n"
        "def f(d): return subprocess.run('echo $TOKEN', shell=True, cwd=d, env={'TOKEN': 'x'}, capture_output=True).stdout\n"
        "def g(): return subprocess.run(['ping'], cwd='/nowhere')",
        "self.world.shell.program('ping')\n"
        "self.assertEqual(self.solution.f(self.files.mkdir('d')), b'x\\n')\n"
        "with self.raises(FileNotFoundError): self.solution.g()",
        ["shell"],
    )


def test_what_nobody_waits_for_has_happened_too(passes):
    passes(
        "import subprocess\ndef f(): subprocess.Popen(['touch', 'x'])",
        "self.world.shell.program('touch')\nself.solution.f()\nself.assertEqual(len(self.world.shell.ran('touch')), 1)",
        ["shell"],
    )


def test_exec_in_the_solutions_own_process_shows_its_effect(attempt):
    result = attempt(
        "import os\ndef f(c): os.execvp('sh', ['sh', '-c', c])",
        "self.world.shell.program('touch')\n"
        "self.attempt(self.solution.f, 'touch pwned')\n"
        "self.assertEqual(self.world.shell.ran('touch'), [])",
        ["shell"],
    )
    assert result.outcome.value == "failed"


def test_the_browser_is_a_program(passes):
    passes(
        "import webbrowser\ndef f(u): return webbrowser.open(u)",
        "self.assertFalse(self.solution.f('http://a.example'))\n"
        "self.world.shell.program('xdg-open')\n"
        "self.assertTrue(self.solution.f('http://a.example'))\n"
        "self.assertEqual(self.world.shell.ran('xdg-open')[-1], ['xdg-open', 'http://a.example'])",
        ["shell"],
    )


def test_bad_arguments_are_the_solutions_own_errors(passes):
    passes(
        "import subprocess\ndef f(a): subprocess.run(a)",
        "with self.raises(ValueError): self.solution.f(['a\\0b'])\n"
        "with self.raises(TypeError): self.solution.f([1])\n"
        "with self.raises(TypeError): self.solution.f(5)",
        ["shell"],
    )
