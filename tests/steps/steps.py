#!/usr/bin/env python3
"""Each statement of a corpus, executed; then what the log's schema records
say of it, against what the server said of its tables then.

    steps.py run SOCKET SEEN CORPUS…         execute, and write what is seen
    steps.py rows SOCKET SEEN CORPUS…        the same, and a row after each
    steps.py compare SEEN RECORDS WARNINGS   RECORDS and WARNINGS: stdout and
                                             stderr of cdc-tail
A corpus holds statements that end in ";" at the end of a line; a line
"-- file NAME" begins a part, which has databases and a session of its own.
"""
import bisect
import collections
import json
import pickle
import re
import sys

from client import Client, Refused
from compare import wrong_table
from observe import databases, everything, text

RENAMES = re.compile(rb'rename|convert\s+table|drop\s+(database|schema)|'
                     rb'replace\s+(database|schema)', re.I)
# What has tables be another thing for a while.
STRANGE = re.compile(rb'tablespace|convert\s+partition|mysql\.',
                     re.I)
INDEX = re.compile(rb'\b(create|drop)\b[^(]*\bindex\b', re.I)
STATEMENT = re.compile(rb'(.*?);\n', re.S)


def parts(path):
    name, lines = '', []
    with open(path, 'rb') as f:
        for line in f:
            if line.startswith(b'-- file '):
                yield name, b''.join(lines)
                name, lines = line[8:].strip().decode(), []
            else:
                lines.append(line)
    yield name, b''.join(lines)


def is_sequence(table):
    """Its columns are always the same: records of it need not tell them."""
    return table.kind == 'SEQUENCE'


class Run:
    def __init__(self, socket, rows):
        self.socket, self.rows = socket, rows
        self.other = Client(socket)
        self.seen = {}          # GTID: (file, statement, tables)
        self.tried = self.good = 0
        self.errors = collections.Counter()

    def begin(self):
        """Databases and a session as they are at first."""
        self.other.query('SET SESSION foreign_key_checks=0')
        for db in databases(self.other):
            self.other.query(b'DROP DATABASE `%s`' % db.replace(b'`', b'``'))
        self.other.query('SET GLOBAL sql_mode=DEFAULT, '
                         'character_set_server=utf8mb4, '
                         'explicit_defaults_for_timestamp=DEFAULT')
        self.other.query('CREATE DATABASE test')
        self.session = Client(self.socket)
        for first in (b'USE test', b'SET SESSION lock_wait_timeout=2, '
                      b'max_statement_time=10'):
            self.session.query(first)

    def part(self, name, data):
        statements = [m[1] for m in STATEMENT.finditer(data)]
        if not statements:
            return
        self.begin()
        for statement in statements:
            self.step(name, statement)
        self.session.close()

    def step(self, name, statement):
        self.tried += 1
        before = self.gtid()
        try:
            self.session.query(statement)
            self.good += 1
        except Refused as e:
            self.errors[e.args[0]] += 1
        except UnicodeError:
            pass
        gtid = self.gtid()
        if gtid != before:
            self.seen[gtid] = name, statement, everything(self.other)
            if self.rows:
                self.insert(self.seen[gtid][2])

    def gtid(self):
        return text(self.other.query('SELECT @@gtid_binlog_pos')[0][0])

    def insert(self, tables):
        """A row into each table, so that the log has its map."""
        for db, table in tables:
            try:
                self.other.query("INSERT IGNORE INTO `%s`.`%s` VALUES ()" % (
                    db.replace('`', '``'), table.replace('`', '``')))
            except Refused:
                pass


def run(socket, out, *corpora, rows=False):
    r = Run(socket, rows)
    for path in corpora:
        for name, data in parts(path):
            r.part(name, data)
    with open(out, 'wb') as f:
        pickle.dump(r.seen, f)
    print('%d statements, %d taken, %d logged' % (r.tried, r.good,
                                                  len(r.seen)))


