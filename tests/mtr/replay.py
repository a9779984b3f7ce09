# The log of a test through a replica and through cdc-apply, side by side: both
# stop before each statement that takes tables or rows away.
import array
import collections
import fcntl
import os
import re
import subprocess
import termios
import time

from client import Refused

OWN = "('information_schema','mysql','performance_schema','sys','cdc')"
RECORD_GTID = re.compile(rb'"server_id":\d+,"gtid":"([-\d]+)"')
COUNTER = re.compile(rb'(?<=^\) ENGINE=)(\w+) AUTO_INCREMENT=(\d+)', re.M)
PATIENCE = 60
MOST = 200          # checkpoints
LONGEST = 2000      # transactions that are replayed


class Stop(Exception):
    """One of the two did not go on: (who, words)."""


def name(*parts):
    return b'.'.join(b'`%s`' % p.replace(b'`', b'``') for p in parts)


def tables_of(client):
    """{(db, table): (what it is, SHOW CREATE, checksum)}"""
    found = client.query(
        'SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM '
        'information_schema.TABLES WHERE TABLE_SCHEMA NOT IN ' + OWN)
    out = {}
    for db, table, kind in found:
        try:
            shown = client.query(b'SHOW CREATE TABLE ' + name(db, table))[0][1]
        except Refused as error:
            shown = b'error %d' % error.args[0]
        checksum = None
        if kind != b'VIEW':
            checksum = client.query(b'CHECKSUM TABLE ' + name(db, table))[0][1]
        out[db, table] = (kind, shown, checksum)
    return out


def counters(replica, target):
    """Words, where two definitions differ in AUTO_INCREMENT alone."""
    found = [COUNTER.search(shown) for shown in (replica, target)]
    rest = [COUNTER.sub(rb'\1', shown) for shown in (replica, target)]
    if replica == target or rest[0] != rest[1]:
        return None
    r, t = (int(m[2]) if m else 1 for m in found)
    return 'AUTO_INCREMENT is %s' % ('lower' if t < r else 'higher')


def rows_of(client, table):
    columns = client.query(
        b"SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE "
        b"HEX(TABLE_SCHEMA)='%s' AND HEX(TABLE_NAME)='%s' AND "
        b"COALESCE(GENERATION_EXPRESSION, '') NOT IN "
        b"('ROW START', 'ROW END') ORDER BY ORDINAL_POSITION" % tuple(
            part.hex().encode() for part in table))
    return sorted(client.query(b'SELECT %s FROM %s' % (
        b', '.join(name(*c) for c in columns), name(*table))),
                  key=lambda row: [(v is None, v or b'') for v in row])


def same_rows(clients, table):
    """Of checksums that differ: those of virtual columns do so on a source
    and its replica; when rows are current is the target's own time."""
    return rows_of(clients[0], table) == rows_of(clients[1], table)


def differing(clients, replica, target):
    """(table, words) of two tables_of"""
    for key in sorted(set(replica) | set(target)):
        table = name(*key).decode('utf-8', 'replace')
        r, t = replica.get(key), target.get(key)
        if t is None or r is None:
            yield table, 'only the %s has it' % ('target' if r is None
                                                 else 'replica')
        elif counters(r[1], t[1]):
            yield table, counters(r[1], t[1])
        elif r[:2] != t[:2]:
            both = [set(x[1].split(b'\n')) for x in (r, t)]
            yield table, 'SHOW CREATE: %r is %r' % (
                b' '.join(sorted(both[0] - both[1]))[:200],
                b' '.join(sorted(both[1] - both[0]))[:200])
        elif r[2] != t[2] and not same_rows(clients, key):
            yield table, 'its rows differ'


class Replica:
    def __init__(self, client):
        self.client = client

    def error(self):
        status = self.client.query('SHOW SLAVE STATUS')[0]
        return status[19].decode('utf-8', 'replace')

    def until(self, position):
        """Up to a GTID position, with it."""
        self.client.query('STOP SLAVE')
        self.client.query("START SLAVE UNTIL master_gtid_pos='%s'" % position)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            waited = self.client.query(
                "SELECT MASTER_GTID_WAIT('%s', 0.2)" % position)
            if waited == [[b'0']]:
                return
            error = self.error()
            if error:
                raise Stop('replica', error)
        raise Stop('replica', 'does not get there')

    def leave(self, position):
        """As if all were done."""
        self.client.query('STOP SLAVE')
        self.client.query("SET GLOBAL gtid_slave_pos='%s'" % position)


