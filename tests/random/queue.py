#!/usr/bin/env python3
"""Rows, keys and statements at random, some of which the target refuses: with
cdc-apply --dlq and, once it refuses nothing any more, --replay-dlq, it becomes
what the source is, or the tools stop and say why.

    queue.py SOURCE TARGET DIR [--seed N] [--seeds N | --seconds N] [--keep DIR]

SOURCE and TARGET are sockets.  A seed makes tables, the target's with
constraints that the source's lack, and some rounds of statements; after each,
the stream is applied in batches of any size, and may be killed.  What is wrong
is kept as a folder of the statements, the stream and the messages."""
import argparse
import collections
import os
import random
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', 'steps'))
from client import Client, Refused     # noqa: E402

NAMES = ['t', 'p', 'k', 'n']
# What a table may be made of, and what only the target forbids.
SHAPES = [
    'a INT PRIMARY KEY, v INT, u INT, z TEXT, w VARCHAR(9)',
    'a VARCHAR(5) PRIMARY KEY, v INT, u INT, z TEXT, w VARCHAR(9)',
    'a INT, b VARCHAR(5), v INT, u INT, z TEXT, PRIMARY KEY (b, a)',
    'a INT PRIMARY KEY, v INT, u INT, z TEXT, UNIQUE uu (u)',
    'a VARCHAR(5) PRIMARY KEY, v INT, u INT, z TEXT, UNIQUE uu (u, v)',
    'a INT, v INT, u INT, z TEXT',
]
BANS = ["z <> 'b'", 'v <> 3', 'u <> 2', "z <> 'b' AND v <> 2",
        'v + u <> 4', "z <> 'c' OR v = 1"]
# What the tools may say when they do not go on.
BY_NAME = [
    ('waits', r'must be applied before'),
    ('unique', r'same value of a unique key|Duplicate entry'),
    ('refused', r'CONSTRAINT .* failed|still fails?\b'),
    ('refers', r'foreign key constraint'),
    ('columns', r'has no column|Unknown column|lacks .*part of the key'),
    ('missing', r'rows? to be changed (is|are) missing'),
    ('statement', r'the statement of .*does not fit|does not fit the target'),
    ('table', r'the target has no table'),
    ('names', r'exchange names'),
    ('left', r'was left|were left'),
]


