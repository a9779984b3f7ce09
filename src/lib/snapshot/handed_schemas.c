/* SPDX-License-Identifier: MIT */
#include "snapshot/handed_schemas.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/tempfile.h"
#include "json/write.h"
#include "print/schema_record.h"
#include "snapshot/snapshot.h"

struct handed {
	const struct snapshot_source *source;
	FILE *file;
};

/* A database is the record of a table without a name. */
static void
put(void *arg, const struct schema_entry *entry)
{
	const struct handed *h = arg;
	struct buf line = { 0 };

	for (size_t i = 0; i < entry->nrecords; i++) {
		line.n = 0;
		buf_str(&line, "{\"source\":");
		json_first(&line, "file", span_of(h->source->file));
		buf_str(&line, ",\"pos\":");
		buf_u64(&line, h->source->pos);
		buf_str(&line, "},\"tableChanges\":[");
		schema_record_put_front(&line, "CREATE", span_of(entry->db),
		    span_of(entry->name));
		schema_record_put_defined(&line, entry->records[i]);
		buf_str(&line, "}]}\n");
		fwrite(line.p, 1, line.n, h->file);
	}
	buf_free(&line);
}

int
handed_schemas(const struct snapshot_options *opt,
    const struct snapshot_source *source, struct err *err)
{
	struct handed h = { .source = source };
	int fd;

	if (opt->done.states.copy.path)
		return -1;
	if ((fd = tempfile_open(err)) < 0)
		return -2;
	h.file = fdopen(fd, "w");
	if (h.file) {
		schemas_each(source->schemas, put, &h);
		fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
		if (fclose(h.file) == 0 && fd >= 0)
			return fd;
	}
	if (fd >= 0)
		close(fd);
	return err_errno(err, ERR_OS, "schemas for cdc-tail"), -2;
}
