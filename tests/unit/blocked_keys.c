/* SPDX-License-Identifier: MIT
 *
 * Keys of records that failed: which later ones must wait.
 */
#include "sink/blocked_keys.h"

#include "tap.h"

#define ONE SPAN("{\"id\":1}")
#define TWO SPAN("{\"id\":2}")
#define NO_KEY ((struct span){ NULL, 0 })

static struct blocked_keys keys;

static void
check(bool one, bool two, bool none, const char *what)
{
	result(blocked_keys_has(&keys, SPAN("d.t"), ONE) == one, what);
	result(blocked_keys_has(&keys, SPAN("d.t"), TWO) == two, what);
	result(blocked_keys_has(&keys, SPAN("d.t"), NO_KEY) == none, what);
	result(blocked_keys_has_any(&keys, SPAN("d.t")) == none, what);
	result(!blocked_keys_has(&keys, SPAN("d.u"), ONE) &&
	    !blocked_keys_has(&keys, SPAN("d.u"), NO_KEY) &&
	    !blocked_keys_has_any(&keys, SPAN("d.u")), "another table");
}

/* 1,000 parts of a key: it may be that of any record. */
static void
hold_many_parts(void)
{
	struct buf key = { 0 };

	for (int i = 0; i < 1000; i++)
		buf_printf(&key, "%s\"c%d\":1", i ? "," : "{", i);
	buf_char(&key, '}');
	blocked_keys_add(&keys, SPAN("d.t"), buf_view(&key));
	buf_free(&key);
}

int
main(void)
{
	struct blocked_keys others = { 0 };
	size_t n;

	check(false, false, false, "none is held");
	blocked_keys_add(&keys, SPAN("d.t"), ONE);
	check(true, false, true, "one: it, and a record without a key");
	n = keys.n;
	blocked_keys_add(&keys, SPAN("d.t"), NO_KEY);
	check(true, true, true, "a record without a key: all");
	blocked_keys_move(&others, &keys, n);
	check(true, false, true, "put aside");
	blocked_keys_move(&keys, &others, 0);
	check(true, true, true, "and taken up again");
	blocked_keys_back(&keys, 0);
	check(false, false, false, "nothing is left");
	hold_many_parts();
	check(true, true, true, "a key that cannot be compared: all");
	blocked_keys_clear(&keys);
	blocked_keys_clear(&others);
	check(false, false, false, "cleared");
	return done();
}
