# Statements that change rows, at random, of tables as they are.
from values import Values


class Rows(Values):
    """A mixin of Maker's; self.tables are those that there are."""

    def path(self, table):
        db = self.name(table.db)
        name = self.name(table.name)
        return name if table.db == self.db and self.some(0.5) else \
            '%s.%s' % (db, name)

    def a_table(self):
        plain = [t for t in self.tables if not t.sequence and t.writable()]
        return self.r.choice(plain) if plain else None

    def row(self, columns):
        return '(%s)' % ','.join(self.value(c) for c in columns)

    def columns_of(self, table):
        columns = table.writable()
        if self.some(0.4):
            columns = self.r.sample(columns, self.r.randint(1, len(columns)))
        return columns

    def names_of(self, columns):
        return '(%s)' % ','.join(self.name(c.name) for c in columns)

    def insert(self, t):
        columns = self.columns_of(t)
        front = self.one('INSERT', 'INSERT', 'INSERT', 'INSERT IGNORE',
                         'INSERT IGNORE', 'REPLACE', 'REPLACE')
        rows = ','.join(self.row(columns)
                        for _ in range(self.one(1, 1, 2, 3, 8)))
        end = ''
        if front == 'INSERT' and self.some(0.3):
            end = ' ON DUPLICATE KEY UPDATE ' + self.sets(t)
        return '%s INTO %s %s VALUES %s%s' % (
            front, self.path(t), self.names_of(columns), rows, end)

    def empty(self, t):
        return '%s INTO %s () VALUES ()' % (
            self.one('INSERT', 'INSERT IGNORE', 'REPLACE'), self.path(t))

    def select(self, t):
        """Rows of the table itself, or of another, as new ones."""
        columns = self.columns_of(t)
        exprs = [self.one(self.value(c), self.name(c.name)) for c in columns]
        exprs = [e if e != 'DEFAULT' else 'NULL' for e in exprs]
        return '%s INTO %s %s SELECT %s FROM %s LIMIT %d' % (
            self.one('INSERT IGNORE', 'REPLACE', 'INSERT'), self.path(t),
            self.names_of(columns), ','.join(exprs), self.path(t),
            self.r.randint(1, 20))

    def sets(self, t):
        columns = t.writable()
        some = self.r.sample(columns, min(len(columns),
                                          self.one(1, 1, 1, 2, 3)))
        return ', '.join('%s=%s' % (self.name(c.name), self.changed(c))
                         for c in some)

    def changed(self, c):
        name = self.name(c.name)
        if c.digits and self.some(0.5):
            return self.one(name + '+1', name + '+100', '-' + name,
                            name + '*2')
        if c.charset and self.some(0.2):
            return self.one('CONCAT(%s,%s)' % (name, self.string('x')),
                            'UPPER(%s)' % name, 'REVERSE(%s)' % name)
        return self.value(c)

    def where(self, t, alias=''):
        c = self.r.choice(t.columns)
        name = alias + self.name(c.name)
        return self.one(
            '', '', ' WHERE %s IS NULL' % name,
            ' WHERE %s IS NOT NULL' % name, ' WHERE %s=%s' % (
                name, self.valued(c)), ' WHERE %s>%s' % (
                    name, self.valued(c)), ' WHERE %s<=%s' % (
                        name, self.valued(c)))

    def limit(self, t):
        c = self.r.choice(t.columns)
        return self.one('', ' LIMIT 1', ' LIMIT 3', ' ORDER BY %s%s LIMIT %d' %
                        (self.name(c.name), self.one('', ' DESC'),
                         self.r.randint(1, 5)))

    def portion(self, t):
        if not t.periods or self.some(0.5):
            return ''
        return " FOR PORTION OF %s FROM '20%02d-01-01' TO '20%02d-06-01'" % (
            self.name(t.periods[0]), self.r.randint(0, 15),
            self.r.randint(10, 30))

    def update(self, t):
        return 'UPDATE%s %s%s SET %s%s%s' % (
            self.one('', '', ' IGNORE'), self.path(t), self.portion(t),
            self.sets(t), self.where(t), self.limit(t))

    def delete(self, t):
        return 'DELETE%s FROM %s%s%s%s' % (
            self.one('', '', ' IGNORE'), self.path(t), self.portion(t),
            self.where(t), self.one(' LIMIT 1', ' LIMIT 2', self.limit(t)))

    def join(self, t):
        u = self.a_table()
        c = self.r.choice(t.writable())
        end = self.where(u, 'u.')
        if self.some(0.5):
            return 'DELETE t, u FROM %s t JOIN %s u%s' % (
                self.path(t), self.path(u), end or ' WHERE RAND() < 0.1')
        return 'UPDATE %s t, %s u SET t.%s=%s, u.%s=%s%s' % (
            self.path(t), self.path(u), self.name(c.name), self.value(c),
            self.name(self.r.choice(u.writable()).name), self.word_or_null(),
            end)

    def word_or_null(self):
        return self.one('NULL', '1', self.string(self.word()), 'DEFAULT')

    def load(self, t):
        """What the server writes into a file, it reads again."""
        self.files += 1
        u = self.a_table()
        where = "'./../tmp/load%d'" % self.files
        columns = self.columns_of(t)
        return "SELECT * FROM %s INTO OUTFILE %s" % (self.path(u), where), \
            "LOAD DATA INFILE %s %s INTO TABLE %s %s" % (
                where, self.one('IGNORE', 'REPLACE', ''), self.path(t),
                self.names_of(columns))

    def sequence(self):
        found = [t for t in self.tables if t.sequence]
        if not found:
            return None
        t = self.r.choice(found)
        return self.one('SELECT NEXTVAL(%s)' % self.path(t),
                        'DO NEXTVAL(%s)' % self.path(t),
                        'SELECT SETVAL(%s, %d)' % (self.path(t),
                                                   self.r.randint(1, 5000)),
                        'ALTER SEQUENCE %s %s' % (self.path(t), self.one(
                            'RESTART', 'INCREMENT 3', 'CACHE 5', 'CYCLE',
                            'RESTART 77')))

    def rows_statement(self):
        t = self.a_table()
        if not t or self.some(0.04):
            return self.sequence()
        kind = self.r.random()
        for share, make in ((0.4, self.insert), (0.05, self.empty),
                            (0.06, self.select), (0.25, self.update),
                            (0.13, self.delete), (0.04, self.join),
                            (0.02, self.load)):
            kind -= share
            if kind < 0:
                return make(t)
        if self.some(0.3):
            return 'TRUNCATE TABLE ' + self.path(t)
        return self.insert(t)

    def transaction(self):
        """What begins, parts or ends one, for this session."""
        s = self.session
        if s.xa:
            return self.xa_next()
        if not s.open:
            if self.some(0.2):
                self.xids += 1
                s.xa, s.xid = 'active', "'x%d'" % self.xids
                return 'XA START ' + s.xid
            s.open = True
            return self.one('BEGIN', 'START TRANSACTION',
                            'START TRANSACTION WITH CONSISTENT SNAPSHOT')
        point = self.name(self.one('s1', 's2', 'é'))
        end = self.one('', '', 'COMMIT', 'COMMIT', 'COMMIT', 'ROLLBACK')
        if end:
            s.open = False
            return end
        return self.one('SAVEPOINT ' + point, 'ROLLBACK TO ' + point,
                        'RELEASE SAVEPOINT ' + point)

    def xa_next(self):
        s = self.session
        now, s.xa = s.xa, {'active': 'idle', 'idle': self.one(
            'prepared', 'prepared', 'ended'), 'prepared': ''}[s.xa]
        if now == 'active':
            return 'XA END ' + s.xid
        if s.xa == 'prepared':
            return 'XA PREPARE ' + s.xid
        s.xa = ''
        if now == 'idle':
            return self.one('XA ROLLBACK %s', 'XA COMMIT %s ONE PHASE') % s.xid
        return self.one('XA COMMIT ', 'XA COMMIT ', 'XA ROLLBACK ') + s.xid
