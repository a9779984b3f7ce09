#!/usr/bin/env python3
"""Compare records of ours with what Debezium printed for the same binlog.

usage: compare.py KNOWN <CASES         [--pins]

Each line of CASES is a case: its name, the file that Debezium's records are
in (gzip), that of ours, and flags, separated by tabs.  What becomes of each is
a line, "ok NAME: ..." or "not ok NAME: ..."; the differences come before it,
each after "# ".  --pins prints instead what KNOWN would have to say.

Not compared, for they cannot be equal: the times at which a record was made,
the version, source.pos (Debezium repeats that of the transaction, since 11.8
writes no other), and the session of a statement (Debezium tells none).  Numbers compare by value, never as doubles.  A missing
member of source, transaction or headers is null.  A line that says what was
dropped is no record.

Flags: unwrapped   rows, which have no envelope
       snapshot    the position is not compared either: it is another server's
       cloudevents events, whose ids are not compared: Debezium's are not unique
       schemas     records have schemas (JsonConverter): they are compared, too,
                   as texts, column by column; of control records the first of
                   each kind
       maxwell     messages of Maxwell, from another run of the same statements:
                   times that the run set, positions, threads and xid are not
                   compared; numbers are, digit for digit, and the order of
                   members

KNOWN holds what is known to differ.  A line "= REASON" says why; below it are
the places where that is so: CASE, TABLE.COLUMN, and what ours prints there,
separated by tabs.  That is all values in their order, or their hash where they
are long; for the column "(record)", how many records only Debezium has, for
"(ours)", how many it has not.  An entry that is not met, or met with another
value, is a difference."""
import gzip
import hashlib
import json
import sys
from decimal import Decimal

LONG = 60


def read_known(path):
    known, reason = {}, None
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip('\n')
            if line.startswith('= '):
                reason = line[2:]
            elif line and not line.startswith('#'):
                case, place, ours = line.split('\t')
                if reason is None or (case, place) in known:
                    sys.exit(f'{path}:{number}: twice, or without a reason')
                known[case, place] = ours
    return known


def read_records(lines, flags=()):
    if 'maxwell' in flags:
        return [json.loads(line, parse_float='number {}'.format,
                           parse_int='number {}'.format) for line in lines]
    return [json.loads(line, parse_float=Decimal) for line in lines]


def without_nulls(members):
    return {k: v for k, v in (members or {}).items() if v is not None}


def normal_event(record, flags):
    """An event as a record: its attributes beside its data."""
    event = record.get('value', record)
    data = normal({'payload': event.pop('data')}, ())['payload']
    for name in ('id', 'iodebeziumversion', 'iodebeziumpos', 'iodebeziumthread',
                 'iodebeziumtsus', 'iodebeziumtsns'):
        event.pop(name, None)
    return {'topic': '', 'key': None, 'headers': {},
            'payload': dict(data, attributes=without_nulls(event))}


def order_of(message):
    """Its names in their order, and those of the objects in it."""
    return [[name, order_of(value)] if isinstance(value, dict) else name
            for name, value in message.items()]


def normal_message(message, seen):
    what = show([message.get(n) for n in ('database', 'table', 'type', 'sql',
                                          'primary_key')])
    seen[what] = seen.get(what, 0) + 1
    for name in ('position', 'thread_id', 'xid'):
        message.pop(name, None)
    if message['ts'][:16] != 'number 176000000':    # SET timestamp
        message['ts'] = 'a time'
    return {'topic': f"{message['database']}.{message.get('table', '')}",
            'key': None, 'payload': message, 'order': order_of(message),
            'identity': f'{seen[what]} {what}'}


def normal_all(records, flags):
    if 'maxwell' not in flags:
        return [normal(record, flags) for record in records]
    seen = {}
    return [normal_message(record, seen) for record in records]


