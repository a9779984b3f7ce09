#!/usr/bin/env python3
"""Tests of MariaDB's own suites: what they do is logged, and the log is read,
compared row by row with what mariadb-binlog says, and replayed beside a
replica.

    mtr.py run FOLDER RESULTS TEST…   on the servers FOLDER/source, replica and
                                      target; those in RESULTS are done
    mtr.py list                       all tests that are for us
    mtr.py report RESULTS KNOWN       what was seen; fails if anything in it is
                                      not known

MTR_TOP is where the suites are, MTR_CLIENT and MTR_BINLOG how mariadb-test and
mariadb-binlog are run.  run exits with 75 when the servers must be new."""
import collections
import difflib
import glob
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)) + '/../steps')

import binlog                                               # noqa: E402
import replay                                               # noqa: E402
import rows                                                 # noqa: E402
from client import Client, Refused                          # noqa: E402
from suites import Suites                                   # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SERVER_TESTS = HERE + '/../server/'
NEW_SERVERS = 75
ACCOUNTS = '''SET SESSION sql_log_bin=0, lock_wait_timeout=10
DELETE FROM mysql.global_priv WHERE User NOT IN
('root', 'mariadb.sys', 'PUBLIC')
DELETE FROM mysql.db WHERE User NOT IN ('root', 'mariadb.sys')
DELETE FROM mysql.tables_priv WHERE User NOT IN ('root', 'mariadb.sys')
DELETE FROM mysql.columns_priv
DELETE FROM mysql.procs_priv
DELETE FROM mysql.roles_mapping
DELETE FROM mysql.servers
FLUSH PRIVILEGES'''.replace('\n(', ' (').split('\n')


class Broken(Exception):
    """The servers are not what they were."""


UNUSABLE = (Broken, EOFError, OSError, Refused, subprocess.TimeoutExpired)


class Globals:
    """What a test left changed is put back."""

    def __init__(self, client):
        self.first = self.now(client)

    @staticmethod
    def now(client):
        return {n: (v, kind) for n, v, kind in client.query(
            "SELECT VARIABLE_NAME, GLOBAL_VALUE, VARIABLE_TYPE FROM "
            "information_schema.SYSTEM_VARIABLES WHERE READ_ONLY='NO' AND "
            "VARIABLE_NAME NOT LIKE 'GTID%' AND GLOBAL_VALUE IS NOT NULL")}

    def restore(self, client):
        now = self.now(client)
        for n, (value, kind) in self.first.items():
            if n not in now or now[n][0] == value:
                continue
            if not re.search(b'INT|DOUBLE', kind):
                value = b"'%s'" % value.replace(b'\\', b'\\\\').replace(
                    b"'", b"''")
            try:
                client.query(b'SET GLOBAL `%s`=%s' % (n.lower(), value))
            except Refused:
                pass


class Bench:
    def __init__(self, folder):
        self.folder = folder
        self.server = {s: '%s/%s' % (folder, s)
                       for s in ('source', 'replica', 'target')}
        self.client = {s: Client(self.server[s] + '/sock')
                       for s in self.server}
        for client in self.client.values():
            client.query('SET character_set_results=NULL')
        self.globals = Globals(self.client['source'])
        self.suites = Suites(os.environ['MTR_TOP'],
                             os.environ['MTR_CLIENT'].split(),
                             self.server['source'], folder + '/var')
        self.binlog = os.environ['MTR_BINLOG'].split()

    def sql(self, server, file, first=''):
        with open(SERVER_TESTS + file, encoding='utf-8') as f:
            return subprocess.run(
                ['mariadb', '--no-defaults', '-u', 'root', '-N', '-r',
                 '--default-character-set=utf8mb4',
                 '--socket=%s/sock' % self.server[server], 'mysql'],
                input=(first + f.read()).encode(), stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, timeout=120, check=False)

    def facts(self, server):
        return self.sql(server, 'native-facts.sql',
                        "SET @only='.', @history='own';\n").stdout

    def source(self, query):
        return self.client['source'].query(query)

    def reset(self, *servers):
        for server in servers:
            client = self.client[server]
            for xid in client.query("XA RECOVER FORMAT='SQL'"):
                client.query(b'XA ROLLBACK ' + xid[3])
            if self.sql(server, 'native-reset.sql').returncode:
                raise Broken('%s cannot be emptied' % server)
            for statement in ACCOUNTS:
                client.query(statement)

    def others_away(self):
        for thread in self.source(
                'SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> '
                "CONNECTION_ID() AND COMMAND NOT LIKE 'Binlog%' AND "
                "USER <> 'system user' AND COMMAND <> 'Daemon'"):
            try:
                self.source(b'KILL ' + thread[0])
            except Refused:
                pass

    def position(self):
        return self.source('SELECT @@gtid_binlog_pos')[0][0].decode()

    def log(self):
        """A new one, by its name."""
        self.source('FLUSH BINARY LOGS')
        return self.source('SHOW MASTER STATUS')[0][0].decode()

    def logs(self, first, last):
        return [path for path in sorted(glob.glob(
            self.server['source'] + '/mariadb-bin.[0-9]*[0-9]'))
                if first <= os.path.basename(path) < last]

    # ---- one test

    def one(self, test):
        before, first = self.position(), self.log()
        result = {'test': test, 'ended': self.suites.run(test), 'stops': [],
                  'differences': []}
        self.others_away()
        self.globals.restore(self.client['source'])
        logs = self.logs(first, self.log())
        groups, known = binlog.read(self.binlog, logs)
        seen = rows.Seen(groups=len(groups))
        if groups and known:
            self.decoded(logs, groups, seen, result)
        elif groups:
            seen['tests whose rows mariadb-binlog does not print'] += 1
        if groups:
            self.replayed(logs, groups, before, seen, result)
        replay.Replica(self.client['replica']).leave(self.position())
        result['seen'] = dict(seen)
        return result

    def decoded(self, logs, groups, seen, result):
        path, errors = self.folder + '/rows', self.folder + '/rows.err'
        with open(path, 'wb') as out, open(errors, 'wb') as err:
            status = subprocess.call(
                ['cdc-tail', '--on-error', 'warn', '--history', '--control',
                 '--schema-changes', '--xa', 'prepare', '--time', 'string',
                 '--binary', 'hex', '--gtid-order', 'arrival'] + logs,
                stdout=out, stderr=err)
        if status:
            result['stops'].append(['decoding', replay.words_of(errors,
                                                                status)])
            return
        for words in rows.differences(groups, rows.Ours(path), seen):
            result['differences'].append(['rows', words])

    def replayed(self, logs, groups, before, seen, result):
        path = self.folder + '/records'
        stopped = replay.read_stream(logs, path, path + '.err')
        parts, most = replay.by_group(path, groups)
        if stopped is None:
            most = len(groups)
        else:
            result['stops'].append(['cdc-tail', stopped])
        if most > replay.LONGEST:
            seen['transactions not replayed'] += most - replay.LONGEST
            most = replay.LONGEST
        both = replay.Replay(
            replay.Replica(self.client['replica']),
            replay.Target(self.client['target'], self.server['target'],
                          self.folder + '/apply.err'), groups, before)
        try:
            both.run(parts, most, most == len(groups) and not stopped)
            if most:
                self.end(result)
        except replay.Stop as stop:
            result['stops'].append(list(stop.args))
        seen.update(both.seen)
        result['differences'] += [['tables', d] for d in both.differences]

    def end(self, result):
        facts = [self.facts(s).decode('utf-8', 'replace').split('\n')
                 for s in ('replica', 'target')]
        told = [line for line in difflib.unified_diff(*facts, n=0,
                                                      lineterm='')
                if line[:3] not in ('---', '+++') and line[0] != '@']
        if told:
            result['differences'].append(['end', '\n'.join(told)[:1500]])


