# A log as mariadb-binlog prints it: its transactions, statements and rows.
import re
import subprocess

GTID = re.compile(rb'^#\d{6} .*\tGTID (\d+-\d+-\d+)(.*)')
EVENT = re.compile(rb'^#\d{6} .*end_log_pos \d+ (?:CRC32 0x\w+ )?\t([\w ]+)')
CHANGE = re.compile(rb'^### (INSERT INTO|UPDATE|DELETE FROM) '
                    rb'`((?:[^`]|``)*)`\.`((?:[^`]|``)*)`$')
VALUE = re.compile(rb'^###   @(\d+)=(.*?) */\* ([^*]*?) ?meta=(\d+)'
                   rb' nullable=\d is_null=(\d)[^*]*\*/$', re.S)
SAVEPOINT = re.compile(rb'^SAVEPOINT (.*?)\s*$', re.I | re.S)
UNDO = re.compile(rb'^ROLLBACK (?:WORK )?TO (?:SAVEPOINT )?(.*?)\s*$',
                  re.I | re.S)
COMMENT = re.compile(rb'/\*(?![!M]).*?\*/|^\s*(?:--|#)[^\n]*\n|'
                     rb'/\*(?:!|M!)\d*|\*/', re.S | re.M)
# What takes rows or tables away without a row event.
VANISH = re.compile(
    rb'\s*(drop\s+(table|database|schema|sequence|view)|truncate|'
    rb'create\s+or\s+replace\s+(table|sequence|database|schema)|'
    rb'alter\s+(online\s+)?(ignore\s+)?table\b.*\b(drop|truncate)\s+'
    rb'partition)\b', re.I | re.S)


class Change:
    """A row: kind i, u or d; images {number: (text, type, meta)}, None where
    there is none"""

    def __init__(self, kind, table):
        self.kind, self.table = kind, table
        self.images = {b'WHERE': None, b'SET': None}


class Group:
    """A transaction or statement of the log."""

    def __init__(self, gtid, flags):
        self.gtid, self.flags = gtid, flags
        self.statements, self.changes = [], []
        self.rolled_back = False

    def vanishing(self):
        return any(VANISH.match(COMMENT.sub(b' ', s))
                   for s in self.statements)


class Reader:
    def __init__(self):
        self.groups, self.group = [], None
        self.change = self.image = None
        self.marks = []
        self.text = None

    def read(self, command):
        with subprocess.Popen(command, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as p:
            for line in p.stdout:
                self.line(line.rstrip(b'\n'))
        return p.returncode == 0

    def line(self, line):
        if self.text is not None:
            return self.statement_line(line)
        if line.startswith(b'###'):
            return self.row_line(line)
        m = GTID.match(line)
        if m:
            self.group = Group(m[1].decode(), m[2].decode())
            self.groups.append(self.group)
            self.marks = []
            return None
        m = EVENT.match(line)
        if m and m[1].startswith(b'Query'):
            self.text = []
        return None

    # A statement's text follows what its session was, each ended by /*!*/;
    def statement_line(self, line):
        if not line.endswith(b'/*!*/;'):
            self.text.append(line)
            return
        one = b'\n'.join(self.text + [line[:-6]]).strip()
        self.text = []
        if re.match(rb'(SET (TIMESTAMP=|@@session\.|@@global\.)|use `|'
                    rb'/\*!\\C )', one):
            return
        self.text = None
        if self.group is not None and one:
            self.statement(one)

    def statement(self, text):
        group = self.group
        save, undo = SAVEPOINT.match(text), UNDO.match(text)
        if save:
            self.marks.append((save[1], len(group.changes)))
        elif undo:
            for name, n in reversed(self.marks):
                if name == undo[1]:
                    del group.changes[n:]
                    break
        elif text.upper() == b'ROLLBACK':
            group.rolled_back = True
            group.changes = []
        elif text.upper() not in (b'BEGIN', b'COMMIT', b'START TRANSACTION'):
            group.statements.append(text)

    def row_line(self, line):
        m = CHANGE.match(line)
        if m:
            self.change = Change({b'I': 'i', b'U': 'u', b'D': 'd'}[m[1][:1]],
                                 (m[2].replace(b'``', b'`'),
                                  m[3].replace(b'``', b'`')))
            self.group.changes.append(self.change)
        elif line in (b'### WHERE', b'### SET'):
            self.image = self.change.images[line[4:]] = {}
        else:
            m = VALUE.match(line)
            if not m:
                raise ValueError('mariadb-binlog: %r' % line[:200])
            self.image[int(m[1])] = (None if m[5] == b'1' else m[2],
                                     m[3].decode(), int(m[4]))


def read(mariadb_binlog, logs):
    """The groups, and whether their rows are known: of some (of TIME(1))
    mariadb-binlog dies."""
    for verbose in ['-vv'], []:
        reader = Reader()
        if reader.read(mariadb_binlog + [
                '--no-defaults', '--base64-output=decode-rows'] + verbose +
                logs):
            return reader.groups, bool(verbose)
    raise ValueError('mariadb-binlog cannot read its log')
