"""Random tables with hostile names, random changes, random pipelines.

pipes.py run SOURCE TARGET BIN SEED ROUNDS: in each round a server gets
databases, tables and rows whose names and values are hostile; its changes go
through cdc-tail, filters that must change nothing, perhaps cdc-unwrap, and
cdc-apply into another server; then every table must be equal.  SOURCE and
TARGET are folders of tests/mariadb.sh.  Prints a line for each round that is
wrong, and what to do to see it again.

pipes.py reshape MODE: the same records, written otherwise."""
import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import time

NAMES = ["op", "source", "status", "beat", "ddl", "tableChanges", "payload",
         "before", "after", "topic", "key", "schema", "transaction", "ts_ms",
         "headers", "snapshot", "id", "gtid", "db", "table", "databaseName",
         "total_order", "partition", "offset", "a\"b", "back\\slash", "a`b",
         "a'b", "x' OR SLEEP(3) OR '", "\\u006fp", "new\nline", "tab\there",
         "cr\rhere", "\x01", "aä", "AÄ", "€", "日本", "\uef80", "\ufeff",
         "\ufffd", "\u2028", ".", "..", "a.b", ".*", "^$", "(", "[a", "a{2}",
         "$1", "${x}", "\\E", "\\Q", "#", "--", "-t", "''", "``", ";", "/*",
         "*/", "%s", "%n", "null", "0", "1.10", "NaN", "{", "}", ",", ":",
         "}},\"op\":\"t\"", "select", "@1", "@@x", "?",
         "0123456789" * 6 + "0123", "ä" * 64, "=", "~", "a=b", "a b", " a"]
TEXTS = NAMES + ["", " ", "😀", "true", "d", "t", "c", "m", "\x00", "a\x00b",
                 '{"op":"t","source":{"db":"x","table":"y"}}', "s" * 3000,
                 '{"status":"END","id":"1-1-1","ts_ms":1}', "\\", "\"", "\n"]
LABELS = ["d", "t", "op", "a'b", "a\"b", "a\\b", "ä", "new\nline", "{}", "0"]


def name(s):
    return "`" + s.replace("`", "``") + "`"


def text(s):
    if not s:
        return "''"
    return "CONVERT(0x%s USING utf8mb4)" % s.encode().hex()


def label(s):
    return "'" + s.replace("\\", "\\\\").replace("'", "''") + "'"


def some_text(r):
    return text(r.choice(TEXTS))


def some_bytes(r):
    n = r.choice([0, 1, 5, 20])
    return "0x" + r.randbytes(n).hex() if n else "''"


def some_json(r):
    value = r.choice([None, 1, "op", [], {"op": "t", "source": {}}, "\x00",
                      {r.choice(NAMES): r.choice(TEXTS)}])
    return text(json.dumps(value, ensure_ascii=r.random() < .5))


def when(r, digits):
    return "'20%02d-%02d-%02d %02d:%02d:%02d.%0*d'" % (
        r.randrange(1, 37), r.randrange(1, 13), r.randrange(1, 29),
        r.randrange(24), r.randrange(60), r.randrange(60), digits,
        r.randrange(10 ** digits))


