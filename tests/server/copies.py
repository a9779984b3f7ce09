"""Copies under a storm: random tables, changes, statements, kills, errors.

copies.py KIND SOURCE TARGET BIN SEED ROUNDS [SECONDS]: KIND is snapshot or
signal, SOURCE and TARGET are folders of tests/mariadb.sh.  In each round a
database of the source is copied while its tables are changed, altered, renamed
and made anew, and while the tools are killed and the target refuses rows.
Then the pipeline is run again until it ends well, or stops by name; what its
message says is done, and it goes on.  In the end every table must be equal.
Prints a line for each round that is wrong, and what to do to see it again."""
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'steps'))
from client import Client, Refused          # noqa: E402

NO_TABLES = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE " \
    "TABLE_SCHEMA = '%s' AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1"
LIMIT = 120             # seconds that one run may take
RUNS = 12               # after the storm


def words(rows):
    return [r[0].decode() for r in rows]


class Table:
    """What is known of a table of the source while the storm runs."""

    def __init__(self, r, name):
        self.name = name
        self.columns = ['v']
        self.key = r.choice(['id', 'id', 'id', 'a, b', 'k', None])
        self.blob = r.random() < .4
        self.unique = self.key == 'id' and r.random() < .3
        self.next = 100000

    def create(self):
        key = {'id': 'id INT PRIMARY KEY', 'a, b': 'a INT, b VARCHAR(20), '
               'PRIMARY KEY (a, b)', 'k': 'k VARCHAR(40) PRIMARY KEY',
               None: 'id INT'}[self.key]
        return 'CREATE TABLE %s (%s, v INT%s%s)' % (
            self.name, key, ', t LONGTEXT' if self.blob else '',
            ', u INT UNIQUE' if self.unique else '')

    def fill(self, n):
        key = {'id': 'id', 'a, b': 'a, b', 'k': 'k', None: 'id'}[self.key]
        value = {'id': 'seq', 'a, b': 'seq % 50, seq', 'k': 'MD5(seq)',
                 None: 'seq % 900'}[self.key]
        return 'INSERT INTO %s (%s, v%s%s) SELECT %s, 0%s%s FROM seq_1_to_%d' \
            % (self.name, key, ', t' if self.blob else '',
               ', u' if self.unique else '', value,
               ", REPEAT('x', seq % 300)" if self.blob else '',
               ', seq' if self.unique else '', n)

    def where(self, r, n):
        i = r.randrange(1, n + 1)
        return {'id': 'id = %d' % i, None: 'id = %d' % (i % 900),
                'a, b': "a = %d AND b = '%d'" % (i % 50, i),
                'k': "k = MD5(%d)" % i}[self.key]

    def change(self, r, n):
        """A statement that changes rows."""
        kind = r.random()
        self.next += 1
        i = self.next
        if kind < .25:
            key = {'id': 'id', 'a, b': 'a, b', 'k': 'k', None: 'id'}[self.key]
            value = {'id': str(i), None: str(i), 'k': "MD5(%d)" % i,
                     'a, b': "%d, '%d'" % (i % 50, i)}[self.key]
            return 'INSERT INTO %s (%s) VALUES (%s)' % (self.name, key, value)
        if kind < .4:
            return 'DELETE FROM %s WHERE %s' % (self.name, self.where(r, n))
        if kind < .55 and self.key:
            column, value = {'id': ('id', str(-i)), 'k': (
                'k', "CONCAT(k, '%d')" % (i % 10)), 'a, b': (
                'a', str(r.randrange(-9, 60)))}[self.key]
            return 'UPDATE IGNORE %s SET %s = %s WHERE %s' % (
                self.name, column, value, self.where(r, n))
        if kind < .6 and self.key in ('id', 'k'):       # to a place of before
            j = r.randrange(1, n + 1)
            column, value = {'id': ('id', str(j)), 'k': (
                'k', 'MD5(%d)' % j)}[self.key]
            return 'UPDATE IGNORE %s SET %s = %s WHERE %s' % (
                self.name, column, value, self.where(r, n))
        if kind < .7 and self.unique:
            return 'UPDATE IGNORE %s SET u = %d WHERE %s' % (
                self.name, r.randrange(n), self.where(r, n))
        column = r.choice(self.columns)
        return 'UPDATE %s SET %s = %d WHERE %s' % (
            self.name, column, i % 100, self.where(r, n))

    def alter(self, r):
        kind = r.random()
        if kind < .6 or len(self.columns) == 1:
            self.next += 1
            column = 'c%d' % self.next
            self.columns.append(column)
            more = r.choice(['INT DEFAULT 7', 'INT NOT NULL DEFAULT 8', 'INT',
                             'VARCHAR(9) DEFAULT 9', 'INT NOT NULL',
                             'INT DEFAULT 7 FIRST'])
            return 'ALTER TABLE %s ADD %s %s' % (self.name, column, more)
        if kind < .8:
            column = self.columns.pop()
            return 'ALTER TABLE %s DROP %s' % (self.name, column)
        return 'ALTER TABLE %s MODIFY v BIGINT' % self.name


