/* SPDX-License-Identifier: MIT */
#include "post/webhook.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/base64.h"
#include "base/clock.h"
#include "base/hex.h"
#include "base/hmac.h"
#include "base/murmur.h"
#include "json/object.h"

enum { LEAST = 24, MOST = 64 }; /* bytes of a secret */

struct webhook {
	struct hmac *hmac;
	struct buf id, text, header;
};

struct webhook *
webhook_new(struct span secret, struct err *err)
{
	static const struct span front = { "whsec_", 6 };
	struct buf key = { 0 };
	struct webhook *w;
	bool good;

	if (secret.n > front.n && memcmp(secret.p, front.p, front.n) == 0)
		secret = span_between(secret.p + front.n, secret.p + secret.n);
	good = !base64_take(&key, secret) && key.n >= LEAST && key.n <= MOST;
	w = xcalloc(1, sizeof(*w));
	if (!good) {
		err_set(err, ERR_USAGE, "--sign: the secret is not the base64 "
		    "of %d to %d bytes", LEAST, MOST);
		err_hint(err, "(umask 077; echo \"whsec_$(head -c 32 "
		    "/dev/urandom | base64)\" >FILE) makes one");
	} else {
		w->hmac = hmac_new(buf_view(&key), err);
	}
	if (key.p)
		explicit_bzero(key.p, key.cap);
	buf_free(&key);
	if (w->hmac)
		return w;
	webhook_free(w);
	return NULL;
}

void
webhook_free(struct webhook *w)
{
	if (!w)
		return;
	hmac_free(w->hmac);
	buf_free(&w->id);
	buf_free(&w->text);
	buf_free(&w->header);
	free(w);
}

/* GTID and place in the transaction; of what has none, a hash of the line. */
static void
make_id(struct webhook *w, struct record *rec, size_t n)
{
	struct span t = rec->transaction.p ? rec->transaction :
	    rec->line_transaction;
	struct span order = object_member(t, "total_order");
	struct buf *id = &w->id;

	id->n = 0;
	buf_str(id, "msg_");
	object_text(&w->text, record_source(rec), "gtid");
	if (w->text.n && order.n) {
		buf_span(id, buf_view(&w->text));
		buf_char(id, '-');
		buf_span(id, order);
	} else {
		buf_printf(id, "%08" PRIx32 "%08zx", murmur_hash(
		    rec->line.text), rec->line.text.n);
	}
	if (n > 1)
		buf_printf(id, "-%zu", n);
}

static void
put_header(struct webhook *w, struct request *r, const char *name,
    struct span value)
{
	w->header.n = 0;
	buf_printf(&w->header, "webhook-%s: ", name);
	buf_span(&w->header, value);
	request_header(r, buf_cstr(&w->header));
}

void
webhook_sign(struct webhook *w, struct request *r, struct record *rec,
    size_t n, struct span body)
{
	uint8_t mac[HMAC_SIZE];
	struct buf at = { 0 };

	make_id(w, rec, n);
	buf_i64(&at, clock_now_ms() / 1000);
	w->text.n = 0;
	buf_span(&w->text, buf_view(&w->id));
	buf_char(&w->text, '.');
	buf_span(&w->text, buf_view(&at));
	buf_char(&w->text, '.');
	buf_span(&w->text, body);
	hmac_of(w->hmac, buf_view(&w->text), mac);
	put_header(w, r, "id", buf_view(&w->id));
	put_header(w, r, "timestamp", buf_view(&at));
	w->text.n = 0;
	buf_str(&w->text, "v1,");
	base64_append(&w->text, (struct span){ (char *)mac, sizeof(mac) },
	    false);
	put_header(w, r, "signature", buf_view(&w->text));
	buf_free(&at);
}
