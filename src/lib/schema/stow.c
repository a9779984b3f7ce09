/* SPDX-License-Identifier: MIT
 *
 * Records follow one another:
 *   length of its name u32 | of its bytes u32 | name | bytes
 */
#include "schema/stow.h"

#include <unistd.h>

#include "base/bytes.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/hash.h"
#include "base/tempfile.h"

enum { FRONT = 4 + 4, WASTE = 16 << 20 };

void
stow_clear(struct stow *s)
{
	if (s->fd1)
		close(s->fd1 - 1);
	hash_clear(&s->places);
	*s = (struct stow){ 0 };
}

/* A whole record: its front, name and bytes. */
static bool
read_record(const struct stow *s, uint64_t at, struct buf *record)
{
	int fd = s->fd1 - 1;
	uint8_t front[FRONT];
	size_t n;

	if (fd_read_at(fd, front, FRONT, FRONT, at) < FRONT)
		return false;
	n = FRONT + load_le(front, 4) + load_le(front + 4, 4);
	record->n = 0;
	buf_room(record, n);
	record->n = n;
	return fd_read_at(fd, record->p, n, n, at) == (ssize_t)n;
}

/* Rewrite the file without what is not needed any more. */
static void
compact(struct stow *s)
{
	struct err err = { 0 };
	int fd = tempfile_open(&err);
	struct buf record = { 0 };
	uint64_t end = 0;

	if (fd < 0)
		return;
	for (size_t i = 0; i < s->places.nslots; i++) {
		struct hash_slot *slot = &s->places.slots[i];

		if (!slot->after)
			continue;
		if (!read_record(s, hash_value(slot), &record) ||
		    fd_write_at(fd, buf_view(&record), end) < 0)
			log_die(ERR_IO, "cannot write a temporary file for "
			    "what is known of tables");
		slot->after = end + 1;
		end += record.n;
	}
	buf_free(&record);
	close(s->fd1 - 1);
	s->fd1 = fd + 1;
	s->end = end;
	s->dead = 0;
}

bool
stow_put(struct stow *s, struct span key, struct span bytes)
{
	struct err err = { 0 };
	struct buf record = { 0 };

	if (!s->broken && !s->fd1)
		s->fd1 = tempfile_open(&err) + 1;
	if (s->dead > s->end / 2 + WASTE)
		compact(s);
	buf_le(&record, key.n, 4);
	buf_le(&record, bytes.n, 4);
	buf_span(&record, key);
	buf_span(&record, bytes);
	s->broken |= !s->fd1 ||
	    fd_write_at(s->fd1 - 1, buf_view(&record), s->end) < 0;
	if (!s->broken) {
		hash_add(&s->places, hash_span(key, hash_seed()), s->end);
		s->end += record.n;
	}
	buf_free(&record);
	return !s->broken;
}

bool
stow_take(struct stow *s, struct span key, struct buf *bytes)
{
	struct hash_slot *slot = hash_find(&s->places,
	    hash_span(key, hash_seed()));

	for (; slot; slot = hash_next(&s->places, slot)) {
		if (!read_record(s, hash_value(slot), bytes))
			log_die(ERR_IO, "cannot read a temporary file for "
			    "what is known of tables");
		if (load_le((const uint8_t *)bytes->p, 4) != key.n ||
		    memcmp(bytes->p + FRONT, key.p, key.n) != 0)
			continue;
		s->dead += bytes->n;
		bytes->n -= FRONT + key.n;
		memmove(bytes->p, bytes->p + FRONT + key.n, bytes->n);
		hash_remove(&s->places, slot);
		return true;
	}
	return false;
}
