/* SPDX-License-Identifier: MIT */
#include "record/fault.h"

#include <inttypes.h>
#include <stdio.h>

#include "json/valid.h"

/* What a text of JSON is that is no object. */
static const char *
kind_of(struct span text)
{
	switch (text.p[0]) {
	case '[':
		return "an array, and not an object";
	case '"':
		return "a string, and not an object";
	default:
		return "a number or a word, and not an object";
	}
}

/* At which byte, if it is one. */
static int
refuse(const struct record *rec, const char *why, size_t byte,
    struct err *err)
{
	char place[40] = "";

	if (byte)
		snprintf(place, sizeof(place), " at byte %zu", byte);
	return err_set(err, ERR_DATA, "line %" PRIu64 ": not a record: %s%s",
	    rec->line.number, why, place);
}

int
record_not_json(const struct record *rec, struct err *err)
{
	struct span text = rec->line.text;
	const char *why;
	size_t byte = json_fault(text, &why);

	if (text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0)
		return refuse(rec, "it begins with a byte order mark", 0,
		    err);
	return byte ? refuse(rec, why, byte, err) :
	    refuse(rec, kind_of(rec->outline.text), 0, err);
}

static const char *
envelope_lacks(const struct record *rec)
{
	const struct members *m = &rec->value;
	char source = member_kind(m, M_SOURCE);

	if (!source)
		return "it has no source";
	if (source != '{')
		return "its source is not an object";
	if (!shape_names_table(&rec->block))
		return "its source does not name db and table";
	if (!member_kind(m, M_OP))
		return "it has no op";
	if (!shape_letter(m->v[M_OP]))
		return "its op is not one of c, u, d, r, t";
	if (!member_kind(m, M_BEFORE) && !member_kind(m, M_AFTER))
		return "it has neither before nor after";
	if (m->others)
		return "it has members that no envelope has";
	return NULL;
}

void
record_hint_envelope(const struct record *rec, struct err *err)
{
	const char *lacks = envelope_lacks(rec);

	if (lacks)
		err_hint(err, "it is not taken for an envelope because %s",
		    lacks);
}

/* The table that its source names; not a topic, which may be a value
 * (cdc-unwrap --route-by-field). */
int
record_fault(const struct record *rec, const char *words, struct err *err)
{
	if (!rec->db.p || !rec->table.p)
		return err_set(err, ERR_DATA, "line %" PRIu64 ": %s",
		    rec->line.number, words);
	return err_set(err, ERR_DATA, "line %" PRIu64 ": %s (%.*s.%.*s)",
	    rec->line.number, words, (int)rec->db.n, rec->db.p,
	    (int)rec->table.n, rec->table.p);
}

int
record_unknown(const struct record *rec, const char *table_option,
    struct err *err)
{
	char words[160];

	if (rec->letter == SHAPE_MESSAGE)
		snprintf(words, sizeof(words), "it is a message, not a change "
		    "of a row");
	else if (rec->kind == KIND_UNKNOWN)
		snprintf(words, sizeof(words), "its payload is neither an "
		    "object nor null");
	else if (table_option)
		snprintf(words, sizeof(words), "--%s needs to know the table, "
		    "which neither source.db and source.table nor a topic "
		    "prefix.db.table names", table_option);
	else
		snprintf(words, sizeof(words), "--op needs to know the "
		    "operation, and there is no op");
	record_fault(rec, words, err);
	return err_hint(err, "--pass-unknown lets such lines pass");
}
