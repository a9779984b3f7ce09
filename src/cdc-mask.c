/* SPDX-License-Identifier: MIT
 *
 * cdc-mask - hash, mask, shorten and tokenize columns
 *
 * Records in, the same records out, in which no value of a masked column is
 * left: not in a row, a key or a header, a schema record or a statement.  What
 * could hold one and cannot be judged is an error.  See cdc-mask(1).
 */
#include "cdc.h"
#include "mask/masker.h"

#define OPTIONS struct mask_options
#define RULE_READER(name, kind)                                              \
	typedef struct mask_rules name##_fills;                              \
	static int                                                           \
	name(void *rules, const char *text, struct err *err)                 \
	{                                                                    \
		return mask_rules_add(rules, kind, text, err);               \
	}
RULE_READER(read_hash, MASK_HASH)
RULE_READER(read_hash_v1, MASK_HASH_V1)
RULE_READER(read_mask, MASK_STARS)
RULE_READER(read_truncate, MASK_TRUNCATE)
RULE_READER(read_null, MASK_NULL)
RULE_READER(read_redact, MASK_REDACT)
RULE_READER(read_tokenize, MASK_TOKENIZE)
RULE_READER(read_email, MASK_EMAIL)
RULE_READER(read_pass, MASK_PASS)
OPTION_READER(read_rules, mask_rules_read, struct mask_rules)
OPTION_READER(read_headers, name_set_add, struct name_set)

static const struct option_row options[] = {
	HEADING_ROW("Rules: the first that matches db.table.column applies"),
	CALL_ROW("hash", rules, read_hash, "REGEX,...[=HASH]",
	    "replace values by their salted hash (SHA-256)"),
	CALL_ROW("hash-v1", rules, read_hash_v1, "REGEX,...[=HASH]",
	    "the same as Debezium's first version of it"),
	CALL_ROW("mask", rules, read_mask, "REGEX,...=N",
	    "replace values by N asterisks"),
	CALL_ROW("redact", rules, read_redact, "REGEX,...=TEXT",
	    "replace values by this text"),
	CALL_ROW("truncate", rules, read_truncate, "REGEX,...=N",
	    "leave the first N characters of values"),
	CALL_ROW("null", rules, read_null, "REGEX,...",
	    "replace values by null"),
	CALL_ROW("tokenize", rules, read_tokenize, "REGEX,...",
	    "replace digits by digits and letters by letters, equal values "
	    "by equal ones"),
	CALL_ROW("email", rules, read_email, "REGEX,...[=DOMAIN]",
	    "replace values by addresses, equal ones by equal ones"),
	CALL_ROW("pass", rules, read_pass, "REGEX,...",
	    "leave values as they are"),
	CALL_ROW("rules", rules, read_rules, "FILE",
	    "rules from a file, one per line: KIND REGEX[=ARGUMENT]"),
	FLAG_ROW("fail-on-unlisted", fail_on_unlisted,
	    "treat a column without a rule as an error"),

	HEADING_ROW("Secrets"),
	TEXT_ROW("key-file", key_file, "FILE",
	    "the key of --tokenize and --email"),
	TEXT_ROW("salt-file", salt_file, "FILE", "the salt of --hash"),

	HEADING_ROW("What may pass although it could hold masked values"),
	CALL_ROW("pass-header", pass_headers, read_headers, "NAME,...",
	    "headers of these names"),
	FLAG_ROW("pass-statements", pass_statements,
	    "statements in schema records"),
	FLAG_ROW("pass-copies", pass_copies,
	    "keys and conditions of copies in heartbeats"),
	FLAG_ROW("trust-topics", trust_topics,
	    "rows whose table only the topic tells, and topics that are not "
	    "those of their tables"),
	FLAG_ROW("trust-types", trust_types,
	    "values of columns whose type no schema record told fit their "
	    "rule"),
	PASS_UNKNOWN_ROW(pass_unknown),
	HEADING_ROW("Lines"),
	SHAPE_ROW(shape),
	STRICT_ROW,
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-mask",
	.summary = "hash, mask, shorten and tokenize columns",
	.synopsis = "[options] < RECORDS",
	.options = options,
};

struct stage {
	struct masker masker;
	struct buf key, salt;
	struct hmac *hmac;
	struct buf prefix;      /* of heartbeats that came */
};

#define MAKE_SECRET "umask 077; head -c 32 /dev/urandom | base64 >"

static void
check_usage(const struct mask_options *opt)
{
	const struct mask_rules *rules = &opt->rules;
	bool hashes = mask_rules_have(rules, MASK_HASH) ||
	    mask_rules_have(rules, MASK_HASH_V1);
	bool keyed = mask_rules_have(rules, MASK_TOKENIZE) ||
	    mask_rules_have(rules, MASK_EMAIL);

	if (!rules->n && !opt->fail_on_unlisted)
		cli_usage(&tool, "no rule given");
	if (hashes && !opt->salt_file)
		cli_misuse("make a salt once, and keep it: " MAKE_SECRET
		    "salt; --salt-file salt", "--hash needs --salt-file");
	if (keyed && !opt->key_file)
		cli_misuse("make a key once, and keep it: " MAKE_SECRET
		    "key; --key-file key", "--tokenize and --email need "
		    "--key-file");
}

/* Read the secrets that rules need. */
static int
stage_open(struct stage *st, struct mask_options *opt, struct err *err)
{
	st->masker.opt = opt;
	st->masker.columns.rules = &opt->rules;
	if (opt->salt_file && (secret_read(&st->salt, opt->salt_file,
	    "--salt-file", 1, err) < 0 || mask_rules_arm(&opt->rules,
	    buf_view(&st->salt), err) < 0))
		return -1;
	if (!opt->key_file)
		return 0;
	if (secret_read(&st->key, opt->key_file, "--key-file",
	    SECRET_KEY_LEAST, err) < 0)
		return -1;
	st->hmac = st->masker.values.hmac = hmac_new(buf_view(&st->key), err);
	return st->hmac ? 0 : -1;
}

static void
stage_clear(struct stage *st, struct mask_options *opt)
{
	masker_clear(&st->masker);
	mask_rules_clear(&opt->rules);
	name_set_clear(&opt->pass_headers);
	secret_clear(&st->key);
	secret_clear(&st->salt);
	hmac_free(st->hmac);
	buf_free(&st->prefix);
}

static void
filter(struct stage *st, struct err *err)
{
	struct record rec = {
		.shape = (enum record_shape)st->masker.opt->shape,
	};
	struct lines in;
	struct line line;

	lines_open(&in);
	while (lines_next(&in, &line, err) > 0) {
		if (record_scan(&rec, &line, err) < 0 ||
		    masker_record(&st->masker, &rec, err) < 0)
			break;
		end_note(&st->prefix, &rec);
		record_emit(&rec, &in);
	}
	lines_close(&in);
	end_print(buf_view(&st->prefix), err);
	record_clear(&rec);
}

int
main(int argc, char **argv)
{
	struct mask_options opt = { .fail_on_unlisted = false };
	struct stage st = { .hmac = NULL };
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_no_file(&tool, argv[first]);
	check_usage(&opt);
	if (stage_open(&st, &opt, &err) == 0)
		filter(&st, &err);
	stage_clear(&st, &opt);
	return cli_finish(&err);
}
