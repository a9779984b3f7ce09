/* SPDX-License-Identifier: MIT
 *
 * Records follow one another, each from a multiple of UNIT on:
 *   length of its name u32 | of its bytes u32 | name | bytes
 * The index is by open addressing, at most three quarters full.
 */
#include "schema/stow.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/log.h"
#include "base/seed.h"
#include "base/tempfile.h"

enum { UNIT = 16, FRONT = 4 + 4, SLOTS = 1024, WASTE = 16 << 20 };

struct stow_slot {
	uint32_t hash;
	uint32_t at;            /* in units, + 1; 0: vacant */
};

void
stow_clear(struct stow *s)
{
	if (s->fd1)
		close(s->fd1 - 1);
	free(s->slots);
	*s = (struct stow){ 0 };
}

static uint64_t
place(const struct stow_slot *slot)
{
	return (uint64_t)(slot->at - 1) * UNIT;
}

/* A whole record: its front, name and bytes. */
static bool
read_record(const struct stow *s, const struct stow_slot *slot,
    struct buf *record)
{
	int fd = s->fd1 - 1;
	uint8_t front[FRONT];
	size_t n;

	if (tempfile_read_at(fd, front, FRONT, FRONT, place(slot)) < FRONT)
		return false;
	n = FRONT + load_le(front, 4) + load_le(front + 4, 4);
	record->n = 0;
	buf_room(record, n);
	record->n = n;
	return tempfile_read_at(fd, record->p, n, n, place(slot)) == (ssize_t)n;
}

static size_t
padded(size_t n)
{
	return (n + UNIT - 1) / UNIT * UNIT;
}

static void
insert(struct stow *s, uint32_t hash, uint32_t at)
{
	size_t i = hash & (s->nslots - 1);

	while (s->slots[i].at)
		i = (i + 1) & (s->nslots - 1);
	s->slots[i] = (struct stow_slot){ hash, at };
}

static void
grow(struct stow *s)
{
	struct stow_slot *old = s->slots;
	size_t n = s->nslots;

	if (s->n < n / 4 * 3)
		return;
	s->nslots = n ? 2 * n : SLOTS;
	s->slots = xcalloc(s->nslots, sizeof(*s->slots));
	for (size_t i = 0; i < n; i++)
		if (old[i].at)
			insert(s, old[i].hash, old[i].at);
	free(old);
}

/* Write the file anew, without what is not needed any more. */
static void
compact(struct stow *s)
{
	struct err err = { 0 };
	int fd = tempfile_open(&err);
	struct buf record = { 0 };
	uint64_t end = 0;

	if (fd < 0)
		return;
	for (size_t i = 0; i < s->nslots; i++) {
		struct stow_slot *slot = &s->slots[i];

		if (!slot->at)
			continue;
		if (!read_record(s, slot, &record) ||
		    tempfile_write_at(fd, record.p, record.n, end) < 0)
			log_die(ERR_IO, "cannot write a temporary file for "
			    "what is known of tables");
		slot->at = (uint32_t)(end / UNIT) + 1;
		end += padded(record.n);
	}
	buf_free(&record);
	close(s->fd1 - 1);
	s->fd1 = fd + 1;
	s->end = end;
	s->dead = 0;
}

static uint32_t
hash_of(struct span key)
{
	return (uint32_t)hash_span(key, seed_hash());
}

bool
stow_put(struct stow *s, struct span key, struct span bytes)
{
	uint64_t most = (uint64_t)UINT32_MAX * UNIT;
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
	s->broken |= !s->fd1 || s->end + padded(record.n) > most ||
	    tempfile_write_at(s->fd1 - 1, record.p, record.n, s->end) < 0;
	if (!s->broken) {
		grow(s);
		insert(s, hash_of(key), (uint32_t)(s->end / UNIT) + 1);
		s->n++;
		s->end += padded(record.n);
	}
	buf_free(&record);
	return !s->broken;
}

/* Make a slot vacant and close the gap in its run. */
static void
vacate(struct stow *s, size_t i)
{
	size_t mask = s->nslots - 1;

	s->slots[i].at = 0;
	s->n--;
	for (i = (i + 1) & mask; s->slots[i].at; i = (i + 1) & mask) {
		struct stow_slot moved = s->slots[i];

		s->slots[i].at = 0;
		insert(s, moved.hash, moved.at);
	}
}

bool
stow_take(struct stow *s, struct span key, struct buf *bytes)
{
	uint32_t hash = hash_of(key);
	size_t i = s->nslots ? hash & (s->nslots - 1) : 0;

	for (; s->n && s->slots[i].at; i = (i + 1) & (s->nslots - 1)) {
		if (s->slots[i].hash != hash)
			continue;
		if (!read_record(s, &s->slots[i], bytes))
			log_die(ERR_IO, "cannot read a temporary file for "
			    "what is known of tables");
		if (load_le((const uint8_t *)bytes->p, 4) != key.n ||
		    memcmp(bytes->p + FRONT, key.p, key.n) != 0)
			continue;
		s->dead += padded(bytes->n);
		bytes->n -= FRONT + key.n;
		memmove(bytes->p, bytes->p + FRONT + key.n, bytes->n);
		vacate(s, i);
		return true;
	}
	return false;
}
