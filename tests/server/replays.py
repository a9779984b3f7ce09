#!/usr/bin/python3
# Random changes of a table, as records in the order in which they happened, and
# what the table is in the end: {"key": row or null}.
#   replays.py records SEED >RECORDS       and the table on stderr
# Bulk actions of them in any order, some of them more than once, with an empty
# line here and there:
#   replays.py shuffle SEED <ACTIONS
import json
import random
import sys

source = {'version': '1', 'connector': 'mariadb', 'name': 'm', 'ts_ms': 1000,
          'snapshot': 'false', 'db': 'd', 'table': 't', 'server_id': 1,
          'file': 'b.1', 'pos': 4, 'row': 0, 'thread': None, 'query': None}
COLUMNS = [{'name': 'id', 'typeName': 'INT', 'optional': False},
           {'name': 'v', 'typeName': 'INT', 'optional': True}]


def line(op, before, after, gtid, order, **more):
    key = (after or before)['id']
    transaction = {'id': gtid, 'total_order': order,
                   'data_collection_order': order} if order else None
    print(json.dumps({
        'topic': 'm.d.t', 'key': {'id': key}, 'payload': {
            'before': before, 'after': after,
            'source': dict(source, gtid=gtid, **more), 'op': op,
            'ts_ms': 1, 'transaction': transaction}}))


def records(rng):
    print(json.dumps({'topic': 'm', 'key': {'databaseName': 'd'}, 'payload': {
        'source': {'db': 'd', 'table': 't'}, 'databaseName': 'd', 'ddl': None,
        'tableChanges': [{'type': 'CREATE', 'id': '"d"."t"', 'table': {
            'primaryKeyColumnNames': ['id'], 'columns': COLUMNS}}]}}))
    rows, touched = {}, set()
    for seq in range(1, 151):
        order = 0
        # another server continues with the same numbers after a failover
        gtid = '7-%d-%d' % (1 if seq < 70 else 2, seq)
        for _ in range(rng.choice([1, 1, 2, 9])):
            key = rng.randrange(12)
            order += 1
            row = {'id': key, 'v': rng.randrange(10**6)}
            touched.add(key)
            if key not in rows:
                line('c', None, row, gtid, order)
                rows[key] = row
            elif rng.random() < .3:
                line('d', rows.pop(key), None, gtid, order)
            elif rng.random() < .2:     # the key changes
                to = rng.randrange(12)
                line('d', rows.pop(key), None, gtid, order)
                order += 1
                row = {'id': to, 'v': row['v']}
                line('c', None, row, gtid, order)
                touched.add(to)
                rows[to] = row
            else:
                line('u', rows[key], row, gtid, order)
                rows[key] = row
        if seq in (40, 100):            # a copy of the table as it is now
            for row in rows.values():
                line('r', None, row, gtid, 0, snapshot='true')
    print(json.dumps({str(k): rows.get(k) for k in sorted(touched)}),
          file=sys.stderr)


def shuffle(rng):
    lines = iter(sys.stdin.read().splitlines())
    actions = []
    for head in lines:
        actions.append([head] if '"delete"' in head else [head, next(lines)])
    actions += rng.choices(actions, k=len(actions) // 2)
    rng.shuffle(actions)
    for action in actions:
        print('\n'.join(action))
        if rng.random() < .02:
            print()


{'records': records, 'shuffle': shuffle}[sys.argv[1]](
    random.Random(int(sys.argv[2])))
