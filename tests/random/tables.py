# What tables a server has, as information_schema describes them.
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'steps'))
from client import Refused  # noqa: E402

TABLES = '''SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM
information_schema.TABLES WHERE TABLE_SCHEMA IN ('test', 'd2', 'd 3')
ORDER BY 1, 2'''
COLUMNS = '''SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE,
CHARACTER_SET_NAME, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION,
NUMERIC_SCALE, CHARACTER_OCTET_LENGTH, EXTRA, COLUMN_KEY,
GENERATION_EXPRESSION FROM information_schema.COLUMNS WHERE TABLE_SCHEMA=%s
AND TABLE_NAME=%s ORDER BY ORDINAL_POSITION'''
NAME = r'`((?:[^`]|``)*)`'


def text(value):
    return None if value is None else value.decode('utf-8', 'replace')


def number(value):
    return None if value is None else int(value)


def quoted(name):
    return "'%s'" % name.replace('\\', '\\\\').replace("'", "''")


class Column:
    def __init__(self, v, create):
        self.name, self.kind, self.type = text(v[0]), text(v[1]), text(v[2])
        self.nullable, self.charset = v[3] == b'YES', text(v[4])
        self.length, self.digits = number(v[5]), number(v[6])
        self.scale, self.octets = number(v[7]), number(v[8])
        self.auto = b'auto_increment' in (v[9] or b'').lower()
        self.key, self.generated = text(v[10]), bool(v[11])
        self.json = 'json_valid(`%s`)' % self.name in create


class Table:
    def __init__(self, look, db, name, kind):
        self.db, self.name, self.kind = db, name, kind
        path = '`%s`.`%s`' % (db.replace('`', '``'), name.replace('`', '``'))
        self.create = text(look.query('SHOW CREATE TABLE ' + path)[0][1])
        self.columns = [Column(v, self.create) for v in look.query(
            COLUMNS % (quoted(db), quoted(name)))]
        self.keys = self.found(r'^ *(?:\w+ )?KEY ' + NAME)
        self.constraints = self.found(r'^ *CONSTRAINT ' + NAME)
        self.partitions = self.found(r'PARTITION ' + NAME)
        self.periods = self.found(r'PERIOD FOR ' + NAME)
        self.versioned = kind == 'SYSTEM VERSIONED'
        self.sequence = kind == 'SEQUENCE'

    def found(self, regex):
        return [n.replace('``', '`')
                for n in re.findall(regex, self.create, re.M)]

    def writable(self):
        return [c for c in self.columns if not c.generated]


def tables_of(look):
    """All of them; what somebody is altering is left out."""
    out = []
    for db, name, kind in look.query(TABLES):
        if kind in (b'BASE TABLE', b'SYSTEM VERSIONED', b'SEQUENCE'):
            try:
                out.append(Table(look, text(db), text(name), text(kind)))
            except Refused:
                pass
    return out
