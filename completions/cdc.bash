# bash completion for cdc-tools; made by build-aux/completions from the option tables: do not edit

_cdc_tail()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --host) return ;;
    --port) return ;;
    --protocol) COMPREPLY=($(compgen -W 'tcp socket' -- "$cur")); return ;;
    --user) return ;;
    --defaults-group-suffix) return ;;
    --ssl-capath) return ;;
    --ssl-cipher) return ;;
    --ssl-crlpath) return ;;
    --ssl-fp) return ;;
    --tls-version) return ;;
    --server-id) return ;;
    --retries) return ;;
    --retry-delay) return ;;
    --retry-delay-max) return ;;
    --from) return ;;
    --start-position) return ;;
    --until) return ;;
    --stop-position) return ;;
    --start-datetime) return ;;
    --stop-datetime) return ;;
    --count) return ;;
    --other-domains) COMPREPLY=($(compgen -W 'refuse earliest now' -- "$cur")); return ;;
    --gtid-order) COMPREPLY=($(compgen -W 'strict arrival' -- "$cur")); return ;;
    --on-error) COMPREPLY=($(compgen -W 'stop warn' -- "$cur")); return ;;
    --hold) return ;;
    --signal) return ;;
    --signal-data-collection) return ;;
    --chunk-size) return ;;
    --incremental-snapshot-chunk-size) return ;;
    --include-db) return ;;
    --exclude-db) return ;;
    --include-table) return ;;
    --exclude-table) return ;;
    --online-ddl) return ;;
    --skip-op) return ;;
    --include-gtid) return ;;
    --gtid-source-includes) return ;;
    --exclude-gtid) return ;;
    --gtid-source-excludes) return ;;
    --include-server-id) return ;;
    --xa) COMPREPLY=($(compgen -W 'commit prepare' -- "$cur")); return ;;
    --heartbeat) return ;;
    --topic-prefix) return ;;
    --unavailable-value) return ;;
    --decimal) COMPREPLY=($(compgen -W 'string double precise numeric' -- "$cur")); return ;;
    --time) COMPREPLY=($(compgen -W 'adaptive_time_microseconds connect isostring string microseconds nanoseconds' -- "$cur")); return ;;
    --binary) COMPREPLY=($(compgen -W 'base64 base64-url-safe hex' -- "$cur")); return ;;
    --bigint) COMPREPLY=($(compgen -W 'number string' -- "$cur")); return ;;
    --bigint-unsigned) COMPREPLY=($(compgen -W 'number string precise' -- "$cur")); return ;;
    --json) COMPREPLY=($(compgen -W 'string embed' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--host --port --socket --protocol --user --password --defaults-file --defaults-extra-file --defaults-group-suffix --no-defaults --ssl --skip-ssl --ssl-verify-server-cert --skip-ssl-verify-server-cert --ssl-ca --ssl-capath --ssl-cert --ssl-key --ssl-cipher --ssl-crl --ssl-crlpath --ssl-fp --tls-version --server-id --retries --retry-delay --retry-delay-max --state --accept-lists --from --start-position --until --stop-position --start-datetime --stop-datetime --count --other-domains --gtid-order --follow --no-verify-checksum --on-error --schema --trust-current-schema --lower-case-names --hold --signal --signal-data-collection --chunk-size --incremental-snapshot-chunk-size --include-db --exclude-db --include-table --exclude-table --online-ddl --skip-op --include-gtid --gtid-source-includes --exclude-gtid --gtid-source-excludes --include-server-id --skip-replication --tombstones --transactions --schema-changes --control --xa --history --heartbeat --write-state --strict --topic-prefix --query --unavailable-value --decimal --time --binary --bigint --bigint-unsigned --json --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_tail cdc-tail

_cdc_filter()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --include-db) return ;;
    --exclude-db) return ;;
    --include-table) return ;;
    --exclude-table) return ;;
    --canal-filter) return ;;
    --canal-black-filter) return ;;
    --online-ddl) return ;;
    --maxwell-filter) return ;;
    --op) return ;;
    --where) return ;;
    --sample) return ;;
    --shard) return ;;
    --by) return ;;
    --where-image) COMPREPLY=($(compgen -W 'any before after' -- "$cur")); return ;;
    --include-column) return ;;
    --exclude-column) return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--include-db --exclude-db --include-table --exclude-table --canal-filter --canal-black-filter --online-ddl --maxwell-filter --op --where --sample --shard --by --where-image --partition-moves --skip-unchanged --include-column --exclude-column --strict --shape --pass-unknown --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_filter cdc-filter

