"""Make `.venv` and install a hashed lock: `python3 portal/runner/bootstrap.py runtime|dev`.

Runs with whatever Python a machine has, before anything is installed: only the standard library, and syntax
that old versions can read far enough to be told that they are too old. Does nothing when the lock was
installed before.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def problem():
    """The sentence that says why this Python can't be used, None if it can."""
    if sys.version_info < OLDEST:
        return (
            "The portal needs Python %d.%d or newer, this one is %d.%d: install it and call make PYTHON=…."
            % (OLDEST + tuple(sys.version_info[:2]))
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        return (
            "Python's venv module is missing: install it (on Debian: apt-get install python3-venv) "
            "and try again."
        )
    return None


def fingerprint(lock):
    """Changes when the lock or the Python does."""
    with open(lock, "rb") as file:
        return hashlib.sha256(file.read() + sys.version.encode()).hexdigest()


def stamp_path(name):
    return os.path.join(VENV, ".installed-" + name)


def is_installed(name, wanted):
    try:
        with open(stamp_path(name)) as file:
            return file.read() == wanted and os.path.exists(PYTHON)
    except OSError:
        return False


def make_venv():
    """A venv whose own pip works; anything else that lies in its place is replaced."""
    works = (
        os.path.exists(PYTHON)
        and subprocess.call(
            [PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        == 0
    )
    if not works:
        say("Making .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True, stdout=subprocess.DEVNULL)


def install(lock):
    """Install the lock with pip, showing how far it is. The machine's own pip settings stay in force."""
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "-r", lock]
    total, began, lines = count_packages(lock), time.time(), []
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    done = 0
    for line in pip.stdout:
        lines.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            done += 1
            show_count("Fetching packages: %d of %d" % (min(done, total), total), done == total)
        elif line.startswith("Installing collected packages"):
            show_count("Installing %d packages" % total, True)
    if pip.wait() != 0:
        sys.stdout.write("\n" + "".join(lines[-20:]))
        return False
    say("Packages are in place (%.0f s)" % (time.time() - began))
    return True


def count_packages(lock):
    with open(lock, encoding="utf-8") as file:
        return sum(1 for line in file if line[:1].isalnum())


def show_count(text, last):
    if sys.stdout.isatty():
        sys.stdout.write("\r" + text + ("\n" if last else ""))
        sys.stdout.flush()
    elif last:
        say(text)


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(name):
    sentence = problem()
    if sentence:
        sys.stderr.write(sentence + "\n")
        return 1
    lock = os.path.join(ROOT, "requirements", name + ".txt")
    wanted = fingerprint(lock)
    if is_installed(name, wanted):
        return 0
    try:
        make_venv()
        if not install(lock):
            sys.stderr.write("The packages could not be installed; the lines above are pip's. Try again.\n")
            return 1
        with open(stamp_path(name), "w") as file:
            file.write(wanted)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(
            "The folder .venv could not be made: %s failed with code %s.\n" % (error.cmd[0], error.returncode)
        )
        return 1
    except OSError as error:
        sys.stderr.write(
            "The folder .venv could not be written (%s): check the disk's space and who owns it.\n" % error
        )
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped; the next call goes on from here.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
