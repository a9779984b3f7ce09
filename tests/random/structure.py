# Statements that make tables and alter them, at random, which the server will
# mostly take: names and types of tables as they are.
from random_ddl import Maker
from rows import Rows

WORKING = [
    'TINYINT', 'SMALLINT UNSIGNED', 'MEDIUMINT', 'INT', 'INT UNSIGNED',
    'INT(5) ZEROFILL', 'BIGINT', 'BIGINT UNSIGNED', 'DECIMAL(10,2)',
    'DECIMAL(65,30)', 'DECIMAL(5)', 'FLOAT', 'DOUBLE', 'FLOAT(7,3)',
    'DOUBLE(12,4)', 'BIT', 'BIT(17)', 'BIT(64)', 'YEAR', 'DATE', 'TIME',
    'TIME(3)', 'TIME(6)', 'DATETIME', 'DATETIME(2)', 'DATETIME(6)',
    'TIMESTAMP', 'TIMESTAMP(6)', 'TIMESTAMP NULL', 'BOOL', 'UUID', 'INET6',
    'INET4', 'JSON', 'POINT', 'GEOMETRY', 'LINESTRING', 'BINARY(3)',
    'BINARY(16)', 'VARBINARY(20)', 'VARBINARY(300)', 'BLOB', 'TINYBLOB',
    'MEDIUMBLOB', 'LONGBLOB']
LETTERED = ['CHAR(3)', 'CHAR(20)', 'CHAR(0)', 'VARCHAR(5)', 'VARCHAR(20)',
            'VARCHAR(300)', 'VARCHAR(2000)', 'TEXT', 'TINYTEXT', 'MEDIUMTEXT',
            'LONGTEXT', "ENUM('x','y','z')", "SET('x','y','z')",
            "ENUM('é','ß','b ')", "SET('1','2','0')"]
CHARACTERS = [
    'latin1', 'latin1 COLLATE latin1_bin', 'latin1 COLLATE latin1_german2_ci',
    'utf8mb4', 'utf8mb4 COLLATE utf8mb4_bin', 'utf8mb4 COLLATE utf8mb4_unicode_ci',
    'utf8mb4 COLLATE utf8mb4_nopad_bin', 'utf8mb3', 'ucs2', 'utf16', 'utf32',
    'utf16le', 'koi8r', 'cp1251', 'sjis', 'gbk', 'big5', 'latin2', 'ascii',
    'greek', 'ujis', 'binary', 'latin1 COLLATE latin1_nopad_bin',
    'utf8mb4 COLLATE utf8mb4_uca1400_as_cs', 'latin5', 'cp932']
KEY_TYPES = ['INT', 'BIGINT UNSIGNED', 'VARCHAR(20)', 'VARBINARY(20)',
             'CHAR(5) CHARACTER SET latin1', 'DATE', 'DATETIME(6)', 'UUID',
             'DECIMAL(10,2)', 'INET6', 'TIMESTAMP(6)', "ENUM('x','y','z')",
             'BINARY(16)', 'VARCHAR(20) CHARACTER SET utf8mb4 COLLATE '
             'utf8mb4_bin', 'BIT(17)', 'DOUBLE', 'YEAR', 'TIME(3)']
ENGINES = ['', '', '', '', ' ENGINE=InnoDB', ' ENGINE=Aria', ' ENGINE=MyISAM',
           ' ENGINE=Aria TRANSACTIONAL=0', ' ENGINE=InnoDB ROW_FORMAT=COMPACT',
           ' ENGINE=InnoDB ROW_FORMAT=COMPRESSED', ' ENGINE=MEMORY',
           ' ENGINE=CSV']
EXPRESSIONS = ['%s', 'CONCAT(%s,1)', 'LENGTH(%s)', '%s+1', 'HEX(%s)',
               'COALESCE(%s,0)', 'MD5(%s)', 'LEFT(%s,3)', '%s IS NULL',
               'UPPER(%s)']