_cdc_unwrap()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --deletes) COMPREPLY=($(compgen -W 'drop tombstone rewrite rewrite-with-tombstone delete-to-tombstone' -- "$cur")); return ;;
    --delete-handling-mode) COMPREPLY=($(compgen -W 'drop rewrite none' -- "$cur")); return ;;
    --drop-tombstones) COMPREPLY=($(compgen -W 'false true' -- "$cur")); return ;;
    --add-fields) return ;;
    --add-fields-prefix) return ;;
    --add-headers) return ;;
    --add-headers-prefix) return ;;
    --header-to-field) return ;;
    --headers) COMPREPLY=($(compgen -W 'move copy' -- "$cur")); return ;;
    --changed) return ;;
    --unchanged) return ;;
    --diff) return ;;
    --drop-fields) return ;;
    --drop-fields-header) return ;;
    --route-by-field) return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--deletes --delete-handling-mode --drop-tombstones --add-fields --add-fields-prefix --add-headers --add-headers-prefix --header-to-field --headers --changed --unchanged --diff --only-changed --drop-fields --drop-fields-header --drop-fields-from-key --route-by-field --strict --shape --pass-unknown --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_unwrap cdc-unwrap

_cdc_route()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --key-field) return ;;
    --key-field-regex) return ;;
    --key-field-replacement) return ;;
    --key-columns) return ;;
    --partition-by) return ;;
    --partitions) return ;;
    --hash) COMPREPLY=($(compgen -W 'murmur2 java debezium' -- "$cur")); return ;;
    --timestamp-zone) return ;;
    --datetime-zone) return ;;
    --datetime-doubt) COMPREPLY=($(compgen -W 'before after error' -- "$cur")); return ;;
    --zone-include) return ;;
    --zone-exclude) return ;;
    --time) COMPREPLY=($(compgen -W 'adaptive_time_microseconds connect isostring string microseconds nanoseconds' -- "$cur")); return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--rules --key-field --key-field-regex --key-field-replacement --key-columns --tombstones --partition-by --partitions --hash --timestamp-zone --datetime-zone --datetime-doubt --zone-include --zone-exclude --time --schema --shape --strict --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_route cdc-route

_cdc_check()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --host) return ;;
    --port) return ;;
    --protocol) COMPREPLY=($(compgen -W 'tcp socket' -- "$cur")); return ;;
    --user) return ;;
    --defaults-group-suffix) return ;;
    --ssl-capath) return ;;
    --ssl-cipher) return ;;
    --ssl-crlpath) return ;;
    --ssl-fp) return ;;
    --tls-version) return ;;
    --job) COMPREPLY=($(compgen -W 'tail snapshot apply' -- "$cur")); return ;;
    --format) COMPREPLY=($(compgen -W 'table json' -- "$cur")); return ;;
    --print-grants) return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--host --port --socket --protocol --user --password --defaults-file --defaults-extra-file --defaults-group-suffix --no-defaults --ssl --skip-ssl --ssl-verify-server-cert --skip-ssl-verify-server-cert --ssl-ca --ssl-capath --ssl-cert --ssl-key --ssl-cipher --ssl-crl --ssl-crlpath --ssl-fp --tls-version --job --state --format --print-config --print-grants --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_check cdc-check

