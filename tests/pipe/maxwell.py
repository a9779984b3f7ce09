#!/usr/bin/env python3
"""A model of cdc-format --to maxwell: streams with hostile names and values, and
the messages that must come out, member by member, digit by digit.

usage: maxwell.py SEED STREAM MESSAGES   write both; print the settings
       maxwell.py --check GOT MESSAGES   compare"""
import base64
import json
import random
import sys
from decimal import Decimal, getcontext

getcontext().prec = 100
ODD = ['a', 'id', 'data', 'old', 'commit', 'key', 'it\'s', '"', '\\', '/', '\n',
       '\t', '\x01', '\x7f', 'é', '日本', '😀', '\u2028', '\ufeff',
       '{}', '[', ',', ':', '%s', '`', '$', ' ', '\\u0041', '__deleted', '\uef41',
       'null', 'true', '"}', '\\"']


def word(least=1):
    text = ''.join(random.choice(ODD) for _ in range(random.randint(least, 4)))
    return text or 'x' * least


class Number:
    """One that is written so."""
    def __init__(self, text):
        self.text = text


def java_double(v):
    if v == 0:
        return '0.0'
    digits, exponent = f'{Decimal(repr(abs(v))):E}'.split('E')
    sign, exponent = '-' if v < 0 else '', int(exponent)
    whole, _, rest = digits.partition('.')
    rest = rest.rstrip('0')
    if -3 <= exponent < 7:
        plain = f'{Decimal(repr(abs(v))):f}'
        whole, _, rest = plain.partition('.')
        return f"{sign}{whole}.{rest.rstrip('0') or '0'}"
    return f"{sign}{whole}.{rest or '0'}E{exponent}"


# each: typeName, more of the schema, and a value: in the record, in the message
def integer():
    return 'BIGINT', {}, lambda: (v := random.choice(
        [0, -1, 2**63 - 1, -2**63, random.randint(-10**6, 10**6)]),) * 2


def unsigned():
    return 'BIGINT UNSIGNED', {}, lambda: (v := random.choice(
        [0, 2**64 - 1, 2**63]),) * 2


def decimal():
    scale = random.choice([0, 2, 10, 30])

    def value():
        v = Decimal(random.choice([0, 1, 10, -1, random.randint(
            -10**30, 10**30), 12345])).scaleb(-scale)
        text = f'{v:f}'
        return text, Number(str(v if v else abs(v)))
    return 'DECIMAL', {'length': 65, 'scale': scale}, value


def double():
    def value():
        v = random.choice([0.0, 1.0, -0.1, 1e-3, 9999999.0, 1e7, 5e-324, 1e300,
                           random.uniform(-1, 1) * 10 ** random.randint(
                               -20, 20), float(random.randint(-10**8, 10**8))])
        return Number(repr(v)), Number(java_double(v))
    return 'DOUBLE', {}, value


def text():
    return random.choice(['VARCHAR', 'LONGTEXT', 'CHAR']), \
        {'charsetName': 'utf8mb4'}, lambda: (word(0),) * 2


def blob():
    return 'BLOB', {}, lambda: (base64.b64encode(
        random.randbytes(random.randint(0, 9))).decode(),) * 2


def enum():
    labels = [f'{i}{word()}'.replace(',', '') for i in range(3)]
    return 'ENUM', {'enumValues': labels}, lambda: (random.choice(labels),) * 2


def sets():
    labels = [f'{i}{word()}'.replace(',', '') for i in range(4)]

    def value():
        some = [label for label in labels if random.random() < .5]
        return ','.join(some), some
    return 'SET', {'enumValues': labels}, value


def datetime():
    digits = random.randint(0, 6)

    def value():
        date = random.choice(['0000-00-00', '2026-02-31', '1000-01-01',
                              '9999-12-31'])
        fraction = f"{random.randint(0, 10**6 - 1):06}"[:digits]
        v = f'{date} 23:59:58' + ('.' + fraction if digits else '')
        return v, v
    return random.choice(['DATETIME', 'TIMESTAMP']), \
        {'length': digits} if digits else {}, value


def time():
    return 'TIME', {'length': 3}, lambda: (v := random.choice(
        ['-838:59:59.000', '00:00:00.001', '100:00:00.500']),) * 2


def bits():
    def value():
        v = random.getrandbits(64)
        return base64.b64encode(v.to_bytes(8, 'little')).decode(), v
    return 'BIT', {'length': 64}, value


def embedded():
    def value():
        v = random.choice([{}, [], {word(): [word(0), None, True]}, word(0), 7])
        blank = random.choice([None, 1])
        return json.dumps(v, ensure_ascii=random.random() < .5,
                          indent=blank), v
    return 'JSON', {}, value


TYPES = [integer, unsigned, decimal, double, text, text, blob, enum, sets,
         datetime, time, bits, embedded]


