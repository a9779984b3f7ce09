#!/usr/bin/env python3
"""Schemas, rows and statements at random: what a native replica and our pipe
make of them.

    trial.py VERSION DIR [--seed N] [--seeds N | --seconds N] [--keep DIR]
        [--so-far FILE]
    trial.py VERSION DIR --again FILE

DIR has the servers of tests/trio.sh.  Each seed makes a script of several
sessions, which is executed on the source while it is made, since its
statements are about tables as they are.  Then the pipe makes the target of the
log (live, from files, or as a copy), and what can be seen of it is compared
with the replica.  What is wrong is made as short as it can be and kept as a
file like those of tests/native ("-- session N": the next statements are of
that one).  Where a server dies, or does not answer, the exit status is 3: with
servers that are new, the same words go on at what is in the file --so-far."""
import argparse
import collections
import os
import pickle
import re
import sys
import time

from tables import tables_of
from sessions import Sessions
from trio import Dead, Trio
from values import CODECS

STATEMENT = re.compile(rb'(.*?);\n', re.S)
SESSION = re.compile(rb'(?:--.*\n)*?-- session (\d+)\n')
LENGTH = 120
MODES = ['live', 'live', 'live', 'files', 'files', 'copy']
TAIL = ['', '', '', '--binary hex', '--decimal precise', '--json embed',
        '--bigint-unsigned precise', '--binary base64']
APPLY = ['', '', '', '--batch 3', '--no-reorder', '--split-transactions '
         '--batch 5', '--batch 100000']
# What stops the pipe, and is in the manual as what does.
DOCUMENTED = [
    (r'does not name its columns, and the server|has no column @\d',
     'without names in the log, and nothing says what they are'),
    (r'a row event without a column',
     'a row of which binlog_row_image=MINIMAL leaves nothing'),
    (r"one of the labels that information_schema shows as '\?'|"
     r"\('\?','\?'.*not one of its labels", 'labels that are both ?'),
    (r'Cannot get geometry object from data you send',
     'a computed column that is no geometry, where a replica stops, too'),
    (r'statement-based change of',
     'a statement that a server in format ROW logs without its rows'),
    (r'\(rows that CREATE', 'CREATE … IGNORE SELECT logs what it ignores'),
    (r'\(so does the replica', 'the replica stops, too'),
    (r'the dump is refused', 'tables that no CREATE TABLE makes, '
     'or views of what is gone'),
    (r'\(nor is the replica', 'the replica is not what the source is, either'),
]


class Script:
    def __init__(self, mode, tail, apply, steps):
        self.mode, self.tail, self.apply = mode, tail, apply
        self.steps = steps

    def text(self):
        out = [b'-- modes: %s\n-- tail: %s\n-- apply: %s\n' % tuple(
            s.encode() for s in (self.mode, self.tail, self.apply))]
        last = 1
        for session, statement in self.steps:
            if session != last:
                out.append(b'-- session %d\n' % session)
            last = session
            out.append(statement + b';\n')
        return b''.join(out)

    @staticmethod
    def read(path):
        with open(path, 'rb') as f:
            data = f.read()
        head = {k: m[1].decode().strip() if m else '' for k, m in (
            (k, re.search(rb'^-- %s:(.*)$' % k.encode(), data, re.M))
            for k in ('modes', 'tail', 'apply'))}
        session, steps = 1, []
        for m in STATEMENT.finditer(data):
            at = SESSION.match(m[1])
            session = int(at[1]) if at else session
            steps.append((session, re.sub(rb'\A(--.*\n)+', b'', m[1])))
        return Script(head['modes'] or 'live', head['tail'], head['apply'],
                      steps)


def make(trio, seed, vectors):
    """A script, while it is executed."""
    s = Sessions(seed, vectors)
    steps, stale = [], True
    for n in range(LENGTH):
        if stale:
            s.tables = tables_of(trio.look)
        session = s.turn()
        for made in s.next(n):
            statement = made.encode(CODECS[s.session.charset], 'replace')
            steps.append((session, statement))
            trio.step(session, statement)
            stale = not re.match('INSERT|UPDATE|DELETE|REPLACE|SET', made)
    return Script(s.one(*MODES), s.one(*TAIL), s.one(*APPLY), steps)


def same_kind(wrong):
    """What of a finding is the same in a shorter script."""
    if not wrong:
        return None
    words = re.sub(r'\S*/sock', 'SERVER', wrong[0])
    words = re.sub(r'table \S+?\.[^:]*?(?=:| has)', 'table #', words)
    return re.sub(r'\d+|".*?"|`.*?`|\'.*?\'', '#', words)[:200]


