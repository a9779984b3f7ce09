/* SPDX-License-Identifier: MIT */
#include "format/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/fd.h"
#include "base/hex.h"
#include "io/out.h"

enum {
	MAX_OPEN = 64,          /* files at a time */
	FULL = 64 << 10,        /* of a file: written out … */
	ALL_FULL = 16 << 20,    /* … and all of them */
};

struct format_file {
	char *path;
	int fd;                 /* -1: closed */
	bool created;           /* by us */
	uint64_t used;          /* when it was written to last */
	struct buf pending;
};

/* A part of a file's name, in which nothing is special: letters of any
 * alphabet stay, the rest is %XX. */
static void
put_name(struct buf *out, struct span name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-$ ";

	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		if (c >= 0x80 || one_of((char)c, plain)) {
			buf_char(out, (char)c);
		} else {
			buf_char(out, '%');
			hex_put(buf_room(out, 2), c, hex_upper);
			out->n += 2;
		}
	}
}

struct format_file *
format_output_file(struct format_output *out, const char *dir, struct span db,
    struct span table, unsigned number, const char *ending)
{
	struct format_file *file = xcalloc(1, sizeof(*file));
	struct buf path = { 0 };

	buf_str(&path, dir);
	buf_char(&path, '/');
	put_name(&path, db);
	buf_char(&path, '.');
	put_name(&path, table);
	if (number > 1)
		buf_printf(&path, "%%%u", number);
	buf_str(&path, ending);
	file->path = buf_cstr(&path);
	file->fd = -1;
	*ARRAY_ADD(out->files, out->n) = file;
	return file;
}

static void
close_oldest(struct format_output *out)
{
	struct format_file *oldest = NULL;

	for (size_t i = 0; i < out->n; i++) {
		struct format_file *file = out->files[i];

		if (file->fd >= 0 && (!oldest || file->used < oldest->used))
			oldest = file;
	}
	close(oldest->fd);
	oldest->fd = -1;
	out->nopen--;
}

int
format_output_check(const char *dir, struct err *err)
{
	struct stat st;

	if (!*dir)
		return err_set(err, ERR_USAGE, "--split '' is no folder");
	if (stat(dir, &st) < 0)
		return err_errno(err, ERR_IO, "--split %s", dir);
	return S_ISDIR(st.st_mode) ? 0 : err_set(err, ERR_IO, "--split %s is "
	    "no folder", dir);
}

static int
open_file(struct format_output *out, struct format_file *file,
    struct err *err)
{
	int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW |
	    (file->created ? 0 : O_CREAT | O_EXCL);

	if (out->nopen == MAX_OPEN)
		close_oldest(out);
	file->fd = open(file->path, flags, 0666);
	if (file->fd < 0 && errno == EEXIST) {
		err_set(err, ERR_CONFIG, "%s exists already", file->path);
		return err_hint(err, "move it away, or choose another "
		    "--split folder: files are never overwritten");
	}
	if (file->fd < 0)
		return err_errno(err, ERR_IO, "cannot make %s", file->path);
	file->created = true;
	out->nopen++;
	return 0;
}

static int
flush_file(struct format_output *out, struct format_file *file,
    struct err *err)
{
	if (!file->pending.n)
		return 0;
	if (file->fd < 0 && open_file(out, file, err) < 0)
		return -1;
	file->used = ++out->clock;
	if (fd_write(file->fd, buf_view(&file->pending)) < file->pending.n)
		return err_errno(err, ERR_IO, "cannot write %s", file->path);
	out->pending -= file->pending.n;
	file->pending.n = 0;
	return 0;
}

int
format_output_flush(struct format_output *out, struct err *err)
{
	for (size_t i = 0; i < out->n && out->pending; i++)
		if (flush_file(out, out->files[i], err) < 0)
			return -1;
	return 0;
}

int
format_output_commit(struct format_output *out, struct err *err)
{
	struct format_file *to = out->to;
	int status = 0;

	if (!to && out->into) {
		buf_span(out->into, buf_view(&out->text));
	} else if (!to) {
		out_put(out->text.p, out->text.n);
	} else {
		buf_span(&to->pending, buf_view(&out->text));
		out->pending += out->text.n;
		if (to->pending.n >= FULL)
			status = flush_file(out, to, err);
		else if (out->pending >= ALL_FULL)
			status = format_output_flush(out, err);
	}
	out->text.n = 0;
	out->to = NULL;
	return status;
}

void
format_output_close(struct format_output *out)
{
	for (size_t i = 0; i < out->n; i++) {
		if (out->files[i]->fd >= 0)
			close(out->files[i]->fd);
		free(out->files[i]->path);
		buf_free(&out->files[i]->pending);
		free(out->files[i]);
	}
	free(out->files);
	buf_free(&out->text);
	*out = (struct format_output){ 0 };
}
