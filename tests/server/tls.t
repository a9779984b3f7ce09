#!/bin/sh
# Who gets a connection: cdc-tail beside mariadb(1), of the same account,
# options, option files and server, for every certificate and way to connect.
# A cell must be equal; where ours is stricter, `stricter` says so.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
sql() { mariadb_sql "$server" "$@"; }

# What is asked for, one a line, as lines of an option file.
asked='# nothing
ssl
skip-ssl
ssl-ca=$T/ca.pem
ssl-ca=$T/unknown.pem
ssl-ca=$T/nowhere.pem
ssl-capath=$T/hashed
ssl-verify-server-cert
ssl-ca=$T/ca.pem ssl-verify-server-cert
ssl-ca=$T/unknown.pem ssl-verify-server-cert
ssl-ca=$T/ca.pem skip-ssl-verify-server-cert
ssl-ca=$T/ca.pem ssl-cert=$T/me.pem ssl-key=$T/me.key
ssl-cert=$T/me.pem ssl-key=$T/unknown.key
ssl-cipher=NO-SUCH-CIPHER
ssl-ca=$T/ca.pem ssl-crl=$T/crl.pem
tls-version=TLSv1.2
tls-version=TLSv1.0'

# usage: both ACCOUNT WAY [OPTION]…: run them; $theirs and $ours are 0 or 1
both() {
	account=$1
	way=$2
	shift 2
	case $way in
	socket) at="-S $server/sock" ;;
	tcp) at="-h 127.0.0.1 -P $port" ;;
	localhost) at="-h localhost -P $port" ;;
	file) at= ;;
	esac
	theirs=0
	# shellcheck disable=SC2086
	mariadb "$@" $at -u "$account" -N -e 'SELECT 1' >"$T/theirs" 2>&1 ||
	    theirs=1
	status=0
	# shellcheck disable=SC2086
	timeout 60 cdc-tail "$@" $at -u "$account" --from now --until now \
	    >"$T/out" 2>"$T/err" || status=$?
	case $status in 0) ours=0 ;; 78 | 69) ours=1 ;; *) ours=$status ;; esac
}

# May ours refuse what theirs takes?  TLS was asked for, and there is none.
stricter() {
	[ "$cert" = none ] || return 1
	case $1 in
	'# nothing' | skip-ssl* | tls-version*) return 1 ;;
	*) grep -q 'no TLS, which is asked for' "$T/err" ;;
	esac
}

# usage: cell WHAT ACCOUNT WAY [OPTION]…
cell() {
	what=$1
	shift
	cells=$((cells + 1))
	both "$@"
	[ "$theirs" -ne 0 ] || taken=$((taken + 1))
	if [ "$ours" -ne "$theirs" ] && ! stricter "$what"; then
		differ=$((differ + 1))
		echo "# $cert, $*: $what: ours $status, theirs $theirs"
		sed 's/^/# theirs: /' "$T/theirs"
		sed 's/^/# ours: /' "$T/err"
	elif [ "$ours" -ne "$theirs" ]; then
		strict=$((strict + 1))
	fi
}

# A line of $asked as options; as an option file's group.
as_options() {
	for word in $1; do
		case $word in '#' | nothing) ;; *) echo "--$word" ;; esac
	done
}

# usage: as_file GROUP WORDS
as_file() {
	echo "$1" >"$T/cnf"
	for word in $2; do
		case $word in '#' | nothing) ;; *) echo "$word" ;; esac
	done >>"$T/cnf"
}

# usage: table "TAKEN STRICTER": everything that can be asked for, in one state
# of the server; how many mariadb(1) takes, of them we do not.
table() {
	cells=0 taken=0 differ=0 strict=0
	echo "$asked" | sed "s,\$T,$T,g" >"$T/asked"
	while read -r words; do
		for way in tcp localhost socket; do
			# shellcheck disable=SC2046
			cell "$words" $account $way --no-defaults \
			    $(as_options "$words")
			as_file '[client]' "$words"
			cell "$words" $account $way --defaults-file="$T/cnf"
		done
		as_file '[client-x]' "$words"
		cell "$words" $account localhost --defaults-file="$T/cnf" \
		    --defaults-group-suffix=-x
		as_file '[client-mariadb]' "$words"
		cell "$words" $account localhost --defaults-file="$T/cnf"
	done <"$T/asked"
	is "$differ $taken $strict" "0 $1" \
	    "$v: $cert: $cells ways to connect as mariadb(1)"
}

# usage: present NAME: the server shows this certificate
present() {
	cert=$1
	cp "$T/$1.pem" "$T/cert.pem"
	cp "$T/$1.key" "$T/key.pem"
	sql -e 'FLUSH SSL' || result 1 "$v: $cert: is shown"
}

