#!/bin/sh
# The programs are built as Debian builds its own: what a linker and a loader
# can do against an error of memory is asked for.
. "$(dirname "$0")/../lib.sh"
command -v readelf >/dev/null || skip_all "no readelf here"
! readelf -sW "$(command -v cdc-tail)" | grep -q '__asan_init' ||
    skip_all "a build with sanitizers"
case $(uname -m) in
x86_64) control_flow=endbr64 ;;
aarch64) control_flow='bti|paciasp' ;;
*) control_flow= ;;
esac

for tool in tail filter unwrap route snapshot apply audit check mask outbox; do
	program=$(command -v cdc-$tool)
	readelf -hldW "$program" >"$T/elf"
	objdump -d --disassemble=main "$program" >"$T/code"
	readelf --dyn-syms -W "$program" >"$T/symbols"
	has() { # has FILE REGEX NAME
		grep -Eq -- "$2" "$T/$1"
		result $? "cdc-$tool: $3"
	}
	has elf 'FLAGS_1.*PIE' "a place of its own at each start (PIE)"
	has elf 'GNU_RELRO' "its tables are read-only …"
	has elf 'FLAGS_1.*NOW' "… once it has started"
	has elf 'GNU_STACK.* RW ' "no code on the stack"
	has symbols '__stack_chk_fail' "a stack that is guarded"
	has symbols '__(mem|str|v?f?s?n?printf|read|pread|fd)[a-z]*_chk|_chk@' \
	    "lengths that are checked (_FORTIFY_SOURCE)"
	[ -z "$control_flow" ] || has code "$control_flow" \
	    "no jump into the middle of a function"
done
done_testing