_cdc_snapshot()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --host) return ;;
    --port) return ;;
    --protocol) COMPREPLY=($(compgen -W 'tcp socket' -- "$cur")); return ;;
    --user) return ;;
    --defaults-group-suffix) return ;;
    --ssl-capath) return ;;
    --ssl-cipher) return ;;
    --ssl-crlpath) return ;;
    --ssl-fp) return ;;
    --tls-version) return ;;
    --include-db) return ;;
    --exclude-db) return ;;
    --include-table) return ;;
    --exclude-table) return ;;
    --include-column) return ;;
    --exclude-column) return ;;
    --where) return ;;
    --mode) return ;;
    --lock) COMPREPLY=($(compgen -W 'minimal extended none' -- "$cur")); return ;;
    --lock-wait) return ;;
    --lock-wait-timeout) return ;;
    --ddl-waiting) COMPREPLY=($(compgen -W 'ignore stop' -- "$cur")); return ;;
    --xa-timeout) return ;;
    --threads) return ;;
    --throttle) return ;;
    --topic-prefix) return ;;
    --decimal) COMPREPLY=($(compgen -W 'string double precise numeric' -- "$cur")); return ;;
    --time) COMPREPLY=($(compgen -W 'adaptive_time_microseconds connect isostring string microseconds nanoseconds' -- "$cur")); return ;;
    --binary) COMPREPLY=($(compgen -W 'base64 base64-url-safe hex' -- "$cur")); return ;;
    --bigint) COMPREPLY=($(compgen -W 'number string' -- "$cur")); return ;;
    --bigint-unsigned) COMPREPLY=($(compgen -W 'number string precise' -- "$cur")); return ;;
    --json) COMPREPLY=($(compgen -W 'string embed' -- "$cur")); return ;;
    --server-id) return ;;
    --retries) return ;;
    --retry-delay) return ;;
    --retry-delay-max) return ;;
    --from) return ;;
    --start-position) return ;;
    --until) return ;;
    --stop-position) return ;;
    --start-datetime) return ;;
    --stop-datetime) return ;;
    --count) return ;;
    --other-domains) COMPREPLY=($(compgen -W 'refuse earliest now' -- "$cur")); return ;;
    --gtid-order) COMPREPLY=($(compgen -W 'strict arrival' -- "$cur")); return ;;
    --on-error) COMPREPLY=($(compgen -W 'stop warn' -- "$cur")); return ;;
    --hold) return ;;
    --signal) return ;;
    --signal-data-collection) return ;;
    --chunk-size) return ;;
    --incremental-snapshot-chunk-size) return ;;
    --online-ddl) return ;;
    --skip-op) return ;;
    --include-gtid) return ;;
    --gtid-source-includes) return ;;
    --exclude-gtid) return ;;
    --gtid-source-excludes) return ;;
    --include-server-id) return ;;
    --xa) COMPREPLY=($(compgen -W 'commit prepare' -- "$cur")); return ;;
    --heartbeat) return ;;
    --unavailable-value) return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--host --port --socket --protocol --user --password --defaults-file --defaults-extra-file --defaults-group-suffix --no-defaults --ssl --skip-ssl --ssl-verify-server-cert --skip-ssl-verify-server-cert --ssl-ca --ssl-capath --ssl-cert --ssl-key --ssl-cipher --ssl-crl --ssl-crlpath --ssl-fp --tls-version --include-db --exclude-db --include-table --exclude-table --include-column --exclude-column --where --strict --mode --state --write-state --lock --lock-wait --lock-wait-timeout --ddl-waiting --xa-timeout --threads --throttle --progress --topic-prefix --decimal --time --binary --bigint --bigint-unsigned --json --server-id --retries --retry-delay --retry-delay-max --accept-lists --from --start-position --until --stop-position --start-datetime --stop-datetime --count --other-domains --gtid-order --follow --no-verify-checksum --on-error --schema --trust-current-schema --lower-case-names --hold --signal --signal-data-collection --chunk-size --incremental-snapshot-chunk-size --online-ddl --skip-op --include-gtid --gtid-source-includes --exclude-gtid --gtid-source-excludes --include-server-id --skip-replication --tombstones --transactions --schema-changes --control --xa --history --heartbeat --query --unavailable-value --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_snapshot cdc-snapshot

