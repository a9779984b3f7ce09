# A source, its native replica and our target (tests/trio.sh), from one script
# to the next.
import glob
import os
import re
import subprocess
import time
from collections import Counter

from client import Client, Refused
from sessions import INITIALLY

OWN = os.path.join(os.path.dirname(__file__), '..', 'server', 'native')
CLIENT = ['mariadb', '--no-defaults', '-u', 'root', '-N', '-r',
          '--default-character-set=utf8mb4', 'mysql', '--socket']
TOOL_SECONDS = 120
# Rows that came and went in one batch do not count (cdc-apply(1)).
COUNTER = re.compile(r' AUTO_INCREMENT=\d+')
# Where explicit_defaults_for_timestamp is off, an ALTER gives the first
# TIMESTAMP that is NOT NULL a default, or does not: the same server with the
# same statements does now this and now that (10.11.19, 11.8.9).
OLD_TIMES = b'explicit_defaults_for_timestamp=0'
WHAT_TIMES = re.compile(r" DEFAULT (current_timestamp\(\d*\)|'0000-[^']*')|"
                        r" ON UPDATE current_timestamp\(\d*\)|"
                        r"(?<=\t)(current_timestamp\(\d*\)|'0000-[^']*'|NULL)"
                        r"(?=\t)|(?<=\t)on update current_timestamp\(\d*\)")
TABLE = re.compile(r'(BASE TABLE|SYSTEM VERSIONED|SEQUENCE)\t')
LAST_ERROR = 19         # of SHOW SLAVE STATUS
# What an ALTER of it makes of rows is something else on each server.
BY_CHANCE = re.compile(rb'(?:alter|create)\b[^;]*\b(?:uuid|rand)\(', re.I)
# What it ignores is in the log; there a replica stops.
IGNORED = re.compile(rb'create\b[^;]*\bignore\s+select', re.I)


class Dead(Exception):
    """A server is gone."""


def first_of(client, sql):
    return client.query(sql)[0][0].decode()