class Target:
    """cdc-apply, which is fed a stream by and by."""

    def __init__(self, client, server, errors):
        self.client = client
        self.errors = errors
        with open(errors, 'wb') as err:
            self.process = subprocess.Popen(
                ['cdc-apply', '-q', '-u', 'root', '--skip-ssl',
                 '-S', server + '/sock',
                 '--schema-evolution', 'apply-ddl', '--at-least-once'],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=err)

    def waits(self):
        """Is all read, and does it wait for more?"""
        left = array.array('i', [0])
        fcntl.ioctl(self.process.stdin, termios.FIONREAD, left)
        if left[0]:
            return False
        with open('/proc/%d/syscall' % self.process.pid, 'rb') as f:
            call = f.read().split()
        # poll or ppoll of stdin and two that tell of signals
        return call[0] in (b'7', b'73') and call[2] == b'0x3'

    def feed(self, lines):
        try:
            self.process.stdin.write(b''.join(lines))
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        end = time.monotonic() + PATIENCE
        pause = 0.001
        while not self.ended():
            if self.waits():
                return
            if time.monotonic() > end:
                self.process.kill()
                raise Stop('cdc-apply', 'does not come to an end')
            time.sleep(pause)
            pause = min(pause * 2, 0.05)
        self.close()

    def ended(self):
        return self.process.poll() is not None

    def close(self):
        """The end of the stream; what it stopped at is a Stop."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        status = self.process.wait(PATIENCE)
        if status:
            raise Stop('cdc-apply', words_of(self.errors, status))

    def kill(self):
        if not self.ended():
            self.process.kill()
            self.process.wait()


def words_of(path, status):
    with open(path, 'rb') as f:
        words = f.read().decode('utf-8', 'replace').strip()
    return 'exit %d: %s' % (status, words[:600])


def read_stream(logs, path, errors):
    """The records of logs in a file; what stopped it, or None."""
    with open(path, 'wb') as out, open(errors, 'wb') as err:
        status = subprocess.call(
            ['cdc-tail', '-q', '--control', '--schema-changes',
             '--transactions', '--time', 'string', '--other-domains',
             'earliest'] + logs, stdout=out, stderr=err)
    return words_of(errors, status) if status else None


def by_group(path, groups):
    """Lines of a stream, for each of the groups; and how many of them are
    wholly there, where it stopped: of the last a part may be."""
    numbers = {g.gtid: i for i, g in enumerate(groups)}
    parts, now, last = collections.defaultdict(list), 0, -1
    with open(path, 'rb') as f:
        for line in f:
            found = RECORD_GTID.findall(line)
            if found:
                now = max(now, numbers.get(found[-1].decode(), now))
                last = now
            parts[now].append(line)
    return parts, max(last, 0)


def positions(groups, before):
    """The position behind each group, as a replica takes it."""
    state = {g.split('-')[0]: g for g in before.split(',') if g}
    for group in groups:
        state[group.gtid.split('-')[0]] = group.gtid
        yield ','.join(state.values())


class Replay:
    def __init__(self, replica, target, groups, before):
        self.replica, self.target = replica, target
        self.groups = groups
        self.at = list(positions(groups, before))
        self.seen = collections.Counter()
        self.told = set()
        self.differences = []

    def checkpoints(self, most):
        """Numbers of groups that take something away and do not follow one
        that does; then the end.  Of thousands in a loop, some."""
        was, found = True, []
        for i, group in enumerate(self.groups[:most]):
            now = group.vanishing()
            if now and not was:
                found.append(i)
            was = now
        kept = found[::len(found) // MOST + 1]
        self.seen['checkpoints passed over'] += len(found) - len(kept)
        return kept + [most]

    def run(self, parts, most, to_the_end):
        done = 0
        try:
            for number in self.checkpoints(most):
                if number > done:
                    self.step(done, number, parts)
                    done = number
                    self.compare(number)
            if to_the_end:
                self.target.close()
        finally:
            self.target.kill()

    def step(self, done, number, parts):
        self.replica.until(self.at[number - 1])
        self.target.feed([line for i in range(done, number)
                          for line in parts[i]])

    def compare(self, number):
        clients = self.replica.client, self.target.client
        self.seen['checkpoints'] += 1
        both = [tables_of(client) for client in clients]
        self.seen['tables'] += len(both[0])
        for table, words in differing(clients, *both):
            if (table, words) not in self.told:
                self.told.add((table, words))
                self.differences.append('before %s: %s: %s' % (
                    self.groups[number].gtid if number < len(self.groups)
                    else 'the end', table, words))
