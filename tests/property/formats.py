#!/usr/bin/python3
"""Hostile changes through formats of cdc-format, read back by readers of their
own: is each row what it was?  Standard input has lines of `property --print`;
what a format cannot express is left out, one by one.
usage: formats.py BIN
"""
import collections
import json
import subprocess
import sys

BIN = sys.argv[1] + '/cdc-format'
Number = collections.namedtuple('Number', 'digits')
exact = {'parse_int': Number, 'parse_float': Number}


def read(line):
    """Key and envelope of a line that has a topic, or None."""
    line = json.loads(line, **exact)
    key, value = line.get('key'), line.get('payload')
    if 'partition' in line:
        key = json.loads(key, **exact) if isinstance(key, str) else key
        value = json.loads(value, **exact) if isinstance(value, str) else value
    if 'topic' not in line or not isinstance(value, dict):
        return None
    inner = value.get('payload')
    if isinstance(inner, dict) and set(value) == {'schema', 'payload'}:
        value = dict(inner, wrapped=True)
    if not isinstance(value.get('op'), str) or 'source' not in value:
        return None
    return line['topic'], key, value


def run(options, lines):
    """What becomes of the lines, without those that are refused."""
    lines, out, refused = list(lines), b'', 0
    while True:
        done = subprocess.run([BIN, '-q'] + options, capture_output=True,
                              input=b''.join(lines))
        if done.returncode == 0:
            return lines, done.stdout, refused
        where = done.stderr.split(b': line ', 1)
        if done.returncode != 65 or len(where) < 2:
            sys.exit('%s: %s' % (options, done.stderr.decode()))
        lines.pop(int(where[1].split(b':')[0]) - 1)
        refused += 1


def words(data):
    """Commands of Redis's protocol."""
    at = 0

    def number(kind):
        nonlocal at
        end = data.index(b'\r\n', at)
        assert data[at:at + 1] == kind, data[at:at + 40]
        n, at = int(data[at + 1:end]), end + 2
        return n

    while at < len(data):
        command = []
        for _ in range(number(b'*')):
            n = number(b'$')
            command.append(data[at:at + n])
            at += n + 2
            assert data[at - 2:at] == b'\r\n'
        yield command


def shown(value):
    """A value as one word; what is no text is compared as JSON."""
    if isinstance(value, str):
        return value.encode('utf-8', 'surrogatepass')
    if isinstance(value, Number):
        return value.digits.encode()
    return value


def same(word, value):
    if isinstance(shown(value), bytes):
        return word == shown(value)
    return json.loads(word, **exact) == value


def check_resp(lines):
    lines, out, refused = run(
        ['--to', 'resp', '--raw', '--resp-command', 'X {*|json} {op} {*}'], lines)
    commands = list(words(out))
    assert len(commands) == len(lines), (len(commands), len(lines))
    for line, command in zip(lines, commands):
        _, _, value = read(line)
        row = value['before' if value['op'] == 'd' else 'after']
        assert json.loads(command[1], **exact) == row, command
        assert command[2].decode() == value['op']
        fields = {k: v for k, v in row.items() if v is not None}
        names = [n.encode('utf-8', 'surrogatepass') for n in fields]
        assert command[3::2] == names, command
        assert all(map(same, command[4::2], fields.values())), command
    return len(lines), refused


def check_es(lines):
    lines, out, refused = run(
        ['--to', 'es-bulk', '--raw', '--es-version', 'none'], lines)
    out = iter(out.splitlines())
    for line in lines:
        _, key, value = read(line)
        (action, where), = json.loads(next(out), **exact).items()
        assert action == ('delete' if value['op'] == 'd' else 'index')
        if len(key) == 1 and isinstance(shown(*key.values()), bytes):
            assert where['_id'].encode('utf-8', 'surrogatepass') == \
                shown(*key.values()), where
        if action == 'index':
            document = json.loads(next(out), **exact)
            assert document.pop('_cdc_operation') == value['op']
            document.pop('_cdc_timestamp', None)
            assert document == value['after'], document
    assert next(out, None) is None
    return len(lines), refused


def check_kcat(lines):
    lines, out, refused = run(['--to', 'kcat', '--drop-headers'], lines)
    messages = out.split(b'\n')[:-1]
    assert len(messages) == len(lines), (len(messages), len(lines))
    for line, message in zip(lines, messages):
        _, key, value = read(line)
        had, payload = message.split(b'\t', 1)
        assert (json.loads(had, **exact) if had else None) == key, message
        payload = json.loads(payload, **exact)
        if value.pop('wrapped', False):
            payload = payload['payload']
        assert payload == value, message
    return len(lines), refused


every = [line + b'\n' for line in sys.stdin.buffer.read().split(b'\n')[:-1]]
changes = []
for each in every:
    try:
        record = read(each.decode())
    except (ValueError, RecursionError):
        continue
    if record and record[2]['op'] in 'cudr' and record[2]['op']:
        changes.append((record[0], each))
for name, check in ('resp', check_resp), ('es-bulk', check_es):
    print(name, *check(each for _, each in changes))
topics = collections.Counter(topic for topic, _ in changes)
for topic, _ in topics.most_common(2):
    print('kcat', *check_kcat(each for t, each in changes if t == topic))