# Fingerprints, which mariadb(1) knows since 11.4: with them whose certificate
# it is does not matter, without TLS they are refused.
fingerprints() {
	print=$(openssl x509 -in "$T/cert.pem" -noout -fingerprint -sha1 |
	    sed 's/.*=//')
	for ours in "$print 0" "$(echo "$print" | tr 0-9 1-90) 78"; do
		run cdc-tail --no-defaults -h 127.0.0.1 -P "$port" -u safe \
		    --from now --until now --ssl-fp "${ours% *}"
		exits "${ours#* }" "$v: $cert: a fingerprint: ${ours#* }"
	done
}

# An option file whose lines mean other things than TLS.
files() {
	account=plain
	cells=0 taken=0 differ=0 strict=0
	while IFS='|' read -r what lines; do
		printf '%b' "$lines" | sed "s,@port@,$port,g
		    s,@sock@,$server/sock,g; s,@T@,$T,g" >"$T/cnf"
		cell "$what" plain file --defaults-file="$T/cnf"
	done <<'END'
port and host|[client]\nhost=127.0.0.1\nport=@port@\n
localhost means the socket|[client]\nport=@port@\nsocket=@sock@\n
protocol=tcp|[client]\nport=@port@\nprotocol=tcp\n
protocol=TCP|[client]\nport=@port@\nsocket=@T@/nowhere\nprotocol=TCP\n
protocol=socket|[client]\nprotocol=socket\nsocket=@sock@\nport=1\n
protocol=pigeon|[client]\nprotocol=pigeon\nsocket=@sock@\n
names with underscores|[client]\nsocket=@sock@\nconnect_timeout=5\n
a later group|[client]\nsocket=@T@/nowhere\n[client-mariadb]\nsocket=@sock@\n
[client-server]|[client-server]\nsocket=@sock@\n
an earlier one|[client-mariadb]\nsocket=@sock@\n[client]\nsocket=@T@/nowhere\n
an unknown option|[client]\nsocket=@sock@\nnonsense=1\n
one that may be unknown|[client]\nsocket=@sock@\nloose-nonsense=1\n
of another group|[client]\nsocket=@sock@\n[mysqldump]\nnonsense=1\n
a password|[client]\nsocket=@sock@\npassword=wrong\n
an option in front of all groups|socket=@sock@\n[client]\n
a group that is not closed|[client\nsocket=@sock@\n
a number that is none|[client]\nsocket=@sock@\nport=3x\n
reconnect|[client]\nsocket=@sock@\nreconnect=1\n
a character set|[client]\nsocket=@sock@\ndefault-character-set=latin1\n
a small packet|[client]\nsocket=@sock@\nmax_allowed_packet=4K\n
compression|[client]\nsocket=@sock@\ncompress\n
a command|[client]\nsocket=@sock@\ninit-command=SET sql_mode=ANSI\n
a command that fails|[client]\nsocket=@sock@\ninit-command=SET nonsense=1\n
local-infile|[client]\nsocket=@sock@\nlocal-infile=1\n
of a terminal|[client]\nsocket=@sock@\nno-auto-rehash\nsafe-updates\n
a bind address|[client]\nsocket=@sock@\nuser=plain\n
ssl and skip-ssl|[client]\nsocket=@sock@\nssl\nskip-ssl\n
disable-ssl|[client]\nsocket=@sock@\ndisable-ssl\n
ssl=0|[client]\nsocket=@sock@\nssl=0\n
enable-ssl|[client]\nsocket=@sock@\nenable-ssl\n
verify, off again|[client]\nsocket=@sock@\nssl-verify-server-cert\nssl-verify-server-cert=OFF\n
END
	is "$differ $taken" '0 23' "$v: $cells option files mean what they mean to mariadb(1)"
	printf '[client]\nsocket=%s\n' "$server/sock" >"$T/cnf"
	chmod 666 "$T/cnf"
	both plain file --defaults-file="$T/cnf"
	is "$ours $theirs" '1 1' "$v: a file that anybody may write is no file"
	succeeds "$v: which is said" grep -q 'it is world-writable' "$T/err"
	both plain file --defaults-file="$T/nowhere.cnf"
	is "$ours $theirs" '1 1' "$v: one that is not there is an error"
	succeeds "$v: which is said" grep -q "cannot open.*nowhere" "$T/err"
	rm "$T/cnf"
}

# What TLS that fails says: which file, which name, what to do.  "." is no hint.
faults='--ssl-ca=@/nowhere.pem|@/nowhere.pem (--ssl-ca): No such file|.
--ssl-ca=@/crl.pem|@/crl.pem (--ssl-ca): it holds no certificate|.
--ssl-ca=@/hashed|@/hashed (--ssl-ca): Is a directory|.
--ssl-capath=@/nowhere|@/nowhere (--ssl-capath): No such file|.
--ssl-cert=@/nowhere.pem --ssl-key=@/me.key|@/nowhere.pem (--ssl-cert): No such|.
--ssl-cert=@/me.pem --ssl-key=@/nowhere.key|@/nowhere.key (--ssl-key): No such|.
--ssl-cert=@/me.pem|@/me.pem (--ssl-cert, without --ssl-key): it holds no priv|.
--ssl-key=@/me.key|@/me.key (--ssl-key, without --ssl-cert): it holds no cert|.
--ssl-cert=@/me.pem --ssl-key=@/unknown.key|key values mismatch|be the key of
--ssl-ca=@/ca.pem --ssl-crl=@/nowhere.pem|@/nowhere.pem (--ssl-crl): No such file|.
--ssl-ca=@/ca.pem --ssl-crl=@/crl.pem|@/crl.pem (--ssl-crl): it holds no list|.
--ssl-ca=@/ca.pem --ssl-crlpath=@/nowhere|@/nowhere (--ssl-crlpath): No such file|.
--ssl-ca=@/unknown.pem|self-signed certificate|--ssl-ca FILE names the authority
--ssl-cipher=NO-SUCH-CIPHER|no cipher match|openssl ciphers
--tls-version=TLSv1.0|protocol version|none of the versions
--tls-version=TLSv9|tls-version: .TLSv9. is not one of|.
--ssl-fp=00:11|Fingerprint|openssl x509 -noout -fingerprint
--ssl-ca=@/ca.pem --ssl-verify-server-cert|Validation of SSL server certificate|does not name the host 127.0.0.1: '

# usage: fault FAULTS: each of them, as `cert` is shown
fault() {
	echo "$1" | sed "s,@,$T,g" >"$T/faults"
	while IFS='|' read -r options said hint; do
		# shellcheck disable=SC2086
		run cdc-tail --no-defaults -h 127.0.0.1 -P "$port" -u plain \
		    --from now --until now $options </dev/null
		exits 78 "$v: $cert: $options: 78"
		succeeds "$v: $cert: says $said" grep -qF "${said%%.TLSv9.*}" \
		    "$T/err"
		is "$(sed -n 's/.*hint: //p' "$T/err" | grep -c -e "$hint")" \
		    "$([ "$hint" = . ] && echo 0 || echo 1)" \
		    "$v: $cert: and what to do"
	done <"$T/faults"
}

# A certificate of ours that the server refuses: in TLS 1.3 that is said too late
# to arrive each time.
refused() {
	for i in 1 2 3 4 5 6 7 8 9 10; do
		cdc-tail --no-defaults -h 127.0.0.1 -P "$port" -u plain \
		    --from now --until now --ssl-cert="$T/unknown.pem" \
		    --ssl-key="$T/unknown.key" 2>&1 </dev/null
		echo "exit $?"
	done >"$T/refused"
	is "$(grep -c 'exit 78' "$T/refused"), $(grep -c \
	    'unknown ca\|cannot connect: the server refuses our cert' \
	    "$T/refused")" '10, 10' "$v: our certificate is refused, each time"
}

command -v openssl >/dev/null || skip_all "no openssl"
self_signed ca
self_signed unknown
certificate good localhost
certificate stranger elsewhere
certificate expired localhost -1
certificate me me
self_signed self-made localhost
mkdir "$T/hashed"
cp "$T/ca.pem" "$T/hashed/$(openssl x509 -hash -noout -in "$T/ca.pem").0"
echo no >"$T/crl.pem"
cp "$T/good.pem" "$T/cert.pem"
cp "$T/good.key" "$T/key.pem"
for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	port=$(free_port)
	server_start $v "$T/$v" --skip-networking=0 --bind-address=127.0.0.1 \
	    --port="$port" --ssl-ca="$T/ca.pem" --ssl-cert="$T/cert.pem" \
	    --ssl-key="$T/key.pem" || continue
	sql -e "FLUSH PRIVILEGES; CREATE USER root@'%';
	    GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;
	    CREATE USER plain@'%'; CREATE USER safe@'%' REQUIRE SSL;
	    GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO plain@'%',
	    safe@'%'"
	# that `safe` comes in means: it was encrypted
	account=safe
	present good
	table "62 0"
	fault "$faults"
	refused
	if [ $v = 10.11 ]; then
		present stranger
		table "56 0"
		present self-made
		table "24 0"
		present expired
		fault '--ssl-ca=@/ca.pem|certificate has expired|new certificate'
		table "24 0"
		present self-made
		fingerprints
	fi
	files
	mariadb_stop "$server"
	mariadb_again $v "$server" --skip-ssl --skip-networking=0 \
	    --bind-address=127.0.0.1 --port="$port"
	sql -e 'FLUSH PRIVILEGES'
	cert=none account=plain
	table "112 80"
	fault '--ssl|no TLS, which is asked for|--skip-ssl'
	server_stop
done
done_testing