class World:
    def __init__(self, seed, source, target, folder):
        self.r = random.Random(seed)
        self.seed, self.folder = seed, folder
        self.source, self.target = Client(source), Client(target)
        self.sockets = source, target
        self.log = []
        self.stops = collections.Counter()

    def say(self, who, sql, why=''):
        self.log.append('%s: %s;%s' % (who, sql, why))

    def on_source(self, sql):
        try:
            self.source.query(sql)
            self.say('source', sql)
            return True
        except Refused as e:
            self.say('source', sql, ' -- %s' % e.args[0])
            return False

    def on_target(self, sql):
        try:
            self.target.query(sql)
            self.say('target', sql)
        except Refused as e:
            self.say('target', sql, ' -- %s' % e.args[0])

    def columns(self, table):
        return [c[0].decode() for c in self.source.query(
            "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE "
            "TABLE_SCHEMA='q' AND TABLE_NAME='%s' ORDER BY ORDINAL_POSITION"
            % table)]

    def tables(self, client):
        return [t[0].decode() for t in client.query(
            "SELECT TABLE_NAME FROM information_schema.TABLES WHERE "
            "TABLE_SCHEMA='q' ORDER BY 1")]

    # ---- what is made

    def begin(self):
        r = self.r
        self.image = r.choice(['FULL', 'NOBLOB', 'MINIMAL'])
        self.evolution = r.choice(['none', 'none', 'add', 'apply-ddl',
                                   'apply-ddl'])
        self.kin = r.random() < .25
        for client in self.source, self.target:
            client.query('CREATE OR REPLACE DATABASE q')
        self.source.query('SET SESSION binlog_row_image=' + self.image)
        for name in r.sample(NAMES, r.randint(1, 3)):
            shape = r.choice(SHAPES)
            for who in self.on_source, self.on_target:
                who('CREATE TABLE q.%s (%s)' % (name, shape))
            self.ban(name)
        if self.kin:
            self.make_kin()
        self.since = self.source.query('SELECT @@gtid_binlog_pos')[0][0]
        self.target.query('DROP DATABASE IF EXISTS cdc')

    def make_kin(self):
        what = self.r.choice(['CASCADE', 'SET NULL', 'RESTRICT'])
        for who in self.on_source, self.on_target:
            who('CREATE TABLE q.parent (a INT PRIMARY KEY, v INT, z TEXT)')
            who('CREATE TABLE q.child (a INT PRIMARY KEY, p INT, v INT, z '
                'TEXT, FOREIGN KEY (p) REFERENCES parent (a) ON DELETE %s ON '
                'UPDATE %s)' % (what, what))
        self.ban('parent')
        self.ban('child')

    def ban(self, table):
        columns = self.columns(table)
        bans = [b for b in BANS
                if all(c in columns for c in re.findall(r'\b[a-z]\b(?!\')', b))]
        self.on_target('ALTER TABLE q.%s ADD CONSTRAINT ban CHECK (%s)' %
                       (table, self.r.choice(bans)))

    def allow(self):
        for t in self.tables(self.target):
            if self.target.query(
                    "SELECT 1 FROM information_schema.CHECK_CONSTRAINTS WHERE "
                    "CONSTRAINT_SCHEMA='q' AND TABLE_NAME='%s' AND "
                    "CONSTRAINT_NAME='ban'" % t):
                self.on_target('ALTER TABLE q.%s DROP CONSTRAINT ban' % t)

    # ---- statements

    def value(self, column):
        r = self.r
        if column in 'zw' and r.random() < .9:
            return r.choice(["'a'", "'b'", "'c'", "'d'", 'NULL'])
        if column == 'b':
            return r.choice(["'a'", "'B'", "'ä'", "'e'"])
        return str(r.randint(1, 5)) if column == 'a' else \
            r.choice(['1', '2', '3', '4', '5', 'NULL'])

    def where(self, table, columns):
        r = self.r
        if 'a' in columns and r.random() < .8:
            return ' WHERE a = %s' % self.value('a')
        return r.choice(['', ' WHERE %s = 2' % r.choice(columns)])

    def rows(self, table):
        r, c = self.r, self.columns(table)
        kind = r.random()
        if kind < .4:
            self.on_source('INSERT INTO q.%s (%s) VALUES %s' % (
                table, ','.join(c), ','.join('(%s)' % ','.join(
                    self.value(x) for x in c)
                    for _ in range(r.choice([1, 1, 2, 3])))))
        elif kind < .65:
            x = r.choice(c)
            self.on_source('UPDATE q.%s SET %s = %s%s' % (
                table, x, self.value(x), self.where(table, c)))
        elif kind < .8 and 'a' in c:
            self.on_source('UPDATE q.%s SET a = %s%s%s' % (
                table, self.value('a'), r.choice(['', ', v = 1']),
                self.where(table, c)))
        elif kind < .95:
            self.on_source('DELETE FROM q.%s%s' % (
                table, self.where(table, c)))
        else:
            self.on_source('REPLACE INTO q.%s (%s) VALUES (%s)' % (
                table, ','.join(c), ','.join(self.value(x) for x in c)))

    def change(self, table):
        r, c = self.r, self.columns(table)
        other = r.choice(NAMES)
        made = self.tables(self.source)
        rest = [x for x in c if x not in ('a', 'b')] or ['v']
        ways = ['TRUNCATE q.%s' % table]
        if self.evolution != 'none':
            ways += [
                'ALTER TABLE q.%s ADD COLUMN c%d INT DEFAULT %d' % (
                    table, r.randint(1, 3), r.randint(1, 5)),
                'ALTER TABLE q.%s RENAME COLUMN %s TO %s' % (
                    table, r.choice(rest), r.choice(['x', 'y', 'u', 'v'])),
                'ALTER TABLE q.%s MODIFY v BIGINT' % table,
                'RENAME TABLE q.%s TO q.%s' % (table, other)]
        if self.evolution == 'apply-ddl':
            ways += [
                'DROP TABLE q.%s' % table,
                'CREATE OR REPLACE TABLE q.%s (%s)' % (
                    table, r.choice(SHAPES)),
                'CREATE TABLE q.%s (%s)' % (other, r.choice(SHAPES)),
                'CREATE TABLE q.%s LIKE q.%s' % (other, table),
                'ALTER TABLE q.%s DROP COLUMN %s' % (table, r.choice(rest)),
                'ALTER TABLE q.%s RENAME COLUMN u TO v, RENAME COLUMN v TO u'
                % table,
                'CREATE INDEX i ON q.%s (v)' % table,
                'ALTER TABLE q.%s DROP PRIMARY KEY' % table,
                'ALTER TABLE q.%s DROP PRIMARY KEY, ADD PRIMARY KEY (a, v)'
                % table,
                'RENAME TABLE q.%s TO q.s, q.%s TO q.%s, q.s TO q.%s' % (
                    table, other, table, other),
                'DROP TABLE q.%s, q.%s' % (table, r.choice(made)),
            ]
        sql = r.choice(ways)
        if 'parent' in sql or 'child' in sql:
            return
        if self.on_source(sql) and sql.startswith('DROP') and r.random() < .7:
            self.on_source('CREATE TABLE q.%s (%s)' % (
                table, r.choice(SHAPES)))

    def statements(self):
        r = self.r
        inside = 0
        for _ in range(r.randint(1, 25)):
            made = self.tables(self.source)
            if not inside and r.random() < .3:
                inside = r.randint(2, 6)
                self.on_source('BEGIN')
            if not made:
                self.on_source('CREATE TABLE q.t (%s)' % r.choice(SHAPES))
                continue
            if not inside and r.random() < .1:
                self.change(r.choice(made))
            else:
                self.rows(r.choice(made))
            if inside:
                inside -= 1
                if not inside:
                    self.on_source(r.choice(['COMMIT'] * 4 + ['ROLLBACK']))
        if inside:
            self.on_source('COMMIT')

    # ---- the tools

    def path(self, name):
        return os.path.join(self.folder, name)

    def tool(self, args, stdin=None, kill=0.):
        with open(self.path('messages'), 'ab') as err, \
                open(stdin or os.devnull, 'rb') as f:
            err.write(('$ %s\n' % ' '.join(args)).encode())
            err.flush()
            at = err.tell()
            p = subprocess.Popen(args, stdin=f, stdout=subprocess.DEVNULL,
                                 stderr=err)
            if kill:
                time.sleep(kill)
                p.kill()
            status = p.wait()
        with open(self.path('messages'), 'rb') as f:
            f.seek(at)
            self.told = f.read().decode('utf-8', 'replace')
        self.say('tool', ' '.join(args), ' -- %d' % status)
        return status

    def stopped(self, status):
        """By name?"""
        for name, words in BY_NAME:
            if status in (65, 78) and re.search(words, self.told):
                self.stops['%d %s' % (status, name)] += 1
                return True
        return False

    def tail(self):
        with open(self.path('stream'), 'wb') as f:
            return subprocess.run(
                ['cdc-tail', '-q', '-S', self.sockets[0], '--until', 'now',
                 '--control', '--schema-changes',
                 '--from', self.since.decode()], stdout=f,
                stderr=subprocess.PIPE, check=False)

    def apply(self):
        """True: all came in; False: it stopped by name; else the words."""
        r = self.r
        args = ['cdc-apply', '-S', self.sockets[1], '--name', 'q', '--dlq',
                self.path('dlq'), '--batch', str(r.choice(
                    [1, 2, 3, 7, 1000, 1000])), '--schema-evolution',
                self.evolution] + self.options
        while r.random() < .3:
            lines = open(self.path('stream'), 'rb').readlines()
            with open(self.path('cut'), 'wb') as f:
                f.writelines(lines[:r.randint(0, len(lines))])
            status = self.tool(args, self.path('cut'),
                               r.choice([0, .01, .02, .05]))
            if status not in (0, 75, -9):
                return self.stopped(status) and None
        status = self.tool(args, self.path('stream'))
        return status == 0 or (None if self.stopped(status) else False)

    def replay(self):
        with open(self.path('dlq'), 'rb') as f, \
                open(self.path('replayed'), 'ab') as to:
            shutil.copyfileobj(f, to)
        status = self.tool(['cdc-apply', '-S', self.sockets[1],
                            '--replay-dlq', self.path('dlq')])
        return status == 0 or (None if self.stopped(status) else False)

    def differ(self):
        mine, theirs = (self.tables(c) for c in (self.source, self.target))
        if mine != theirs:
            return 'tables %s, and %s at the target' % (mine, theirs)
        for t in mine:
            ask = 'SELECT %s FROM q.%s' % (','.join(self.columns(t)), t)
            try:
                a, b = (sorted(map(repr, c.query(ask)))
                        for c in (self.source, self.target))
            except Refused as e:
                return '%s: %s' % (t, e.args)
            if a != b:
                return '%s: %s, and %s at the target' % (t, a, b)
        return None

    def run(self):
        """What is wrong, or None."""
        r = self.r
        self.begin()
        self.options = r.choice([[], [], ['--no-reorder'],
                                 ['--split-transactions']])
        if self.evolution == 'add':
            self.options += ['--evolve', 'drop.table=follow,'
                             'rename.column=follow,drop.column=follow']
        for _ in range(r.randint(1, 4)):
            self.statements()
            done = self.tail()
            if done.returncode:
                self.stops['tail'] += 1
                return None
            before = None
            for _ in range(30):
                done = self.apply()
                if done is not None or self.told == before:
                    break
                before = self.told
                self.allow()
                if self.replay() is False:
                    return 'the replay says: ' + self.told
            if done is None:
                self.stops['for good'] += 1
                return None
            if done is False:
                return 'it says: ' + self.told
        self.allow()
        done = self.replay()
        if done is not True:
            return None if done is None else 'the replay says: ' + self.told
        return self.differ()


