/* SPDX-License-Identifier: MIT
 *
 * What every harness needs: no output, bytes as a file, and a log's records.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "source/file.h"
#include "io/out.h"
#include "tail/tail.h"

enum { MOST_RECORDS = 500 };

__attribute__((constructor)) static void
be_quiet(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(null, STDOUT_FILENO);
	close(null);
	log_set_level(LOG_QUIET);
}

const char *
fuzz_file(const uint8_t *data, size_t size)
{
	static char path[64];
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, 0) < 0 ||
	    pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return path;
}

void
fuzz_print(const char *path, const struct file_options *files, uint8_t choice,
    bool query)
{
	static const struct value_modes modes = {
		.decimal = DECIMAL_PRECISE, .time = TIME_STRING,
		.binary = BINARY_HEX, .bigint_unsigned = BIGINT_PRECISE,
		.json = JSON_EMBED,
	};
	char *paths[] = { (char *)path };
	struct group_options how = {
		.tolerant = choice & FUZZ_TOLERANT,
		.xa_at_prepare = choice & FUZZ_PREPARE,
	};
	struct tail_options opt = {
		.prefix = "fuzz", .skip_ops = "", .schemas = schemas_new(),
		.modes.history = choice & FUZZ_HISTORY, .unavailable = "?",
		.control = choice & FUZZ_CONTROL, .tombstones = true,
		.transactions = true, .schema_changes = true,
		.query = query, .count = MOST_RECORDS,
	};
	struct binlog_source *src = source_files_new(paths, 1, files);
	struct group_reader *r = group_reader_new(src, &how);
	struct tail_feed feed = { 0 };
	struct gtid_list done = { 0 };
	struct group g;
	struct err err = { 0 };
	struct printer *p;

	if (choice & FUZZ_MODES)
		opt.modes = modes;
	p = printer_new(&opt, &feed, r, &done);
	printer_beat(p, "first");
	while (group_next(r, &g, &err) > 0) {
		if (g.verdict == GROUP_COMMITTED &&
		    printer_group(p, &g, &err) <= 0)
			break;
		if (g.has_gtid)
			gtid_list_set(&done, &g.gtid);
	}
	printer_beat(p, "last");
	printer_free(p);
	group_reader_free(r);
	source_files_free(src);
	schemas_free(opt.schemas);
	gtid_list_clear(&done);
	out_flush(&err);
}
