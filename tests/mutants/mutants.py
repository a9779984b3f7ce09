#!/usr/bin/env python3
"""Faults of one line, planted one by one: does a test notice?

usage: mutants.py [--check | --quick] [--jobs N] [NAME]...

Each line of mutants.tsv is a fault: its name, a file, a text that is there
exactly once, what it is replaced by, the tests one of which must fail, and
what the fault means.  The tree is copied and built; the tests pass there, then
each fault is planted, built and looked for.  A fault that no test notices, that
does not build, or whose text is gone is an error.

--check looks for the texts alone, --quick leaves out the tests that need a
server.  NAMEs are the faults to plant: all of them,
if none is given.
"""

import argparse
import os
import pathlib
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
TABLE = TOP / 'tests/mutants/mutants.tsv'
LEFT_OUT = {'.git', 'build', 'lint-build', 'fuzz-out', 'bench-logs'}
ESCAPES = {'t': '\t', 'n': '\n', '\\': '\\'}
SECONDS = 900           # no test takes longer; a fault may loop


def fail(text):
    sys.exit(f'mutants: {text}')


class Mutant:
    def __init__(self, number, line):
        parts = line.split('\t')
        if len(parts) != 6:
            fail(f'line {number} has {len(parts)} fields, not 6')
        self.name, self.file, before, after, tests, self.what = parts
        self.before, self.after = (
            re.sub(r'\\(.)', lambda m: ESCAPES[m[1]], text)
            for text in (before, after))
        self.tests = tests.split()

    def planted(self):
        """The file with the fault; None where its place is not found."""
        path = TOP / self.file
        if not path.exists():
            return None
        text = path.read_text()
        if text.count(self.before) != 1 or self.before == self.after:
            return None
        return text.replace(self.before, self.after)

    def trouble(self):
        path = TOP / self.file
        if not path.exists():
            return f'{self.name}: there is no {self.file}'
        times = path.read_text().count(self.before)
        if times != 1:
            return (f'{self.name}: {self.file} has its text {times} times, '
                    f'not once: {self.before.strip()}')
        missing = [t for t in self.tests if not source_of(t).exists()]
        if missing or not self.tests:
            return f'{self.name}: no such test: {" ".join(missing)}'
        return None


def source_of(test):
    return TOP / 'tests' / (test + ('.c' if is_program(test) else '.t'))


def is_program(test):
    return test.startswith('unit/')


def table():
    lines = TABLE.read_text().splitlines()
    return [Mutant(number, line) for number, line in enumerate(lines, 1)
            if line and not line.startswith('#')]


def command(where, words, log, seconds=SECONDS):
    """Run it, its output to a file; None: it was ended."""
    env = dict(os.environ, CDC_BIN=f'{where}/build/src', CDC_SRC=str(where))
    with open(log, 'wb') as out:
        child = subprocess.Popen(words, cwd=where, env=env, stdout=out,
                                 stderr=subprocess.STDOUT,
                                 stdin=subprocess.DEVNULL,
                                 start_new_session=True)
        try:
            return child.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, 9)
            child.wait()
            return None