def run(folder, results, tests):
    with open(results, 'a+', encoding='utf-8') as out:
        out.seek(0)
        done = {json.loads(line)['test'] for line in out}
        bench = Bench(folder)
        for test in tests:
            if test in done:
                continue
            began = time.monotonic()
            try:
                bench.reset('source', 'replica', 'target')
            except UNUSABLE as error:
                print('new servers for %s: %r' % (test, error))
                sys.exit(NEW_SERVERS)
            try:
                result = bench.one(test)
            except UNUSABLE + (ValueError,) as error:
                result = {'test': test, 'broken': repr(error)}
            result['seconds'] = round(time.monotonic() - began, 1)
            out.write(json.dumps(result) + '\n')
            out.flush()
            if 'broken' in result:
                sys.exit(NEW_SERVERS)


# ---- the report

class Known:
    def __init__(self, path):
        self.entries, self.used = [], collections.Counter()
        with open(path, encoding='utf-8') as f:
            for line in f:
                if line.strip() and not line.startswith('#'):
                    test, kind, words, reason = line.rstrip('\n').split('\t')
                    self.entries.append((test, kind, re.compile(
                        words, re.S), reason))

    def reason(self, test, kind, words):
        for i, (t, k, expression, reason) in enumerate(self.entries):
            if t in ('*', test) and k == kind and expression.search(words):
                self.used[i] += 1
                return reason
        return None


def report(results, known_file):
    known, seen = Known(known_file), collections.Counter()
    reasons, unknown = collections.Counter(), []
    with open(results, encoding='utf-8') as f:
        for line in f:
            result = json.loads(line)
            seen['tests'] += 1
            if 'broken' in result:
                unknown.append((result['test'], 'broken', result['broken']))
                continue
            seen['tests that ' + {'ok': 'went through', 'time': 'took too '
                                  'long'}.get(result['ended'],
                                              result['ended'])] += 1
            seen['tests with rows'] += bool(result['seen'].get('rows'))
            seen.update(result['seen'])
            for kind, words in result['stops'] + result['differences']:
                reason = known.reason(result['test'], kind, words)
                if reason is None:
                    unknown.append((result['test'], kind, words))
                else:
                    reasons[kind, reason] += 1
    for what, n in sorted(seen.items()):
        print('%9d %s' % (n, what))
    print('known:')
    for (kind, reason), n in sorted(reasons.items()):
        print('%9d %s: %s' % (n, kind, reason))
    print('unknown: %d' % len(unknown))
    for test, kind, words in unknown:
        print('  %s, %s: %s' % (test, kind, words.replace('\n', '\n    ')))
    return 1 if unknown else 0


def main():
    command, args = sys.argv[1], sys.argv[2:]
    if command == 'run':
        run(args[0], args[1], args[2:])
    elif command == 'list':
        print('\n'.join(Suites(os.environ['MTR_TOP'], [], '', '/tmp').all()))
    else:
        sys.exit(report(*args))


main()
