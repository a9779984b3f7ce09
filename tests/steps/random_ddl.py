#!/usr/bin/env python3
"""Statements about tables, at random, over MariaDB's grammar:
random_ddl.py SEED NUMBER > corpus.  Some are refused by the server, which is
no matter."""
import random
import sys

SETS = ['latin1', 'utf8mb4', 'utf8mb3', 'utf8', 'ucs2', 'koi8r', 'binary',
        'utf16', 'DEFAULT', "'latin2'", '`latin5`']
COLLATIONS = ['latin1_bin', 'utf8mb4_bin', 'utf8mb4_general_ci', 'binary',
              'ucs2_bin', 'utf8mb3_general_ci', 'utf8_bin', 'DEFAULT',
              'koi8r_general_ci']
NUMBERS = ['INT', 'INTEGER', 'INT(5)', 'TINYINT', 'SMALLINT(3)', 'BIGINT',
           'MEDIUMINT', 'INT1', 'INT2', 'INT3', 'INT4', 'INT8', 'MIDDLEINT',
           'DECIMAL', 'DECIMAL(5)', 'DEC(7,2)', 'NUMERIC(10,3)', 'FIXED(4)',
           'FLOAT', 'FLOAT(7)', 'FLOAT(25)', 'FLOAT(7,2)', 'DOUBLE',
           'DOUBLE PRECISION', 'DOUBLE(9,3)', 'REAL', 'REAL(5,1)', 'FLOAT4',
           'FLOAT8']
TEXTS = ['CHAR', 'CHAR(5)', 'CHARACTER(3)', 'VARCHAR(20)', 'VARCHAR(300)',
         'VARCHAR(20000)', 'CHARACTER VARYING(9)', 'CHAR VARYING(7)', 'TEXT',
         'TEXT(%d)', 'TEXT(70)', 'TEXT(200)', 'TEXT(20000)', 'TEXT(70000)',
         'TINYTEXT', 'MEDIUMTEXT', 'LONGTEXT', 'LONG', 'LONG VARCHAR',
         'VARCHARACTER(6)', 'VARCHAR(%d)']
FIXED = ['NCHAR(3)', 'NVARCHAR(4)', 'NATIONAL CHAR(2)',
         'NATIONAL VARCHAR(5)', 'BINARY', 'BINARY(16)', 'VARBINARY(16)',
         'VARBINARY(70000)', 'BLOB', 'BLOB(200)', 'BLOB(%d)', 'TINYBLOB',
         'MEDIUMBLOB', 'LONGBLOB', 'LONG VARBINARY', 'JSON', 'UUID',
         'INET4', 'INET6', 'POINT', 'GEOMETRY', 'BIT', 'BIT(9)', 'YEAR',
         'BOOL', 'BOOLEAN', 'CLOB', 'VARCHAR2(5)', 'NUMBER(5)', 'NUMBER',
         'RAW(9)', 'VECTOR(3)', 'mariadb_schema.DATE', 'oracle_schema.DATE']
TIMES = ['DATE', 'TIME', 'TIME(3)', 'DATETIME', 'DATETIME(6)', 'TIMESTAMP',
         'TIMESTAMP(2)', 'TIMESTAMP NULL']
MODES = ["''", "DEFAULT", "'ANSI_QUOTES'", "'NO_BACKSLASH_ESCAPES'",
         "'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'", "'REAL_AS_FLOAT'",
         "'ORACLE'", "'ANSI'", "'HIGH_NOT_PRECEDENCE,IGNORE_SPACE'",
         "'STRICT_ALL_TABLES'", "'MAXDB'", "'MSSQL'"]
ODD = ['period', 'system', 'A', 'comment', 'date', 'text', 'first_', 'x y',
       'q`q', 'p"p', "r'r", 'é', '1a', 'end', 'type', 'status', 'vector_',
       'uuid']
