# A source, a native replica of it, and a target of ours, as private servers in
# $T/source, $T/replica and $T/target.  To be read after mariadb.sh.
#
#   servers_start VERSION OPTIONS    the three of them; that one does not start
#                                    is a failed check, and false
#   servers_stop                     those that run
#   on SERVER [ARG]…                 the client, as root

started=

servers_stop() {
	for s in $started; do
		mariadb_stop "$s"
	done
	started=
}

on() {
	on_server=$1
	shift
	mariadb_sql "$on_server" -u root "$@"
}

servers_start() {
	servers_stop
	port=$(free_port)
	for s in source replica target; do
		rm -rf "${T:?}/$s"
		case $s in
		source) set -- "$1" "$2" "--skip-networking=0 \
		    --bind-address=127.0.0.1 --port=$port" ;;
		replica) set -- "$1" "$2" --server-id=2 ;;
		target) set -- "$1" "$2" --server-id=3 ;;
		esac
		mariadb_start "$1" "$T/$s" $3 $2 || {
			result 1 "$1: $s starts $2"
			return 1
		}
		started="$started $T/$s"
		# a view's definer is somebody
		on "$T/$s" -e "SET sql_log_bin=0; FLUSH PRIVILEGES;
		    CREATE USER root; GRANT ALL ON *.* TO root
		    WITH GRANT OPTION"
	done
	on "$T/replica" -e "SET GLOBAL gtid_slave_pos='';
	    CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=$port,
	    MASTER_USER='root', MASTER_SSL=0, MASTER_CONNECT_RETRY=1,
	    MASTER_USE_GTID=slave_pos; START SLAVE"
}