# type: how a value is written
TYPES = {
    "INT": lambda r: str(r.randrange(-2 ** 31, 2 ** 31)),
    "BIGINT UNSIGNED": lambda r: str(r.choice([0, 2 ** 63, 2 ** 64 - 1])),
    "TINYINT(1)": lambda r: str(r.randrange(2)),
    "DECIMAL(30,10)": lambda r: "%d.%010d" % (r.randrange(-10 ** 19, 10 ** 19),
                                              r.randrange(10 ** 10)),
    "DOUBLE": lambda r: repr(r.choice([0.1, -1e300, 5e-324, 1.10, 0.0])),
    "FLOAT": lambda r: repr(r.choice([0.5, -1.25, 3e10])),
    "VARCHAR(100)": lambda r: "LEFT(%s,100)" % some_text(r),
    "VARCHAR(64) CHARACTER SET latin1":
        lambda r: label(r.choice(["op", "d", "a'b", "ä", "\\", ""])),
    "CHAR(10)": lambda r: "LEFT(%s,10)" % some_text(r),
    "TEXT": some_text,
    "JSON": some_json,
    "VARBINARY(40)": some_bytes,
    "BLOB": some_bytes,
    "BIT(1)": lambda r: "b'%d'" % r.randrange(2),
    "BIT(9)": lambda r: str(r.randrange(512)),
    "DATE": lambda r: when(r, 1)[:11] + "'",
    "DATETIME(6)": lambda r: when(r, 6),
    "DATETIME": lambda r: when(r, 1)[:-3] + "'",
    "TIMESTAMP(3) NULL": lambda r: when(r, 3),
    "TIME(2)": lambda r: "'%d:00:01.25'" % r.randrange(-800, 800),
    "YEAR": lambda r: str(r.randrange(1901, 2156)),
    "ENUM(%s)" % ",".join(map(label, LABELS)): lambda r: str(r.randrange(1, 11)),
    "SET(%s)" % ",".join(map(label, LABELS)): lambda r: str(r.randrange(1024)),
    "UUID": lambda r: "'%08x-aaaa-11f1-8000-%012x'" % (
        r.randrange(2 ** 32), r.randrange(2 ** 48)),
    "INET6": lambda r: "'2001:db8::%x'" % r.randrange(65536),
}
KEYS = ["INT", "BIGINT UNSIGNED", "VARBINARY(40)", "VARCHAR(100) COLLATE "
        "utf8mb4_bin", "DATETIME(6)", "UUID"]


