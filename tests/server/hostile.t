#!/bin/sh
# Servers that attack: what leaves us, and how we end.  mariadb(1) is tried
# beside us, where it gives a password away, that shows that the attack works.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

secret=hunter2-is-secret
hostile=
cleanup() { [ -z "$hostile" ] || kill "$hostile" 2>/dev/null; }

# usage: attack MODE
attack() {
	mode=$1
	cleanup
	port=$(free_port)
	: >"$T/told"
	perl "$src/tests/server/hostile.pl" "$port" "$T/told" "$mode" \
	    2>/dev/null &
	hostile=$!
	until perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(
	    PeerAddr => "127.0.0.1", PeerPort => shift)' "$port"; do
		sleep 0.05
	done
	: >"$T/told"
	printf '[client]\nuser=me\npassword=%s\nhost=127.0.0.1\nport=%s\n' \
	    "$secret" "$port" >"$T/cnf"
}

# usage: connect [OPTION]…
connect() {
	run timeout -k 1 60 cdc-tail --defaults-file="$T/cnf" \
	    --from now --until now --retries 0 "$@"
}

# Did the password leave, as it is?
told() { grep -aq -e "$secret" -e "$(printf %s "$secret" | od -An -tx1 |
    tr -d ' \n')" "$T/told"; }
keeps() {
	! told
	result $? "$1" || sed 's/^/# told: /' "$T/told" | cut -c1-200
}

# Methods that would give the password away; mariadb(1) does, for one of them.
asks_for_passwords() {
	for mode in clear pam greets-clear twice sha256 sha2 old old-way \
	    prompts unknown; do
		attack $mode
		connect
		exits 78 "$mode: refused"
		keeps "$mode: nothing is given"
	done
	attack clear
	connect
	err_like 'mysql_clear_password.*whose certificate was checked' \
	    "clear: and why"
	timeout 20 mariadb --defaults-file="$T/cnf" -e 'SELECT 1' \
	    >/dev/null 2>&1 </dev/null
	succeeds "clear: mariadb gives it" told
	attack prompts
	echo 'precious,data' >"$T/in"
	run_on "$T/in" timeout 20 cdc-apply --defaults-file="$T/cnf" \
	    --retries 0
	exits 78 "prompts: of cdc-apply: refused"
	! grep -q precious "$T/told"
	result $? "prompts: standard input is data"
}

# Nobody listens at a socket but who may: there it is given, as by mariadb(1).
through_a_socket() {
	for mode in clear pam; do
		attack $mode
		perl "$src/tests/server/hostile.pl" "$T/sock" "$T/told" $mode \
		    2>/dev/null &
		other=$!
		until [ -S "$T/sock" ]; do sleep 0.05; done
		printf '[client]\nuser=me\npassword=%s\nsocket=%s\n' \
		    "$secret" "$T/sock" >"$T/cnf"
		connect --retries 0 --protocol socket
		succeeds "$mode: through a socket: given" told
		kill $other
		rm "$T/sock"
	done
}

# Where TLS is asked for, no proof of the password leaves without it, either.
downgrades() {
	for option in --ssl "--ssl-ca=$src/README.md" \
	    --ssl-verify-server-cert; do
		attack native
		connect "$option"
		exits 78 "$option: a server without TLS is refused"
		! grep -q . "$T/told"
		result $? "$option: it gets nothing"
	done
	attack native
	echo ssl >>"$T/cnf"
	connect
	exits 78 "ssl in an option file: refused"
	! grep -q . "$T/told"
	result $? "ssl in an option file: it gets nothing"
	attack ancient
	connect
	exits 78 "a server that names no method: refused"
}

files() {
	for mode in file file-at-once; do
		attack $mode
		connect
		keeps "$mode: the password stays"
		! grep -aq root "$T/told"
		result $? "$mode: no file is sent"
		[ "$status" -eq 78 ]
		result $? "$mode: exit 78" || explain "exit $status"
	done
}

nonsense() {
	for mode in garbage truncated refusing http liar mojibake; do
		attack $mode
		connect
		case $status in
		69 | 78) result 0 "$mode: exit 69 or 78" ;;
		*) result 1 "$mode: exit $status" ; explain "$mode" ;;
		esac
		! LC_ALL=C grep -q "$(printf '[\033\007]')" "$T/err"
		result $? "$mode: nothing for the terminal"
	done
	attack liar
	connect
	err_like 'character_set_client is latin1' "liar: named"
	attack bell
	connect
	! LC_ALL=C grep -q "$(printf '[\033\007]')" "$T/err"
	result $? "bell: escaped"
	is "$(grep -c '^cdc-tail: all is well' "$T/err")" 0 \
	    "bell: no line of its own"
}

# usage: ends PID [TENTHS]: $status is how, if it does so in time
ends() {
	for _ in $(seq "${2:-30}"); do
		if ! kill -0 "$1" 2>/dev/null; then
			status=0
			wait "$1" || status=$?
			return
		fi
		sleep 0.1
	done
	kill -KILL "$1"
	status=late
}

# A server that says nothing, or never stops; and a request to stop.
waits() {
	for mode in silent then-silent; do
		attack $mode
		cdc-tail --defaults-file="$T/cnf" --from now >"$T/out" \
		    2>"$T/err" &
		waiting=$!
		sleep 0.5
		kill $waiting
		ends $waiting
		is "$status" 0 "$mode: SIGTERM ends it, at once"
		echo >"$T/in"
		cdc-apply --defaults-file="$T/cnf" <"$T/in" 2>"$T/err" &
		waiting=$!
		sleep 0.5
		kill $waiting
		ends $waiting 100
		is "$status" 75 "$mode: cdc-apply, too, within its grace"
	done
	attack silent
	echo connect-timeout=1 >>"$T/cnf"
	connect
	exits 69 "silent: given up"
	err_like 'does not answer' "silent: said"
	attack endless
	echo connect-timeout=1 >>"$T/cnf"
	connect
	exits 69 "endless: given up"
}

asks_for_passwords
through_a_socket
downgrades
files
nonsense
waits
done_testing
