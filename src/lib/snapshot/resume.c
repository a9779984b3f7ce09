/* SPDX-License-Identifier: MIT */
#include "snapshot/resume.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/hash.h"
#include "catalog/cascades.h"
#include "print/schema_record.h"

bool
resume_has_key(const struct schema_table *t)
{
	for (size_t i = 0; i < t->nkeys; i++) {
		bool whole = true;

		for (size_t c = 0; c < t->keys[i].ncolumns; c++) {
			const struct schema_column *col = schema_column_find(t,
			    span_of(t->keys[i].columns[c]));

			whole = whole && col && col->required;
		}
		if (whole || t->keys[i].primary)
			return true;
	}
	return false;
}

uint64_t
resume_form(const struct copied_table *t)
{
	struct buf text = { 0 };
	uint64_t form;

	if (!t->schema)
		return 0;
	buf_printf(&text, "%s.%s", t->db, t->name);
	schema_record_put_defined(&text, t->schema);
	form = hash_span(buf_view(&text), 0);
	buf_free(&text);
	return form;
}

/* ---- foreign keys */

static bool
is_copied(void *arg, const char *db, const char *name)
{
	const struct snapshot_source *source = arg;

	for (size_t i = 0; i < source->ntables; i++)
		if (strcmp(source->tables[i].db, db) == 0 &&
		    strcmp(source->tables[i].name, name) == 0)
			return true;
	return false;
}

int
resume_cascades(struct snapshot_source *source, struct buf *who,
    struct err *err)
{
	int found = 0;

	for (size_t i = 0; i < source->ntables && found == 0; i++) {
		const struct copied_table *t = &source->tables[i];

		if (t->schema)
			found = cascades_each(source->db, t->db, t->name,
			    is_copied, source, err);
		if (found < 0 && err->kind == ERR_CONFIG) {
			err_clear(err);
			found = 1;      /* for all that we may see */
		}
		if (found > 0 && who)
			buf_printf(who, "%s.%s", t->db, t->name);
	}
	return found;
}

/* ---- the verdict */

static bool
has_keys(const struct snapshot_source *source,
    bool (*left)(void *arg, const struct copied_table *t), void *arg)
{
	for (size_t i = 0; i < source->ntables; i++) {
		const struct copied_table *t = &source->tables[i];

		if (t->schema && !resume_has_key(t->schema) && left(arg, t)) {
			log_warn("table %s.%s has no key: the copy starts "
			    "over", t->db, t->name);
			return false;
		}
	}
	return true;
}

int
resume_logs_whole(struct snapshot_source *source, char **image,
    struct err *err)
{
	char *text = db_value(source->db, err,
	    SQL("SELECT @@GLOBAL.binlog_row_image"));
	int whole = text ? strncmp(text, "FULL", 4) == 0 : -1;

	if (image)
		*image = text;
	else
		free(text);
	return whole;
}

/* 1, 0, -1 */
static int
logs_whole_rows(struct snapshot_source *source, struct err *err)
{
	char *image = NULL;
	int whole = resume_logs_whole(source, &image, err);

	if (whole == 0)
		log_warn("the source logs only part of each row "
		    "(binlog_row_image=%s): the copy starts over", image);
	free(image);
	return whole;
}

static int
no_cascades(struct snapshot_source *source, struct err *err)
{
	struct buf who = { 0 };
	int found = resume_cascades(source, &who, err);

	if (found > 0)
		log_warn("a foreign key of table %s changes its rows, which "
		    "no log records: the copy starts over", buf_cstr(&who));
	buf_free(&who);
	return found < 0 ? -1 : !found;
}

int
resume_may(struct snapshot_source *source,
    bool (*left)(void *arg, const struct copied_table *t), void *arg,
    bool altered, struct err *err)
{
	int may;

	if (!has_keys(source, left, arg))
		return 0;
	if (altered && source->opt->tail.tail.schema_changes) {
		log_warn("remaining tables were altered, created or dropped: "
		    "the copy starts over");
		return 0;
	}
	may = logs_whole_rows(source, err);
	return may > 0 ? no_cascades(source, err) : may;
}
