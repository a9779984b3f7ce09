# fish completion for cdc-tools; made by build-aux/completions from the option tables: do not edit
complete -c cdc-tail -l host -d 'connect to this server, or to one of several' -s h -x
complete -c cdc-tail -l port -d 'its TCP port' -s P -x
complete -c cdc-tail -l socket -d 'its Unix socket' -s S -r
complete -c cdc-tail -l protocol -d 'how to connect to a server on the local host' -x -a 'tcp socket'
complete -c cdc-tail -l user -d 'account' -s u -x
complete -c cdc-tail -l password -d 'ask for the password; otherwise use that of an option file' -s p
complete -c cdc-tail -l defaults-file -d 'read only this option file (groups: client, cdc, …)' -r
complete -c cdc-tail -l defaults-extra-file -d 'also read this option file' -r
complete -c cdc-tail -l defaults-group-suffix -d 'also read groups with this suffix' -x
complete -c cdc-tail -l no-defaults -d 'read no option files'
complete -c cdc-tail -l ssl -d 'require an encrypted connection'
complete -c cdc-tail -l skip-ssl -d 'do not encrypt the connection'
complete -c cdc-tail -l ssl-verify-server-cert -d 'verify the servers certificate and host name'
complete -c cdc-tail -l skip-ssl-verify-server-cert -d 'do not verify the servers certificate'
complete -c cdc-tail -l ssl-ca -d 'trust the certificate authorities in this file' -r
complete -c cdc-tail -l ssl-capath -d 'the same, in this directory' -x
complete -c cdc-tail -l ssl-cert -d 'client certificate' -r
complete -c cdc-tail -l ssl-key -d 'its key' -r
complete -c cdc-tail -l ssl-cipher -d 'allow only these ciphers' -x
complete -c cdc-tail -l ssl-crl -d 'certificate revocation list' -r
complete -c cdc-tail -l ssl-crlpath -d 'the same, in this directory' -x
complete -c cdc-tail -l ssl-fp -d 'fingerprint that the servers certificate must have' -x
complete -c cdc-tail -l tls-version -d 'allow only these TLS versions' -x
complete -c cdc-tail -l server-id -d 'server id to register with (random)' -x
complete -c cdc-tail -l retries -d 'consecutive attempts to reconnect (10)' -x
complete -c cdc-tail -l retry-delay -d 'delay before the first attempt, doubled each time (500ms)' -x
complete -c cdc-tail -l retry-delay-max -d 'longest delay (60s)' -x
complete -c cdc-tail -l state -d 'start after the position in this file; if repeated, after the oldest' -r
complete -c cdc-tail -l accept-lists -d 'accept a state made with other include and exclude lists'
complete -c cdc-tail -l from -d 'start after GTID-LIST, or at [FILE:]OFFSET, YYYY-MM-DD HH:MM:SS, earliest or now' -x
complete -c cdc-tail -l start-position -d 'start after GTID-LIST, or at [FILE:]OFFSET, YYYY-MM-DD HH:MM:SS, earliest or now' -x
complete -c cdc-tail -l until -d 'stop after GTID-LIST, or before [FILE:]OFFSET, a time or now' -x
complete -c cdc-tail -l stop-position -d 'stop after GTID-LIST, or before [FILE:]OFFSET, a time or now' -x
complete -c cdc-tail -l start-datetime -d 'same as --from TIME' -x
complete -c cdc-tail -l stop-datetime -d 'same as --until TIME' -x
complete -c cdc-tail -l count -d 'stop after N data records' -x
complete -c cdc-tail -l other-domains -d 'what to do about GTID domains that --from does not name' -x -a 'refuse earliest now'
complete -c cdc-tail -l gtid-order -d 'arrival: sequence numbers need not increase' -x -a 'strict arrival'
complete -c cdc-tail -l follow -d 'at the end of the last FILE, wait for more, then read the next log'
complete -c cdc-tail -l no-verify-checksum -d 'do not verify the CRC32 of events'
complete -c cdc-tail -l on-error -d 'warn: leave out what cannot be decoded, and continue' -x -a 'stop warn'
complete -c cdc-tail -l schema -d 'schema records that complete the table maps in the log' -r
complete -c cdc-tail -l trust-current-schema -d 'apply the servers current schema to the whole log: no table was altered since'
complete -c cdc-tail -l lower-case-names -d 'files: the server has lower_case_table_names set, so table names are in lower case however they are spelt'
complete -c cdc-tail -l hold -d 'memory for a transaction whose end has not been read; a larger one goes to a temporary file (8M)' -x
complete -c cdc-tail -l signal -d 'signal table (db.table), in which rows request copies of tables while the stream runs' -x
complete -c cdc-tail -l signal-data-collection -d 'signal table (db.table), in which rows request copies of tables while the stream runs' -x
complete -c cdc-tail -l chunk-size -d 'rows that an incremental snapshot reads at a time (1024)' -x
complete -c cdc-tail -l incremental-snapshot-chunk-size -d 'rows that an incremental snapshot reads at a time (1024)' -x
complete -c cdc-tail -l include-db -d 'only these databases' -x
complete -c cdc-tail -l exclude-db -d 'not these databases' -x
complete -c cdc-tail -l include-table -d 'only these tables (db.table)' -s t -x
complete -c cdc-tail -l exclude-table -d 'not these tables (db.table)' -x
complete -c cdc-tail -l online-ddl -d 'how to treat the shadow tables of gh-ost, pt-osc: captured with --schema-changes, otherwise left out' -x
complete -c cdc-tail -l skip-op -d 'leave out these operations: c, u, d, t' -x
complete -c cdc-tail -l include-gtid -d 'only transactions from these GTID sources (domain-server)' -x
complete -c cdc-tail -l gtid-source-includes -d 'only transactions from these GTID sources (domain-server)' -x
complete -c cdc-tail -l exclude-gtid -d 'not transactions from these GTID sources' -x
complete -c cdc-tail -l gtid-source-excludes -d 'not transactions from these GTID sources' -x
complete -c cdc-tail -l include-server-id -d 'only transactions that originated on these servers' -x
complete -c cdc-tail -l skip-replication -d 'leave out transactions made with @@skip_replication'
complete -c cdc-tail -l tombstones -d 'print a tombstone after every delete'
complete -c cdc-tail -l transactions -d 'print records for BEGIN and END of transactions'
complete -c cdc-tail -l schema-changes -d 'print records for DDL statements'
complete -c cdc-tail -l control -d 'print heartbeats and table schemas, for a sink that keeps a position'
complete -c cdc-tail -l xa -d 'print XA transactions at their COMMIT or, like Debezium, at PREPARE whatever becomes of them' -x -a 'commit prepare'
complete -c cdc-tail -l history -d 'also print the history rows of system-versioned tables'
complete -c cdc-tail -l heartbeat -d 'with --control: longest time between heartbeats (10s)' -x
complete -c cdc-tail -l write-state -d 'on success, write the position reached to this file, for --state of the next run; use it if no sink keeps the position' -r
complete -c cdc-tail -l strict -d 'treat a name in an option that matched nothing as an error, not a warning'
complete -c cdc-tail -l topic-prefix -d 'first part of every topic (mariadb)' -x
complete -c cdc-tail -l query -d 'print the statements text in source.query'
complete -c cdc-tail -l unavailable-value -d 'print TEXT for columns that the log does not contain (default: leave them out)' -x
complete -c cdc-tail -l decimal -d 'how DECIMAL is written' -x -a 'string double precise numeric'
complete -c cdc-tail -l time -d 'how temporal values are written' -x -a 'adaptive_time_microseconds connect isostring string microseconds nanoseconds'
complete -c cdc-tail -l binary -d 'how BINARY and BLOB are written' -x -a 'base64 base64-url-safe hex'
complete -c cdc-tail -l bigint -d 'how BIGINT is written; string for readers that store numbers as doubles' -x -a 'number string'
complete -c cdc-tail -l bigint-unsigned -d 'how BIGINT UNSIGNED is written' -x -a 'number string precise'
complete -c cdc-tail -l json -d 'how JSON is written' -x -a 'string embed'
complete -c cdc-tail -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-tail -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-tail -l help -d 'print this help'
complete -c cdc-tail -l version -d 'print the version'
complete -c cdc-filter -l include-db -d 'only these databases' -x
complete -c cdc-filter -l exclude-db -d 'not these databases' -x
complete -c cdc-filter -l include-table -d 'only these tables (db.table)' -s t -x
complete -c cdc-filter -l exclude-table -d 'not these tables (db.table)' -x
complete -c cdc-filter -l canal-filter -d 'only these tables, as canal.instance.filter.regex has them' -x
complete -c cdc-filter -l canal-black-filter -d 'not these: canal.instance.filter.black.regex' -x
complete -c cdc-filter -l online-ddl -d 'also the shadow tables of gh-ost, pt-osc that belong to a table that is kept' -x
complete -c cdc-filter -l maxwell-filter -d 'also what Maxwells filter excludes is left out: exclude: *.*, include: shop.orders' -x
complete -c cdc-filter -l op -d 'only these operations: c, u, d, t, r' -x
complete -c cdc-filter -l where -d 'only rows for which this is true: SQL, COLUMN=VALUE or COLUMN~REGEX; if repeated, all must be' -x
complete -c cdc-filter -l sample -d 'only this share of the rows, by the hash of their key' -x
complete -c cdc-filter -l shard -d 'only the I-th of N shares of the rows' -x
complete -c cdc-filter -l by -d '--sample and --shard by the first of these columns that a row has, not the key' -x
complete -c cdc-filter -l where-image -d 'row image that --where and --by examine' -x -a 'any before after'
complete -c cdc-filter -l partition-moves -d 'turn an update that leaves --where or --by into a delete, and one that enters into a create'
complete -c cdc-filter -l skip-unchanged -d 'drop updates that change none of the kept columns'
complete -c cdc-filter -l include-column -d 'only these columns (db.table.column)' -x
complete -c cdc-filter -l exclude-column -d 'not these columns (db.table.column)' -x
complete -c cdc-filter -l strict -d 'treat a name in an option that matched nothing as an error, not a warning'
complete -c cdc-filter -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-filter -l pass-unknown -d 'pass lines unchanged that do not tell what an option depends on'
complete -c cdc-filter -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-filter -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-filter -l help -d 'print this help'
complete -c cdc-filter -l version -d 'print the version'
complete -c cdc-unwrap -l deletes -d 'what to do with deletes and tombstones (tombstone)' -x -a 'drop tombstone rewrite rewrite-with-tombstone delete-to-tombstone'
complete -c cdc-unwrap -l delete-handling-mode -d 'the same, as in Debezium before 2.5' -x -a 'drop rewrite none'
complete -c cdc-unwrap -l drop-tombstones -d 'with --delete-handling-mode (true)' -x -a 'false true'
complete -c cdc-unwrap -l add-fields -d 'add these to the row: op, table, source.ts_ms, …' -x
complete -c cdc-unwrap -l add-fields-prefix -d 'prefix of their names (__)' -x
complete -c cdc-unwrap -l add-headers -d 'add these as headers' -x
complete -c cdc-unwrap -l add-headers-prefix -d 'prefix of their names (__)' -x
complete -c cdc-unwrap -l header-to-field -d 'make members of the row of these headers' -x
complete -c cdc-unwrap -l headers -d 'what becomes of such headers (move)' -x -a 'move copy'
complete -c cdc-unwrap -l changed -d 'add a header of this name: the columns that it changed' -x
complete -c cdc-unwrap -l unchanged -d 'add a header of this name: the other columns' -x
complete -c cdc-unwrap -l diff -d 'add a member of this name: what was, and what is' -x
complete -c cdc-unwrap -l only-changed -d 'of the row of an update, only the key and what it changed'
complete -c cdc-unwrap -l drop-fields -d 'remove these columns from the row' -x
complete -c cdc-unwrap -l drop-fields-header -d 'remove the columns listed in this header' -x
complete -c cdc-unwrap -l drop-fields-from-key -d 'remove them from the key too'
complete -c cdc-unwrap -l route-by-field -d 'use the value of this column as the topic' -x
complete -c cdc-unwrap -l strict -d 'treat a name in an option that matched nothing as an error, not a warning'
complete -c cdc-unwrap -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-unwrap -l pass-unknown -d 'pass lines unchanged that do not tell what an option depends on'
complete -c cdc-unwrap -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-unwrap -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-unwrap -l help -d 'print this help'
complete -c cdc-unwrap -l version -d 'print the version'
complete -c cdc-route -l rules -d 'more rules, one per line: REGEX REPLACEMENT' -r
complete -c cdc-route -l key-field -d 'add the original topic to the key, in this member' -x
complete -c cdc-route -l key-field-regex -d 'if this matches the original topic, add …' -x
complete -c cdc-route -l key-field-replacement -d '… this replacement instead' -x
complete -c cdc-route -l key-columns -d 'make keys of these columns, not of the primary key' -x
complete -c cdc-route -l tombstones -d 'print a tombstone after the delete of a row whose key changed'
complete -c cdc-route -l partition-by -d 'choose the partition by these: change.COLUMN, source.NAME, …' -x
complete -c cdc-route -l partitions -d 'how many partitions there are' -x
complete -c cdc-route -l hash -d 'how the values are hashed (murmur2)' -x -a 'murmur2 java debezium'
complete -c cdc-route -l timestamp-zone -d 'write TIMESTAMP columns with the offset of this zone' -x
complete -c cdc-route -l datetime-zone -d 'DATETIME columns are of clocks in this zone: make them moments' -x
complete -c cdc-route -l datetime-doubt -d 'if clocks never showed that, or twice: the offset before their change (before), after it, or error' -x -a 'before after error'
complete -c cdc-route -l zone-include -d 'only these columns (db.table.column)' -x
complete -c cdc-route -l zone-exclude -d 'not these columns' -x
complete -c cdc-route -l time -d 'how temporal values are written' -x -a 'adaptive_time_microseconds connect isostring string microseconds nanoseconds'
complete -c cdc-route -l schema -d 'also the schema records of this file' -r
complete -c cdc-route -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-route -l strict -d 'treat a name in an option that matched nothing as an error, not a warning'
complete -c cdc-route -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-route -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-route -l help -d 'print this help'
complete -c cdc-route -l version -d 'print the version'
complete -c cdc-check -l host -d 'connect to this server, or to one of several' -s h -x
complete -c cdc-check -l port -d 'its TCP port' -s P -x
complete -c cdc-check -l socket -d 'its Unix socket' -s S -r
complete -c cdc-check -l protocol -d 'how to connect to a server on the local host' -x -a 'tcp socket'
complete -c cdc-check -l user -d 'account' -s u -x
complete -c cdc-check -l password -d 'ask for the password; otherwise use that of an option file' -s p
complete -c cdc-check -l defaults-file -d 'read only this option file (groups: client, cdc, …)' -r
complete -c cdc-check -l defaults-extra-file -d 'also read this option file' -r
complete -c cdc-check -l defaults-group-suffix -d 'also read groups with this suffix' -x
complete -c cdc-check -l no-defaults -d 'read no option files'
complete -c cdc-check -l ssl -d 'require an encrypted connection'
complete -c cdc-check -l skip-ssl -d 'do not encrypt the connection'
complete -c cdc-check -l ssl-verify-server-cert -d 'verify the servers certificate and host name'
complete -c cdc-check -l skip-ssl-verify-server-cert -d 'do not verify the servers certificate'
complete -c cdc-check -l ssl-ca -d 'trust the certificate authorities in this file' -r
complete -c cdc-check -l ssl-capath -d 'the same, in this directory' -x
complete -c cdc-check -l ssl-cert -d 'client certificate' -r
complete -c cdc-check -l ssl-key -d 'its key' -r
complete -c cdc-check -l ssl-cipher -d 'allow only these ciphers' -x
complete -c cdc-check -l ssl-crl -d 'certificate revocation list' -r
complete -c cdc-check -l ssl-crlpath -d 'the same, in this directory' -x
complete -c cdc-check -l ssl-fp -d 'fingerprint that the servers certificate must have' -x
complete -c cdc-check -l tls-version -d 'allow only these TLS versions' -x
complete -c cdc-check -l job -d 'what the account is for' -x -a 'tail snapshot apply'
complete -c cdc-check -l state -d 'also report how far behind the sink is that keeps this file; may be repeated' -r
complete -c cdc-check -l format -d 'a table, or one JSON object per line' -x -a 'table json'
complete -c cdc-check -l print-config -d 'print the configuration that passes'
complete -c cdc-check -l print-grants -d 'print the statements that give an account the privileges for the job' -x
complete -c cdc-check -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-check -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-check -l help -d 'print this help'
complete -c cdc-check -l version -d 'print the version'
complete -c cdc-snapshot -l host -d 'connect to this server, or to one of several' -s h -x
complete -c cdc-snapshot -l port -d 'its TCP port' -s P -x
complete -c cdc-snapshot -l socket -d 'its Unix socket' -s S -r
complete -c cdc-snapshot -l protocol -d 'how to connect to a server on the local host' -x -a 'tcp socket'
complete -c cdc-snapshot -l user -d 'account' -s u -x
complete -c cdc-snapshot -l password -d 'ask for the password; otherwise use that of an option file' -s p
complete -c cdc-snapshot -l defaults-file -d 'read only this option file (groups: client, cdc, …)' -r
complete -c cdc-snapshot -l defaults-extra-file -d 'also read this option file' -r
complete -c cdc-snapshot -l defaults-group-suffix -d 'also read groups with this suffix' -x
complete -c cdc-snapshot -l no-defaults -d 'read no option files'
complete -c cdc-snapshot -l ssl -d 'require an encrypted connection'
complete -c cdc-snapshot -l skip-ssl -d 'do not encrypt the connection'
complete -c cdc-snapshot -l ssl-verify-server-cert -d 'verify the servers certificate and host name'
complete -c cdc-snapshot -l skip-ssl-verify-server-cert -d 'do not verify the servers certificate'
complete -c cdc-snapshot -l ssl-ca -d 'trust the certificate authorities in this file' -r
complete -c cdc-snapshot -l ssl-capath -d 'the same, in this directory' -x
complete -c cdc-snapshot -l ssl-cert -d 'client certificate' -r
complete -c cdc-snapshot -l ssl-key -d 'its key' -r
complete -c cdc-snapshot -l ssl-cipher -d 'allow only these ciphers' -x
complete -c cdc-snapshot -l ssl-crl -d 'certificate revocation list' -r
complete -c cdc-snapshot -l ssl-crlpath -d 'the same, in this directory' -x
complete -c cdc-snapshot -l ssl-fp -d 'fingerprint that the servers certificate must have' -x
complete -c cdc-snapshot -l tls-version -d 'allow only these TLS versions' -x
complete -c cdc-snapshot -l include-db -d 'only these databases' -x
complete -c cdc-snapshot -l exclude-db -d 'not these databases' -x
complete -c cdc-snapshot -l include-table -d 'only these tables (db.table)' -s t -x
complete -c cdc-snapshot -l exclude-table -d 'not these tables (db.table)' -x
complete -c cdc-snapshot -l include-column -d 'only these columns (db.table.column)' -x
complete -c cdc-snapshot -l exclude-column -d 'not these columns' -x
complete -c cdc-snapshot -l where -d 'only those rows of db.table for which this SQL is true' -x
complete -c cdc-snapshot -l strict -d 'treat a name in an option that matched nothing as an error, not a warning'
complete -c cdc-snapshot -l mode -d 'initial_only (schemas and rows), no_data (schemas and position), initial (schemas and rows, then cdc-tail), never (cdc-tail) or when_needed' -x
complete -c cdc-snapshot -l state -d 'what a sink has done: resume an interrupted copy, do not repeat a complete one' -r
complete -c cdc-snapshot -l write-state -d 'once everything is printed, write the position to this file, for cdc-tail --state' -r
complete -c cdc-snapshot -l lock -d 'which tables to lock while they are read: those whose engine has no snapshots, all, or none' -x -a 'minimal extended none'
complete -c cdc-snapshot -l lock-wait -d 'wait at most this long for these locks (10s)' -x
complete -c cdc-snapshot -l lock-wait-timeout -d 'wait at most this long for a table that another connection has locked (1h)' -x
complete -c cdc-snapshot -l ddl-waiting -d 'stop: exit when a statement waits for a metadata lock' -x -a 'ignore stop'
complete -c cdc-snapshot -l xa-timeout -d 'wait at most this long until no XA transaction is prepared (60s)' -x
complete -c cdc-snapshot -l threads -d 'connections to read with (1)' -x
complete -c cdc-snapshot -l throttle -d 'read at most this many rows per second' -x
complete -c cdc-snapshot -l progress -d 'write the progress to this file, as lines of JSON' -r
complete -c cdc-snapshot -l topic-prefix -d 'first part of every topic (mariadb)' -x
complete -c cdc-snapshot -l decimal -d 'how DECIMAL is written' -x -a 'string double precise numeric'
complete -c cdc-snapshot -l time -d 'how temporal values are written' -x -a 'adaptive_time_microseconds connect isostring string microseconds nanoseconds'
complete -c cdc-snapshot -l binary -d 'how BINARY and BLOB are written' -x -a 'base64 base64-url-safe hex'
complete -c cdc-snapshot -l bigint -d 'how BIGINT is written; string for readers that store numbers as doubles' -x -a 'number string'
complete -c cdc-snapshot -l bigint-unsigned -d 'how BIGINT UNSIGNED is written' -x -a 'number string precise'
complete -c cdc-snapshot -l json -d 'how JSON is written' -x -a 'string embed'
complete -c cdc-snapshot -l server-id -d 'server id to register with (random)' -x
complete -c cdc-snapshot -l retries -d 'consecutive attempts to reconnect (10)' -x
complete -c cdc-snapshot -l retry-delay -d 'delay before the first attempt, doubled each time (500ms)' -x
complete -c cdc-snapshot -l retry-delay-max -d 'longest delay (60s)' -x
complete -c cdc-snapshot -l accept-lists -d 'accept a state made with other include and exclude lists'
complete -c cdc-snapshot -l from -d 'start after GTID-LIST, or at [FILE:]OFFSET, YYYY-MM-DD HH:MM:SS, earliest or now' -x
complete -c cdc-snapshot -l start-position -d 'start after GTID-LIST, or at [FILE:]OFFSET, YYYY-MM-DD HH:MM:SS, earliest or now' -x
complete -c cdc-snapshot -l until -d 'stop after GTID-LIST, or before [FILE:]OFFSET, a time or now' -x
complete -c cdc-snapshot -l stop-position -d 'stop after GTID-LIST, or before [FILE:]OFFSET, a time or now' -x
complete -c cdc-snapshot -l start-datetime -d 'same as --from TIME' -x
complete -c cdc-snapshot -l stop-datetime -d 'same as --until TIME' -x
complete -c cdc-snapshot -l count -d 'stop after N data records' -x
complete -c cdc-snapshot -l other-domains -d 'what to do about GTID domains that --from does not name' -x -a 'refuse earliest now'
complete -c cdc-snapshot -l gtid-order -d 'arrival: sequence numbers need not increase' -x -a 'strict arrival'
complete -c cdc-snapshot -l follow -d 'at the end of the last FILE, wait for more, then read the next log'
complete -c cdc-snapshot -l no-verify-checksum -d 'do not verify the CRC32 of events'
complete -c cdc-snapshot -l on-error -d 'warn: leave out what cannot be decoded, and continue' -x -a 'stop warn'
complete -c cdc-snapshot -l schema -d 'schema records that complete the table maps in the log' -r
complete -c cdc-snapshot -l trust-current-schema -d 'apply the servers current schema to the whole log: no table was altered since'
complete -c cdc-snapshot -l lower-case-names -d 'files: the server has lower_case_table_names set, so table names are in lower case however they are spelt'
complete -c cdc-snapshot -l hold -d 'memory for a transaction whose end has not been read; a larger one goes to a temporary file (8M)' -x
complete -c cdc-snapshot -l signal -d 'signal table (db.table), in which rows request copies of tables while the stream runs' -x
complete -c cdc-snapshot -l signal-data-collection -d 'signal table (db.table), in which rows request copies of tables while the stream runs' -x
complete -c cdc-snapshot -l chunk-size -d 'rows that an incremental snapshot reads at a time (1024)' -x
complete -c cdc-snapshot -l incremental-snapshot-chunk-size -d 'rows that an incremental snapshot reads at a time (1024)' -x
complete -c cdc-snapshot -l online-ddl -d 'how to treat the shadow tables of gh-ost, pt-osc: captured with --schema-changes, otherwise left out' -x
complete -c cdc-snapshot -l skip-op -d 'leave out these operations: c, u, d, t' -x
complete -c cdc-snapshot -l include-gtid -d 'only transactions from these GTID sources (domain-server)' -x
complete -c cdc-snapshot -l gtid-source-includes -d 'only transactions from these GTID sources (domain-server)' -x
complete -c cdc-snapshot -l exclude-gtid -d 'not transactions from these GTID sources' -x
complete -c cdc-snapshot -l gtid-source-excludes -d 'not transactions from these GTID sources' -x
complete -c cdc-snapshot -l include-server-id -d 'only transactions that originated on these servers' -x
complete -c cdc-snapshot -l skip-replication -d 'leave out transactions made with @@skip_replication'
complete -c cdc-snapshot -l tombstones -d 'print a tombstone after every delete'
complete -c cdc-snapshot -l transactions -d 'print records for BEGIN and END of transactions'
complete -c cdc-snapshot -l schema-changes -d 'print records for DDL statements'
complete -c cdc-snapshot -l control -d 'print heartbeats and table schemas, for a sink that keeps a position'
complete -c cdc-snapshot -l xa -d 'print XA transactions at their COMMIT or, like Debezium, at PREPARE whatever becomes of them' -x -a 'commit prepare'
complete -c cdc-snapshot -l history -d 'also print the history rows of system-versioned tables'
complete -c cdc-snapshot -l heartbeat -d 'with --control: longest time between heartbeats (10s)' -x
complete -c cdc-snapshot -l query -d 'print the statements text in source.query'
complete -c cdc-snapshot -l unavailable-value -d 'print TEXT for columns that the log does not contain (default: leave them out)' -x
complete -c cdc-snapshot -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-snapshot -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-snapshot -l help -d 'print this help'
complete -c cdc-snapshot -l version -d 'print the version'
complete -c cdc-apply -l host -d 'connect to this server, or to one of several' -s h -x
complete -c cdc-apply -l port -d 'its TCP port' -s P -x
complete -c cdc-apply -l socket -d 'its Unix socket' -s S -r
complete -c cdc-apply -l protocol -d 'how to connect to a server on the local host' -x -a 'tcp socket'
complete -c cdc-apply -l user -d 'account' -s u -x
complete -c cdc-apply -l password -d 'ask for the password; otherwise use that of an option file' -s p
complete -c cdc-apply -l defaults-file -d 'read only this option file (groups: client, cdc, …)' -r
complete -c cdc-apply -l defaults-extra-file -d 'also read this option file' -r
complete -c cdc-apply -l defaults-group-suffix -d 'also read groups with this suffix' -x
complete -c cdc-apply -l no-defaults -d 'read no option files'
complete -c cdc-apply -l ssl -d 'require an encrypted connection'
complete -c cdc-apply -l skip-ssl -d 'do not encrypt the connection'
complete -c cdc-apply -l ssl-verify-server-cert -d 'verify the servers certificate and host name'
complete -c cdc-apply -l skip-ssl-verify-server-cert -d 'do not verify the servers certificate'
complete -c cdc-apply -l ssl-ca -d 'trust the certificate authorities in this file' -r
complete -c cdc-apply -l ssl-capath -d 'the same, in this directory' -x
complete -c cdc-apply -l ssl-cert -d 'client certificate' -r
complete -c cdc-apply -l ssl-key -d 'its key' -r
complete -c cdc-apply -l ssl-cipher -d 'allow only these ciphers' -x
complete -c cdc-apply -l ssl-crl -d 'certificate revocation list' -r
complete -c cdc-apply -l ssl-crlpath -d 'the same, in this directory' -x
complete -c cdc-apply -l ssl-fp -d 'fingerprint that the servers certificate must have' -x
complete -c cdc-apply -l tls-version -d 'allow only these TLS versions' -x
complete -c cdc-apply -l map -d 'write tables whose db.table matches to NAME; $1 is a group' -x
complete -c cdc-apply -l map-column -d 'the same for db.table.column' -x
complete -c cdc-apply -l set -d 'set this column to this expression in every row written' -x
complete -c cdc-apply -l ignore-unknown-columns -d 'leave out columns that the target does not have'
complete -c cdc-apply -l system-tables -d 'also write to mysql, sys, … and to tables of positions'
complete -c cdc-apply -l accept-tables -d 'take the targets tables of these (db.table) to be as the source has them' -x
complete -c cdc-apply -l schema -d 'schema records that give the types of columns' -r
complete -c cdc-apply -l insert-mode -d 'what to do with creates and reads: insert or change the row, only insert, or only change' -x -a 'upsert insert update'
complete -c cdc-apply -l no-delete -d 'leave out deletes and truncates'
complete -c cdc-apply -l batch -d 'commit after about this many changes (20000)' -x
complete -c cdc-apply -l batch-time -d 'or after this time (1s)' -x
complete -c cdc-apply -l split-transactions -d 'commit source transactions larger than --batch in parts, so that others can see half of one'
complete -c cdc-apply -l no-reorder -d 'keep the order of all changes, and make every one of them'
complete -c cdc-apply -l allow-triggers -d 'allow tables with triggers'
complete -c cdc-apply -l skip-replication -d 'mark changes so that cdc-tail --skip-replication leaves them out'
complete -c cdc-apply -l dry-run -d 'print the SQL instead'
complete -c cdc-apply -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-apply -l schema-evolution -d 'check the targets tables, add tables and columns, or execute the sources statements' -x -a 'none check add apply-ddl'
complete -c cdc-apply -l evolve -d 'follow, ignore or stop at add.column, drop.table, …' -x
complete -c cdc-apply -l name -d 'name of the position, or consumer group (cdc)' -x
complete -c cdc-apply -l offsets-db -d 'database of cdc_offsets and kafka_consumer_offsets (cdc)' -x
complete -c cdc-apply -l state -d 'also write the position to this file, for cdc-tail --state' -r
complete -c cdc-apply -l no-state -d 'keep no position: accept any stream, apply at least once'
complete -c cdc-apply -l at-least-once -d 'allow tables whose engine has no transactions'
complete -c cdc-apply -l gtid-order -d 'arrival: sequence numbers need not increase' -x -a 'strict arrival'
complete -c cdc-apply -l accept-lists -d 'accept a stream with other include and exclude lists'
complete -c cdc-apply -l show-state -d 'print the position and exit'
complete -c cdc-apply -l forget -d 'delete the position and exit'
complete -c cdc-apply -l retries -d 'retries after deadlocks and lost connections (10)' -x
complete -c cdc-apply -l retry-delay -d 'delay before the first retry, doubled each time (500ms)' -x
complete -c cdc-apply -l retry-delay-max -d 'longest delay (60s)' -x
complete -c cdc-apply -l dlq -d 'append records that cannot be applied to this file, and later ones of the same keys' -r
complete -c cdc-apply -l dlq-max -d 'exit after this many entries (10000)' -x
complete -c cdc-apply -l replay-dlq -d 'apply the entries of this file in order, and exit' -r
complete -c cdc-apply -l decimal -d 'how DECIMAL is written' -x -a 'string double precise numeric'
complete -c cdc-apply -l time -d 'how temporal values are written' -x -a 'adaptive_time_microseconds connect isostring string microseconds nanoseconds'
complete -c cdc-apply -l binary -d 'how BINARY and BLOB are written' -x -a 'base64 base64-url-safe hex'
complete -c cdc-apply -l bigint-unsigned -d 'how BIGINT UNSIGNED is written' -x -a 'number string precise'
complete -c cdc-apply -l json -d 'how JSON is written' -x -a 'string embed'
complete -c cdc-apply -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-apply -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-apply -l help -d 'print this help'
complete -c cdc-apply -l version -d 'print the version'
complete -c cdc-audit -l table -d 'name of the audit table (audit.audit_trail)' -x
complete -c cdc-audit -l reads -d 'also print the rows of a snapshot, as INSERT'
complete -c cdc-audit -l ddl -d 'print the statement that creates the table, and exit'
complete -c cdc-audit -l partition-months -d 'print statements that add missing partitions for this month and N more, and exit' -x
complete -c cdc-audit -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-audit -l pass-unknown -d 'pass lines unchanged that do not tell what an option depends on'
complete -c cdc-audit -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-audit -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-audit -l help -d 'print this help'
complete -c cdc-audit -l version -d 'print the version'
complete -c cdc-format -l to -d 'which format (required)' -x -a 'sql csv tsv debezium cloudevents resp canal template es-bulk maxwell kcat maxscale singer'
complete -c cdc-format -l schema -d 'schema records that give the types of columns' -r
complete -c cdc-format -l query -d 'sql: also the statement that made the change, as a comment'
complete -c cdc-format -l schema-changes -d 'sql, canal: also the statements of schema records'
complete -c cdc-format -l split -d 'csv, tsv: a file for each table, in this folder' -x
complete -c cdc-format -l batch -d 'cloudevents: an array for each transaction, of at most N events; es-bulk: an empty line after N changes; canal: at most N rows in a message' -x
complete -c cdc-format -l es-template -d 'es-bulk: index templates of the tables, in place of changes'
complete -c cdc-format -l columns -d 'csv, tsv: which columns: names, @op and other fields of the record, or * for all of the table (@op,*)' -x
complete -c cdc-format -l null -d 'what NULL is written as (csv: nothing; tsv: \N)' -x
complete -c cdc-format -l no-header -d 'csv, tsv: no line of names (maxscale: no schemas)'
complete -c cdc-format -l raw -d 'values as the record has them, without schema records'
complete -c cdc-format -l es-index -d 'index of a table (cdc-{table})' -x
complete -c cdc-format -l es-version -d 'versions of documents (gtid)' -x -a 'gtid none'
complete -c cdc-format -l drop-headers -d 'kcat: leave headers of records out'
complete -c cdc-format -l expire -d 'resp: hashes expire so long after their last change' -x
complete -c cdc-format -l resp-command -d 'a command for each change, in which {column} stands for its value (may be repeated)' -x
complete -c cdc-format -l template -d 'what is written of each change: {id} {before.name|json} {op}' -x
complete -c cdc-format -l template-file -d 'the same from a file' -r
complete -c cdc-format -l maxwell -d 'Maxwells output settings: binlog_position, nulls=false, …' -x
complete -c cdc-format -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-format -l decimal -d 'how DECIMAL is written' -x -a 'string double precise numeric'
complete -c cdc-format -l time -d 'how temporal values are written' -x -a 'adaptive_time_microseconds connect isostring string microseconds nanoseconds'
complete -c cdc-format -l binary -d 'how BINARY and BLOB are written' -x -a 'base64 base64-url-safe hex'
complete -c cdc-format -l bigint-unsigned -d 'how BIGINT UNSIGNED is written' -x -a 'number string precise'
complete -c cdc-format -l json -d 'how JSON is written' -x -a 'string embed'
complete -c cdc-format -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-format -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-format -l help -d 'print this help'
complete -c cdc-format -l version -d 'print the version'
complete -c cdc-show -l oneline -d 'print each change on one line'
complete -c cdc-show -l full -d 'print all columns with their types, whole values and statements'
complete -c cdc-show -l stat -d 'print how many changes each transaction made to each table, not the changes'
complete -c cdc-show -l summary -d 'at the end, print how many changes there were of each table; without --stat print nothing else'
complete -c cdc-show -l color -d 'use colours (auto: on a terminal)' -x -a 'auto always never'
complete -c cdc-show -l width -d 'length of lines, 0 for no limit (that of the terminal, or 80)' -x
complete -c cdc-show -l timezone -d 'time zone of times, such as Europe/Berlin (the systems)' -x
complete -c cdc-show -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-show -l pass-unknown -d 'show lines that are neither records nor messages, escaped'
complete -c cdc-show -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-show -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-show -l help -d 'print this help'
complete -c cdc-show -l version -d 'print the version'
complete -c cdc-mask -l hash -d 'replace values by their salted hash (SHA-256)' -x
complete -c cdc-mask -l hash-v1 -d 'the same as Debeziums first version of it' -x
complete -c cdc-mask -l mask -d 'replace values by N asterisks' -x
complete -c cdc-mask -l redact -d 'replace values by this text' -x
complete -c cdc-mask -l truncate -d 'leave the first N characters of values' -x
complete -c cdc-mask -l null -d 'replace values by null' -x
complete -c cdc-mask -l tokenize -d 'replace digits by digits and letters by letters, equal values by equal ones' -x
complete -c cdc-mask -l email -d 'replace values by addresses, equal ones by equal ones' -x
complete -c cdc-mask -l pass -d 'leave values as they are' -x
complete -c cdc-mask -l rules -d 'rules from a file, one per line: KIND REGEX[=ARGUMENT]' -r
complete -c cdc-mask -l fail-on-unlisted -d 'treat a column without a rule as an error'
complete -c cdc-mask -l key-file -d 'the key of --tokenize and --email' -r
complete -c cdc-mask -l salt-file -d 'the salt of --hash' -r
complete -c cdc-mask -l pass-header -d 'headers of these names' -x
complete -c cdc-mask -l pass-statements -d 'statements in schema records'
complete -c cdc-mask -l pass-copies -d 'keys and conditions of copies in heartbeats'
complete -c cdc-mask -l trust-topics -d 'rows whose table only the topic tells, and topics that are not those of their tables'
complete -c cdc-mask -l trust-types -d 'values of columns whose type no schema record told fit their rule'
complete -c cdc-mask -l pass-unknown -d 'pass lines unchanged that do not tell what an option depends on'
complete -c cdc-mask -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-mask -l strict -d 'treat a name in an option that matched nothing as an error, not a warning'
complete -c cdc-mask -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-mask -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-mask -l help -d 'print this help'
complete -c cdc-mask -l version -d 'print the version'
complete -c cdc-outbox -l include-db -d 'only these databases' -x
complete -c cdc-outbox -l exclude-db -d 'not these databases' -x
complete -c cdc-outbox -l include-table -d 'only these tables (db.table)' -s t -x
complete -c cdc-outbox -l exclude-table -d 'not these tables (db.table)' -x
complete -c cdc-outbox -l event-id -d 'the header id (id)' -x
complete -c cdc-outbox -l event-key -d 'the key (aggregateid)' -x
complete -c cdc-outbox -l event-payload -d 'the payload (payload)' -x
complete -c cdc-outbox -l event-timestamp -d 'the timestamp (ts_ms of the envelope); UNIT of a number is ms, us or ns' -x
complete -c cdc-outbox -l placement -d 'add columns: PLACE is header, envelope or partition' -x
complete -c cdc-outbox -l missing -d 'what to do if a row lacks a column of --placement (error)' -x -a 'error ignore'
complete -c cdc-outbox -l tracing-field -d 'tracing context, for the header traceparent (tracingspancontext)' -x
complete -c cdc-outbox -l route-by-field -d 'the column that decides the topic (aggregatetype)' -x
complete -c cdc-outbox -l topic-regex -d 'an expression that matches its value ((?<routedByValue>.*))' -x
complete -c cdc-outbox -l topic-replacement -d 'the topic then (outbox.event.${routedByValue})' -x
complete -c cdc-outbox -l expand-json -d 'print a payload that is a string of JSON as JSON'
complete -c cdc-outbox -l tombstone-on-empty -d 'print null for an empty payload'
complete -c cdc-outbox -l on-update -d 'what to do with updates, besides dropping them (warn)' -x -a 'warn error fatal'
complete -c cdc-outbox -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-outbox -l strict -d 'treat a name in an option that matched nothing as an error, not a warning'
complete -c cdc-outbox -l pass-unknown -d 'pass lines unchanged that do not tell what an option depends on'
complete -c cdc-outbox -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-outbox -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-outbox -l help -d 'print this help'
complete -c cdc-outbox -l version -d 'print the version'
complete -c cdc-exec -l per -d 'run it for each of these; a table: for its records of a batch' -x -a 'record batch transaction table'
complete -c cdc-exec -l handlers -d 'run the program of this folder that has the tables name' -x
complete -c cdc-exec -l keep-alive -d 'start it once; it answers ok, retry WHY or bad WHY'
complete -c cdc-exec -l literal -d 'leave {braces} in arguments alone'
complete -c cdc-exec -l jobs -d 'run so many at a time; records of a key keep their order (1)' -s j -x
complete -c cdc-exec -l timeout -d 'end a command that takes longer, and try again' -x
complete -c cdc-exec -l batch -d 'records in a batch, at most (10000)' -x
complete -c cdc-exec -l linger -d 'how long a batch that is not full waits for input (0)' -x
complete -c cdc-exec -l control -d 'also hand over heartbeats, schema and transaction records'
complete -c cdc-exec -l to -d 'give records in this format of cdc-format, not as they came' -x -a 'sql csv tsv debezium cloudevents resp canal template es-bulk maxwell kcat maxscale singer'
complete -c cdc-exec -l schema -d 'schema records that give the types of columns' -r
complete -c cdc-exec -l columns -d 'csv, tsv: which columns: names, @op and other fields of the record, or * for all of the table (@op,*)' -x
complete -c cdc-exec -l null -d 'what NULL is written as (csv: nothing; tsv: \N)' -x
complete -c cdc-exec -l no-header -d 'csv, tsv: no line of names (maxscale: no schemas)'
complete -c cdc-exec -l raw -d 'values as the record has them, without schema records'
complete -c cdc-exec -l es-index -d 'index of a table (cdc-{table})' -x
complete -c cdc-exec -l es-version -d 'versions of documents (gtid)' -x -a 'gtid none'
complete -c cdc-exec -l drop-headers -d 'kcat: leave headers of records out'
complete -c cdc-exec -l expire -d 'resp: hashes expire so long after their last change' -x
complete -c cdc-exec -l resp-command -d 'a command for each change, in which {column} stands for its value (may be repeated)' -x
complete -c cdc-exec -l template -d 'what is written of each change: {id} {before.name|json} {op}' -x
complete -c cdc-exec -l template-file -d 'the same from a file' -r
complete -c cdc-exec -l maxwell -d 'Maxwells output settings: binlog_position, nulls=false, …' -x
complete -c cdc-exec -l state -d 'keep the position in this file, for cdc-tail --state' -r
complete -c cdc-exec -l accept-lists -d 'accept a stream with other include and exclude lists'
complete -c cdc-exec -l retries -d 'further attempts (10)' -x
complete -c cdc-exec -l retry-delay -d 'delay before the first of them, doubled each time (500ms)' -x
complete -c cdc-exec -l retry-delay-max -d 'longest delay (60s)' -x
complete -c cdc-exec -l dlq -d 'append records that cannot be delivered to this file, and later ones of the same keys' -r
complete -c cdc-exec -l dlq-max -d 'exit after this many entries (10000)' -x
complete -c cdc-exec -l replay-dlq -d 'deliver the entries of this file in order, and exit' -r
complete -c cdc-exec -l factor -d 'each delay is so many times the one before (2)' -x
complete -c cdc-exec -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-exec -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-exec -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-exec -l help -d 'print this help'
complete -c cdc-exec -l version -d 'print the version'
complete -c cdc-post -l per -d 'what a request has: a record, a batch, or a transaction' -x -a 'record batch transaction'
complete -c cdc-post -l array -d 'a JSON array of records, not lines'
complete -c cdc-post -l bulk -d 'the URL is _bulk of Elasticsearch or OpenSearch: read its answer item by item'
complete -c cdc-post -l header -d 'send this header, which may have {placeholders}' -s H -x
complete -c cdc-post -l content-type -d 'the type of the body' -x
complete -c cdc-post -l jobs -d 'send so many requests at a time; records of a key keep their order (1)' -s j -x
complete -c cdc-post -l timeout -d 'longest time of a request (30s)' -x
complete -c cdc-post -l bearer -d 'send the token in this file' -r
complete -c cdc-post -l basic -d 'send NAME:PASSWORD in this file' -r
complete -c cdc-post -l sign -d 'sign requests with the secret in this file, as Standard Webhooks are' -r
complete -c cdc-post -l cacert -d 'certificates of authorities that are trusted' -r
complete -c cdc-post -l cert -d 'own certificate' -r
complete -c cdc-post -l key -d 'and its key' -r
complete -c cdc-post -l batch -d 'records in a batch, at most (10000)' -x
complete -c cdc-post -l linger -d 'how long a batch that is not full waits for input (0)' -x
complete -c cdc-post -l control -d 'also send heartbeats, schema and transaction records'
complete -c cdc-post -l to -d 'give records in this format of cdc-format, not as they came' -x -a 'sql csv tsv debezium cloudevents resp canal template es-bulk maxwell kcat maxscale singer'
complete -c cdc-post -l schema -d 'schema records that give the types of columns' -r
complete -c cdc-post -l columns -d 'csv, tsv: which columns: names, @op and other fields of the record, or * for all of the table (@op,*)' -x
complete -c cdc-post -l null -d 'what NULL is written as (csv: nothing; tsv: \N)' -x
complete -c cdc-post -l no-header -d 'csv, tsv: no line of names (maxscale: no schemas)'
complete -c cdc-post -l raw -d 'values as the record has them, without schema records'
complete -c cdc-post -l es-index -d 'index of a table (cdc-{table})' -x
complete -c cdc-post -l es-version -d 'versions of documents (gtid)' -x -a 'gtid none'
complete -c cdc-post -l drop-headers -d 'kcat: leave headers of records out'
complete -c cdc-post -l expire -d 'resp: hashes expire so long after their last change' -x
complete -c cdc-post -l resp-command -d 'a command for each change, in which {column} stands for its value (may be repeated)' -x
complete -c cdc-post -l template -d 'what is written of each change: {id} {before.name|json} {op}' -x
complete -c cdc-post -l template-file -d 'the same from a file' -r
complete -c cdc-post -l maxwell -d 'Maxwells output settings: binlog_position, nulls=false, …' -x
complete -c cdc-post -l state -d 'keep the position in this file, for cdc-tail --state' -r
complete -c cdc-post -l accept-lists -d 'accept a stream with other include and exclude lists'
complete -c cdc-post -l retries -d 'further attempts (10)' -x
complete -c cdc-post -l retry-delay -d 'delay before the first of them, doubled each time (500ms)' -x
complete -c cdc-post -l retry-delay-max -d 'longest delay (60s)' -x
complete -c cdc-post -l dlq -d 'append records that cannot be delivered to this file, and later ones of the same keys' -r
complete -c cdc-post -l dlq-max -d 'exit after this many entries (10000)' -x
complete -c cdc-post -l replay-dlq -d 'deliver the entries of this file in order, and exit' -r
complete -c cdc-post -l shape -d 'what a payload is if its line has no source and op (auto)' -x -a 'auto envelope row'
complete -c cdc-post -l verbose -d 'print more messages on standard error' -s v
complete -c cdc-post -l quiet -d 'print no warnings on standard error' -s q
complete -c cdc-post -l help -d 'print this help'
complete -c cdc-post -l version -d 'print the version'