def main():
    p = argparse.ArgumentParser()
    p.add_argument('source')
    p.add_argument('target')
    p.add_argument('folder')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--seeds', type=int, default=0)
    p.add_argument('--seconds', type=float, default=0)
    p.add_argument('--keep')
    o = p.parse_args()
    until = time.monotonic() + o.seconds
    seed, wrong, stops, queued = o.seed, 0, collections.Counter(), 0
    while seed < o.seed + o.seeds or time.monotonic() < until:
        folder = os.path.join(o.folder, 'queue')
        shutil.rmtree(folder, True)
        os.makedirs(folder)
        w = World(seed, o.source, o.target, folder)
        what = w.run()
        stops.update(w.stops)
        queued += any('--replay' in line for line in w.log)
        if what:
            wrong += 1
            print('seed %d: %s' % (seed, what), flush=True)
            with open(os.path.join(folder, 'log'), 'w') as f:
                f.write('\n'.join(w.log) + '\n')
            if o.keep:
                shutil.copytree(folder, os.path.join(o.keep, str(seed)),
                                dirs_exist_ok=True)
        w.source.close()
        w.target.close()
        seed += 1
    print('%d seeds; stopped by name: %s' % (seed - o.seed, ', '.join(
        '%s %d' % s for s in sorted(stops.items())) or 'never'))
    print('%d wrong' % wrong)


if __name__ == '__main__':
    main()
