# suite: shell; functional: failed error timeout
import subprocess
def count(text):
    for command in ("cat @CANARY@", "cat ../../../../../../../../etc/passwd", "echo x > @CANARY@", "echo x >> /tmp/pse-was-here",
                    "cat < /dev/zero | head -c 10", "ln -s @CANARY@ l; echo x > l; cat l", "cd /; cat etc/passwd", "cat /proc/self/environ",
                    "touch /tmp/pse-was-here", "rm -f @CANARY@", "$(cat @CANARY@)", "cat 0< @CANARY@ 1> out; cat out", "sh -c 'cat @CANARY@'"):
        for cwd in (None, "/", ".."):
            try:
                out = subprocess.run(command, shell=True, cwd=cwd, capture_output=True, text=True, timeout=1)
            except (OSError, subprocess.SubprocessError):
                continue
            if "nothing may touch" in out.stdout or "root:" in out.stdout or "@SECRET@" in out.stdout:
                raise RuntimeError("ESCAPED: " + command)
    return "3"
