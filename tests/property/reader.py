"""Which lines of standard input are JSON whose names occur once?  yes or no
for each; "deep" where Python's own reader gives up on the nesting."""
import json
import sys


def unique(pairs):
    names = {name for name, _ in pairs}
    if len(names) != len(pairs):
        raise ValueError("a name occurs twice")
    return None


def no(constant):
    raise ValueError(constant)


for line in sys.stdin.buffer.read().split(b"\n")[:-1]:
    try:
        json.loads(line.decode("utf-8"), object_pairs_hook=unique,
                   parse_constant=no, parse_int=str, parse_float=str)
        print("yes")
    except RecursionError:
        print("deep")
    except ValueError:
        print("no")