def spelled(text):
    """A string of JSON, in one of its spellings."""
    out = '"'
    for c in text:
        if random.random() < .1 and ord(c) < 0x10000:
            out += f'\\u{ord(c):04x}'
        else:
            out += json.dumps(c, ensure_ascii=random.random() < .2)[1:-1]
    return out + '"'


def dump(value):
    gap = random.choice(['', '', '', ' '])
    if isinstance(value, Number):
        return value.text
    if isinstance(value, str):
        return spelled(value)
    if isinstance(value, dict):
        return '{' + gap + f',{gap}'.join(
            f'{spelled(k)}:{gap}{dump(v)}' for k, v in value.items()) + '}'
    if isinstance(value, list):
        return '[' + ','.join(dump(v) for v in value) + ']'
    return json.dumps(value)


class Table:
    def __init__(self, n):
        self.db, self.name = f'd{word()}', f't{n}{word()}'
        self.change()

    def change(self):
        names = {'id': None}
        for _ in range(random.randint(0, 5)):
            names[word()] = None
        self.columns = {name: ('INT', {}, None) if name == 'id' else
                        random.choice(TYPES)() for name in names}
        self.rows = {}

    def schema(self):
        columns = [{'name': name, 'typeName': t, 'optional': name != 'id',
                    **more} for name, (t, more, _) in self.columns.items()]
        quoted = '.'.join('"' + n.replace('"', '""') + '"'
                          for n in (self.db, self.name))
        return {'topic': 'm', 'key': {'databaseName': self.db}, 'payload': {
            'source': {'db': self.db, 'table': self.name, 'gtid': '0-1-1'},
            'databaseName': self.db, 'ddl': None, 'tableChanges': [{
                'type': 'CREATE', 'id': quoted, 'table': {
                    'primaryKeyColumnNames': ['id'], 'columns': columns}}]}}

    def row(self, key):
        row = {}
        for name, (_, _, value) in self.columns.items():
            row[name] = (key, key) if name == 'id' else (None, None) \
                if random.random() < .2 else value()
        return row


class Stream:
    def __init__(self, settings):
        self.on, self.lines, self.messages = settings, [], []
        self.tables = [Table(i) for i in range(3)]
        self.gtid = 0
        modes = {'decimal': 'string', 'time': 'string', 'binary': 'base64',
                 'bigint_unsigned': 'number', 'json': 'string'}
        self.put({'topic': '__debezium-heartbeat.m', 'key': {
            'serverName': 'm'}, 'payload': {
                'ts_ms': 1, 'beat': 'first', 'gtid': '', 'file': 'b.1',
                'pos': 4, 'modes': modes}})
        for table in self.tables:
            self.put(table.schema())

    def put(self, record):
        self.lines.append(dump(record))

    def record(self, table, op, key, before, after, **headers):
        plain = [{k: v[0] for k, v in row.items()} if row else None
                 for row in (before, after)]
        source = {'db': table.db, 'table': table.name, 'ts_ms': self.ts,
                  'server_id': 7, 'gtid': f'0-1-{self.gtid}', 'file': 'b.1',
                  'pos': self.gtid * 100, 'thread': self.thread,
                  'query': self.query}
        record = {'topic': 'm.d.t', 'key': {'id': key}}
        if headers:
            record['headers'] = {f'__debezium.{k}': {'id': v}
                                 for k, v in headers.items()}
        record['payload'] = {'before': plain[0], 'after': plain[1],
                             'source': source, 'op': op, 'ts_ms': 5,
                             'transaction': {'id': f'0-1-{self.gtid}',
                                             'total_order': 1,
                                             'data_collection_order': 1}}
        self.put(record)
        if op == 'd' and random.random() < .5:
            self.put({'topic': 'm.d.t', 'key': {'id': key}, 'payload': None})

    def message(self, table, kind, row, before=None):
        message = {'database': table.db, 'table': table.name}
        if self.on['row_query'] and self.query is not None:
            message['query'] = self.query
        message['type'] = kind
        message['ts'] = self.ts // 1000
        message['xoffset'] = message['commit'] = None   # their places
        if self.on['binlog_position']:
            message['position'] = f'b.1:{self.gtid * 100}'
        if self.on['gtid_position']:
            message['gtid'] = f'0-1-{self.gtid}'
        if self.on['server_id']:
            message['server_id'] = 7
        if self.on['thread_id'] and self.thread is not None:
            message['thread_id'] = self.thread
        if self.on['primary_keys']:
            message['primary_key'] = [row['id'][1]]
        if self.on['primary_key_columns']:
            message['primary_key_columns'] = ['id']
        message['data'] = self.shown(row)
        changed = {k: v for k, v in (before or {}).items()
                   if not self.same(v, row[k])}
        if changed:
            message['old'] = self.shown(changed)
        self.transaction.append(message)

    @staticmethod
    def same(a, b):
        return json.dumps(a[0], default=lambda n: n.text) == \
            json.dumps(b[0], default=lambda n: n.text)

    def shown(self, row):
        shown = {}
        for name, (_, value) in row.items():
            if self.on['null_zerodates'] and isinstance(value, str) and \
                    value.startswith('0000-00-00 ') and 'TIME' in self.type:
                value = None
            if value is not None or self.on['nulls']:
                shown[name] = value
        return shown

    def change(self):
        table = random.choice(self.tables)
        self.type = ' '.join(t for t, _, _ in table.columns.values())
        key = random.choice(list(table.rows) or [0]) \
            if random.random() < .6 else random.randint(1, 10**6)
        was = table.rows.get(key)
        if was is None:
            row = table.rows[key] = table.row(key)
            self.record(table, 'c', key, None, row)
            self.message(table, 'insert', row)
        elif random.random() < .3:
            del table.rows[key]
            self.record(table, 'd', key, was, None)
            self.message(table, 'delete', was)
        elif random.random() < .2:
            new = max(table.rows) + random.randint(1, 9)
            row = table.rows[new] = dict(was, id=(new, new))
            del table.rows[key]
            self.record(table, 'd', key, was, None, newkey=new)
            self.record(table, 'c', new, None, row, oldkey=key)
            self.message(table, 'update', row, was)
        else:
            fresh = table.row(key)
            row = table.rows[key] = {
                k: random.choice([v, fresh[k]]) for k, v in was.items()}
            self.record(table, 'u', key, was, row)
            self.message(table, 'update', row, was)

    def run(self):
        self.gtid += 1
        self.transaction = []
        self.ts = random.choice([1700000000000, 999, 1800000000123])
        self.thread = random.choice([None, 12])
        for _ in range(random.randint(1, 5)):
            self.query = random.choice([None, word(0)])
            self.change()
        for i, message in enumerate(self.transaction):
            last = message is self.transaction[-1]
            for name, value in (('commit', True if last and
                                 self.on['commit_info'] else None),
                                ('xoffset', i if self.on['xoffset'] and not last
                                 and self.on['commit_info'] else None)):
                if value is None:
                    del message[name]
                else:
                    message[name] = value
        self.messages += self.transaction
        if random.random() < .3:
            gtid = f'0-1-{self.gtid}'
            self.put({'topic': 'm.transaction', 'key': {'id': gtid},
                      'payload': {'status': 'END', 'id': gtid, 'event_count': 1,
                                  'data_collections': [], 'ts_ms': 1}})
        if random.random() < .05:
            table = random.choice(self.tables)
            table.change()
            self.put(table.schema())