PLAIN = ['a', 'b', 'c', 'd', 'e']
TABLES = ['t1', 't2', 'T3', 'we`ird']
BARE = set('abcdeuA') | {'period', 'system', 'comment', 'date', 'text',
                         'first_', '1a', 'type', 'status', 'vector_', 'uuid',
                         't1', 't2', 't3', 'T4', 'end', 'é'}


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.mode = ''
        self.names = PLAIN

    def begin(self):
        """Few names, so that statements meet."""
        self.mode = ''
        self.names = PLAIN + self.r.sample(ODD, 3)

    def one(self, *of):
        return self.r.choice(of)

    def some(self, chance):
        return self.r.random() < chance

    # ---- words

    def name(self, name):
        if name in BARE and self.some(0.6):
            return name
        if 'ANSI' in self.mode and self.some(0.5):
            return '"%s"' % name.replace('"', '""')
        return '`%s`' % name.replace('`', '``')

    def column(self):
        return self.name(self.r.choice(self.names))

    def table(self):
        name = self.name(self.r.choice(TABLES))
        return self.one(name, name, name, 'test.' + name, '`test` . ' + name)

    def string(self, text):
        quotes = "'" if 'ANSI' in self.mode or self.some(0.7) else '"'
        if 'NO_BACKSLASH' not in self.mode:
            text = text.replace('\\', '\\\\')
        return quotes + text.replace(quotes, quotes * 2) + quotes

    def word(self):
        return self.one('x', 'it\'s', 'say "x"', 'a, b', ')', 'back\\slash',
                        'é', '', 'UNIQUE KEY', '-- no', '/* no */', 'a  ')

    def gap(self):
        return self.one(' ', ' ', ' ', ' ', '\n', '\t', ' /* c, d */ ',
                        '/**/', ' # c\n', ' -- c\n')

    # ---- columns

    def labels(self):
        n = self.r.randint(1, 4)
        return '(%s)' % ','.join(self.string('%d%s' % (i, self.word().replace(
            ',', ';'))) for i in range(n))

    def charset(self):
        if self.some(0.6):
            return ''
        return self.one(
            ' CHARACTER SET ' + self.r.choice(SETS),
            ' CHARSET ' + self.r.choice(SETS), ' ASCII', ' UNICODE',
            ' BINARY', ' BYTE', ' COLLATE ' + self.r.choice(COLLATIONS),
            ' CHARACTER SET latin1 COLLATE latin1_bin', ' BINARY ASCII')

    def type(self):
        kind = self.r.randint(0, 9)
        if kind < 3:
            return self.r.choice(NUMBERS) + self.one('', '', ' UNSIGNED',
                                                     ' ZEROFILL', ' SIGNED')
        if kind < 6:
            name = self.r.choice(TEXTS)
        elif kind < 7:
            return self.one('ENUM', 'SET') + self.labels() + self.charset()
        elif kind < 9:
            name = self.r.choice(FIXED)
            if '%' in name:
                name %= self.r.choice([1, 255, 256, 65535, 65536, 16777216])
            return name
        else:
            return self.r.choice(TIMES)
        if '%' in name:
            name %= self.r.choice([1, 63, 64, 85, 86, 127, 128, 255, 256,
                                   16383, 16384, 21844, 21845, 32766, 65532,
                                   65533])
        return name + self.charset()

    def default(self):
        return self.one(
            "NULL", "1", "-1.5", self.string(self.word()), "NOW()",
            "(1 + 2)", "uuid()", "CURRENT_TIMESTAMP ON UPDATE NOW()",
            "0x41", "x'41'", "_utf8mb4'x'", "b'1'", "TRUE", "(concat('a',')'))",
            "CURRENT_TIMESTAMP(3)", "1e3", "'2020-01-01'", "N'n'")

    def attributes(self):
        out = ''
        for _ in range(self.one(0, 0, 1, 1, 2, 3)):
            out += self.gap() + self.one(
                'NOT NULL', 'NULL', 'NOT NULL', 'NOT NULL', 'COMMENT ' +
                self.string(self.word()), 'UNIQUE', 'UNIQUE KEY', 'INVISIBLE',
                'CHECK (1 > 0)') if self.some(0.75) else self.rarely()
        return out

    def rarely(self):
        return self.one(
            ' DEFAULT ' + self.default(), ' DEFAULT ' + self.default(),
            ' PRIMARY KEY', ' AUTO_INCREMENT', ' AS (1 + 1)',
            ' GENERATED ALWAYS AS (2) STORED', ' COMPRESSED',
            ' REFERENCES t1 (a) ON DELETE CASCADE',
            ' WITHOUT SYSTEM VERSIONING', ' SERIAL DEFAULT VALUE')

    def definition(self, name=None):
        if self.some(0.03):
            return '%s SERIAL' % (name or self.column())
        return '%s%s%s%s' % (name or self.column(), self.gap(), self.type(),
                             self.attributes())

    def parts(self):
        return '(%s)' % ', '.join(
            self.column() + self.one('', '', '', '(3)', ' DESC', ' ASC')
            for _ in range(self.r.randint(1, 3)))

    def key(self):
        name = self.one('', '', '', self.name(self.one('k1', 'k2', 'a', 'b',
                                                       'a_2', 'c')))
        maybe = self.one('', '', '', ' IF NOT EXISTS')
        constraint = self.one('', '', '', 'CONSTRAINT ', 'CONSTRAINT n1 ')
        return self.one(
            constraint + 'PRIMARY KEY ' + self.parts(),
            constraint + 'UNIQUE %s %s' % (name, self.parts()),
            'UNIQUE KEY%s %s %s' % (maybe, name, self.parts()),
            'UNIQUE INDEX %s USING %s %s' % (name, self.one(
                'BTREE', 'HASH'), self.parts()),
            'KEY%s %s %s' % (maybe, name, self.parts()),
            'INDEX %s %s' % (name, self.parts()),
            constraint + 'FOREIGN KEY %s (%s) REFERENCES t1 (a)' % (
                name, self.column()) if self.some(0.3) else 'CHECK (1)',
            'PERIOD FOR p (a, b)' if self.some(0.3) else 'KEY (a)')

    # ---- statements

    def option(self):
        return self.one(
            'CHARACTER SET = ' + self.r.choice(SETS),
            'DEFAULT CHARSET ' + self.r.choice(SETS),
            'COLLATE ' + self.r.choice(COLLATIONS),
            'COMMENT = ' + self.string(self.word()), 'ENGINE=MyISAM',
            'ENGINE=InnoDB ROW_FORMAT=DYNAMIC', 'AUTO_INCREMENT=5',
            'WITH SYSTEM VERSIONING', 'MAX_ROWS 9', 'ENGINE MEMORY')

    def create(self):
        front = self.one('CREATE TABLE', 'CREATE OR REPLACE TABLE',
                         'CREATE OR REPLACE TABLE',
                         'CREATE TABLE IF NOT EXISTS')
        if self.some(0.1):
            return '%s %s LIKE %s' % (front, self.table(), self.table())
        names = self.r.sample(self.names, self.r.randint(2, 6))
        items = [self.definition(self.name(n)) for n in names]
        items += [self.key() for _ in range(self.one(0, 0, 0, 1, 1, 2))]
        options = ''.join(' ' + self.option()
                          for _ in range(self.one(0, 0, 1, 2)))
        return '%s %s%s(%s)%s' % (front, self.table(), self.gap(), (
            ',' + self.gap()).join(items), options)

    def place(self):
        return self.one('', '', '', ' FIRST', ' AFTER ' + self.column())

    def change(self):
        there = self.one('', '', ' IF EXISTS')
        absent = self.one('', '', ' IF NOT EXISTS')
        column = self.one('', ' COLUMN')
        return self.one(
            'ADD%s%s %s%s' % (column, absent, self.definition(),
                              self.place()),
            'ADD%s%s %s%s' % (column, absent, self.definition(),
                              self.place()),
            'ADD%s%s (%s, %s)' % (column, absent, self.definition(),
                                  self.definition()),
            'DROP%s%s %s' % (column, there, self.column()),
            'MODIFY%s%s %s%s' % (column, there, self.definition(),
                                 self.place()),
            'CHANGE%s%s %s %s%s' % (column, there, self.column(),
                                    self.definition(), self.place()),
            'CHANGE%s%s %s %s%s' % (column, there, self.column(),
                                    self.definition(), self.place()),
            'RENAME COLUMN%s %s TO %s' % (there, self.column(),
                                          self.column()),
            'ALTER%s %s SET DEFAULT %s' % (column, self.column(), self.one(
                '1', "'x'", 'NULL', '(1 + 1)')),
            'ALTER%s %s DROP DEFAULT' % (column, self.column()),
            'ADD ' + self.key(), 'ADD ' + self.key(),
            'DROP PRIMARY KEY', 'DROP %s%s %s' % (self.one(
                'KEY', 'INDEX', 'CONSTRAINT'), there, self.name(self.one(
                    'a', 'b', 'k1', 'k2', 'a_2', 'n1', 'c'))),
            'RENAME INDEX%s %s TO k2' % (there, self.one('a', 'k1', 'b')),
            'CONVERT TO CHARACTER SET ' + self.r.choice(SETS),
            self.option(), self.option(), 'FORCE', 'ORDER BY a, b DESC',
            'ADD SYSTEM VERSIONING', 'DROP SYSTEM VERSIONING',
            'RENAME %s%s' % (self.one('', 'TO ', 'AS '), self.table()),
            'ALGORITHM=COPY', 'DROP PERIOD FOR p')

    def swap(self):
        a, b = (self.name(n) for n in self.r.sample(self.names, 2))
        return self.one(
            'RENAME COLUMN %s TO %s, RENAME COLUMN %s TO %s' % (a, b, b, a),
            'CHANGE %s %s %s, CHANGE %s %s %s' % (
                a, b, self.type(), b, a, self.type()),
            'DROP %s, ADD %s %s FIRST' % (a, a, self.type()))

    def alter(self):
        changes = [self.change() for _ in range(self.one(1, 1, 1, 2, 3, 4))]
        if self.some(0.15):
            changes.append(self.swap())
        return 'ALTER%s TABLE%s %s%s %s' % (
            self.one('', '', '', ' ONLINE', ' IGNORE'),
            self.one('', '', '', ' IF EXISTS'), self.table(),
            self.one('', '', '', ' NOWAIT', ' WAIT 1'), ', '.join(changes))

    def other(self):
        return self.one(
            'DROP TABLE IF EXISTS %s, %s' % (self.table(), self.table()),
            'DROP TABLE %s' % self.table(),
            'RENAME TABLE %s TO %s' % (self.table(), self.table()),
            'RENAME TABLE IF EXISTS %s TO %s, %s NOWAIT TO %s' % tuple(
                self.table() for _ in range(4)),
            'CREATE UNIQUE INDEX%s k1 ON %s %s' % (self.one(
                '', ' IF NOT EXISTS'), self.table(), self.parts()),
            'CREATE OR REPLACE INDEX k2 ON %s %s' % (self.table(),
                                                     self.parts()),
            'DROP INDEX%s k1 ON %s' % (self.one('', ' IF EXISTS'),
                                       self.table()),
            'ALTER DATABASE test CHARACTER SET ' + self.one(
                'latin1', 'utf8mb4', 'ucs2'),
            'TRUNCATE TABLE %s' % self.table(),
            'SET explicit_defaults_for_timestamp=%d' % self.r.randint(0, 1))

    def statement(self):
        kind = self.r.random()
        if kind < 0.04:
            self.mode = self.r.choice(MODES)
            return 'SET sql_mode=' + self.mode
        if kind < 0.3:
            return self.create()
        return self.alter() if kind < 0.85 else self.other()


def main():
    maker = Maker(int(sys.argv[1]))
    for i in range(int(sys.argv[2])):
        if i % 60 == 0:
            maker.begin()
            print('-- file random %s, %d' % (sys.argv[1], i))
        print(maker.statement() + ';')


if __name__ == '__main__':
    main()
