#!/bin/sh
# Keep one table under another name, with the time of the copy: the rows of
# shop.orders in replica.orders_replica, exactly once.  Columns that the target
# does not have are left out.
# usage: SOURCE='-h db1' REPLICA='-h replica' orders-replica.sh STATE [cdc-tail's options]
set -eu
state=$1
shift

# unquoted: each holds several options
# shellcheck disable=SC2086
mariadb --no-defaults ${REPLICA--h replica} <<-'SQL'
	CREATE DATABASE IF NOT EXISTS replica;
	CREATE TABLE IF NOT EXISTS replica.orders_replica (
	    order_id BIGINT NOT NULL PRIMARY KEY,
	    customer_id BIGINT,
	    total_amount DECIMAL(10,2),
	    status VARCHAR(20),
	    synced_at DATETIME(6) NOT NULL
	);
SQL
# shellcheck disable=SC2086
cdc-tail ${SOURCE--h db1} -t 'shop\.orders' --state "$state" \
    --from earliest "$@" |
    cdc-apply ${REPLICA--h replica} --name orders_replica --state "$state" \
        --map 'shop\.orders=replica.orders_replica' \
        --set 'synced_at=NOW(6)' --ignore-unknown-columns