SOURCES = ['a', 'b', 'c', 'd', 'e', 'id']


class Structure(Rows, Maker):
    # Maker's statements meet tables that there are
    def table(self):
        if self.tables and self.some(0.8):
            return self.path(self.r.choice(self.tables))
        return self.new_name()

    def new_name(self):
        name = self.name(self.one('t1', 't2', 't3', 't4', 'T5', 'we`ird',
                                  'é', 'period', 'x y'))
        return self.one(name, name, name, 'test.' + name, '`d2`.' + name)

    def known_type(self):
        if self.some(0.45):
            charset = self.one('', '', ' CHARACTER SET ' +
                               self.r.choice(CHARACTERS))
            return self.r.choice(LETTERED) + charset
        if self.vectors and self.some(0.05):
            return 'VECTOR(%d)' % self.r.randint(1, 4)
        return self.r.choice(WORKING)

    def generated(self, names):
        return ' AS (%s) %s' % (self.r.choice(EXPRESSIONS) % self.name(
            self.r.choice(names)), self.one('VIRTUAL', 'STORED',
                                            'PERSISTENT'))

    def known_default(self, kind):
        if self.some(0.5):
            return ''
        base = kind.split('(')[0].split()[0]
        if base in ('TIMESTAMP', 'DATETIME'):
            digits = kind[kind.find('('):][:3] if '(' in kind else ''
            return ' DEFAULT NOW%s' % (digits or '()') + self.one(
                '', ' ON UPDATE NOW%s' % (digits or '()'))
        return ' DEFAULT ' + {
            'DATE': "'2020-01-01'", 'TIME': "'10:00:00'", 'UUID': 'UUID()',
            'INET6': "'::1'", 'INET4': "'1.2.3.4'", 'JSON': "'[]'",
            'POINT': 'POINT(1,1)', 'GEOMETRY': '(POINT(1,1))',
            'BIT': "b'1'", 'YEAR': '2000', "ENUM": "'x'", 'SET': "'x'",
        }.get(base, self.one('1', "'1'", '(1+1)', "(CONCAT('1','2'))", "''",
                             'NULL'))

    def known_column(self, name, others):
        if others and self.some(0.12):
            return '%s %s%s' % (name, self.known_type(),
                                self.generated(others))
        kind = self.known_type()
        out = '%s %s' % (name, kind)
        if kind.split('(')[0] in ('VARCHAR', 'TEXT', 'BLOB', 'VARBINARY',
                                  'LONGTEXT', 'MEDIUMBLOB') and \
           self.some(0.08):
            out += ' COMPRESSED'
        if ' NULL' not in kind:
            out += self.one('', '', '', ' NOT NULL', ' NOT NULL', ' NULL')
        out += self.known_default(kind)
        if self.some(0.06):
            out += ' INVISIBLE'
        if self.some(0.04):
            out += ' CHECK (%s IS NULL OR LENGTH(%s) < 30)' % (name, name)
        if self.some(0.05):
            out += ' COMMENT ' + self.string(self.word())
        return out

    def known_keys(self):
        """Columns of the key, and the key."""
        one, two = self.one('id', 'a', 'é'), 'k 2'
        kind = self.r.randint(0, 11)
        a, b = self.name(one), self.name(two)
        if kind < 3:
            return ['%s %s NOT NULL AUTO_INCREMENT PRIMARY KEY' % (
                a, self.one('INT', 'BIGINT UNSIGNED', 'TINYINT'))], [one]
        if kind < 5:
            return ['%s %s PRIMARY KEY' % (a, self.r.choice(KEY_TYPES))], [one]
        if kind == 5:
            return ['%s %s NOT NULL' % (a, self.r.choice(KEY_TYPES)),
                    '%s %s NOT NULL' % (b, self.r.choice(KEY_TYPES)),
                    'PRIMARY KEY (%s, %s)' % (b, a)], [one, two]
        if kind == 6:
            return ['%s %s' % (a, self.r.choice(KEY_TYPES)),
                    '%s %s' % (b, self.r.choice(KEY_TYPES)),
                    'UNIQUE (%s), UNIQUE (%s, %s)' % (a, b, a)], [one, two]
        if kind == 7:
            return ['%s %s NOT NULL' % (a, self.one('TEXT', 'BLOB')),
                    self.one('PRIMARY KEY (%s(5))', 'UNIQUE (%s)',
                             'UNIQUE (%s) USING HASH') % a], [one]
        if kind == 8:
            return ['%s INT, s %s, e %s, PERIOD FOR p (s, e), %s' % (
                (a,) + self.one(('DATE', 'DATE'), (
                    'DATETIME(6)', 'DATETIME(6)')) + (self.one(
                        'UNIQUE (%s, p WITHOUT OVERLAPS)' % a,
                        'PRIMARY KEY (%s, p WITHOUT OVERLAPS)' % a,
                        'KEY (%s)' % a),))], [one]
        if kind == 9:
            return ['%s %s NOT NULL UNIQUE' % (a, self.r.choice(
                KEY_TYPES))], [one]
        return ['%s INT' % a], [one]

    def foreign_key(self, column):
        others = [t for t in self.tables if t.columns and
                  t.columns[0].key == 'PRI']
        if not others:
            return None
        t = self.r.choice(others)
        return 'FOREIGN KEY (%s) REFERENCES %s (%s)%s' % (
            self.name(column), self.path(t), self.name(t.columns[0].name),
            self.one('', ' ON DELETE CASCADE', ' ON DELETE SET NULL',
                     ' ON UPDATE CASCADE', ' ON DELETE CASCADE ON UPDATE '
                     'CASCADE', ' ON DELETE RESTRICT'))

    def partitions(self, key, is_bit):
        name = self.name(key)
        if is_bit:      # Aria and MyISAM do not find rows by ranges of it
            return 'HASH (%s) PARTITIONS 3' % name
        return self.one(
            'HASH (%s) PARTITIONS 3' % name, 'KEY (%s) PARTITIONS 2' % name,
            'RANGE (%s) (PARTITION p0 VALUES LESS THAN (2), PARTITION p1 '
            'VALUES LESS THAN (100), PARTITION p2 VALUES LESS THAN MAXVALUE)'
            % name, 'RANGE COLUMNS (%s) (PARTITION p0 VALUES LESS THAN (5), '
            'PARTITION p1 VALUES LESS THAN (50))' % name,
            'LIST (%s) (PARTITION p0 VALUES IN (0,1,2,NULL), PARTITION p1 '
            'VALUES IN (3,4), PARTITION p2 DEFAULT)' % name)

    def known_create(self):
        items, names = self.known_keys()
        key = names[0]
        for n in self.r.sample(SOURCES[:5], self.r.randint(1, 4)):
            if n not in names:
                items.append(self.known_column(self.name(n), names))
                names.append(n)
        if self.some(0.3):
            items.append('KEY (%s)' % self.name(self.r.choice(names)))
        if self.some(0.2):
            fk = self.foreign_key(self.r.choice(names))
            items += [fk] if fk else []
        if self.some(0.1):
            items.append('CONSTRAINT ck CHECK (%s <> 13)' % self.name(
                self.r.choice(names)))
        end = self.r.choice(ENGINES)
        if self.some(0.25):
            end += ' DEFAULT CHARACTER SET ' + self.r.choice(CHARACTERS)
        if self.some(0.1):
            end += ' WITH SYSTEM VERSIONING'
        if self.some(0.12):
            end += ' PARTITION BY ' + self.partitions(
                key, 'BIT' in items[0])
        return '%s %s (%s)%s' % (self.one(
            'CREATE TABLE', 'CREATE TABLE', 'CREATE TABLE IF NOT EXISTS',
            'CREATE OR REPLACE TABLE'), self.new_name(), ', '.join(items), end)

    def copied(self):
        t = self.a_table()
        if not t:
            return self.known_create()
        front = self.one('CREATE TABLE', 'CREATE OR REPLACE TABLE',
                         'CREATE TABLE IF NOT EXISTS')
        if self.some(0.5):
            return '%s %s LIKE %s' % (front, self.new_name(), self.path(t))
        return '%s %s%s%s %sSELECT * FROM %s%s' % (
            front, self.new_name(), self.one('', ' (id INT PRIMARY KEY)',
                                             ' (z INT DEFAULT 7)'),
            self.r.choice(ENGINES), self.one('', 'IGNORE ', 'AS '),
            self.path(t), self.one('', ' LIMIT 3'))

    # ---- of a table that is there

    def known_change(self, t):
        c = self.name(self.r.choice(t.columns).name)
        d = self.name(self.r.choice(t.columns).name)
        new = self.column()
        key = self.name(self.r.choice(t.keys or ['k1']))
        constraint = self.name(self.r.choice(t.constraints or ['ck']))
        place = self.one('', '', ' FIRST', ' AFTER ' + d)
        names = [x.name for x in t.columns]
        changes = [
            'ADD %s%s' % (self.known_column(new, names), place),
            'ADD COLUMN IF NOT EXISTS %s' % self.known_column(new, []),
            'ADD (%s, %s)' % (self.known_column(new, []),
                              self.known_column(self.column(), names)),
            'DROP ' + c, 'DROP COLUMN IF EXISTS ' + c,
            'MODIFY %s%s' % (self.known_column(c, []), place),
            'MODIFY %s%s' % (self.known_column(c, []), place),
            'CHANGE %s %s%s' % (c, self.known_column(new, []), place),
            'RENAME COLUMN %s TO %s' % (c, new),
            'RENAME COLUMN %s TO %s, RENAME COLUMN %s TO %s' % (c, d, d, c),
            'ALTER %s SET DEFAULT %s' % (c, self.one('1', "'x'", '(1+1)')),
            'ALTER %s DROP DEFAULT' % c, 'ADD KEY k1 (%s, %s)' % (c, d),
            'ADD UNIQUE (%s)' % c, 'ADD PRIMARY KEY (%s)' % c,
            'ADD PRIMARY KEY (%s(3))' % c, 'DROP PRIMARY KEY',
            'DROP KEY ' + key, 'DROP CONSTRAINT ' + constraint,
            'ADD CONSTRAINT ck CHECK (%s <> 12)' % c,
            'RENAME KEY %s TO k9' % key, 'ALTER KEY %s IGNORED' % key,
            'CONVERT TO CHARACTER SET ' + self.r.choice(CHARACTERS),
            'DEFAULT CHARACTER SET ' + self.r.choice(CHARACTERS),
            self.one('ENGINE=Aria', 'ENGINE=InnoDB', 'ENGINE=MyISAM'),
            'ADD SYSTEM VERSIONING', 'DROP SYSTEM VERSIONING',
            'AUTO_INCREMENT=%d' % self.r.randint(1, 200), 'FORCE',
            'ORDER BY ' + c, 'COMMENT=' + self.string(self.word()),
            'RENAME TO ' + self.new_name(), 'DISABLE KEYS', 'ENABLE KEYS',
            'DROP PRIMARY KEY, ADD PRIMARY KEY (%s)' % d,
            'ADD %s INT NOT NULL AUTO_INCREMENT UNIQUE FIRST' % new]
        fk = self.foreign_key(self.r.choice(names))
        return self.r.choice(changes + (['ADD ' + fk] if fk else []))

    def partition_change(self, t):
        p = self.name(self.r.choice(t.partitions or ['p0']))
        other = self.path(self.a_table())
        by = self.r.choice(t.columns)
        return self.one(
            'TRUNCATE PARTITION ' + p, 'DROP PARTITION ' + p,
            'ADD PARTITION (PARTITION p9 VALUES LESS THAN (900))',
            'ADD PARTITION PARTITIONS 1', 'COALESCE PARTITION 1',
            'REMOVE PARTITIONING', 'REORGANIZE PARTITION %s INTO (PARTITION '
            '%s VALUES LESS THAN (100))' % (p, p), 'REBUILD PARTITION ' + p,
            'EXCHANGE PARTITION %s WITH TABLE %s%s' % (p, other, self.one(
                '', ' WITHOUT VALIDATION')),
            'CONVERT PARTITION %s TO TABLE %s' % (p, self.new_name()),
            'PARTITION BY ' + self.partitions(
                by.name, by.kind.startswith('bit')))

    def known_alter(self):
        t = self.a_table()
        if not t:
            return self.known_create()
        if self.some(0.5 if t.partitions else 0.05):
            changes = self.partition_change(t)
        else:
            changes = ', '.join(self.known_change(t) for _ in range(
                self.one(1, 1, 1, 1, 2, 2, 3)))
        return 'ALTER%s TABLE %s %s%s' % (
            self.one('', '', '', '', ' IGNORE', ' ONLINE'), self.path(t),
            changes, self.one('', '', '', ', ALGORITHM=COPY',
                              ', ALGORITHM=INPLACE, LOCK=NONE'))

    def table_statement(self):
        t = self.a_table()
        if not t:
            return self.known_create()
        u, new = self.path(self.a_table()), self.new_name()
        return self.one(
            'RENAME TABLE %s TO %s' % (self.path(t), new),
            'RENAME TABLE %s TO test.swap, %s TO %s, test.swap TO %s' % (
                self.path(t), u, self.path(t), u),
            'DROP TABLE %s' % self.path(t),
            'DROP TABLE IF EXISTS %s, %s' % (self.path(t), new),
            'CREATE INDEX k1 ON %s (%s)' % (self.path(t), self.name(
                self.r.choice(t.columns).name)),
            'CREATE DATABASE IF NOT EXISTS d2 CHARACTER SET ' +
            self.r.choice(CHARACTERS),
            'ALTER DATABASE %s CHARACTER SET %s' % (self.one(
                'test', 'd2'), self.r.choice(CHARACTERS)),
            'DROP DATABASE IF EXISTS `d 3`', 'CREATE DATABASE `d 3`',
            'CREATE OR REPLACE SEQUENCE s1 START %d%s' % (self.r.randint(
                1, 99), self.one('', ' CACHE 10', ' NOCACHE INCREMENT 7')),
            'DROP SEQUENCE IF EXISTS s1', 'CREATE TEMPORARY TABLE tmp LIKE ' +
            u, 'DROP TEMPORARY TABLE IF EXISTS tmp',
            'LOCK TABLES %s WRITE' % self.path(t), 'UNLOCK TABLES',
            'ANALYZE TABLE ' + u, 'OPTIMIZE TABLE ' + u,
            'FLUSH TABLES', 'CREATE TABLE IF NOT EXISTS %s LIKE tmp' % new)

    def structure_statement(self):
        if len(self.tables) < 2:
            return self.known_create()
        if len(self.tables) > 9:
            return 'DROP TABLE IF EXISTS %s, %s' % (
                self.path(self.r.choice(self.tables)),
                self.path(self.r.choice(self.tables)))
        kind = self.r.random()
        if kind < 0.2:
            return self.known_create()
        if kind < 0.62:
            return self.known_alter()
        if kind < 0.69:
            return self.copied()
        if kind < 0.82:
            return self.table_statement()
        t = self.a_table()
        if t:
            self.names = list({c.name: 1 for c in t.columns}) + SOURCES
        return self.alter() if kind < 0.94 else self.create()