_cdc_apply()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --host) return ;;
    --port) return ;;
    --protocol) COMPREPLY=($(compgen -W 'tcp socket' -- "$cur")); return ;;
    --user) return ;;
    --defaults-group-suffix) return ;;
    --ssl-capath) return ;;
    --ssl-cipher) return ;;
    --ssl-crlpath) return ;;
    --ssl-fp) return ;;
    --tls-version) return ;;
    --map) return ;;
    --map-column) return ;;
    --set) return ;;
    --accept-tables) return ;;
    --insert-mode) COMPREPLY=($(compgen -W 'upsert insert update' -- "$cur")); return ;;
    --batch) return ;;
    --batch-time) return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    --schema-evolution) COMPREPLY=($(compgen -W 'none check add apply-ddl' -- "$cur")); return ;;
    --evolve) return ;;
    --name) return ;;
    --offsets-db) return ;;
    --gtid-order) COMPREPLY=($(compgen -W 'strict arrival' -- "$cur")); return ;;
    --retries) return ;;
    --retry-delay) return ;;
    --retry-delay-max) return ;;
    --dlq-max) return ;;
    --decimal) COMPREPLY=($(compgen -W 'string double precise numeric' -- "$cur")); return ;;
    --time) COMPREPLY=($(compgen -W 'adaptive_time_microseconds connect isostring string microseconds nanoseconds' -- "$cur")); return ;;
    --binary) COMPREPLY=($(compgen -W 'base64 base64-url-safe hex' -- "$cur")); return ;;
    --bigint-unsigned) COMPREPLY=($(compgen -W 'number string precise' -- "$cur")); return ;;
    --json) COMPREPLY=($(compgen -W 'string embed' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--host --port --socket --protocol --user --password --defaults-file --defaults-extra-file --defaults-group-suffix --no-defaults --ssl --skip-ssl --ssl-verify-server-cert --skip-ssl-verify-server-cert --ssl-ca --ssl-capath --ssl-cert --ssl-key --ssl-cipher --ssl-crl --ssl-crlpath --ssl-fp --tls-version --map --map-column --set --ignore-unknown-columns --system-tables --accept-tables --schema --insert-mode --no-delete --batch --batch-time --split-transactions --no-reorder --allow-triggers --skip-replication --dry-run --shape --schema-evolution --evolve --name --offsets-db --state --no-state --at-least-once --gtid-order --accept-lists --show-state --forget --retries --retry-delay --retry-delay-max --dlq --dlq-max --replay-dlq --decimal --time --binary --bigint-unsigned --json --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_apply cdc-apply

_cdc_audit()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --table) return ;;
    --partition-months) return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--table --reads --ddl --partition-months --shape --pass-unknown --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_audit cdc-audit

_cdc_format()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --to) COMPREPLY=($(compgen -W 'sql csv tsv debezium cloudevents resp canal template es-bulk maxwell kcat maxscale singer' -- "$cur")); return ;;
    --split) return ;;
    --batch) return ;;
    --columns) return ;;
    --null) return ;;
    --es-index) return ;;
    --es-version) COMPREPLY=($(compgen -W 'gtid none' -- "$cur")); return ;;
    --expire) return ;;
    --resp-command) return ;;
    --template) return ;;
    --maxwell) return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    --decimal) COMPREPLY=($(compgen -W 'string double precise numeric' -- "$cur")); return ;;
    --time) COMPREPLY=($(compgen -W 'adaptive_time_microseconds connect isostring string microseconds nanoseconds' -- "$cur")); return ;;
    --binary) COMPREPLY=($(compgen -W 'base64 base64-url-safe hex' -- "$cur")); return ;;
    --bigint-unsigned) COMPREPLY=($(compgen -W 'number string precise' -- "$cur")); return ;;
    --json) COMPREPLY=($(compgen -W 'string embed' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--to --schema --query --schema-changes --split --batch --es-template --columns --null --no-header --raw --es-index --es-version --drop-headers --expire --resp-command --template --template-file --maxwell --shape --decimal --time --binary --bigint-unsigned --json --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_format cdc-format

_cdc_show()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$cur")); return ;;
    --width) return ;;
    --timezone) return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--oneline --full --stat --summary --color --width --timezone --shape --pass-unknown --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_show cdc-show

