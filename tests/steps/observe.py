# What a server says of its tables: information_schema, after a statement.
import re

SYSTEM = (b'mysql', b'information_schema', b'performance_schema', b'sys')

COLUMNS = '''SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE,
COLUMN_DEFAULT, CHARACTER_SET_NAME, EXTRA, GENERATION_EXPRESSION,
COLUMN_COMMENT FROM information_schema.COLUMNS WHERE TABLE_SCHEMA=%s
ORDER BY TABLE_NAME, ORDINAL_POSITION'''
KEYS = '''SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME, NON_UNIQUE, IGNORED,
SUB_PART FROM information_schema.STATISTICS WHERE TABLE_SCHEMA=%s'''
TABLES = '''SELECT TABLE_NAME, TABLE_TYPE, TABLE_COLLATION, TABLE_COMMENT,
CREATE_OPTIONS FROM information_schema.TABLES WHERE TABLE_SCHEMA=%s'''
CHECKS = '''SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE FROM
information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA=%s'''


def text(value):
    return None if value is None else value.decode('utf-8', 'replace')


class Table:
    def __init__(self, kind, collation, comment):
        self.kind, self.comment = kind, comment
        self.charset = collation.split('_')[0] if collation else None
        self.columns, self.unique, self.json = [], {}, set()

    def has_long_key(self):
        text = {c['name'] for c in self.columns
                if 'text' in c['type'] or 'blob' in c['type']}
        return any(text & set(parts) for parts in self.unique.values())

    def identifies(self, key):
        required = {c['name'] for c in self.columns if not c['nullable']}
        return 'PRIMARY' not in self.unique and set(key) <= required and \
            key in self.unique.values()

    def key(self):
        """The columns that identify a row, in their order."""
        required = {c['name'] for c in self.columns if not c['nullable']}
        for name, parts in self.unique.items():
            if name == 'PRIMARY':
                return parts
        for parts in self.unique.values():
            if set(parts) <= required:
                return parts
        return []


def column(v):
    kind = text(v[2])
    extra = text(v[6]) or ''
    return {
        'name': text(v[1]), 'type': kind, 'nullable': v[3] == b'YES',
        'default': text(v[4]), 'charset': text(v[5]),
        'auto': 'auto_increment' in extra.lower(),
        'generation': text(v[7]) or None, 'comment': text(v[8]) or None,
    }


def databases(client):
    return [v[0] for v in client.query('SHOW DATABASES')
            if v[0] not in SYSTEM]


def quoted(name):
    return "'%s'" % name.decode('utf-8', 'replace').replace(
        '\\', '\\\\').replace("'", "''")


def tables_of(client, db):
    out, where = {}, quoted(db)
    for v in client.query(TABLES % where):
        out[text(v[0])] = Table(text(v[1]), text(v[2]), text(v[3]) or None)
    for v in client.query(COLUMNS % where):
        if text(v[0]) in out:
            out[text(v[0])].columns.append(column(v))
    for v in client.query(KEYS % where):
        if v[3] == b'0' and text(v[0]) in out:
            out[text(v[0])].unique.setdefault(text(v[1]), []).append(
                text(v[2]))
    for v in client.query(CHECKS % where):
        found = re.fullmatch(r'json_valid\(`(.*)`\)', text(v[2]) or '')
        if found and text(v[0]) in out:
            out[text(v[0])].json.add(found[1].replace('``', '`'))
    return out


def everything(client):
    """{(db, table): Table} of all that are not the server's own."""
    out = {}
    for db in databases(client):
        for name, table in tables_of(client, db).items():
            if table.kind in ('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE'):
                out[text(db), name] = table
    return out