def normal(record, flags):
    if 'cloudevents' in flags:
        return normal_event(record, flags)
    payload = record['value'] if 'value' in record else record['payload']
    if isinstance(payload, dict) and 'unwrapped' not in flags:
        for name in ('ts_ms', 'ts_us', 'ts_ns', 'session'):
            payload.pop(name, None)
        payload.setdefault('transaction', None)
        if isinstance(payload.get('source'), dict):
            source = without_nulls(payload['source'])
            left_out = ['version', 'pos', 'thread', 'ts_us', 'ts_ns']
            if 'snapshot' in flags:
                left_out += ['ts_ms', 'gtid', 'file']
            for name in left_out:
                source.pop(name, None)
            payload['source'] = source
    return {'topic': record.get('topic'), 'key': record.get('key'),
            'partition': record.get('partition'),
            'timestamp': record.get('timestamp'),
            'headers': without_nulls(record.get('headers')),
            'schemas': record.get('schemas'), 'payload': payload}


def text_of(schema):
    return json.dumps(schema, ensure_ascii=False, separators=(',', ':'),
                      default=lambda v: 'fields' if v is ... else float(v))


def schemas_of(record):
    """The schemas of a record, by column, and it without them."""
    value = record['value'] if 'value' in record else record['payload']
    schemas = {}
    if record['key'] is not None:
        schemas['key:schema'] = text_of(record['key']['schema'])
        record['key'] = record['key']['payload']
    for name, header in list((record.get('headers') or {}).items()):
        if name.startswith('__debezium.context.'):
            del record['headers'][name]     # of the connector, not the log
        else:
            schemas[name + ':schema'] = text_of(header['schema'])
            record['headers'][name] = header['payload']
    if value is not None:
        for image in value['schema']['fields'][:2]:
            if image['field'] in ('before', 'after'):
                for field in image.pop('fields'):
                    text = text_of(field)
                    name = field['field'] + ':schema'
                    if schemas.setdefault(name, text) != text:
                        schemas[name] += text
                image['fields'] = ...
        schemas['envelope:schema'] = text_of(value['schema'])
        value = value['payload']
    record.pop('value', None)
    record['payload'] = value
    record['schemas'] = schemas


def split_schemas(records):
    """Records of data, and the first control record of each kind."""
    data, kinds = [], {}
    for record in records:
        schemas_of(record)
        payload = record['payload']
        if payload is None or 'op' in payload:
            data.append(record)
            continue
        kind = payload.get('status') or ('ddl' if 'ddl' in payload else 'beat')
        kinds.setdefault(kind, {
            'topic': record['topic'], 'key': list(record['key']),
            'payload': {'members': list(payload), 'kind': kind},
            'schemas': record['schemas']})
    return data, [kinds[k] for k in sorted(kinds) if k != 'beat']


def table_of(record):
    payload = record['payload']
    source = payload.get('source') if isinstance(payload, dict) else None
    if 'identity' in record or not isinstance(source, dict):
        return record['topic']
    return f"{source['db']}.{source.get('table') or ''}"


def place_of(table, path):
    """TABLE.COLUMN, as KNOWN names the place of a difference."""
    return f"{table}.{path.rsplit('.', 1)[-1]}"


def identity(record):
    """What makes it that record; None where nothing does."""
    if 'identity' in record:
        return record['identity']
    payload = record['payload']
    source = payload.get('source') if isinstance(payload, dict) else None
    if not isinstance(source, dict) or 'gtid' not in source:
        return None
    return (source['gtid'], source.get('row'), payload.get('op'),
            payload.get('ddl'), show(record['key']))