def shorter(trio, script, wrong, seconds):
    """Without the statements that it does not take."""
    end, kind = time.time() + seconds, same_kind(wrong)
    steps, size = script.steps, max(1, len(script.steps) // 2)
    while time.time() < end:
        at, before = 0, len(steps)
        while at < len(steps) and time.time() < end:
            less = steps[:at] + steps[at + size:]
            tried = Script(script.mode, script.tail, script.apply, less)
            found = trio.again(tried)
            if same_kind(found) == kind:
                steps, wrong = less, found
            else:
                at += size
        if size == 1 and len(steps) == before:
            break
        size = max(1, size // 2)
    return Script(script.mode, script.tail, script.apply, steps), wrong


class Trial:
    def __init__(self, args):
        self.args, self.trio = args, Trio(args.dir)
        self.count = collections.Counter()
        self.stops = collections.Counter()
        self.kinds = collections.Counter()
        self.seed, self.spent = args.seed, 0
        if args.so_far and os.path.exists(args.so_far):
            with open(args.so_far, 'rb') as f:
                vars(self).update(pickle.load(f))
        self.vectors = float(args.version.replace('galera', '10')) > 11.7

    def keep(self, seed, script):
        os.makedirs(self.args.keep, exist_ok=True)
        path = '%s/%s-%d.sql' % (self.args.keep, self.args.version, seed)
        with open(path, 'wb') as f:
            f.write(script.text())
        return path

    def judge(self, seed, script, wrong):
        for regex, why in DOCUMENTED:
            if re.search(regex, wrong[0]):
                self.stops[why] += 1
                return
        kind = same_kind(wrong)
        self.kinds[kind] += 1
        path = self.keep(seed, script)
        if self.kinds[kind] <= self.args.shrink:
            script, wrong = shorter(self.trio, script, wrong, 150)
            path = self.keep(seed, script)
        print('# seed %d, %s: %s\n#   %s' % (
            seed, script.mode, wrong[0], path))
        for line in wrong[1]:
            print('#   ' + line[:400])
        if self.kinds[kind] <= self.args.shrink:
            print(''.join('# | ' + x + '\n' for x in script.text().decode(
                'utf-8', 'replace').split('\n'))[:3000])
        sys.stdout.flush()

    def one(self, seed):
        t = self.trio
        t.reset()
        t.begin()
        script = make(t, seed, self.vectors)
        t.end()
        wrong = t.follow(script)
        self.count['scripts'] += 1
        self.count['statements'] += t.tried
        self.count['taken'] += t.taken
        self.count['tables'] += t.compared
        if t.replica_stopped:
            self.stops['the replica stops: ' + re.sub(
                r'\d+|\'[^\']*\'', '#', t.replica_stopped)[:90]] += 1
        if wrong:
            self.judge(seed, script, wrong)

    def leave(self, why, began):
        """For the next run."""
        self.stops['the servers are gone: %s' % why] += 1
        self.seed += 1
        self.spent += time.time() - began
        with open(self.args.so_far, 'wb') as f:
            pickle.dump({name: getattr(self, name) for name in (
                'count', 'stops', 'kinds', 'seed', 'spent')}, f)
        return 3

    def run(self):
        a, began = self.args, time.time()
        end = began + a.seconds - self.spent if a.seconds else 1e12
        while time.time() < end and (a.seconds or
                                     self.seed < a.seed + a.seeds):
            try:
                self.one(self.seed)
            except (Dead, EOFError, OSError) as e:
                if not a.so_far:
                    raise
                return self.leave(e, began)
            self.seed += 1
        for why, n in sorted(self.stops.items()):
            print('# %d not judged: %s' % (n, why))
        wrong = sum(self.kinds.values())
        for kind, n in self.kinds.most_common():
            print('# %d wrong: %s' % (n, kind))
        print('# %(scripts)d scripts, %(statements)d statements, %(taken)d '
              'taken, %(tables)d tables compared' % self.count)
        print('%d wrong' % wrong)
        return 1 if wrong else 0


def main():
    p = argparse.ArgumentParser()
    p.add_argument('version')
    p.add_argument('dir')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--seeds', type=int, default=1)
    p.add_argument('--seconds', type=int, default=0)
    p.add_argument('--keep', default='random-failures')
    p.add_argument('--shrink', type=int, default=2)
    p.add_argument('--so-far')
    p.add_argument('--again')
    args = p.parse_args()
    if args.again:
        trio = Trio(args.dir)
        wrong = trio.again(Script.read(args.again))
        print('%s\n%s' % (wrong[0], '\n'.join(wrong[1])) if wrong else 'equal')
        sys.exit(1 if wrong else 0)
    sys.exit(Trial(args).run())


main()
