# fish completion for cdc-tools; made by build-aux/completions from the option tables: do not edit
complete -c cdc-tail -l host -d 'the server; of several, one that can be reached' -s h -x
complete -c cdc-tail -l port -d 'its TCP port' -s P -x
complete -c cdc-tail -l socket -d 'its socket' -s S -r
complete -c cdc-tail -l protocol -d 'which of the two to use, if the host is this machine' -x -a 'tcp socket'
complete -c cdc-tail -l user -d 'account' -s u -x
complete -c cdc-tail -l password -d 'ask for the password; otherwise it is that of an option file' -s p
complete -c cdc-tail -l defaults-file -d 'read only this option file: [client], [client-mariadb], [cdc]' -r
complete -c cdc-tail -l defaults-extra-file -d 'also read this one' -r
complete -c cdc-tail -l defaults-group-suffix -d 'also read groups whose names end with it' -x
complete -c cdc-tail -l no-defaults -d 'read no option file'
complete -c cdc-tail -l ssl -d 'require an encrypted connection'
complete -c cdc-tail -l skip-ssl -d 'do not encrypt the connection'
complete -c cdc-tail -l ssl-verify-server-cert -d 'verify the servers certificate, and that it names the host'
complete -c cdc-tail -l skip-ssl-verify-server-cert -d 'do not verify the servers certificate'
complete -c cdc-tail -l ssl-ca -d 'certificates of the authorities to trust' -r
complete -c cdc-tail -l ssl-capath -d 'the same, a folder' -x
complete -c cdc-tail -l ssl-cert -d 'our certificate' -r
complete -c cdc-tail -l ssl-key -d 'our key' -r
complete -c cdc-tail -l ssl-cipher -d 'ciphers to allow' -x
complete -c cdc-tail -l ssl-crl -d 'certificates that were revoked' -r
complete -c cdc-tail -l ssl-crlpath -d 'the same, a folder' -x
complete -c cdc-tail -l ssl-fp -d 'fingerprint of the servers certificate' -x
complete -c cdc-tail -l tls-version -d 'versions that are allowed' -x
complete -c cdc-tail -l server-id -d 'the id under which we read (a random one)' -x
complete -c cdc-tail -l retries -d 'attempts to connect again (10)' -x
complete -c cdc-tail -l retry-delay -d 'before the first of them; doubled each time (500ms)' -x
complete -c cdc-tail -l retry-delay-max -d 'at most this long (60s)' -x
complete -c cdc-tail -l state -d 'begin after what a sink has done; may be repeated: after the oldest' -r
complete -c cdc-tail -l accept-lists -d 'accept a state made with other include and exclude lists'
complete -c cdc-tail -l from -d 'begin there: GTID-LIST (after it), [FILE:]OFFSET, YYYY-MM-DD HH:MM:SS (at it), earliest or now' -x
complete -c cdc-tail -l start-position -d 'begin there: GTID-LIST (after it), [FILE:]OFFSET, YYYY-MM-DD HH:MM:SS (at it), earliest or now' -x
complete -c cdc-tail -l until -d 'end there: GTID-LIST (with it), [FILE:]OFFSET or time (before it), or now' -x
complete -c cdc-tail -l stop-position -d 'end there: GTID-LIST (with it), [FILE:]OFFSET or time (before it), or now' -x
complete -c cdc-tail -l start-datetime -d 'the same as --from TIME' -x
complete -c cdc-tail -l stop-datetime -d 'the same as --until TIME' -x
complete -c cdc-tail -l other-domains -d 'GTID domains that --from does not name' -x -a 'refuse earliest now'
complete -c cdc-tail -l gtid-order -d 'arrival: accept sequence numbers that do not grow' -x -a 'strict arrival'
complete -c cdc-tail -l follow -d 'wait at the end of the last FILE for more, and go on with the log after it'
complete -c cdc-tail -l no-verify-checksum -d 'do not check the CRC32 of events'
complete -c cdc-tail -l on-error -d 'warn: leave out what cannot be decoded, and go on' -x -a 'stop warn'
complete -c cdc-tail -l schema -d 'schema records, for what the log does not say of its tables' -r
complete -c cdc-tail -l trust-current-schema -d 'no table was altered since what is read was logged: the servers current schema holds for all of it'
complete -c cdc-tail -l lower-case-names -d 'files of a server with lower_case_table_names: however statements write names of tables, they are in small letters'
complete -c cdc-tail -l hold -d 'memory for a transaction whose end is not known; a larger one goes to a temporary file (8M)' -x
complete -c cdc-tail -l signal -d 'the signal table (db.table): its rows ask for tables to be copied while the stream runs' -x
complete -c cdc-tail -l signal-data-collection -d 'the signal table (db.table): its rows ask for tables to be copied while the stream runs' -x
complete -c cdc-tail -l chunk-size -d 'rows that such a copy reads at once (1024)' -x
complete -c cdc-tail -l incremental-snapshot-chunk-size -d 'rows that such a copy reads at once (1024)' -x
complete -c cdc-tail -l include-db -d 'only these databases' -x
complete -c cdc-tail -l exclude-db -d 'not these databases' -x
complete -c cdc-tail -l include-table -d 'only these tables (db.table)' -s t -x
complete -c cdc-tail -l exclude-table -d 'not these tables (db.table)' -x
complete -c cdc-tail -l online-ddl -d 'gh-ost, pt-osc: with --schema-changes, the tables that they fill beside one, too; else none of them' -x
complete -c cdc-tail -l skip-op -d 'leave out operations: c, u, d, t' -x
complete -c cdc-tail -l include-gtid -d 'only transactions of these GTID sources (domain-server)' -x
complete -c cdc-tail -l gtid-source-includes -d 'only transactions of these GTID sources (domain-server)' -x
complete -c cdc-tail -l exclude-gtid -d 'not the transactions of these GTID sources' -x
complete -c cdc-tail -l gtid-source-excludes -d 'not the transactions of these GTID sources' -x
complete -c cdc-tail -l include-server-id -d 'only transactions that these servers made' -x
complete -c cdc-tail -l skip-replication -d 'leave out transactions made with @@skip_replication'
complete -c cdc-tail -l write-state -d 'at a good end, write there how far it came, for the next runs --state, if no sink keeps that' -r
complete -c cdc-tail -l count -d 'end after N data records' -x
complete -c cdc-tail -l tombstones -d 'a tombstone after every delete'
complete -c cdc-tail -l transactions -d 'records for the BEGIN and END of transactions'
complete -c cdc-tail -l schema-changes -d 'records for DDL statements'
complete -c cdc-tail -l control -d 'heartbeats and table schemas, for a sink that keeps a position'
complete -c cdc-tail -l xa -d 'print XA transactions at their COMMIT, or (as Debezium) at PREPARE, whatever becomes of them' -x -a 'commit prepare'
complete -c cdc-tail -l history -d 'system-versioned tables: history rows, too, as they are logged'
complete -c cdc-tail -l heartbeat -d 'with --control: at most this between heartbeats (10s)' -x
complete -c cdc-tail -l strict -d 'a name in an option that matched nothing is an error at the end, not a warning'
complete -c cdc-tail -l topic-prefix -d 'first part of every topic (mariadb)' -x
complete -c cdc-tail -l query -d 'the statements text in source.query'
complete -c cdc-tail -l unavailable-value -d 'print columns that the log does not hold as TEXT (left out)' -x
complete -c cdc-tail -l decimal -d 'DECIMAL values' -x -a 'string double precise numeric'
complete -c cdc-tail -l time -d 'temporal values' -x -a 'adaptive_time_microseconds connect isostring string microseconds nanoseconds'
complete -c cdc-tail -l binary -d 'BINARY and BLOB values' -x -a 'base64 base64-url-safe hex'
complete -c cdc-tail -l bigint -d 'all BIGINT values; string for readers whose numbers are doubles' -x -a 'number string'
complete -c cdc-tail -l bigint-unsigned -d 'BIGINT UNSIGNED values' -x -a 'number string precise'
complete -c cdc-tail -l json -d 'JSON values' -x -a 'string embed'
complete -c cdc-tail -l verbose -d 'say more on standard error' -s v
complete -c cdc-tail -l quiet -d 'no warnings on standard error' -s q
complete -c cdc-tail -l help -d 'print this help'
complete -c cdc-tail -l version -d 'print the version'
complete -c cdc-filter -l include-db -d 'only these databases' -x
complete -c cdc-filter -l exclude-db -d 'not these databases' -x
complete -c cdc-filter -l include-table -d 'only these tables (db.table)' -s t -x
complete -c cdc-filter -l exclude-table -d 'not these tables (db.table)' -x
complete -c cdc-filter -l online-ddl -d 'and the tables that gh-ost, pt-osc fill beside one' -x
complete -c cdc-filter -l op -d 'only these operations: c, u, d, t, r' -x
complete -c cdc-filter -l where -d 'only rows with COLUMN=VALUE or COLUMN~REGEX; repeated: all of them' -x
complete -c cdc-filter -l where-image -d 'the image that --where looks at' -x -a 'any before after'
complete -c cdc-filter -l partition-moves -d 'an update that leaves --where is a delete, one that enters it a create'
complete -c cdc-filter -l skip-unchanged -d 'drop updates that change no kept column'
complete -c cdc-filter -l include-column -d 'only these columns (db.table.column)' -x
complete -c cdc-filter -l exclude-column -d 'not these columns (db.table.column)' -x
complete -c cdc-filter -l strict -d 'a name in an option that matched nothing is an error at the end, not a warning'
complete -c cdc-filter -l shape -d 'what payloads without source and op beside them are (auto)' -x -a 'auto envelope row'
complete -c cdc-filter -l pass-unknown -d 'let lines that do not say what an option needs to know pass as they are'
complete -c cdc-filter -l verbose -d 'say more on standard error' -s v
complete -c cdc-filter -l quiet -d 'no warnings on standard error' -s q
complete -c cdc-filter -l help -d 'print this help'
complete -c cdc-filter -l version -d 'print the version'
complete -c cdc-unwrap -l deletes -d 'what becomes of deletes and tombstones (tombstone)' -x -a 'drop tombstone rewrite rewrite-with-tombstone delete-to-tombstone'
complete -c cdc-unwrap -l delete-handling-mode -d 'the same, as in Debezium before 2.5' -x -a 'drop rewrite none'
complete -c cdc-unwrap -l drop-tombstones -d 'with --delete-handling-mode (true)' -x -a 'false true'
complete -c cdc-unwrap -l add-fields -d 'add these to the row: op, table, source.ts_ms, …' -x
complete -c cdc-unwrap -l add-fields-prefix -d 'put before their names (__)' -x
complete -c cdc-unwrap -l add-headers -d 'add these as headers' -x
complete -c cdc-unwrap -l add-headers-prefix -d 'put before their names (__)' -x
complete -c cdc-unwrap -l drop-fields -d 'leave these columns out of the row' -x
complete -c cdc-unwrap -l drop-fields-header -d 'leave out the columns that this header lists' -x
complete -c cdc-unwrap -l drop-fields-from-key -d 'leave them out of the key as well'
complete -c cdc-unwrap -l route-by-field -d 'the topic is this columns value' -x
complete -c cdc-unwrap -l strict -d 'a name in an option that matched nothing is an error at the end, not a warning'
complete -c cdc-unwrap -l shape -d 'what payloads without source and op beside them are (auto)' -x -a 'auto envelope row'
complete -c cdc-unwrap -l pass-unknown -d 'let lines that do not say what an option needs to know pass as they are'
complete -c cdc-unwrap -l verbose -d 'say more on standard error' -s v
complete -c cdc-unwrap -l quiet -d 'no warnings on standard error' -s q
complete -c cdc-unwrap -l help -d 'print this help'
complete -c cdc-unwrap -l version -d 'print the version'
complete -c cdc-route -l rules -d 'more rules, one a line: REGEX REPLACEMENT' -r
complete -c cdc-route -l key-field -d 'add the original topic to the key, as this field' -x
complete -c cdc-route -l key-field-regex -d '… or what it becomes where it matches this' -x
complete -c cdc-route -l key-field-replacement -d '… by this replacement' -x
complete -c cdc-route -l shape -d 'what payloads without source and op beside them are (auto)' -x -a 'auto envelope row'
complete -c cdc-route -l strict -d 'a name in an option that matched nothing is an error at the end, not a warning'
complete -c cdc-route -l verbose -d 'say more on standard error' -s v
complete -c cdc-route -l quiet -d 'no warnings on standard error' -s q
complete -c cdc-route -l help -d 'print this help'
complete -c cdc-route -l version -d 'print the version'
complete -c cdc-check -l host -d 'the server; of several, one that can be reached' -s h -x
complete -c cdc-check -l port -d 'its TCP port' -s P -x
complete -c cdc-check -l socket -d 'its socket' -s S -r
complete -c cdc-check -l protocol -d 'which of the two to use, if the host is this machine' -x -a 'tcp socket'
complete -c cdc-check -l user -d 'account' -s u -x
complete -c cdc-check -l password -d 'ask for the password; otherwise it is that of an option file' -s p
complete -c cdc-check -l defaults-file -d 'read only this option file: [client], [client-mariadb], [cdc]' -r
complete -c cdc-check -l defaults-extra-file -d 'also read this one' -r
complete -c cdc-check -l defaults-group-suffix -d 'also read groups whose names end with it' -x
complete -c cdc-check -l no-defaults -d 'read no option file'
complete -c cdc-check -l ssl -d 'require an encrypted connection'
complete -c cdc-check -l skip-ssl -d 'do not encrypt the connection'
complete -c cdc-check -l ssl-verify-server-cert -d 'verify the servers certificate, and that it names the host'
complete -c cdc-check -l skip-ssl-verify-server-cert -d 'do not verify the servers certificate'
complete -c cdc-check -l ssl-ca -d 'certificates of the authorities to trust' -r
complete -c cdc-check -l ssl-capath -d 'the same, a folder' -x
complete -c cdc-check -l ssl-cert -d 'our certificate' -r
complete -c cdc-check -l ssl-key -d 'our key' -r
complete -c cdc-check -l ssl-cipher -d 'ciphers to allow' -x
complete -c cdc-check -l ssl-crl -d 'certificates that were revoked' -r
complete -c cdc-check -l ssl-crlpath -d 'the same, a folder' -x
complete -c cdc-check -l ssl-fp -d 'fingerprint of the servers certificate' -x
complete -c cdc-check -l tls-version -d 'versions that are allowed' -x
complete -c cdc-check -l job -d 'what the account is for' -x -a 'tail snapshot apply'
complete -c cdc-check -l state -d 'how far behind the sink is that keeps this file; may be repeated' -r
complete -c cdc-check -l format -d 'for people, or one JSON object a line' -x -a 'table json'
complete -c cdc-check -l print-config -d 'the configuration that passes'
complete -c cdc-check -l print-grants -d 'the statements that give an account what the job needs' -x
complete -c cdc-check -l verbose -d 'say more on standard error' -s v
complete -c cdc-check -l quiet -d 'no warnings on standard error' -s q
complete -c cdc-check -l help -d 'print this help'
complete -c cdc-check -l version -d 'print the version'
complete -c cdc-snapshot -l host -d 'the server; of several, one that can be reached' -s h -x
complete -c cdc-snapshot -l port -d 'its TCP port' -s P -x
complete -c cdc-snapshot -l socket -d 'its socket' -s S -r
complete -c cdc-snapshot -l protocol -d 'which of the two to use, if the host is this machine' -x -a 'tcp socket'
complete -c cdc-snapshot -l user -d 'account' -s u -x
complete -c cdc-snapshot -l password -d 'ask for the password; otherwise it is that of an option file' -s p
complete -c cdc-snapshot -l defaults-file -d 'read only this option file: [client], [client-mariadb], [cdc]' -r
complete -c cdc-snapshot -l defaults-extra-file -d 'also read this one' -r
complete -c cdc-snapshot -l defaults-group-suffix -d 'also read groups whose names end with it' -x
complete -c cdc-snapshot -l no-defaults -d 'read no option file'
complete -c cdc-snapshot -l ssl -d 'require an encrypted connection'
complete -c cdc-snapshot -l skip-ssl -d 'do not encrypt the connection'
complete -c cdc-snapshot -l ssl-verify-server-cert -d 'verify the servers certificate, and that it names the host'
complete -c cdc-snapshot -l skip-ssl-verify-server-cert -d 'do not verify the servers certificate'
complete -c cdc-snapshot -l ssl-ca -d 'certificates of the authorities to trust' -r
complete -c cdc-snapshot -l ssl-capath -d 'the same, a folder' -x
complete -c cdc-snapshot -l ssl-cert -d 'our certificate' -r
complete -c cdc-snapshot -l ssl-key -d 'our key' -r
complete -c cdc-snapshot -l ssl-cipher -d 'ciphers to allow' -x
complete -c cdc-snapshot -l ssl-crl -d 'certificates that were revoked' -r
complete -c cdc-snapshot -l ssl-crlpath -d 'the same, a folder' -x
complete -c cdc-snapshot -l ssl-fp -d 'fingerprint of the servers certificate' -x
complete -c cdc-snapshot -l tls-version -d 'versions that are allowed' -x
complete -c cdc-snapshot -l include-db -d 'only these databases' -x
complete -c cdc-snapshot -l exclude-db -d 'not these databases' -x
complete -c cdc-snapshot -l include-table -d 'only these tables (db.table)' -s t -x
complete -c cdc-snapshot -l exclude-table -d 'not these tables (db.table)' -x
complete -c cdc-snapshot -l include-column -d 'only these columns (db.table.column)' -x
complete -c cdc-snapshot -l exclude-column -d 'not these columns' -x
complete -c cdc-snapshot -l where -d 'only those rows of db.table for which this SQL is true' -x
complete -c cdc-snapshot -l strict -d 'a name in an option that matched nothing is an error at the end, not a warning'
complete -c cdc-snapshot -l mode -d 'initial_only (schemas and rows), no_data (schemas and the position), initial (rows, then cdc-tail), never (cdc-tail), when_needed' -x
complete -c cdc-snapshot -l state -d 'what a sink has done: a copy that is half done is resumed, a whole one is not repeated' -r
complete -c cdc-snapshot -l lock -d 'which tables are locked while they are read: those whose engine has no snapshots, all, or none' -x -a 'minimal extended none'
complete -c cdc-snapshot -l lock-wait -d 'wait at most this long for these locks (10s)' -x
complete -c cdc-snapshot -l lock-wait-timeout -d 'wait at most this long for a table that another connection has locked (1h)' -x
complete -c cdc-snapshot -l ddl-waiting -d 'stop: end when a statement waits for a metadata lock' -x -a 'ignore stop'
complete -c cdc-snapshot -l xa-timeout -d 'wait at most this long until no XA transaction is prepared (60s)' -x
complete -c cdc-snapshot -l threads -d 'readers, each with tables of its own (1)' -x
complete -c cdc-snapshot -l throttle -d 'at most this many per second' -x
complete -c cdc-snapshot -l write-state -d 'when everything is printed, write the position there, for cdc-tail --state' -r
complete -c cdc-snapshot -l progress -d 'how far it is, as lines of JSON' -r
complete -c cdc-snapshot -l topic-prefix -d 'first part of every topic (mariadb)' -x
complete -c cdc-snapshot -l decimal -d 'DECIMAL values' -x -a 'string double precise numeric'
complete -c cdc-snapshot -l time -d 'temporal values' -x -a 'adaptive_time_microseconds connect isostring string microseconds nanoseconds'
complete -c cdc-snapshot -l binary -d 'BINARY and BLOB values' -x -a 'base64 base64-url-safe hex'
complete -c cdc-snapshot -l bigint -d 'all BIGINT values; string for readers whose numbers are doubles' -x -a 'number string'
complete -c cdc-snapshot -l bigint-unsigned -d 'BIGINT UNSIGNED values' -x -a 'number string precise'
complete -c cdc-snapshot -l json -d 'JSON values' -x -a 'string embed'
complete -c cdc-snapshot -l server-id -d 'the id under which we read (a random one)' -x
complete -c cdc-snapshot -l retries -d 'attempts to connect again (10)' -x
complete -c cdc-snapshot -l retry-delay -d 'before the first of them; doubled each time (500ms)' -x
complete -c cdc-snapshot -l retry-delay-max -d 'at most this long (60s)' -x
complete -c cdc-snapshot -l accept-lists -d 'accept a state made with other include and exclude lists'
complete -c cdc-snapshot -l from -d 'begin there: GTID-LIST (after it), [FILE:]OFFSET, YYYY-MM-DD HH:MM:SS (at it), earliest or now' -x
complete -c cdc-snapshot -l start-position -d 'begin there: GTID-LIST (after it), [FILE:]OFFSET, YYYY-MM-DD HH:MM:SS (at it), earliest or now' -x
complete -c cdc-snapshot -l until -d 'end there: GTID-LIST (with it), [FILE:]OFFSET or time (before it), or now' -x
complete -c cdc-snapshot -l stop-position -d 'end there: GTID-LIST (with it), [FILE:]OFFSET or time (before it), or now' -x
complete -c cdc-snapshot -l start-datetime -d 'the same as --from TIME' -x
complete -c cdc-snapshot -l stop-datetime -d 'the same as --until TIME' -x
complete -c cdc-snapshot -l other-domains -d 'GTID domains that --from does not name' -x -a 'refuse earliest now'
complete -c cdc-snapshot -l gtid-order -d 'arrival: accept sequence numbers that do not grow' -x -a 'strict arrival'
complete -c cdc-snapshot -l follow -d 'wait at the end of the last FILE for more, and go on with the log after it'
complete -c cdc-snapshot -l no-verify-checksum -d 'do not check the CRC32 of events'
complete -c cdc-snapshot -l on-error -d 'warn: leave out what cannot be decoded, and go on' -x -a 'stop warn'
complete -c cdc-snapshot -l schema -d 'schema records, for what the log does not say of its tables' -r
complete -c cdc-snapshot -l trust-current-schema -d 'no table was altered since what is read was logged: the servers current schema holds for all of it'
complete -c cdc-snapshot -l lower-case-names -d 'files of a server with lower_case_table_names: however statements write names of tables, they are in small letters'
complete -c cdc-snapshot -l hold -d 'memory for a transaction whose end is not known; a larger one goes to a temporary file (8M)' -x
complete -c cdc-snapshot -l signal -d 'the signal table (db.table): its rows ask for tables to be copied while the stream runs' -x
complete -c cdc-snapshot -l signal-data-collection -d 'the signal table (db.table): its rows ask for tables to be copied while the stream runs' -x
complete -c cdc-snapshot -l chunk-size -d 'rows that such a copy reads at once (1024)' -x
complete -c cdc-snapshot -l incremental-snapshot-chunk-size -d 'rows that such a copy reads at once (1024)' -x
complete -c cdc-snapshot -l online-ddl -d 'gh-ost, pt-osc: with --schema-changes, the tables that they fill beside one, too; else none of them' -x
complete -c cdc-snapshot -l skip-op -d 'leave out operations: c, u, d, t' -x
complete -c cdc-snapshot -l include-gtid -d 'only transactions of these GTID sources (domain-server)' -x
complete -c cdc-snapshot -l gtid-source-includes -d 'only transactions of these GTID sources (domain-server)' -x
complete -c cdc-snapshot -l exclude-gtid -d 'not the transactions of these GTID sources' -x
complete -c cdc-snapshot -l gtid-source-excludes -d 'not the transactions of these GTID sources' -x
complete -c cdc-snapshot -l include-server-id -d 'only transactions that these servers made' -x
complete -c cdc-snapshot -l skip-replication -d 'leave out transactions made with @@skip_replication'
complete -c cdc-snapshot -l count -d 'end after N data records' -x
complete -c cdc-snapshot -l tombstones -d 'a tombstone after every delete'
complete -c cdc-snapshot -l transactions -d 'records for the BEGIN and END of transactions'
complete -c cdc-snapshot -l schema-changes -d 'records for DDL statements'
complete -c cdc-snapshot -l control -d 'heartbeats and table schemas, for a sink that keeps a position'
complete -c cdc-snapshot -l xa -d 'print XA transactions at their COMMIT, or (as Debezium) at PREPARE, whatever becomes of them' -x -a 'commit prepare'
complete -c cdc-snapshot -l history -d 'system-versioned tables: history rows, too, as they are logged'
complete -c cdc-snapshot -l heartbeat -d 'with --control: at most this between heartbeats (10s)' -x
complete -c cdc-snapshot -l query -d 'the statements text in source.query'
complete -c cdc-snapshot -l unavailable-value -d 'print columns that the log does not hold as TEXT (left out)' -x
complete -c cdc-snapshot -l verbose -d 'say more on standard error' -s v
complete -c cdc-snapshot -l quiet -d 'no warnings on standard error' -s q
complete -c cdc-snapshot -l help -d 'print this help'
complete -c cdc-snapshot -l version -d 'print the version'
complete -c cdc-apply -l host -d 'the server; of several, one that can be reached' -s h -x
complete -c cdc-apply -l port -d 'its TCP port' -s P -x
complete -c cdc-apply -l socket -d 'its socket' -s S -r
complete -c cdc-apply -l protocol -d 'which of the two to use, if the host is this machine' -x -a 'tcp socket'
complete -c cdc-apply -l user -d 'account' -s u -x
complete -c cdc-apply -l password -d 'ask for the password; otherwise it is that of an option file' -s p
complete -c cdc-apply -l defaults-file -d 'read only this option file: [client], [client-mariadb], [cdc]' -r
complete -c cdc-apply -l defaults-extra-file -d 'also read this one' -r
complete -c cdc-apply -l defaults-group-suffix -d 'also read groups whose names end with it' -x
complete -c cdc-apply -l no-defaults -d 'read no option file'
complete -c cdc-apply -l ssl -d 'require an encrypted connection'
complete -c cdc-apply -l skip-ssl -d 'do not encrypt the connection'
complete -c cdc-apply -l ssl-verify-server-cert -d 'verify the servers certificate, and that it names the host'
complete -c cdc-apply -l skip-ssl-verify-server-cert -d 'do not verify the servers certificate'
complete -c cdc-apply -l ssl-ca -d 'certificates of the authorities to trust' -r
complete -c cdc-apply -l ssl-capath -d 'the same, a folder' -x
complete -c cdc-apply -l ssl-cert -d 'our certificate' -r
complete -c cdc-apply -l ssl-key -d 'our key' -r
complete -c cdc-apply -l ssl-cipher -d 'ciphers to allow' -x
complete -c cdc-apply -l ssl-crl -d 'certificates that were revoked' -r
complete -c cdc-apply -l ssl-crlpath -d 'the same, a folder' -x
complete -c cdc-apply -l ssl-fp -d 'fingerprint of the servers certificate' -x
complete -c cdc-apply -l tls-version -d 'versions that are allowed' -x
complete -c cdc-apply -l map -d 'db.table of the source is db.table of the target; $1 is a group' -x
complete -c cdc-apply -l map-column -d 'the same for db.table.column' -x
complete -c cdc-apply -l set -d 'set this column to that expression in every row' -x
complete -c cdc-apply -l ignore-unknown-columns -d 'leave out columns that the target does not have'
complete -c cdc-apply -l system-tables -d 'also write to mysql, sys, … and to tables of positions'
complete -c cdc-apply -l schema -d 'schema records that say what types columns have' -r
complete -c cdc-apply -l insert-mode -d 'creates and reads: upsert (insert, or change what is there), insert, or update only' -x -a 'upsert insert update'
complete -c cdc-apply -l no-delete -d 'leave out deletes and truncates'
complete -c cdc-apply -l batch -d 'about how many changes make a transaction of the target (20000)' -x
complete -c cdc-apply -l batch-time -d 'or as many as arrive within this time (1s)' -x
complete -c cdc-apply -l split-transactions -d 'commit transactions larger than --batch in parts: half of one can be seen'
complete -c cdc-apply -l no-reorder -d 'keep the order of all changes, and make every one of them'
complete -c cdc-apply -l allow-triggers -d 'allow tables that have triggers'
complete -c cdc-apply -l schema-evolution -d 'tables of the target: check them, add tables and columns, or execute the sources statements' -x -a 'none check add apply-ddl'
complete -c cdc-apply -l evolve -d 'of that: follow, ignore or stop at add.column, drop.table, …' -x
complete -c cdc-apply -l skip-replication -d 'mark changes so that cdc-tail --skip-replication leaves them out'
complete -c cdc-apply -l dry-run -d 'print the SQL instead'
complete -c cdc-apply -l shape -d 'what payloads without source and op beside them are (auto)' -x -a 'auto envelope row'
complete -c cdc-apply -l name -d 'the positions name, a consumer group (cdc)' -x
complete -c cdc-apply -l offsets-db -d 'where cdc_offsets and kafka_consumer_offsets are (cdc)' -x
complete -c cdc-apply -l state -d 'also write the position there, for cdc-tail --state' -r
complete -c cdc-apply -l no-state -d 'keep no position: any stream, at least once'
complete -c cdc-apply -l at-least-once -d 'allow tables of engines without transactions'
complete -c cdc-apply -l gtid-order -d 'arrival: sequence numbers need not grow' -x -a 'strict arrival'
complete -c cdc-apply -l accept-lists -d 'accept a stream with other include and exclude lists'
complete -c cdc-apply -l show-state -d 'print the position and exit'
complete -c cdc-apply -l forget -d 'forget the position and exit'
complete -c cdc-apply -l retries -d 'at most this often after deadlocks and lost connections (10)' -x
complete -c cdc-apply -l retry-delay -d 'before the first, then twice as long (500ms)' -x
complete -c cdc-apply -l retry-delay-max -d 'at most this long (60s)' -x
complete -c cdc-apply -l dlq -d 'records that cannot be applied go there, and later ones of the same keys' -r
complete -c cdc-apply -l dlq-max -d 'at most this many entries (10000)' -x
complete -c cdc-apply -l replay-dlq -d 'apply its entries in order and exit' -r
complete -c cdc-apply -l decimal -d 'DECIMAL values' -x -a 'string double precise numeric'
complete -c cdc-apply -l time -d 'temporal values' -x -a 'adaptive_time_microseconds connect isostring string microseconds nanoseconds'
complete -c cdc-apply -l binary -d 'BINARY and BLOB values' -x -a 'base64 base64-url-safe hex'
complete -c cdc-apply -l bigint-unsigned -d 'BIGINT UNSIGNED values' -x -a 'number string precise'
complete -c cdc-apply -l json -d 'JSON values' -x -a 'string embed'
complete -c cdc-apply -l verbose -d 'say more on standard error' -s v
complete -c cdc-apply -l quiet -d 'no warnings on standard error' -s q
complete -c cdc-apply -l help -d 'print this help'
complete -c cdc-apply -l version -d 'print the version'
complete -c cdc-audit -l table -d 'the audit table (audit.audit_trail)' -x
complete -c cdc-audit -l reads -d 'also take the rows of a snapshot, as INSERT'
complete -c cdc-audit -l ddl -d 'print the statement that creates it, and exit'
complete -c cdc-audit -l partition-months -d 'print statements that give it partitions for this month and as many after it, where one is missing, and exit' -x
complete -c cdc-audit -l shape -d 'what payloads without source and op beside them are (auto)' -x -a 'auto envelope row'
complete -c cdc-audit -l pass-unknown -d 'let lines that do not say what an option needs to know pass as they are'
complete -c cdc-audit -l verbose -d 'say more on standard error' -s v
complete -c cdc-audit -l quiet -d 'no warnings on standard error' -s q
complete -c cdc-audit -l help -d 'print this help'
complete -c cdc-audit -l version -d 'print the version'