def is_number(value):
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def differences(theirs, ours, path, found):
    """Append (path, theirs, ours) wherever two values differ."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in sorted(theirs.keys() | ours.keys()):
            if name in theirs and name in ours:
                differences(theirs[name], ours[name], f'{path}.{name}', found)
            else:
                found.append((f'{path}.{name}', theirs.get(name, ...),
                              ours.get(name, ...)))
    elif (isinstance(theirs, list) and isinstance(ours, list) and
          len(theirs) == len(ours)):
        for i, (a, b) in enumerate(zip(theirs, ours)):
            differences(a, b, f'{path}[{i}]', found)
    elif is_number(theirs) and is_number(ours):
        if theirs != ours:
            found.append((path, theirs, ours))
    elif type(theirs) is not type(ours) or theirs != ours:
        found.append((path, theirs, ours))


class Number(float):
    """A Decimal as JSON prints it, digit for digit."""
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return str(self.value)


def show(value):
    def plain(value):
        if value is ...:
            return '(absent)'
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items()}
        if isinstance(value, list):
            return [plain(v) for v in value]
        return Number(value) if isinstance(value, Decimal) else value
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True,
                      separators=(',', ':'))


def pin_of(values):
    """What KNOWN says of the values of a place; a number of records is one."""
    if isinstance(values, int):
        return str(values)
    text = show(values)
    if len(text) <= LONG and '\t' not in text:
        return text
    digest = hashlib.sha256(text.encode('utf-8', 'surrogatepass'))
    return f'{len(values)} values, {digest.hexdigest()[:16]}'


class Case:
    def __init__(self, name, known):
        self.name, self.known = name, known
        self.met = {}           # place: our values, or how many records
        self.bad = []

    def knows(self, place):
        return (self.name, place) in self.known

    def agree(self, one, other):
        """Do they differ in nothing but what is known?"""
        found = []
        differences(one, other, '', found)
        return all(self.knows(place_of(table_of(one), path))
                   for path, *_ in found)

    def is_alone(self, records, others, mark):
        """Is it known that the next of records has no like on the other side?
        None of the others has its identity; where it has none itself, there
        are fewer of them, and the next one differs."""
        if not records or not self.knows(table_of(records[-1]) + mark):
            return False
        name = identity(records[-1])
        if name is None:
            return len(records) > len(others) and not (
                others and self.agree(records[-1], others[-1]))
        return all(identity(r) != name for r in others)

    def alone(self, record, mark):
        place = table_of(record) + mark
        self.met[place] = self.met.get(place, 0) + 1

    def pair(self, table, found):
        for path, theirs, ours in found:
            place = place_of(table, path)
            self.met.setdefault(place, []).append(ours)
            if not self.knows(place):
                self.bad.append(f'{table}{path}: {self.peer} {show(theirs)}, '
                                f'ours {show(ours)}')

    def compare(self, want, got):
        want, got = want[::-1], got[::-1]
        while want or got:
            if self.is_alone(want, got, '.(record)'):
                self.alone(want.pop(), '.(record)')
            elif self.is_alone(got, want, '.(ours)'):
                self.alone(got.pop(), '.(ours)')
            elif not want:
                self.bad.append(f'only ours: {show(got.pop())[:200]}')
            elif not got:
                self.bad.append(f'only {self.peer}: {show(want.pop())[:200]}')
            else:
                found = []
                differences(want[-1], got[-1], '', found)
                self.pair(table_of(want.pop()), found)
                got.pop()

    def judge(self):
        """Is everything that is known met, as it is known?"""
        for (name, place), pinned in self.known.items():
            if name != self.name:
                continue
            if place not in self.met:
                self.bad.append(f'{place}: known to differ, but does not')
            elif pin_of(self.met[place]) != pinned:
                self.bad.append(f'{place}: known to be {pinned}, but is '
                                f'{pin_of(self.met[place])}')


def main():
    sys.stdout.reconfigure(encoding='utf-8', errors='backslashreplace')
    pins = '--pins' in sys.argv
    known = read_known(sys.argv[1])
    for line in sys.stdin:
        name, expected, ours, *flags = line.rstrip('\n').split('\t')
        case = Case(name, known)
        case.peer = 'Maxwell' if 'maxwell' in flags else 'Debezium'
        with gzip.open(expected, 'rt', encoding='utf-8') as lines:
            want = [r for r in read_records(lines, flags)
                    if 'dropped' not in r]
        with open(ours, encoding='utf-8') as lines:
            got = read_records(lines, flags)
        if 'schemas' in flags:
            (want, one), (got, other) = split_schemas(want), split_schemas(got)
            case.compare(one, other)
        if 'cloudevents' in flags:      # a tombstone is no event
            want = [r for r in want if r['value'] is not None]
        want, got = normal_all(want, flags), normal_all(got, flags)
        case.compare(want, got)
        if pins:
            for place, values in case.met.items():
                print(name, place, pin_of(values), sep='\t')
            continue
        case.judge()
        for difference in case.bad:
            print('#', difference)
        count = sum(v if isinstance(v, int) else len(v)
                    for v in case.met.values())
        print(f"{'not ok' if case.bad else 'ok'} {name}: {len(want)} records,"
              f' {count} known differences', flush=True)


main()
