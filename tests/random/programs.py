# What runs later, or by another name than it was written for: triggers,
# procedures, blocks, views, temporary tables, prepared statements.
TRIGGERS = ['tr1', 'tr2', 'é']
VIEWS = ['v1', 'v2', 'v 3']
SETTINGS = ['foreign_key_checks=0', 'timestamp=1500000000.25',
            "time_zone='+12:45'", 'unique_checks=0', 'insert_id=77',
            "lc_time_names='de_DE'"]


class Programs:
    """A mixin of Maker's: program_statement(); None where there is no table."""

    def some_rows(self, t):
        return self.one(self.insert, self.insert, self.update, self.delete)(t)

    def some_statement(self):
        """Not LOAD DATA, which no program may hold."""
        made = self.rows_statement() if self.some(0.7) else \
            self.structure_statement()
        return made if isinstance(made, str) else 'DO 1'

    def trigger(self, t):
        name = self.name(self.r.choice(TRIGGERS))
        if self.some(0.4):
            return 'DROP TRIGGER IF EXISTS ' + name
        when = self.one('BEFORE', 'AFTER')
        event = self.one('INSERT', 'UPDATE', 'DELETE')
        body = self.some_rows(self.a_table())
        if when == 'BEFORE' and event != 'DELETE' and self.some(0.7):
            c = self.r.choice(t.writable())
            body = 'SET NEW.%s = %s' % (self.name(c.name), self.one(
                'NEW.' + self.name(c.name), self.valued(c)))
        return 'CREATE OR REPLACE TRIGGER %s %s %s ON %s FOR EACH ROW %s' % (
            name, when, event, self.path(t), body)

    def procedure(self, _):
        name = self.one('p1', 'p2')
        if self.some(0.6):
            return 'CALL %s()' % name
        return 'CREATE OR REPLACE PROCEDURE %s() BEGIN %s; %s; END' % (
            name, self.some_statement(), self.some_statement())

    def block(self, t):
        """A variable is a value of the row, and a part of the statement's text
        where that is logged."""
        c = self.r.choice(t.writable())
        uses = self.one(
            'INSERT IGNORE INTO %s (%s) VALUES (x), (x)' % (
                self.path(t), self.name(c.name)),
            'UPDATE IGNORE %s SET %s = x LIMIT 2' % (
                self.path(t), self.name(c.name)),
            'CREATE OR REPLACE TABLE %s AS SELECT x AS a, t.* FROM %s t' % (
                self.new_name(), self.path(t)), self.some_statement())
        return 'BEGIN NOT ATOMIC DECLARE x %s DEFAULT %s; %s; %s; END' % (
            self.known_type(), self.valued(c), uses, self.some_statement())

    def query(self, t):
        columns = self.r.sample(t.columns, self.r.randint(1, min(
            3, len(t.columns))))
        names = [self.name(c.name) for c in columns]
        return 'SELECT %s FROM %s%s' % (self.one(
            '*', ', '.join(names), ', '.join(names), '%s AS x, 1 AS y' %
            names[0]), self.path(t), self.where(t))

    def view(self, t):
        name, other = (self.name(self.r.choice(VIEWS)) for _ in range(2))
        c = self.name(self.r.choice(t.writable()).name)
        return self.one(
            'CREATE OR REPLACE VIEW %s AS %s' % (name, self.query(t)),
            'CREATE OR REPLACE VIEW %s AS %s WITH CHECK OPTION' % (
                name, self.query(t)),
            'CREATE VIEW IF NOT EXISTS %s AS %s' % (name, self.query(t)),
            'CREATE OR REPLACE SQL SECURITY INVOKER VIEW %s (a) AS SELECT '
            '%s FROM %s' % (name, c, self.path(t)),
            'CREATE OR REPLACE VIEW %s AS SELECT * FROM %s' % (name, other),
            'ALTER VIEW %s AS %s' % (name, self.query(t)),
            'DROP VIEW IF EXISTS %s, %s' % (name, other),
            'RENAME TABLE %s TO %s' % (name, other),
            'INSERT IGNORE INTO %s (%s) VALUES (1)' % (name, c),
            'UPDATE IGNORE %s SET %s = DEFAULT' % (name, c),
            'DELETE FROM %s LIMIT 1' % name,
            'CREATE OR REPLACE TABLE %s AS SELECT * FROM %s' % (
                self.new_name(), name))

    def temporary(self, t):
        """One that hides another, or does not."""
        name = self.one('tmp2', self.path(t))
        c = self.name(self.r.choice(t.writable()).name)
        return self.one(
            'CREATE OR REPLACE TEMPORARY TABLE tmp2 AS %s' % self.query(t),
            'CREATE TEMPORARY TABLE %s LIKE %s' % (name, self.path(t)),
            'CREATE OR REPLACE TEMPORARY TABLE tmp2 (a INT, b TEXT)',
            'INSERT INTO tmp2 VALUES (1, 2)', 'ALTER TABLE tmp2 ADD z INT',
            'TRUNCATE TABLE tmp2', 'DROP TABLE IF EXISTS tmp2, tmp',
            'DROP TEMPORARY TABLE IF EXISTS %s' % name,
            'RENAME TABLE tmp2 TO tmp', 'CREATE INDEX k1 ON tmp2 (a)',
            'INSERT IGNORE INTO %s (%s) SELECT %s FROM tmp2' % (
                self.path(t), c, self.one(c, 'a', 'b')),
            'CREATE OR REPLACE TABLE %s AS SELECT * FROM tmp2' %
            self.new_name(), 'CREATE TABLE %s LIKE tmp2' % self.new_name(),
            'UPDATE IGNORE %s t, tmp2 u SET t.%s = u.a' % (self.path(t), c),
            'REPLACE INTO tmp2 SELECT * FROM %s' % self.path(t))

    def prepared(self, _):
        return 'EXECUTE IMMEDIATE ' + self.string(self.some_statement())

    def for_one(self, _):
        return 'SET STATEMENT %s FOR %s' % (
            ', '.join(self.r.sample(SETTINGS, self.r.randint(1, 2))),
            self.some_statement())

    def returning(self, t):
        return self.insert(t) + ' RETURNING *'

    def program_statement(self):
        t = self.a_table()
        return self.one(
            self.trigger, self.trigger, self.procedure, self.procedure,
            self.block, self.block, self.view, self.view, self.view,
            self.temporary, self.temporary, self.prepared, self.for_one,
            self.returning)(t) if t else None