class Server:
    def __init__(self, folder):
        self.command = ["mariadb", "--no-defaults", "--binary-mode", "-BN",
                        "--default-character-set=utf8mb4",
                        "--socket=%s/sock" % folder]
        self.socket = folder + "/sock"
        self.folder = folder

    def sql(self, script, check=True):
        done = subprocess.run(self.command, input=script.encode(),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if check and done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace")[:300])
        return None if done.returncode else done.stdout.decode()


class Table:
    def __init__(self, r, db, keyed):
        self.db, self.name = db, r.choice(NAMES)
        self.columns, self.keys = [], 0
        types = []
        if keyed or r.random() < .8:
            self.keys = r.randrange(1, 3)
            types = r.sample(KEYS, self.keys)
        types += r.choices(list(TYPES), k=r.randrange(1, 10))
        for kind, column in zip(types, r.sample(NAMES, len(types))):
            self.columns.append((column, kind))
        self.path = name(db) + "." + name(self.name)

    def create(self):
        lines = ["%s %s%s" % (name(c), k, " NOT NULL" if i < self.keys else "")
                 for i, (c, k) in enumerate(self.columns)]
        if self.keys:
            lines.append("PRIMARY KEY (%s)" % ",".join(
                name(c) for c, _ in self.columns[:self.keys]))
        return "CREATE TABLE %s (%s) CHARACTER SET utf8mb4" % (
            self.path, ",".join(lines))

    def value(self, r, i):
        kind = self.columns[i][1]
        if i >= self.keys and r.random() < .15:
            return "NULL"
        return TYPES[kind.split(" COLLATE")[0]](r)

    def change(self, r, truncate):
        n = r.random()
        if n < .5:
            rows = ["(%s)" % ",".join(self.value(r, i) for i in
                                      range(len(self.columns)))
                    for _ in range(r.randrange(1, 6))]
            return "INSERT IGNORE INTO %s VALUES %s" % (
                self.path, ",".join(rows))
        if n < .8:
            i = r.randrange(len(self.columns))
            return "UPDATE IGNORE %s SET %s=%s LIMIT %d" % (
                self.path, name(self.columns[i][0]), self.value(r, i),
                r.randrange(1, 4) if i >= self.keys else 1)
        if n < .97 or not truncate:
            return "DELETE FROM %s LIMIT %d" % (self.path, r.randrange(1, 3))
        return "TRUNCATE TABLE %s" % self.path


def quoted(s):
    """A name as a regular expression in a list."""
    return "".join(c if c.isalnum() or c in "_" or ord(c) > 127 else
                   "\\x{%x}" % ord(c) for c in s)


def changes(r, tables, truncate, partial):
    script = ["SET sql_mode='', time_zone='+00:00'"]
    if partial and r.random() < .5:
        script.append("SET binlog_row_image=%s" % r.choice(
            ["MINIMAL", "NOBLOB"]))
    for _ in range(r.randrange(5, 40)):
        some = [r.choice(tables).change(r, False)
                for _ in range(r.randrange(1, 6))]
        if r.random() < .3:
            script += ["BEGIN"] + some
            if r.random() < .5:
                save = name(r.choice(NAMES))
                script += ["SAVEPOINT " + save,
                           r.choice(tables).change(r, False),
                           "ROLLBACK TO " + save]
            script.append(r.choice(["COMMIT", "COMMIT", "ROLLBACK"]))
        else:
            script += some
        if truncate and r.random() < .1:
            script.append(r.choice(tables).change(r, True))
    return ";\n".join(script) + ";\n"


def identity(r, tables):
    """A stage that must change nothing that matters."""
    exact = [a for t in tables for a in
             ("-t", quoted(t.db) + "\\." + quoted(t.name))]
    columns = ["--include-column", ",".join(
        "%s\\.%s\\..*" % (quoted(t.db), quoted(t.name)) for t in tables)]
    return r.choice([
        ["cdc-filter"],
        ["cdc-filter", "--exclude-table", "no\\.such"],
        ["cdc-filter", "-t", ".*"],
        ["cdc-filter", "--include-db",
         ",".join(sorted({quoted(t.db) for t in tables}))],
        ["cdc-filter"] + exact,
        ["cdc-filter"] + columns,
        ["cdc-filter", "--exclude-column", "no\\.such\\.column"],
        ["cdc-filter", "--op", "c,u,d,t,r"],
        ["cdc-route", "([^.]+)(?s:.*)", "$1"],
        ["cdc-route", "(?s).*", "other.$0"],
        ["cdc-route", "nothing", "x"],
    ] + [[sys.executable, __file__, "reshape", mode]
         for mode in ("shuffle", "escape", "space", "slow")])


def pipeline(r, source, target, tables, since, unwrap):
    tail = ["cdc-tail", "-q", "--control", "--time", "string",
            "--from", since or "earliest"]
    for option in (["--tombstones"], ["--transactions"],
                   ["--binary", "hex"], ["--bigint-unsigned", "string"],
                   ["--decimal", "numeric"], ["--query"],
                   ["--topic-prefix", "pre.fix"]):
        if r.random() < .25:
            tail += option
    if r.random() < .3:
        for t in tables:
            tail += ["-t", quoted(t.db) + "\\." + quoted(t.name)]
    if r.random() < .5:
        tail += ["-S", source.socket, "--until", "now"]
    else:
        logs = sorted(f for f in os.listdir(source.folder)
                      if re.fullmatch(r"mariadb-bin\.\d+", f))
        tail += [os.path.join(source.folder, f) for f in logs]
    stages = [tail]
    stages += [identity(r, tables) for _ in range(r.randrange(4))]
    if unwrap:
        stages.append(["cdc-unwrap"] + r.choice(
            [[], ["--deletes", "rewrite"], ["--add-fields", "op:o,table"],
             ["--add-headers", "op,db"],
             ["--deletes", "rewrite-with-tombstone"]]))
        stages += [identity(r, tables) for _ in range(r.randrange(3))]
    if r.random() < .3:
        stages.append([sys.executable, __file__, "reshape", r.choice(
            ["kcat", "schema"] if not unwrap else ["kcat"])])
    apply = ["cdc-apply", "-q", "-S", target.socket, "--no-state"]
    for option in (["--no-reorder"], ["--batch", "7"]):
        if r.random() < .2:
            apply += option
    stages.append(apply)
    return stages


def run_stages(stages):
    processes, last = [], subprocess.DEVNULL
    for i, stage in enumerate(stages):
        p = subprocess.Popen(stage, stdin=last, stderr=subprocess.PIPE,
                             stdout=subprocess.PIPE if i + 1 < len(stages)
                             else subprocess.DEVNULL)
        if i:
            last.close()
        last = p.stdout
        processes.append(p)
    said = [p.stderr.read().decode(errors="replace") for p in processes]
    return [p.wait() for p in processes], said


def make(r, source, target, db_count, keyed, evolve):
    tables, seen = [], set()
    for db in r.sample(NAMES, db_count):
        if source.sql("CREATE DATABASE %s" % name(db), check=False) is None:
            continue
        target.sql("CREATE DATABASE %s" % name(db))
        for _ in range(r.randrange(1, 4)):
            t = Table(r, db, keyed)
            if t.path in seen or source.sql(t.create(),
                                            check=False) is None:
                continue
            seen.add(t.path)
            if not evolve:
                target.sql(t.create())
            tables.append(t)
    return tables


def different(source, target, tables):
    for t in tables:
        ask = "CHECKSUM TABLE %s" % t.path
        a, b = (s.sql(ask, check=False) for s in (source, target))
        if not a or not b or a.split("\t")[-1] != b.split("\t")[-1]:
            return t.path
    return None


def one_round(r, source, target):
    unwrap = r.random() < .4
    evolve = False
    since = source.sql("SELECT @@gtid_binlog_pos").strip()
    tables = make(r, source, target, r.randrange(1, 4), unwrap, evolve)
    if not tables:
        return None
    stages = pipeline(r, source, target, tables, since, unwrap)
    # Where neither key nor headers remain, a row says nothing of the one that
    # it takes the place of: images are whole then.
    source.sql(changes(r, tables, not unwrap, stages[-2][-1] != "schema"))
    status, said = run_stages(stages)
    wrong = None
    if any(status):
        wrong = "exit %s: %s" % (status, " ".join(said)[:300])
    else:
        path = different(source, target, tables)
        if path:
            wrong = "exit 0, but %r differs" % path
    if not wrong or not os.environ.get("PIPES_KEEP"):
        for db in {t.db for t in tables}:
            for server in (source, target):
                server.sql("DROP DATABASE %s" % name(db))
    return wrong and wrong + "\n# " + " |\n#   ".join(
        " ".join(shlex.quote(a) for a in s) for s in stages)


def run(source, target, tools, seed, rounds):
    os.environ["PATH"] = tools + ":" + os.environ["PATH"]
    source, target = Server(source), Server(target)
    failed = 0
    for i in range(rounds):
        wrong = one_round(random.Random(seed + i), source, target)
        if wrong:
            failed += 1
            print("# seed %d: %s" % (seed + i, wrong), flush=True)
            if os.environ.get("PIPES_KEEP"):
                break
    print("# %d rounds, %d wrong" % (rounds, failed))
    return failed > 0


class Exact(str):
    """A number as it is written."""


def dump(value, escape, space, shuffle):
    if isinstance(value, Exact):
        return str(value)
    if isinstance(value, dict):
        items = list(value.items())
        if shuffle:
            random.shuffle(items)
        return "{%s%s}" % (space, (space + "," + space).join(
            dump(k, escape, space, shuffle) + space + ":" + space +
            dump(v, escape, space, shuffle) for k, v in items))
    if isinstance(value, list):
        return "[%s%s]" % (space, (space + "," + space).join(
            dump(v, escape, space, shuffle) for v in value))
    if isinstance(value, str) and random.random() < escape:
        units = value.encode("utf-16-be").hex()
        return '"%s"' % re.sub("(....)", r"\\u\1", units)
    return json.dumps(value, ensure_ascii=False)


def reshape(mode):
    random.seed(mode)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for offset, line in enumerate(sys.stdin.buffer):
        value = json.loads(line, parse_int=Exact, parse_float=Exact)
        if mode == "kcat":
            value["partition"] = Exact("0")
            value["offset"] = Exact(str(offset))
            for part in ("key", "payload"):
                if value.get(part) is not None:
                    value[part] = dump(value[part], False, "", False)
            if "headers" in value:
                value["headers"] = [
                    x if isinstance(x, str) else dump(x, False, "", False)
                    for pair in value["headers"].items() for x in pair]
        elif mode == "schema" and value["payload"] is None:
            continue
        elif mode == "schema":
            value = {"schema": None} | {
                k: value[k] for k in ("source", "transaction", "op",
                                      "payload") if k in value}
        out = dump(value, {"escape": 1, "mix": .5}.get(mode, 0), " \t" if mode == "space" else "",
                   mode == "shuffle")
        if mode == "slow":
            sys.stdout.buffer.flush()
            time.sleep(random.choice([0, 0, 0, 0.02]))
        sys.stdout.buffer.write(out.encode() + b"\n")


if __name__ == "__main__":
    if sys.argv[1] == "reshape":
        reshape(sys.argv[2])
    else:
        sys.exit(run(*sys.argv[2:5], int(sys.argv[5]), int(sys.argv[6])))