class Tree:
    """A copy of the sources, built."""

    def __init__(self, where, of=None):
        self.where = where
        self.log = where.parent / (where.name + '.log')
        if of:
            shutil.copytree(of.where, where, symlinks=True)
            return
        shutil.copytree(TOP, where, symlinks=True, ignore=lambda folder, names:
                        LEFT_OUT & set(names) if folder == str(TOP) else [])
        (where / 'build').mkdir()
        self.must(['sh', '-c', '[ -x configure ] || autoreconf -fi'])
        self.must(['sh', '-c', 'cd build && ../configure -q CFLAGS=-O1 '
                   '--disable-hardening'])
        self.must(['make', '-s', '-C', 'build', f'-j{os.cpu_count()}', 'all',
                   'check-build'])

    def must(self, words):
        if command(self.where, words, self.log) != 0:
            fail(f'{" ".join(words)}:\n{self.last_words()}')

    def last_words(self):
        return self.log.read_text(errors='replace')[-2000:]

    def build(self, tests):
        wanted = [f'tests/{t}' for t in tests if is_program(t)]
        if len(wanted) < len(tests):
            wanted.append('all')
        return command(self.where, ['make', '-s', '-C', 'build', *wanted],
                       self.log) == 0

    def fails(self, test):
        """What the test says that is not right, or None."""
        words = [f'build/tests/{test}'] if is_program(test) else [
            'sh', f'tests/{test}.t']
        status = command(self.where, words, self.log)
        if status == 0:
            return None
        said = self.log.read_text(errors='replace').splitlines()
        wrong = [line for line in said if line.startswith('not ok')]
        if wrong:
            return wrong[0]
        return 'it does not end' if status is None else f'exit {status}'

    def plant(self, mutant):
        self.put(mutant, mutant.planted())

    def restore(self, mutant):
        self.put(mutant, (TOP / mutant.file).read_text())

    def put(self, mutant, text):
        # newer than its object, whatever the clock's step
        path = self.where / mutant.file
        path.write_text(text)
        now = time.time() + 1
        os.utime(path, (now, now))


def judge(tree, mutant):
    """Is it noticed?  And a line that says by what."""
    tree.plant(mutant)
    try:
        if not tree.build(mutant.tests):
            return False, 'does not build:\n' + tree.last_words()
        for test in mutant.tests:
            wrong = tree.fails(test)
            if wrong:
                return True, f'{test}: {wrong}'
        return False, f'NOT NOTICED: {mutant.what}'
    finally:
        tree.restore(mutant)


def each(trees, mutants):
    """Judge all of them, a tree for each thread."""
    todo, done = queue.Queue(), queue.Queue()
    for mutant in mutants:
        todo.put(mutant)

    def work(tree):
        while True:
            try:
                mutant = todo.get_nowait()
            except queue.Empty:
                return
            done.put((mutant, *judge(tree, mutant)))

    for tree in trees:
        threading.Thread(target=work, args=(tree,), daemon=True).start()
    for _ in mutants:
        yield done.get()


def unplanted_passes(tree, mutants):
    for test in sorted({t for m in mutants for t in m.tests}):
        wrong = tree.fails(test)
        if wrong:
            fail(f'without a fault, {test}: {wrong}')


def chosen(names):
    mutants = table()
    unknown = set(names) - {m.name for m in mutants}
    if unknown:
        fail(f'not in {TABLE.name}: {" ".join(sorted(unknown))}')
    twice = len(mutants) - len({m.name for m in mutants})
    troubles = [m.trouble() for m in mutants]
    troubles = [t for t in troubles if t] + ['a name is there twice'] * twice
    if troubles:
        fail('\n'.join(troubles))
    return [m for m in mutants if not names or m.name in names]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--check', action='store_true')
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('names', nargs='*', metavar='NAME')
    options = parser.parse_args()
    mutants = chosen(options.names)
    if options.check:
        return 0
    if options.quick:
        for mutant in mutants:
            mutant.tests = [t for t in mutant.tests
                            if not t.startswith('server/')]
    with tempfile.TemporaryDirectory(prefix='cdc-mutants.') as folder:
        folder = pathlib.Path(folder)
        first = Tree(folder / '1')
        unplanted_passes(first, mutants)
        trees = [first] + [Tree(folder / str(n), first)
                           for n in range(2, options.jobs + 1)]
        killed = 0
        for mutant, noticed, said in each(trees, mutants):
            killed += noticed
            print(f'{"ok" if noticed else "not ok"} {mutant.name}: {said}',
                  flush=True)
    print(f'{killed} of {len(mutants)} faults were noticed')
    return 0 if killed == len(mutants) else 1


if __name__ == '__main__':
    sys.exit(main())
