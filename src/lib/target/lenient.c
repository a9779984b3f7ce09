/* SPDX-License-Identifier: MIT */
#include "target/lenient.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/integer.h"
#include "db/errors.h"
#include "db/query.h"

/* The column of "… for column 'a' at row 1", "… for column `d`.`t`.`a` at row
 * 1"; -1: it names none. */
static int
column_named(const struct target *t, const char *text)
{
	const char *end = NULL, *begin;

	for (const char *p = text; (p = strstr(p, " at row ")); p++)
		end = p - 1;
	if (!end || end <= text || (*end != '\'' && *end != '`'))
		return -1;
	begin = memrchr(text, *end, (size_t)(end - text));
	return begin ? target_column_find(t, span_between(begin + 1, end)) : -1;
}

/* "Incorrect datetime value" of a column that has none: an expression read it.
 */
static bool
reads_as_time(const struct target_column *col)
{
	return col->class != CLASS_OTHER &&
	    (col->class < CLASS_YEAR || col->class > CLASS_TIMESTAMP);
}

/* Would a replica have taken it without a word? */
static bool
is_harmless(const struct rows_run *run, unsigned number, const char *text)
{
	int column = column_named(run->target, text);

	if (number == ER_NO_DEFAULT_FOR_FIELD)
		return run->lenient & LENIENT_OMITS;
	if (column < 0 || (number == ER_TRUNCATED_WRONG_VALUE &&
	    reads_as_time(&run->target->columns[column])))
		return true;
	if (number == WARN_DATA_TRUNCATED && (run->lenient & LENIENT_LABEL) &&
	    run->target->columns[column].class == CLASS_ENUM)
		return true;
	return run->target->columns[column].computed;
}

struct warnings {
	const struct rows_run *run;
	char *worse;            /* the first that is an error */
	uint64_t seen, all;     /* the server keeps max_error_count of them */
};

/* Level, number, text */
static int
take_warning(void *arg, char **v, size_t n)
{
	struct warnings *w = arg;

	w->seen++;
	if (n >= 3 && v[0] && v[1] && v[2] && !w->worse &&
	    strcmp(v[0], "Note") != 0 &&
	    !is_harmless(w->run, (unsigned)integer_or(v[1], 0), v[2]))
		w->worse = xstrdup(v[2]);
	return 0;
}

static int
take_count(void *arg, char **v, size_t n)
{
	struct warnings *w = arg;

	w->all = n > 0 ? integer_or(v[0], UINT64_MAX) : UINT64_MAX;
	return 0;
}

/* All warnings are looked at: the server's default is 64 of a statement. */
static int
set_mode(struct executor *x, const char *mode, struct sql_part warnings,
    struct err *err)
{
	return db_execute(x->db, err, SQL("SET SESSION sql_mode="),
	    SQL_TEXT(span_of(mode)), SQL(", max_error_count="),
	    warnings);
}

static int
look_at_warnings(struct executor *x, struct warnings *w, struct err *err)
{
	if (db_rows(x->db, take_warning, w, err, SQL("SHOW WARNINGS")) < 0 ||
	    db_rows(x->db, take_count, w, err,
	    SQL("SHOW COUNT(*) WARNINGS")) < 0)
		return -1;
	if (w->worse)
		return err_set(err, ERR_DATA, "%s", w->worse);
	return w->all == w->seen ? 0 : err_set(err, ERR_DATA, "more warnings "
	    "of expressions than the server keeps: others may be hidden");
}

int
lenient_run(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err)
{
	struct warnings w = { .run = run };
	int status = set_mode(x, x->lenient, SQL("65535"), err);

	if (status == 0)
		status = rows_run_all(x, run, matched, err);
	if (status == 0)
		status = look_at_warnings(x, &w, err);
	free(w.worse);
	if (err->kind == ERR_UNAVAILABLE)
		return -1;
	return set_mode(x, x->strict, SQL("64"), err) < 0 ? -1 : status;
}

/* Errors of strict mode, which are warnings without it. */
static bool
is_strict(unsigned number)
{
	static const unsigned numbers[] = {
		ER_WARN_DATA_OUT_OF_RANGE, WARN_DATA_TRUNCATED,
		ER_TRUNCATED_WRONG_VALUE, ER_NO_DEFAULT_FOR_FIELD,
		ER_DIVISION_BY_ZERO, ER_TRUNCATED_WRONG_VALUE_FOR_FIELD,
		ER_DATA_TOO_LONG, ER_WRONG_VALUE_FOR_TYPE,
		ER_DATETIME_FUNCTION_OVERFLOW,
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (numbers[i] == number)
			return true;
	return false;
}

bool
lenient_helps(struct executor *x, struct rows_run *run, const struct err *err)
{
	uint8_t was = run->lenient;

	if (!op_has_row(run->statement->kind) || !is_strict(db_errno(x->db)))
		return false;
	run->lenient |= LENIENT_COMPUTES;
	if (!is_harmless(run, db_errno(x->db), err->text)) {
		run->lenient = was;
		return false;
	}
	run->target->warns = true;
	return run->lenient != was;
}