class Compare:
    def __init__(self, seen, warnings):
        self.seen, self.warned = seen, warnings
        self.order = list(seen)
        self.numbers = [sequence(gtid) for gtid in self.order]
        self.unknown = set()
        self.equal = self.unsaid = 0
        self.wrong, self.unsaids = [], []

    def tell(self, gtid, name, what):
        file, statement, _ = self.seen[gtid]
        self.wrong.append('%s: %s: %s\n    %s' % (
            file, '.'.join(name), what, statement.decode('utf-8',
                                                         'replace')))

    def record(self, payload, tables, gtid, told):
        for change in payload['tableChanges']:
            name = tuple(part.replace('""', '"') for part in re.fullmatch(
                r'"((?:[^"]|"")*)"\."((?:[^"]|"")*)"', change['id'],
                re.S).groups())
            told.add(name)
            if change['type'] == 'DROP':
                if name in tables and payload['ddl'] is not None:
                    self.tell(gtid, name, 'told as dropped, is there')
                continue
            if name not in tables and payload['ddl'] is None:
                continue            # a sequence
            if name not in tables:
                self.tell(gtid, name, 'told, is not there')
                continue
            self.unknown.discard(name)
            if payload['ddl'] is not None:
                change['table']['statement'] = True
                change['table']['old_times'] = (payload.get('session') or {}
                    ).get('explicit_defaults_for_timestamp') == 0
            wrong = wrong_table(change['table'], tables[name])
            if wrong:
                self.tell(gtid, name, '%s: told %r, is %r' % wrong)
            else:
                self.equal += 1

    def untold(self, gtid, before, tables, told, pos, unsure):
        """What changed and no record tells; none tells of an index.  unsure:
        what was unknown before the statement, and may have another name."""
        index = INDEX.search(self.seen[gtid][1])
        renames = RENAMES.search(self.seen[gtid][1])
        self.unknown |= self.warned.get(pos, set())
        for name in tables:
            if STRANGE.search(self.seen[gtid][1]):
                break
            changed = name not in before or \
                shape(before[name], index) != shape(tables[name], index)
            if not changed or name in told or is_sequence(tables[name]):
                continue
            if name in self.unknown or pos in self.warned or \
               (renames and unsure & set(before)):
                self.unknown.add(name)
                self.unsaid += 1
                self.unsaids.append(self.seen[gtid][1])
            else:
                self.tell(gtid, name, 'changed: no record, no warning')
        for name in before:
            if name not in tables and name not in told and not renames and \
               pos not in self.warned and not is_sequence(before[name]) and \
               not self.same_db_gone(name, tables):
                self.tell(gtid, name, 'dropped: no record')

    @staticmethod
    def same_db_gone(name, tables):
        return not any(db == name[0] for db, _ in tables)


    def pair(self, gtid, payloads, before):
        """The records of a statement against what was seen after it."""
        tables, told = self.seen[gtid][2], set()
        unsure = set(self.unknown)
        for payload in payloads:
            self.record(payload, tables, gtid, told)
        pos = str(payloads[0]['source']['pos']) if payloads else ''
        if any((p.get('session') or {}).get('error') for p in payloads):
            statement = self.seen[gtid][1].decode('utf-8', 'replace')
            self.warned[pos] |= {   # it failed, and that is told
                name for name in {**before, **tables}
                if name[1].replace('`', '``') in statement}
        if any(name not in before for name in told):
            self.unknown |= left_behind(self.seen[gtid][1], before, tables)
        self.untold(gtid, before, tables, told, pos, unsure)

    def map(self, payload):
        """A map, completed by what statements said, against the newest."""
        number = sequence(payload['source']['gtid'])
        at = bisect.bisect_right(self.numbers, number) - 1
        if at < 0:
            return
        gtid = self.order[at]
        columns = payload['tableChanges'][0]['table']['columns']
        if columns and columns[0]['name'] == '@1':
            return              # a log without names
        self.record(payload, self.seen[gtid][2], gtid, set())


def left_behind(statement, before, tables):
    """ALTER TABLE that copies a table with a ` in its name and renames it leaves
    the old one, too (MariaDB 10.11.19, 11.8.9)."""
    return {name for name in tables if '`' in name[1] and name in before and
            re.match(rb'alter\b.*\brename\b', statement, re.I | re.S)}


def shape(table, index):
    known = dict(vars(table))
    if index:
        del known['unique']
    return known


def sequence(gtid):
    return int(gtid.split('-')[2])


def payloads_of(path):
    with open(path, encoding='utf-8') as f:
        for line in f:
            payload = json.loads(line)['payload']
            if payload and 'tableChanges' in payload:
                yield payload


def compare(seen_path, records, words):
    with open(seen_path, 'rb') as f:
        seen = pickle.load(f)
    with open(words, encoding='utf-8', errors='replace') as f:
        warned = collections.defaultdict(set)
        for m in re.finditer(r'\.\d{6}:(\d+): table (.*?)\.(.*?): its ',
                             f.read()):
            warned[m[1]].add((m[2], m[3]))
    c = Compare(seen, warned)
    told = {gtid: [] for gtid in seen}
    for payload in payloads_of(records):
        if payload['ddl'] is None:
            c.map(payload)
        elif payload['source']['gtid'] in told:
            told[payload['source']['gtid']].append(payload)
    before, file = {}, None
    for gtid, payloads in told.items():
        name, _, tables = seen[gtid]
        if name != file:
            before, file, c.unknown = {}, name, set()
        c.pair(gtid, payloads, before)
        before = tables
    for wrong in c.wrong:
        print('# ' + wrong.replace('\n', '\n# '))
    print('%d equal, %d unknown, %d wrong' % (c.equal, c.unsaid,
                                              len(c.wrong)))
    return 1 if c.wrong else 0


def main():
    if sys.argv[1] == 'run':
        run(*sys.argv[2:])
    elif sys.argv[1] == 'rows':
        run(*sys.argv[2:], rows=True)
    else:
        sys.exit(compare(*sys.argv[2:]))


main()