class Trio:
    def __init__(self, folder):
        self.folder = folder
        self.sock = {s: '%s/%s/sock' % (folder, s)
                     for s in ('source', 'replica', 'target')}
        self.look = Client(self.sock['source'])
        self.look.query('SET lock_wait_timeout=0')
        self.replica = Client(self.sock['replica'])
        self.sessions = {}
        with open(OWN + '-facts.sql', encoding='utf-8') as f:
            self.questions = "SET @only='.', @history='own';\n" + f.read()
        with open(OWN + '-reset.sql', encoding='utf-8') as f:
            self.nothing = f.read()

    def sql(self, server, text):
        done = subprocess.run(CLIENT + [self.sock[server]], check=False,
                              input=text.encode(), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        return done.stdout.decode('utf-8', 'replace')

    def file(self, name):
        return os.path.join(self.folder, name)

    # ---- a script on the source

    def undecided(self):
        for xid in self.look.query('XA RECOVER'):
            try:
                self.look.query(b"XA ROLLBACK '%s'" % xid[3])
            except Refused:
                pass        # it is, and says that it was rolled back

    def reset(self):
        self.undecided()
        self.look.query(INITIALLY)
        for server in self.sock:
            wrong = self.sql(server, self.nothing)
            if wrong:
                raise Dead('%s is not emptied: %s' % (server, wrong))
        for path in glob.glob(self.file('source/tmp/load*')):
            os.unlink(path)

    def begin(self):
        self.before = first_of(self.look, 'SELECT @@gtid_binlog_pos')
        self.look.query('FLUSH BINARY LOGS')
        self.log = first_of(self.look, 'SHOW MASTER STATUS')
        self.look.query("PURGE BINARY LOGS TO '%s'" % self.log)
        self.tried = self.taken = self.compared = 0
        self.replica_stopped = None

    def session(self, number):
        if number not in self.sessions:
            client = Client(self.sock['source'])
            client.query('SET innodb_lock_wait_timeout=0, '
                         'lock_wait_timeout=0, max_statement_time=10')
            client.query('USE test')
            self.sessions[number] = client
        return self.sessions[number]

    def step(self, session, statement):
        self.tried += 1
        try:
            self.session(session).query(statement)
            self.taken += 1
        except Refused:
            return
        if re.match(b'ALTER DATABASE', statement):
            self.look_again()

    def look_again(self):
        """A session has a database's character set from when it came there, and
        the log does not tell what others have made of it."""
        for client in self.sessions.values():
            try:
                db = client.query('SELECT DATABASE()')[0][0]
                for one in (b'mysql', db) if db else ():
                    client.query(b'USE ' + one)
            except Refused:
                pass

    def end(self):
        """No session, no transaction is left."""
        for client in self.sessions.values():
            for last in ('ROLLBACK', 'UNLOCK TABLES'):
                try:
                    client.query(last)
                except Refused:
                    pass
            client.close()
        self.sessions = {}
        while int(first_of(self.look, "SELECT COUNT(*) FROM "
                           "information_schema.PROCESSLIST WHERE COMMAND IN "
                           "('Query', 'Sleep') AND USER='root' AND "
                           "ID <> CONNECTION_ID()")):
            time.sleep(0.01)
        self.undecided()
        self.after = first_of(self.look, 'SELECT @@gtid_binlog_pos')
        self.look.query('FLUSH BINARY LOGS')

    # ---- those that follow

    def replica_follows(self):
        for _ in range(300):
            if self.replica.query("SELECT MASTER_GTID_WAIT('%s', 0.3)" %
                                  self.after)[0][0] == b'0':
                return
            said = self.replica.query('SHOW SLAVE STATUS')[0][LAST_ERROR]
            if said:
                self.replica_stopped = said.decode('utf-8', 'replace')
                break
        else:
            raise Dead('the replica does not follow')
        for sql in ('STOP SLAVE', "SET GLOBAL gtid_slave_pos='%s'" %
                    self.after, 'START SLAVE'):
            self.replica.query(sql)

    def tool(self, words, out, stdin=None):
        """Its exit status, and what it said at its end."""
        try:
            with open(self.file(out), 'wb') as o, \
                    open(self.file('err'), 'wb') as e:
                done = subprocess.run(words, stdin=stdin or subprocess.DEVNULL,
                                      stdout=o, stderr=e, check=False,
                                      timeout=TOOL_SECONDS)
        except subprocess.TimeoutExpired:
            return '%s: still runs after %d s' % (words[0], TOOL_SECONDS)
        if not done.returncode:
            return None
        with open(self.file('err'), encoding='utf-8', errors='replace') as f:
            said = [line.strip() for line in f if line.strip()]
        return '%s %d: %s' % (words[0], done.returncode, ' | '.join(said[:3]))

    def apply(self, script, evolution):
        with open(self.file('records'), 'rb') as f:
            return self.tool(['cdc-apply', '-q', '-u', 'root', '-S',
                              self.sock['target'], '--schema-evolution',
                              evolution, '--at-least-once'] +
                             script.apply.split(), 'out', f)

    def tail(self, script):
        words = ['cdc-tail', '-q', '--control', '--schema-changes', '--time',
                 'string'] + script.tail.split()
        if script.mode == 'live':
            words += ['-u', 'root', '-S', self.sock['source'], '--from',
                      self.before or 'earliest', '--until', self.after]
        else:
            logs = sorted(glob.glob(self.file('source/mariadb-bin.0*')))
            words += [log for log in logs[:-1]
                      if os.path.basename(log) >= self.log]
        return self.tool(words, 'records') or self.apply(script, 'apply-ddl')

    def copy(self, script):
        databases = [d[0].decode() for d in self.look.query('SHOW DATABASES')]
        own = ('information_schema', 'mysql', 'performance_schema', 'sys')
        dump = subprocess.run(
            ['mariadb-dump', '--no-defaults', '-u', 'root', '--socket',
             self.sock['source'], '--no-data', '--skip-triggers',
             '--databases'] +
            [d for d in databases if d not in own], check=False,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.sql('target', 'DROP DATABASE test')
        if dump.returncode:
            return 'the dump is refused: ' + dump.stderr.decode(
                'utf-8', 'replace')
        said = self.sql('target', dump.stdout.decode('utf-8', 'replace'))
        if said:
            return 'the dump is refused: ' + said
        return self.tool(['cdc-snapshot', '-q', '-u', 'root', '-S',
                          self.sock['source'], '--time', 'string'] +
                         script.tail.split(), 'records') or \
            self.apply(script, 'none')

    def facts(self, server):
        return [COUNTER.sub('', line) for line in
                self.sql(server, self.questions).splitlines()]

    def follow(self, script):
        """None: the target is what the replica is, or the source."""
        if script.mode != 'copy':
            self.replica_follows()
        stop = (self.copy if script.mode == 'copy' else self.tail)(script)
        if stop:
            return stop + self.excuse(script), []
        source, got = self.facts('source'), self.facts('target')
        if script.mode == 'copy':       # mariadb-dump made its tables
            source, got = rows_of(source), rows_of(got)
        if OLD_TIMES in script.text():
            source, got = without_times(source), without_times(got)
        self.compared = sum(1 for line in got if TABLE.match(line))
        if got == source:
            return None
        replica = source
        if script.mode != 'copy' and not self.replica_stopped:
            replica = self.facts('replica')
            if OLD_TIMES in script.text():
                replica = without_times(replica)
            if got == replica:
                return None
        what, lines = difference(replica, got)
        if self.replica_stopped and IGNORED.search(script.text()):
            what += ' (rows that CREATE … IGNORE SELECT ignored)'
        if replica is not source and BY_CHANCE.search(script.text()):
            what += self.excuse(script)
        return what, lines

    def excuse(self, script):
        """Does the replica not have it right, either?"""
        if script.mode == 'copy':
            return ''
        if self.replica_stopped:
            return ' (so does the replica: %s)' % self.replica_stopped
        return '' if self.facts('replica') == self.facts('source') else \
            ' (nor is the replica what the source is)'

    def again(self, script):
        """A script as it is written."""
        self.reset()
        self.begin()
        for session, statement in script.steps:
            self.step(session, statement)
        self.end()
        return self.follow(script)


def rows_of(lines):
    return [line for line in lines if TABLE.match(line) or
            line.startswith('row\t')]


def without_times(lines):
    return [WHAT_TIMES.sub('', line) for line in lines]


def difference(want, got):
    """What kinds of lines differ, and the first of them."""
    more, less = Counter(want) - Counter(got), Counter(got) - Counter(want)
    lines = ['- ' + x for x in more] + ['+ ' + x for x in less]
    kinds = sorted({kind_of(line[2:]) for line in lines})
    return 'differs: ' + ', '.join(kinds), lines[:12]


def kind_of(line):
    if re.fullmatch(r'\S.*\t(\d+|NULL)', line):
        return 'rows'
    return line.split('\t')[0] if '\t' in line else 'definition'
