#!/bin/sh
# A state is JSON to others, too: Python reads in it what was written, and what
# Python writes (names escaped, blanks, another order) is the same state.
. "$(dirname "$0")/../lib.sh"
states=${CDC_BIN:-$src/src}/../tests/unit/state

"$states" print >"$T/states"
"$states" facts >"$T/facts"
cat >"$T/read.py" <<'END'
import json
import sys

for line in sys.stdin:
    s = json.loads(line)
    assert s["version"] == 1 and s["ts_ms"] > 1.7e12
    p = s["partial"]
    print(s["name"].encode().hex(), s["gtid"], s["file"].encode().hex(),
          s["pos"], "%s:%d" % (p["gtid"], p["total_order"]) if p else "",
          s.get("restart", "-"), s["filter"].encode().hex(),
          "".join(str(int(bool(s.get(x) is not None))) for x in (
              "snapshot", "incremental", "temporary", "lists", "modes")))
END
python3 "$T/read.py" <"$T/states" >"$T/read"
same "$T/read" "$T/facts" "Python reads what was written"

cat >"$T/write.py" <<'END'
import json
import random
import sys

r = random.Random(1)
for line in sys.stdin:
    members = list(json.loads(line).items())
    r.shuffle(members)
    print(json.dumps(dict(members), ensure_ascii=r.random() < .8,
                     separators=r.choice([None, (",", ":"), (" , ", " : ")])))
END
python3 "$T/write.py" <"$T/states" >"$T/rewritten"
run_on "$T/rewritten" "$states" same
exits 0 "what Python writes is the same"
is "$(tail -n 1 "$T/out")" "3000 states, 0 differ" "all of them"
done_testing