def tree(value):
    """As what json.loads() makes of it below."""
    if isinstance(value, Number):
        return 'number ' + value.text
    if isinstance(value, dict):
        return [[k, tree(v)] for k, v in value.items()]
    if isinstance(value, list):
        return ['list'] + [tree(v) for v in value]
    if isinstance(value, bool) or value is None:
        return value
    return 'number ' + str(value) if isinstance(value, int) else value


def read(line):
    def lists(value):
        if isinstance(value, list) and not isinstance(value, Pairs):
            return ['list'] + [lists(v) for v in value]
        return [[k, lists(v)] for k, v in value] \
            if isinstance(value, Pairs) else value
    return lists(json.loads(line, object_pairs_hook=Pairs,
                            parse_int='number {}'.format,
                            parse_float='number {}'.format))


class Pairs(list):
    pass


def check(got, want):
    with open(got, encoding='utf-8', newline='\n') as ours, \
            open(want, encoding='utf-8') as theirs:
        lines, trees = ours.read().split('\n')[:-1], json.load(theirs)
    if len(lines) != len(trees):
        sys.exit(f'{len(lines)} messages, not {len(trees)}')
    for line, want in zip(lines, trees):
        if read(line) != want:
            sys.exit(f'{line}\n{json.dumps(want)}')
    print(len(lines), 'messages')


def main():
    if sys.argv[1] == '--check':
        check(*sys.argv[2:])
        return
    random.seed(int(sys.argv[1]))
    on = {name: random.random() < .5 for name in (
        'row_query', 'commit_info', 'xoffset', 'binlog_position',
        'gtid_position', 'server_id', 'thread_id', 'primary_keys',
        'primary_key_columns', 'nulls', 'null_zerodates')}
    stream = Stream(on)
    for _ in range(200):
        stream.run()
    with open(sys.argv[2], 'w', encoding='utf-8', newline='\n') as out:
        out.write(''.join(line + '\n' for line in stream.lines))
    with open(sys.argv[3], 'w', encoding='utf-8') as out:
        json.dump([tree(m) for m in stream.messages], out)
    print(','.join(f'{k}={str(v).lower()}' for k, v in on.items()))


main()