_cdc_mask()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --hash) return ;;
    --hash-v1) return ;;
    --mask) return ;;
    --redact) return ;;
    --truncate) return ;;
    --null) return ;;
    --tokenize) return ;;
    --email) return ;;
    --pass) return ;;
    --pass-header) return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--hash --hash-v1 --mask --redact --truncate --null --tokenize --email --pass --rules --fail-on-unlisted --key-file --salt-file --pass-header --pass-statements --pass-copies --trust-topics --trust-types --pass-unknown --shape --strict --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_mask cdc-mask

_cdc_outbox()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --include-db) return ;;
    --exclude-db) return ;;
    --include-table) return ;;
    --exclude-table) return ;;
    --event-id) return ;;
    --event-key) return ;;
    --event-payload) return ;;
    --event-timestamp) return ;;
    --placement) return ;;
    --missing) COMPREPLY=($(compgen -W 'error ignore' -- "$cur")); return ;;
    --tracing-field) return ;;
    --route-by-field) return ;;
    --topic-regex) return ;;
    --topic-replacement) return ;;
    --on-update) COMPREPLY=($(compgen -W 'warn error fatal' -- "$cur")); return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--include-db --exclude-db --include-table --exclude-table --event-id --event-key --event-payload --event-timestamp --placement --missing --tracing-field --route-by-field --topic-regex --topic-replacement --expand-json --tombstone-on-empty --on-update --shape --strict --pass-unknown --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_outbox cdc-outbox

_cdc_exec()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --per) COMPREPLY=($(compgen -W 'record batch transaction table' -- "$cur")); return ;;
    --handlers) return ;;
    --jobs) return ;;
    --timeout) return ;;
    --batch) return ;;
    --linger) return ;;
    --to) COMPREPLY=($(compgen -W 'sql csv tsv debezium cloudevents resp canal template es-bulk maxwell kcat maxscale singer' -- "$cur")); return ;;
    --columns) return ;;
    --null) return ;;
    --es-index) return ;;
    --es-version) COMPREPLY=($(compgen -W 'gtid none' -- "$cur")); return ;;
    --expire) return ;;
    --resp-command) return ;;
    --template) return ;;
    --maxwell) return ;;
    --retries) return ;;
    --retry-delay) return ;;
    --retry-delay-max) return ;;
    --dlq-max) return ;;
    --factor) return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--per --handlers --keep-alive --literal --jobs --timeout --batch --linger --control --to --schema --columns --null --no-header --raw --es-index --es-version --drop-headers --expire --resp-command --template --template-file --maxwell --state --accept-lists --retries --retry-delay --retry-delay-max --dlq --dlq-max --replay-dlq --factor --shape --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_exec cdc-exec

_cdc_post()
{
    local cur=${COMP_WORDS[COMP_CWORD]}
    local prev=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $prev in
    --per) COMPREPLY=($(compgen -W 'record batch transaction' -- "$cur")); return ;;
    --header) return ;;
    --content-type) return ;;
    --jobs) return ;;
    --timeout) return ;;
    --batch) return ;;
    --linger) return ;;
    --to) COMPREPLY=($(compgen -W 'sql csv tsv debezium cloudevents resp canal template es-bulk maxwell kcat maxscale singer' -- "$cur")); return ;;
    --columns) return ;;
    --null) return ;;
    --es-index) return ;;
    --es-version) COMPREPLY=($(compgen -W 'gtid none' -- "$cur")); return ;;
    --expire) return ;;
    --resp-command) return ;;
    --template) return ;;
    --maxwell) return ;;
    --retries) return ;;
    --retry-delay) return ;;
    --retry-delay-max) return ;;
    --dlq-max) return ;;
    --shape) COMPREPLY=($(compgen -W 'auto envelope row' -- "$cur")); return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--per --array --bulk --header --content-type --jobs --timeout --bearer --basic --sign --cacert --cert --key --batch --linger --control --to --schema --columns --null --no-header --raw --es-index --es-version --drop-headers --expire --resp-command --template --template-file --maxwell --state --accept-lists --retries --retry-delay --retry-delay-max --dlq --dlq-max --replay-dlq --shape --verbose --quiet --help --version' -- "$cur"))
    else
        compopt -o default
    fi
}
complete -F _cdc_post cdc-post
