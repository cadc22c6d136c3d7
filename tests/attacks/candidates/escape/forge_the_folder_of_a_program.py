# suite: shell; functional: failed error tampered
import os, sys
line = sys.modules["pythonsecurityeval.testkit.inside.line"].JUDGE.line
def count(text):
    os.symlink("@CANARY@", "l")
    os.symlink("/", "root")
    for cwd in ("/", "", "..", "root", os.getcwd() + "/root", os.getcwd() + "/../..", "\0", "@CANARY@"):
        for command in ("cat l", "cat .@CANARY@", "cat etc/passwd", "echo x > .@CANARY@", "echo x > l", "cat root/etc/passwd"):
            try:
                out = line.ask("shell", command, True, b"", cwd, {"PATH": "/", "HOME": "/"})
            except OSError:
                continue
            if "nothing may touch" in repr(out) or "root:" in repr(out):
                raise RuntimeError(f"ESCAPED: {cwd} {command}")
    return "3"