class Round:
    def __init__(self, kind, source, target, tools, seed, folder):
        self.kind, self.seed, self.folder = kind, seed, folder
        self.r = random.Random(seed)
        self.tools = tools
        self.sock = {'source': source + '/sock', 'target': target + '/sock'}
        self.db = '%s%d' % (kind[:2], seed)
        self.state = os.path.join(folder, 'pos')
        self.look = Client(self.sock['source'])
        self.there = Client(self.sock['target'])
        self.log = []
        self.choose()

    def choose(self):
        r = self.r
        self.evolution = r.choice(['none', 'add', 'add', 'apply-ddl'])
        self.accepted = []
        self.image = r.choice(['FULL', 'FULL', 'FULL', 'NOBLOB', 'MINIMAL',
                               'MINIMAL'])
        self.metadata = os.environ.get('COPIES_METADATA', 'FULL')
        self.rows = r.choice([300, 3000, 7000])
        self.statements = r.random() < .6
        self.renames = r.random() < .4
        self.chunk = r.choice([50, 300, 1000])
        self.tables = [Table(r, 't%d' % i) for i in range(r.choice([2, 3, 4]))]
        if self.kind == 'signal':
            for t in self.tables:
                t.key = t.key or 'id'
        self.batch = r.choice([20, 500, 20000])
        self.kills = r.randrange(0, 6)
        self.refuses = r.random() < .3

    def tell(self, text):
        self.log.append('%.3f %s' % (time.time() - self.began, text))

    # ---- the load

    def run_sql(self, client, sql):
        try:
            client.query(sql)
            return True
        except Refused as e:
            self.tell('refused %s: %s' % (sql[:200], e))
            return False

    def statement(self, client, r):
        t = r.choice(self.tables)
        kind = r.random()
        if self.evolution == 'none':
            sql = 'TRUNCATE TABLE %s' % t.name if kind < .5 else None
        elif kind < .55:
            old = list(t.columns)
            sql = t.alter(r)
            self.tell(sql)
            if not self.run_sql(client, sql):
                t.columns = old
            return
        elif kind < .65:
            sql = 'TRUNCATE TABLE %s' % t.name
        elif kind < .8:
            self.tell('DROP TABLE ' + t.name)
            self.run_sql(client, 'DROP TABLE ' + t.name)
            new = Table(r, t.name)
            if self.kind == 'signal':
                new.key = new.key or 'id'
            time.sleep(r.choice([0, 0, .3]))
            self.tell(new.create())
            self.run_sql(client, new.create())
            self.run_sql(client, new.fill(self.rows // 3))
            self.tables[self.tables.index(t)] = new
            return
        else:
            name = t.name + 'r' if r.random() < .5 else None
            if name and self.renames:
                sql = 'RENAME TABLE %s TO %s' % (t.name, name)
                t.name = name
            else:
                sql = None
        if sql:
            self.tell(sql)
            self.run_sql(client, sql)

    def write(self):
        r = random.Random(self.seed * 7 + 1)
        client = Client(self.sock['source'])
        client.query('USE ' + self.db)
        client.query('SET binlog_row_image=' + self.image)
        for n in range(10 ** 9):
            if self.enough.is_set():
                break
            if self.statements and r.random() < .01:
                self.statement(client, r)
                continue
            several = r.random() < .2
            if several:
                client.query('BEGIN')
            for _ in range(r.randrange(1, 6) if several else 1):
                self.run_sql(client, r.choice(self.tables).change(
                    r, self.rows))
            if several:
                client.query(r.choice(['COMMIT', 'COMMIT', 'ROLLBACK']))
            if n % 10 == 0:
                time.sleep(.01)
        client.close()

    # ---- the pipeline

    def snapshot(self, last):
        ddl = ['--schema-changes'] if self.evolution == 'apply-ddl' else []
        return [self.tools + '/cdc-snapshot', '-S', self.sock['source'],
                '-u', 'root', '-t', self.db + r'\..*', '--mode', 'initial',
                '--state', self.state] + ddl + self.anew + \
            (['--until', 'now'] if last else ['--throttle',
                                              str(self.rows * 2)])

    def tail(self, last):
        ddl = ['--schema-changes'] if self.evolution == 'apply-ddl' else []
        return [self.tools + '/cdc-tail', '-S', self.sock['source'],
                '-u', 'root', '-t', self.db + r'\..*', '--control',
                '--signal', 'sig.signals', '--chunk-size', str(self.chunk),
                '--from', self.begin, '--state', self.state] + ddl + \
            (['--until', 'now'] if last else [])

    def sink(self):
        ways = ['--evolve', 'drop.column=follow,drop.table=follow'] \
            if self.evolution == 'add' else []
        return [self.tools + '/cdc-apply', '-S', self.sock['target'],
                '-u', 'root', '--state', self.state, '--name', self.db,
                '--batch', str(self.batch), '--batch-time', '200ms',
                '--retry-delay', '10ms', '--retry-delay-max', '50ms',
                '--schema-evolution', self.evolution] + ways + \
            (['--accept-tables', ','.join(self.accepted)]
             if self.accepted else [])

    def start(self, last):
        first = self.snapshot(last) if self.kind == 'snapshot' else \
            self.tail(last)
        self.words = open(os.path.join(self.folder, 'words'), 'a+b')
        self.words.seek(0, 2)
        self.said_at = self.words.tell()
        self.first = subprocess.Popen(first, stdout=subprocess.PIPE,
                                      stderr=self.words)
        self.second = subprocess.Popen(self.sink(), stdin=self.first.stdout,
                                       stdout=subprocess.DEVNULL,
                                       stderr=self.words)
        self.first.stdout.close()

    def wait(self, seconds):
        """Both statuses, None for what still runs."""
        end = time.time() + seconds
        while time.time() < end and self.second.poll() is None:
            time.sleep(.02)
        if self.second.poll() is None:
            return None
        try:
            self.first.wait(5)
        except subprocess.TimeoutExpired:
            self.first.terminate()
            self.first.wait()
        return self.first.returncode, self.second.returncode

    def said(self):
        self.words.flush()
        self.words.seek(self.said_at)
        return self.words.read().decode('utf-8', 'replace')

    def end(self):
        for p in (self.first, self.second):
            if p.poll() is None:
                p.kill()
            p.wait()
        self.tell('ended: %d, %d' % (self.first.returncode,
                                     self.second.returncode))
        self.words.close()

    def is_copying(self):
        try:
            with open(self.state, encoding='utf-8') as f:
                s = json.load(f)
        except (OSError, ValueError):
            return True
        return bool(s.get('incremental') or s.get('snapshot'))

    def refuse(self, r):
        """The target refuses rows of a table for a while."""
        name = r.choice(self.tables).name
        for sql in ('CREATE TRIGGER %s.x BEFORE %s ON %s.%s FOR EACH ROW '
                    "SIGNAL SQLSTATE '45000'" % (
                        self.db, r.choice(['INSERT', 'UPDATE', 'DELETE']),
                        self.db, name),):
            try:
                self.there.query(sql)
                self.tell(sql)
            except Refused:
                pass

    def accept(self):
        try:
            self.there.query('DROP TRIGGER IF EXISTS %s.x' % self.db)
        except Refused:
            pass

    # ---- a round

    def prepare(self):
        for client in (self.look, self.there):
            client.query('CREATE OR REPLACE DATABASE ' + self.db)
        for client in (self.look, self.there):
            client.query('USE ' + self.db)
            for t in self.tables:
                client.query(t.create())
        for t in self.tables:
            self.look.query(t.fill(self.rows))
        self.look.query('SET GLOBAL binlog_row_image=' + self.image)
        self.look.query('SET GLOBAL binlog_row_metadata=' + self.metadata)
        self.begin = self.look.query('SELECT @@gtid_binlog_pos')[0][0].decode()
        if self.kind == 'signal' and self.r.random() < .7:
            self.spoil()

    def spoil(self):
        for t in self.tables:
            if not t.unique:
                self.there.query(t.fill(self.rows // 2))
                self.there.query('UPDATE %s SET v = -1' % t.name)

    def ask(self):
        self.look.query('CREATE DATABASE IF NOT EXISTS sig')
        self.look.query('CREATE TABLE IF NOT EXISTS sig.signals (id VARCHAR('
                        '42) PRIMARY KEY, type VARCHAR(32) NOT NULL, '
                        'data TEXT)')
        self.look.query("INSERT INTO sig.signals VALUES ('%s', "
                        "'execute-snapshot', '{\"data-collections\": "
                        "[\"%s\\\\\\\\..*\"]}')" % (self.db, self.db))

    def storm(self, seconds):
        r = random.Random(self.seed * 11 + 2)
        self.start(False)
        for _ in range(self.kills):
            got = self.wait(r.random() * seconds / max(1, self.kills))
            if got is None:
                which = r.choice(['first', 'second', 'second', 'term'])
                self.tell('kill ' + which)
                if which == 'term':
                    self.first.terminate()
                else:
                    getattr(self, which).kill()
                self.wait(5)
            self.end()
            self.accept()
            if self.refuses and r.random() < .5:
                self.refuse(r)
            self.start(False)
        if self.kind == 'signal':
            self.until_copied()
        else:
            self.wait(r.random() * 1.5)
        self.end()
        self.accept()

    def until_copied(self):
        end = time.time() + LIMIT
        while self.is_copying() and time.time() < end:
            if self.wait(.1):
                if self.stopped(self.said()):
                    return
                self.end()
                self.accept()
                self.start(False)
            if time.time() > end - LIMIT / 2 and self.begun_load and \
                    not self.enough.is_set():
                self.tell('the load outruns the copy')
                self.outrun = True
                self.enough.set()

    def stopped(self, said):
        """Is it of use to run it again as it is?"""
        status = self.second.returncode
        return status not in (75, 69, -9) and self.first.returncode != 75 \
            and 'without its last heartbeat' not in said

    def finish(self):
        """Until all is there, or it stops: then what its words say."""
        for _ in range(RUNS):
            self.start(True)
            got = self.wait(LIMIT)
            said = self.said()
            if got is None:
                return 'hangs: ' + said[-1500:]
            self.end()
            if self.second.returncode == 0 and (
                    self.kind == 'snapshot' or not self.is_copying()):
                return None
            if self.stopped(said):
                self.stops.append(said[-1500:])
                if not self.rescue(said):
                    return 'stops: ' + said[-1500:]
            if self.kind == 'signal' and self.is_copying():
                self.start(False)
                self.until_copied()
                self.end()
        return 'does not end: ' + said[-1500:]

    def rescue(self, said):
        """What the message says: this is what a person would do."""
        found = re.search(r'table (\w+)\.(\w+): a row without column', said)
        if found and self.evolution == 'add':
            # no column of these tables has a default, here or there
            self.accepted.append(r'%s\.%s' % found.groups())
            return True
        found = re.search(r'table (\S+) has another key than', said) or \
            re.search(r'table (\S+): the source dropped and created', said)
        if found and self.evolution == 'add':
            self.there.query('DROP TABLE ' + found.group(1))
            return True
        found = re.search(r'table \w+\.(\w+) has (?:another key|no column)',
                          said)
        if found and 'by hand' in said or found and 'drop it here' in said:
            self.there.query('DROP TABLE %s.%s' % (self.db, found.group(1)))
            self.there.query('USE ' + self.db)
            self.there.query(self.look.query('SHOW CREATE TABLE %s.%s' % (
                self.db, found.group(1)))[0][1])
            return True
        return False

    def facts(self, client, table):
        columns = words(client.query(
            "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE "
            "TABLE_SCHEMA = '%s' AND TABLE_NAME = '%s' ORDER BY COLUMN_NAME"
            % (self.db, table)))
        return columns, self.rows_of(client, table, columns)

    def rows_of(self, client, table, columns):
        return sorted(str(x) for x in client.query(
            'SELECT %s FROM %s.%s' % (', '.join(columns), self.db, table)))

    def differ(self):
        wrong = []
        tables = [words(c.query(NO_TABLES % self.db))
                  for c in (self.look, self.there)]
        with open(os.path.join(self.folder, 'words'), 'rb') as f:
            self.over = b'the copy starts over' in f.read()
        if tables[0] != tables[1] and not (
                self.over and set(tables[0]) < set(tables[1])):
            wrong.append('tables: %s, %s' % tuple(tables))
        for t in tables[0]:
            if t not in tables[1]:
                continue
            a, b = self.facts(self.look, t), self.facts(self.there, t)
            if self.over and set(a[0]) < set(b[0]):
                # of a table that was made anew before the copy started over
                b = a[0], self.rows_of(self.there, t, a[0])
            if a[0] != b[0]:
                wrong.append('%s: columns %s, %s' % (t, a[0], b[0]))
            elif a != b:
                x, y = set(a[1]) - set(b[1]), set(b[1]) - set(a[1])
                wrong.append('%s: %d rows, %d there; only here %d: %s; only '
                             'there %d: %s' % (t, len(a[1]), len(b[1]), len(x),
                                               sorted(x)[:4], len(y),
                                               sorted(y)[:4]))
        return '; '.join(wrong)

    def run(self, seconds):
        self.began = time.time()
        self.enough = threading.Event()
        self.outrun = False
        self.anew = []
        self.stops = []
        self.begun_load = False
        self.prepare()
        load = threading.Thread(target=self.write)
        load.start()
        self.begun_load = True
        try:
            if self.kind == 'signal':
                self.ask()
            self.storm(seconds)
        finally:
            self.enough.set()
            load.join()
        wrong = self.finish()
        if not wrong:
            wrong = self.differ()
        if self.outrun:
            wrong = (wrong or '') + ' OUTRUN'
        return wrong

    def close(self):
        for client in (self.look, self.there):
            client.query('DROP DATABASE IF EXISTS ' + self.db)
            client.close()


def main():
    kind, source, target, tools, seed, rounds = sys.argv[1:7]
    seconds = float(sys.argv[7]) if len(sys.argv) > 7 else 3
    bad = 0
    for s in range(int(seed), int(seed) + int(rounds)):
        folder = os.path.join(os.path.dirname(source), 'round')
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        one = Round(kind, source, target, tools, s, folder)
        wrong = one.run(seconds)
        what = 'seed %d: %s %s %s, %d rows, %d kills, statements %d, ' \
            '%s' % (s, one.evolution, one.image, one.metadata, one.rows,
                    one.kills, one.statements, ' | '.join(
                        '%s(%s)%s' % (t.name, t.key, 'B' if t.blob else '')
                        for t in one.tables))
        keep = os.environ.get('COPIES_KEEP')
        if wrong:
            bad += 1
            print('WRONG ' + what + ': ' + wrong)
            if keep:
                with open(folder + '/log', 'w', encoding='utf-8') as f:
                    f.write('\n'.join(one.log))
                shutil.rmtree('%s/%s%d' % (keep, kind, s), ignore_errors=True)
                shutil.copytree(folder, '%s/%s%d' % (keep, kind, s))
        elif os.environ.get('COPIES_TELL'):
            print('ok ' + what + ' stops %d' % len(one.stops))
        sys.stdout.flush()
        one.close()
    print('%d wrong of %d' % (bad, int(rounds)))
    return bad > 0


if __name__ == '__main__':
    sys.exit(main())
